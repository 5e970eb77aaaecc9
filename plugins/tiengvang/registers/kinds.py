"""The kinds of columns: a cell's content to the value of its kind, or what the kind takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from tiengvang.registers.codes import countries
from tiengvang.registers.dates import DAY, INSTANT, read_day, read_instant
from tiengvang.registers.declaration import Column, Said

LONGEST_TEXT = 2_000
LARGEST_WHOLE = 99_999_999  # nine digits and more may be a person's number
TRUE, FALSE = frozenset({"yes", "có"}), frozenset({"no", "không"})


CODE = Said(
    "a code of letters a-z, digits, dot, hyphen and underscore, without spaces",
    "mã gồm chữ cái a-z, chữ số, dấu chấm, gạch nối và gạch dưới, không có dấu cách",
)
YES_NO = Said("yes or no (có, không)", "có hoặc không (yes, no)")
PERCENT = Said(
    "a percentage from 0 to 100 with a decimal point: 92.5 for 92.5 %, not 0.925",
    "phần trăm từ 0 đến 100, dùng dấu chấm thập phân: 92.5 nghĩa là 92,5 %, không ghi 0.925",
)
URL = Said(
    "an address that begins with https:// or http://, without spaces",
    "địa chỉ bắt đầu bằng https:// hoặc http://, không có dấu cách",
)
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,58}[A-Za-z0-9])?", re.A)
_WHOLE = re.compile(r"\d{1,10}", re.A)
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,20})?", re.A)
_URL = re.compile(r"https?://[^\s/$.?#][^\s<>\"']{0,1990}")
Read = Callable[[Any, Column], Any]


class Unfit(Exception):
    """The value does not fit the column: what would."""

    def __init__(self, expected: Said) -> None:
        super().__init__(expected.en)
        self.expected = expected


def expected_of(column: Column) -> Said:
    """Return what a column takes, in general."""
    if column.kind in ("choice", "list") and column.choices:
        return _choices(column)
    fixed: Mapping[str, Said] = {
        "code": CODE, "day": DAY, "instant": INSTANT, "yes_no": YES_NO, "percent": PERCENT,
        "url": URL, "whole": _bounds(column), "number": _bounds(column),
    }  # fmt: skip
    return fixed.get(column.kind, Said("text", "chữ"))


def _choices(column: Column) -> Said:
    listed = ", ".join(column.choices)
    if column.kind == "list":
        return Said(
            f"some of {listed}, each once, separated by spaces",
            f"các giá trị trong {listed}, mỗi giá trị một lần, cách nhau bằng dấu cách",
        )
    return Said(f"one of {listed}", f"một trong {listed}")


def _bounds(column: Column) -> Said:
    least = "0" if column.minimum is None else f"{column.minimum}"
    largest = LARGEST_WHOLE if column.kind == "whole" else None
    most = str(column.maximum or largest or "")
    en = f"from {least} to {most}" if most else f"from {least}"
    vi = f"từ {least} đến {most}" if most else f"từ {least}"
    if column.kind == "whole":
        return Said(
            f"a whole number {en}, without separators", f"số nguyên {vi}, không có dấu phân cách"
        )
    return Said(f"a number {en} with a decimal point", f"số {vi}, dùng dấu chấm thập phân")


def _as_text(value: Any, column: Column) -> str:
    """Return the text of a cell: spreadsheets keep a code of digits as a whole number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        as_text = Said("; format the column as text", "; định dạng cột là văn bản (Text)")
        expected = expected_of(column)
        raise Unfit(Said(expected.en + as_text.en, expected.vi + as_text.vi))
    return value


def _text(value: Any, column: Column) -> str:
    text = _as_text(value, column)
    if len(text) > LONGEST_TEXT:
        raise Unfit(Said(f"at most {LONGEST_TEXT} letters", f"không quá {LONGEST_TEXT} ký tự"))
    return text


def _code(value: Any, column: Column) -> str:
    text = _as_text(value, column)
    if column.codes == "country":
        return _country(text)
    if not _CODE.fullmatch(text):
        raise Unfit(CODE)
    return text


def _country(text: str) -> str:
    if text not in countries():
        raise Unfit(
            Said(
                "a three-letter ISO country code in capitals, such as JPN",
                "mã nước ISO ba chữ cái viết hoa, ví dụ JPN",
            )
        )
    return text


def _choice(value: Any, column: Column) -> str:
    text = _as_text(value, column)
    if text not in column.choices:
        raise Unfit(_choices(column))
    return text


def _list(value: Any, column: Column) -> str:
    words = _as_text(value, column).split(" ")
    if column.codes == "country":
        words = [_country(word) for word in words]
    elif not set(words) <= set(column.choices):
        raise Unfit(_choices(column))
    if len(set(words)) != len(words):
        raise Unfit(Said("each once", "mỗi giá trị một lần"))
    return " ".join(words)


def _day(value: Any, column: Column) -> date:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    made = read_day(value) if isinstance(value, str) else DAY
    if isinstance(made, Said):
        raise Unfit(made)
    return made


def _instant(value: Any, column: Column) -> datetime:
    made = read_instant(value) if isinstance(value, str) else INSTANT
    if isinstance(made, Said):
        raise Unfit(made)
    return made


def _yes_no(value: Any, column: Column) -> bool:
    said = value.casefold() if isinstance(value, str) else ""
    if said not in TRUE | FALSE:
        raise Unfit(YES_NO)
    return said in TRUE


def _whole(value: Any, column: Column) -> int:
    text = _as_text(value, column) if isinstance(value, str | int | float) else ""
    if not _WHOLE.fullmatch(text) or int(text) > LARGEST_WHOLE:
        raise Unfit(_bounds(column))
    _within(Decimal(text), column, _bounds(column))
    return int(text)


def _number(value: Any, column: Column) -> Decimal:
    made = _decimal(value, _bounds(column))
    _within(made, column, _bounds(column))
    return made


def _percent(value: Any, column: Column) -> Decimal:
    made = _decimal(value, PERCENT)
    # No population here has a hundred units: a share below 1 % is one that was meant as a ratio.
    if made > 100 or 0 < made < 1:
        raise Unfit(PERCENT)
    return made


def _decimal(value: Any, expected: Said) -> Decimal:
    # The shortest text that reads back as the same number: what was typed.
    text = repr(value) if isinstance(value, int | float) else value
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise Unfit(expected)
    return Decimal(text)


def _within(value: Decimal, column: Column, expected: Said) -> None:
    if column.minimum is not None and value < column.minimum:
        raise Unfit(expected)
    if column.maximum is not None and value > column.maximum:
        raise Unfit(expected)


def _url(value: Any, column: Column) -> str:
    if not isinstance(value, str) or not _URL.fullmatch(value):
        raise Unfit(URL)
    return value


READ: Mapping[str, Read] = {
    "text": _text, "code": _code, "choice": _choice, "list": _list, "day": _day,
    "instant": _instant, "yes_no": _yes_no, "whole": _whole, "number": _number,
    "percent": _percent, "url": _url,
}  # fmt: skip
