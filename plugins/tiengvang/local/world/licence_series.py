"""Licensed investment of the sample world, from 1 January to each release's cut-off date.

A December is the year's table of the investment agency, where the world has one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from tiengvang.local.world.dice import Dice
from tiengvang.local.world.fia import MERGED, MERGED_SINCE, Figures, figures_by_label, whole_of_year
from tiengvang.local.world.nso_release import Licences

# What the two publishers call the same partner.
PARTNERS = {
    "Trung Quốc": "CHND Trung Hoa", "Malaysia": "Ma-lai-xi-a",
    "BritishVirginIslands": "Quần đảo Virgin thuộc Anh",
}  # fmt: skip
# A partner without a licence yet is not listed: absent, not zero.
LATE_PARTNER, LISTED_FROM = "Ba Lan", 4
# More adjusted capital was withdrawn in December than added: the year to date falls.
FALL_YEAR, BEFORE_FALL = 2023, 1.03
MONTH_END_SINCE = date(2024, 8, 1)


def licensed(seed: int, month: date) -> tuple[Licences, dict[str, Licences], dict[str, Licences]]:
    """Return the total, the provinces and the partners of a release; the parts add up to the total."""
    provinces: dict[str, Licences] = {}
    for name, figures in figures_by_label(seed, month.year, "province").items():
        label = MERGED.get(name, name) if month >= MERGED_SINCE else name
        part = _part_of_year(seed, figures, month, f"province:{name}")
        provinces[label] = _sum([provinces[label], part]) if label in provinces else part
    partners = {
        PARTNERS.get(name, name): _part_of_year(seed, figures, month, f"partner:{name}")
        for name, figures in figures_by_label(seed, month.year, "partner").items()
        if name != LATE_PARTNER or month.month >= LISTED_FROM
    }
    total = _part_of_year(seed, whole_of_year(seed, month.year), month, "total")
    return total, provinces, partners


def cut_off_day(month: date) -> int:
    """Return the day until which a release counts: the 20th, since August 2024 the month's last."""
    if month < MONTH_END_SINCE:
        return 20
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return (following - month).days


def share_of_year(seed: int, month: date) -> float:
    """Return the share of a year that is licensed by a month's cut-off; 1 in December."""
    weights = [0.6 + Dice(f"{seed}:licences:{month.year}:{n}").unit() for n in range(1, 13)]
    return math.fsum(weights[: month.month]) / math.fsum(weights)


def _part_of_year(seed: int, figures: Figures, month: date, name: str) -> Licences:
    share = share_of_year(seed, month)
    projects, new, _, adjusted, _, _ = figures
    falls = month.year == FALL_YEAR and month.month == 11
    return Licences(
        projects if share == 1 else int(projects * share),
        round(float(new) * share, 2),
        round(float(adjusted) * (BEFORE_FALL if falls else share), 2),
    )


def _sum(parts: Iterable[Licences]) -> Licences:
    parts = list(parts)
    return Licences(
        sum(part.projects for part in parts),
        round(math.fsum(part.new_capital or 0 for part in parts), 2),
        round(math.fsum(part.adjusted_capital or 0 for part in parts), 2),
    )
