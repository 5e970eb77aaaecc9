"""The edition's input: rows of the public marts, read as a reader in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
import psycopg

from tiengvang.edition.request import EditionRequest

OUTCOMES = (
    "fdi_net_inflow_bop_usd",
    "tourism_arrivals_count",
    "tourism_receipts_usd",
    "gdp_usd",
    "population_count",
)
OUTCOME_YEARS = 20

COUNTRY_COLUMNS = {
    "country_code_iso3": "str",
    "country_code_iso2": "str",
    "country_name_en": "str",
    "country_name_vi": "str",
    "watch_role": "str",
}
COVERAGE_COLUMNS = {
    "country_code_iso3": "str",
    "source_country_code_iso3": "str",
    "coverage_date": "object",
    "source_relation": "str",
    "n_documents": "Int64",
    "n_outlets": "Int64",
    "tone_mean": "float64",
    "slots_expected": "Int64",
    "slots_received": "Int64",
    "suppressed_reason": "str",
    "method_version": "str",
}
TRUST_COLUMNS = {
    "trust_date": "object",
    "stream": "str",
    "slots_expected": "Int64",
    "slots_received": "Int64",
    "slots_missing": "Int64",
    "slots_gap": "Int64",
    "slots_refused": "Int64",
    "slots_empty": "Int64",
    "n_documents": "Int64",
    "unknown_outlet_share": "float64",
    "translated_share": "float64",
    "rejected_row_share": "float64",
    "newest_slot_at": "object",
    "newest_expected_slot_at": "object",
    "method_version": "str",
}
DOCUMENT_COLUMNS = {
    "record_id": "str",
    "slot_at": "object",
    "slot_date": "object",
    "stream": "str",
    "outlet_domain": "str",
    "source_country_code_iso3": "str",
    "source_relation": "str",
    "language_code_iso639_3": "str",
    "url": "str",
    "title": "str",
    "word_count": "Int64",
    "place_mentions": "Int64",
    "all_place_mentions": "Int64",
    "salience": "float64",
    "method_version": "str",
}
SIFTING_COLUMNS = {
    "has_enough_words": "bool",
    "is_salient": "bool",
    "is_eligible": "bool",
    "source_relation": "str",
    "n_documents": "Int64",
}
OUTLET_COLUMNS = {
    "country_code_iso3": "str",
    "source_country_code_iso3": "str",
    "n_outlets": "Int64",
}
OUTCOME_COLUMNS = {
    "country_code_iso3": "str",
    "outcome_year": "Int64",
    **dict.fromkeys(OUTCOMES, "float64"),
    **{f"{name}_vintage_date": "object" for name in OUTCOMES},
}

WATCHED = "select country_code_iso3 from marts.dim_country where watch_role in ('focus', 'peer')"

COUNTRIES_SQL = """
    select country_code_iso3, country_code_iso2, country_name_en, country_name_vi, watch_role
    from marts.dim_country
    order by country_code_iso3
"""
COVERAGE_SQL = f"""
    select {", ".join(COVERAGE_COLUMNS)}
    from marts.mart_coverage_day
    where coverage_date >= %(previous_start)s and coverage_date < %(period_end)s
      and (country_code_iso3 in ({WATCHED}) or country_code_iso3 = %(focus)s)
    order by country_code_iso3, source_country_code_iso3, coverage_date
"""  # noqa: S608  (constants of this module; values are bound)
TRUST_SQL = f"""
    select {", ".join(TRUST_COLUMNS)}
    from marts.mart_data_trust
    where trust_date >= %(previous_start)s and trust_date < %(period_end)s
    order by trust_date, stream
"""  # noqa: S608
DOCUMENTS_SQL = f"""
    select {", ".join(DOCUMENT_COLUMNS)}
    from marts.fct_document_country
    where slot_date >= %(period_start)s and slot_date < %(period_end)s
      and country_code_iso3 = %(focus)s and is_eligible
      and source_relation in ('foreign', 'unknown')
    order by record_id
