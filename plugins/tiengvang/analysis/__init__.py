"""Three questions with an answer, or a reason why there is none: plain functions over series."""
