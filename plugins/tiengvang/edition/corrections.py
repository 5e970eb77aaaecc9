"""Corrections: an office says that a number which was published was wrong.

What sources revise later was not wrong, and is a restatement. A correction deletes nothing: the edition
stays as it was, and later ones print what was wrong with it. Nor does a withdrawal, which says that a
correction was a mistake: it is a correction of its own, told to readers for as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from tiengvang.edition.locales import Language
from tiengvang.errors import TiengVangError
from tiengvang.offices import office_name, words_of_an_office
from tiengvang.warehouse.connection import Connection, connect
from tiengvang.warehouse.world import as_of
from tiengvang.windows import format_instant, parse_instant

# As long as an edition's longest window of coverage: whoever reads once in it is told.
PRINTED_FOR = timedelta(days=28)
# In force by the clock; one that no edition has printed yet stays until one has. What was withdrawn is not.
IN_FORCE = """
select correction_id, edition_id, office, wrong_en, wrong_vi, reason, given_at, withdraws
from ops.corrections
where given_at <= ops.as_of() and not exists (
    select from ops.corrections as later
    where later.withdraws = corrections.correction_id and later.given_at <= ops.as_of()
) and (
    ops.as_of() < given_at + %s
    or not exists (
        select from ops.editions
        where editions.status = 'published' and corrections.correction_id = any (editions.corrections)
    )
)
order by correction_id
"""
WITHDRAW = """
insert into ops.corrections (edition_id, office, wrong_en, wrong_vi, reason, given_at, withdraws)
select edition_id, %s, wrong_en, wrong_vi, %s, %s, correction_id from ops.corrections
where correction_id = %s and withdraws is null
on conflict (withdraws) do nothing
returning correction_id, edition_id, wrong_en, wrong_vi
"""
# What can be withdrawn, however long ago it was stated.
STATED = """
select correction_id, edition_id from ops.corrections
where withdraws is null and not exists (
    select from ops.corrections as later where later.withdraws = corrections.correction_id
)
order by correction_id
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """One recorded correction: of which edition, whose, what was wrong in each language, and why.

    One that ``withdraws`` another has its words: office, reason and instant are those of the withdrawal.
    """

    correction_id: int
    edition_id: str
    office: str
    wrong: Mapping[Language, str]
    reason: str
    given_at: datetime
    withdraws: int | None = None

    @property
    def kind(self) -> Literal["correction", "withdrawal"]:
        """The name of its words on pages."""
        return "correction" if self.withdraws is None else "withdrawal"

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as a manifest holds them."""
        return {
            "correction_id": self.correction_id,
            "edition_id": self.edition_id,
            "office": self.office,
            "wrong": dict(self.wrong),
            "reason": self.reason,
            "given_at": format_instant(self.given_at),
            "withdraws": self.withdraws,
        }


def correction_of(given: Mapping[str, Any]) -> Correction:
    """Return the correction of a manifest's plain values."""
    return Correction(**{**given, "given_at": parse_instant(given["given_at"])})


def record_correction(
    url: str, edition_id: str, office: str, wrong: str, wrong_vi: str | None, reason: str
) -> Correction:
    """Record by the warehouse's clock that a published edition was wrong.

    Args:
        url: the owner's URL of the warehouse.
        edition_id: the edition that published it.
        office: who says so.
        wrong: what was wrong and what is right, for both pages or for the English one.
        wrong_vi: the same for the Vietnamese page; None where one text serves both.
        reason: how it came to be wrong.

    Raises:
        TiengVangError: there is no such published edition; no office or text, or one that holds an
            address or a number of a person.
    """
    name = office_name(office)
    english = words_of_an_office("--wrong", wrong)
    vietnamese = english if wrong_vi is None else words_of_an_office("--wrong-vi", wrong_vi)
    why = words_of_an_office("--reason", reason)
    with connect(url, "owner") as connection:
        given_at = as_of(connection)
        row: Any = connection.execute(
            """
            insert into ops.corrections (edition_id, office, wrong_en, wrong_vi, reason, given_at)
            select edition_id, %s, %s, %s, %s, %s from ops.editions
            where edition_id = %s and status = 'published'
            returning correction_id
            """,
            (name, english, vietnamese, why, given_at, edition_id),
        ).fetchone()
    if row is None:
        raise TiengVangError(f"there is no published edition {edition_id}")
    said: dict[Language, str] = {"en": english, "vi": vietnamese}
    return Correction(row[0], edition_id, name, said, why, given_at)


def record_withdrawal(url: str, correction_id: int, office: str, reason: str) -> Correction:
    """Record by the warehouse's clock that a correction was a mistake; what it withdraws is kept.

    Raises:
        TiengVangError: there is no such correction, or it was withdrawn before; no office or reason, or
            one that holds an address or a number of a person.
    """
    name, why = office_name(office), words_of_an_office("--reason", reason)
    with connect(url, "owner") as connection:
        given_at = as_of(connection)
        row: Any = connection.execute(WITHDRAW, (name, why, given_at, correction_id)).fetchone()
        stated: list[Any] = connection.execute(STATED).fetchall()
    if row is None:
        known = ", ".join(f"{number} (of {edition_id})" for number, edition_id in stated)
        raise TiengVangError(
            f"found {correction_id}, expected the number of a correction that stands: {known or 'none'}"
        )
    said: dict[Language, str] = {"en": row[2], "vi": row[3]}
    return Correction(row[0], row[1], name, said, why, given_at, correction_id)


def in_force(connection: Connection) -> tuple[Correction, ...]:
    """Return the corrections that readers are told of now, oldest first; the connection may read ``ops``."""
    rows: list[Any] = connection.execute(IN_FORCE, (PRINTED_FOR,)).fetchall()
    return tuple(
        Correction(number, edition_id, office, {"en": english, "vi": vietnamese}, reason, *rest)
        for number, edition_id, office, english, vietnamese, reason, *rest in rows
    )
