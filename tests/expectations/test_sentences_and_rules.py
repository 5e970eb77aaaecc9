"""A number that a sentence of the gate states is one by which the gate judges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tiengvang.gate_history import HISTORY_DAYS, LEAST_FILES
from tiengvang.gate_suites import Door, Expectation, Suite, read_suites
from tiengvang.metrics import bundled

DOORS: tuple[Door, ...] = ("raw", "marts", "edition")
IN_TEXT = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
IN_SQL = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
DAYS_OF_A_WEEK = 7
# What is no bound: how the source cuts its files, a year, and the names of two populations.
NAMES = re.compile(
    r"15 phút|since 2020|từ năm 2020"
    r"|63 (?:or|hoặc|đơn vị|until|and the|và)(?: 34)?|all 63|all 34|the 34|đủ (?:63|34)|34 đơn vị"
)
# Bounds that are in force elsewhere, by suite and column.
ELSEWHERE: dict[tuple[str, str], tuple[float, ...]] = {
    ("outlet_totals", "documents_short"): (bundled().thresholds.values["loaded_min_words"],),
    ("volume", "rows_read"): (HISTORY_DAYS, LEAST_FILES),
    ("volume", "tone_mean"): (HISTORY_DAYS,),
    ("volume", "world_tone"): (HISTORY_DAYS,),
    ("aboutness_audit", "languages_suppressed"): (
        bundled().thresholds.values["min_audit_precision"],
    ),
    ("anomalies", "alerts_on_too_little"): (bundled().thresholds.values["alert_slots"],),
    ("lead_lag", "short_and_judged"): (
        bundled().thresholds.values["lead_months"],
        bundled().thresholds.values["lead_quarters"],
    ),
}


def rules() -> Iterator[tuple[Suite, Expectation]]:
    for door in DOORS:
        for suite in read_suites(door):
            for rule in suite.expectations:
                yield suite, rule


def numbers(value: Any) -> Iterator[float]:
    """Yield the numbers of a rule's arguments."""
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from numbers(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield float(value)


def in_force(suite: Suite, rule: Expectation) -> set[float]:
    """Return what a sentence may state: the rule's bounds, those of its query, and those named here."""
    sql = " ".join((suite.subject, suite.columns, suite.where))
    found = {
        *numbers(rule.kwargs),
        *map(float, IN_SQL.findall(sql)),
        *ELSEWHERE.get((suite.name, str(rule.column)), ()),
    }
    days = {number / DAYS_OF_A_WEEK for number in found}
    return {
        round(one, 6) for number in found for one in (number, number * 100, 100 - number * 100)
    } | days


def stated(text: str, language: str) -> set[float]:
    """Return the numbers that a template has in digits, as its language writes them."""
    typed = NAMES.sub("", re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text))
    marks = {"en": str.maketrans("", "", ","), "vi": str.maketrans(",", ".", ".")}[language]
    return {float(found.translate(marks)) for found in IN_TEXT.findall(typed)}


def test_every_number_of_a_sentence_is_in_force() -> None:
    checked = 0
    for suite, rule in rules():
        for name, text in rule.sentences.items():
            found = stated(text, name[-2:])
            assert found <= in_force(suite, rule), (suite.name, rule.column, name, text)
            checked += len(found)
    assert checked > 200


def test_every_bound_from_elsewhere_is_stated() -> None:
    left = {key: set(values) for key, values in ELSEWHERE.items()}
    for suite, rule in rules():
        key = (suite.name, str(rule.column))
        if key in left:
            seen = stated(rule.sentences["en"], "en")
            left[key] -= seen | {number / 100 for number in seen}
    assert not {key: values for key, values in left.items() if values}


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Only {{ x | number(2) }} of 1,000 are left; at least 90 % are needed.", "en", {1000, 90}),
        ("Chỉ còn {{ x }} trong 1.000; cần 0,5.", "vi", {1000, 0.5}),
        ("Đã nhận {{ n }} khung 15 phút.", "vi", set()),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(
    text: str, language: str, found: set[float]
) -> None:
    assert stated(text, language) == found


def test_another_bound_is_found() -> None:
    suite, rule = next(
        (suite, rule)
        for suite, rule in rules()
        if (suite.name, rule.column) == ("volume", "largest_outlet_share")
    )
    assert 60.0 in in_force(suite, rule)
    assert 55.0 not in in_force(suite, rule)
