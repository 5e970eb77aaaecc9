"""Read what ``uplift`` is measured over, write its tables in ``computed``.

A row per registered event, outcome that its register names, and host country or ``world``. Only attention is
counted for donors too; the other outcomes are rows with the reason ``not_measured_for_donors``. An event
whose window is not over is a row with the reason ``not_begun`` or ``window_open``: first days are no
answer. The focus's own press is no host: it is not foreign.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from tiengvang.analysis.attention_days import (
    WORLD,
    Press,
    Validity,
    events_days,
    press,
    thin_countries,
)
from tiengvang.analysis.events import DAILY, Event
from tiengvang.analysis.uplift import LEAST_SLOTS, Figures, Uplift, measure_event
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.frames import copy_frame, delete_rows, read_frame

UPLIFTS, DAYS, DONORS = "event_uplifts", "event_uplift_days", "event_uplift_donors"
ATTENTION = "attention"
NOT_OVER = {"ahead": "not_begun", "under_way": "window_open", "in_window": "window_open"}
EVENTS = """
    select
        event.event_code, event.starts_on, event.window_ends_on, event.host_country_codes_iso3,
        event.outcomes, event.is_registered_before, calendar.event_phase
    from warehouse.dim_event as event
    join warehouse.mart_event_calendar as calendar
        on calendar.event_code = event.event_code and calendar.is_in_force
    order by event.event_code
"""
COMPARED = """
    select country_code_iso3, role, valid_from, valid_to from seeds.watchlist
    order by country_code_iso3, valid_from
"""
SLOTS = """
    select
        slot_date,
        (count(*) filter (where has_documents))::float8
            / nullif(count(*) filter (where expects_documents), 0) as received_share
    from intermediate.int_slots_classified
    group by slot_date
    order by slot_date
"""
COUNTS = """
    select coverage_date, country_code_iso3, n_documents
    from intermediate.int_attention_days
    where source_country_code_iso3 = %(source)s
"""
KEY = ["event_code", "outcome", "source_country_code_iso3"]


@dataclass(frozen=True, slots=True)
class Registered:
    """An event as the record in force says it; ``phase`` as of the build."""

    event: Event
    outcomes: tuple[str, ...]
    phase: str


def write_uplift_tables(connection: Connection) -> dict[str, int]:
    """Write the tables of uplifts of events, in the caller's transaction.

    Returns:
        The number of rows written per table.
    """
    for table in (UPLIFTS, DAYS, DONORS):
        delete_rows(connection, table)
    found = list(_measured(connection, _registered(connection)))
    return {
        UPLIFTS: copy_frame(connection, UPLIFTS, _rows(row for row, _, _ in found)),
        DAYS: _copy(connection, DAYS, [days for _, days, _ in found]),
        DONORS: _copy(connection, DONORS, [donors for _, _, donors in found]),
    }


def _rows(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    # whole numbers stay whole where some are null
    return pd.DataFrame(list(rows), dtype="object")


def _copy(connection: Connection, table: str, parts: list[pd.DataFrame | None]) -> int:
    kept = [part for part in parts if part is not None]
    return copy_frame(connection, table, pd.concat(kept)) if kept else 0


def _registered(connection: Connection) -> list[Registered]:
    rows: list[Any] = connection.execute(EVENTS.encode()).fetchall()
    return [
        Registered(
            Event(code, starts_on, window_ends_on, frozenset(hosts), frozenset(), is_before),
            tuple(sorted(set(outcomes))),
            phase,
        )
        for code, starts_on, window_ends_on, hosts, outcomes, is_before, phase in rows
    ]


def _measured(
    connection: Connection, registered: list[Registered]
) -> Iterator[tuple[dict[str, Any], pd.DataFrame | None, pd.DataFrame | None]]:
    """Yield each row with its days and donors; one host's press is held at a time."""
    if not registered:
        return
    rows: list[Any] = connection.execute(COMPARED.encode()).fetchall()
    compared = [Validity(*row) for row in rows]
    focuses = {entry.country for entry in compared if entry.role == "focus"}
    slots = _slots_share(connection)
    others = [known.event for known in registered]
    asked = [
        (source, known, outcome)
        for known in registered
        for outcome in known.outcomes
        for source in (*sorted(known.event.hosts - focuses), WORLD)
    ]
    held: tuple[str, Press] | None = None
    for source, known, outcome in sorted(asked, key=lambda a: (a[0], a[1].event.code, a[2])):
        key = dict(zip(KEY, (known.event.code, outcome, source), strict=True))
        reason = "not_measured_for_donors" if outcome != ATTENTION else NOT_OVER.get(known.phase)
        if reason:
            yield key | _row(_unmeasured(known.event, source, others, reason)), None, None
            continue
        if held is None or held[0] != source:
            counts = read_frame(connection, COUNTS, {"source": source})
            held = source, press(counts, compared)
        yield _judged(key, held[1], known.event, others, compared, slots)


