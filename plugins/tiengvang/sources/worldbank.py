"""World Bank Indicators v2: which answers a week must have, where they are, what their rows say.

Success is ``[{page, pages, per_page, total, lastupdated, ...}, [rows]]``. An error comes under
HTTP 200 too, as ``[{"message": [{id, key, value}]}]``, and now and then as XML or HTML.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tiengvang.errors import SchemaDrift
from tiengvang.sources.records import ParsedFile, Reject, Rows, SourceFile
from tiengvang.sources.worldbank_answers import Answer, page_count, read_answer
from tiengvang.sources.worldbank_rows import (
    Country,
    Observation,
    canonical,
    read_country,
    read_observation,
)
from tiengvang.windows import Window

__all__ = [
    "COUNTRIES",
    "FIRST_YEAR",
    "INDICATORS",
    "expected_files",
    "indicator_of",
    "page_count",
    "page_url",
    "parse_countries",
    "parse_observations",
]

SOURCE = "worldbank"
OBSERVATIONS, COUNTRIES = "observations", "countries"
PER_PAGE = 32_500
COUNTRIES_PER_PAGE = 400
FIRST_YEAR = 2000
MAX_REJECTED_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Indicator:
    """What one indicator fills: a column of ``mart_outcome_year``, and its unit."""

    column: str
    unit: str


INDICATORS = {
    "BX.KLT.DINV.CD.WD": Indicator("fdi_net_inflow_bop_usd", "current US dollars"),
    "NY.GDP.MKTP.CD": Indicator("gdp_usd", "current US dollars"),
    "SP.POP.TOTL": Indicator("population_count", "persons"),
    "ST.INT.ARVL": Indicator("tourism_arrivals_count", "arrivals"),
    "ST.INT.RCPT.CD": Indicator("tourism_receipts_usd", "current US dollars"),
}

OBSERVATION_COLUMNS = (
    "indicator_code",
    "country_code_wb",
    "observation_year",
    "vintage_date",
    "value",
)
VINTAGE_COLUMNS = ("indicator_code", "vintage_date", "payload_sha256", "publisher_updated_date")
COUNTRY_COLUMNS = (
    "country_code_wb",
    "country_code_iso2",
    "country_name",
    "region_id",
    "is_aggregate",
)


def expected_files(window: Window) -> Iterator[SourceFile]:
    """Yield the answers of every week that the window touches: countries, then indicators.

    ``slot_at`` is the week's Monday, 00:00 UTC, which may lie before the window's start.
    """
    if window.start == window.end:
        return
    day = window.start.astimezone(UTC)
    monday = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=day.weekday())
    while monday < window.end:
        year, week, _ = monday.isocalendar()
        for code in (COUNTRIES, *INDICATORS):
            table = COUNTRIES if code == COUNTRIES else OBSERVATIONS
            yield SourceFile(SOURCE, table, f"{code}@{year}-W{week:02}", None, monday)
        monday += timedelta(weeks=1)


def indicator_of(file: SourceFile) -> str:
    """Return the indicator's code of an observations file (``countries`` for the other)."""
    return file.file_name.partition("@")[0]


def page_url(base_url: str, code: str, page: int, years: tuple[int, int]) -> str:
    """Return the address of one page of an indicator for all countries, or of the country list.

    Args:
        base_url: ``https://``, ``http://`` or ``file://``, without a trailing slash.
        code: a key of ``INDICATORS``, or ``countries``.
        page: counted from 1.
        years: first and last year, both included; a folder holds all years that it has.
    """
    if base_url.startswith("file://"):
        name = "country" if code == COUNTRIES else f"country/all/indicator/{code}"
        return f"{base_url}/{name}.json" if page == 1 else f"{base_url}/{name}.page{page}.json"
    if code == COUNTRIES:
        return f"{base_url}/country?format=json&per_page={COUNTRIES_PER_PAGE}&page={page}"
    return (
        f"{base_url}/country/all/indicator/{code}?format=json&per_page={PER_PAGE}&page={page}"
        f"&date={years[0]}:{years[1]}"
    )


