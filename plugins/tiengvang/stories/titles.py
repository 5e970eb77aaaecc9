"""Titles made comparable: cleaned for readers, normalised to a key, cut into shingles."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import ftfy

WORDS_PER_SHINGLE = 3
CHARACTERS_PER_SHINGLE = 4

# Scripts that put no space between words: kana, Han, and Thai, Lao, Khmer, Myanmar.
_EAST_ASIAN = (
    r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_SOUTH_EAST_ASIAN = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
SPACELESS = _EAST_ASIAN + _SOUTH_EAST_ASIAN
_east_asian = re.compile(f"[{_EAST_ASIAN}]")
_south_east_asian = re.compile(f"[{_SOUTH_EAST_ASIAN}]")
# By convention two Han or kana characters count as a word, and four of the South-East Asian scripts.
_token = re.compile(f"[{SPACELESS}]|[^ {SPACELESS}]+")
_EAST_ASIAN_WORD = 2
_SOUTH_EAST_ASIAN_WORD = 4

_tag = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--.*?-->|<![^<>]{0,300}>")
# Marks of direction, byte order marks, soft hyphens: invisible, and able to hide or reorder text.
_invisible = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_control = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")  # the others are white space
_FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_character_width=False,
    fix_latin_ligatures=False,
    normalization="NFC",
    explain=False,
)
_MOST_LAYERS = 8


class _Letters(dict[int, int | str | None]):
    """For ``str.translate``: letters, marks and digits stay, joiners go, all else is a space."""

    def __missing__(self, code: int) -> int | str | None:
        category = unicodedata.category(chr(code))
        kept: int | str | None = " "
        if category[0] in "LMN":
            kept = code
        elif category == "Cf":
            kept = None
        self[code] = kept
        return kept


_LETTERS = _Letters()


def clean_title(title: str | None) -> str | None:
    """Return a title as published, without what is not text; None when nothing is left.

    Mis-decoded bytes are repaired (ftfy), entities decoded however often they were escaped, markup,
    control and direction characters removed, white space folded. Cleaning twice changes nothing.
    """
    text = title or ""
    for _ in range(_MOST_LAYERS):
        before = text
        text = ftfy.fix_text(html.unescape(text), config=_FTFY)
        text = _invisible.sub("", _tag.sub(" ", text))
        text = _control.sub("", text)
        text = " ".join(text.split())
        if text == before:
            break
    return text or None


def normalise(text: str) -> str:
    """Return a text's key: NFKC, casefolded, punctuation and symbols out, single spaces."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.translate(_LETTERS).split())


def is_spaceless(key: str) -> bool:
    """Say whether at least half of a key is written in scripts without spaces between words."""
    letters = len(key) - key.count(" ")
    found = len(_east_asian.findall(key)) + len(_south_east_asian.findall(key))
    return letters > 0 and 2 * found >= letters


def count_words(key: str) -> int:
    """Return the number of words of a key.

    Where a script has no spaces, two Han or kana characters count as one word, and four characters of
    Thai, Lao, Khmer or Myanmar; a started word counts.
    """
    east = len(_east_asian.findall(key))
    south_east = len(_south_east_asian.findall(key))
    if not east and not south_east:
        return len(key.split())
    others = len(_south_east_asian.sub(" ", _east_asian.sub(" ", key)).split())
    return others - -east // _EAST_ASIAN_WORD - -south_east // _SOUTH_EAST_ASIAN_WORD


def tokens(key: str) -> list[str]:
    """Return a key's words; every character of a script without spaces is a word of its own."""
    return _token.findall(key)


@lru_cache(maxsize=1 << 15)
def shingles(key: str) -> frozenset[str]:
    """Return a key's shingles: three words, or four characters in scripts without spaces.

    A word of another script among those characters counts as one of them. A shorter key is one
    shingle; an empty one has none.
    """
    return frozenset(
        runs(tokens(key), CHARACTERS_PER_SHINGLE if is_spaceless(key) else WORDS_PER_SHINGLE)
    )


def runs(parts: Sequence[str], length: int) -> list[str]:
    """Return every run of so many parts, in order; one of all parts where there are fewer."""
    if not parts:
        return []
    last = max(1, len(parts) - length + 1)
    return [" ".join(parts[start : start + length]) for start in range(last)]


def jaccard(left: str, right: str) -> float:
    """Return the share of shingles that two keys have in common: 0 to 1; 0 if one has none."""
    one, other = shingles(left), shingles(right)
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0
