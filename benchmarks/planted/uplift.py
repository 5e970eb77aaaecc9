"""A focus and its donors: common factors, own weekdays, years and noise, with or without an uplift."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy.signal import lfilter

from tiengvang.analysis.events import Event
from tiengvang.analysis.uplift import Figures, Uplift, measure_event

FOCUS = "VNM"
PLANTED = 0.6
STARTS_ON, ENDS_ON = date(2026, 5, 4), date(2026, 5, 31)
DAYS = pd.period_range("2024-05-01", "2026-06-30", freq="D")
DONORS = 40
PARTNERS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """What was answered; errors in log points, shares per hundred worlds.

    ``answered`` are the worlds with a planted uplift, and ``answered_null`` those without, that have a
    figure; all shares but ``unanswered`` are of them.
    """

    worlds: int
    answered: int
    answered_null: int
    donors: int
    error: float
    error_of_difference: float
    found_clear: float
    found_at_all: float
    null_by_rank: float
    null_by_interval: float
    null_clear: float
    null_at_all: float
    cover: float
    level: float
    width: float
    unanswered: float


@dataclass(frozen=True, slots=True)
class Spilled:
    """Error of the uplift, log points, if partners that share the effect are donors or are not.

    ``bias`` is the mean of the errors, ``spread`` their standard deviation.
    """

    worlds: int
    bias_excluded: float
    bias_included: float
    spread: float


@dataclass(frozen=True, slots=True)
class Drifting:
    """Share of worlds, per hundred, in which a focus that wanders by itself passes for an event."""

    worlds: int
    null_by_rank: float
    null_clear: float


def measure(worlds: int, donors: int = DONORS) -> Found:
    """Judge that many worlds with the planted uplift, and as many of their own without."""
    planted = list(_judged(range(worlds), donors, PLANTED))
    null = list(_judged(range(10_000, 10_000 + worlds), donors, 0.0))
    told = [found for found in planted if found.figures is not None]
    quiet = [found for found in null if found.figures is not None]
    figures, nothing = figures_of(told), figures_of(quiet)
    held = [_holds(found, PLANTED) for found in figures] + [_holds(found, 0.0) for found in nothing]
    widths = [f.high - f.low for f in figures if f.low is not None and f.high is not None]
    return Found(
        worlds=worlds,
        answered=len(told),
        answered_null=len(quiet),
        donors=donors,
        error=_root_mean_square([found.uplift - PLANTED for found in figures]),
        error_of_difference=_root_mean_square([found.difference - PLANTED for found in figures]),
        found_clear=_share([found.verdict == "clear" for found in told]),
        found_at_all=_share([found.verdict in {"clear", "possible"} for found in told]),
        null_by_rank=_share([found.p_space <= 0.05 for found in nothing]),
        null_by_interval=_share([not _holds(found, 0.0) for found in nothing]),
        null_clear=_share([found.verdict == "clear" for found in quiet]),
        null_at_all=_share([found.verdict in {"clear", "possible"} for found in quiet]),
        cover=_share(held),
        level=100 * figures[0].level,
        width=float(np.median(widths)),
        unanswered=_share([found.figures is None for found in planted + null]),
    )


def measure_spill(worlds: int) -> Spilled:
    """Judge worlds in which partners of the event rise as the focus does, known as partners or not."""
    errors: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(20_000, 20_000 + worlds):
        panel = panel_of_countries(seed, DONORS, PLANTED, partners=PARTNERS)
        partners = frozenset(panel.columns[1 : PARTNERS + 1])
        for is_known, told in errors.items():
            found = measure_event(panel, FOCUS, event(partners if is_known else frozenset()))
            told += [figures.uplift - PLANTED for figures in figures_of([found])]
    spread = max(float(np.std(told)) for told in errors.values())
    return Spilled(worlds, float(np.mean(errors[True])), float(np.mean(errors[False])), spread)


def measure_drift(worlds: int) -> Drifting:
    """Judge worlds without an event, in which the focus alone follows a random walk besides."""
    found = []
    for seed in range(30_000, 30_000 + worlds):
        panel = panel_of_countries(seed, DONORS, 0.0)
        steps = np.random.default_rng([seed, 1]).normal(0, 0.04, len(panel))
        panel[FOCUS] += np.cumsum(steps)
        found.append(measure_event(panel, FOCUS, event()))
    return Drifting(
        worlds,
        _share([figures.p_space <= 0.05 for figures in figures_of(found)]),
        _share([one.verdict == "clear" for one in found]),
    )


def measure_few_donors(worlds: int, donors: int) -> float:
    """Return how many of a hundred worlds with the uplift have no verdict because donors are too few."""
    found = _judged(range(40_000, 40_000 + worlds), donors, PLANTED)
    return _share([one.reason == "too_few_donors" and one.figures is None for one in found])


def event(partners: frozenset[str] = frozenset()) -> Event:
    """Return the event of all worlds, held at home."""
    return Event("planted", STARTS_ON, ENDS_ON, frozenset({FOCUS}), partners)


def panel_of_countries(
    seed: int, donors: int, uplift: float, partners: int = 0, days: pd.PeriodIndex = DAYS
) -> pd.DataFrame:
    """Return log points by day and country, the focus first, drawn like the donors but for its uplift.

    Three common factors with a memory of ten days, weekdays, a wave of a year and a level that are each
    country's own, noise of which a part stays until tomorrow and whose strength differs by country.

    Args:
        seed: of the world.
        donors: countries besides the focus.
        uplift: added to the focus in the window, log points.
        partners: of the donors, the first so many rise by the same.
        days: which days.
    """
    generator = np.random.default_rng(seed)
    n, units, warm = len(days), donors + 1, 60
    shocks = generator.normal(0, 0.15, (n + warm, 3))
    factors = lfilter([1.0], [1.0, -0.9], shocks, axis=0)[warm:]
    weekdays = generator.normal(0, 0.2, (7, units))[np.arange(n) % 7]
    phases = generator.uniform(0, 2 * np.pi, units)
    turns = 2 * np.pi * np.arange(n)[:, None] / 365.25
    waves = generator.uniform(0, 0.2, units) * np.sin(turns + phases)
    noise = generator.normal(0, generator.uniform(0.2, 0.5, units), (n + warm, units))
    left = lfilter([1.0], [1.0, -0.3], noise, axis=0)[warm:]
    level = generator.normal(0, 1, units)
    values = level + factors @ generator.uniform(0, 1, (3, units)) + weekdays + waves + left
    window = (days.start_time.date >= STARTS_ON) & (days.start_time.date <= ENDS_ON)
    values[np.ix_(window, np.arange(partners + 1))] += uplift
    names = [FOCUS, *(f"D{number:02}" for number in range(donors))]
    return pd.DataFrame(values, index=days, columns=names)


def figures_of(found: list[Uplift]) -> list[Figures]:
    """Return the figures of those that have some."""
    return [one.figures for one in found if one.figures is not None]


def _judged(seeds: range, donors: int, uplift: float) -> Iterator[Uplift]:
    for seed in seeds:
        yield measure_event(panel_of_countries(seed, donors, uplift), FOCUS, event())


def _holds(found: Figures, truth: float) -> bool:
    return (found.low is None or found.low <= truth) and (found.high is None or truth <= found.high)


def _share(answers: list[bool]) -> float:
    return 100 * float(np.mean(answers))


def _root_mean_square(errors: list[float]) -> float:
    return float(np.sqrt(np.mean(np.square(errors))))