def _slots_share(connection: Connection) -> pd.Series[float]:
    slots = read_frame(connection, SLOTS)
    days = pd.PeriodIndex(slots["slot_date"], freq="D")
    return pd.Series(slots["received_share"].to_numpy(dtype=float), index=days)


def _unmeasured(event: Event, source: str, others: list[Event], reason: str) -> Uplift:
    """Return a row that has a reason before anything is read: only what the register tells of it."""
    return Uplift(
        verdict="cannot_tell",
        reason=reason,
        evidence="registered" if event.is_registered_before else "exploratory",
        excluded=(),
        overlapping=tuple(
            sorted(
                other.code
                for other in event.meeting(others)
                if source == WORLD or source in other.hosts
            )
        ),
    )


def _judged(
    key: dict[str, Any],
    found: Press,
    event: Event,
    others: list[Event],
    compared: list[Validity],
    slots: pd.Series[float],
) -> tuple[dict[str, Any], pd.DataFrame | None, pd.DataFrame | None]:
    source = key["source_country_code_iso3"]
    on = {entry.country: entry.role for entry in compared if entry.holds(event.starts_on)}
    focus = next((country for country, role in on.items() if role == "focus"), None)
    if focus is None or found.counts.empty:
        return key | _row(_unmeasured(event, source, others, "short_history")), None, None
    donors = sorted(country for country, role in on.items() if role == "donor")
    panel = found.log_points[[focus, *donors]]
    usable = found.totals.index[
        found.totals.notna() & (slots.reindex(found.totals.index) >= LEAST_SLOTS)
    ]
    thin = thin_countries(found, usable, event.starts_on)
    is_thin = focus in thin
    panel = panel.assign(**{donor: float("nan") for donor in donors if is_thin or donor in thin})
    judged = measure_event(
        panel,
        focus,
        event,
        others,
        slots,
        DAILY,
        host=None if source == WORLD else source,
        is_world=source == WORLD,
    )
    if is_thin and judged.reason == "too_few_donors":
        judged = replace(judged, reason="few_documents", n_donors=None, smallest_p=None)
    figures = judged.figures
    if figures is None:
        return key | _row(judged), None, None
    days = pd.period_range(
        pd.Period(event.starts_on, freq="D") - DAILY.anticipation - DAILY.fit,
        pd.Period(event.window_ends_on, freq="D"),
        freq="D",
    )
    by_day = events_days(found, focus, days, slots, figures.gaps, LEAST_SLOTS)
    by_day["is_window"] = [day >= event.starts_on for day in by_day["attention_date"]]
    return key | _row(judged), by_day.assign(**key), _donors(figures).assign(**key)


def _donors(figures: Figures) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "donor_country_code_iso3": country,
                "weight": figures.weights.get(country, 0.0),
                "rmspe_ratio": ratio,
            }
            for country, ratio in figures.ratios.items()
        ]
    )


def _row(judged: Uplift) -> dict[str, Any]:
    """Return an uplift as a row of its table."""
    row: dict[str, Any] = {
        "verdict": judged.verdict,
        "suppressed_reason": judged.reason,
        "evidence": judged.evidence,
        "excluded_country_codes_iso3": list(judged.excluded),
        "overlapping_event_codes": list(judged.overlapping),
        "n_fit_days": judged.n_fit,
        "n_window_days": judged.n_window,
        "n_donors": judged.n_donors,
        "smallest_p_value": judged.smallest_p,
        "pre_fit": judged.pre_fit,
    }
    figures = judged.figures
    names = ("uplift", "low", "high", "level", "difference", "rmspe_ratio", "p_space", "p_time")
    for name in (*names, "n_windows_before"):
        row[COLUMN_NAMES.get(name, name)] = getattr(figures, name) if figures else None
    return row


COLUMN_NAMES = {"low": "uplift_low", "high": "uplift_high", "level": "interval_level"}
