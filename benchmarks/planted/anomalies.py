"""Series of daily stories without news, and with a spike of one day planted into some."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.signal import lfilter

from tiengvang.analysis.anomalies import (
    LEAST_SLOT_SHARE,
    Scores,
    calibrate_scores,
    judge,
    score,
)
from tiengvang.analysis.baseline import BASELINE_DAYS, LEVEL_DAYS
from tiengvang.analysis.calibration import FALSE_DISCOVERY_RATE, Calibration

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FACTOR = 2.5
MORE = 5
SERIES = 60
BASE_DAYS = BASELINE_DAYS + LEVEL_DAYS
CALIBRATED_DAYS = 365
TESTED_DAYS = 2 * BASE_DAYS
FIRST_DAY = pd.Timestamp("2022-01-01")
FIRST_TESTED = FIRST_DAY + pd.Timedelta(days=BASE_DAYS + CALIBRATED_DAYS)
# per series and day: three or four of these spikes in the 84 days of a baseline
CONTAMINATION = 0.04
# the calibrating worlds are none of the tested ones
CALIBRATING_SEED = 1_000_000


# of quiet series-days: what the habit of comparing weeks may cry, to be given a chance
ALLOWED_FALSE_ALARMS = 1.2


@dataclass(frozen=True, slots=True)
class Rates:
    """Per 100 quiet series-days, and of planted spikes the share that was found."""

    false_alarms: float
    recall_clean: float
    recall_contaminated: float


@dataclass(frozen=True, slots=True)
class Found:
    """What each way of judging the same days found.

    Attributes:
        series_days: quiet ones that were judged.
        spikes: planted on each kind of history.
        other_worlds: calibrated on worlds of other seeds, which are quiet.
        own_history: calibrated as in production, on the days before, with whatever happened in them.
        week_ratio: seven days over the seven before, with the threshold that gives 1.2 false alarms per
            100 series-days of the other worlds.
    """

    series_days: int
    spikes: int
    other_worlds: Rates
    own_history: Rates
    week_ratio: Rates


def measure(worlds: int, first_seed: int = 0) -> Found:
    """Judge that many worlds of 60 series and 224 days, quiet and with spikes on either history.

    On a day with a planted spike, one series of the 60 has it.
    """
    tallies = [_tally(first_seed + place) for place in range(worlds)]
    table = pd.concat(tallies).groupby(["history", "way"]).sum()

    def rates(way: str) -> Rates:
        share = {
            history: float(
                table.loc[(history, way), "alerts"] / table.loc[(history, way), "judged"]
            )
            for history in ("quiet", "clean", "contaminated")
        }
        return Rates(100 * share["quiet"], share["clean"], share["contaminated"])

    ways = [rates(way) for way in ("other_worlds", "own_history", "week_ratio")]
    judged = table["judged"].xs("other_worlds", level="way")
    return Found(int(judged["quiet"]), int(judged["clean"]), *ways)


@dataclass(frozen=True, slots=True)
class World:
    """Counts of (days, series), with the slots received and the expected counts they were drawn from."""

    stories: Floats
    families: Floats
    slot_share: Floats

    def as_frame(self) -> pd.DataFrame:
        """Return one row per series and day."""
        n_days, n_series = self.stories.shape
        days = pd.date_range(FIRST_DAY, periods=n_days)
        return pd.DataFrame(
            {
                "series": np.tile([f"s{place:03}" for place in range(n_series)], n_days),
                "day": np.repeat(days, n_series),
                "stories": self.stories.ravel(),
                "families": self.families.ravel(),
                "slot_share": np.repeat(self.slot_share, n_series),
            }
        )


def quiet_world(seed: int, n_series: int = SERIES, n_days: int | None = None) -> World:
    """Return a world of series of many levels in which nothing happens.

    A series has a level of 2 to 150 stories a day, weekends of 45 to 95 % of a working day, a wave over the
    year, a level that drifts and comes back within about a month, and shocks of a day: of a gamma
    distribution (so that counts are negative binomial) or, in every second series, of a log-normal one with
    its heavier tail; variance 0.02 to 0.2 of the squared mean. All series share a day's mood of 5 %.
    One day in 25 lacks some slots, one in 60 most of them.
    """
    generator = np.random.default_rng(seed)
    days = n_days or BASE_DAYS + CALIBRATED_DAYS + TESTED_DAYS
    shape = (days, n_series)
    level = np.exp(generator.uniform(np.log(2), np.log(150), n_series))
    weekend = np.where(
        (np.arange(days) % 7 >= 5)[:, None], generator.uniform(0.45, 0.95, n_series), 1
    )
    phase = generator.uniform(0, 2 * np.pi, n_series)
    wave = 0.2 * np.sin(2 * np.pi * np.arange(days)[:, None] / 365.25 + phase)
    drift = lfilter([1.0], [1.0, -0.97], generator.normal(0, 0.035, shape), axis=0)
    mood = generator.normal(0, 0.05, (days, 1))
    share = np.ones(days)
    gap, outage = generator.random((2, days))
    share[gap < 1 / 25] = generator.uniform(0.85, 1, int((gap < 1 / 25).sum()))
    share[outage < 1 / 60] = generator.uniform(0, 0.85, int((outage < 1 / 60).sum()))
    dispersion = np.exp(generator.uniform(np.log(0.02), np.log(0.2), n_series))
    gamma = generator.gamma(1 / dispersion, dispersion, shape)
    spread = np.sqrt(np.log1p(dispersion))
    heavy = np.exp(spread * generator.normal(size=shape) - spread**2 / 2)
    shock = np.where(np.arange(n_series) % 2 == 0, gamma, heavy)
    mean = level * weekend * np.exp(wave + drift + mood) * shock * share[:, None]
    stories = generator.poisson(mean).astype(float)
    families = generator.binomial(stories.astype(int), 0.7).astype(float)
    return World(stories, families, share)


def spiked(world: World, where: Flags) -> World:
    """Return the world with 2.5 times as many stories and 5 more on the days ``where``: (days, series)."""
    louder = np.rint(world.stories * FACTOR + MORE * world.slot_share[:, None])
    return replace(
        world,
        stories=np.where(where, louder, world.stories),
        families=np.where(where, np.rint(louder * 0.7), world.families),
    )


def planted_days(world: World, generator: np.random.Generator) -> Flags:
    """Return where to plant: on a tested day at most one series, in a series not twice within 112 days."""
    n_days, n_series = world.stories.shape
    first = n_days - TESTED_DAYS
    received = world.slot_share[first:].reshape(2, BASE_DAYS) >= LEAST_SLOT_SHARE
    days = generator.permutation(np.flatnonzero(received.all(axis=0)))[:n_series]
    series = generator.permutation(n_series)[: len(days)]
    where = np.zeros(world.stories.shape, dtype=bool)
    where[first + days, series] = where[first + BASE_DAYS + days, series] = True
    return where


def _tally(seed: int) -> pd.DataFrame:
    """Return alerts and judged series-days of one seed's worlds, by history and way of judging."""
    generator = np.random.default_rng(seed)
    world, calibrating = quiet_world(seed), quiet_world(CALIBRATING_SEED + seed)
    reference = score(calibrating.as_frame())
    other = calibrate_scores(reference, reference.days[-1])
    ratio = _threshold(_week_ratio(calibrating), reference)
    planted = planted_days(world, generator)
    earlier = generator.random(planted.shape) < CONTAMINATION
    # the tested days are the same on both histories: one series has news
    unquiet: Flags = planted | (earlier & ~planted.any(axis=1, keepdims=True))
    tested = np.arange(len(planted)) >= len(planted) - TESTED_DAYS
    rows = []
    histories = {"quiet": world, "clean": spiked(world, planted)}
    histories["contaminated"] = spiked(world, unquiet)
    for history, lived in histories.items():
        scores = score(lived.as_frame())
        is_quiet = history == "quiet"
        here: Flags = ~np.isnan(scores.statistic[tested]) if is_quiet else planted[tested]
        alerts = {
            "other_worlds": _alerts(scores, other, tested),
            "own_history": _alerts(scores, calibrate_scores(scores, FIRST_TESTED), tested),
            "week_ratio": ((_week_ratio(lived) > ratio) & scores.can_alarm)[tested],
        }
        rows += [
            {"history": history, "way": way, "alerts": found[here].sum(), "judged": here.sum()}
            for way, found in alerts.items()
        ]
    return pd.DataFrame(rows)


def _alerts(scores: Scores, calibration: Calibration, here: Flags) -> Flags:
    _, q_values = judge(scores, calibration, here)
    found: Flags = q_values <= FALSE_DISCOVERY_RATE
    return found


def _week_ratio(world: World) -> Floats:
    """Return the stories of seven days over those of the seven before, per received slot."""
    rates = pd.DataFrame(world.stories / world.slot_share[:, None])
    full = pd.Series(world.slot_share >= LEAST_SLOT_SHARE)
    week = rates.where(full, axis=0).rolling(7, min_periods=4).mean()
    ratio: Floats = (week / week.shift(7)).to_numpy(dtype=float)
    return ratio


def _threshold(ratio: Floats, scores: Scores) -> float:
    """Return the ratio that the allowed share of quiet series-days exceeds with enough stories."""
    judged = int((~np.isnan(scores.statistic)).sum())
    allowed = int(judged * ALLOWED_FALSE_ALARMS / 100)
    able = ratio[scores.can_alarm & ~np.isnan(ratio)]
    return float(np.sort(able)[-allowed - 1])
