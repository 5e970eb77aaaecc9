"""Restatements as rows of an edition's data file."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tiengvang.edition.data_package import described
from tiengvang.edition.restated import HeldAgainst, Restatement, as_number

# Units whose values are amounts: half as much is half as much. A share has its points, a score a sign.
AMOUNTS = frozenset(
    {
        *(
            "documents",
            "stories",
            "outlets",
            "families",
            "offices",
            "administrative_units",
            "words",
        ),
        *("mentions", "slots", "events", "signals", "persons", "arrivals", "trips", "projects"),
        *("usd", "per_10000", "hours", "cases", "records", "works", "participants", "sessions"),
        *("stories_of_a_model",),
    }
)
COLUMNS = (
    *(
        "published_edition_id",
        "data_file",
        "row_key",
        "column_name",
        "published_value",
        "value_today",
    ),
    *("difference", "relative_difference", "published_finding", "finding_today", "reasons"),
)


def restatements_frame(held_against: Sequence[HeldAgainst]) -> pd.DataFrame:
    """Return one row per restated number, by the edition that published it, file and row."""
    rows = [_row(held.edition_id, one) for held in held_against for one in held.restatements]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")


def relative(found: Restatement) -> float | None:
    """Return a difference by the published number, None where that says nothing."""
    before, difference = as_number(found.published), found.difference
    if before is None or difference is None or before <= 0 or unit(found) not in AMOUNTS:
        return None
    return difference / before


def unit(found: Restatement) -> str:
    """Return the code of a number's unit; empty where the whole row is gone."""
    return described(found.file, found.column)[0].unit if found.column else ""


def _row(edition_id: str, found: Restatement) -> dict[str, str | float | None]:
    is_number = as_number(found.published) is not None
    return {
        "published_edition_id": edition_id,
        "data_file": found.file,
        "row_key": found.row_key,
        "column_name": found.column or None,
        "published_value": _number(found.published) if is_number else None,
        "value_today": _number(found.today) if is_number else None,
        "difference": _rounded(found),
        "relative_difference": relative(found),
        "published_finding": None if is_number else found.published or None,
        "finding_today": None if is_number else found.today,
        "reasons": " ".join(found.reasons),
    }


def _number(text: str | None) -> float | None:
    """Return a number as it was written: a count stays a whole number."""
    value = as_number(text)
    return int(text) if text is not None and text.lstrip("-").isdigit() else value


def _rounded(found: Restatement) -> float | None:
    if found.difference is None:
        return None
    whole = [_number(found.published), _number(found.today)]
    return int(found.difference) if all(isinstance(v, int) for v in whole) else found.difference
