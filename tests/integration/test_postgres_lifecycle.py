"""The embedded server: started when needed, one for all callers, back after every accident."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tiengvang import cli_sql
from tiengvang.errors import SettingsError, TiengVangError
from tiengvang.local import logins, pg_binaries, pg_cluster, pg_server, postgres
from tiengvang.settings import REPOSITORY, Settings
from tiengvang.warehouse.setup import prepare


@pytest.fixture(scope="module")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose server has been made and stopped, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "home"
    postgres.ensure_running(folder)
    postgres.stop(folder)
    return folder


@pytest.fixture
def new_home(tmp_path: Path) -> Iterator[Path]:
    """A home that does not exist yet, in a path with spaces and letters outside ASCII."""
    folder = tmp_path / "nhà của tôi"
    yield folder
    for candidate in (folder, tmp_path / "moved"):
        postgres.stop(candidate)


@pytest.fixture
def home(new_home: Path, made_home: Path) -> Path:
    """A home like that with a server that has been made and is down."""
    shutil.copytree(made_home, new_home)
    return new_home


def server_of(home: Path) -> psutil.Process:
    process = pg_server.postmaster(pg_cluster.data_folder(home))
    assert process is not None
    return process


def database(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"


def answer(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return row[0]


def test_starts_once_serves_both_databases_and_stops(new_home: Path) -> None:
    url = postgres.ensure_running(new_home)
    first = server_of(new_home)
    assert postgres.ensure_running(new_home) == url
    assert server_of(new_home) == first
    assert answer(url, "select current_user || '@' || current_database()") == "tiengvang@tiengvang"
    assert answer(postgres.airflow_url(new_home), "select current_database()") == "airflow"
    with psycopg.connect(url) as connection:
        connection.execute("create table kept as select 7 as n")

    postgres.stop(new_home)
    assert not postgres.is_running(new_home)
    assert not first.is_running() or first.status() == psutil.STATUS_ZOMBIE
    postgres.stop(new_home)

    assert postgres.ensure_running(new_home) == url, "the port is remembered"
    assert answer(url, "select n from kept") == 7


def test_durable_local_and_scram_only(home: Path) -> None:
    url = postgres.ensure_running(home)
    for name, expected in {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "data_checksums": "on",
        "TimeZone": "UTC",
    }.items():
        assert answer(url, f"select current_setting('{name}')") == expected
    assert (
        answer(url, "select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'")
        == 0
    )
    kept = "select rolpassword from pg_authid where rolname = 'tiengvang'"
    # one iteration, for a password of 24 random bytes
    assert str(answer(url, kept)).startswith("SCRAM-SHA-256$1:")
    assert len(url.split(":")[2].split("@")[0]) == 32
    listening = {c.laddr.ip for c in server_of(home).net_connections("tcp") if c.status == "LISTEN"}
    assert listening == {"127.0.0.1"}
    wrong = url.replace(url.split(":")[2].split("@")[0], "wrong")
    assert wrong != url
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_secrets_are_for_the_owner_only_and_in_no_log(home: Path) -> None:
    url = postgres.ensure_running(home)
    prepare(url)
    logins.ensure_bi_login(home, url)
    files = list((home / "secrets").iterdir())
    assert {f.name for f in files} >= {"postgres_tiengvang_password", "pgpass"}
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE((home / "secrets").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "postgres" / "data").stat().st_mode) == 0o700
    log = (home / "logs" / "postgres.log").read_text()
    assert "database system is ready" in log
    for file in files:
        assert file.name == "pgpass" or file.read_text() not in log
    process = server_of(home)
    assert url.split(":")[2].split("@")[0] not in " ".join(process.cmdline())


def test_comes_back_after_kill_with_what_was_committed(home: Path) -> None:
    url = postgres.ensure_running(home)
    with psycopg.connect(url) as connection:
        connection.execute("create table kept as select 7 as n")
    process = server_of(home)
    process.kill()
    process.wait(20)
    assert (home / "postgres" / "data" / "postmaster.pid").exists()
    assert not postgres.is_running(home)
    assert answer(postgres.ensure_running(home), "select n from kept") == 7


def test_number_of_the_dead_server_may_belong_to_another_process(home: Path) -> None:
    postgres.ensure_running(home)
    process = server_of(home)
    process.kill()
    process.wait(20)
    lock = home / "postgres" / "data" / "postmaster.pid"
    lines = lock.read_text().split("\n")
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        lock.write_text("\n".join([str(other.pid), *lines[1:]]))
        assert not postgres.is_running(home)
        postgres.stop(home)
        assert answer(postgres.ensure_running(home), "select 1") == 1
        assert other.poll() is None, "a process that is not ours was ended"
    finally:
        other.kill()
        other.wait()


def test_moves_to_another_port_when_its_own_is_taken(home: Path) -> None:
    postgres.ensure_running(home)
    before = postgres.port(home)
    postgres.stop(home)
    with socket.socket() as thief:
        thief.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        thief.bind(("127.0.0.1", before))
        thief.listen()
        url = postgres.ensure_running(home)
        assert postgres.port(home) != before
        assert answer(url, "select 1") == 1


@pytest.mark.parametrize("is_up", [False, True], ids=["stopped", "running"])
def test_folder_may_be_moved(home: Path, tmp_path: Path, is_up: bool) -> None:
    with psycopg.connect(postgres.ensure_running(home)) as connection:
        connection.execute("create table kept as select 7 as n")
    if not is_up:
        postgres.stop(home)
    moved = tmp_path / "moved"
    shutil.move(home, moved)
    assert postgres.is_running(moved) is is_up
    assert answer(postgres.ensure_running(moved), "select n from kept") == 7
    postgres.stop(moved)
    assert not postgres.is_running(moved)


def test_many_callers_at_once_get_one_server(new_home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tiengvang.local.postgres import ensure_running;"
        "print(ensure_running(Path(sys.argv[1])))"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "plugins")}
    callers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(new_home)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for _ in range(4)
    ]
    answers = {caller.communicate(timeout=120)[0] for caller in callers}
    assert [caller.returncode for caller in callers] == [0] * 4
    assert len(answers) == 1
    assert answer(answers.pop().strip(), "select 1") == 1


def test_killed_while_it_was_first_made_starts_anew(new_home: Path) -> None:
    unfinished = new_home / "postgres" / "data.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    assert answer(postgres.ensure_running(new_home), "select 1") == 1
    assert not unfinished.exists()


def test_killed_before_its_databases_were_made_makes_them(home: Path) -> None:
    url = postgres.ensure_running(home)
    with psycopg.connect(database(url, "postgres"), autocommit=True) as connection:
        connection.execute("drop database airflow")
    (home / "postgres" / "data" / "tiengvang.databases").unlink()
    postgres.ensure_running(home)
    assert answer(postgres.airflow_url(home), "select current_database()") == "airflow"


def test_waits_for_a_server_that_is_stopping(home: Path) -> None:
    url = postgres.ensure_running(home)
    first = server_of(home)
    # A smart shutdown waits for this session: until it ends, the server is on its way out.
    code = (
        "import psycopg, sys, time; c = psycopg.connect(sys.argv[1]);"
        "print(1, flush=True); time.sleep(1.5)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, url], stdout=subprocess.PIPE, text=True
    ) as session:
        assert session.stdout is not None
        session.stdout.readline()
        first.send_signal(signal.SIGTERM)
        lock = home / "postgres" / "data" / "postmaster.pid"
        deadline = time.monotonic() + 10
        while "stopping" not in lock.read_text():
            assert time.monotonic() < deadline
        assert answer(postgres.ensure_running(home), "select 1") == 1
        assert server_of(home) != first


def test_broken_data_names_the_log(home: Path) -> None:
    postgres.ensure_running(home)
    postgres.stop(home)
    (home / "postgres" / "data" / "global" / "pg_control").unlink()
    with pytest.raises(TiengVangError, match=r"did not start; the end of .*postgres\.log"):
        postgres.ensure_running(home)


def test_data_of_another_version_is_not_touched(home: Path) -> None:
    postgres.ensure_running(home)
    postgres.stop(home)
    (home / "postgres" / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(TiengVangError, match="made by PostgreSQL 16"):
        postgres.ensure_running(home)
    (home / "postgres" / "data" / "PG_VERSION").write_text("18\n")
    assert answer(postgres.ensure_running(home), "select 1") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
def test_runs_as_nobody_where_user_namespaces_are_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    account = pg_binaries.choose_account()
    assert account.uid is not None
    assert account.uid != 0
    binaries = pg_binaries.find_binaries(None)
    if account.run([binaries.program("postgres"), "--version"], timeout=20).returncode != 0:
        pytest.skip("nobody may not read the installed programs here")
    # Below /tmp, because pytest's own folders are closed to other users.
    home = Path("/tmp") / f"tiengvang-nobody-{os.getpid()}"
    home.mkdir()
    try:
        home.chmod(0o755)
        monkeypatch.setenv("PATH", "/usr/bin:/bin")
        pg_server.start(home, binaries, account)
        assert server_of(home).uids().real == account.uid
        postgres.stop(home)
        assert not postgres.is_running(home)
    finally:
        postgres.stop(home)
        shutil.rmtree(home)


def test_bi_login_reads_marts_and_writes_nothing(home: Path) -> None:
    owner = postgres.ensure_running(home)
    prepare(owner)
    with psycopg.connect(owner) as connection:
        connection.execute("set role tiengvang_publisher")
        connection.execute("create table marts.seen as select 7 as n")
    url = logins.ensure_bi_login(home, owner)
    assert logins.ensure_bi_login(home, owner) == url
    assert answer(url, "select n from marts.seen") == 7
    for statement in (
        "insert into marts.seen values (8)",
        "create table marts.mine (n int)",
        "create table public.mine (n int)",
        "create temporary table mine (n int)",
        "select * from raw.gdelt__documents",
        "select * from ops.source_files",
        "set role tiengvang_publisher",
        "select lo_create(0)",
    ):
        with psycopg.connect(url) as connection:
            # Read-only is only a default; the grants must hold without it.
            connection.execute("set transaction read write")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(database(url, "airflow"))
    with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        connection.execute("delete from marts.seen")


def test_given_server_is_used_as_it_is(home: Path) -> None:
    url = postgres.ensure_running(home)
    unused = home.parent / "unused"
    settings = Settings(home=unused, warehouse_url=url)
    assert postgres.warehouse_url(settings) == url
    assert not unused.exists()
    assert "options=" in logins.reader_url(settings)
    prepare(url)
    lines = logins.connection_lines(settings)
    assert "init --bi-login" in lines["connect"]
    logins.ensure_bi_login(unused, url)
    lines = logins.connection_lines(settings)
    assert lines["connect"].endswith("user tiengvang_bi")
    assert "tiengvang_bi@127.0.0.1" in lines["psql"]
    assert "options" not in lines["psql"], "the role is the login's own"
    password = Path(lines["password"].removeprefix("in ")).read_text()
    assert password not in " ".join(lines.values())
    refused = Settings(home=unused, warehouse_url=database(url, "absent"))
    with pytest.raises(SettingsError, match=r'WAREHOUSE_URL: .*"absent" does not exist') as e:
        postgres.warehouse_url(refused)
    password = url.split(":")[2].split("@")[0]
    assert password not in str(e.value)


def test_programs_that_are_not_postgres_are_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="TIENGVANG_PG_BIN"):
        pg_binaries.find_binaries(tmp_path)
    for name in ("postgres", "initdb", "pg_ctl"):
        (tmp_path / name).write_text('#!/bin/sh\necho "postgres (PostgreSQL) 14.9"\n')
        (tmp_path / name).chmod(0o755)
    with pytest.raises(SettingsError, match="15 or newer"):
        pg_binaries.find_binaries(tmp_path)


def test_sql_prints_csv_and_lets_a_reader_write_nothing(home: Path) -> None:
    owner = postgres.ensure_running(home)
    prepare(owner)
    reader = logins.ensure_bi_login(home, owner)
    query = "values (1, 'a,b'), (2, null::text); -- the end"
    assert "".join(cli_sql.as_csv(reader, "reader", query.replace(";", ""))) == (
        'column1,column2\n1,"a,b"\n2,\n'
    )
    assert list(cli_sql.as_csv(owner, "owner", "create table analyst.made (n int)")) == []
    assert "".join(cli_sql.as_csv(owner, "owner", "select * from analyst.made;")) == "n\n"
    assert "".join(cli_sql.as_csv(reader, "reader", "show transaction_read_only")) == (
        "transaction_read_only\non\n"
    )
    assert (
        "".join(cli_sql.as_csv(reader, "reader", "(select 1 as a) union select 2")) == "a\n1\n2\n"
    )
    assert "".join(cli_sql.as_csv(reader, "reader", "select 'x;y' as a; select null as b")) == (
        'a\nx;y\nb\n""\n'
    )
    with pytest.raises(TiengVangError, match="no statement"):
        list(cli_sql.as_csv(reader, "reader", " ; "))
    for refused in ("select * from ops.loads", "create table analyst.mine (n int)"):
        with pytest.raises(TiengVangError, match=r"permission denied|read-only"):
            list(cli_sql.as_csv(reader, "reader", refused))
