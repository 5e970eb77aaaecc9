"""Registers of readiness by hand, and the two marts as they follow from them, undone after each test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import psycopg
from hand_made_days import DbtWarehouse

MARTS = ("mart_readiness_unit", "mart_readiness_kpi")
YEAR_END = "2023-12-31"
GOLDEN = [
    ("plan_ministry", "ministries", None, None, None, 0.9),
    ("plan_province", "63", None, None, None, 1.0),
    ("regulation_province", "63", 55, 63, 0.873016, None),
    ("site_ministry", "ministries", None, None, None, 1.0),
    ("site_province", "63", 58, 63, 0.920635, None),
]
GOLDEN_COLUMNS = (
    "kpi_code, population_version, numerator, denominator, round(ratio::numeric, 6)::float8,"
    " reported_ratio"
)
RECEIVED = datetime(2026, 7, 1, 3, tzinfo=UTC)
RECEIVED_LATER = datetime(2026, 7, 2, 3, tzinfo=UTC)


@dataclass
class Registers:
    """Writes delivered rows into a transaction and asks what follows from them."""

    connection: psycopg.Connection[Any]
    queries: Mapping[str, str]
    columns: Mapping[str, str]
    n_rows: int = 0

    def add(self, register: str, **values: Any) -> None:
        self.n_rows += 1
        row = {
            "file_name": f"{register}.csv-0123456789ab",
            "row_number": self.n_rows,
            "office": "Office",
            "template_version": 1,
            "received_at": RECEIVED,
            "load_id": 1,
            **values,
        }
        columns, marks = ", ".join(row), ", ".join(["%s"] * len(row))
        self.connection.execute(
            f"insert into raw.registers__{register} ({columns}) values ({marks})".encode(),
            list(row.values()),
        )

    def kpi(
        self,
        code: str,
        unit_kind: str = "province",
        merger_rule: str = "all",
        recorded_on: str = "2023-01-01",
    ) -> None:
        self.add(
            "kpis", kpi_code=code, unit_kind=unit_kind, name_en=f"{code} en", name_vi=f"{code} vi",
            definition_en="What it is.", definition_vi="Là gì.", merger_rule=merger_rule,
            valid_on="2023-01-01", recorded_on=recorded_on,
        )  # fmt: skip

    def ministry(
        self,
        code: str,
        valid_on: str = "2008-08-01",
        recorded_on: str = "2023-01-01",
        ended_on: str | None = None,
        received_at: datetime = RECEIVED,
    ) -> None:
        self.add(
            "units", unit_code=code, unit_kind="ministry", name_en=f"{code} en",
            name_vi=f"{code} vi", ended_on=ended_on, valid_on=valid_on, recorded_on=recorded_on,
            received_at=received_at,
        )  # fmt: skip

    def unit(
        self,
        kpi: str,
        unit: str,
        is_met: bool | None,
        valid_on: str | date,
        recorded_on: str | date | None = None,
        status: str = "reported",
    ) -> None:
        self.add(
            "readiness_units", kpi_code=kpi, unit_code=unit, is_met=is_met, status=status,
            evidence="Report", valid_on=valid_on, recorded_on=recorded_on or valid_on,
        )  # fmt: skip

    def total(
        self,
        kpi: str,
        population: str,
        *,
        count: tuple[int, int] | None = None,
        percent: float | None = None,
        valid_on: str = "2023-12-31",
        recorded_on: str | None = None,
    ) -> None:
        numerator, denominator = count or (None, None)
        self.add(
            "readiness_totals", kpi_code=kpi, population_version=population, numerator=numerator,
            denominator=denominator, reported_percent=percent, status="reported",
            evidence="Report", valid_on=valid_on, recorded_on=recorded_on or valid_on,
        )  # fmt: skip

    def target(
        self,
        kpi: str,
        percent: float,
        due_on: str,
        recorded_on: str = "2023-01-01",
        valid_on: str | None = None,
    ) -> None:
        self.add(
            "targets", kpi_code=kpi, target_percent=percent, due_on=due_on, source_title="Plan",
            source_url=None, is_verified=False, valid_on=valid_on or recorded_on,
            recorded_on=recorded_on,
        )  # fmt: skip

    def withdraw(self, register: str, recorded_on: str, **key: Any) -> None:
        """Deliver the last row of a key again, marked as withdrawn."""
        keys = " and ".join(f"{name} = %s" for name in key)
        self.n_rows += 1
        self.connection.execute(
            f"insert into raw.registers__{register}"
            f" select (jsonb_populate_record(told, jsonb_build_object('row_number', {self.n_rows},"
            " 'recorded_on', %s::text, 'is_withdrawn', true))).*"
            f" from raw.registers__{register} as told where {keys}"
            " order by recorded_on desc, row_number desc limit 1".encode(),
            [recorded_on, *key.values()],
        )

    def build(self, as_of: date = date(2026, 7, 13)) -> None:
        """Fill both marts as of noon of a day, as dbt does."""
        instant = datetime.combine(as_of, time(12), UTC)
        self.connection.execute(
            "insert into ops.world (world_name, is_synthetic, declared_as_of)"
            " values ('hand', true, %s)"
            " on conflict (is_only_row) do update set declared_as_of = excluded.declared_as_of",
            (instant,),
        )
        for mart in MARTS:
            names = self.columns[mart]
            self.connection.execute(f"delete from warehouse.{mart}".encode())
            self.connection.execute(
                f"insert into warehouse.{mart} ({names})"
                f" select {names} from ({self.queries[mart]}) as built".encode()
            )

    def ask(self, query: str, parameters: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query.encode(), list(parameters)).fetchall()

    def known(self, columns: str, known_on: str, valid_on: str, where: str = "true") -> Any:
        """What was known on one day of the state on another: one row per series of KPIs."""
        return self.ask(
            f"select distinct on (kpi_code, population_version, basis) {columns}"
            " from warehouse.mart_readiness_kpi"
            " where recorded_on <= %s and (superseded_on is null or superseded_on > %s)"
            f" and valid_on <= %s and {where}"
            " order by kpi_code, population_version, basis, valid_on desc",
            (known_on, known_on, valid_on),
        )

    def states(self, where: str = "superseded_on is null") -> dict[tuple[str, str], Any]:
        """Return the states of the 34 by KPI and unit: basis, headline, the three rules, and
        how many predecessors are known."""
        rows = self.ask(
            "select kpi_code, unit_code, state_basis, is_met, is_met_all, is_met_any, is_met_reported,"
            " n_predecessors_reported from warehouse.mart_readiness_unit"
            f" where population_version = '34' and {where}"
        )
        found = {row[:2]: row[2:] for row in rows}
        assert len(found) == len(rows)
        return found


@contextmanager
def undone(built: DbtWarehouse) -> Iterator[Registers]:
    with psycopg.connect(built.warehouse.url) as connection:
        yield open_registers(built, connection)
        connection.rollback()


def open_registers(made: DbtWarehouse, connection: psycopg.Connection[Any]) -> Registers:
    """Registers without a row, over the models that dbt built last."""
    built = {row["unique_id"]: row for row in made.artifact("run_results")["results"]}
    nodes = made.artifact("manifest")["nodes"]
    names = {mart: f"model.tiengvang.{mart}" for mart in MARTS}
    registers = Registers(
        connection,
        queries={mart: built[name]["compiled_code"] for mart, name in names.items()},
        columns={mart: ", ".join(nodes[name]["columns"]) for mart, name in names.items()},
    )
    connection.execute(
        "insert into ops.loads (load_id, source, run_id, window_start, window_end, status)"
        " overriding system value"
        " values (1, 'registers', 'hand', '2023-01-01', '2026-08-01', 'passed')"
    )
    return registers
