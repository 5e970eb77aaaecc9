"""The edition's input: rows of the public marts, read as a reader in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import psycopg

from tiengvang.edition import (
    columns,
    columns_analysis_alerts,
    columns_analysis_leads,
    columns_outcomes,
    columns_registers,
)
from tiengvang.edition.columns_analysis_uplifts import UPLIFT_WITHHELD
from tiengvang.edition.queries import QUERIES
from tiengvang.edition.request import EditionRequest

WEEK = timedelta(days=7)
# What a row of each mart withholds when it gives a reason.
WITHHELD = {
    "coverage": ["tone_mean"],
    "reach": [*(f"n_stories_r{tier}" for tier in range(1, 5)), "tier1_pickup_rate", "reach_index"],
    "voice": [
        "attention_balanced_per_10000",
        "attention_pooled_per_10000",
        "share_of_voice",
        "share_of_voice_low",
        "share_of_voice_high",
        "share_of_voice_pooled",
    ],
    "tone": [
        f"tone_premium{of}{end}" for of in ("", "_over_peers") for end in ("", "_low", "_high")
    ],
    "messages": [
        "owned_share",
        "foreign_share",
        "log_ratio",
        "log_ratio_p_value",
        "js_divergence_bits",
        "p_value",
    ],
    "relations": [
        "balance",
        "material_share",
        "balance_confidence_20",
        "balance_confidence_80",
        "balance_median_52_weeks",
        "balance_rank_52_weeks",
    ],
    "outcome_months": ["n_documents", "n_stories"],
    "leads": columns_analysis_leads.LEADS_WITHHELD,
    "response_clock": columns_registers.CLOCK_WITHHELD,
    "correction_reach": ["correction_reach_ratio"],
    "alerts": columns_analysis_alerts.ALERTS_WITHHELD,
    "tone_shifts": columns_analysis_alerts.SHIFTS_WITHHELD,
    **UPLIFT_WITHHELD,
}
# The column that gives it, where that is not ``suppressed_reason``.
REASONS = {"outcome_months": "coverage_missing_reason"}


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """Everything that an edition is rendered from; each frame is ordered by its key.

    ``coverage`` and ``trust`` hold this period and the previous one, ``reach`` the last whole ISO
    week and the one before, ``stories`` and ``eligibility`` that week, ``audits`` the
    languages of the period's newest month with the audit in force, ``documents`` (eligible
    ones of foreign outlets, no tone) that week's stories and the period. ``voice`` holds the
    newest rolling windows, ``tone`` and ``messages`` the newest one, ``relations`` 53 weeks of
    pairs with the focus, ``outcomes`` 20 years. ``arrivals``, ``registered`` and
    ``outcome_months`` hold seven years of the totals and of the largest markets and partners,
    ``revisions`` what was restated of them and of the yearly outcomes, ``leads`` every pair of
    coverage and outcome with its lags. What offices delivered and fact-checkers published is as
    known when the marts were built: ``readiness`` in all its values, ``readiness_units`` as they
    stand, ``claims`` that wait or waited for an answer, ``response_curve`` of the newest week.
    ``alerts`` holds the period, but at least seven days, and before it the focus in the world and every
    alert; ``tone_shifts`` the newest day; ``uplifts`` with their days and donors are of the events of the
    last eight weeks, and the newest of a year that has a figure.
    """

    focus_iso3: str
    period_start: date
    period_end: date
    countries: pd.DataFrame
    coverage: pd.DataFrame
    trust: pd.DataFrame
    documents: pd.DataFrame
    stories: pd.DataFrame
    reach: pd.DataFrame
    eligibility: pd.DataFrame
    audits: pd.DataFrame
    voice: pd.DataFrame
    tone: pd.DataFrame
    messages: pd.DataFrame
    relations: pd.DataFrame
    outcomes: pd.DataFrame
    arrivals: pd.DataFrame
    registered: pd.DataFrame
    outcome_months: pd.DataFrame
    revisions: pd.DataFrame
    leads: pd.DataFrame
    provinces: pd.DataFrame
    readiness: pd.DataFrame
    readiness_units: pd.DataFrame
    events: pd.DataFrame
    event_versions: pd.DataFrame
    agreements: pd.DataFrame
    awards: pd.DataFrame
    training: pd.DataFrame
    claims: pd.DataFrame
    response_clock: pd.DataFrame
    response_curve: pd.DataFrame
    correction_reach: pd.DataFrame
    alerts: pd.DataFrame
    alert_stories: pd.DataFrame
    alert_calibrations: pd.DataFrame
    tone_shifts: pd.DataFrame
    uplifts: pd.DataFrame
    uplift_days: pd.DataFrame
    uplift_donors: pd.DataFrame

    @property
    def frames(self) -> tuple[str, ...]:
        """The names of the frames: those of the queries."""
        return tuple(QUERIES)

    @property
    def dates(self) -> list[date]:
        """The days of the period, oldest first."""
        days = (self.period_end - self.period_start).days
        return [self.period_start + timedelta(days=n) for n in range(days)]

    @property
    def previous_dates(self) -> list[date]:
        """The days of the period of the same length just before, oldest first."""
        days = (self.period_end - self.period_start).days
        return [self.period_start + timedelta(days=n) for n in range(-days, 0)]

    @property
    def week_start(self) -> date:
        """The Monday of the last whole ISO week of the period's end."""
        return last_whole_week(self.period_end)

    @property
    def week_dates(self) -> list[date]:
        """The seven days of that week."""
        return [self.week_start + timedelta(days=n) for n in range(7)]


