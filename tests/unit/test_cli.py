"""The console script: quick to start, clear when refused, honest about what it would delete."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from tiengvang import cli_reports, cli_sql
from tiengvang.cli import main
from tiengvang.errors import SettingsError
from tiengvang.local import cleaning
from tiengvang.local.logins import without_password
from tiengvang.settings import REPOSITORY, Settings

COMMANDS = "init demo live run up down status edition verify audit registers psql sql clean bench"


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from tiengvang.cli import main;"
        "print(CliRunner().invoke(main, ['--help']).output);"
        "print('LOADED', [m for m in ('psycopg', 'pandas', 'pydantic', 'airflow', 'dbt',"
        " 'requests', 'great_expectations') if m in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(REPOSITORY / "plugins"), "PYTHONUTF8": "1"},
    ).stdout
    assert "LOADED []" in shown
    listed = {line.split()[0] for line in shown.split("Commands:")[1].splitlines() if line.strip()}
    assert set(COMMANDS.split()) <= listed


def test_short_help_of_every_command_is_a_whole_sentence() -> None:
    assert set(main.commands) == set(COMMANDS.split())
    for name, command in main.commands.items():
        assert command.help, name
        assert command.help.endswith("."), name


@pytest.mark.parametrize("group", ["", "audit", "edition", "registers"])
def test_lists_of_commands_cut_no_sentence(group: str) -> None:
    shown = CliRunner().invoke(main, [*group.split(), "--help"], terminal_width=80)
    assert shown.exit_code == 0
    assert "Commands:" in shown.output
    assert "..." not in shown.output.split("Commands:")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "ingest_gdelt", "--from", "2026-07-01"], "both --from and --to"),
        (["run", "ingest_gdelt", "--from", "July", "--to", "2026-07-02"], "'July' is no ISO 8601"),
        (
            ["run", "ingest_gdelt", "--from", "2026-07-02", "--to", "2026-07-01"],
            "ends before it starts",
        ),
        (["sql", "--role", "builder", "select 1"], "'builder' is not one of"),
        (["nothing"], "No such command"),
        (["demo", "--world", "nothing"], "'nothing' is not one of 'sample', 'long'"),
    ],
)
def test_wrong_use_exits_with_2(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_own_errors_are_one_line_and_exit_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIENGVANG_HOEM", "x")
    result = CliRunner().invoke(main, ["down"])
    assert result.exit_code == 1
    assert result.output.startswith("tiengvang: unknown setting(s) TIENGVANG_HOEM")
    assert "Traceback" not in result.output
    assert result.output.count("\n") == 1


def test_clean_deletes_only_a_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    foreign = tmp_path / "documents"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("mine")
    monkeypatch.setenv("TIENGVANG_HOME", str(foreign))
    result = CliRunner().invoke(main, ["clean", "--yes"])
    assert result.exit_code == 1
    assert "holds other files" in result.output
    assert (foreign / "thesis.txt").exists()
    for folder in (REPOSITORY, REPOSITORY.parent):
        with pytest.raises(SettingsError, match="contains the repository"):
            cleaning.require_own_home(folder)

    home = tmp_path / "home"
    (home / "secrets").mkdir(parents=True)
    monkeypatch.setenv("TIENGVANG_HOME", str(home))
    assert CliRunner().invoke(main, ["clean", "--yes"]).exit_code == 0
    assert not home.exists()
    again = CliRunner().invoke(main, ["clean", "--yes"])
    assert again.exit_code == 0
    assert "nothing to clean" in again.output


def test_psql_gets_its_password_by_environment_only(tmp_path: Path) -> None:
    url = "postgresql://me:s%40cret@host.example:5433/db?options=-c%20role%3Dr&sslmode=require"
    command, environment = cli_sql.psql_command(url, None)
    assert Path(command).name == "psql"
    assert environment == {
        "PGHOST": "host.example",
        "PGPORT": "5433",
        "PGUSER": "me",
        "PGPASSWORD": "s@cret",
        "PGDATABASE": "db",
        "PGOPTIONS": "-c role=r",
        "PGSSLMODE": "require",
    }
    assert without_password(url) == (
        "postgresql://me@host.example:5433/db?options=-c%20role%3Dr&sslmode=require"
    )


@pytest.mark.parametrize(
    ("query", "has_rows"),
    [
        ("select 1", True),
        ("  -- why\n/* and\nhow */ WITH x as (select 1) select * from x", True),
        ("table marts.dim_date", True),
        ("selection", False),
        ("update x set a = 1", False),
        ("", False),
    ],
)
def test_statements_with_rows_are_told_apart(query: str, has_rows: bool) -> None:
    assert bool(cli_sql.ROWS.match(query)) is has_rows


def test_edition_for_machines_and_people(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "index.html").write_text("x")
    (tmp_path / "manifest.json").write_text("{}")
    found = {
        "edition_id": "vnm-2026-w28",
        "status": "published",
        "cadence": "weekly",
        "period_start": date(2026, 7, 6),
        "period_end": date(2026, 7, 13),
        "folder": str(tmp_path),
        "reasons": [],
    }
    report = cli_reports.read_edition(found)
    assert json.loads(cli_reports.to_json(report)) == report
    assert report["files"] == ["en/index.html", "manifest.json"]
    assert report["period_end"] == "2026-07-13"
    text = cli_reports.describe_edition(report)
    assert (tmp_path / "en" / "index.html").as_uri() in text
    assert "2026-07-06 to 2026-07-12" in text, "the period's end is the day after its last one"
    assert "manifest.json" not in text
    gone = cli_reports.describe_edition(cli_reports.read_edition({**found, "folder": "/nowhere"}))
    assert "its files are gone" in gone

    held = {**found, "status": "held", "folder": None, "reasons": [{"en": "Too few slots."}]}
    text = cli_reports.describe_edition(cli_reports.read_edition(held))
    assert "held" in text
    assert "Too few slots." in text
    assert "open" not in text


def test_instants_are_written_in_utc() -> None:
    instant = datetime(2026, 7, 13, 1, 20, tzinfo=UTC)
    assert json.loads(cli_reports.to_json({"a": instant, "b": date(2026, 7, 13)})) == {
        "a": "2026-07-13T01:20:00Z",
        "b": "2026-07-13",
    }


def test_given_server_has_no_password_in_its_line() -> None:
    settings = Settings(warehouse_url="postgresql://me:hidden@host/db")
    assert settings.warehouse_url is not None
    assert "hidden" not in without_password(settings.warehouse_url.get_secret_value())
