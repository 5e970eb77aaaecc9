"""Vietnamese text as these workbooks hold it: composed or not, in a font's encoding, or damaged.

Before 2011 many cells are in TCVN3 (TCVN 5712:1993, VN3): a byte per letter, shown by fonts such as
.VnTime, which a reader of cells sees as Latin-1 ("th¸ng"). Where a conversion took Unicode for TCVN3,
letters that both have changed once more ("Tháng" became "Thỏng").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# TCVN 5712:1993, VN3, by its runs of codes; the codes between them are free.
_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
FROM_TCVN3 = {
    code: letter for first, letters in _RUNS.items() for code, letter in enumerate(letters, first)
}
_LETTERS = frozenset("".join(_RUNS.values()).casefold())
_SPACE = re.compile(r"\s+")


def _damaged(code: int) -> str:
    """Follow a letter through conversions that took it for TCVN3, until none changes it."""
    letter = chr(code)
    while FROM_TCVN3.get(ord(letter), letter) != letter:
        letter = FROM_TCVN3[ord(letter)]
    return letter


_DAMAGED = {code: _damaged(code) for code in FROM_TCVN3}


def is_tcvn3(texts: Iterable[str]) -> bool:
    """Tell whether the cells of a sheet are in TCVN3.

    They are when one of them has a character that no Vietnamese text in Unicode has, and none has a
    letter that only Unicode has.
    """
    found = False
    for text in texts:
        for character in unicodedata.normalize("NFC", text):
            if ord(character) > 0xFF and character.casefold() in _LETTERS:
                return False
            if ord(character) in FROM_TCVN3 and character.casefold() not in _LETTERS:
                found = True
    return found


def is_printed(character: str) -> bool:
    """Tell whether a character can be printed and stored: no control character, no half of one."""
    return unicodedata.category(character) not in {"Cc", "Cs"}


def readable(text: str, *, tcvn3: bool = False) -> str:
    """Return a cell's text composed (NFC), decoded, with single spaces and no control characters.

    A cell of a mixed sheet is decoded on its own evidence, as ``is_tcvn3`` judges it.
    """
    composed = unicodedata.normalize("NFC", text)
    if tcvn3 or is_tcvn3((composed,)):
        composed = composed.translate(FROM_TCVN3)
    return "".join(filter(is_printed, _SPACE.sub(" ", composed))).strip()


def key(text: str) -> str:
    """Return what two spellings of a heading have in common: lower case, damaged in the same way."""
    return unicodedata.normalize("NFC", text).casefold().translate(_DAMAGED)


def pattern(expression: str) -> re.Pattern[str]:
    """Compile an expression, written in lower case, that is to match what ``key`` returns."""
    return re.compile(expression.translate(_DAMAGED))
