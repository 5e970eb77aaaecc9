"""The table of licensed foreign direct investment: the year to date, by partner and by province."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from tiengvang.sources.nso.body import TOTAL, Entry, Layout, find_totals, read_body
from tiengvang.sources.nso.grid import Grid, Value, address
from tiengvang.sources.nso.headers import heading_texts
from tiengvang.sources.nso.numbers import problem_with
from tiengvang.sources.nso.periods import YEAR_TO_DATE
from tiengvang.sources.nso.table import Check, Table, TableUnreadableError
from tiengvang.sources.nso.titles import Title, cut_off
from tiengvang.sources.nso.vietnamese import pattern

PROJECTS = "projects"
NEW_CAPITAL, ADJUSTED_CAPITAL = "new_capital_usd_million", "adjusted_capital_usd_million"
PARTNER, PROVINCE, SECTOR = "partner", "province", "sector"
COLUMNS = (
    "file_name", "sheet", "cell", "release_month", "period_month", "cut_off_date", "breakdown",
    "label", "measure", "value_printed",
)  # fmt: skip

_UNIT = r"(?:triệu (?:usd|đô la mỹ)|mill?(?:ion)?s?\.? (?:usd|us dollars))"
_UNIT_CELL = pattern(
    rf"(?:(?:đơn vị(?: tính)?|unit)\s*:?\s*)?(?:(?:dự án|projects?)\s*[;,]\s*)?\(?{_UNIT}\)?"
)
_UNIT_ANYWHERE = pattern(_UNIT)
_BRACKETS = pattern(rf"\((?:dự án|projects?|{_UNIT})\)")
_MEASURES = (
    (PROJECTS, pattern(r"số dự án|(?:no\.?|number) of projects")),
    (NEW_CAPITAL, pattern(r"(?:số )?vốn đăng ký(?: cấp mới)?|newly registered capital")),
    (ADJUSTED_CAPITAL, pattern(r"vốn đăng ký (?:điều chỉnh|tăng thêm)"
                               r"|registered capital for adjustment")),
)  # fmt: skip
_SECTIONS = (
    (PROVINCE, pattern(r"phân theo .*(?:địa phương|tỉnh)|by (?:province|localit)")),
    (PARTNER, pattern(r"phân theo .*nước|by (?:countr|partner)")),
    (SECTOR, pattern(r"phân theo .*ngành|by (?:industr|sector|economic)")),
)
# Some twenty partners and provinces are listed. Of 51 workbooks they hold 84 to 100 % of projects and
# new capital, and 78 to 115 % of adjusted capital, where what is not listed may be negative.
_LISTED_SHARE = {PROJECTS: (0.75, 1.0), NEW_CAPITAL: (0.75, 1.0), ADJUSTED_CAPITAL: (0.5, 1.5)}
_ROUNDING = 0.1  # million USD: what sums of shown figures may be off


def read_fdi(grid: Grid, title: Title, *, file_name: str) -> Table:
    """Read the table of licensed investment.

    Returns:
        rows of ``raw.nso__fdi``: one per printed figure; capital in million USD. What is not listed
        is not zero: about twenty partners and provinces are.

    Raises:
        TableUnreadableError: its title names no period, its headings no measure or no unit, or there
            is no row of totals.
    """
    table = Table(grid.sheet, COLUMNS)
    last_day = cut_off(title)
    if last_day is None:
        raise TableUnreadableError(
            address(title.row, title.column), "a title without a period from 1 January"
        )
    release = last_day.replace(day=1)
    totals, labels = find_totals(grid, title.row)
    columns, unread = _columns(grid, title.row, totals, labels)

    def problem(column: int, value: Value) -> str | None:
        measure = columns.get(column)
        return problem_with(value, negative=measure == ADJUSTED_CAPITAL, whole=measure == PROJECTS)

    layout = Layout(frozenset(columns), unread, _SECTIONS, problem)
    entries = read_body(grid, totals, layout, table)
    _check_listed(entries, columns, release, table)
    for entry in entries:
        table.figures.append((
            file_name, grid.sheet, address(entry.row, entry.column), release, release, last_day,
            entry.section, entry.label, columns[entry.column], entry.value,
        ))  # fmt: skip
    return table


def _columns(
    grid: Grid, title: int, totals: int, labels: int
) -> tuple[dict[int, str], dict[int, str]]:
    headings, _, units = heading_texts(grid, title, totals, labels, _UNIT_CELL)
    if not units and not any(_UNIT_ANYWHERE.search(text) for text in headings.values()):
        raise TableUnreadableError(
            address(totals, 1), "no unit above this row, expected million USD"
        )
    columns: dict[int, str] = {}
    unread: dict[int, str] = {}
    for number, text in headings.items():
        plain = " ".join(_BRACKETS.sub(" ", text).split())
        measure = next((name for name, form in _MEASURES if form.fullmatch(plain)), None)
        if measure is None:
            unread[number] = "no heading that is known"
        elif measure in columns.values():
            unread[number] = "a heading that another column has as well"
        else:
            columns[number] = measure
    if NEW_CAPITAL not in columns.values():
        raise TableUnreadableError(address(totals, 1), "no column of new capital above this row")
    return columns, unread


def _check_listed(
    entries: list[Entry], columns: dict[int, str], release: date, table: Table
) -> None:
    """Try that what is listed is no more than the total, and most of it."""
    parts: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        parts[columns[entry.column], entry.section].append(entry)
    for measure, (least, most) in _LISTED_SHARE.items():
        total = next(iter(parts[measure, TOTAL]), None)
        for breakdown in (PARTNER, PROVINCE):
            listed = parts[measure, breakdown]
            place = total or next(iter(listed), None)
            if place is None:
                continue
            found = sum(entry.value for entry in listed) if listed else None
            expected = None
            if total and found is not None:
                low, high = sorted((least * total.value, most * total.value))
                expected = min(max(found, low), high)
            table.checks.append(
                Check(table.sheet, address(place.row, place.column), f"{breakdown}s_of_total",
                      measure, release, YEAR_TO_DATE, expected, found, _ROUNDING)
            )  # fmt: skip
