"""The tables of question 10: KPIs with their targets, units with what they meet."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.locales import MISSING
from tiengvang.edition.readiness import Kpi, Row
from tiengvang.edition.readiness_units import Population
from tiengvang.edition.tables_measures import Table, table
from tiengvang.edition.untrusted import plain_text

LISTED_UNITS = 50
MARKS = {"behind": "▲", "on_plan": "✓", "unknown": "?", "no_target": "–"}


def kpi_name(page: Page, kpi: Kpi) -> str:
    """Name a KPI as the register does."""
    return plain_text(kpi.rows[0][f"kpi_name_{page.language}"], 90)


def population_name(labels: Mapping[str, str], version: str) -> str:
    """Name the units that are counted; a version without a name is its own."""
    return labels.get(f"population_{version}", version)


def counted(page: Page, labels: Mapping[str, str], row: Row) -> str:
    """Write how many units meet a KPI, or the share that was reported without counts."""
    if not pd.isna(row["ratio"]):
        key = "of_units" if _is_known(row) else "at_least_of_units"
        text = labels[key].replace("{n}", page.numbers.count(row["numerator"]))
        return text.replace("{all}", page.numbers.count(row["denominator"]))
    if not pd.isna(row["reported_ratio"]):
        return f"{page.numbers.percent(row['reported_ratio'], 1)} ({labels['no_counts']})"
    return labels["not_reported"]


def target(page: Page, labels: Mapping[str, str], row: Row) -> str:
    """Write the target with its day, and that nobody compared it with its source."""
    if pd.isna(row["target_ratio"]):
        return labels["no_target"]
    text = labels["target_by"].replace("{share}", page.numbers.percent(row["target_ratio"]))
    text = text.replace("{day}", page.numbers.day(row["target_due_on"]))
    return text if row["is_target_verified"] else f"{text}, {labels['not_verified']}"


def kpi_note(page: Page, labels: Mapping[str, str], kpi: Kpi) -> str:
    """Write a KPI's verdict, value and target in one line."""
    row = kpi.judged
    verdict = f"{MARKS[kpi.verdict]} {labels[f'plan_{kpi.verdict}']}"
    if row is None:
        return f"{verdict} · {labels['not_reported']}"
    parts = [verdict, counted(page, labels, row)]
    if kpi.verdict != "no_target":
        parts.append(target(page, labels, row))
    return " · ".join(parts)


def readiness(page: Page, labels: Mapping[str, str]) -> Table:
    """List the newest value of each KPI, population and way of counting, those in force first."""
    rows = [
        [
            kpi_name(page, kpi),
            population_name(labels, row["population_version"]),
            labels[f"basis_{row['basis']}"],
            page.numbers.day(row["valid_on"]),
            page.numbers.count(row["numerator"]),
            page.numbers.count(row["denominator"]),
            _share(page, labels, row),
            page.numbers.percent(row["target_ratio"]),
            page.numbers.day(row["target_due_on"]),
            _source(labels, row),
            _behind(labels, row),
        ]
        for kpi in page.brief.readiness.kpis
        for row in kpi.rows
    ]
    names = ["kpi_code", "population_version", "readiness_basis", "readiness_valid_on"]
    names += ["readiness_numerator", "readiness_denominator", "readiness_ratio", "target_ratio"]
    names += ["target_due_on", "target_source", "is_behind_plan"]
    return table("readiness_kpis.csv", labels, names, rows)


def units(page: Page, labels: Mapping[str, str]) -> Table:
    """List units by population, those that miss most first."""
    found = [
        (population, unit)
        for population in page.brief.readiness.populations
        for unit in sorted(population.units, key=lambda u: (-u.n_missed, -u.n_unknown, u.code))
    ]
    rows = [
        [
            plain_text(unit.name_vi if page.language == "vi" else unit.name_en, 60),
            population_name(labels, population.version),
            page.numbers.count(unit.n_met),
            page.numbers.count(unit.n_missed),
            page.numbers.count(unit.n_unknown),
        ]
        for population, unit in found[:LISTED_UNITS]
    ]
    names = ["readiness_unit_code", "population_version", "met", "missed", "kpis_unknown"]
    more = len(found) - len(rows)
    return table("readiness_units.csv", labels, names, rows, more)


def population_title(page: Page, labels: Mapping[str, str], population: Population) -> str:
    """Name a map: its units and how many KPIs each is counted in."""
    text = labels["units_by_kpis"].replace("{n}", page.numbers.count(population.n_kpis))
    title = text.replace("{units}", population_name(labels, population.version))
    return title[:1].upper() + title[1:]


def _is_known(row: Row) -> bool:
    return bool(pd.isna(row["ratio_high"]) or row["ratio_high"] == row["ratio"])


def _share(page: Page, labels: Mapping[str, str], row: Row) -> str:
    if not pd.isna(row["ratio"]):
        low = page.numbers.percent(row["ratio"], 1)
        return low if _is_known(row) else f"{low} … {page.numbers.percent(row['ratio_high'], 1)}"
    if pd.isna(row["reported_ratio"]):
        return MISSING
    return f"{page.numbers.percent(row['reported_ratio'], 1)}, {labels['no_counts']}"


def _source(labels: Mapping[str, str], row: Row) -> str:
    if pd.isna(row["target_source"]):
        return MISSING
    name = plain_text(row["target_source"], 90)
    return name if row["is_target_verified"] else f"{name} ({labels['not_verified']})"


def _behind(labels: Mapping[str, str], row: Row) -> str:
    if not row["is_current"]:
        return labels["no_longer_counted"]
    if pd.isna(row["is_behind_plan"]):
        return labels["plan_no_target" if pd.isna(row["target_ratio"]) else "plan_unknown"]
    return labels["plan_behind" if row["is_behind_plan"] else "plan_on_plan"]
