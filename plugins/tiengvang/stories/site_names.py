"""The name of the site, as it stands before or after many titles, taken off."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tiengvang.stories.families import split_domain
from tiengvang.stories.titles import count_words, normalise

# A hyphen inside a word is no separator: a dash needs a space on one side, other marks need none.
_SEPARATOR = re.compile(r"\s+[-–—]+\s*|\s*[-–—]+\s+|\s*(?:\|+|｜|»|«|•|·|::)\s*|\s*_\s*")
_PREFIX_SEPARATOR = re.compile(r"\s+[-–—]+\s+|\s*(?:\||｜|»|::)\s*|:\s+")
# Behind these, pages list their section or site; behind a dash, authors put words of the title.
_LISTING = frozenset("|｜_»")
_MOST_SEGMENTS = 4
_MOST_WORDS_OF_A_SECTION = 4
_MOST_WORDS_OF_A_NAME = 8
_FEWEST_WORDS_LEFT = 4
# A segment that contains the outlet's name is one only if the name is this share of it.
_NAME_SHARE = 0.4
_FEWEST_LETTERS_CONTAINED = 4
_FEWEST_INITIALS = 3


def strip_site_name(title: str, outlet_domain: str, outlet_name: str | None = None) -> str:
    """Return a clean title without the site's name.

    A leading or trailing segment is cut if it is the outlet's name, the label of its domain, the
    initials that the label consists of, or little more than one of them. Behind ``|`` and ``_`` a
    segment of at most four words is cut whatever it says, provided that at least four words, and more
    than are cut, remain. Nothing else is: a short end behind a dash can be what tells two titles apart.
    """
    names = _names(outlet_domain, outlet_name or "")
    for _ in range(_MOST_SEGMENTS):
        shorter = _without_last(title, names)
        if shorter == title:
            break
        title = shorter
    match = _PREFIX_SEPARATOR.search(title)
    if match and normalise(title[match.end() :]) and _is_exactly(title[: match.start()], names):
        return title[match.end() :].strip()
    return title


def _without_last(title: str, names: frozenset[str]) -> str:
    *_, match = [None, *_SEPARATOR.finditer(title)]
    if match is None:
        return title
    rest, segment = title[: match.start()].strip(), title[match.end() :].strip()
    if not normalise(rest):
        return title
    if not normalise(segment) or _is_name(segment, names):
        return rest
    words, left = count_words(normalise(segment)), count_words(normalise(rest))
    is_listed = not _LISTING.isdisjoint(match[0])
    if is_listed and words <= _MOST_WORDS_OF_A_SECTION and left >= _FEWEST_WORDS_LEFT:
        return rest if left > words else title
    return title


@lru_cache(maxsize=1 << 14)
def _names(outlet_domain: str, outlet_name: str) -> frozenset[str]:
    registered, suffix = split_domain(outlet_domain)
    label = registered.removesuffix(f".{suffix}") if suffix else registered.split(".")[0]
    named = {_compact(label), _compact(outlet_name), _compact(registered)}
    return frozenset(name for name in named if name)


def _is_name(segment: str, names: frozenset[str]) -> bool:
    if count_words(normalise(segment)) > _MOST_WORDS_OF_A_NAME:
        return False
    if _is_exactly(segment, names):
        return True
    text = _compact(segment)
    words = {_compact(word) for word in segment.split()}
    return any(
        (
            len(name) >= _FEWEST_LETTERS_CONTAINED
            and (name in text or text in name)
            and min(len(name), len(text)) >= _NAME_SHARE * max(len(name), len(text))
        )
        or (name in words and len(name) >= _NAME_SHARE * len(text))
        for name in names
    )


def _is_exactly(segment: str, names: frozenset[str]) -> bool:
    text = _compact(segment)
    initials = "".join([_compact(word)[:1] for word in segment.split()])
    return text in names or (len(initials) >= _FEWEST_INITIALS and initials in names)


@lru_cache(maxsize=1 << 14)
def _compact(text: str) -> str:
    """Letters and digits alone, without case and accents: ``Tuổi Trẻ`` is ``tuoitre``."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("đ", "d")
    return "".join([c for c in plain if c.isalnum()])
