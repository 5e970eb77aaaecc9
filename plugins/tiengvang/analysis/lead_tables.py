"""Read what ``lead_lag`` is measured over, write its tables in ``computed``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from tiengvang.analysis.lead_lag import (
    MONTHLY,
    QUARTERLY,
    SIGNIFICANCE,
    Association,
    Rhythm,
    adjusted,
    lunar_new_year,
    measure_pair,
)
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.frames import copy_frame, delete_rows, read_frame

LEAD_LAGS = "lead_lags"
SERIES = """
    select
        country_code_iso3, partner_country_code_iso3, series, rhythm, period_start_date, value,
        is_closed_border
    from intermediate.int_lead_series
    order by country_code_iso3, partner_country_code_iso3, series, rhythm, period_start_date
"""
LEADING = ("stories", "interest")
# What coverage may run ahead of, how often that is measured, and the name of the rhythm.
OUTCOMES = {"arrivals": ("month", MONTHLY), "registered_capital": ("quarter", QUARTERLY)}
FREQUENCIES = {"month": "M", "quarter": "Q"}
KEY = ["country_code_iso3", "partner_country_code_iso3", "series"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A partner country's leading series beside one of its outcomes."""

    country: str
    partner: str
    leading: str
    outcome: str

    @property
    def rhythm(self) -> Rhythm:
        """How often the outcome is measured."""
        return OUTCOMES[self.outcome][1]


def write_lead_tables(connection: Connection) -> dict[str, int]:
    """Write the tables of leads of coverage, in the caller's transaction.

    Returns:
        The number of rows written per table.
    """
    rows = lead_rows(read_frame(connection, SERIES))
    delete_rows(connection, LEAD_LAGS)
    return {LEAD_LAGS: copy_frame(connection, LEAD_LAGS, rows)}


def lead_rows(series: pd.DataFrame) -> pd.DataFrame:
    """Measure every pair of series that can be formed, and judge all of them together.

    Args:
        series: country_code_iso3, partner_country_code_iso3, series, rhythm, period_start_date, value
            and is_closed_border, one row per series, rhythm and period.

    Returns:
        The columns of ``computed.lead_lags``, one row per pair and lag, ordered by pair and lag.
    """
    found: dict[Pair, tuple[Association, pd.PeriodIndex]] = {}
    for outcome, (rhythm, _) in OUTCOMES.items():
        found |= dict(_measured(series[series["rhythm"] == rhythm], outcome))
    p_values = {str(pair): a.p_value for pair, (a, _) in found.items() if a.p_value is not None}
    q_values = adjusted(p_values)
    rows = [
        row
        for pair, (association, periods) in sorted(found.items(), key=lambda item: str(item[0]))
        for row in _rows(pair, association, periods, q_values.get(str(pair)))
    ]
    # as objects: a whole number beside a null stays one
    return pd.DataFrame(rows, dtype="object")


def _measured(
    series: pd.DataFrame, outcome: str
) -> Iterator[tuple[Pair, tuple[Association, pd.PeriodIndex]]]:
    """Yield the pairs of one outcome, with what was measured and the periods that count."""
    if series.empty:
        return
    name, rhythm = OUTCOMES[outcome]
    index = pd.PeriodIndex(pd.to_datetime(series["period_start_date"]), freq=FREQUENCIES[name])
    series = series.assign(period=index)
    masked = pd.PeriodIndex(series.loc[series["is_closed_border"], "period"].unique())
    values = {
        key: rows.set_index("period")["value"].astype("float64")
        for key, rows in series.groupby(KEY, sort=True)
    }
    # its calendar is not looked up for histories that are too short
    is_long = any(side.count() >= rhythm.least_periods for side in values.values())
    whole = pd.period_range(index.min(), index.max(), freq=index.freq)
    holiday = lunar_new_year(whole) if is_long else pd.Series(0.0, index=whole)
    for country, partner, of in values:
        if of != outcome:
            continue
        after = values[country, partner, outcome].dropna()
        for leading in LEADING:
            if (country, partner, leading) not in values:
                continue
            before = values[country, partner, leading].dropna()
            both = before.index.intersection(after.index).difference(masked)
            yield (
                Pair(country, partner, leading, outcome),
                (_association(before, after, both, masked, holiday, rhythm), both),
            )


def _association(
    before: pd.Series,
    after: pd.Series,
    both: pd.PeriodIndex,
    masked: pd.PeriodIndex,
    holiday: pd.Series,
    rhythm: Rhythm,
) -> Association:
    """Measure a pair between its first and last period that count.

    What lies outside counts for nothing; cut off, pairs of the same span share their threshold.
    """
    if both.empty:
        return Association("short_history", 0, {}, {})
    span = pd.period_range(both.min(), both.max())
    return measure_pair(
        before.reindex(span), after.reindex(span), masked, holiday.reindex(span), rhythm
    )


def _rows(
    pair: Pair, found: Association, periods: pd.PeriodIndex, q_value: float | None
) -> Iterator[Mapping[str, object]]:
    if q_value is None:
        verdict = "cannot_tell"
    else:
        verdict = "association" if q_value <= SIGNIFICANCE else "none_detected"
    for lag in pair.rhythm.lags:
        yield {
            "country_code_iso3": pair.country,
            "partner_country_code_iso3": pair.partner,
            "leading_series": pair.leading,
            "outcome_series": pair.outcome,
            "lag_periods": lag,
            "rhythm": OUTCOMES[pair.outcome][0],
            "first_period_date": None if periods.empty else periods.min().start_time.date(),
            "last_period_date": None if periods.empty else periods.max().start_time.date(),
            "n_periods": found.n_periods,
            "n_periods_needed": pair.rhythm.least_periods,
            "correlation": found.correlations.get(lag),
            "correlation_threshold": found.thresholds.get(lag),
            "raw_correlation": found.raw_correlations.get(lag),
            "strongest_lag_periods": found.lag,
            "p_value": found.p_value,
            "q_value": q_value,
            "forecast_gain_share": found.gain,
            "verdict": verdict,
            "suppressed_reason": found.reason,
        }
