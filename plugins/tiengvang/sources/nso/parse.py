"""A monthly workbook of the National Statistics Office: bytes in, rows and rejects out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

from tiengvang.errors import SchemaDrift
from tiengvang.sources.nso import fdi, visitors
from tiengvang.sources.nso.grid import Grid, OpenWorkbook, address
from tiengvang.sources.nso.identity import named_month
from tiengvang.sources.nso.periods import YEAR_TO_DATE
from tiengvang.sources.nso.table import Check, Problem, Table, TableUnreadableError
from tiengvang.sources.nso.titles import FDI, VISITORS, Title, find_title
from tiengvang.sources.nso.workbook import open_workbook
from tiengvang.sources.records import ParsedFile, Reject, Rows

VISITORS_TABLE = "raw.nso__visitors"
FDI_TABLE = "raw.nso__fdi"
CHECKS_TABLE = "raw.nso__checks"
CHECK_COLUMNS = (
    "file_name", "sheet", "cell", "release_month", "table_name", "check_name", "measure",
    "period_month", "period_kind", "expected", "found", "tolerance", "is_ok",
)  # fmt: skip

_READERS: dict[str, Callable[..., Table]] = {
    VISITORS: visitors.read_visitors,
    FDI: fdi.read_fdi,
}
_TABLES = {VISITORS: (VISITORS_TABLE, visitors.COLUMNS), FDI: (FDI_TABLE, fdi.COLUMNS)}
_RELEASE = visitors.COLUMNS.index("release_month")


def parse_workbook(payload: bytes, file_name: str) -> ParsedFile:
    """Read the tables of visitors and of licensed investment from a workbook.

    ``rows_read`` counts the cells that hold figures (a table that cannot be read counts as one), so
    that rows read = rows kept + rejects. A reject's ``line_number`` is its number in the file, its
    ``place`` the sheet and cell.

    Returns:
        rows of ``raw.nso__visitors`` and ``raw.nso__fdi``, and of ``raw.nso__checks``: every sum
        that was tried, whether it held or not.

    Raises:
        FileRefused: the bytes are no workbook that can be read.
        SchemaDrift: no sheet holds a figure of either table.
    """
    book = open_workbook(payload, file_name=file_name)
    tables, problems, notes = _read_tables(book)
    kept = sum(len(table.figures) for table in tables.values())
    if not kept:
        found = "; ".join(
            f"{_place(problem) or 'no sheet'}: {problem.reason}" for problem in problems
        )
        raise SchemaDrift(f"{file_name}: no figure of either table: {found[:500]}")
    releases = {name: table.figures[0][_RELEASE] for name, table in tables.items() if table.figures}
    checks = _checks(file_name, tables, releases)
    notes["failed_checks"] = sum(not row[-1] for row in checks)
    return ParsedFile(
        rows_read=kept + len(problems),
        rows_kept=kept,
        tables=(
            *(Rows(*_TABLES[name], table.figures) for name, table in tables.items()),
            Rows(CHECKS_TABLE, CHECK_COLUMNS, checks),
        ),
        rejects=tuple(
            Reject(number, problem.reason, _place(problem))
            for number, problem in enumerate(problems, start=1)
        ),
        notes={name: count for name, count in sorted(notes.items()) if count},
    )


def _read_tables(book: OpenWorkbook) -> tuple[dict[str, Table], list[Problem], Counter[str]]:
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    notes: Counter[str] = Counter()
    titled = _titled_sheets(book, notes)
    for name, reader in _READERS.items():
        try:
            tables[name] = table = _read_table(book, titled[name], reader)
        except TableUnreadableError as error:
            sheet = titled[name][0][0] if titled[name] else ""
            problems.append(Problem(sheet, error.cell, f"{name}: {error.reason}"))
        else:
            problems += table.problems
            notes += table.notes
    return tables, problems, notes


def _place(problem: Problem) -> str | None:
    return f"{problem.sheet}!{problem.cell}" if problem.sheet else None


def _titled_sheets(book: OpenWorkbook, notes: Counter[str]) -> dict[str, list[tuple[str, Title]]]:
    titled: dict[str, list[tuple[str, Title]]] = {name: [] for name in _READERS}
    for sheet in book.sheets:
        title = find_title(book.top(sheet))
        if title is None:
            continue
        if title.is_quarterly():
            notes["quarterly_tables"] += 1
        else:
            titled[title.table].append((sheet, title))
    return titled


def _read_table(
    book: OpenWorkbook, titled: list[tuple[str, Title]], reader: Callable[..., Table]
) -> Table:
    if not titled:
        raise TableUnreadableError("A1", "no sheet has the table's title")
    sheet, title = titled[0]
    if len(titled) > 1:
        sheets = ", ".join(sheet for sheet, _ in titled)
        cell = address(title.row, title.column)
        raise TableUnreadableError(cell, f"the title stands on sheets {sheets}")
    grid: Grid = book.grid(sheet)
    return reader(grid, title, file_name=book.file_name)


def _checks(
    file_name: str, tables: dict[str, Table], releases: dict[str, date]
) -> list[tuple[object, ...]]:
    """Return rows of every check, with those between tables and against the file's name."""
    rows: list[tuple[object, ...]] = []
    named = named_month(file_name)
    for name, release in releases.items():
        table = tables[name]
        expected = {"file_name_month": named}
        if name == FDI:
            expected["visitors_month"] = releases.get(VISITORS)
        between = [
            Check(table.sheet, "A1", check, "release", release, YEAR_TO_DATE, _number(month),
                  _number(release))
            for check, month in expected.items()
            if month
        ]  # fmt: skip
        for check in (*table.checks, *between):
            rows.append((
                file_name, check.sheet, check.cell, release, name, check.name, check.measure,
                check.period_month, check.period_kind, _float(check.expected),
                _float(check.found), check.tolerance, check.is_ok,
            ))  # fmt: skip
    return rows


def _number(month: date | None) -> float | None:
    return month.year * 100 + month.month if month else None


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)