def methods_of(facts: EditionFacts) -> tuple[str, ...]:
    """Return the versions of the method in an edition's rows, as its manifest names them."""
    frames = (facts.coverage, facts.trust, facts.stories, facts.voice, facts.tone)
    found = {version for frame in frames for version in frame["method_version"].dropna()}
    return tuple(sorted(map(str, found)))


def last_whole_week(period_end: date) -> date:
    """Return the Monday of the last ISO week that was over when the period ended."""
    return period_end - timedelta(days=period_end.weekday()) - WEEK


def months_before(day: date, n: int) -> date:
    """Return the first day of the month that is ``n`` months before a day's month."""
    number = day.year * 12 + day.month - 1 - n
    return date(number // 12, number % 12 + 1, 1)


def typed_frame(rows: list[tuple[Any, ...]], types: Mapping[str, str]) -> pd.DataFrame:
    """Return rows as a frame with the declared columns and types; null stays null."""
    frame = pd.DataFrame(rows, columns=list(types), dtype="object")
    return frame.astype(dict(types))


def withheld(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame in which what is suppressed is null, whatever the mart left in the cell."""
    if name not in WITHHELD:
        return frame
    frame = frame.copy()
    reason = REASONS.get(name, "suppressed_reason")
    frame.loc[frame[reason].notna(), WITHHELD[name]] = None
    return frame


def bindings(request: EditionRequest) -> dict[str, Any]:
    """Return the values of the queries' parameters: they follow from the request alone."""
    week = last_whole_week(request.period_end)
    next_month = months_before(request.period_end - timedelta(days=1), -1)
    return {
        "focus": request.focus_iso3,
        "period_start": request.period_start,
        "period_end": request.period_end,
        "previous_start": request.previous_start,
        "week": week,
        "as_of_date": request.today,
        "clock_days": columns_registers.CLOCK_WEEKS * 7,
        "last_year": request.period_end.year,
        "outcome_years": columns_outcomes.OUTCOME_YEARS,
        "first_month": months_before(next_month, columns_outcomes.OUTCOME_MONTHS + 1),
        "next_month": next_month,
        "voice_days": columns.VOICE_WEEKS * 7 + 28,
        "relation_days": columns.RELATION_WEEKS * 7,
    }


def read_facts(connection: psycopg.Connection[Any], request: EditionRequest) -> EditionFacts:
    """Read an edition's facts from ``marts`` in one read-only, repeatable-read transaction.

    Raises:
        psycopg.errors.ActiveSqlTransaction: the connection is already inside a transaction.
        psycopg.Error: a mart or a column is missing, or the role may not read it.
    """
    values = bindings(request)
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")

        def frame(name: str) -> pd.DataFrame:
            rows = connection.execute(QUERIES[name].encode(), values).fetchall()
            return withheld(name, typed_frame(rows, columns.BY_FRAME[name]))

        return EditionFacts(
            focus_iso3=request.focus_iso3,
            period_start=request.period_start,
            period_end=request.period_end,
            **{name: frame(name) for name in QUERIES},
        )
