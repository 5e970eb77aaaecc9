"""`tiengvang edition override`: what is recorded, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from click.testing import CliRunner, Result
from harness import Warehouse

from tiengvang.cli import main
from tiengvang.edition.overrides import in_force
from tiengvang.warehouse.connection import connect
from tiengvang.warehouse.world import as_of

GOOD = {
    "--office": "Vụ Thông tin đối ngoại",
    "--reason": "The summit is on; the gap is known and small.",
    "--until": "2026-07-14T00:00Z",
    "--rule": "received_share",
}
WORLD = """
    insert into ops.world (world_name, is_synthetic, declared_as_of)
    values ('sample', true, '2026-07-13T01:20Z')
"""


@pytest.fixture(scope="module")
def warehouse(new_warehouse: Callable[[str], Warehouse]) -> Iterator[Warehouse]:
    made = new_warehouse("overrides")
    with psycopg.connect(made.url) as connection:
        connection.execute(WORLD)
    with made.active():
        yield made


def call(**changes: str | None) -> Result:
    options = GOOD | {f"--{name}": value for name, value in changes.items()}
    given = [part for name, value in options.items() if value is not None for part in (name, value)]
    return CliRunner().invoke(main, ["edition", "override", *given])


def test_it_is_recorded_and_ends_by_itself(warehouse: Warehouse) -> None:
    result = call()
    assert result.exit_code == 0, result.output
    assert "received_share may fail until 2026-07-14T00:00:00Z" in result.output
    assert warehouse.query("select office, reason, rules from ops.overrides") == [
        ("Vụ Thông tin đối ngoại", GOOD["--reason"], ["received_share"])
    ]
    with connect(warehouse.url, "publisher") as connection:
        assert [one.office for one in in_force(connection)] == ["Vụ Thông tin đối ngoại"]
    with psycopg.connect(warehouse.url) as connection:
        connection.execute("update ops.world set declared_as_of = '2026-07-14T00:00Z'")
    with connect(warehouse.url, "publisher") as connection:
        assert as_of(connection).day == 14
        assert in_force(connection) == [], "it is over at its expiry"
    with psycopg.connect(warehouse.url) as connection:
        connection.execute("update ops.world set declared_as_of = '2026-07-13T01:20Z'")
        connection.execute("delete from ops.overrides")


@pytest.mark.parametrize("name", ["office", "reason", "until", "rule"])
def test_nothing_may_be_left_out(warehouse: Warehouse, name: str) -> None:
    result = call(**{name: None})
    assert result.exit_code == 2
    assert f"Missing option '--{name}'" in result.output


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("office", "", "--office"),
        ("office", "a.person@example.org", "--office"),
        ("office", "0912 345 678", "--office"),
        ("reason", "urgent", "--reason: found 6 characters"),
        ("reason", "Ask a.person@example.org about this gap.", "name no person"),
        ("reason", "Ask +84 912 345 678 about this gap.", "name no person"),
        ("reason", "x" * 401, "--reason"),
        ("until", "2026-07-13T01:20Z", "--until"),
        ("until", "2026-07-01T00:00Z", "--until"),
        ("until", "2099-01-01T00:00Z", "at most 31 days later"),
        ("rule", "n_documents", "a warning holds no edition"),
        ("rule", "everything", "expected any of freshness_minutes, received_share"),
    ],
)
def test_what_is_refused_is_not_recorded(
    warehouse: Warehouse, name: str, value: str, message: str
) -> None:
    result = call(**{name: value})
    assert result.exit_code == 1, result.output
    assert message in result.output
    assert warehouse.query("select count(*) from ops.overrides") == [(0,)]


def test_only_the_owner_records_one(warehouse: Warehouse) -> None:
    statement = (
        "insert into ops.overrides (office, reason, rules, given_at, expires_at) values "
        "('x', 'y', '{a}', ops.as_of(), ops.as_of() + interval '1 day')"
    )
    for role in ("loader", "builder", "publisher"):
        with (
            connect(warehouse.url, role) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)


def test_the_command_of_the_newest_edition_still_answers(warehouse: Warehouse) -> None:
    result = CliRunner().invoke(main, ["edition", "--json"])
    assert result.exit_code == 1
    assert "there is no edition yet" in result.output
