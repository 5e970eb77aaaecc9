"""Question 10 by unit: how many KPIs each ministry or province meets, misses, or says nothing of.

Which units there are, and whether they are areas, is read from the rows.
"""

# ruff: noqa: S608  (the SQL of receipts is written from names of this module)

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.sourced import of_rows

# How many KPIs a population has, and how many of them a unit says something of.
KPIS = "select count(distinct kpi_code) from readiness_units where population_version = {version}"
STATES = """
select count(*) from readiness_units where population_version = {version} and unit_code = {code}
"""
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


def populations(facts: EditionFacts) -> tuple[Population, ...]:
    """Gather the units of each population, areas first."""
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
