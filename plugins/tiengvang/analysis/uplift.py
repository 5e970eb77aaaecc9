"""Did an event move anything? An uplift with an interval and a verdict, or why nothing can be told.

The focus is compared with countries that had no part in the event: with the weighted mean that followed it
best before (synthetic control), beside it with their plain mean (difference-in-differences). Whether the
difference is more than such comparisons show where and when nothing happened is told by placebos.
Section 11 of the measures. The verdict's rule, in this order:

- ``cannot_tell``: there is a reason. No figure is given.
- ``clear``: all five hold. (1) The window's RMSPE ratio is among the largest 5 % of all countries' ratios.
  (2) The interval of the mean uplift does not hold 0. (3) The donors' plain mean agrees on the sign. (4) No
  other registered event of the same host shares the window; in the world's press, no other at all. (5) In
  the focus's own past at most 5 % of the windows, the event's counted, reach its statistic, or none but the
  event's where there are fewer than 20; and there is at least one to compare with.
- ``possible``: not clear, but (1) or (2) holds.
- ``none_detected``: neither does. What could have gone unseen is told by the interval.

A fall can be as clear as a rise: the sign is the uplift's. Only what was registered before it began is
evidence; the rest is ``exploratory``, whatever the verdict.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd

from tiengvang.analysis.events import DAILY, Event, Rhythm, has_window, within
from tiengvang.analysis.placebo import InSpace, in_space, in_time, interval_level
from tiengvang.analysis.synthetic import Floats, Panel

SIGNIFICANCE = 0.05
LEAST_DONORS = 19  # 1 / (19 + 1) is the first p-value that is not over 0.05
LEAST_SLOTS = 0.9
MOST_WINDOWS_BEFORE = 39


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured.

    Attributes:
        uplift: mean over the window of the focus over its synthetic control, log points.
        low: lower limit of its interval; null where placebos give none.
        high: upper limit, as ``low``.
        level: the interval's: 0.95, or the next above it that ranks among so many donors can give.
        difference: focus over the donors' plain mean, window over the periods before, log points.
        rmspe_ratio: RMSPE of the window over that before, by weeks.
        p_space: share of all countries with such a ratio.
        p_time: share of the windows of the focus's past, the event's counted, that reach its mean gap in
            units of the RMSPE before; null where there is none.
        n_windows_before: how many there were without the event's.
        weights: by donor, those over 0.
        gaps: focus over its synthetic control by usable period, log points.
        ratios: ``rmspe_ratio`` of every country that was compared with, by country.
    """

    uplift: float
    low: float | None
    high: float | None
    level: float
    difference: float
    rmspe_ratio: float
    p_space: float
    p_time: float | None
    n_windows_before: int
    weights: Mapping[str, float]
    gaps: Mapping[pd.Period, float]
    ratios: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Uplift:
    """One event and outcome.

    Attributes:
        verdict: by the rule of this module.
        reason: null where the event could be judged, else ``short_history``, ``gap_in_window``,
            ``constant_series``, ``too_few_donors`` or ``poor_pre_fit``.
        evidence: ``registered`` before it began, or ``exploratory``.
        excluded: countries of the panel that had a part in this event or in another in its window.
        overlapping: codes of other events of the same host in its window; of all in the world's press.
        n_fit: usable periods before the event.
        n_window: usable periods of the window.
        n_donors: countries compared with; null where none was looked for.
        smallest_p: that so many donors can give.
        pre_fit: RMSPE before the event over the focus's own spread, both by weeks; at 1 the synthetic
            control is no better than the focus's own mean. Null where it was not fitted.
        figures: null where there is a reason.
    """

    verdict: Literal["clear", "possible", "none_detected", "cannot_tell"]
    reason: str | None
    evidence: Literal["registered", "exploratory"]
    excluded: tuple[str, ...]
    overlapping: tuple[str, ...]
    n_fit: int = 0
    n_window: int = 0
    n_donors: int | None = None
    smallest_p: float | None = None
    pre_fit: float | None = None
    figures: Figures | None = None


def measure_event(
    panel: pd.DataFrame,
    focus: str,
    event: Event,
    others: Iterable[Event] = (),
    slots_share: pd.Series[float] | None = None,
    rhythm: Rhythm = DAILY,
    host: str | None = None,
    is_world: bool = False,
) -> Uplift:
    """Judge whether the focus's outcome moved in an event's window.

    Args:
        panel: period (a ``PeriodIndex`` of the rhythm, each once) x country, log points, computed
            identically for all countries; NaN where unknown.
        focus: its column.
        event: what is judged.
        others: other registered events; the event itself among them is passed over.
        slots_share: by period, slots received over slots expected; periods under 0.9 do not count, absent
            ones neither. None: all count.
        rhythm: daily or weekly.
        host: in whose press the outcome was measured: other events overlap where they were held there.
            None: where they share any host.
        is_world: the outcome is of the world's press, which writes of every event: all others in the window
            overlap.

    Returns:
        The verdict with its figures, or with a reason and none.
    """
    meeting = event.meeting(others)
    partners = frozenset[str]().union(*(e.hosts | e.participants for e in (event, *meeting)))
    places = event.hosts if host is None else frozenset({host})
    series = _numbers(panel, focus, slots_share)
    excluded = sorted(partners & set(series.columns[1:]))
    found = Uplift(
        verdict="cannot_tell",
        reason=None,
        evidence="registered" if event.is_registered_before else "exploratory",
        excluded=tuple(excluded),
        overlapping=tuple(
            sorted(other.code for other in meeting if is_world or other.hosts & places)
        ),
    )
    return _judged(found, series.drop(columns=excluded), event, rhythm)


