"""All genuine workbooks: totals against a table read by eye, every cell against another reader."""

import csv
import unicodedata
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from nso_releases import failed, fdi_rows, parsed, rows, visitor_rows
from openpyxl.utils.cell import coordinate_to_tuple
from python_calamine import load_workbook

from tiengvang.sources.nso.grid import address
from tiengvang.sources.nso.parse import FDI_TABLE, VISITORS_TABLE
from tiengvang.sources.records import ParsedFile

pytestmark = pytest.mark.real_data

BY_EYE = Path(__file__).with_name("monthly_totals_by_eye.csv")
# What the genuine workbooks get wrong, by month of release: table, check, place.
KNOWN_FAULTS = {
    "2014-12-29": {("visitors", "unit", "Du lich!C7")},
    "2018-10-29": {("visitors", "modes_of_total", "38.KQTthang!E9")},
    "2019-03-29": {("visitors", "modes_of_total", "Du lich!C9")},
    "2020-04-29": {("visitors", "row_of_totals", f"Du lich!{column}10") for column in "CDEFG"},
    "2020-05-29": {("visitors", "row_of_totals", f"Sheet1!{column}10") for column in "CDEFG"},
    "2020-09-29": {
        ("visitors", "unit", "41!D9"),
        ("visitors", "heading_month", "41!C4"),
        ("visitors", "heading_month", "41!G4"),
    },
}
# A count of cells that somebody left below two tables of May 2019.
KNOWN_REJECTS = {"2019-05-27": {"Sheet1!G53", "Sheet1!H53", "FDI!E48"}}
# Licensed investment, read by eye: total's cells, projects, new and adjusted capital, cut-off.
LICENSED = {
    "2010-06-29": ("C8", 438, "D8", 7905.3, None, None, date(2010, 6, 20)),
    "2014-12-29": ("C7", 1588, "D7", 15642.61746, None, None, date(2014, 12, 15)),
    "2018-12-27": ("C7", 3046, "D7", 17976.17249, None, None, date(2018, 12, 20)),
    "2019-03-29": ("C7", 785, "D7", 3821.38822, "E7", 1298.353872, date(2019, 3, 20)),
    "2019-12-27": ("C7", 3883, "D7", 16745.6, "E7", 5802, date(2019, 12, 20)),
    "2020-09-29": ("C7", 1947, "D7", 10360.37, "E7", 5116.1, date(2020, 9, 20)),
    "2021-12-29": ("C7", 1738, "D7", 15245.4, "E7", 9014.8, date(2021, 12, 20)),
}


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "statistics" / "nso"


@cache
def read(path: Path) -> ParsedFile:
    return parsed(path.read_bytes(), path.name)


def workbooks(folder: Path) -> list[Path]:
    found = sorted(folder.iterdir())
    assert len(found) == 51
    return found


def test_every_workbook_gives_both_tables_and_nothing_is_lost_on_the_way(folder: Path) -> None:
    for path in workbooks(folder):
        found = read(path)
        assert len(visitor_rows(found)) >= 75, path.name
        assert len(fdi_rows(found)) >= 52, path.name
        assert found.rows_read == found.rows_kept + len(found.rejects)
        places = {reject.place for reject in found.rejects}
        assert places == KNOWN_REJECTS.get(path.name[:10], set()), path.name


def test_the_monthly_totals_are_those_read_by_eye(folder: Path) -> None:
    by_eye = list(csv.DictReader(BY_EYE.open(encoding="utf-8")))
    assert len({line["file"] for line in by_eye}) == 51
    seen: set[tuple[str, str]] = set()
    for line in by_eye:
        kind = line["kind"]
        (row,) = visitor_rows(
            read(folder / line["file"]),
            breakdown="total",
            measure="arrivals",
            period_kind=kind,
            period_month=date.fromisoformat(f"{line['period']}-01"),
        )
        assert (row["sheet"], row["cell"]) == (line["sheet"], line["cell"])
        assert row["value_printed"] == pytest.approx(float(line["value"]), rel=1e-12)
        assert row["arrivals_count"] == pytest.approx(float(line["persons"]), rel=1e-12)
        seen.add((line["file"], f"{row['sheet']}!{row['cell']}"))
    printed = {
        (path.name, f"{row['sheet']}!{row['cell']}")
        for path in workbooks(folder)
        for row in visitor_rows(read(path), breakdown="total", measure="arrivals")
    }
    assert seen == printed