"""  # noqa: S608
SIFTING_SQL = """
    select
        coalesce(has_enough_words, false) as has_enough_words,
        coalesce(is_salient, false) as is_salient,
        coalesce(is_eligible, false) as is_eligible,
        source_relation,
        count(*) as n_documents
    from marts.fct_document_country
    where slot_date >= %(period_start)s and slot_date < %(period_end)s
      and country_code_iso3 = %(focus)s
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4
"""
OUTLETS_SQL = f"""
    select
        country_code_iso3,
        coalesce(source_country_code_iso3, 'unknown') as source_country_code_iso3,
        count(distinct outlet_domain) as n_outlets
    from marts.fct_document_country
    where slot_date >= %(period_start)s and slot_date < %(period_end)s
      and is_eligible and source_relation in ('foreign', 'unknown')
      and (country_code_iso3 in ({WATCHED}) or country_code_iso3 = %(focus)s)
    group by 1, 2
    order by 1, 2
"""  # noqa: S608
OUTCOMES_SQL = f"""
    select {", ".join(OUTCOME_COLUMNS)}
    from marts.mart_outcome_year
    where (country_code_iso3 in ({WATCHED}) or country_code_iso3 = %(focus)s)
      and outcome_year > %(last_year)s - {OUTCOME_YEARS} and outcome_year <= %(last_year)s
    order by country_code_iso3, outcome_year
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """Everything that an edition is rendered from; each frame is ordered by its key.

    ``coverage`` and ``trust`` hold this period and the previous one; ``documents`` (no tone),
    ``sifting`` (focus only) and ``outlets`` hold this period; ``outcomes`` the last 20 years.
    """

    focus_iso3: str
    period_start: date
    period_end: date
    countries: pd.DataFrame
    coverage: pd.DataFrame
    trust: pd.DataFrame
    documents: pd.DataFrame
    sifting: pd.DataFrame
    outlets: pd.DataFrame
    outcomes: pd.DataFrame

    @property
    def dates(self) -> list[date]:
        """The days of the period, oldest first."""
        days = (self.period_end - self.period_start).days
        return [self.period_start + timedelta(days=n) for n in range(days)]

    @property
    def previous_dates(self) -> list[date]:
        """The days of the period of the same length just before, oldest first."""
        days = (self.period_end - self.period_start).days
        return [self.period_start + timedelta(days=n) for n in range(-days, 0)]


def typed_frame(rows: list[tuple[Any, ...]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Return rows as a frame with the declared columns and types; null stays null."""
    frame = pd.DataFrame(rows, columns=list(columns), dtype="object")
    return frame.astype(dict(columns))


def read_facts(connection: psycopg.Connection[Any], request: EditionRequest) -> EditionFacts:
    """Read an edition's facts from ``marts`` in one read-only, repeatable-read transaction.

    Raises:
        psycopg.errors.ActiveSqlTransaction: the connection is already inside a transaction.
        psycopg.Error: a mart or a column is missing, or the role may not read it.
    """
    values = {
        "focus": request.focus_iso3,
        "period_start": request.period_start,
        "period_end": request.period_end,
        "previous_start": request.previous_start,
        "last_year": request.period_end.year,
    }
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")

        def frame(sql: str, columns: Mapping[str, str]) -> pd.DataFrame:
            rows = connection.execute(sql.encode(), values).fetchall()
            return typed_frame(rows, columns)

        return EditionFacts(
            focus_iso3=request.focus_iso3,
            period_start=request.period_start,
            period_end=request.period_end,
            countries=frame(COUNTRIES_SQL, COUNTRY_COLUMNS),
            coverage=frame(COVERAGE_SQL, COVERAGE_COLUMNS),
            trust=frame(TRUST_SQL, TRUST_COLUMNS),
            documents=frame(DOCUMENTS_SQL, DOCUMENT_COLUMNS),
            sifting=frame(SIFTING_SQL, SIFTING_COLUMNS),
            outlets=frame(OUTLETS_SQL, OUTLET_COLUMNS),
            outcomes=frame(OUTCOMES_SQL, OUTCOME_COLUMNS),
        )
