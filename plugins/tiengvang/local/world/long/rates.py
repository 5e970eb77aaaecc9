"""How many pages a day's press has about each country: levels, common factors, seasons, planted effects."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tiengvang.local.world import attention
from tiengvang.local.world.countries import FOCUS
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.long import plan
from tiengvang.local.world.long.plan import EVENTS, HOSTS, SPIKES, SUBJECTS, Host
from tiengvang.local.world.programme import PlannedEvent

# What moves all countries' coverage stays from day to day.
MEMORY, SHOCK = 0.9, 0.12
FOCUS_LOADS = (0.8, 0.6)
WEEKEND = 0.8
YEARS_WAVE = 0.12
SPREAD = 0.4  # of donors' levels around their host's, log points


class Series(NamedTuple):
    """A country in one host's press: usual pages a day, what it shares with others, when its year peaks."""

    host: str
    country: str
    level: float
    loads: tuple[float, ...]
    peak: int


class Day(NamedTuple):
    """The pages of a day by host and country; ``usual`` is how many a spike multiplied, by host."""

    day: date
    pages: dict[tuple[str, str], int]
    usual: dict[str, int]


class Rates:
    """Draws the pages of one day after the other; call it in the order of time."""

    def __init__(self, seed: int, last_day: date) -> None:
        self.seed = seed
        self.last_day = last_day
        self.series = [
            _series(seed, host, country) for host in HOSTS for country in (FOCUS, *SUBJECTS)
        ]
        self._factors = [0.0] * len(FOCUS_LOADS)

    def days(self, first_day: date) -> Iterator[Day]:
        """Yield the days from ``first_day`` to the last."""
        for number in range((self.last_day - first_day).days + 1):
            yield self._draw(first_day + timedelta(days=number))

    def _draw(self, day: date) -> Day:
        dice = Dice(f"{self.seed}:long:{day}")
        self._factors = [MEMORY * value + SHOCK * dice.bell() for value in self._factors]
        weekday = WEEKEND if day.weekday() >= 5 else 1.0
        waves = [
            math.exp(YEARS_WAVE * math.sin(math.tau * (day.timetuple().tm_yday - peak) / 365.25))
            for peak in range(12)
        ]
        pages: dict[tuple[str, str], int] = {}
        usual: dict[str, int] = {}
        first, second = self._factors
        for host, country, level, (load, other), peak in self.series:
            mean = level * weekday * waves[peak] * math.exp(load * first + other * second)
            if country == FOCUS:
                mean *= self._planted(host, day)
            count = _poisson(dice, mean)
            if country == FOCUS and (host, (day - self.last_day).days) in SPIKES:
                usual[host] = count
                count = round(plan.SPIKE_FACTOR * count) + plan.SPIKE_MORE
            pages[host, country] = count
        return Day(day, pages, usual)

    def _planted(self, host: str, day: date) -> float:
        """Return by what factor the focus's pages differ from what they would be."""
        log = math.fsum(
            planted.uplift
            for planted in EVENTS
            if host in planted.event.hosts.split()
            and is_in_window(planted.event, day, self.last_day)
        )
        if host == plan.LEADING_HOST:
            month = day.replace(day=1)
            own = Dice(f"{self.seed}:reasons:{host}:{month}").bell()
            log += attention.STRENGTH * attention.interest(self.seed, month)
            log += plan.OWN_REASONS * own
        return math.exp(log)


def is_in_window(event: PlannedEvent, day: date, last_day: date) -> bool:
    """Say whether a day lies in an event's window: from its beginning until it is looked at no more."""
    return 0 <= (day - last_day).days - event.starts < event.lasts + event.window


def _series(seed: int, host: Host, country: str) -> Series:
    dice = Dice(f"{seed}:series:{host.iso3}:{country}")
    spread = math.exp(SPREAD * dice.bell())
    if country == FOCUS:
        level = host.focus
    elif country in plan.DONORS:
        level = host.donor * spread
    else:
        level = host.peer
    drawn = tuple(dice.unit() for _ in FOCUS_LOADS)
    loads = FOCUS_LOADS if country == FOCUS else drawn
    return Series(host.iso3, country, level, loads, dice.below(12))


def _poisson(dice: Dice, mean: float) -> int:
    limit, product, count = math.exp(-mean), dice.unit(), 0
    while product > limit:
        product *= dice.unit()
        count += 1
    return count
