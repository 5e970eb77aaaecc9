"""One mutation per expectation of the Foreign Investment Agency's tables, see ``mutations``."""

from __future__ import annotations

from mutations import BETWEEN, Key

OF_2020 = "load_id = 7301 and registered_year = 2020"
ONE = f"{OF_2020} and label = 'Label 11'"


def _lines(change: str, where: str) -> str:
    return f"update raw.fia__registered set {change} where {where}"


FIA: dict[Key, str] = {
    ("fia_registered", BETWEEN, "years_ahead"): _lines("registered_year = 2027", ONE),
    ("fia_registered", BETWEEN, "new_capital_usd_million"): _lines(
        "new_capital_usd_million = -1", ONE
    ),
    ("fia_registered", BETWEEN, "adjusted_capital_usd_million"): _lines(
        "adjusted_capital_usd_million = 200000", ONE
    ),
    ("fia_registered", BETWEEN, "new_projects"): _lines("new_projects = 60000", ONE),
    ("fia_revision", BETWEEN, "rows_missing"): f"delete from raw.fia__registered where {ONE}",
    ("fia_revision", BETWEEN, "rejected_share"): (
        "update ops.source_files set rows_read = rows_read + 1, rows_rejected = 1 "
        "where load_id = 7301"
    ),
    ("fia_revision", BETWEEN, "total_difference_share"): _lines(
        "new_capital_usd_million = 1011", f"{OF_2020} and is_total"
    ),
    ("fia_revision", BETWEEN, "breakdown_difference_share"): _lines(
        "new_capital_usd_million = new_capital_usd_million * 1.011", OF_2020
    ),
    ("fia_revision", BETWEEN, "kept_share"): _lines(
        "label = label || ' and more'", "load_id = 7301 and label in ('Label 10', 'Label 11')"
    ),
}
