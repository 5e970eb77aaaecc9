"""How a figure is marked in a text while a page is written: with characters of private use.

No text of the edition contains them, and no text from outside keeps them.
"""

from __future__ import annotations

import re

OPEN, MIDDLE, CLOSE = "\ue000", "\ue001", "\ue002"
BEGIN, END, LINK = "\ue003", "\ue004", "\ue005"
TOKEN = re.compile(
    f"{OPEN}(?P<mark>\\d+){MIDDLE}(?P<text>[^{CLOSE}]*){CLOSE}|{BEGIN}(?P<block>[\\w-]+){END}|{LINK}"
)


def plain(text: str) -> str:
    """Return a text without marks: for attributes, where nothing can be marked."""
    return TOKEN.sub(lambda found: found["text"] or "", text)
