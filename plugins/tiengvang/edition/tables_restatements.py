"""What the notes say of the editions before: a row per data file, with the number that moved most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from tiengvang.edition.brief import Page
from tiengvang.edition.data_package import described
from tiengvang.edition.locales import MISSING
from tiengvang.edition.restated import Restatement, as_number
from tiengvang.edition.restatement_rows import relative, unit
from tiengvang.edition.restatements import SEPARATOR
from tiengvang.edition.texts.restatements import SAID, against, definitions, reason, title
from tiengvang.edition.untrusted import plain_text

COLUMNS = (
    *("restated_file", "restated_count", "restated_largest", "restated_change", "restated_why"),
)
ANSWERS = ("true", "false")
# Files whose rows are known by an id alone.
UNNAMED = frozenset({"claims", "stories"})
# Prefixes of the labels that name a code of a key; "all" stands for no choice and is left out.
CODES = ("pillar_", "stratum_", "stream_", "item_")
# The prefix of the labels that name a conclusion.
CONCLUSIONS = {
    ("share_of_voice", "verdict"): "",
    ("share_of_voice", "change"): "change_",
    ("event_uplifts", "verdict"): "uplift_",
    ("lead_lag", "verdict"): "lead_",
}
# The column by which a file's largest restatement is chosen, where it is not the first that moved.
LEADING = {
    "eligibility": "n_eligible",
    "message_gap": "log_ratio",
    "reach": "n_stories",
    "relations": "balance",
    "share_of_voice": "share_of_voice",
    "share_of_voice_weeks": "share_of_voice",
    "stories_by_source": "n_stories",
    "tone_premium": "tone_premium_over_peers",
}


def restatement_notes(page: Page, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return for each earlier edition its sentence, what is said of definitions, and its table's rows."""
    return [
        {
            "sentence": against(page.language, page.numbers, held),
            "definitions": definitions(page.language, page.numbers, held),
            "rows": [
                _row(page, labels, list(found))
                for _, found in groupby(held.restatements, key=lambda one: one.file)
            ],
        }
        for held in page.brief.request.held_against
    ]


def correction_notes(page: Page) -> list[dict[str, str]]:
    """Return what the page says of each correction; an office's words are shown as text, on one line."""
    return [
        {
            "kind": one.kind,
            "edition": one.edition_id,
            "wrong": plain_text(one.wrong[page.language], 400),
            "office": plain_text(one.office),
            "reason": plain_text(one.reason, 400),
            "given": page.numbers.instant(one.given_at),
        }
        for one in page.brief.request.corrections
    ]


def largest(found: Sequence[Restatement]) -> Restatement:
    """Return the restatement to show of a file's: of one column, the one that moved furthest.

    It is the column that the file is about, else the first in which a number moved; conclusions in words
    and rows that are gone come last. Of equal ones it is the first by its row.
    """
    numbers = [one for one in found if one.difference is not None]
    if not numbers:
        return next((one for one in found if one.column), found[0])
    named = LEADING.get(found[0].file)
    column = named if named in {one.column for one in numbers} else numbers[0].column
    return max(
        (one for one in numbers if one.column == column), key=lambda one: abs(one.difference or 0)
    )


def _row(page: Page, labels: Mapping[str, str], found: list[Restatement]) -> list[str]:
    one = largest(found)
    codes = dict.fromkeys(code for each in found for code in each.reasons)
    return [
        title(page.language, one.file),
        page.numbers.count(len(found)),
        _named(page, labels, one),
        _change(page, labels, one),
        "; ".join(reason(page.language, code) for code in codes),
    ]


def _named(page: Page, labels: Mapping[str, str], one: Restatement) -> str:
    """Name a number in the page's language: its column, then its row's days, countries and codes."""
    said = SAID[page.language]["row_gone"]
    name = described(one.file, one.column)[0].labels[page.language] if one.column else said
    parts = [] if one.file in UNNAMED else one.row_key.split(SEPARATOR)
    return ", ".join([name, *(_part(page, labels, part) for part in parts if part != "all")])


def _part(page: Page, labels: Mapping[str, str], value: str) -> str:
    try:
        return page.numbers.day(date.fromisoformat(value))
    except ValueError:
        named = next(
            (labels[key] for key in (f"{of}{value}" for of in CODES) if key in labels), None
        )
        return named or plain_text(page.name(value), 60)


def _change(page: Page, labels: Mapping[str, str], one: Restatement) -> str:
    if not one.column:
        return MISSING
    ends = [_value(page, labels, one, text) for text in (one.published, one.today)]
    difference = _difference(page, one)
    return " → ".join(ends) + (f" ({difference})" if difference else "")


def _value(page: Page, labels: Mapping[str, str], one: Restatement, text: str | None) -> str:
    number = as_number(text)
    if not text:
        return MISSING
    if text in ANSWERS:
        return SAID[page.language][text]
    if number is None:
        prefix = CONCLUSIONS.get((one.file, one.column), "")
        return labels.get(f"{prefix}{text}") or plain_text(text, 60)
    if unit(one) == "share":
        return page.numbers.percent(number, 1)
    if text.lstrip("-").isdigit():
        return page.numbers.count(number)
    return page.numbers.decimal(number, _digits(number))


def _difference(page: Page, one: Restatement) -> str:
    if one.difference is None:
        return ""
    if unit(one) == "share":
        points = page.numbers.signed(one.difference * 100, 1)
        return SAID[page.language]["points"].format(points=points)
    is_whole = one.published.lstrip("-").isdigit()
    text = page.numbers.signed(one.difference, 0 if is_whole else _digits(one.difference))
    by = relative(one)
    return text if by is None else f"{text}; {page.numbers.change(by)}"


def _digits(number: float) -> int:
    """Return how many decimals a number is written with."""
    return 0 if abs(number) >= 1000 else 2 if abs(number) >= 10 else 3
