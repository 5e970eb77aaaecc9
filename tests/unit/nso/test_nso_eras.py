"""What the generator of workbooks was given is what the parser reads, in every layout."""

from datetime import date

import pytest
from nso_releases import (
    failed,
    fdi_rows,
    parsed,
    plans,
    release,
    rows,
    visitor_rows,
    workbook,
    xls_bytes,
)

from tiengvang.local.world.nso import damaged, in_tcvn3, xlsx_bytes
from tiengvang.local.world.nso_release import Era, Visitors
from tiengvang.settings import REPOSITORY
from tiengvang.sources.nso.parse import CHECKS_TABLE, FDI_TABLE, VISITORS_TABLE
from tiengvang.sources.records import ParsedFile

YEARS = {
    Era.PURPOSES: 2010,
    Era.ONE_CELL_HEADINGS: 2018,
    Era.MONTH_BEFORE: 2018,
    Era.ADJUSTED_CAPITAL: 2019,
    Era.PERSONS: 2021,
    Era.TOTALS_SLIPPED: 2020,
    Era.ENGLISH: 2020,
}
MONTHS = [1, 2, 3, 6, 9, 12]
CASES = [(era, date(year, month, 1)) for era, year in YEARS.items() for month in MONTHS]
OLD = {Era.PURPOSES, Era.ONE_CELL_HEADINGS}


def by_label(
    read: ParsedFile, breakdown: str, status: str, kind: str = "month"
) -> dict[str, float]:
    found = visitor_rows(
        read, breakdown=breakdown, status=status, period_kind=kind, measure="arrivals"
    )
    return {row["label"]: row["arrivals_count"] for row in found}


def printed(given: dict[str, float]) -> dict[str, float]:
    return {label: persons for label, persons in given.items() if persons}


def markets(given: Visitors) -> dict[tuple[str, str], float]:
    return {
        (continent, label): persons
        for continent, by_market in given.markets.items()
        for label, persons in by_market.items()
    }


@pytest.mark.parametrize("write", [xlsx_bytes, xls_bytes])
@pytest.mark.parametrize(("era", "month"), CASES)
def test_every_layout_is_read_as_it_was_given(era: Era, month: date, write: object) -> None:
    given = release(month, era)
    read = parsed(write(plans(month, era)))  # type: ignore[operator]
    assert read.rejects == ()
    assert read.rows_read == read.rows_kept > 50
    parts = "purpose" if era is Era.PURPOSES else "mode"
    expected = given.estimate.purposes if era is Era.PURPOSES else given.estimate.modes
    assert by_label(read, parts, "estimate") == printed(expected)
    assert list(by_label(read, "total", "estimate").values()) == [sum(expected.values())]
    found = {
        (row["group_label"] or "", row["label"]): row["arrivals_count"]
        for row in visitor_rows(read, period_month=month, period_kind="month", measure="arrivals")
        if row["breakdown"] in ("market", "other")
    }
    listed = markets(given.estimate)
    if era is Era.PURPOSES:  # without continents
        listed = {("", label): persons for (_, label), persons in listed.items()}
    assert found == listed
    before = by_label(read, parts, "revised")
    assert before == ({} if era in OLD else printed(given.month_before.modes))
    year = by_label(read, parts, "estimate", "year_to_date")
    has_year = month.month > 1 or era is Era.ENGLISH
    whole = given.year_to_date
    assert year == (
        printed(whole.purposes if era is Era.PURPOSES else whole.modes) if has_year else {}
    )


@pytest.mark.parametrize(("era", "month"), CASES)
def test_licensed_investment_is_read_as_it_was_given(era: Era, month: date) -> None:
    given = release(month, era)
    read = parsed(workbook(month, era))
    has_adjusted = era.value >= "2019-03"
    for breakdown, listed in (("province", given.provinces), ("partner", given.partners)):
        for label, licences in listed.items():
            found = {
                row["measure"]: row["value_printed"]
                for row in fdi_rows(read, breakdown=breakdown, label=label)
            }
            expected = {"projects": licences.projects}
            if licences.new_capital is not None:
                expected["new_capital_usd_million"] = licences.new_capital
            if has_adjusted and licences.adjusted_capital is not None:
                expected["adjusted_capital_usd_million"] = licences.adjusted_capital
            assert found == expected
    (total,) = fdi_rows(read, breakdown="total", measure="projects")
    assert total["value_printed"] == given.licensed.projects
    assert total["cut_off_date"] == month.replace(day=20)


