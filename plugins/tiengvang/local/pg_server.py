"""The processes of one embedded Postgres server. Callers hold the home's lock."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tiengvang.errors import TiengVangError
from tiengvang.local.pg_binaries import Account, Binaries
from tiengvang.local.pg_cluster import (
    choose_port,
    configure,
    data_folder,
    initialise,
    is_free,
)

START_SECONDS = 120
STOP_SECONDS = 60
LOG_BYTES = 10_000_000


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
    initialise(home, binaries, account)
    _clear_stale_lock(data)
    log = log_file(home)
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    log.touch(mode=0o600)
    account.own(log)
    for _ in range(3):
        chosen = choose_port(home)
        configure(data, chosen, account)
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
