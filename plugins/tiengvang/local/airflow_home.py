"""Airflow on a laptop: its whole configuration as environment variables, and its own database."""

from __future__ import annotations

import base64
import importlib.metadata
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import psycopg

from tiengvang.errors import TiengVangError
from tiengvang.local.locks import locked
from tiengvang.local.secret_files import keep_secret, secret_path
from tiengvang.settings import REPOSITORY, Settings

ADMIN = "admin"
USERS_SECRET = "airflow_users.json"  # noqa: S105  the name of a file
MIGRATE_SECONDS = 600

# What holds wherever Airflow runs for us. docker-compose.yml repeats these; a test compares them.
COMMON_ENVIRONMENT = {
    "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
    "AIRFLOW__CORE__PARALLELISM": "4",
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{ADMIN}:admin",
    "AIRFLOW__API__EXPOSE_CONFIG": "False",
    "AIRFLOW__API__WORKERS": "1",
    "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
    "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "60",
    "AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD": "240",
    "AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "120",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "GX_ANALYTICS_ENABLED": "false",
}


def airflow_environment(settings: Settings, metadata_url: str) -> dict[str, str]:
    """Return the variables that configure Airflow for this home; make its secrets on first use.

    Set them before Airflow is imported, or pass them to its processes.

    Args:
        settings: gives the home and the port.
        metadata_url: URL of Airflow's own database on Postgres, with or without a driver's name.
    """
    home = settings.home
    folder = airflow_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{settings.airflow_port}"
    admin_password(home)
    return {
        **COMMON_ENVIRONMENT,
        "TIENGVANG_HOME": str(home),
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW__CORE__DAGS_FOLDER": str(REPOSITORY / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(REPOSITORY / "plugins"),
        "AIRFLOW__CORE__FERNET_KEY": keep_secret(home, "airflow_fernet_key", _fernet_key()),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(secret_path(home, USERS_SECRET)),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": _with_driver(metadata_url, "psycopg2"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC": _with_driver(metadata_url, "asyncpg"),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(settings.airflow_port),
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__API__SECRET_KEY": keep_secret(home, "airflow_api_key"),
        "AIRFLOW__API_AUTH__JWT_SECRET": keep_secret(home, "airflow_jwt_secret", _jwt_secret()),
    }


def process_environment(settings: Settings, metadata_url: str) -> dict[str, str]:
    """Return the whole environment of an Airflow process.

    Airflow variables of the surrounding shell are left out: configuration has one door.
    """
    inherited = {name: v for name, v in os.environ.items() if not name.startswith("AIRFLOW_")}
    programs = str(Path(sys.executable).parent)
    path = os.pathsep.join([programs, inherited.get("PATH", os.defpath)])
    return {**inherited, "PATH": path, **airflow_environment(settings, metadata_url)}


def airflow_folder(home: Path) -> Path:
    """Return Airflow's own folder."""
    return home / "airflow"


def admin_password(home: Path) -> str:
    """Return the password of Airflow's only user, made once."""
    users = keep_secret(home, USERS_SECRET, json.dumps({ADMIN: secrets.token_urlsafe(18)}))
    return str(json.loads(users)[ADMIN])


def migrate(settings: Settings, metadata_url: str) -> bool:
    """Bring Airflow's database to the installed version; quick when it is there already.

    Returns:
        Whether anything had to be done.

    Raises:
        TiengVangError: the migration failed; the message holds the end of what it said.
    """
    environment = process_environment(settings, metadata_url)
    folder = airflow_folder(settings.home)
    marker = folder / "migrated.json"
    with locked(folder / "migrate.lock"):
        version = importlib.metadata.version("apache-airflow")
        revision = _revision(metadata_url)
        state = {"airflow": version, "revision": revision}
        if revision and marker.exists() and json.loads(marker.read_text()) == state:
            return False
        answer = subprocess.run(
            [sys.executable, "-m", "airflow", "db", "migrate"],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=MIGRATE_SECONDS,
            check=False,
        )
        if answer.returncode != 0:
            said = "\n".join((answer.stdout + answer.stderr).splitlines()[-8:])
            raise TiengVangError(f"airflow db migrate failed:\n{said}")
        marker.write_text(json.dumps({"airflow": version, "revision": _revision(metadata_url)}))
    return True


def _revision(metadata_url: str) -> str | None:
    with psycopg.connect(_with_driver(metadata_url)) as connection:
        try:
            row = connection.execute("select version_num from alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            return None
    return None if row is None else str(row[0])


def _with_driver(url: str, driver: str = "") -> str:
    """Name the driver of a database URL as SQLAlchemy does, or none as libpq expects."""
    return f"postgresql{'+' if driver else ''}{driver}://{url.split('://', 1)[1]}"


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _jwt_secret() -> str:
    return secrets.token_urlsafe(64)
