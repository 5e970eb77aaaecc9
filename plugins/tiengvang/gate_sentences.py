"""What the gate says: sentences filled with what was seen, in English and Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

import pandas as pd
from babel.numbers import format_decimal
from jinja2 import Environment, StrictUndefined, Template

from tiengvang.edition.locales import Numbers
from tiengvang.edition.untrusted import REASON_LENGTH, plain_text
from tiengvang.windows import format_instant

Language = Literal["en", "vi"]
LANGUAGES: tuple[Language, ...] = ("en", "vi")
OBSERVED_LENGTH = 200
EXAMPLES = 3


def number(value: Any, language: Language, digits: int = 0) -> str:
    """Write a number as the language does, with a fixed count of decimals; null is a dash."""
    if is_null(value):
        return "–"
    return format_decimal(
        value, format="#,##0" + ("." + "0" * digits if digits else ""), locale=language
    )


def percent(value: Any, language: Language, digits: int = 1) -> str:
    """Write a share of one as a percentage; null is a dash."""
    return "–" if is_null(value) else f"{number(value * 100, language, digits)} %"


def is_null(value: Any) -> bool:
    """Say whether a value of a data frame is missing."""
    missing = pd.isna(value)
    return missing if isinstance(missing, bool) else False


def languages(codes: Any, language: Language) -> str:
    """Name the languages of a list of ISO 639-3 codes; null is a dash, an unknown code itself."""
    if is_null(codes):
        return "–"
    name = Numbers(language).language_name
    return ", ".join(name(code.strip()) for code in str(codes).split(","))


def _environment(language: Language) -> Environment:
    # Plain text: whoever puts a sentence into HTML escapes it there.
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    environment.filters["number"] = lambda value, digits=0: number(value, language, digits)
    environment.filters["percent"] = lambda value, digits=1: percent(value, language, digits)
    environment.filters["languages"] = lambda codes: languages(codes, language)
    return environment


ENVIRONMENTS: dict[Language, Environment] = {"en": _environment("en"), "vi": _environment("vi")}


def sentence(template: str, language: Language, values: Mapping[str, Any]) -> str:
    """Fill a sentence's template with the observed row, the rule's arguments and the parameters.

    Raises:
        jinja2.UndefinedError: the template names a value that is not there.
    """
    return plain_text(_template(template, language).render(values), REASON_LENGTH)


@lru_cache(maxsize=1024)
def _template(text: str, language: Language) -> Template:
    return ENVIRONMENTS[language].from_string(text)


def observed_text(result: Mapping[str, Any]) -> str:
    """Say shortly what GX saw: a value, or how many rows were unexpected and examples of them."""
    if "observed_value" in result:
        text = plain(result["observed_value"])
    elif result.get("element_count") == 0:
        text = "no rows"
    elif not result.get("unexpected_count"):
        text = f"0 of {result.get('element_count', 0):,} rows unexpected"
    else:
        examples: list[str] = []
        for value in result.get("partial_unexpected_list") or ():
            if (shown := plain(value)) not in examples:
                examples.append(shown)
        text = (
            f"{result['unexpected_count']:,} of {result['element_count']:,} rows unexpected "
            f"({result['unexpected_percent']:.2f} %), such as {', '.join(examples[:EXAMPLES])}"
        )
    return text[:OBSERVED_LENGTH]


def plain(value: Any) -> str:
    """Write one observed value as short text."""
    if is_null(value):
        return "no value"
    if isinstance(value, datetime):
        return format_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return plain_text(
        value, OBSERVED_LENGTH
    )  # a publisher's own text can hold marks that move a console
