"""What the sample world plants in its workbooks can be found there, and nothing else."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import numpy as np
import pytest
from nso_releases import failed, parsed, visitor_rows

from tiengvang.local.world import attention, nso_folder
from tiengvang.local.world.fia import figures_by_label, whole_of_year
from tiengvang.local.world.licence_series import FALL_YEAR, licensed
from tiengvang.local.world.nso_release import Era
from tiengvang.local.world.pageviews import views_on
from tiengvang.local.world.visitor_series import CLOSED, HALF_CLOSED, openness, persons, shifted
from tiengvang.sources.pageviews import read_articles

SEED = 7
MONTHS = [shifted(nso_folder.FIRST_RELEASE, n) for n in range(94)]
OPEN = [month for month in MONTHS if openness(month) == 1]


def test_workbooks_reach_the_instant_and_hold_sixty_open_months() -> None:
    until = datetime(2026, 7, 12, tzinfo=UTC)
    assert list(nso_folder.release_months(until)) == MONTHS
    assert MONTHS[-1] == date(2026, 6, 1)
    assert len(OPEN) >= 60
    assert not set(OPEN) & set(HALF_CLOSED)
    assert not any(CLOSED[0] <= month <= CLOSED[1] for month in OPEN)


@pytest.mark.parametrize("month", [since for _, since in nso_folder.ERAS])
def test_every_era_is_read_without_a_failed_check(month: date) -> None:
    read = parsed(nso_folder.workbook(SEED, month), nso_folder.file_name(month))
    assert read.rejects == ()
    assert failed(read) == set()
    planned = nso_folder.first_estimate(SEED, month)
    [total] = [
        row["arrivals_count"]
        for row in visitor_rows(
            read, breakdown="total", status="estimate", period_kind="month", measure="arrivals"
        )
    ]
    assert total == sum(planned.modes.values())


def test_the_eras_are_those_of_the_publisher() -> None:
    assert [era for era, _ in nso_folder.ERAS] == [
        Era.PERSONS,
        Era.ADJUSTED_CAPITAL,
        Era.MONTH_BEFORE,
    ]


def test_a_workbook_is_the_same_bytes_again() -> None:
    month = date(2024, 3, 1)
    assert nso_folder.workbook(SEED, month) == nso_folder.workbook(SEED, month)
    assert nso_folder.workbook(SEED, month) != nso_folder.workbook(SEED + 1, month)


def test_one_workbook_is_faulty() -> None:
    month = nso_folder.FAULTY_MONTH
    read = parsed(nso_folder.workbook(SEED, month), nso_folder.file_name(month))
    assert {name for _, name, _ in failed(read)} == {"modes_of_total", "continents_of_total"}


def without_season(market: str, continent: str, months: list[date]) -> np.ndarray:
    """Logs without a trend and without each calendar month's mean."""
    logs = np.log([persons(SEED, month, continent, market) for month in months])
    columns = [[float(month.month == number) for number in range(1, 13)] for month in months]
    design = np.column_stack([columns, np.arange(len(months), dtype=float)])
    fitted, *_ = np.linalg.lstsq(design, logs, rcond=None)
    rest: np.ndarray = logs - design @ fitted
    return rest


def correlations(market: str) -> dict[int, float]:
    rest = without_season(market, "Châu Á", OPEN)
    return {
        lag: float(
            np.corrcoef(rest, [attention.interest(SEED, shifted(m, -lag)) for m in OPEN])[0, 1]
        )
        for lag in range(-6, 7)
    }


def test_interest_leads_one_market_by_two_months_and_no_other() -> None:
    planted = correlations(attention.MARKET)
    assert max(planted, key=lambda lag: abs(planted[lag])) == attention.LEAD_MONTHS
    assert planted[attention.LEAD_MONTHS] > 0.85
    others = [max(map(abs, correlations(market).values())) for market in ("Nhật Bản", "Thái Lan")]
    assert max(others) < 0.4


def test_interest_is_in_the_views_of_its_articles() -> None:
    assert set(read_articles()) >= attention.ARTICLES
    article = min(attention.ARTICLES, key=lambda article: article.title)
    january = [date(year, 1, 15) for year in range(2016, 2027)]
    views = [math.log(views_on(SEED, article, day)) for day in january]
    interest = [attention.interest(SEED, day.replace(day=1)) for day in january]
    assert np.corrcoef(views, interest)[0, 1] > 0.8


def test_seasons_repeat() -> None:
    january, september = (
        np.mean([persons(SEED, date(year, month, 1), "Châu Âu", "Pháp") for year in (2018, 2019, 2023)])
        for month in (1, 9)
    )  # fmt: skip
    assert january > 1.4 * september


def test_a_december_is_the_agencys_year() -> None:
    for year in (2018, 2024):
        total, provinces, partners = licensed(SEED, date(year, 12, 1))
        projects, new, _, adjusted, _, _ = whole_of_year(SEED, year)
        assert (total.projects, total.new_capital) == (projects, float(new))
        assert total.adjusted_capital == float(adjusted)
        assert (
            partners["CHND Trung Hoa"].projects
            == (figures_by_label(SEED, year, "partner")["Trung Quốc"][0])
        )
        for parts in (provinces, partners):
            assert sum(part.new_capital or 0 for part in parts.values()) == pytest.approx(
                float(new)
            )


def test_the_year_to_date_grows_but_for_one_december() -> None:
    falls = [
        month
        for month in MONTHS
        if month.month > 1
        and licensed(SEED, month)[0].adjusted_capital
        < licensed(SEED, shifted(month, -1))[0].adjusted_capital
    ]
    assert falls == [date(FALL_YEAR, 12, 1)]


def test_a_partner_without_a_licence_is_not_listed_and_merged_units_go() -> None:
    assert "Ba Lan" not in licensed(SEED, date(2024, 3, 1))[2]
    assert "Ba Lan" in licensed(SEED, date(2024, 4, 1))[2]
    before, after = (licensed(SEED, date(2025, month, 1))[1] for month in (6, 7))
    assert set(before) - set(after) == {"Bình Dương"}
