"""Which writing the printed brief's font has; what it lacks is said in words, never left as boxes."""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# Arimo, under the SIL Open Font License 1.1 beside it: Latin with all of Vietnamese, Greek, Cyrillic,
# Hebrew, and the widths for which the charts were laid out.
FONT_FILE = FONTS / "Arimo-wght.ttf"
# Marks of the page that the font lacks, by what it has in their place.
ALIKE = str.maketrans({"✕": "×", "✓": "√", "✔": "√", "％": "%"})
MOSTLY = 0.5


@cache
def covered() -> frozenset[str]:
    """Return the characters that the font has, from its table of Unicode (``cmap``, format 4)."""
    font = FONT_FILE.read_bytes()
    (n_tables,) = struct.unpack_from(">H", font, 4)
    tables = {font[at : at + 4]: at for at in range(12, 12 + 16 * n_tables, 16)}
    (cmap,) = struct.unpack_from(">I", font, tables[b"cmap"] + 8)
    (n_maps,) = struct.unpack_from(">H", font, cmap + 2)
    maps = {
        struct.unpack_from(">HH", font, at): struct.unpack_from(">I", font, at + 4)[0]
        for at in range(cmap + 4, cmap + 4 + 8 * n_maps, 8)
    }
    at = cmap + maps[3, 1]  # Windows, Unicode
    n = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{n}H", font, at + 14)
    starts = struct.unpack_from(f">{n}H", font, at + 16 + 2 * n)
    codes = (range(s, e + 1) for s, e in zip(starts, ends, strict=True) if s != 0xFFFF)
    return frozenset(chr(code) for some in codes for code in some)


def printable(text: str, mark: str) -> str:
    """Return a text with a mark in place of writing that the font lacks.

    One mark stands for a whole run; a text of which more than half is lacking becomes the mark alone.
    Characters that direct or join others are left out, and composed letters are used where there are any.
    """
    plain = unicodedata.normalize("NFC", text).translate(ALIKE)
    known = covered()
    # The font has few of Unicode's spaces, and of line ends only one.
    spaced = "".join(" " if one.isspace() and one not in known else one for one in plain)
    kept = "".join(one for one in spaced if one == "\n" or unicodedata.category(one)[0] != "C")
    lacking = {one for one in kept if not one.isspace() and one not in known}
    if not lacking:
        return kept
    letters = [one for one in kept if not one.isspace()]
    if sum(one in lacking for one in letters) > MOSTLY * len(letters):
        return text[: len(text) - len(text.lstrip())] + mark + text[len(text.rstrip()) :]
    run = "[" + re.escape("".join(sorted(lacking))) + "]"
    return re.sub(rf"{run}(?:\s*{run})*", mark, kept)
