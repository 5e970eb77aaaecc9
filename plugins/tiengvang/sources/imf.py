"""The IMF's direct-investment positions by counterpart: where a country's answer is, what it says.

Data flow ``IMF.STA:DIP`` over SDMX 3.0. Not every country reports its own positions (Viet Nam does not), so
all are read from the counterparts' side (``DV_TYPE`` = ``SCC``): what investors abroad report of the
country. Values are US dollars at the end of a year; ``SCALE`` is a hint for display and multiplies nothing.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from tiengvang.errors import FileRefused, SchemaDrift
from tiengvang.sources.partner_statistics import Flow
from tiengvang.sources.records import ParsedFile, Reject, Rows
from tiengvang.sources.sdmx_json import Observation, read_message
from tiengvang.sources.vintages import VintageTables, digest_of, exact_number

SOURCE = "imf"
POSITIONS = "positions"
INDICATOR = (
    "INWD_D_NETLA_FALL_ALL"  # inward, net (liabilities less assets), all instruments and entities
)
DERIVED_FROM_COUNTERPARTS = "SCC"
MAX_REJECTED_SHARE = 0.05
COLUMNS = (
    "country_code_iso3",
    "counterpart_code",
    "position_year",
    "vintage_date",
    "value_usd",
    "status_code",
)
VINTAGE_COLUMNS = ("country_code_iso3", "vintage_date", "payload_sha256", "dataflow")
TABLES = VintageTables("raw.imf__positions", "raw.imf__vintages", "country_code_iso3")

Position = tuple[str, int, Decimal | None, str | None]

_DATAFLOW = re.compile(r"IMF\.STA:DIP\([0-9.+-]{1,20}\)")
_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,19}")
_STATUS = re.compile(r"[A-Z0-9_]{1,20}")
_YEAR = re.compile(r"[12][0-9]{3}")


def answer_url(base_url: str, country: str) -> str:
    """Return the address of a country's positions, all counterparts and years."""
    if base_url.startswith("file://"):
        return f"{base_url}/data/dataflow/IMF.STA/DIP/{country}.json"
    key = f"{country}.{DERIVED_FROM_COUNTERPARTS}.{INDICATOR}.*.A"
    # %2B, a plus: the newest stable version
    return f"{base_url}/data/dataflow/IMF.STA/DIP/%2B/{key}?attributes=dsd&measures=all"


def parse_positions(
    payload: bytes, *, country: str, vintage_date: date, file_name: str
) -> ParsedFile:
    """Read the positions in a country.

    A value is null where the publisher withholds it; ``status_code`` says why (``C``: confidential).
    Counterparts are countries and groups (``G001``: the world), as the publisher codes them.

    Returns:
        rows of ``raw.imf__positions``, and one of ``raw.imf__vintages``.

    Raises:
        FileRefused: the payload is no SDMX-JSON message of this data flow.
        SchemaDrift: more than 5 % of the observations cannot be read.
    """
    message = read_message(payload, file_name=file_name)
    if not _DATAFLOW.fullmatch(message.dataflow):
        raise FileRefused(f"{file_name}: data flow {message.dataflow[:80]!a}, expected IMF.STA:DIP")
    kept: dict[tuple[str, int], Position] = {}
    rejects: list[Reject] = []
    for number, observation in enumerate(message.observations, start=1):
        found = observation if isinstance(observation, str) else _read(observation, country)
        if isinstance(found, str):
            rejects.append(Reject(number, found))
        elif found[:2] in kept:
            rejects.append(Reject(number, f"{found[0]} {found[1]} came before"))
        else:
            kept[found[:2]] = found
    read = len(message.observations)
    if len(rejects) > MAX_REJECTED_SHARE * read:
        raise SchemaDrift(
            f"{file_name}: {len(rejects)} of {read} observations cannot be read, expected at most"
            f" {MAX_REJECTED_SHARE:.0%}; first: observation {rejects[0].line_number}:"
            f" {rejects[0].reason}"
        )
    # An observation with neither value nor status says no more than one that is left out.
    said = [row for row in kept.values() if row[2] is not None or row[3] is not None]
    rows = [(country, code, year, vintage_date, *rest) for code, year, *rest in kept.values()]
    return ParsedFile(
        rows_read=read,
        rows_kept=len(rows),
        tables=(
            Rows(TABLES.observations, COLUMNS, rows),
            Rows(
                TABLES.vintages,
                VINTAGE_COLUMNS,
                [(country, vintage_date, digest_of(said), message.dataflow)],
            ),
        ),
        rejects=tuple(rejects),
    )


def _read(observation: Observation, country: str) -> Position | str:
    """Return counterpart, year, value and status, or the reason why they cannot be read."""
    of = observation.dimensions
    expected = {
        "COUNTRY": country,
        "DV_TYPE": DERIVED_FROM_COUNTERPARTS,
        "INDICATOR": INDICATOR,
        "FREQUENCY": "A",
    }
    for name, value in expected.items():
        if of.get(name) != value:
            return f"{name} is {of.get(name, 'missing')[:40]!a}, expected {value}"
    counterpart, year = of.get("COUNTERPART_COUNTRY", ""), of.get("TIME_PERIOD", "")
    if not _CODE.fullmatch(counterpart):
        return f"COUNTERPART_COUNTRY is {counterpart[:40]!a}, expected a code"
    if not _YEAR.fullmatch(year):
        return f"TIME_PERIOD is {year[:40]!a}, expected a year"
    status = observation.attributes.get("STATUS") or None
    if status is not None and not _STATUS.fullmatch(status):
        return f"STATUS is {status[:40]!a}, expected a code"
    if observation.value in (None, "", "NaN"):
        return counterpart, int(year), None, status
    value_usd = exact_number(str(observation.value))
    if value_usd is None:
        return f"OBS_VALUE is {str(observation.value)[:40]!a}, expected a number"
    return counterpart, int(year), value_usd, status


FLOW = Flow(
    source=SOURCE,
    table_name=POSITIONS,
    base_url=lambda settings: settings.imf_base_url,
    answer_url=answer_url,
    parse=parse_positions,
    tables=TABLES,
)
