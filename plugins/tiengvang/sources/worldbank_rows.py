"""One row of a World Bank answer: its values, or the reason why it cannot be read."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from tiengvang.sources.worldbank_answers import field, kind, shown, storable

# Bounds of a believable figure: gross domestic product of the world has 15 digits. Beyond them a
# short number like 1e999999 would be written out as a megabyte of digits.
MAX_DIGITS = 60
MAX_EXPONENT = 30

Observation = tuple[str, int, Decimal | None]
Country = tuple[str, str, str, str, bool]

_CODE = re.compile(r"[A-Z0-9]{2,3}")
_YEAR = re.compile(r"[12][0-9]{3}")


def read_observation(row: Any, code: str) -> Observation | str:
    """Return a row's country code, year and exact value (None: no value), or a reason.

    The country code is ``countryiso3code``, or ``country.id`` where that is empty.
    """
    if not isinstance(row, dict):
        return f"a row is {kind(row)}, expected an object"
    if field(row, "indicator", "id") != code:
        return f"indicator.id is {shown(field(row, 'indicator', 'id'))}, expected {code}"
    iso3 = row.get("countryiso3code")
    country = field(row, "country", "id") if iso3 == "" else iso3
    if not isinstance(country, str) or not _CODE.fullmatch(country):
        what = "country.id" if iso3 == "" else "countryiso3code"
        return f"{what} is {shown(country)}, expected a code of capital letters"
    year = row.get("date")
    if not isinstance(year, str) or not _YEAR.fullmatch(year):
        return f"date is {shown(year)}, expected a year"
    value = row.get("value", "")
    if value is not None and not isinstance(value, Decimal):
        found = kind(value) if "value" in row else "missing"
        return f"value is {found}, expected a number or null"
    if value is not None and not _is_believable(value):
        return f"value is {shown(value)}, expected at most {MAX_DIGITS} digits"
    return country, int(year), value


def read_country(row: Any) -> Country | str:
    """Return code, two-letter code, name, region and whether it is an aggregate, or a reason."""
    if not isinstance(row, dict):
        return f"a row is {kind(row)}, expected an object"
    codes: list[str] = []
    for name, value in (
        ("id", row.get("id")),
        ("iso2Code", row.get("iso2Code")),
        ("region.id", field(row, "region", "id")),
    ):
        if not isinstance(value, str) or not _CODE.fullmatch(value):
            return f"{name} is {shown(value)}, expected a code of capital letters"
        codes.append(value)
    label = row.get("name")
    if not isinstance(label, str) or not storable(label):
        return f"name is {shown(label)}, expected a text"
    code, iso2, region = codes
    return code, iso2, storable(label), region, region == "NA"


def canonical(country: str, year: int, value: Decimal) -> str:
    """Return an observation as one line that does not depend on how its number was written."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{country} {year} {'0' if value == 0 else text}"


def _is_believable(value: Decimal) -> bool:
    return len(value.as_tuple().digits) <= MAX_DIGITS and abs(value.adjusted()) <= MAX_EXPONENT
