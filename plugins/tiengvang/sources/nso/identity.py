"""What a workbook is before it is read: the month of its release."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from tiengvang.errors import FileRefused
from tiengvang.sources.drop_folder import Identity
from tiengvang.sources.nso.titles import FDI, cut_off, find_title, title_month
from tiengvang.sources.nso.workbook import open_workbook

SOURCE = "nso"
WORKBOOKS = "workbooks"
SUFFIXES = frozenset({".xlsx", ".xls"})

# "02-Bieu-4.2018-1.xlsx", "02.-Bieu-02-2020.xlsx"; a date in front is that of the upload.
_UPLOADED = re.compile(r"^\d{4}-\d{2}-\d{2}-")
_NAMED_MONTH = re.compile(r"(?<!\d)(?P<month>0?[1-9]|1[0-2])[.\-]+(?P<year>20\d{2})(?!\d)")


def identify(name: str, payload: bytes) -> Identity:
    """Say of which month a workbook is: by its name, else by the titles of its tables."""
    month = named_month(name) or _titled_month(name, payload)
    begins_at = datetime(month.year, month.month, 1, tzinfo=UTC) if month else None
    return Identity(WORKBOOKS, begins_at)


def named_month(name: str) -> date | None:
    """Return the month in a name of a file; none where it names no month, or two."""
    months = {
        date(int(found["year"]), int(found["month"]), 1)
        for found in _NAMED_MONTH.finditer(_UPLOADED.sub("", name))
    }
    return months.pop() if len(months) == 1 else None


def _titled_month(name: str, payload: bytes) -> date | None:
    try:
        book = open_workbook(payload, file_name=name)
        titles = [title for title in map(find_title, map(book.top, book.sheets)) if title]
    except FileRefused:
        return None
    for title in titles:
        day = cut_off(title) if title.table == FDI else title_month(title)
        if day:
            return day
    return None
