"""Airflow's services on a laptop: started together, watched until healthy, ended completely."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import psutil
import requests

from tiengvang.errors import TiengVangError
from tiengvang.local import pg_cluster, postgres
from tiengvang.local.airflow_home import airflow_folder, migrate, process_environment
from tiengvang.local.locks import locked
from tiengvang.local.secret_files import write_private
from tiengvang.local.service_processes import Service, end, merge
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.world import read_world

# docker-compose.yml gives the same commands; a test compares them. Log servers listen on every
# address and are not needed where all services share one folder of logs.
SERVICE_COMMANDS: dict[str, list[str]] = {
    "api-server": ["airflow", "api-server"],
    "scheduler": ["airflow", "scheduler", "--skip-serve-logs"],
    "dag-processor": ["airflow", "dag-processor"],
    "triggerer": ["airflow", "triggerer", "--skip-serve-logs"],
}
HEALTH_SECONDS = 300


def has_schedule(settings: Settings, connection: Connection) -> bool:
    """Say whether anything can be loaded by schedule: not where live sources meet a sample world."""
    world = read_world(connection)
    live = Settings.model_fields["gdelt_base_url"].default
    return world is None or not world.is_synthetic or settings.gdelt_base_url != live


def up(settings: Settings, *, schedule: bool = True, say: Callable[[str], None] = print) -> str:
    """Start what is not running of Airflow's services, and wait until all are healthy.

    The services outlive the caller. Calling again changes nothing.

    Args:
        settings: gives home and port. The warehouse must have been prepared.
        schedule: whether DAGs run at their times; without, only what somebody triggers.
        say: receives one line per step.

    Returns:
        The address of Airflow's pages.

    Raises:
        TiengVangError: a service ended or did not become healthy; all are stopped again.
    """
    with locked(settings.home / "run" / "services.lock"):
        postgres.ensure_running(settings.home, pg_bin=settings.pg_bin)
        metadata = postgres.airflow_url(settings.home)
        if migrate(settings, metadata):
            say("Airflow's database is ready")
        try:
            environment = process_environment(settings, metadata)
            environment["AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE"] = str(schedule)
            services = _start_missing(settings, environment, say)
            address = f"http://127.0.0.1:{settings.airflow_port}"
            _await_health(settings.home, address, services)
        except TiengVangError:
            _stop_all(settings.home, say)
            raise
        return address


def down(settings: Settings, *, say: Callable[[str], None] = print) -> None:
    """Stop Airflow's services with all that they started, then the embedded server.

    Raises:
        TiengVangError: a process is still there.
    """
    with locked(settings.home / "run" / "services.lock"):
        _stop_all(settings.home, say)
    if postgres.is_running(settings.home):
        postgres.stop(settings.home)
        say("PostgreSQL stopped")


def running_services(home: Path) -> list[str]:
    """Return the names of the services that are up, in the order in which they are started."""
    alive = {service.name for service in read_services(home) if service.leader() is not None}
    return [name for name in SERVICE_COMMANDS if name in alive]


def _stop_all(home: Path, say: Callable[[str], None]) -> None:
    services = read_services(home)
    left = end(_all_processes(services), again=lambda: _all_processes(services))
    if left:
        numbers = ", ".join(str(process.pid) for process in left)
        raise TiengVangError(f"still running after SIGKILL: processes {numbers}")
    for service in services:
        _pid_file(home, service.name).unlink(missing_ok=True)
        say(f"{service.name} stopped")


def _all_processes(services: Iterable[Service]) -> list[psutil.Process]:
    return merge([], [process for service in services for process in service.processes()])


def _pid_file(home: Path, name: str) -> Path:
    return home / "run" / f"{name}.json"


def _log(home: Path, name: str) -> Path:
    return home / "logs" / f"airflow-{name}.log"


def read_services(home: Path) -> list[Service]:
    """Return the services that were started and not stopped, whether they live or not."""
    services = []
    for name in SERVICE_COMMANDS:
        path = _pid_file(home, name)
        if path.exists():
            services.append(Service(name, **json.loads(path.read_text())))
    return services


def _start_missing(
    settings: Settings, environment: dict[str, str], say: Callable[[str], None]
) -> list[Service]:
    known = {service.name: service for service in read_services(settings.home)}
    running = {name: s for name, s in known.items() if s.leader() is not None}
    if "api-server" not in running:
        require_free_port(settings)
    # What a dead service left behind would compete with its successor.
    end(_all_processes(s for name, s in known.items() if name not in running))
    for name, command in SERVICE_COMMANDS.items():
        if name not in running:
            running[name] = _start(settings.home, name, command, environment)
            say(f"{name} started")
    return list(running.values())


def _start(home: Path, name: str, command: list[str], environment: dict[str, str]) -> Service:
    _pid_file(home, name).parent.mkdir(parents=True, exist_ok=True)
    _log(home, name).parent.mkdir(parents=True, exist_ok=True)
    with _log(home, name).open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            command,
            env=environment,
            cwd=airflow_folder(home),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    created = psutil.Process(process.pid).create_time()
    write_private(_pid_file(home, name), json.dumps({"pid": process.pid, "created": created}))
    return Service(name, process.pid, created)


def require_free_port(settings: Settings) -> None:
    """Make sure that Airflow's pages can have their port.

    Raises:
        TiengVangError: something else listens there.
    """
    if not pg_cluster.is_free(settings.airflow_port):
        raise TiengVangError(
            f"port {settings.airflow_port} on 127.0.0.1 is taken: "
            "set TIENGVANG_AIRFLOW_PORT to another one"
        )


def _await_health(home: Path, address: str, services: list[Service]) -> None:
    deadline = time.monotonic() + HEALTH_SECONDS
    with requests.Session() as session:
        # A proxy of the surrounding shell must not be asked for 127.0.0.1.
        session.trust_env = False
        while True:
            for service in services:
                if service.leader() is None:
                    raise TiengVangError(_failure(home, service.name, "ended"))
            ill = _ill(session, address, services)
            if not ill:
                return
            if time.monotonic() > deadline:
                raise TiengVangError(
                    _failure(home, ill[0], f"is not healthy after {HEALTH_SECONDS} s")
                )
            time.sleep(0.5)


def _ill(session: requests.Session, address: str, services: list[Service]) -> list[str]:
    """Name the services that are not healthy; a heartbeat of an earlier life does not count."""
    try:
        answer = session.get(f"{address}/api/v2/monitor/health", timeout=5).json()
    except (requests.RequestException, ValueError):
        return ["api-server"]
    ill = []
    for service in services:
        if service.name == "api-server":
            continue
        key = service.name.replace("-", "_")
        state = answer.get(key) or {}
        beat = state.get(f"latest_{key}_heartbeat")
        is_fresh = beat and datetime.fromisoformat(beat).timestamp() >= service.created
        if state.get("status") != "healthy" or not is_fresh:
            ill.append(service.name)
    return ill


def _failure(home: Path, name: str, what: str) -> str:
    log = _log(home, name)
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-10:])
    return f"{name} {what}; the end of {log} says:\n{tail}"
