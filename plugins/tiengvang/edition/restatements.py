"""Which numbers of a published edition would be different today: its data files against today's marts.

An edition is held against the one before it by rows and not by its pages: the rows of its data files are
asked for again with its own windows, which takes a tenth of the time that rendering takes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tiengvang.edition.data_package import FieldType, described, key_columns
from tiengvang.edition.restated import Restatement, as_number
from tiengvang.edition.texts.data_files import FILES

Row = Mapping[str, str]
Window = tuple[date, date]

SEPARATOR = " | "
# Lists that numbers are counted from, and what is said of an edition itself.
NOT_COMPARED = frozenset({"documents", "anomaly_stories", "gate_results", "restatements"})
# They grow by themselves with the clock.
AGES = frozenset({"days_open", "days_to_start"})
# A file's columns that repeat another file's numbers beside each of its rows.
REPEATED = {
    "anomaly_alerts": frozenset(
        {
            *("slots_expected", "slots_received", "unknown_outlet_share", "boilerplate_share"),
            *("duplicate_share", "duplicate_share_band_low", "duplicate_share_band_high"),
        }
    ),
}
# Conclusions in words; every other text is a name.
FINDINGS = frozenset({"verdict", "change"})
NUMBERS: frozenset[FieldType] = frozenset({"integer", "number", "boolean"})
# Files whose rows are of the rolling window that their edition names and that no column repeats.
ROLLING = frozenset({"share_of_voice", "response_curve"})
WINDOW_ENDS = ("window_end_date", "week_end_date")
# Files that show the newest day or month alone of those that their mart holds, and what names it.
NEWEST = {"tone_shifts": "story_date", "anomaly_calibrations": "month_start_date"}
# Columns that say of which days a row is, and how many days that is (None: a calendar month).
FIRST_DAYS: Mapping[str, int | None] = {
    "window_start_date": 28,
    "week_start_date": 7,
    "coverage_date": 1,
    "trust_date": 1,
    "alert_date": 1,
    "story_date": 1,
    "attention_date": 1,
    "audit_month": None,
    "month_start_date": None,
}


@dataclass(frozen=True, slots=True)
class Change:
    """A restatement that has no reasons yet: with its row's days, and whether its method changed."""

    restatement: Restatement
    days: Window | None
    is_other_method: bool


@dataclass(frozen=True, slots=True)
class Files:
    """An edition's data files by name, its rolling window, and the end of its period."""

    rows: Mapping[str, list[Row]]
    rolling: tuple[str, ...]
    period_end: date


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many numbers were compared, those that are different, and the files of which a window moved.

    A week has one window in the marts: the one that ended in its middle is gone when the week goes on.
    """

    n_compared: int
    changes: tuple[Change, ...]
    moved: tuple[str, ...]


def read_rows(payload: bytes) -> list[Row]:
    """Return the rows of a CSV file of an edition."""
    return list(csv.DictReader(io.StringIO(payload.decode("utf-8-sig"), newline="")))


def compare(published: Files, today: Files) -> Comparison:
    """Compare an edition's numbers with today's, in a fixed order.

    A number is compared where both have its row, of the same days: what the marts no longer hold because
    a window moved on was not restated, and days that were not over when it was published are another
    window today. A number that was not published is not compared either.
    """
    compared, changes, moved = 0, list[Change](), []
    for file in FILES:
        if file in NOT_COMPARED or file not in published.rows or file not in today.rows:
            continue
        before, after = published.rows[file], today.rows[file]
        if file in ROLLING and published.rolling != today.rolling:
            there: list[Row] = []
        else:
            windows = {None, *(_window(file, row) for row in after)}
            there = [row for row in before if _window(file, row) in windows]
        n, found = _compare_file(file, there, after, published.period_end)
        compared += n
        changes += found
        if len(there) < len(before):
            moved.append(file)
    return Comparison(compared, tuple(changes), tuple(moved))


def days_of(row: Row) -> Window | None:
    """Return the first and last day that a row is of, None where it names none."""
    for column, length in FIRST_DAYS.items():
        if not row.get(column):
            continue
        first = date.fromisoformat(row[column])
        for name in WINDOW_ENDS:
            if row.get(name):
                return first, date.fromisoformat(row[name])
        if length is None:
            following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
            return first, following - timedelta(days=1)
        return first, first + timedelta(days=length - 1)
    return None


def with_reasons(change: Change, reasons: Iterable[str]) -> Restatement:
    """Return a change as a restatement; what has no known reason says so."""
    return replace(change.restatement, reasons=tuple(reasons) or ("unknown",))


def _compare_file(
    file: str, before: list[Row], after: list[Row], period_end: date
) -> tuple[int, list[Change]]:
    names = [name for name in (before[0] if before else {}) if not after or name in after[0]]
    key = key_columns(file, names)
    columns = [name for name in names if name not in key and _is_compared(file, name)]
    if not key or not columns:
        return 0, []
    found = {_key(row, key): row for row in after}
    compared, changes = 0, []
    for row in sorted(before, key=lambda row: _key(row, key)):
        days = days_of(row)
        if days is not None and days[1] >= period_end:
            continue
        compared += sum(1 for column in columns if row[column])
        now = found.get(_key(row, key))
        is_other = now is not None and now.get("method_version") != row.get("method_version")
        changes += [
            Change(restatement, days, is_other)
            for restatement in _differences(file, SEPARATOR.join(_key(row, key)), columns, row, now)
        ]
    return compared, changes


def _differences(
    file: str, key: str, columns: list[str], row: Row, now: Row | None
) -> Iterator[Restatement]:
    if now is None:
        if any(row[column] for column in columns):
            yield Restatement(file, key, "", "", None)
        return
    for column in columns:
        was, value = row[column], now[column]
        if was and was != value and (as_number(was) is None or as_number(was) != as_number(value)):
            yield Restatement(file, key, column, was, value or None)


def _is_compared(file: str, column: str) -> bool:
    if column in AGES or column in REPEATED.get(file, ()):
        return False
    try:
        return column in FINDINGS or described(file, column)[1] in NUMBERS
    except KeyError:  # a column that only an earlier version had
        return False


def _key(row: Row, key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row[name] for name in key)


def _window(file: str, row: Row) -> str | None:
    """Return what tells a row's window from the mart's others; None where its days are in its key."""
    names = (*WINDOW_ENDS, NEWEST[file]) if file in NEWEST else WINDOW_ENDS
    return next((row[name] for name in names if row.get(name)), None)
