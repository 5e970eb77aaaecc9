"""The World Bank's answers in the sample world: invented figures in the shape of the real ones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum
from pathlib import Path
from typing import Any

from tiengvang.local.world.countries import COUNTRIES
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.fia import whole_of_year
from tiengvang.local.world.spec import WorldSpec
from tiengvang.local.world.visitor_series import visitors_in
from tiengvang.windows import format_instant

FIRST_YEAR, LAST_YEAR = 2015, 2025
LAST_UPDATED = "2026-07-01"
PER_PAGE = 1000
# This indicator's answer comes in two pages.
PAGED_INDICATOR, PAGED_ROWS = "NY.GDP.MKTP.CD", 400
# This one is revised between the two instants, without a new date of update.
REVISED_INDICATOR, REVISED_COUNTRY, REVISED_YEAR = "BX.KLT.DINV.CD.WD", "VNM", 2024

FLOWS_BACK = ("NLD", "HUN")
# The country whose own office prints visitors and licences by month: its yearly figures tell the same story.
TOLD_BY_MONTH, PEOPLE, OUTPUT = "VNM", 92e6, 2.1e11
# What is spent in a year, of what is licensed in it.
SPENT_SHARE = 0.65

INDICATORS = {
    "BX.KLT.DINV.CD.WD": "Foreign direct investment, net inflows (BoP, current US$)",
    "NY.GDP.MKTP.CD": "GDP (current US$)",
    "SP.POP.TOTL": "Population, total",
    "ST.INT.ARVL": "International tourism, number of arrivals",
    "ST.INT.RCPT.CD": "International tourism, receipts (current US$)",
}
# code, two-letter code, name, members (none: the whole world)
AGGREGATES = (
    ("EAS", "Z4", "East Asia & Pacific",
     ("VNM", "THA", "IDN", "MYS", "PHL", "SGP", "CHN", "JPN", "KOR", "AUS", "NZL", "KHM", "LAO")),
    ("EUU", "EU", "European Union",
     ("FRA", "DEU", "AUT", "ITA", "ESP", "POL", "SWE", "NLD", "PRT", "GRC", "DNK", "FIN", "BEL",
      "CZE", "HUN", "IRL")),
    ("WLD", "1W", "World", ()),
)  # fmt: skip

Values = dict[tuple[str, str, int], float | None]


@dataclass(frozen=True, slots=True)
class Replaced:
    """A path of the mirror that is served from another file until an instant."""

    path: str
    earlier_path: str
    until: str


def _country_values(seed: int, iso3: str) -> Values:
    dice = Dice(f"{seed}:worldbank:{iso3}")
    population = round(2e6 * 10 ** (2.4 * dice.unit()))
    gdp = population * (1500 + 50_000 * dice.unit() ** 2)
    arrivals = 1e6 + population * 0.6 * dice.unit()
    inflow_share = 0.01 + 0.04 * dice.unit()
    if iso3 == TOLD_BY_MONTH:
        population, gdp = round(PEOPLE), OUTPUT
    values: Values = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        population = round(population * (1 + 0.012 * dice.unit()))
        gdp *= 0.95 if year == 2020 else 1 + 0.08 * dice.unit()
        arrivals *= 0.25 if year == 2020 else 1.2 if year > 2020 else 1.04
        published = year < LAST_YEAR
        if iso3 == TOLD_BY_MONTH:
            arrivals = _visitors(seed, year)
            inflow_share = SPENT_SHARE * _licensed(seed, year) / gdp
        values["SP.POP.TOTL", iso3, year] = population
        values["NY.GDP.MKTP.CD", iso3, year] = round(gdp, 3) if published else None
        # Investment can flow back, so an inflow can be negative.
        back = -0.2 if iso3 in FLOWS_BACK and year == 2020 else 1.0
        inflow = round(gdp * inflow_share * back * (0.85 + 0.3 * dice.unit()), -4)
        values["BX.KLT.DINV.CD.WD", iso3, year] = inflow if published else None
        values["ST.INT.ARVL", iso3, year] = round(arrivals, -3) if year <= 2020 else None
        receipts = round(arrivals * (500 + 300 * dice.unit()), -4)
        values["ST.INT.RCPT.CD", iso3, year] = receipts if published else None
    return values


def _visitors(seed: int, year: int) -> float:
    """Return the year's visitors as the monthly workbooks have them, in persons."""
    return fsum(
        fsum(visitors_in(seed, date(year, month, 1)).modes.values()) for month in range(1, 13)
    )


def _licensed(seed: int, year: int) -> float:
    """Return the year's new and adjusted capital as the workbooks have it, in dollars."""
    _, new, _, adjusted, *_ = whole_of_year(seed, year)
    return 1e6 * (float(new) + float(adjusted))


def _all_values(seed: int) -> Values:
    values: Values = {}
    for iso3 in COUNTRIES:
        values.update(_country_values(seed, iso3))
    for code, _, _, members in AGGREGATES:
        for indicator in INDICATORS:
            for year in range(FIRST_YEAR, LAST_YEAR + 1):
                parts = [
                    value
                    for iso3 in COUNTRIES
                    if (not members or iso3 in members)
                    and (value := values[indicator, iso3, year]) is not None
                ]
                values[indicator, code, year] = round(fsum(parts), 3) if parts else None
    return values


