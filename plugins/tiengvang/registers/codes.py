"""Codes that a register may use: countries and provinces from the seeds, units and KPIs as delivered."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from tiengvang.registers.declaration import Said
from tiengvang.watchlist import SEEDS


@dataclass(frozen=True, slots=True)
class Province:
    """A provincial unit in one shape: ``valid_from <= day < valid_to``."""

    province_id: str
    name_vi: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier files delivered: ministries, and by KPI the kind of unit that it counts.

    None: nobody can say here, and such codes are not compared.
    """

    ministries: frozenset[str] | None = None
    kpis: Mapping[str, str] | None = None


@cache
def countries() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-3 codes of the seed."""
    return frozenset(row["country_code_iso3"] for row in _rows("countries.csv"))


@cache
def provinces() -> Mapping[str, Province]:
    """Return the provincial units by their ids."""
    return {
        row["province_id"]: Province(
            row["province_id"],
            row["province_name_vi"],
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in _rows("provinces.csv")
    }


@cache
def _successors() -> Mapping[str, str]:
    return {
        row["province_id_before"]: row["province_id_after"]
        for row in _rows("province_bridge.csv")
        if row["change_kind"] != "unchanged"
    }


def successor(province_id: str, day: date) -> Province | None:
    """Return what a unit that is gone had become on a day, through every merger and renaming."""
    found = province_id
    while found in _successors():
        found = _successors()[found]
        province = provinces()[found]
        if province.valid_from <= day and (province.valid_to is None or day < province.valid_to):
            return province
    return None


def unit_problem(code: str, day: date | None, known: Known) -> Said | None:
    """Say what a unit's code should be, where it is none that exists on the day."""
    province = provinces().get(code)
    if province is None:
        if known.ministries is None and not _is_province_id(code):
            return None
        if known.ministries is not None and code in known.ministries:
            return None
        return Said(
            "a code of register units, or of a province such as 01-2008 (listed in the dictionary)",
            "mã trong sổ units, hoặc mã tỉnh, thành phố như 01-2008 (xem danh sách trong từ điển)",
        )
    if day is None:
        return None
    if province.valid_to is not None and day >= province.valid_to:
        last = province.valid_to - timedelta(days=1)
        after = successor(code, day)
        now = f"{after.province_id} ({after.name_vi})" if after else "-"
        return Said(
            f"{now} on {day}: {code} ({province.name_vi}) ended on {last}",
            f"{now} vào ngày {day}: {code} ({province.name_vi}) tồn tại đến {last}",
        )
    if day < province.valid_from:
        return Said(
            f"a unit that existed on {day}: {code} ({province.name_vi}) is there since "
            f"{province.valid_from}",
            f"một đơn vị tồn tại vào ngày {day}: {code} ({province.name_vi}) có từ "
            f"{province.valid_from}",
        )
    return None


def kpi_problem(code: str, known: Known) -> Said | None:
    """Say what a KPI's code should be, where nobody delivered it."""
    if known.kpis is None or code in known.kpis:
        return None
    return Said(
        "a code of register kpis, delivered before", "mã trong sổ kpis đã được gửi trước đó"
    )


def _is_province_id(code: str) -> bool:
    return len(code) == 7 and code[2] == "-" and (code[:2] + code[3:]).isdecimal()


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
