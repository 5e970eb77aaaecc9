"""The edition: one publication of the public marts as a folder that a reader can open and check."""