def test_an_estimate_and_its_revision_are_both_kept(folder: Path) -> None:
    september = [
        (row["release_month"], row["status"], row["arrivals_count"])
        for path in workbooks(folder)
        for row in visitor_rows(
            read(path), breakdown="total", period_month=date(2019, 9, 1), period_kind="month"
        )
        if row["measure"] == "arrivals"
    ]
    assert september == [
        (date(2019, 9, 1), "estimate", 1_561_274),
        (date(2019, 10, 1), "revised", 1_561_337),
    ]


def test_the_totals_of_licensed_investment_are_those_read_by_eye(folder: Path) -> None:
    for path in workbooks(folder):
        expected = LICENSED.get(path.name[:10])
        if expected is None:
            continue
        found = {
            row["measure"]: (row["cell"], row["value_printed"], row["cut_off_date"])
            for row in fdi_rows(read(path), breakdown="total")
        }
        *figures, cut_off = expected
        names = ("projects", "new_capital_usd_million", "adjusted_capital_usd_million")
        for name, cell, value in zip(names, figures[::2], figures[1::2], strict=True):
            if cell is None:
                assert name not in found
            else:
                assert found[name] == (cell, pytest.approx(value, rel=1e-9), cut_off)


def test_adjusted_capital_may_be_negative(folder: Path) -> None:
    (path,) = (path for path in workbooks(folder) if path.name.startswith("2019-12"))
    (row,) = fdi_rows(read(path), label="Đồng Nai", measure="adjusted_capital_usd_million")
    assert (row["cell"], row["value_printed"]) == ("E12", -162.862129)


def test_the_checks_fail_where_the_publisher_erred_and_nowhere_else(folder: Path) -> None:
    for path in workbooks(folder):
        assert failed(read(path)) == KNOWN_FAULTS.get(path.name[:10], set()), path.name


def test_every_cell_of_both_tables_is_a_figure_a_label_or_a_reject(folder: Path) -> None:
    """Read again with another library: no cell of a table's body is unaccounted for."""
    counted: Counter[str] = Counter()
    for path in workbooks(folder):
        other = load_workbook(str(path))
        found = read(path)
        rejects = {reject.place for reject in found.rejects}
        for table in (VISITORS_TABLE, FDI_TABLE):
            figures = {row["cell"]: row for row in rows(found, table)}
            sheet = next(iter(figures.values()))["sheet"]
            again = other.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            counted += account(again, figures, sheet, rejects)
    assert counted["figure"] == sum(read(path).rows_kept for path in workbooks(folder))
    assert counted["reject"] == 3
    assert counted["label"] > 4_000


def account(
    again: list[list[Any]], figures: dict[str, Any], sheet: str, rejects: set[str | None]
) -> Counter[str]:
    places = {coordinate_to_tuple(cell) for cell in figures}
    body = min(row for row, _ in places) - 1  # the totals slipped by one row in two workbooks
    first = min(column for _, column in places)
    counted: Counter[str] = Counter()
    for row, cells in enumerate(again[body - 1 :], start=body):
        labels = [str(value) for value in cells[: first - 1] if str(value).strip()]
        for column, value in enumerate(cells, start=1):
            cell = address(row, column)
            if not str(value).strip() or (row == body and not labels):
                continue
            if column < first:
                assert isinstance(value, str), f"{sheet}!{cell}"
                counted["label"] += 1
            elif cell in figures:
                assert figures[cell]["value_printed"] == value
                label = unicodedata.normalize("NFC", " ".join(labels[0].split()))
                slipped = label.startswith("Phân theo")
                assert figures[cell]["label"] == ("TỔNG SỐ" if slipped else label)
                counted["figure"] += 1
            else:
                assert f"{sheet}!{cell}" in rejects
                counted["reject"] += 1
    return counted
