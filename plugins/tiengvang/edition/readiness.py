"""Question 10: which KPIs, ministries and provinces are behind plan, from what offices reported.

Nothing here is of one country: populations, their units and the days on which they changed are
read from the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.readiness_units import Population as Population
from tiengvang.edition.readiness_units import populations
from tiengvang.edition.sourced import records

Row = dict[Any, Any]
Verdict = Literal["behind", "on_plan", "unknown", "no_target"]


@dataclass(frozen=True, slots=True)
class Step:
    """A value from a day on: the share that is certain, and what it is at most.

    ``low`` is null where nothing was counted; ``reported`` is the share that a report gave then.
    """

    valid_on: date
    low: float | None
    high: float | None
    reported: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one KPI that may be joined by a line: of the same units, counted the same way.

    ``until`` is the day up to which the last one holds: that of the break behind it, or of the data.
    """

    population: str
    basis: str
    break_on: date | None
    steps: tuple[Step, ...]
    until: date


@dataclass(frozen=True, slots=True)
class Kpi:
    """A KPI: its series, oldest first, and the newest row of each population and basis."""

    code: str
    series: tuple[Series, ...]
    rows: tuple[Row, ...]

    @property
    def judged(self) -> Row | None:
        """The newest row in force, of two the counted one; null where none is in force."""
        current = [row for row in self.rows if row["is_current"]]
        return max(
            current, key=lambda row: (row["valid_on"], row["basis"] == "units"), default=None
        )

    @property
    def verdict(self) -> Verdict:
        """Whether it is behind plan."""
        row = self.judged
        if row is None:
            return "unknown"
        if pd.isna(row["target_ratio"]):
            return "no_target"
        if pd.isna(row["is_behind_plan"]):
            return "unknown"
        return "behind" if row["is_behind_plan"] else "on_plan"

    @property
    def breaks(self) -> tuple[date, ...]:
        """Days on which other units began to be counted."""
        return tuple(sorted({one.break_on for one in self.series if one.break_on is not None}))


@dataclass(frozen=True, slots=True)
class Readiness:
    """What question 10 is answered with; ``until`` is the day of the data."""

    kpis: tuple[Kpi, ...]
    populations: tuple[Population, ...]
    until: date

    def of(self, verdict: Verdict) -> list[Kpi]:
        """Return the KPIs of one verdict, the farthest below its target first."""

        def gap(kpi: Kpi) -> float:
            row = kpi.judged
            value = None if row is None else row["gap_to_target_share"]
            return 1.0 if value is None or pd.isna(value) else float(value)

        return sorted((kpi for kpi in self.kpis if kpi.verdict == verdict), key=gap)


def readiness(facts: EditionFacts, until: date) -> Readiness:
    """Compute the findings of question 10, as known on the day of the data."""
    kpis = [
        _kpi(str(code), records("readiness", rows), until)
        for code, rows in facts.readiness.groupby("kpi_code", sort=True)
    ]
    order: dict[Verdict, int] = {"behind": 0, "unknown": 1, "on_plan": 2, "no_target": 3}
    return Readiness(
        kpis=tuple(sorted(kpis, key=lambda kpi: (order[kpi.verdict], kpi.code))),
        populations=populations(facts),
        until=until,
    )


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _day(value: Any) -> date | None:
    return None if value is None or pd.isna(value) else value


def _kpi(code: str, rows: Sequence[Row], until: date) -> Kpi:
    groups: dict[tuple[str, str, date | None], list[Row]] = {}
    for row in rows:
        key = (row["population_version"], row["basis"], _day(row["series_break_on"]))
        groups.setdefault(key, []).append(row)
    breaks = sorted({key[2] for key in groups if key[2] is not None})
    series: list[Series] = []
    newest: dict[tuple[str, str], Row] = {}
    for (population, basis, break_on), listed in groups.items():
        of_group = sorted(listed, key=lambda row: row["valid_on"])
        last = of_group[-1]
        ended = next((day for day in breaks if day > last["valid_on"]), None)
        holds = until if any(row["is_current"] for row in of_group) else last["valid_on"]
        steps = tuple(
            Step(
                row["valid_on"],
                *(_known(row[name]) for name in ("ratio", "ratio_high", "reported_ratio")),
            )
            for row in of_group
        )
        series.append(Series(population, basis, break_on, steps, ended or holds))
        before = newest.get((population, basis))
        if before is None or before["valid_on"] < last["valid_on"]:
            newest[population, basis] = last
    series.sort(key=lambda one: (one.steps[0].valid_on, one.population, one.basis))
    ordered = sorted(newest.values(), key=lambda row: row["valid_on"], reverse=True)
    return Kpi(code, tuple(series), tuple(sorted(ordered, key=lambda row: not row["is_current"])))
