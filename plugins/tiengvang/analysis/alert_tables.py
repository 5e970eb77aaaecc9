"""Read what ``anomalies`` and ``tone_shift`` are measured over, write their tables in ``computed``.

Judged are the last 400 whole days. A verdict rests on a fixed stretch of days before its own: 730 before
its month to be calibrated on, 112 before those as their past. So it is the same from whichever later day
it is looked at, and only a change of the counted days themselves can change it.

Sixty series of stories and sixty of tone over 1,271 days take 3.1 s of CPU, twice as many 4.9 s, two weeks of
sixty 0.14 s.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tiengvang.analysis.anomalies import (
    CALIBRATION_DAYS,
    NOT_CALIBRATED,
    watch,
)
from tiengvang.analysis.baseline import BASELINE_DAYS, LEVEL_DAYS
from tiengvang.analysis.tone_shift import watch_tone
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.frames import copy_frame, delete_rows, read_frame

JUDGED_DAYS = 400
HISTORY_DAYS = CALIBRATION_DAYS + BASELINE_DAYS + LEVEL_DAYS
ALERTS, SHIFTS, CALIBRATIONS = "anomaly_days", "tone_shift_days", "anomaly_calibrations"

LAST_DAY = "select max(story_date) from intermediate.int_series_days"
SERIES_DAYS = """
    select
        story_date, country_code_iso3, source_country_code_iso3, pillar, slots_expected,
        slots_received, n_stories, n_families
    from intermediate.int_series_days
    where story_date >= %(first)s
"""
TONE_DAYS = """
    select
        story_date, country_code_iso3, source_country_code_iso3, stratum, n_stories, n_families,
        premium
    from intermediate.int_tone_days
    where story_date between %(first)s and %(last)s
"""
SERIES_KEY = ["country_code_iso3", "source_country_code_iso3", "pillar"]
TONE_KEY = ["country_code_iso3", "source_country_code_iso3", "stratum"]
CALIBRATION_COLUMNS = {
    "month": "month_start_date",
    "level_from": "level_from",
    "n_series_days": "n_series_days",
    "n_independent": "n_independent",
    "fence": "fence",
    "tail_center": "tail_center",
    "tail_scale": "tail_scale",
    "alarms_per_100": "alarms_per_100",
}


class Days(NamedTuple):
    """The days that are read and judged: first of the history, first and last that is judged."""

    first: date
    since: date
    last: date


def write_alert_tables(connection: Connection) -> dict[str, int]:
    """Write the tables of alerts and shifts anew, in the caller's transaction.

    Returns:
        The number of rows written per table.
    """
    for table in (ALERTS, SHIFTS, CALIBRATIONS):
        delete_rows(connection, table)
    row: Any = connection.execute(LAST_DAY).fetchone()
    if row[0] is None:
        return dict.fromkeys((ALERTS, SHIFTS, CALIBRATIONS), 0)
    days = judged_days(row[0])
    series_days = read_frame(connection, SERIES_DAYS, days._asdict())
    alerts, of_stories = judge_stories(series_days, days)
    tone_days = read_frame(connection, TONE_DAYS, days._asdict())
    shifts, of_tone = judge_tone(tone_days, series_days["story_date"].unique(), days)
    return {
        ALERTS: copy_frame(connection, ALERTS, alerts),
        SHIFTS: copy_frame(connection, SHIFTS, shifts),
        CALIBRATIONS: copy_frame(connection, CALIBRATIONS, pd.concat([of_stories, of_tone])),
    }


def judged_days(last: date) -> Days:
    """Return the days that are judged up to a last one, and the first that is read for them."""
    since = last - timedelta(days=JUDGED_DAYS - 1)
    return Days(since.replace(day=1) - timedelta(days=HISTORY_DAYS), since, last)


def judge_stories(series_days: pd.DataFrame, days: Days) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of ``anomaly_days`` and their calibrations.

    Args:
        series_days: rows of ``int_series_days``.
        days: what is judged.
    """
    keyed, series = _numbered(series_days, SERIES_KEY)
    slots = keyed["slots_expected"].astype(float)
    given = keyed.rename(columns={"story_date": "day", "n_stories": "stories"}).assign(
        families=keyed["n_families"],
        slot_share=keyed["slots_received"] / slots.where(slots > 0),
    )
    judged = watch(given, pd.Timestamp(days.since))
    verdicts = judged.verdicts.assign(day=judged.verdicts["day"].dt.date)
    counted = ["slots_expected", "slots_received", "n_families"]
    rows = verdicts.merge(given[["series", "day", *counted]], on=["series", "day"])
    rows["is_alert"] = _where_judged(rows["is_alert"], rows["reason"])
    named = rows.merge(series, on="series").drop(columns="series")
    named = named.rename(columns={"day": "story_date", "stories": "n_stories"})
    for name in ("n_stories", "n_families"):
        # numbers that may be unknown: whole ones all the same, which a column of floats would not give
        counts = named[name].astype("Int64")
        named[name] = counts.astype(object).where(counts.notna(), None)
    return named, _calibrations("stories", judged.calibrations, verdicts["day"])