def _country_rows() -> list[dict[str, Any]]:
    rows = []
    nothing = {"id": "", "iso2code": "", "value": ""}
    for code, iso2, name, _ in AGGREGATES:
        group = {"id": "NA", "iso2code": "NA", "value": "Aggregates"}
        rows.append({
            "id": code, "iso2Code": iso2, "name": name, "region": group, "adminregion": nothing,
            "incomeLevel": group, "lendingType": group,
            "capitalCity": "", "longitude": "", "latitude": "",
        })  # fmt: skip
    for iso3, country in COUNTRIES.items():
        inside = next((a for a in AGGREGATES if iso3 in a[3]), None)
        region = (
            {"id": inside[0], "iso2code": inside[1], "value": inside[2]}
            if inside
            else {"id": "OTH", "iso2code": "ZO", "value": "Other regions"}
        )
        rows.append({
            "id": iso3, "iso2Code": country.iso2, "name": country.name, "region": region,
            "adminregion": nothing,
            "incomeLevel": {"id": "MIC", "iso2code": "XP", "value": "Middle income"},
            "lendingType": {"id": "IBD", "iso2code": "XF", "value": "IBRD"}, "capitalCity": "",
            "longitude": country.places[0].longitude, "latitude": country.places[0].latitude,
        })  # fmt: skip
    return sorted(rows, key=lambda row: str(row["id"]))


def _number(value: float | None) -> float | None:
    """Write whole numbers without a decimal point, as the source does."""
    return int(value) if value is not None and value == int(value) else value


def _indicator_rows(indicator: str, values: Values) -> list[dict[str, Any]]:
    names = {code: (iso2, name) for code, iso2, name, _ in AGGREGATES}
    names.update({iso3: (country.iso2, country.name) for iso3, country in COUNTRIES.items()})
    rows = []
    for code, (iso2, name) in names.items():
        for year in range(LAST_YEAR, FIRST_YEAR - 1, -1):
            rows.append({
                "indicator": {"id": indicator, "value": INDICATORS[indicator]},
                "country": {"id": iso2, "value": name}, "countryiso3code": code,
                "date": str(year), "value": _number(values[indicator, code, year]),
                "unit": "", "obs_status": "", "decimal": 0,
            })  # fmt: skip
    return rows


def answer_pages(
    rows: list[dict[str, Any]], per_page: int, lastupdated: str | None
) -> list[list[Any]]:
    """Cut rows into the pages of an answer; without ``lastupdated`` as ``/country`` answers."""
    pages = max(1, -(-len(rows) // per_page))
    answers: list[list[Any]] = []
    for page in range(1, pages + 1):
        head: dict[str, Any] = {"page": page, "pages": pages}
        if lastupdated is None:
            head |= {"per_page": str(per_page), "total": len(rows)}
        else:
            head |= {"per_page": per_page, "total": len(rows), "sourceid": "2"}
            head |= {"lastupdated": lastupdated}
        answers.append([head, rows[(page - 1) * per_page : page * per_page]])
    return answers


def _write(path: Path, answer: list[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(answer, separators=(",", ":"), ensure_ascii=False), "utf-8")


def write_worldbank(spec: WorldSpec, folder: Path) -> tuple[list[Replaced], dict[str, Any]]:
    """Write ``worldbank/v2`` as files; return what is served otherwise at first, and the truth.

    Page 1 of an indicator is ``country/all/indicator/<CODE>.json``, page N ``<CODE>.page<N>.json``.
    """
    base = folder / "worldbank" / "v2"
    _write(base / "country.json", answer_pages(_country_rows(), PER_PAGE, None)[0])
    values = _all_values(spec.seed)
    revised_key = (REVISED_INDICATOR, REVISED_COUNTRY, REVISED_YEAR)
    before = values[revised_key]
    after = round((before or 0.0) * 1.06, -4)
    name = f"country/all/indicator/{REVISED_INDICATOR}.json"
    first = answer_pages(_indicator_rows(REVISED_INDICATOR, values), PER_PAGE, LAST_UPDATED)[0]
    _write(folder / "worldbank" / "earlier" / name, first)
    values[revised_key] = after
    for indicator in INDICATORS:
        per_page = PAGED_ROWS if indicator == PAGED_INDICATOR else PER_PAGE
        rows = _indicator_rows(indicator, values)
        for number, answer in enumerate(answer_pages(rows, per_page, LAST_UPDATED), start=1):
            suffix = "" if number == 1 else f".page{number}"
            _write(base / "country" / "all" / "indicator" / f"{indicator}{suffix}.json", answer)
    until = format_instant(spec.instants[0] + timedelta(hours=12))
    truth = {
        "indicators": sorted(INDICATORS),
        "countries": sorted(COUNTRIES),
        "aggregates": [code for code, *_ in AGGREGATES],
        "years": [FIRST_YEAR, LAST_YEAR],
        "revision": {
            "indicator_code": REVISED_INDICATOR, "country_code_iso3": REVISED_COUNTRY,
            "year": REVISED_YEAR, "value_before": before, "value_after": after, "revised_at": until,
        },
    }  # fmt: skip
    replaced = Replaced(f"worldbank/v2/{name}", f"worldbank/earlier/{name}", until)
    return [replaced], truth
