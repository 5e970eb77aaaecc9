"""Worlds with a planted truth: how often the analysis finds it, and how often what is not there."""
