"""Question 10: which KPIs, ministries and provinces are behind plan, from what offices reported.

Nothing here is of one country: populations, their units and the days on which they changed are
read from the rows.
"""

# ruff: noqa: S608  (the SQL of receipts is written from names of this module)

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.sourced import of_rows, records

Row = dict[Any, Any]
# How many KPIs a population has, and how many of them a unit says something of.
KPIS = "select count(distinct kpi_code) from readiness_units where population_version = {version}"
STATES = """
select count(*) from readiness_units where population_version = {version} and unit_code = {code}
"""
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
class Unit:
    """A ministry or province: how many of its population's KPIs it meets, misses, or says nothing of."""

    code: str
    name_en: str
    name_vi: str
    n_met: int
    n_missed: int
    n_unknown: int


@dataclass(frozen=True, slots=True)
class Population:
    """Units that are counted together, in the order of their codes; ``is_mapped`` if they are areas."""

    version: str
    n_kpis: int
    units: tuple[Unit, ...]
    is_mapped: bool

    @property
    def n_whole(self) -> int:
        """Units that meet every KPI."""
        return self._count([unit.n_met == self.n_kpis for unit in self.units], "n_met = n_kpis")

    @property
    def n_silent(self) -> int:
        """Units of which not all is known."""
        return self._count([unit.n_unknown > 0 for unit in self.units], "n_known < n_kpis")

    @property
    def most_missed(self) -> int:
        """How many KPIs the unit misses that misses most."""
        most = max(unit.n_missed for unit in self.units)
        n: int = of_rows(int(most), *self._select("max(n_missed)"), version=self.version)
        return n

    @property
    def most_missing(self) -> list[Unit]:
        """The units that miss so many."""
        return [unit for unit in self.units if unit.n_missed == self.most_missed]

    @property
    def n_most_missing(self) -> int:
        """How many units they are."""
        each = [unit.n_missed == self.most_missed for unit in self.units]
        return self._count(each, f"n_missed = {int(self.most_missed)}")

    def _count(self, each: list[bool], condition: str) -> int:
        select = self._select(f"count(*) filter (where {condition})")
        n: int = of_rows(sum(each), *select, version=self.version)
        return n

    def _select(self, expression: str) -> tuple[str, str]:
        queries = "readiness_units provinces" if self.is_mapped else "readiness_units"
        areas = "union select {version}, province_id from provinces" if self.is_mapped else ""
        return queries, UNITS.replace("<expression>", expression).replace("<areas>", areas)


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


# Units of a population with what they meet and miss; a unit that said nothing has no row of its own.
UNITS = f"""
select <expression> from (
  select
    count(*) filter (where is_met) as n_met,
    count(*) filter (where not is_met) as n_missed,
    count(*) filter (where is_met is not null) as n_known,
    ({KPIS}) as n_kpis
  from (
    select distinct population_version, unit_code from readiness_units <areas>
  ) as listed
  left join readiness_units using (population_version, unit_code)
  where population_version = {{version}}
  group by unit_code
) as units
"""


def readiness(facts: EditionFacts, until: date) -> Readiness:
    """Compute the findings of question 10, as known on the day of the data."""
    kpis = [
        _kpi(str(code), records("readiness", rows), until)
        for code, rows in facts.readiness.groupby("kpi_code", sort=True)
    ]
    order: dict[Verdict, int] = {"behind": 0, "unknown": 1, "on_plan": 2, "no_target": 3}
    return Readiness(
        kpis=tuple(sorted(kpis, key=lambda kpi: (order[kpi.verdict], kpi.code))),
        populations=_populations(facts),
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


def _populations(facts: EditionFacts) -> tuple[Population, ...]:
    areas = {row["province_id"]: row for row in facts.provinces.to_dict("records")}
    found = []
    for version, rows in facts.readiness_units.groupby("population_version", sort=True):
        kpis = sorted(set(rows["kpi_code"]))
        names = {
            row["unit_code"]: (row["unit_name_en"], row["unit_name_vi"])
            for row in rows.to_dict("records")
        }
        is_mapped = bool(areas.keys() & names.keys())
        if is_mapped:
            # A unit that said nothing has no row: it is unknown, not absent.
            names = {
                code: (row["province_name_en"], row["province_name_vi"])
                for code, row in areas.items()
            } | names
        units = tuple(
            _unit(
                code,
                names[code],
                rows[rows["unit_code"] == code]["is_met"],
                str(version),
                len(kpis),
            )
            for code in sorted(names)
        )
        n_kpis = of_rows(len(kpis), "readiness_units", KPIS, version=str(version))
        found.append(Population(str(version), n_kpis, units, is_mapped))
    return tuple(sorted(found, key=lambda one: not one.is_mapped))


def _unit(
    code: str, names: tuple[str, str], states: Iterable[Any], version: str, n_kpis: int
) -> Unit:
    known = [bool(state) for state in states if not pd.isna(state)]
    met = sum(known)

    def of_unit(value: int, select: str) -> int:
        n: int = of_rows(value, "readiness_units", select, version=version, code=code)
        return n

    return Unit(
        code,
        *names,
        n_met=of_unit(met, f"{STATES} and is_met"),
        n_missed=of_unit(len(known) - met, f"{STATES} and not is_met"),
        n_unknown=of_unit(
            n_kpis - len(known), f"select ({KPIS}) - ({STATES} and is_met is not null)"
        ),
    )
