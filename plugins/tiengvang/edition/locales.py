"""Numbers, dates and country names in the page's language, from CLDR."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Literal

import pandas as pd
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

Language = Literal["en", "vi"]
MISSING = "–"

FORMATS: dict[Language, dict[str, str]] = {
    "en": {
        "locale": "en_GB",
        "date": "d MMMM y",
        "day_date": "d MMM",
        "month": "MMM y",
        "month_name": "MMMM y",
        "span_of_month": "d",
        "span_of_year": "d MMMM",
    },
    "vi": {
        "locale": "vi",
        "date": "dd/MM/y",
        "day_date": "dd/MM",
        "month": "MM/y",
        "month_name": "'tháng' M/y",
        "span_of_month": "dd/MM",
        "span_of_year": "dd/MM",
    },
}


class Numbers:
    """How one language writes values; a null is written as a dash, never as zero."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._formats = FORMATS[language]
        self._locale = Locale.parse(self._formats["locale"])

    def count(self, value: Any) -> str:
        """Write a whole number with the language's grouping."""
        return MISSING if pd.isna(value) else format_decimal(int(value), locale=self._locale)

    def decimal(self, value: Any, digits: int = 2) -> str:
        """Write a number with a fixed number of decimals."""
        if value is None or pd.isna(value):
            return MISSING
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        text = format_decimal(float(value), format=pattern, locale=self._locale)
        return text.replace("-", "\u2212")

    def signed(self, value: Any, digits: int = 2) -> str:
        """Write a number with its sign, a true minus, and no sign on zero."""
        text = self.decimal(value, digits)
        if pd.isna(value) or round(float(value), digits) == 0:
            return text.lstrip("\u2212")
        return text if float(value) < 0 else f"+{text}"

    def percent(self, share: Any, digits: int = 0) -> str:
        """Write a share (1 is 100 %); a share just below 1 is never rounded up to 100 %."""
        if pd.isna(share):
            return MISSING
        value, step = float(share), 10.0 ** -(digits + 2)
        if value < 1:
            value = min(value, 1 - step)
        if value > 0:
            value = max(value, step)
        pattern = "0" + ("." + "0" * digits if digits else "") + "%"
        return str(format_percent(value, format=pattern, locale=self._locale))

    def size(self, share: Any, digits: int = 1) -> str:
        """Write how large a change is, without its sign: 12.3%."""
        if pd.isna(share):
            return MISSING
        pattern = "0" + ("." + "0" * digits if digits else "") + "%"
        return str(format_percent(abs(float(share)), format=pattern, locale=self._locale))

    def change(self, share: Any, digits: int = 1) -> str:
        """Write a change as a share with its sign: +12.3%, or a plain 0.0%."""
        text = self.size(share, digits)
        if pd.isna(share) or round(float(share), digits + 2) == 0:
            return text
        sign = "\u2212" if share < 0 else "+"
        return f"{sign}{text}"

    def duration(self, minutes: float, units: tuple[str, str, str]) -> str:
        """Write minutes as such, from an hour on as hours, from two days on as days, by their names."""
        short, hour, day = units
        n = round(float(minutes))
        if n < 60:
            return f"{n} {short}"
        return f"{n // 60} {hour} {n % 60} {short}" if n < 48 * 60 else f"{n // 1440} {day}"

    def p_value(self, value: float) -> str:
        """Write a p-value with its sign: p = 0.012, or p < 0.001."""
        if value < 0.001:
            return f"p < {self.decimal(0.001, 3)}"
        return f"p = {self.decimal(value, 3)}"

    def day(self, value: Any) -> str:
        """Write a day: 6 July 2026, or 06/07/2026."""
        return (
            MISSING if pd.isna(value) else format_date(value, self._formats["date"], self._locale)
        )

    def span(self, first: date, last: date, between: str) -> str:
        """Write a span of days, its first without what the last repeats: 6 to 12 July 2026.

        ``between`` stands between the two, its blanks included; one day is written once.
        """
        if first == last:
            return self.day(last)
        same_year = first.year == last.year
        same_month = same_year and first.month == last.month
        kind = "span_of_month" if same_month else "span_of_year" if same_year else "date"
        return f"{format_date(first, self._formats[kind], self._locale)}{between}{self.day(last)}"

    def day_labels(self, value: date, *, short: bool) -> tuple[str, str]:
        """Write a day for an axis: its weekday, and its day and month; short leaves the month."""
        patterns = ("EEEEE", "d") if short else ("EEE", self._formats["day_date"])
        return (
            format_date(value, patterns[0], self._locale),
            format_date(value, patterns[1], self._locale),
        )

    def month(self, value: date) -> str:
        """Write a day's month and year, short: Jul 2026, or 07/2026."""
        return str(format_date(value, self._formats["month"], self._locale))

    def month_name(self, value: date) -> str:
        """Write a day's month inside a sentence: July 2026, or tháng 7/2026."""
        return str(format_date(value, self._formats["month_name"], self._locale))

    def instant(self, value: datetime) -> str:
        """Write an instant in UTC to the minute."""
        moment = value.astimezone(UTC)
        return f"{self.day(moment.date())}, {moment:%H:%M} UTC"

    def territory(self, iso2: Any) -> str | None:
        """Return a country's name by its ISO 3166 two-letter code; null when CLDR has none."""
        return None if pd.isna(iso2) else self._locale.territories.get(str(iso2))

    def language_name(self, iso639_3: str) -> str:
        """Return a language's name by its code; the code itself when CLDR has none."""
        try:
            code = Locale.parse(iso639_3).language
        except (ValueError, UnknownLocaleError):
            return iso639_3
        return str(self._locale.languages.get(code, iso639_3))

    def chart_locale(self) -> dict[str, Any]:
        """Return the number format of a chart's axes in the form that d3-format reads."""
        symbols = self._locale.number_symbols["latn"]
        return {
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            "grouping": [3],
            "currency": ["", ""],
            "minus": "\u2212",
        }
