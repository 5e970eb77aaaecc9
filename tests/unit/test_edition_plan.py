"""The period of an edition that is asked for by hand: whole days that are over, or a refusal."""

from __future__ import annotations

from datetime import date

import pytest

from tiengvang.edition.plan import whole_days
from tiengvang.errors import PeriodRefused
from tiengvang.windows import Window, parse_instant

NOW = parse_instant("2026-07-13T01:20Z")


def window(start: str, end: str) -> Window:
    return Window(parse_instant(start), parse_instant(end))


@pytest.mark.parametrize(
    ("start", "end"), [("2026-07-06", "2026-07-13"), ("2026-07-06T07:00+07:00", "2026-07-13")]
)
def test_whole_days_that_are_over_are_a_period(start: str, end: str) -> None:
    found = whole_days(window(start, end), NOW)
    assert found == (date(2026, 7, 6), date(2026, 7, 13))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-07-13", "2026-07-14"),
        ("2027-01-01", "2027-01-08"),
        ("2026-07-06", "2026-07-06"),
        ("2026-07-06", "2026-07-12T12:00"),
        ("2026-07-06T00:15", "2026-07-12"),
        ("2026-07-06T00:00+07:00", "2026-07-12T00:00+07:00"),
    ],
)
def test_a_day_that_is_cut_or_not_over_is_refused_with_what_is_expected(
    start: str, end: str
) -> None:
    with pytest.raises(PeriodRefused, match=r"over at .*--from 2026-07-06 --to 2026-07-13"):
        whole_days(window(start, end), NOW)