def judge_tone(
    tone_days: pd.DataFrame, calendar: Any, days: Days
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of ``tone_shift_days`` and their calibrations.

    Args:
        tone_days: rows of ``int_tone_days``; a series has rows on the days on which it has stories.
        calendar: the days that are known at all; the series' other days among them have no premium.
        days: what is judged.
    """
    keyed, series = _numbered(tone_days, TONE_KEY)
    grid = pd.MultiIndex.from_product([series["series"], calendar], names=["series", "story_date"])
    full = keyed.drop(columns=TONE_KEY).set_index(["series", "story_date"]).reindex(grid)
    full = full.reset_index().rename(columns={"story_date": "day"})
    full["premium"] = full["premium"].astype(float)
    judged = watch_tone(full[["series", "day", "premium"]], pd.Timestamp(days.since))
    verdicts = judged.verdicts.assign(day=judged.verdicts["day"].dt.date)
    counts = full[["series", "day", "n_stories", "n_families"]]
    rows = verdicts.merge(counts, on=["series", "day"]).merge(series, on="series")
    for name in ("n_stories", "n_families"):
        rows[name] = rows[name].fillna(0).astype(int)
    rows["is_shift"] = _where_judged(rows["is_shift"], rows["reason"])
    rows["changed_on"] = rows["changed_on"].dt.date
    named = rows.drop(columns="series").rename(columns={"day": "story_date"})
    return named, _calibrations("tone", judged.calibrations, verdicts["day"])


def _numbered(rows: pd.DataFrame, key: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return rows with a number for their series, and the series by number, in the key's order."""
    series = rows[key].drop_duplicates().sort_values(key, ignore_index=True)
    series = series.assign(series=np.arange(len(series)))
    return rows.merge(series, on=key), series


def _where_judged(verdict: pd.Series, reason: pd.Series) -> pd.Series:
    """Return a verdict that is unknown, not false, where there is a reason."""
    return verdict.astype(object).where(reason.isna(), None)


def _calibrations(statistic: str, found: pd.DataFrame, judged: pd.Series) -> pd.DataFrame:
    """Return the rows of ``anomaly_calibrations``; a judged month without levels says why."""
    levels = found[list(CALIBRATION_COLUMNS)].rename(columns=CALIBRATION_COLUMNS)
    levels["median"] = [quantiles[-1] for quantiles in found["quantiles"]]
    levels["month_start_date"] = pd.to_datetime(levels["month_start_date"]).dt.date
    levels["level_number"] = levels.groupby("month_start_date").cumcount() + 1
    levels["reason"] = None
    months = sorted({day.replace(day=1) for day in judged} - set(levels["month_start_date"]))
    missing = pd.DataFrame(
        {"month_start_date": months, "level_number": 1, "reason": NOT_CALIBRATED},
        columns=levels.columns,
    )
    rows = missing if levels.empty else pd.concat([levels, missing])
    return rows.astype(object).assign(statistic=statistic)
