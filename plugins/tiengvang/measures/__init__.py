"""Measures that need statistics: pure functions over frames, and one step that writes their tables."""
