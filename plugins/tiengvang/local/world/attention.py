"""Interest of one market in the focus country, month by month: what arrivals follow two months later."""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache

from tiengvang.local.world.dice import Dice
from tiengvang.sources.pageviews import Article

MARKET, MARKET_ISO3 = "Hàn Quốc", "KOR"
ARTICLES = frozenset({Article("ko.wikipedia", "베트남"), Article("ko.wikipedia", "하노이")})
LEAD_MONTHS = 2
STRENGTH = 0.22  # log points by which views, and later arrivals, rise with one unit of interest

_ORIGIN = date(2015, 1, 1)
_MEMORY = 0.45


def interest(seed: int, month: date) -> float:
    """Return the interest in a month: an autoregressive series with mean 0 and variance 1."""
    return _series(seed, _months_between(_ORIGIN, month))


def factor(seed: int, month: date) -> float:
    """Return by what factor interest in a month changes what follows it."""
    return math.exp(STRENGTH * interest(seed, month))


@lru_cache(maxsize=4096)
def _series(seed: int, number: int) -> float:
    shock = Dice(f"{seed}:interest:{number}").bell()
    if number <= 0:
        return shock
    return _MEMORY * _series(seed, number - 1) + math.sqrt(1 - _MEMORY**2) * shock


def _months_between(first: date, month: date) -> int:
    return (month.year - first.year) * 12 + month.month - first.month
