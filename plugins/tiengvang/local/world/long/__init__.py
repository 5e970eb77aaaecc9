"""The long, thin sample world: years of a few slots a day, in which planted effects can be found again."""
