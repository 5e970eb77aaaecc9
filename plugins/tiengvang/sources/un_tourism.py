"""UN Tourism's bulk download: what a file is, and what its workbooks say of visitors and what they spend.

The publisher allows personal, non-commercial use and no redistribution: a user puts the file there, and
nothing of it is shipped. It is a zip of workbooks, or one of them; figures stand on the sheet ``Data``, one a
row. Trips are in thousands. Receipts are three indicators that overlap (the total is travel and passenger
transport): they are never added up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from tiengvang.errors import FileRefused, SchemaDrift
from tiengvang.sources.drop_folder import Identity, own_name
from tiengvang.sources.records import ParsedFile, Reject, Rows
from tiengvang.sources.un_tourism_files import NEEDED, SHEET, table, workbooks
from tiengvang.sources.vintages import exact_number
from tiengvang.sources.worldbank_answers import storable

SOURCE = "un_tourism"
OBSERVATIONS = "observations"
LIMIT_BYTES = 64 * 1024**2  # the whole download is about 9 MB
MAX_REJECTED_SHARE = 0.05
# Inbound trips and inbound expenditure; the others (domestic, outbound, rooms, jobs) are counted only.
KEPT = ("INBD_TRIP_", "INBD_EXPD_")
COLUMNS = (
    "file_name",
    "line_number",
    "member_name",
    "indicator_code",
    "reporter_area_code",
    "reporter_area_name",
    "partner_area_name",
    "observation_year",
    "value",
    "unit",
    "unit_multiplier",
)

_EDITION = re.compile(r"_(0[1-9]|1[0-2])_(20[0-9]{2})(?=[._])")
_CODE = re.compile(r"[A-Z0-9_]{3,60}")


@dataclass(slots=True)
class _Counts:
    """What was read of a file so far."""

    rows: list[tuple[Any, ...]]
    rejects: list[Reject]
    read: int = 0
    others: int = 0
    empty: int = 0


def identify(name: str, payload: bytes) -> Identity:
    """Say which table a file fills and of which edition it is, as its name ends: ``_12_2025.zip``."""
    found = _EDITION.search(name)
    begins_at = datetime(int(found[2]), int(found[1]), 1, tzinfo=UTC) if found else None
    return Identity(OBSERVATIONS, begins_at)


def parse_statistics(payload: bytes, file_name: str) -> ParsedFile:
    """Read a download, or one workbook of it, into rows of ``raw.un_tourism__observations``.

    Values are kept as printed, with the multiplier that their unit says. ``notes`` count the rows of
    other indicators (``other_indicators``), rows without a value (``without_value``), and workbooks
    without such a sheet (``workbooks_without_data``).

    Args:
        payload: the file's bytes.
        file_name: the ledger's name.

    Raises:
        FileRefused: the bytes are no zip of workbooks or workbook, or too large, or no sheet holds such
            figures.
        SchemaDrift: more than 5 % of the rows of these indicators cannot be read.
    """
    counts = _Counts([], [])
    without_data = 0
    for member, workbook in workbooks(payload, file_name):
        rows = table(workbook, f"{file_name}, {member}")
        if rows is None:
            without_data += 1
            continue
        member = own_name(member) if member == file_name else member
        for sheet_row, row in rows:
            _take(counts, row, file_name, member, f"{member}, {SHEET}!{sheet_row}")
    if not counts.read:
        raise FileRefused(
            f"{file_name}: no workbook has a sheet {SHEET} with rows under {', '.join(NEEDED)}"
        )
    if len(counts.rejects) > MAX_REJECTED_SHARE * (len(counts.rows) + len(counts.rejects)):
        first = counts.rejects[0]
        raise SchemaDrift(
            f"{file_name}: {len(counts.rejects)} rows cannot be read, {len(counts.rows)} can, expected"
            f" at most {MAX_REJECTED_SHARE:.0%}; first: {first.place}: {first.reason}"
        )
    return ParsedFile(
        rows_read=counts.read,
        rows_kept=len(counts.rows),
        tables=(Rows("raw.un_tourism__observations", COLUMNS, counts.rows),),
        rejects=tuple(counts.rejects),
        notes={
            "other_indicators": counts.others,
            "without_value": counts.empty,
            "workbooks_without_data": without_data,
        },
    )


def _take(counts: _Counts, row: dict[str, Any], file_name: str, member: str, place: str) -> None:
    counts.read += 1
    code = row["indicator_code"]
    if isinstance(code, str) and _CODE.fullmatch(code) and not code.startswith(KEPT):
        counts.others += 1
        return
    if row["value"] is None:
        counts.empty += 1
        return
    found = _read(row)
    if isinstance(found, str):
        counts.rejects.append(Reject(counts.read, found, place))
    else:
        counts.rows.append((file_name, counts.read, member, *found))


def _read(row: dict[str, Any]) -> tuple[Any, ...] | str:
    """Return a row's figure from the indicator on, or the reason why it cannot be read."""
    code, area = row["indicator_code"], row["reporter_area_code"]
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        return f"indicator_code is {_shown(code)}, expected a code"
    if not isinstance(area, int | float | str) or not re.fullmatch(r"[0-9]{1,4}", _plain(area)):
        return f"reporter_area_code is {_shown(area)}, expected a number"
    names = [row["reporter_area_label"], row["partner_area_label"] or "World"]
    if not all(isinstance(name, str) and name.strip() for name in names):
        return "reporter_area_label or partner_area_label is no name"
    if not re.fullmatch(r"(19|20)[0-9]{2}", _plain(row["year"])):
        return f"year is {_shown(row['year'])}, expected a year"
    is_number = isinstance(row["value"], int | float) and not isinstance(row["value"], bool)
    value = exact_number(str(row["value"])) if is_number else None
    if value is None:
        return f"value is {_shown(row['value'])}, expected a number"
    multiplier = _multiplier(row["unit"])
    if multiplier is None:
        return f"unit is {_shown(row['unit'])}, expected thousands or millions"
    unit = storable(row["unit"])
    plain = (_plain(area).zfill(3), *map(storable, names), int(_plain(row["year"])))
    return code, *plain, value, unit, multiplier


def _multiplier(unit: Any) -> Decimal | None:
    text = unit.casefold() if isinstance(unit, str) else ""
    found = {word for word in ("thousand", "million") if word in text}
    if len(found) != 1:
        return None
    return Decimal(1000) if found == {"thousand"} else Decimal(1_000_000)


def _plain(value: Any) -> str:
    """Return a whole number as Excel holds it (``704.0``) without its point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _shown(value: Any) -> str:
    return f"{str(value)[:40]!a}" if isinstance(value, str | int | float) else type(value).__name__