@pytest.mark.parametrize(("era", "month"), CASES)
def test_only_the_eras_own_faults_fail_a_check(era: Era, month: date) -> None:
    read = parsed(workbook(month, era))
    expected: set[str] = set()
    if era is Era.TOTALS_SLIPPED:
        expected = {"row_of_totals"}
    if era is Era.ENGLISH:
        expected = {"heading_month", "unit"}
    assert {name for _, name, _ in failed(read)} == expected
    assert len(rows(read, CHECKS_TABLE)) >= 8


@pytest.mark.parametrize("retype", [in_tcvn3, damaged])
@pytest.mark.parametrize("era", [Era.PURPOSES, Era.ONE_CELL_HEADINGS, Era.PERSONS])
def test_tables_in_tcvn3_and_damaged_ones_are_read(era: Era, retype: object) -> None:
    month = date(YEARS[era], 5, 1)
    given = release(month, era)
    read = parsed(xlsx_bytes([retype(plan) for plan in plans(month, era)]))  # type: ignore[operator]
    assert read.rejects == ()
    assert read.rows_kept == parsed(workbook(month, era)).rows_kept
    (total,) = by_label(read, "total", "estimate").values()
    assert total == sum(given.estimate.modes.values())
    if retype is in_tcvn3 and era is Era.PERSONS:
        assert by_label(read, "mode", "estimate") == printed(given.estimate.modes)
        continents = by_label(read, "continent", "estimate")  # TCVN3 has no capitals with accents
        assert {name.title() for name in continents} == set(given.estimate.markets)


def test_quarterly_tables_and_investment_abroad_are_passed_by() -> None:
    read = parsed(workbook(date(2021, 3, 1), Era.PERSONS))
    assert read.notes["quarterly_tables"] == 1
    assert {row["sheet"] for row in visitor_rows(read)} == {"Sheet3"}
    assert {row["sheet"] for row in fdi_rows(read)} == {"6.DTNN"}


FITS = {"text": str, "date": date, "double precision": float, "boolean": bool}


def declared(table: str) -> tuple[dict[str, tuple[str, bool]], list[str]]:
    """Return a raw table's columns, with type and whether one is required, and its key."""
    schema = (REPOSITORY / "plugins/tiengvang/warehouse/schema.sql").read_text(encoding="utf-8")
    body = schema.split(f"create table if not exists {table} (\n")[1].split("\n);")[0]
    *lines, last = (line.strip().removesuffix(",") for line in body.splitlines())
    columns = {}
    for line in lines:
        name, kind = line.removesuffix(" not null").split(" ", 1)
        columns[name] = (kind, line.endswith("not null"))
    return columns, last.removeprefix("primary key (").removesuffix(")").split(", ")


@pytest.mark.parametrize(("era", "month"), CASES)
def test_every_row_fits_its_raw_table(era: Era, month: date) -> None:
    read = parsed(workbook(month, era))
    assert [block.table for block in read.tables] == [VISITORS_TABLE, FDI_TABLE, CHECKS_TABLE]
    for block in read.tables:
        columns, key = declared(block.table)
        assert [*block.columns, "received_at", "load_id"] == list(columns)
        for values in block.rows:
            for name, value in zip(block.columns, values, strict=True):
                kind, is_required = columns[name]
                assert type(value) is FITS[kind] or (value is None and not is_required), name
        places = [block.columns.index(name) for name in key]
        keys = {tuple(values[place] for place in places) for values in block.rows}
        assert len(keys) == len(block.rows) > 0
