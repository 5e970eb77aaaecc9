"""What a monthly workbook of the National Statistics Office says, and in which layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Era(Enum):
    """A layout, by its first month among the workbooks that were seen."""

    PURPOSES = "2010-06"
    ONE_CELL_HEADINGS = "2018-01"
    MONTH_BEFORE = "2018-09"
    ADJUSTED_CAPITAL = "2019-03"
    PERSONS = "2020-06"
    TOTALS_SLIPPED = "2020-04"
    ENGLISH = "2020-09"


@dataclass(frozen=True, slots=True)
class Visitors:
    """Persons by mode, by purpose, and by market within its continent; 0 is printed as nothing."""

    modes: dict[str, float]
    markets: dict[str, dict[str, float]]
    purposes: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Licences:
    """Projects, and new and adjusted capital in million USD; None is printed as nothing."""

    projects: int
    new_capital: float | None
    adjusted_capital: float | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """What the workbook of a month says.

    ``year_ago`` and ``year_before`` are the same month and the same months of the year before.
    """

    month: date
    estimate: Visitors
    month_before: Visitors
    year_to_date: Visitors
    year_ago: Visitors
    year_before: Visitors
    licensed: Licences
    provinces: dict[str, Licences]
    partners: dict[str, Licences]
    cut_off_day: int = 20
