"""Text and addresses that others wrote, made fit to stand on a page."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

TITLE_LENGTH, REASON_LENGTH = 160, 600
# No language stacks more marks on a letter than Vietnamese, decomposed: two.
MARKS = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
STACKED = re.compile(rf"({MARKS}{{2}}){MARKS}+")
WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


def plain_text(value: Any, limit: int = TITLE_LENGTH) -> str:
    """Return untrusted text as one line without control or direction marks, cut to a length.

    Text with letters that are written from the right stands between isolates, so that it turns round
    nothing beside it.
    """
    text = "" if _is_missing(value) else str(value)
    kept = "".join(
        c if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs") else " " for c in text
    )
    line = STACKED.sub(r"\1", " ".join(kept.split()))
    if len(line) > limit:
        line = f"{line[: limit - 1].rstrip()}…"
    from_right = any(unicodedata.bidirectional(c) in ("R", "AL") for c in line)
    return f"\u2068{line}\u2069" if from_right else line


def web_address(value: Any) -> str | None:
    """Return an http(s) address as it is, and null for anything else."""
    is_address = not _is_missing(value) and WEB_ADDRESS.fullmatch(str(value))
    return str(value) if is_address else None


def _is_missing(value: Any) -> bool:
    if value is None or isinstance(value, str):
        return value is None
    import pandas as pd  # text needs none of it, and a page in Airflow waits for no import

    return bool(pd.isna(value))
