"""What the analysis of a day costs: spikes, shifts of tone, events and leads, the functions alone."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pandas as pd
from benchmarks.planted import anomalies, lead_lag, tone_shifts, uplift

from tiengvang.analysis.anomalies import CALIBRATION_DAYS, watch
from tiengvang.analysis.lead_lag import lunar_new_year, measure_pair
from tiengvang.analysis.tone_shift import watch_tone
from tiengvang.analysis.uplift import measure_event

JUDGED_DAYS = 28
MORE = 4
MONTHS = pd.period_range("2012-01", lead_lag.LAST_MONTH, freq="M")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU of a day's analysis, and of its series alone, once and four times as many.

    CPU, because what else the machine does would count in the time: on idle cores it is the time, or more.
    """

    series: int
    events: int
    day: float
    its_series: float
    more_series: float


def measure(series: int, events: int) -> Cost:
    """Judge four weeks of that many series, each with a lead to be looked for, and that many events."""
    stories, tones = _stories(series), _tones(series)
    panels = [uplift.panel_of_countries(seed, uplift.DONORS, 0.0) for seed in range(events)]
    pairs = [lead_lag.pair_of_series(MONTHS, seed, 0.0) for seed in range(series)]
    started = time.process_time()
    its_series = _judge_series(stories, tones)
    for panel in panels:
        measure_event(panel, uplift.FOCUS, uplift.event())
    week = lunar_new_year(MONTHS)
    for coverage, outcome in pairs:
        measure_pair(coverage, outcome, lead_lag.MASKED, week)
    day = time.process_time() - started
    more_series = _judge_series(_stories(MORE * series), _tones(MORE * series))
    return Cost(series, events, day, its_series, more_series)


def _judge_series(stories: pd.DataFrame, tones: pd.DataFrame) -> float:
    """Judge the last four weeks; return the seconds of CPU."""
    started = time.process_time()
    for days, judge in ((stories, watch), (tones, watch_tone)):
        judge(days, days["day"].max() - pd.Timedelta(days=JUDGED_DAYS - 1))
    return time.process_time() - started


def _stories(series: int) -> pd.DataFrame:
    days = anomalies.BASE_DAYS + CALIBRATION_DAYS + JUDGED_DAYS
    return anomalies.quiet_world(1, series, days).as_frame()


def _tones(series: int) -> pd.DataFrame:
    worlds = [
        tone_shifts.world(seed)[0].assign(world=seed)
        for seed in range(-(-series // tone_shifts.SERIES))
    ]
    days = pd.concat(worlds, ignore_index=True)
    days["series"] += days.pop("world") * tone_shifts.SERIES
    return days[days["series"] < series]
