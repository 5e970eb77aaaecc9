"""What a cell under a heading holds: a number, nothing, or what cannot be read."""

from __future__ import annotations

import math

from tiengvang.sources.nso.grid import Unusable, Value

# How publishers print that there is nothing to print.
_DASHES = {"-", "–", "—", "...", "…", ".."}


def is_dash(value: Value) -> bool:
    """Tell whether a cell says in print that it holds nothing; that is not zero."""
    return isinstance(value, str) and value.strip() in _DASHES


def problem_with(value: Value, *, negative: bool = False, whole: bool = False) -> str | None:
    """Return why a cell is not the number that belongs there; None where it is.

    Numbers written as text are not guessed at: which of comma and point is the decimal differs.
    """
    if isinstance(value, Unusable):
        return f"{value.what} where a number belongs"
    if isinstance(value, str):
        return "text where a number belongs"
    if not math.isfinite(value):
        return "a number without bounds"
    if value < 0 and not negative:
        return "a negative number"
    if whole and not value.is_integer():
        return "a fraction where a whole number belongs"
    return None
