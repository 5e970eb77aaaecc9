"""The OECD's direct-investment flows by counterpart: where a country's answer is, what its lines say.

Data flow ``DSD_FDI@DF_FDI_FLOW_CTRY`` (BMD4) as CSV with labels: investors that report to the OECD, what
flowed from them to a country (``MEASURE_PRINCIPLE`` = ``DO``, directional outward), in a year. Negative flows
are real: more was taken back than was invested.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import Decimal

from tiengvang.errors import FileRefused, SchemaDrift
from tiengvang.sources.partner_statistics import Flow
from tiengvang.sources.records import ParsedFile, Reject, Rows
from tiengvang.sources.vintages import VintageTables, digest_of, exact_number

SOURCE = "oecd"
FLOWS = "flows"
DATAFLOW = "OECD.DAF.INV,DSD_FDI@DF_FDI_FLOW_CTRY,1.0"
MAX_REJECTED_SHARE = 0.05
COLUMNS = (
    "country_code_iso3",
    "reporter_code",
    "entity_type",
    "flow_year",
    "vintage_date",
    "value_usd",
    "status_code",
    "confidentiality_code",
)
VINTAGE_COLUMNS = ("country_code_iso3", "vintage_date", "payload_sha256", "dataflow")
TABLES = VintageTables("raw.oecd__flows", "raw.oecd__vintages", "country_code_iso3")
EXPECTED = {
    "MEASURE": "T_FA_F",  # flows in all instruments
    "UNIT_MEASURE": "USD_EXC",  # US dollars at exchange rates
    "MEASURE_PRINCIPLE": "DO",
    "ACCOUNTING_ENTRY": "NET_FDI",
    "FREQ": "A",
}
NEEDED = (
    *EXPECTED,
    "STRUCTURE_ID",
    "REF_AREA",
    "TYPE_ENTITY",
    "COUNTERPART_AREA",
    "TIME_PERIOD",
    "OBS_VALUE",
    "OBS_STATUS",
    "UNIT_MULT",
)

FlowRow = tuple[str, str, int, Decimal | None, str | None, str | None]

_DATAFLOW = re.compile(r"OECD\.DAF\.INV:DSD_FDI@DF_FDI_FLOW_CTRY\([0-9.+-]{1,20}\)")
_CODE = re.compile(r"[A-Z0-9_]{1,20}")
_YEAR = re.compile(r"[12][0-9]{3}")
_POWER = re.compile(r"[0-9]{1,2}")


def answer_url(base_url: str, country: str) -> str:
    """Return the address of the flows to a country, all reporters, kinds of entity and years.

    The order of the key: reference area, measure, unit, principle, entry, entity, component, sector,
    counterpart area, level of counterpart, activity, frequency, collection.
    """
    if base_url.startswith("file://"):
        return f"{base_url}/data/{DATAFLOW}/{country}.csv"
    key = f".T_FA_F.USD_EXC.DO.NET_FDI..D.S1.{country}.IMC._T.A."
    return f"{base_url}/data/{DATAFLOW}/{key}?format=csvfilewithlabels"


def parse_flows(payload: bytes, *, country: str, vintage_date: date, file_name: str) -> ParsedFile:
    """Read the flows to a country.

    A value is null where there is none; the codes of status and confidentiality say why. ``entity_type``
    is ``ALL`` resident units, ``ROU`` without and ``RSP`` only special-purpose entities: never added up.

    Returns:
        rows of ``raw.oecd__flows``, and one of ``raw.oecd__vintages``.

    Raises:
        FileRefused: the payload is no such CSV: text, header, data flow.
        SchemaDrift: more than 5 % of the lines cannot be read.
    """
    header, lines = _lines(payload, file_name)
    places = {name: header.index(name) for name in (*NEEDED, "CONF_STATUS") if name in header}
    kept: dict[tuple[str, str, int], FlowRow] = {}
    rejects: list[Reject] = []
    dataflows: set[str] = set()
    for number, cells in lines:
        if len(cells) != len(header):
            rejects.append(Reject(number, f"{len(cells)} columns, expected {len(header)}"))
            continue
        row = {name: cells[place] for name, place in places.items()}
        found = _read(row, country)
        if isinstance(found, str):
            rejects.append(Reject(number, found))
        elif found[:3] in kept:
            rejects.append(Reject(number, f"{' '.join(map(str, found[:3]))} came before"))
        else:
            kept[found[:3]] = found
            dataflows.add(row["STRUCTURE_ID"])
    if len(rejects) > MAX_REJECTED_SHARE * len(lines):
        raise SchemaDrift(
            f"{file_name}: {len(rejects)} of {len(lines)} lines cannot be read, expected at most"
            f" {MAX_REJECTED_SHARE:.0%}; first: line {rejects[0].line_number}: {rejects[0].reason}"
        )
    if len(dataflows) > 1:
        raise FileRefused(f"{file_name}: {len(dataflows)} data flows in one answer, expected one")
    said = [row for row in kept.values() if any(value is not None for value in row[3:])]
    vintage = (country, vintage_date, digest_of(said), next(iter(dataflows), None))
    rows = [
        (country, reporter, entity, year, vintage_date, *rest)
        for reporter, entity, year, *rest in kept.values()
    ]
    return ParsedFile(
        rows_read=len(lines),
        rows_kept=len(rows),
        tables=(
            Rows(TABLES.observations, COLUMNS, rows),
            Rows(TABLES.vintages, VINTAGE_COLUMNS, [vintage]),
        ),
        rejects=tuple(rejects),
    )


def _lines(payload: bytes, file_name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header, and the lines with the number of the line on which each ends."""
    try:
        text = payload.decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(reader, [])
        lines = [(reader.line_num, cells) for cells in reader if cells]
    except (UnicodeDecodeError, csv.Error) as error:
        raise FileRefused(f"{file_name}: no CSV in UTF-8: {error}") from None
    for name in NEEDED:
        if header.count(name) != 1:
            raise FileRefused(
                f"{file_name}, line 1: {header.count(name)} columns {name}, expected one; the line"
                f" begins {','.join(header)[:80]!a}"
            )
    return header, lines


