"""Direct investment between countries in the sample world: the IMF's positions, the OECD's flows.

The figures are invented and belong together: a position is what flowed in until then, and a little of it
lost or gained in value. The shapes are the publishers' own.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from tiengvang.local.world.countries import COUNTRIES, WATCHED
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.spec import WorldSpec
from tiengvang.sources.imf import DERIVED_FROM_COUNTERPARTS, INDICATOR
from tiengvang.sources.oecd import DATAFLOW

FIRST_YEAR, LAST_YEAR = 2009, 2024
YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
WORLD_GROUP = "G001"
# One keeps its figures about every country to itself, the other does not tell kinds of entity apart.
CONFIDENTIAL = "IRL"
WITHOUT_ROU = "JPN"
# More was taken back than invested, in the pandemic's first year.
TAKEN_BACK = ("NLD", "HUN")
OECD_REPORTERS = (
    "USA", "JPN", "KOR", "GBR", "FRA", "DEU", "AUS", "AUT", "CAN", "ITA", "ESP", "POL", "SWE", "NLD",
    "NZL", "PRT", "GRC", "NOR", "DNK", "FIN", "CHE", "BEL", "CZE", "HUN", "IRL", "TUR", "MEX", "CHL",
)  # fmt: skip
OECD_COLUMNS = (
    ("REF_AREA", "Reference area"), ("MEASURE", "Measure"), ("UNIT_MEASURE", "Unit of measure"),
    ("MEASURE_PRINCIPLE", "Measurement principle"), ("ACCOUNTING_ENTRY", "Accounting entry"),
    ("TYPE_ENTITY", "Type of entity"), ("FDI_COMP", "FDI component"),
    ("SECTOR", "Institutional sector"), ("COUNTERPART_AREA", "Counterpart area"),
    ("LEVEL_COUNTERPART", "Level of counterpart"), ("ACTIVITY", "Economic activity"),
    ("FREQ", "Frequency of observation"), ("FDI_COLLECTION_ID", "Collection"),
    ("TIME_PERIOD", "Time period"), ("OBS_VALUE", "Observation value"),
    ("OBS_STATUS", "Observation status"), ("UNIT_MULT", "Unit multiplier"),
    ("CONF_STATUS", "Confidentiality status"), ("CURRENCY", "Currency"), ("DECIMALS", "Decimals"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Investment:
    """What flowed from a partner to a country by year, and the position at its end, in US dollars."""

    partner: str
    flows: tuple[int, ...]
    positions: tuple[int, ...]


def investments(seed: int, country: str) -> Iterator[Investment]:
    """Yield what every other country of the world invested in a country."""
    for partner in COUNTRIES:
        if partner == country:
            continue
        dice = Dice(f"{seed}:partners:{country}:{partner}")
        size = 10 ** (6.5 + 3 * dice.unit())
        flows = []
        for year in YEARS:
            back = -0.8 if partner in TAKEN_BACK and year == 2020 else 1.0
            flows.append(round(size * back * (0.5 + dice.unit()), -4))
        start = round(4 * size, -4)
        sums = [start + int(total * 0.97) for total in accumulate(flows)]
        yield Investment(partner, tuple(map(int, flows)), tuple(map(int, sums)))


def imf_message(seed: int, country: str) -> dict[str, Any]:
    """Return the positions in a country as an SDMX-JSON message, values as text, nulls where confidential."""
    found = list(investments(seed, country))
    world = [sum(places) for places in zip(*(i.positions for i in found), strict=True)]
    rows = [*((i.partner, i.positions) for i in found), (WORLD_GROUP, tuple(world))]
    series = {}
    for number, (partner, positions) in enumerate(rows):
        is_confidential = partner == CONFIDENTIAL
        series[f"0:0:0:{number}:0"] = {
            "attributes": [0],
            "observations": {
                str(place): [None if is_confidential else str(value), None, 0 if is_confidential else None]
                for place, value in enumerate(positions)
            },
        }  # fmt: skip
    dimensions = {
        "COUNTRY": [country], "DV_TYPE": [DERIVED_FROM_COUNTERPARTS], "INDICATOR": [INDICATOR],
        "COUNTERPART_COUNTRY": [partner for partner, _ in rows], "FREQUENCY": ["A"],
    }  # fmt: skip
    structure = {
        "dataSets": [0],
        "links": [
            {
                "urn": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=IMF.STA:DIP(12.0.1)",
                "title": "Dataflow",
            }
        ],
        "dimensions": {
            "series": [
                {"id": name, "keyPosition": place, "values": [{"id": code} for code in codes]}
                for place, (name, codes) in enumerate(dimensions.items())
            ],
            "observation": [
                {
                    "id": "TIME_PERIOD",
                    "keyPosition": 5,
                    "values": [{"value": str(y)} for y in YEARS],
                }
            ],
        },
        "measures": {"observation": [{"id": "OBS_VALUE"}]},
        "attributes": {
            "series": [{"id": "SCALE", "values": [{"id": "6"}]}],
            "observation": [{"id": "PRECISION"}, {"id": "STATUS", "values": [{"id": "C"}]}],
        },
    }
    data_set = {"structure": 0, "action": "Replace", "series": series}
    return {"meta": {}, "data": {"dataSets": [data_set], "structures": [structure]}}


def oecd_rows(seed: int, country: str) -> Iterator[dict[str, str]]:
    """Yield the lines about a country: millions of dollars, blank where there is no figure."""
    for investment in investments(seed, country):
        if investment.partner not in OECD_REPORTERS:
            continue
        is_confidential = investment.partner == CONFIDENTIAL
        for entity in ("ALL", "ROU"):
            for year, flow in zip(YEARS, investment.flows, strict=True):
                is_blank = is_confidential or (
                    entity == "ROU" and investment.partner == WITHOUT_ROU
                )
                value = "" if is_blank else f"{flow / 1e6:.6g}"
                yield {
                    "REF_AREA": investment.partner, "MEASURE": "T_FA_F", "UNIT_MEASURE": "USD_EXC",
                    "MEASURE_PRINCIPLE": "DO", "ACCOUNTING_ENTRY": "NET_FDI", "TYPE_ENTITY": entity,
                    "FDI_COMP": "D", "SECTOR": "S1", "COUNTERPART_AREA": country,
                    "LEVEL_COUNTERPART": "IMC", "ACTIVITY": "_T", "FREQ": "A",
                    "FDI_COLLECTION_ID": "CTRY_IND", "TIME_PERIOD": str(year), "OBS_VALUE": value,
                    "OBS_STATUS": "M" if is_blank and not is_confidential else "A",
                    "UNIT_MULT": "6", "CONF_STATUS": "C" if is_confidential else "F",
                    "CURRENCY": "USD", "DECIMALS": "3",
                }  # fmt: skip


def write_partners(spec: WorldSpec, folder: Path) -> dict[str, Any]:
    """Write ``imf/`` and ``oecd/`` with an answer per watched country; return the truth.

    Returns:
        By country, the partners' positions of the last year (``positions``) and flows (``flows``).
    """
    imf = folder / "imf" / "data" / "dataflow" / "IMF.STA" / "DIP"
    oecd = folder / "oecd" / "data" / DATAFLOW
    imf.mkdir(parents=True)
    oecd.mkdir(parents=True)
    truth: dict[str, Any] = {"years": [FIRST_YEAR, LAST_YEAR], "positions": {}, "flows": {}}
    for country in WATCHED:
        message = json.dumps(imf_message(spec.seed, country), separators=(",", ":"))
        (imf / f"{country}.json").write_text(message, "utf-8")
        with (oecd / f"{country}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(
                ["STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"]
                + [name for pair in OECD_COLUMNS for name in pair]
            )
            for row in oecd_rows(spec.seed, country):
                cells = [cell for code, _ in OECD_COLUMNS for cell in (row[code], "")]
                flow = "OECD.DAF.INV:DSD_FDI@DF_FDI_FLOW_CTRY(1.0)"
                writer.writerow(
                    ["DATAFLOW", flow, "FDI flows by counterpart area, BMD4", "I", *cells]
                )
        found = {i.partner: i for i in investments(spec.seed, country)}
        truth["positions"][country] = {
            partner: None if partner == CONFIDENTIAL else i.positions[-1]
            for partner, i in found.items()
        }
        truth["flows"][country] = {
            partner: None if partner == CONFIDENTIAL else i.flows[-1]
            for partner, i in found.items()
            if partner in OECD_REPORTERS
        }
    return truth
