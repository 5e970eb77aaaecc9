"""The desk's page as HTML: read from the warehouse within bounds, written without a script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tiengvang.desk import doors, ledger
from tiengvang.desk.doors import Records, RunKeys
from tiengvang.desk.ledger import Day, SourceState
from tiengvang.desk.texts import TEXTS, Language
from tiengvang.edition.corrections import Correction, in_force
from tiengvang.edition.history import State, state
from tiengvang.edition.untrusted import REASON_LENGTH, plain_text
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.world import World, as_of, read_world
from tiengvang.windows import DAY

TEMPLATES = Path(__file__).parent / "templates"
# Beside its colour each state has a sign of its own, for eyes and prints that tell no colours apart.
SIGNS: dict[str, str] = {"loaded": "", "missing": "○", "gap": "–", "rejected": "✕"}
UNCHECKED_FOR_LONG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the page shows of a warehouse at one instant."""

    as_of: datetime
    world: World | None
    published: doors.Row | None
    newest: Records
    days: tuple[Day, ...]
    sources: tuple[SourceState, ...]
    run: Records | None = None
    corrections: tuple[Correction, ...] = ()
    files: State | None = None  # of the published edition


def read_desk(connection: Connection, home: Path, keys: RunKeys | None = None) -> Desk:
    """Read what the page shows; with the keys of a run, what that run left as well."""
    instant = as_of(connection)
    published = doors.read_published(connection)
    return Desk(
        as_of=instant,
        world=read_world(connection),
        published=published,
        files=None
        if published is None
        else state(home / "editions" / published["folder"], published["manifest_sha256"]),
        newest=doors.read_newest(connection, home),
        days=tuple(ledger.read_days(connection, instant)),
        sources=tuple(ledger.read_sources(connection, instant)),
        run=None if keys is None else doors.read_run(connection, home, keys),
        corrections=in_force(connection),
    )


def page_html(desk: Desk, language: Language, query: Mapping[str, str]) -> str:
    """Write the page; links are relative to the desk's own folder.

    Args:
        desk: what was read.
        language: of labels and numbers; sentences about what is held stand in both.
        query: the address's own parameters, which the link to the other language keeps.
    """
    days = [day for day in desk.days if day.files]
    total = sum((day.files for day in days), Counter[ledger.State]())
    checked = min(
        (source.checked_at for source in desk.sources if source.checked_at is not None),
        default=None,
    )
    return _render(
        "desk.html.j2",
        language,
        query,
        desk=desk,
        days=days,
        total=total,
        checked=checked,
        is_unchecked=checked is not None and desk.as_of - checked > UNCHECKED_FOR_LONG,
        held=_held(desk.newest),
        signs=SIGNS,
        number_of_days=ledger.DAYS,
    )


def problem_html(problem: str, language: Language, query: Mapping[str, str]) -> str:
    """Write the page that says that the warehouse cannot be asked, and what was seen."""
    return _render("down.html.j2", language, query, problem=problem)


def _held(records: Records) -> list[dict[str, Any]]:
    """Return what is held of the newest builds, editions and loads, with the reasons of each."""
    sentences = {
        verdict.subject: [row for row in verdict.failures if row["severity"] == "critical"]
        for verdict in records.verdicts
    }
    held: list[dict[str, Any]] = [
        {
            "kind": "edition_word",
            "name": row["edition_id"],
            "status": row["status"],
            "at": row["as_of_at"],
            "reasons": row["reasons"],
            "text": None,
        }
        for row in records.editions
        if row["status"] == "held"
    ]
    for kind, rows, bad in (
        ("build", records.builds, ("held", "failed")),
        ("load", records.loads, ("quarantined",)),
    ):
        for row in rows:
            if row["status"] in bad:
                name = f"{kind} {row[f'{kind}_id']}"
                reasons = [
                    {"en": found["sentence_en"], "vi": found["sentence_vi"]}
                    for found in sentences.get(name, [])
                ]
                held.append(
                    {
                        "kind": kind,
                        "name": str(row[f"{kind}_id"]),
                        "status": row["status"],
                        "at": row["as_of_at"] if kind == "build" else row["window_end"],
                        "reasons": reasons,
                        "text": None if reasons else row["reason"],
                    }
                )
    return held


def _render(name: str, language: Language, query: Mapping[str, str], **values: Any) -> str:
    other = "vi" if language == "en" else "en"
    environment = _environment()
    return environment.get_template(name).render(
        t=partial(_text, language),
        n=partial(_count, language),
        language=language,
        other=other,
        other_link="?" + urlencode({**query, "lang": other}),
        style=(TEMPLATES / "desk.css").read_text(encoding="utf-8"),
        **values,
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = partial(plain_text, limit=REASON_LENGTH)
    environment.filters["at"] = _at
    environment.filters["last_day"] = _last_day
    return environment


def _text(language: Language, key: str, **values: Any) -> str:
    return TEXTS[language][key].format(**values)


def _count(language: Language, value: int) -> str:
    return str(format_decimal(value, locale="en_GB" if language == "en" else "vi"))


def _last_day(end: date) -> date:
    """Return a period's last day: its end is the day after."""
    return end - DAY


def _at(instant: datetime | None) -> str:
    """Write an instant in UTC: the order of its parts is plain in both languages."""
    return "" if instant is None else f"{instant:%Y-%m-%d %H:%M}"
