"""Which countries a title names: whole aliases of the seed ``country_aliases``, language by language."""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tiengvang.errors import SettingsError
from tiengvang.stories.titles import SPACELESS

EVERY_LANGUAGE = "mul"
_MASK = "\0"
_spaceless = re.compile(f"[{SPACELESS}]")
_hangul = re.compile(r"[\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Alias:
    """One row of the seed: a whole name, or text that only looks like it names the country."""

    country_code_iso3: str
    language_code_iso639_3: str
    text: str
    is_exclusion: bool


def read_aliases(path: Path) -> tuple[Alias, ...]:
    """Read the seed.

    Raises:
        SettingsError: a row has no alias, or says neither true nor false; the message names its line.
    """
    aliases = []
    with path.open(encoding="utf-8", newline="") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            flag = row["is_exclusion"].strip().lower()
            text = fold(row["alias"])
            if not text or flag not in ("true", "false"):
                raise SettingsError(
                    f"{path.name}, line {line}: alias {row['alias']!r}, is_exclusion "
                    f"{row['is_exclusion']!r}, expected a name and true or false"
                )
            aliases.append(
                Alias(row["country_code_iso3"], row["language_code_iso639_3"], text, flag == "true")
            )
    return tuple(aliases)


def fold(text: str) -> str:
    """Return a text as names are looked for in it: NFKC, casefolded, one kind of apostrophe."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.replace("’", "'").replace("ʼ", "'").split())


class CountryNames:
    """Finds the countries that titles name.

    An exclusion ("vietnam war") masks its span before names are looked for. A name is whole: no letter,
    digit or mark of a script with spaces stands beside it. Names in scripts without spaces are found
    anywhere; behind names in hangul a particle may follow.
    """

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._aliases: dict[str, list[Alias]] = defaultdict(list)
        for alias in aliases:
            self._aliases[alias.language_code_iso639_3].append(alias)
        self._finders: dict[str, _Finder] = {}

    def named_in(self, title: str | None, language_code_iso639_3: str) -> list[str]:
        """Return the ISO codes of the countries that a clean title names, sorted."""
        if not title:
            return []
        # Languages without names of their own share one finder.
        language = (
            language_code_iso639_3 if language_code_iso639_3 in self._aliases else EVERY_LANGUAGE
        )
        finder = self._finders.get(language)
        if finder is None:
            names = list(self._aliases.get(EVERY_LANGUAGE, []))
            if language != EVERY_LANGUAGE:
                names += self._aliases[language]
            finder = self._finders[language] = _Finder(names)
        return finder.find(fold(title))


class _Finder:
    def __init__(self, aliases: list[Alias]) -> None:
        self._countries: dict[str, set[str]] = defaultdict(set)
        for alias in aliases:
            if not alias.is_exclusion:
                self._countries[alias.text].add(alias.country_code_iso3)
        self._names = _Texts(self._countries)
        self._exclusions = _Texts(alias.text for alias in aliases if alias.is_exclusion)

    def find(self, text: str) -> list[str]:
        for start, end in self._exclusions.spans(text):
            text = text[:start] + _MASK * (end - start) + text[end:]
        found = {text[start:end] for start, end in self._names.spans(text)}
        return sorted(set().union(*(self._countries[name] for name in found)))


class _Texts:
    """Finds whole texts.

    The pattern begins with letters, which the search leaps to; what stands before a match is looked at
    afterwards, for the same reason.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        # The longest first: an alternation takes the first that fits.
        ordered = sorted(set(texts), key=lambda text: (-len(text), text))
        loose = [text for text in ordered if _spaceless.match(text[-1]) or _hangul.match(text[-1])]
        strict = [text for text in ordered if text not in set(loose)]
        self._patterns = [
            re.compile(f"(?:{'|'.join(map(re.escape, group))}){end}")
            for group, end in ((loose, ""), (strict, f"(?!{_joins().pattern})"))
            if group
        ]

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where texts begin and end."""
        for pattern in self._patterns:
            position = 0
            while match := pattern.search(text, position):
                start, end = match.span()
                is_whole = (
                    not start
                    or _spaceless.match(text, start)
                    or not _joins().match(text, start - 1)
                )
                if is_whole:
                    yield start, end
                position = end if is_whole else start + 1


@cache
def _joins() -> re.Pattern[str]:
    """What belongs to the same word as its neighbour: letters and digits of scripts with spaces, marks."""
    return re.compile(rf"[^\W{SPACELESS}]|[{_marks()}]")


@cache
def _marks() -> str:
    """Return combining marks as ranges of a character class: they are parts of words, and no letters."""
    ranges: list[list[int]] = []
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code))[0] == "M" and not _spaceless.match(chr(code)):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join([f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges])