def parse_observations(
    payloads: Sequence[bytes], *, code: str, vintage_date: date, file_name: str
) -> ParsedFile:
    """Read all pages of one indicator.

    Values are exact (Decimal) or null where the publisher has none. A row without a three-letter
    code is kept under the code that it has and counted in ``notes["rows_without_iso3"]``.

    Args:
        payloads: the bodies of page 1, 2, ... in order.
        code: the indicator that was asked for.
        vintage_date: the day under which these values are kept.
        file_name: the ledger's name, for messages.

    Returns:
        rows of ``raw.worldbank__observations``, and one of ``raw.worldbank__vintages``.

    Raises:
        FileRefused: the bodies are no complete answer.
        SchemaDrift: more than 5 % of the rows cannot be read.
    """
    answer = read_answer(payloads, file_name=file_name)
    kept, rejects, without_iso3 = _observations(answer, code)
    _check_share(file_name, answer, rejects)
    digest = _digest(kept)
    vintage = (code, vintage_date, digest, answer.updated)
    rows = [(code, country, year, vintage_date, value) for country, year, value in kept]
    return ParsedFile(
        rows_read=len(answer.rows),
        rows_kept=len(rows),
        tables=(
            Rows("raw.worldbank__observations", OBSERVATION_COLUMNS, rows),
            Rows("raw.worldbank__vintages", VINTAGE_COLUMNS, [vintage]),
        ),
        rejects=tuple(rejects),
        bytes_replaced=answer.bytes_replaced,
        notes={"rows_without_iso3": without_iso3},
    )


def parse_countries(payloads: Sequence[bytes], *, file_name: str) -> ParsedFile:
    """Read the list of countries and aggregates into rows of ``raw.worldbank__countries``.

    Raises:
        FileRefused: the bodies are no complete answer.
        SchemaDrift: more than 5 % of the rows cannot be read.
    """
    answer = read_answer(payloads, file_name=file_name)
    rows: dict[str, Country] = {}
    rejects: list[Reject] = []
    for number, row in enumerate(answer.rows, start=1):
        country = read_country(row)
        if isinstance(country, str):
            rejects.append(Reject(number, country))
        elif country[0] in rows:
            rejects.append(Reject(number, f"{country[0]} came before"))
        else:
            rows[country[0]] = country
    _check_share(file_name, answer, rejects)
    return ParsedFile(
        rows_read=len(answer.rows),
        rows_kept=len(rows),
        tables=(Rows("raw.worldbank__countries", COUNTRY_COLUMNS, list(rows.values())),),
        rejects=tuple(rejects),
        bytes_replaced=answer.bytes_replaced,
    )


def _observations(answer: Answer, code: str) -> tuple[list[Observation], list[Reject], int]:
    kept: dict[tuple[str, int], Observation] = {}
    rejects: list[Reject] = []
    without_iso3 = 0
    for number, row in enumerate(answer.rows, start=1):
        observation = read_observation(row, code)
        if isinstance(observation, str):
            rejects.append(Reject(number, observation))
        elif (observation[0], observation[1]) in kept:
            rejects.append(Reject(number, f"{observation[0]} {observation[1]} came before"))
        else:
            kept[observation[0], observation[1]] = observation
            without_iso3 += row["countryiso3code"] == ""
    return list(kept.values()), rejects, without_iso3


def _digest(observations: list[Observation]) -> str:
    """Return the SHA-256 of an answer's values, whatever their order, spelling or ``lastupdated``.

    A null says no more than a row that is absent (a new year begins as nulls), so nulls are left
    out; a value that is withdrawn changes the digest all the same.

    Two answers with the same digest are the same vintage: values are revised in place without a
    new ``lastupdated``, and ``lastupdated`` moves without a new value.
    """
    lines = sorted(canonical(c, y, v) for c, y, v in observations if v is not None)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _check_share(file_name: str, answer: Answer, rejects: list[Reject]) -> None:
    if len(rejects) > MAX_REJECTED_SHARE * len(answer.rows):
        raise SchemaDrift(
            f"{file_name}: {len(rejects)} of {len(answer.rows)} rows cannot be read, expected at"
            f" most {MAX_REJECTED_SHARE:.0%}; first: row {rejects[0].line_number}:"
            f" {rejects[0].reason}"
        )
