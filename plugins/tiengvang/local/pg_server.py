"""The processes and files of one embedded Postgres server. Callers hold the home's lock."""

from __future__ import annotations

import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tiengvang.errors import TiengVangError
from tiengvang.local.pg_binaries import Account, Binaries
from tiengvang.local.secret_files import keep_secret

OWNER = "tiengvang"
START_SECONDS = 120
STOP_SECONDS = 60
LOG_BYTES = 10_000_000

# A warehouse on two cores beside Airflow. wal_level=minimal skips the log of rows that are copied
# into a table made in the same transaction; nothing is replicated. Durability stays as it comes.
SERVER_SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "max_connections": "120",
    "password_encryption": "'scram-sha-256'",
    "shared_buffers": "'256MB'",
    "effective_cache_size": "'1GB'",
    "work_mem": "'32MB'",
    "maintenance_work_mem": "'128MB'",
    "min_dynamic_shared_memory": "'64MB'",
    "max_parallel_workers_per_gather": "1",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "wal_compression": "on",
    "max_wal_size": "'2GB'",
    "checkpoint_timeout": "'15min'",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "log_line_prefix": "'%m [%p] %q%u@%d '",
}


def data_folder(home: Path) -> Path:
    """Return the server's data folder."""
    return home / "postgres" / "data"


def log_file(home: Path) -> Path:
    """Return the server's log."""
    return home / "logs" / "postgres.log"


def postmaster(data: Path) -> psutil.Process | None:
    """Return the server process of this very folder, wherever the folder has been moved to."""
    try:
        process = psutil.Process(int((data / "postmaster.pid").read_text().split("\n")[0]))
        return process if _serves(process, data) else None
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None


def await_settled(data: Path) -> psutil.Process | None:
    """Wait while a server that somebody else started or stopped is on its way.

    Returns:
        The server once it is ready, or None when there is none.

    Raises:
        TiengVangError: it is neither ready nor gone after ``START_SECONDS``.
    """
    deadline = time.monotonic() + START_SECONDS
    while (process := postmaster(data)) is not None:
        if _status(data) == "ready":
            return process
        if time.monotonic() > deadline:
            raise TiengVangError(f"PostgreSQL (process {process.pid}) does not become ready")
        time.sleep(0.05)
    return None


def _status(data: Path) -> str:
    try:
        lines = (data / "postmaster.pid").read_text().split("\n")
    except FileNotFoundError:
        return ""
    return lines[7].strip() if len(lines) > 7 else ""


def _serves(process: psutil.Process, data: Path) -> bool:
    try:
        # A zombie has no folder; a process that took over the number has another one.
        return process.name().startswith("postgres") and data.samefile(process.cwd())
    except (psutil.Error, OSError):
        return False


def stop(process: psutil.Process) -> None:
    """End the server: sessions are cut, data is flushed.

    Raises:
        TiengVangError: the server is still there afterwards.
    """
    for kind, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10)):
        with _vanished():
            process.send_signal(kind)
        if _gone(process, seconds):
            return
    raise TiengVangError(f"PostgreSQL (process {process.pid}) does not stop")


def _gone(process: psutil.Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def start(home: Path, binaries: Binaries, account: Account) -> None:
    """Start the server of this home and wait until it answers; make its data folder first.

    Raises:
        TiengVangError: it did not start; the message holds the end of its log.
    """
    data = data_folder(home)
    log_file(home).parent.mkdir(parents=True, exist_ok=True)
    _initialise(home, binaries, account)
    _clear_stale_lock(data)
    log = log_file(home)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    log.touch(mode=0o600)
    account.own(log)
    for _ in range(3):
        chosen = _choose_port(home)
        _configure(data, chosen, account)
        command = [binaries.program("pg_ctl"), "start", "-w", "-t", str(START_SECONDS)]
        answer = account.run(
            [*command, "-D", str(data), "-l", str(log)], timeout=START_SECONDS + 30
        )
        if answer.returncode == 0:
            return
        if is_free(chosen):
            break
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-5:])
    raise TiengVangError(f"PostgreSQL did not start; the end of {log} says:\n{tail}")


def _initialise(home: Path, binaries: Binaries, account: Account) -> None:
    data = data_folder(home)
    if data.exists():
        major = int((data / "PG_VERSION").read_text())
        if major != binaries.major:
            raise TiengVangError(
                f"{data} was made by PostgreSQL {major}, the programs in {binaries.folder} are "
                f"{binaries.major}: set TIENGVANG_PG_BIN to the old ones, or run make clean"
            )
        return
    folder = data.parent
    folder.mkdir(mode=0o700, exist_ok=True)
    account.own(folder)
    unfinished = folder / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    password_file = folder / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(keep_secret(home, f"postgres_{OWNER}_password"))
    account.own(password_file)
    # One sort order everywhere: published files must not depend on the system's locales.
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [binaries.program("initdb"), "-U", OWNER, "-A", "scram-sha-256", "-E", "UTF8"]
    command += [f"--pwfile={password_file}", "--no-locale", "--no-instructions"]
    command += [*(builtin if binaries.major >= 17 else []), "-D", str(unfinished)]
    try:
        answer = account.run(command, timeout=300)
    except PermissionError as error:
        raise TiengVangError(f"PostgreSQL cannot be run: {error}") from None
    finally:
        password_file.unlink()
    if answer.returncode != 0:
        hint = ""
        if account.uid is not None:
            hint = (
                "\nPostgreSQL does not run as root and user namespaces are not allowed here, so "
                f"it runs as nobody, who must be able to enter {folder} and {binaries.folder}: set "
                "TIENGVANG_HOME to such a folder, or run as an ordinary user"
            )
        raise TiengVangError(f"initdb failed: {answer.stderr.strip()}{hint}")
    unfinished.rename(data)


def _clear_stale_lock(data: Path) -> None:
    """Remove the lock file of a dead server.

    Postgres refuses to start while any process has the dead server's number, whoever that is.
    Children of a killed server may live on for a moment: they must be gone first.
    """
    lock = data / "postmaster.pid"
    if not lock.exists():
        return
    orphans = [process for process in psutil.process_iter() if _serves(process, data)]
    for process in orphans:
        with _vanished():
            process.send_signal(signal.SIGQUIT)
    for process in orphans:
        if not _gone(process, 10):
            with _vanished():
                process.kill()
            _gone(process, 10)
    lock.unlink()


@contextmanager
def _vanished() -> Iterator[None]:
    try:
        yield
    except psutil.NoSuchProcess:
        return


def _choose_port(home: Path) -> int:
    path = home / "postgres" / "port"
    if path.exists() and is_free(int(path.read_text())):
        return int(path.read_text())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        chosen = int(probe.getsockname()[1])
    path.write_text(str(chosen))
    return chosen


def is_free(number: int) -> bool:
    """Say whether a port of 127.0.0.1 can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True


def _configure(data: Path, chosen: int, account: Account) -> None:
    lines = [f"{name} = {value}" for name, value in {**SERVER_SETTINGS, "port": chosen}.items()]
    path = data / "postgresql.conf"
    path.write_text("\n".join(lines) + "\n")
    account.own(path)