def _judged(found: Uplift, series: pd.DataFrame, event: Event, rhythm: Rhythm) -> Uplift:
    """Return why the event cannot be judged, or its figures and verdict."""
    first, last = (
        pd.Period(day, freq=series.index.freq).ordinal
        for day in (event.starts_on, event.window_ends_on)
    )
    length = last - first + 1
    panel = Panel(series.to_numpy(dtype=float), series.index.asi8 - first, rhythm.week)
    known = np.isfinite(panel.values[:, 0])
    fit = known & rhythm.before(panel.offsets, 0)
    window = known & within(panel.offsets, 0, length)
    found = replace(found, n_fit=int(fit.sum()), n_window=int(window.sum()))
    if not rhythm.has_history(fit):
        return replace(found, reason="short_history")
    if not has_window(window, length):
        return replace(found, reason="gap_in_window")
    # a country that never moves has no error that its window could be measured by
    moves = np.ptp(panel.values[fit], axis=0) > 0
    if not moves[0]:
        return replace(found, reason="constant_series")
    kept = moves & np.isfinite(panel.values[fit | window]).all(axis=0)
    n_donors = int(kept.sum()) - 1
    found = replace(found, n_donors=n_donors, smallest_p=1 / (n_donors + 1))
    if n_donors < LEAST_DONORS:
        return replace(found, reason="too_few_donors")
    rows = fit | window
    there = in_space(panel.at(rows, kept), fit[rows], window[rows], SIGNIFICANCE)
    found = replace(found, pre_fit=there.pre_fit)
    if there.pre_fit >= 1:
        return replace(found, reason="poor_pre_fit")
    earlier = in_time(
        panel.at(np.ones_like(known), kept), rhythm, length, LEAST_DONORS, MOST_WINDOWS_BEFORE
    )
    names = [str(name) for name in series.columns[kept]]
    figures = _figures(there, earlier, names, series.index[rows])
    return replace(found, figures=figures, verdict=verdict(figures, bool(found.overlapping)))


def _figures(there: InSpace, earlier: Floats, names: list[str], periods: pd.PeriodIndex) -> Figures:
    statistic = abs(there.uplift) / there.scale
    weights = dict(zip(names, there.weights.tolist(), strict=True))
    return Figures(
        uplift=there.uplift,
        low=there.low if math.isfinite(there.low) else None,
        high=there.high if math.isfinite(there.high) else None,
        level=interval_level(SIGNIFICANCE, len(names) - 1),
        difference=there.difference,
        rmspe_ratio=there.ratio,
        p_space=there.p_value,
        p_time=float((np.r_[statistic, earlier] >= statistic).mean()) if len(earlier) else None,
        n_windows_before=len(earlier),
        weights={name: weight for name, weight in weights.items() if weight > 0},
        gaps=dict(zip(periods, there.gaps.tolist(), strict=True)),
        ratios=dict(zip(names[1:], there.ratios[1:].tolist(), strict=True)),
    )


def verdict(figures: Figures, is_shared: bool) -> Literal["clear", "possible", "none_detected"]:
    """Return the verdict on what was measured, by the rule of this module.

    Args:
        figures: of the event.
        is_shared: whether another event of the same host is in the window.
    """
    is_unlike = figures.p_space <= SIGNIFICANCE
    is_moved = (figures.low is not None and figures.low > 0) or (
        figures.high is not None and figures.high < 0
    )
    if not (is_unlike or is_moved):
        return "none_detected"
    windows = figures.n_windows_before + 1
    is_new = figures.p_time is not None and figures.p_time <= max(SIGNIFICANCE, 1 / windows)
    agrees = figures.uplift * figures.difference > 0
    is_clear = is_unlike and is_moved and agrees and is_new and not is_shared
    return "clear" if is_clear else "possible"


def _numbers(panel: pd.DataFrame, focus: str, slots_share: pd.Series[float] | None) -> pd.DataFrame:
    """Return the usable periods in order, the focus first and the donors by name."""
    donors = sorted(name for name in panel.columns if name != focus)
    series = panel.reindex(columns=[focus, *donors]).sort_index().astype(float)
    if slots_share is not None:
        series = series[(slots_share.reindex(series.index) >= LEAST_SLOTS).to_numpy(dtype=bool)]
    return series.where(np.isfinite(series))
