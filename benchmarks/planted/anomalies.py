"""Series of daily stories without news, and with a spike of one day planted into some."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.signal import lfilter

from tiengvang.analysis.anomalies import Scores, calibrate_scores, judge, score
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
# per series and day: on contaminated history, one of these spikes in about three weeks
CONTAMINATION = 0.04
# the calibrating worlds are none of the tested ones
CALIBRATING_SEED = 1_000_000


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
    weekend = np.where((np.arange(days) % 7 >= 5)[:, None], generator.uniform(0.45, 0.95, n_series), 1)
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
