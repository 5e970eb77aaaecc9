"""A warehouse that dbt builds in, and days of rows made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from harness import Warehouse, transform
from raw_rows import RawRows, at, claim

from tiengvang.transform import run_dbt

VNM_PLACES = {"VM": 2}


@dataclass(frozen=True)
class DbtWarehouse:
    """A warehouse and dbt in it."""

    warehouse: Warehouse

    def query(self, text: str) -> list[tuple[Any, ...]]:
        return self.warehouse.query(text)

    def dbt(self, *arguments: str, **variables: Any) -> dict[str, int]:
        with self.warehouse.active() as settings:
            given = ["--vars", json.dumps(variables)] if variables else []
            return run_dbt(settings, self.warehouse.url, [*arguments, *given])

    def artifact(self, name: str) -> dict[str, Any]:
        """What dbt wrote last: manifest, run_results, sources."""
        path = self.warehouse.home / "dbt" / "target" / f"{name}.json"
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return value

    @contextmanager
    def raw(self) -> Iterator[RawRows]:
        with psycopg.connect(self.warehouse.url) as connection:
            yield RawRows(connection)

    def claim(self, *days: date) -> int:
        with psycopg.connect(self.warehouse.url) as connection:
            return claim(connection, days)

    def build(self, *days: date, is_full_refresh: bool = False) -> None:
        """Claim these days and run the steps of a build up to the gate."""
        self.transform(self.claim(*days), is_full_refresh=is_full_refresh)

    def transform(self, build_id: int, *, is_full_refresh: bool = False) -> None:
        """Run the steps of a claimed build up to the gate."""
        with psycopg.connect(self.warehouse.url) as connection:
            connection.execute(
                "update ops.builds set is_full_refresh = %s where build_id = %s",
                (is_full_refresh, build_id),
            )
        with self.warehouse.active():
            transform(build_id)

    def candidates(self) -> dict[str, list[str]]:
        """All rows of all candidate marts; never empty."""
        names = self.query(
            "select tablename from pg_tables where schemaname = 'warehouse' order by 1"
        )
        assert names
        return {name: self.warehouse.table(f"warehouse.{name}") for (name,) in names}


def write_hand_made_days(raw: RawRows) -> None:
    """5 July is empty files, 6 full of cases, 7 a gap, 8 quiet, 9 in a load that was quarantined."""
    raw.load()
    raw.slot(at("05 00:00"), status="empty")
    first, second = at("06 00:00"), at("06 00:15")
    raw.slot(first, rejected=3)
    raw.slot(second, status="empty")
    raw.slot(first, stream="translation")
    raw.document(first, "lemonde.fr", {"VM": 3, "FR": 1}, tone=-2.0, record_id="three_of_four")
    raw.document(first, "www.lefigaro.fr", VNM_PLACES, tone=1.0, record_id="subdomain")
    raw.document(first, "journal.fr", VNM_PLACES, tone=4.0, record_id="cctld")
    raw.document(first, "spiegel.de", VNM_PLACES, words=80, tone=-3.0, record_id="alone")
    raw.document(first, "vnexpress.net", {"VM": 5}, tone=2.0, record_id="at_home")
    raw.document(first, "startup.io", VNM_PLACES, tone=None, record_id="unscored")
    raw.document(first, "lemonde.fr", {"VM": 1}, record_id="one_mention")
    raw.document(first, "lemonde.fr", {"VM": 2, "FR": 7}, record_id="in_passing")
    raw.document(first, "lemonde.fr", VNM_PLACES, words=79, record_id="short")
    raw.document(
        first, "nguoi-viet.com", {"VM": 3}, stream="translation", record_id="same_language"
    )
    raw.document(first, "bangkokpost.com", {"VM": 2, "TH": 2}, record_id="both")
    raw.document(first, "kurier.at", {"VM": 2, "AU": 4, "OS": 1, "??": 1}, record_id="austria")
    raw.totals(first, "lemonde.fr", principal="none")
    headline = "Vietnam opens a new port for large ships"
    raw.document(first, "spiegel.de", VNM_PLACES, tone=-1.0, record_id="original", title=headline)
    raw.document(first, "zeit.de", VNM_PLACES, tone=-1.5, record_id="reprint", title=headline)
    in_thailand = {"TH": 1, "FR": 5}
    raw.document(
        first,
        "ouest-france.fr",
        in_thailand,
        tone=0.5,
        record_id="named",
        title="Vietnam draws investors",
    )
    raw.document(
        first,
        "ouest-france.fr",
        in_thailand,
        tone=0.6,
        record_id="war",
        title="Vietnam War veterans meet",
    )
    # The same seven values under titles that have nothing in common: a notice was scored.
    for record_id, title in (("notice_1", "A new bridge opens"), ("notice_2", "Rice prices fall")):
        raw.document(first, "asahi.com", VNM_PLACES, tone=-7.0, record_id=record_id, title=title)
    raw.document(
        first, "milenio.com", VNM_PLACES, tone=0.7, stream="translation", record_id="translated",
        title="Nada", language="xyz", themes=["NO_SUCH_THEME", "TAX_FNCACT_CHEF", "AGRICULTURE"],
    )  # fmt: skip
    raw.event(1, first, actor1="VNM", actor2="ROM")
    raw.event(2, first, actor1="EUR", place=None)
    raw.mention(1, first, first, 1, "lemonde.fr", 20)
    raw.mention(1, first, first, 2, "lemonde.fr", 60)
    raw.slot(at("07 00:00"), status="gap")
    raw.slot(at("08 00:00"))
    raw.document(at("08 00:00"), "lemonde.fr", {"TH": 2}, record_id="quiet_for_vietnam")
    raw.mention(1, first, at("08 00:00"), 1, "bbc.co.uk", 40)
    raw.load("quarantined")
    raw.slot(at("09 00:00"))
    raw.document(at("09 00:00"), "lemonde.fr", VNM_PLACES, record_id="quarantined")
    raw.load(source="worldbank")
    for code, is_aggregate in (("VNM", False), ("EAS", True), ("XKX", False)):
        raw.worldbank_country(code, is_aggregate=is_aggregate)
        raw.observation("NY.GDP.MKTP.CD", code, 2024, date(2026, 7, 6), "476388230307.175")
    raw.observation("BX.KLT.DINV.CD.WD", "VNM", 2024, date(2026, 6, 29), -1)
    raw.observation("BX.KLT.DINV.CD.WD", "VNM", 2024, date(2026, 7, 6), 20170000000)
