"""One mutation per expectation of the statistics office's workbooks, see ``mutations``."""

from __future__ import annotations

from mutations import BETWEEN, Key


def _visitors(change: str, cell: str) -> str:
    return f"update raw.nso__visitors set {change} where load_id = 7501 and cell = '{cell}'"


def _fdi(change: str, cell: str) -> str:
    return f"update raw.nso__fdi set {change} where load_id = 7501 and cell = '{cell}'"


def _failed(checks: int) -> str:
    cells = ", ".join(f"'D{number}'" for number in range(1, checks + 1))
    return f"update raw.nso__checks set is_ok = false where load_id = 7501 and cell in ({cells})"


NSO: dict[Key, str] = {
    ("nso_visitors", BETWEEN, "months_ahead"): _visitors("period_month = '2027-01-01'", "D10"),
    ("nso_visitors", BETWEEN, "month_count"): _visitors("arrivals_count = -1", "D10"),
    ("nso_visitors", BETWEEN, "index_printed"): _visitors("value_printed = -1", "F10"),
    ("nso_fdi", BETWEEN, "days_ahead"): _fdi("cut_off_date = '2027-01-20'", "C8"),
    ("nso_fdi", BETWEEN, "projects"): _fdi("value_printed = -1", "C8"),
    ("nso_fdi", BETWEEN, "new_capital"): _fdi("value_printed = 300000", "D8"),
    ("nso_fdi", BETWEEN, "adjusted_capital"): _fdi("value_printed = -300000", "E8"),
    ("nso_revision", BETWEEN, "rows_missing"): (
        "delete from raw.nso__visitors where load_id = 7501 and cell = 'D10'"
    ),
    ("nso_revision", BETWEEN, "rejected_share"): (
        "update ops.source_files set rows_read = 29, rows_rejected = 1 where load_id = 7501"
    ),
    ("nso_revision", BETWEEN, "failed_checks"): _failed(5),
    ("nso_revision", BETWEEN, "failed_share"): _failed(6),
    ("nso_revision", BETWEEN, "workbooks_with_one_table"): (
        "delete from raw.nso__fdi where load_id = 7501; "
        "update ops.source_files set rows_read = 16, rows_kept = 16 where load_id = 7501"
    ),
    ("nso_revision", BETWEEN, "largest_revision"): _visitors("arrivals_count = 900000", "C9"),
}
