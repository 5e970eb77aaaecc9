"""Registers of readiness in the sample world: who there is, and who met which KPI, by planted rates."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from tiengvang.local.world.dice import Dice
from tiengvang.local.world.readiness_plan import (
    DAYS,
    FIRST_WORDS_ON,
    KPIS,
    MERGED_ON,
    MINISTRIES,
    MINISTRIES_ENDED_ON,
    RETRACTED,
    TARGET_BEFORE,
    TARGETS,
    TOTALS,
    Kpi,
)
from tiengvang.settings import REPOSITORY

Row = dict[str, Any]


def units() -> list[Row]:
    """Return the rows of register ``units``."""
    rows: list[Row] = []
    for code, english, vietnamese, is_there in _ministries():
        first = {"unit_code": code, "unit_kind": "ministry", "name_en": english, "name_vi": vietnamese,
                 "valid_on": date(2008, 8, 1), "recorded_on": date(2023, 11, 20)}  # fmt: skip
        rows.append(first)
        if not is_there:
            rows.append({**first, "ended_on": MINISTRIES_ENDED_ON, "recorded_on": date(2025, 3, 4)})
    return rows


def kpis() -> list[Row]:
    """Return the rows of register ``kpis``."""
    return [
        {
            "kpi_code": kpi.code, "unit_kind": kpi.unit_kind,
            "name_en": kpi.name_en, "name_vi": kpi.name_vi,
            "definition_en": f"{kpi.name_en}: in force on the day, with a document that shows it.",
            "definition_vi": f"{kpi.name_vi}: có hiệu lực vào ngày báo cáo, có văn bản chứng minh.",
            "merger_rule": kpi.merger_rule,
            "valid_on": date(2023, 1, 1), "recorded_on": date(2023, 11, 20),
        }
        for kpi in KPIS
    ]  # fmt: skip


def targets(*, are_corrected: bool) -> list[Row]:
    """Return the rows of register ``targets``: as they were first delivered, or as corrected since."""
    code, due, percent = TARGET_BEFORE
    rows: list[Row] = []
    for kpi, target, due_on, title, stated, verified in TARGETS:
        row: Row = {
            "kpi_code": kpi, "target_percent": target, "due_on": date.fromisoformat(due_on),
            "source_title": title, "is_verified": verified == "yes",
            "valid_on": date.fromisoformat(stated), "recorded_on": date.fromisoformat(stated),
        }  # fmt: skip
        is_wrong = (kpi, due_on) == (code, due)
        before = {**row, "target_percent": percent} if is_wrong else row
        if are_corrected or stated < "2026":
            rows.append(before)
        if are_corrected and is_wrong:
            rows.append({**row, "recorded_on": date(2024, 6, 3)})
    return rows


def readiness_units(seed: int, unit_kind: str, valid_on: date) -> list[Row]:
    """Return what the units of a kind stated of a day, recorded on that day."""
    place = DAYS.index(valid_on)
    rows: list[Row] = []
    for kpi in KPIS:
        count = kpi.met[place]
        if kpi.unit_kind == unit_kind and count is not None:
            rows += _stated(seed, kpi, there_on(unit_kind, valid_on), count, valid_on)
    return rows


def first_words(seed: int) -> list[Row]:
    """Return what new units said in autumn of the day on which they began."""
    rows: list[Row] = []
    for kpi in KPIS:
        if kpi.began:
            met, said = kpi.began
            merged = [unit for unit in there_on("province", MERGED_ON) if unit in merged_units()]
            spoke = _order(seed, kpi.code, merged)[:said]
            rows += [
                {**row, "recorded_on": FIRST_WORDS_ON}
                for row in _stated(seed, kpi, spoke, met, MERGED_ON)
            ]
    return rows


def retraction(seed: int) -> Row:
    """Return the row that takes back what a unit had said."""
    code, valid_on, recorded_on = RETRACTED
    met = [row for row in readiness_units(seed, "province", valid_on)
           if row["kpi_code"] == code and row["is_met"]]  # fmt: skip
    return {**met[-1], "is_met": False, "evidence": None, "status": "verified",
            "recorded_on": recorded_on}  # fmt: skip


def readiness_totals() -> list[Row]:
    """Return the rows of register ``readiness_totals``, recorded on the day that they are about."""
    return [
        {
            "kpi_code": kpi, "population_version": population, "numerator": numerator,
            "denominator": denominator, "reported_percent": percent, "evidence": "Yearly report",
            "status": "reported", "valid_on": valid_on, "recorded_on": valid_on,
        }
        for kpi, population, valid_on, numerator, denominator, percent in TOTALS
    ]  # fmt: skip


def there_on(unit_kind: str, day: date) -> list[str]:
    """Return the codes of the units that there are on a day."""
    if unit_kind == "ministry":
        return [
            code for code, _, _, is_there in _ministries() if is_there or day <= MINISTRIES_ENDED_ON
        ]
    return [
        row["province_id"]
        for row in _seed("provinces")
        if row["valid_from"] <= f"{day}" and (not row["valid_to"] or f"{day}" < row["valid_to"])
    ]


def merged_units() -> set[str]:
    """Return the provincial units that were made of several."""
    bridge = _bridge()
    return {new for new, old in bridge.items() if len(old) > 1}


def began(seed: int, code: str) -> Mapping[str, bool | None]:
    """Return, by new unit, whether the KPI's rule says that it was met on the first day; None: not known."""
    kpi = next(kpi for kpi in KPIS if kpi.code == code)
    last = {row["unit_code"]: row["is_met"] for row in readiness_units(seed, "province", DAYS[2])
            if row["kpi_code"] == code}  # fmt: skip
    said = {row["unit_code"]: row["is_met"] for row in first_words(seed) if row["kpi_code"] == code}
    found: dict[str, bool | None] = {}
    for new, old in _bridge().items():
        states = [last[unit] for unit in old]
        if new in said:
            found[new] = said[new]
        elif None in states or (kpi.merger_rule == "reported" and len(old) > 1):
            found[new] = None
        else:
            found[new] = all(states) if kpi.merger_rule == "all" else any(states)
    return found


def _stated(seed: int, kpi: Kpi, codes: Sequence[str], count: int, valid_on: date) -> Iterator[Row]:
    silent = set(_order(seed, f"{kpi.code}:silent", codes)[: kpi.not_stated])
    able = [code for code in _order(seed, kpi.code, codes) if code not in silent]
    met = set(able[:count])
    for code in codes:
        is_met = None if code in silent else code in met
        yield {
            "kpi_code": kpi.code, "unit_code": code, "is_met": is_met,
            "evidence": "Report of the unit" if is_met else None, "status": "reported",
            "valid_on": valid_on, "recorded_on": valid_on,
        }  # fmt: skip


def _order(seed: int, name: str, codes: Sequence[str]) -> list[str]:
    """Return units in an order that is the same on every day: who met it once mostly keeps it."""
    return sorted(
        codes, key=lambda code: (Dice(f"{seed}:readiness:{name}:{code[:3]}").unit(), code)
    )


def _ministries() -> Iterator[tuple[str, str, str, bool]]:
    for line in MINISTRIES.strip().split("\n"):
        code, english, vietnamese, is_there = line.split("|")
        yield code, english, vietnamese, is_there == "yes"


def _bridge() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in _seed("province_bridge"):
        if row["changed_on"] == f"{MERGED_ON}":
            found.setdefault(row["province_id_after"], []).append(row["province_id_before"])
    return found


@lru_cache(maxsize=2)
def _seed(name: str) -> list[dict[str, str]]:
    path = REPOSITORY / "dbt_project" / "seeds" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
