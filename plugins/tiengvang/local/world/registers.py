"""The sample world's folder of registers, as offices would have filled it, and what it plants."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tiengvang.local.world import programme, readiness, response_log
from tiengvang.local.world.factchecks import reviews_to_answer
from tiengvang.local.world.long import plan as long_plan
from tiengvang.local.world.readiness_plan import DAYS, FIRST_WORDS_ON, KPIS
from tiengvang.local.world.response_pages import case_pages
from tiengvang.local.world.spec import WorldSpec
from tiengvang.local.world.truth import Truth
from tiengvang.registers.catalogue import REGISTERS
from tiengvang.registers.templates import xlsx_template
from tiengvang.windows import DAY, format_instant

Row = Mapping[str, Any]
FOLDER = "registers"
RECEIVED = time(18)
OFFICE_TIME = timezone(timedelta(hours=7))
COORDINATION = "Office of programme coordination"
MINISTRIES = "Council of ministries"
PROVINCES = "Council of provinces"
PRESS = "Press and information office"
EVENTS = "Events office"
REFUSED_FILE = "readiness-provinces-2026-06.csv"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file: its name, what it fills, whose it is, its rows, and the day on which it came."""

    name: str
    register: str
    office: str
    rows: Sequence[Row]
    received_on: date

    @property
    def received_at(self) -> datetime:
        """The instant at which it came."""
        return datetime.combine(self.received_on, RECEIVED, UTC)


def write_registers(spec: WorldSpec, folder: Path, truth: Truth) -> dict[str, Any]:
    """Write the folder ``registers/`` with its ``world.json``, which says when each file came.

    Returns:
        the truth: rates by KPI and day, how the new units began, events registered before they began,
        the clock's figures, and the file that is refused.
    """
    base = folder / FOLDER
    base.mkdir(parents=True)
    anchor = spec.instants[0].date()
    pages = case_pages(spec, truth, reviews_to_answer(spec))
    files = list(deliveries(spec, {page.case_code: page.addresses for page in pages}))
    for file in files:
        (base / file.name).write_bytes(as_workbook(file) if _is_workbook(file) else as_csv(file))
    (base / REFUSED_FILE).write_bytes(as_csv(refused_delivery(), as_typed=True))
    received = {
        file.name: format_instant(file.received_at) for file in [*files, refused_delivery()]
    }
    marker = {"world_name": spec.name, "is_synthetic": True, "received_at": received}
    (base / "world.json").write_text(json.dumps(marker, indent=1) + "\n", "utf-8")
    return {
        "files": sorted(received),
        "refused_file": REFUSED_FILE,
        "rows": dict(Counter(file.register for file in files for _ in file.rows)),
        "readiness": _rates(spec.seed),
        "began": {
            kpi.code: _counted(readiness.began(spec.seed, kpi.code).values())
            for kpi in KPIS
            if kpi.unit_kind == "province"
        },
        "retracted": _plain(readiness.retraction(spec.seed)),
        "registered_before": {e.code: e.is_registered_before for e in _events(spec)},
        "edited_event": programme.EDITED.code,
        "clock": {
            f"{day}": response_log.planted(anchor, day)
            for day in (moment.date() - DAY for moment in spec.instants)
        },
        "pages": [page._asdict() for page in pages],
    }


def deliveries(
    spec: WorldSpec, pages: Mapping[str, response_log.Pages] = MappingProxyType({})
) -> Iterator[Delivery]:
    """Yield the files that are taken, whatever the order in which they came."""
    anchor = spec.instants[0].date()
    yield from _readiness(spec.seed)
    planned = (*_events(spec), programme.EDITED)
    for place, days in enumerate(programme.event_deliveries(planned), start=1):
        came = anchor + timedelta(days=days)
        yield Delivery(
            f"events-{place}.csv", "events", EVENTS, programme.events(anchor, planned, days), came
        )
    yield Delivery(
        "agreements.xlsx", "agreements", COORDINATION, programme.agreements(), date(2026, 6, 2)
    )
    yield Delivery("awards.csv", "awards", PRESS, programme.awards(), date(2026, 1, 9))
    yield Delivery("training.csv", "training", PRESS, programme.training(), date(2026, 5, 4))
    rows = response_log.responses(anchor, pages)
    for year in sorted({row["recorded_on"].year for row in rows}):
        own = [row for row in rows if row["recorded_on"].year == year]
        came = own[-1]["recorded_on"]
        yield Delivery(f"responses-{year}.csv", "responses", PRESS, own, came)
    yield Delivery(
        "response-targets.csv", "response_targets", COORDINATION,
        response_log.response_targets(), date(2025, 12, 12),
    )  # fmt: skip


