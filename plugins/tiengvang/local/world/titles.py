"""Invented headlines in ten languages, what re-publishers do to them, and how the wire spoils them."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import TypedDict, cast

from tiengvang.local.world.dice import Dice


class Words(TypedDict):
    """The word list of one language.

    Headlines are listed by pillar. Their number, that of details (7) and that of sources (5) have no
    common divisor, so that taking the next of each gives every combination before any again.
    """

    countries: dict[str, str]
    headlines: dict[str, list[str]]
    details: list[str]
    sources: list[str]
    pattern: str
    short: str
    daily: str
    joiner: str


VOCABULARY = cast(
    dict[str, Words],
    json.loads(Path(__file__).with_name("vocabulary.json").read_text(encoding="utf-8")),
)
COPY_KINDS = ("exact", "site_suffix", "one_word_edit", "shortened")
# How a title stands on the wire: as it reads, or with what a reader must never see.
TITLE_FORMS = ("plain", "markup", "entities", "control")
# Where a headline has a country: none, or a war of another time that names it.
NO_COUNTRY, WAR = "region", "war"


class Headlines:
    """Writes headlines and never the same one twice in a language.

    Two headlines of one country and pillar differ in all their parts unless dozens lie between them.
    """

    def __init__(self) -> None:
        self._written: dict[tuple[str, ...], int] = {}
        self._told: set[tuple[str, ...]] = set()

    def write(
        self, dice: Dice, language: str, name: str, pillar: str, notice: str | None = None
    ) -> str:
        """Return a new headline of a pillar.

        ``name`` is whom it names: a country (ISO 3166-1 alpha-3), ``NO_COUNTRY`` or ``WAR``.
        Headlines over one ``notice`` take turns of their own, since what tells a notice is that
        unlike titles share a text.
        """
        words = VOCABULARY[language]
        turn = self._next("notice", notice) if notice else self._next(language, name, pillar)
        headlines, details, sources = words["headlines"][pillar], words["details"], words["sources"]
        while True:
            parts = {
                "headline": headlines[turn % len(headlines)],
                "number": f"{dice.between(2, 98)}.{dice.below(10)}",
                "detail": details[turn % len(details)],
                "source": sources[turn % len(sources)],
            }
            # Never the same of two countries either: their titles would differ in one word.
            told = (language, *parts.values())
            if told not in self._told:
                self._told.add(told)
                return words["pattern"].format(country=words["countries"][name], **parts)

    def _next(self, *series: str) -> int:
        turn = self._written.get(series, 0)
        self._written[series] = turn + 1
        return turn


def short_title(language: str, country_iso3: str) -> str:
    """Return a title of fewer than four words; every page that has it has it word for word."""
    words = VOCABULARY[language]
    return words["short"].format(country=words["countries"][country_iso3])


def daily_title(language: str, country_iso3: str) -> str:
    """Return the title of a page that comes every day under the same title."""
    words = VOCABULARY[language]
    return words["daily"].format(country=words["countries"][country_iso3])


def republish(
    title: str, language: str, kind: str, outlet_name: str, separator: str = " - "
) -> str:
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
        return f"{title}{separator}{outlet_name}"
    if kind == "one_word_edit":
        return joiner.join([*parts[:-1], "2026"] if joiner else [*parts[:-2], "2026"])
    if kind == "shortened":
        return joiner.join(parts[: -(len(parts) // 3)])
    raise ValueError(f"copy kind {kind!r}, expected one of {COPY_KINDS}")


def spoil(title: str, form: str) -> str:
    """Return a title as a page wrote it; cleaned, it is the title again.

    Raises:
        ValueError: the form is not one of ``TITLE_FORMS``.
    """
    if form == "plain":
        return title
    if form == "markup":
        return f'<strong class="headline">{title}</strong><br/>'
    if form == "entities":
        return html.escape(title).replace(" ", "&nbsp;")
    if form == "control":
        # Marks that reorder and hide text, a bell, and an escape sequence's first byte.
        return f"\u202e{title[:1]}\x07\u200b{title[1:]}\x1b\u202c"
    raise ValueError(f"title form {form!r}, expected one of {TITLE_FORMS}")
