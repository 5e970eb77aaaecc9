"""The sample world's monthly workbooks, as a user would have put them into a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import reduce
from pathlib import Path
from typing import Any

from tiengvang.local.world import attention
from tiengvang.local.world.licence_series import FALL_YEAR, cut_off_day, licensed
from tiengvang.local.world.nso import sheets, xlsx_bytes
from tiengvang.local.world.nso_release import Era, Release, Visitors
from tiengvang.local.world.spec import WorldSpec
from tiengvang.local.world.visitor_series import added, shifted, visitors_in, with_market
from tiengvang.windows import format_instant

# More than sixty months remain where the border was open.
FIRST_RELEASE = date(2018, 9, 1)
ERAS = (
    (Era.PERSONS, date(2020, 6, 1)),
    (Era.ADJUSTED_CAPITAL, date(2019, 3, 1)),
    (Era.MONTH_BEFORE, FIRST_RELEASE),
)
# Month, continent, market, and by how much the first estimate was too low or too high.
REVISED = (
    (date(2019, 7, 1), "Châu Âu", "Liên bang Nga", 0.9),
    (date(2024, 5, 1), "Châu Á", "CHND Trung Hoa", 1.08),
)
# One workbook prints a month's total that is not the sum of anything.
FAULTY_MONTH, FAULTY_CELL, TOO_MANY = date(2023, 10, 1), (9, 4), 90_000
AFTER_THE_MONTH_SINCE = date(2024, 8, 1)


def release_months(until: datetime) -> Iterator[date]:
    """Yield the months whose workbooks are published at an instant, oldest first."""
    month = FIRST_RELEASE
    while published_at(month) <= until:
        yield month
        month = shifted(month, 1)


def published_at(month: date) -> datetime:
    """Return when a release appeared: near its month's end, later on the 3rd of the next one."""
    if month >= AFTER_THE_MONTH_SINCE:
        following = shifted(month, 1)
        return datetime(following.year, following.month, 3, 2, tzinfo=UTC)
    return datetime(month.year, month.month, 28, 2, tzinfo=UTC)


def file_name(month: date) -> str:
    """Return a workbook's own name."""
    return f"02-Bieu-{month.month}.{month.year}.xlsx"


def workbook(seed: int, month: date) -> bytes:
    """Return the workbook of a month."""
    era = next(era for era, since in ERAS if month >= since)
    plans = sheets(planned_release(seed, month), era)
    if month == FAULTY_MONTH:
        cells = plans[-1].cells
        cells[FAULTY_CELL] = float(cells[FAULTY_CELL]) + TOO_MANY
    return xlsx_bytes(plans)


def planned_release(seed: int, month: date) -> Release:
    """Return what the workbook of a month says."""
    estimate = first_estimate(seed, month)
    total, provinces, partners = licensed(seed, month)
    return Release(
        month=month,
        estimate=estimate,
        month_before=visitors_in(seed, shifted(month, -1)),
        year_to_date=reduce(added, [*_months_before(seed, month), estimate]),
        year_ago=visitors_in(seed, shifted(month, -12)),
        year_before=reduce(
            added, [*_months_before(seed, shifted(month, -12)), visitors_in(seed, shifted(month, -12))]
        ),
        licensed=total,
        provinces=provinces,
        partners=partners,
        cut_off_day=cut_off_day(month),
    )  # fmt: skip


def first_estimate(seed: int, month: date) -> Visitors:
    """Return what a month's own workbook says of it; the next one prints what is known at last."""
    visitors = visitors_in(seed, month)
    for revised, continent, market, ratio in REVISED:
        if revised == month:
            value = float(round(visitors.markets[continent][market] * ratio))
            visitors = with_market(visitors, continent, market, value)
    return visitors


def write_nso(spec: WorldSpec, folder: Path) -> dict[str, Any]:
    """Write the folder ``nso/`` with its ``world.json``, and when each workbook was published.

    Returns:
        the truth: totals by month, the lead, the revisions and the faulty workbook.
    """
    base = folder / "nso"
    base.mkdir(parents=True)
    months = list(release_months(spec.instants[0]))
    for month in months:
        (base / file_name(month)).write_bytes(workbook(spec.seed, month))
    marker = {"world_name": spec.name, "is_synthetic": True}
    (base / "world.json").write_text(json.dumps(marker), "utf-8")
    published = {file_name(month): format_instant(published_at(month)) for month in months}
    (folder / "nso_published.json").write_text(json.dumps(published), "utf-8")
    return _truth(spec.seed, months)


def _truth(seed: int, months: list[date]) -> dict[str, Any]:
    return {
        "visitors": {
            f"{month}": sum(first_estimate(seed, month).modes.values())
            if month == months[-1]
            else sum(visitors_in(seed, month).modes.values())
            for month in months
        },
        "lead": {
            "country_code_iso3": attention.MARKET_ISO3,
            "months": attention.LEAD_MONTHS,
            "articles": sorted([a.project, a.title] for a in attention.ARTICLES),
            "interest": {f"{month}": attention.interest(seed, month) for month in months},
        },
        "revised": [
            {"month": f"{month}", "label": market, "estimate_to_final": ratio}
            for month, _, market, ratio in REVISED
        ],
        "faulty_workbook": file_name(FAULTY_MONTH),
        "year_to_date_falls": f"{FALL_YEAR}-12-01",
    }


def _months_before(seed: int, month: date) -> list[Visitors]:
    return [visitors_in(seed, date(month.year, number, 1)) for number in range(1, month.month)]
