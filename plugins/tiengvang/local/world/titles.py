"""Invented headlines in ten languages, and what re-publishers do to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict, cast

from tiengvang.local.world.dice import Dice


class Words(TypedDict):
    """The word list of one language."""

    countries: dict[str, str]
    headlines: list[str]
    details: list[str]
    pattern: str
    joiner: str


VOCABULARY = cast(
    dict[str, Words],
    json.loads(Path(__file__).with_name("vocabulary.json").read_text(encoding="utf-8")),
)
COPY_KINDS = ("exact", "site_suffix", "one_word_edit", "shortened")


class Headlines:
    """Writes headlines and never the same one twice in a language."""

    def __init__(self) -> None:
        self._used: set[tuple[str, str]] = set()

    def write(self, dice: Dice, language: str, country_iso3: str) -> str:
        """Return a new headline that names a country."""
        words = VOCABULARY[language]
        while True:
            title = words["pattern"].format(
                country=words["countries"][country_iso3],
                headline=dice.pick(words["headlines"]),
                number=f"{dice.between(2, 98)}.{dice.below(10)}",
                detail=dice.pick(words["details"]),
            )
            if (language, title) not in self._used:
                self._used.add((language, title))
                return title


def republish(title: str, language: str, kind: str, outlet_name: str) -> str:
    """Return the headline as a re-publisher prints it.

    The edit changes the last word (or the last two characters of a script without spaces) and the
    shortening drops the last third, so that shingles of both stay alike by half or more.

    Raises:
        ValueError: the kind is not one of ``COPY_KINDS``.
    """
    joiner = VOCABULARY[language]["joiner"]
    parts = title.split(" ") if joiner else list(title)
    if kind == "exact":
        return title
    if kind == "site_suffix":
        return f"{title} - {outlet_name}"
    if kind == "one_word_edit":
        return joiner.join([*parts[:-1], "2026"] if joiner else [*parts[:-2], "2026"])
    if kind == "shortened":
        return joiner.join(parts[: -(len(parts) // 3)])
    raise ValueError(f"copy kind {kind!r}, expected one of {COPY_KINDS}")