def as_csv(file: Delivery, *, as_typed: bool = False) -> bytes:
    """Return a file as a Vietnamese spreadsheet saves a filled template, with semicolons.

    ``as_typed``: cells are texts already, whatever is wrong with them.
    """
    register = REGISTERS[file.register]
    names = [column.name for column in register.columns]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(("template", register.name))
    writer.writerow(("version", register.version))
    writer.writerow(("office", file.office))
    writer.writerow(names)
    writer.writerow([column.heading.vi for column in register.columns])
    for row in file.rows:
        writer.writerow([row.get(name, "") if as_typed else _cell(row.get(name)) for name in names])
    return text.getvalue().encode("utf-8-sig")


def as_workbook(file: Delivery) -> bytes:
    """Return a file as a filled workbook, days as days."""
    return xlsx_template(REGISTERS[file.register], file.rows, office=file.office)


def _events(spec: WorldSpec) -> list[programme.PlannedEvent]:
    more = long_plan.EVENTS if spec.kind == "long" else ()
    return [*programme.EVENTS, *(planted.event for planted in more)]


def _readiness(seed: int) -> Iterator[Delivery]:
    everything = readiness.units()
    start, ended = date(2023, 11, 21), date(2025, 3, 5)
    first = [row for row in everything if row["recorded_on"] < start]
    yield Delivery("units-2023.csv", "units", COORDINATION, first, start)
    yield Delivery("units-2025.csv", "units", COORDINATION, everything, ended)
    yield Delivery("kpis.csv", "kpis", COORDINATION, readiness.kpis(), start)
    for name, are_corrected, came in (
        ("targets-2024.csv", False, date(2024, 5, 7)),
        ("targets-2026.csv", True, date(2026, 2, 11)),
    ):
        rows = readiness.targets(are_corrected=are_corrected)
        yield Delivery(name, "targets", COORDINATION, rows, came)
    for day in DAYS:
        for office, kind, plural in (
            (MINISTRIES, "ministry", "ministries"),
            (PROVINCES, "province", "provinces"),
        ):
            rows = readiness.readiness_units(seed, kind, day)
            yield Delivery(
                f"readiness-{plural}-{day}.csv", "readiness_units", office, rows, day + DAY
            )
        totals = [row for row in readiness.readiness_totals() if row["valid_on"] == day]
        if totals:
            name = f"readiness-totals-{day}.csv"
            yield Delivery(name, "readiness_totals", COORDINATION, totals, day + DAY)
    correction = readiness.retraction(seed)
    yield Delivery(
        "readiness-correction.csv", "readiness_units", PROVINCES, [correction],
        correction["recorded_on"] + DAY,
    )  # fmt: skip
    yield Delivery(
        "readiness-first-words.csv", "readiness_units", PROVINCES, readiness.first_words(seed),
        FIRST_WORDS_ON + DAY,
    )  # fmt: skip


def refused_delivery() -> Delivery:
    """Return a file with a good row and what people get wrong: all of it is refused."""
    good = {
        "kpi_code": "site_province", "unit_code": "01-2008", "is_met": "có", "status": "reported",
        "valid_on": "2026-05-31", "recorded_on": "2026-06-01",
    }  # fmt: skip
    rows = (
        good,
        {**good, "unit_code": "74-2008"},  # part of another unit since 1 July 2025
        {**good, "unit_code": "04-2008", "is_met": "đạt"},
        {**good, "unit_code": "11-2008", "valid_on": "31/05/2026"},
        {**good, "unit_code": "12-2008", "status": "=VLOOKUP(A6;B:C;2)"},
        good,
    )
    return Delivery(REFUSED_FILE, "readiness_units", PROVINCES, rows, date(2026, 6, 2))


def _rates(seed: int) -> list[dict[str, Any]]:
    """Return who met each KPI on each day, by what was stated on that day."""
    return [
        {
            "kpi_code": kpi.code,
            "valid_on": f"{day}",
            **_counted(
                row["is_met"]
                for row in readiness.readiness_units(seed, kpi.unit_kind, day)
                if row["kpi_code"] == kpi.code
            ),
        }
        for kpi in KPIS
        for day, count in zip(DAYS, kpi.met, strict=True)
        if count is not None
    ]


def _counted(states: Any) -> dict[str, int]:
    counts = Counter(states)
    return {"met": counts[True], "not_met": counts[False], "not_stated": counts[None]}


def _is_workbook(file: Delivery) -> bool:
    return file.name.endswith(".xlsx")


def _plain(row: Row) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, date) else value for name, value in row.items()}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return value.astimezone(OFFICE_TIME).isoformat(timespec="minutes")
    return str(value)
