"""Visitors of the sample world by market and month: growth, season, closed borders, and one lead."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from tiengvang.local.world import attention
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.nso_release import Visitors

FIRST_MONTH = date(2017, 1, 1)  # a year before the first workbook's year: indices compare with it
CLOSED = (date(2020, 4, 1), date(2022, 2, 1))
HALF_CLOSED = {date(2020, 3, 1): 0.3, date(2022, 3, 1): 0.12, date(2022, 4, 1): 0.3}
CLOSED_FACTOR = 0.012
# Thousand visitors a month in 2019, by the publisher's labels.
MARKETS = {
    "Châu Á": {
        "CHND Trung Hoa": 420, "Hàn Quốc": 350, "Nhật Bản": 78, "Đài Loan": 76, "Thái Lan": 42,
        "Ma-lai-xi-a": 50, "Xin-ga-po": 26, "Cam-pu-chia": 19, "Phi-li-pin": 15, "In-đô-nê-xi-a": 9,
        "Một số nước khác": 48,
    },
    "Châu Mỹ": {"Hoa Kỳ": 62, "Ca-na-đa": 13, "Một số nước khác thuộc châu Mỹ": 6},
    "Châu Âu": {
        "Liên bang Nga": 54, "Vương quốc Anh": 26, "Pháp": 24, "Đức": 19, "Một số nước khác": 55,
    },
    "Châu Úc": {"Ôx-trây-li-a": 32, "Niu-di-lân": 4, "Nước, vùng lãnh thổ khác": 1},
    "Châu Phi": {"Một số nước khác": 4},
}  # fmt: skip
# January to December: near markets come in summer and at the turn of the year, far ones in winter.
NEAR = (1.12, 1.08, 1.0, 0.97, 0.9, 0.96, 1.08, 1.1, 0.9, 0.92, 0.97, 1.0)
FAR = (1.28, 1.25, 1.2, 0.98, 0.78, 0.72, 0.86, 0.86, 0.76, 0.93, 1.12, 1.26)
MODES = ("Đường không", "Đường biển", "Đường bộ")

_YEARLY_GROWTH = 1.05
_NOISE = 0.05


def persons(seed: int, month: date, continent: str, market: str) -> int:
    """Return the visitors of a market in a month, known at last."""
    season = (NEAR if continent == "Châu Á" else FAR)[month.month - 1]
    years = month.year - 2019 + (month.month - 1) / 12
    growth: float = _YEARLY_GROWTH**years
    base = MARKETS[continent][market] * 1_000 * growth * season
    noise = Dice(f"{seed}:visitors:{market}:{continent}:{month}").bell()
    lead = 1.0
    if market == attention.MARKET:
        lead = attention.factor(seed, shifted(month, -attention.LEAD_MONTHS))
    return round(base * openness(month) * lead * (1 + _NOISE * noise))


def openness(month: date) -> float:
    """Return the share of a market's visitors whom the border lets in."""
    if CLOSED[0] <= month <= CLOSED[1]:
        return CLOSED_FACTOR
    return HALF_CLOSED.get(month, 1.0)


@lru_cache(maxsize=256)
def visitors_in(seed: int, month: date) -> Visitors:
    """Return everything that is counted of a month; modes, continents and markets have one sum."""
    markets = {
        continent: {market: float(persons(seed, month, continent, market)) for market in listed}
        for continent, listed in MARKETS.items()
    }
    return Visitors(modes_of(markets), markets)


def modes_of(markets: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return the visitors of those markets by how they came."""
    total = sum(value for listed in markets.values() for value in listed.values())
    by_sea, by_road = total // 50, total * 3 // 20
    return dict(zip(MODES, (total - by_sea - by_road, by_sea, by_road), strict=True))


def added(first: Visitors, second: Visitors) -> Visitors:
    """Return the visitors of two periods together."""
    markets = {
        continent: {
            market: value + second.markets[continent][market] for market, value in listed.items()
        }
        for continent, listed in first.markets.items()
    }
    modes = {mode: value + second.modes[mode] for mode, value in first.modes.items()}
    return Visitors(modes, markets)


def with_market(visitors: Visitors, continent: str, market: str, value: float) -> Visitors:
    """Return the visitors with another count of one market, sums included."""
    markets = {name: dict(listed) for name, listed in visitors.markets.items()}
    markets[continent][market] = value
    return Visitors(modes_of(markets), markets)


def shifted(month: date, months: int) -> date:
    """Return the first day of the month that lies so many months later."""
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