def _read(row: dict[str, str], country: str) -> FlowRow | str:
    """Return reporter, entity, year, value, status and confidentiality, or why they cannot be read."""
    for name, value in {**EXPECTED, "COUNTERPART_AREA": country}.items():
        if row[name] != value:
            return f"{name} is {row[name][:40]!a}, expected {value}"
    if not _DATAFLOW.fullmatch(row["STRUCTURE_ID"]):
        return f"STRUCTURE_ID is {row['STRUCTURE_ID'][:80]!a}, expected DF_FDI_FLOW_CTRY"
    for name in ("REF_AREA", "TYPE_ENTITY"):
        if not _CODE.fullmatch(row[name]):
            return f"{name} is {row[name][:40]!a}, expected a code"
    if not _YEAR.fullmatch(row["TIME_PERIOD"]):
        return f"TIME_PERIOD is {row['TIME_PERIOD'][:40]!a}, expected a year"
    codes = [row.get(name, "") for name in ("OBS_STATUS", "CONF_STATUS")]
    if any(code and not _CODE.fullmatch(code) for code in codes):
        return "OBS_STATUS or CONF_STATUS is no code"
    status, confidentiality = (code or None for code in codes)
    value_usd = _value(row["OBS_VALUE"], row["UNIT_MULT"])
    if isinstance(value_usd, str):
        return value_usd
    key = (row["REF_AREA"], row["TYPE_ENTITY"], int(row["TIME_PERIOD"]))
    return *key, value_usd, status, confidentiality


def _value(text: str, power: str) -> Decimal | str | None:
    """Return a value in US dollars, None where there is none, or why it cannot be read."""
    if text in ("", "NaN"):
        return None
    number = exact_number(text)
    if number is None:
        return f"OBS_VALUE is {text[:40]!a}, expected a number"
    if not _POWER.fullmatch(power):
        return f"UNIT_MULT is {power[:40]!a}, expected a power of ten"
    return number.scaleb(int(power))


FLOW = Flow(
    source=SOURCE,
    table_name=FLOWS,
    base_url=lambda settings: settings.oecd_base_url,
    answer_url=answer_url,
    parse=parse_flows,
    tables=TABLES,
)
