"""Text and addresses that others wrote, made fit to stand on a page."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd

TITLE_LENGTH = 160
WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


def plain_text(value: Any, limit: int = TITLE_LENGTH) -> str:
    """Return untrusted text as one line without control or direction marks, cut to a length."""
    text = "" if pd.isna(value) else str(value)
    kept = "".join(c if unicodedata.category(c) not in ("Cc", "Cf", "Cs") else " " for c in text)
    line = " ".join(kept.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def web_address(value: Any) -> str | None:
    """Return an http(s) address as it is, and null for anything else."""
    return str(value) if not pd.isna(value) and WEB_ADDRESS.fullmatch(str(value)) else None
