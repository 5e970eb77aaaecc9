"""How things stand for readers: the last good edition, and what keeps a newer one from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from tiengvang.edition.corrections import Correction, in_force
from tiengvang.edition.history import Past, read_past
from tiengvang.edition.locales import Language, Numbers
from tiengvang.edition.records import MANIFEST, editions_folder, manifest_sha256
from tiengvang.edition.texts.entry import ENTRY, SOURCE_NAMES
from tiengvang.gate_suites import Door
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import Connection

Kind = Literal["edition_held", "build_held", "source_silent"]
KINDS: tuple[Kind, ...] = ("edition_held", "build_held", "source_silent")
LANGUAGES: tuple[Language, ...] = ("en", "vi")

PUBLISHED = """
select edition_id, folder, cadence, period_start, period_end, as_of_at, recorded_at, manifest_sha256
from ops.editions where status = 'published' order by period_end desc, recorded_at desc
"""
# An edition of an older period that was asked for by hand takes nothing from readers.
HELD_EDITION = """
select edition_id, as_of_at, reasons, manifest_sha256 is not null as was_proposed from ops.editions
where status = 'held'
    and (%(recorded_at)s::timestamptz is null
        or (recorded_at > %(recorded_at)s and period_end >= %(period_end)s))
order by recorded_at desc limit 1
"""
HELD_BUILD = """
select build_id, as_of_at from (
    select build_id, as_of_at, status from ops.builds
    where status in ('held', 'published') order by build_id desc limit 1
) as newest where status = 'held'
"""
FAILED_RULES = """
select suite, coalesce(column_name, expectation), sentence_en, sentence_vi from ops.gate_results
where door = %s and subject = %s and not is_success and severity = 'critical'
order by gate_result_id
"""
# A source is silent when the newest load of any of its tables is older than dbt's first threshold;
# one that was never loaded is not in use.
SILENT = """
select split_part(source_table, '.', 1) as source, max(max_loaded_at) as newest_at
from ops.source_freshness
where max_loaded_at is not null and silent_after_seconds is not null
group by 1
having bool_and(max_loaded_at + silent_after_seconds * interval '1 second' < ops.as_of())
order by 1
"""


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why readers have nothing newer, since ``since_at`` by the warehouse's clock.

    ``rule`` tells it from the other reasons of its kind; ``subject`` is the edition, build or source.
    """

    kind: Kind
    rule: str
    subject: str
    since_at: datetime
    sentences: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class GoodEdition:
    """The published edition of the newest period."""

    edition_id: str
    folder: str
    cadence: str
    period_start: date
    period_end: date
    as_of_at: datetime
    recorded_at: datetime
    manifest_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What readers have and what keeps a newer edition from them, by the warehouse's clock.

    ``past`` are the published editions whose folders are there, the newest period first; ``corrections``
    those that readers are told of.
    """

    as_of_at: datetime
    world_name: str | None
    is_synthetic: bool
    good: GoodEdition | None
    causes: tuple[Cause, ...]
    past: tuple[Past, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def of(self, kind: Kind) -> tuple[Cause, ...]:
        """Return the causes of one kind."""
        return tuple(cause for cause in self.causes if cause.kind == kind)


def read_standing(connection: Connection, settings: Settings) -> Standing:
    """Read how things stand; the connection may read ``ops`` and is not committed.

    A published edition whose folder is gone counts for nothing: readers cannot open it. Nor does one whose
    manifest is not the recorded one: nothing vouches for its files.
    """
    row: Any = connection.execute(
        """
        select ops.as_of(), (select world_name from ops.world),
            coalesce((select is_synthetic from ops.world), false)
        """
    ).fetchone()
    published: list[Any] = connection.execute(PUBLISHED).fetchall()
    editions = (GoodEdition(*found) for found in published)
    root = editions_folder(settings)
    good = next((found for found in editions if _is_there(root, found)), None)
    causes = (*_held_edition(connection, good), *_held_build(connection), *_silent(connection))
    past = tuple(
        one for one in read_past(connection) if one.status == "published" and _is_there(root, one)
    )
    return Standing(row[0], row[1], row[2], good, causes, past, in_force(connection))


def _is_there(root: Path, edition: GoodEdition | Past) -> bool:
    if edition.folder is None or not (root / edition.folder / MANIFEST).is_file():
        return False
    return edition.manifest_sha256 in (None, manifest_sha256(root / edition.folder))


def _held_edition(connection: Connection, good: GoodEdition | None) -> tuple[Cause, ...]:
    row: Any = connection.execute(
        HELD_EDITION,
        {
            "recorded_at": None if good is None else good.recorded_at,
            "period_end": None if good is None else good.period_end,
        },
    ).fetchone()
    if row is None:
        return ()
    subject = f"edition {row[0]}"
    if not row[3]:
        return _failed(connection, "edition_held", "edition", subject, row[1])
    # It passed the door, perhaps under an override, and was held by the answer of who was asked, or by none.
    return tuple(
        Cause("edition_held", "answer", subject, row[1], {"en": reason["en"], "vi": reason["vi"]})
        for reason in row[2]
    )


def _held_build(connection: Connection) -> tuple[Cause, ...]:
    row: Any = connection.execute(HELD_BUILD).fetchone()
    if row is None:
        return ()
    return _failed(connection, "build_held", "marts", f"build {row[0]}", row[1])


def _failed(
    connection: Connection, kind: Kind, door: Door, subject: str, since_at: datetime
) -> tuple[Cause, ...]:
    rows: list[Any] = connection.execute(FAILED_RULES, (door, subject)).fetchall()
    return tuple(
        Cause(kind, f"{suite}.{rule}", subject, since_at, {"en": english, "vi": vietnamese})
        for suite, rule, english, vietnamese in rows
    )


def _silent(connection: Connection) -> tuple[Cause, ...]:
    rows: list[Any] = connection.execute(SILENT).fetchall()
    return tuple(
        Cause("source_silent", source, source, newest_at, _silence(source, newest_at))
        for source, newest_at in rows
    )


def _silence(source: str, newest_at: datetime) -> dict[Language, str]:
    return {
        language: ENTRY[language]["silent"].format(
            source=SOURCE_NAMES[language].get(source, source),
            instant=Numbers(language).instant(newest_at),
        )
        for language in LANGUAGES
    }
