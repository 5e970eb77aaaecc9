"""Texts in both languages whose numbers are those in force: of dbt's settings, of constants, of SQL.

In a text ``{min_words}`` stands for a threshold as it is, ``{min_salience:percent}`` for a share in
percent, ``{band_low:of_100}`` for one of a hundred and ``{lead_p:rest_of_100}`` for what it leaves of it,
``{story_seconds:hours}`` and ``{story_seconds:days}`` for a time given in seconds, ``{balance_days:weeks}``
for one given in days, ``{window_days:both_ends}`` and ``{baseline_days:weeks_both_ends}`` for a distance from
the first to the last day or week, both counted, and ``{closed_from:year}`` for a year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from importlib import import_module
from typing import Any

from tiengvang.dictionary import DictionaryError, Entry, Language, Texts, mapping, read_yaml
from tiengvang.transform import PROJECT

MARK = re.compile(r"\{(?!country\}|unit\}|label:)([^{}]*)\}")
FORMS: dict[str, Callable[[float], float]] = {
    "": float,
    "percent": lambda share: round(share * 100, 6),
    "of_100": lambda share: round(share * 100, 6),
    "rest_of_100": lambda share: round((1 - share) * 100, 6),
    "hours": lambda seconds: seconds / 3600,
    "days": lambda seconds: seconds / 86400,
    "weeks": lambda days: days / 7,
    "both_ends": lambda days: days + 1,
    "weeks_both_ends": lambda days: days / 7 + 1,
    "year": float,
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Numbers by name, as they are in force."""

    values: Mapping[str, float]

    def fill(self, text: str, language: Language) -> str:
        """Return a text with its thresholds, written as the language writes numbers.

        What stands in braces and names no threshold stays: other values of an edition's texts.
        """
        return MARK.sub(
            lambda mark: self.written(mark[1], language) if self.names(mark[1]) else mark[0], text
        )

    def entry(self, entry: Entry) -> Entry:
        """Return a column of the dictionary with the thresholds in its label and text."""
        labels, texts = (
            {language: self.fill(text, language) for language, text in both.items()}
            for both in (entry.labels, entry.texts)
        )
        return Entry(labels=labels, texts=texts, unit=entry.unit)

    def names(self, mark: str) -> bool:
        """Say whether a mark, without its braces, is a threshold in a form that there is."""
        name, _, form = mark.partition(":")
        return name in self.values and form in FORMS

    def written(self, mark: str, language: Language) -> str:
        """Write one threshold, ``min_salience:percent``, as the language writes numbers.

        Raises:
            KeyError: there is no such threshold or form.
        """
        name, _, form = mark.partition(":")
        number = FORMS[form](self.values[name])
        written = f"{number:.0f}" if form == "year" else f"{number:,.6f}".rstrip("0").rstrip(".")
        if language == "vi":
            written = written.translate(str.maketrans(",.", ".,"))
        return f"{written}%" if form == "percent" else written

    def require_filled(self, place: str, texts: Iterable[Texts]) -> None:
        """Refuse a mark that names no threshold, and languages that differ.

        Raises:
            DictionaryError: the message names what was found.
        """
        for both in texts:
            marks = {language: set(MARK.findall(text)) for language, text in both.items()}
            if marks["en"] != marks["vi"]:
                english, vietnamese = (sorted(marks[language]) for language in ("en", "vi"))
                raise DictionaryError(
                    f"{place}: {both['en']!r} names {english}, its Vietnamese {vietnamese}"
                )
            for mark in marks["en"]:
                if not self.names(mark):
                    raise DictionaryError(
                        f"{place}: {{{mark}}} in {both['en']!r} names no threshold"
                    )


def read_thresholds(place: str, given: Any) -> Thresholds:
    """Read each threshold at the place that decides it.

    Args:
        place: for messages.
        given: by name ``dbt:<variable>``, ``python:<module>.<CONSTANT>`` (and its attributes), or
            ``sql:<file below dbt_project>:<regular expression with one group>``.

    Raises:
        DictionaryError: there is no such place, or no single number at it.
    """
    found = {}
    for name, value in mapping(place, given).items():
        kind, _, rest = str(value).partition(":")
        if kind not in PLACES:
            raise DictionaryError(f"{place}, {name!r}: {value!r}, expected one of {sorted(PLACES)}")
        try:
            number = PLACES[kind](rest)
        except (AttributeError, ImportError, KeyError, OSError, ValueError) as error:
            raise DictionaryError(f"{place}, {name!r}: no number at {value!r}: {error}") from error
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise DictionaryError(f"{place}, {name!r}: {number!r} at {value!r}, expected a number")
        found[name] = float(number)
    return Thresholds(found)


@cache
def _variables() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml(PROJECT / "dbt_project.yml")["vars"]
    return found


def _of_dbt(name: str) -> Any:
    return _variables()[name]


def _of_python(path: str) -> Any:
    parts = path.split(".")
    first = next(i for i, part in enumerate([*parts, "END"]) if part.isupper())
    return reduce(getattr, parts[first:], import_module(".".join(parts[:first])))


def _of_sql(place: str) -> Any:
    file, _, pattern = place.partition(":")
    numbers = set(re.findall(pattern, (PROJECT / file).read_text(encoding="utf-8")))
    if len(numbers) != 1:
        raise ValueError(f"{len(numbers)} different numbers, expected one")
    return float(numbers.pop())


PLACES: dict[str, Callable[[str], Any]] = {
    "dbt": _of_dbt,
    "python": _of_python,
    "sql": _of_sql,
}
