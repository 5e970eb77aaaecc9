"""Run dbt in this process, with the warehouse's address given by environment and nothing written here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from tiengvang.environment import environment
from tiengvang.errors import BuildFailed
from tiengvang.settings import REPOSITORY, Settings

PROJECT = REPOSITORY / "dbt_project"
SHOWN_FAILURES = 5
SECONDS = {"minute": 60, "hour": 3600, "day": 86400}


def dbt_environment(settings: Settings, url: str) -> dict[str, str]:
    """Return the environment that ``dbt_project``, its profiles and dbt itself read."""
    parts: Mapping[str, Any] = conninfo_to_dict(url)
    folder = settings.home / "dbt"
    return {
        "TIENGVANG_DBT_HOST": str(parts.get("host", "localhost")),
        "TIENGVANG_DBT_PORT": str(parts.get("port", 5432)),
        "TIENGVANG_DBT_USER": str(parts.get("user", "")),
        "TIENGVANG_DBT_PASSWORD": str(parts.get("password", "")),
        "TIENGVANG_DBT_DBNAME": str(parts.get("dbname", "")),
        "TIENGVANG_EDITION_TIME_ZONE": settings.edition_time_zone,
        "DBT_PROJECT_DIR": str(PROJECT),
        "DBT_PROFILES_DIR": str(PROJECT),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_USE_COLORS": "false",
    }


def run_dbt(settings: Settings, url: str, arguments: Sequence[str]) -> dict[str, int]:
    """Run one dbt command.

    The models read the running build's id and instant from ``ops.builds``: given as ``--vars``, which
    differ from build to build, they would make dbt parse the whole project each time.

    Returns:
        The number of nodes per status; empty for commands that run no nodes.

    Raises:
        BuildFailed: dbt failed; the message names the first nodes that did and why.
    """
    outcome = _invoke(settings, url, arguments)
    if outcome.exception is not None:
        raise BuildFailed(f"dbt {arguments[0]}: {outcome.exception}") from outcome.exception
    results = list(getattr(outcome.result, "results", None) or [])
    if not outcome.success:
        raise BuildFailed(f"dbt {arguments[0]}: {_failures(results)}")
    return dict(Counter(str(getattr(result, "status", "done")) for result in results))


def _invoke(settings: Settings, url: str, arguments: Sequence[str]) -> Any:
    """Run dbt and print what it says of errors.

    For its own two logs it words each of its thousands of events, which is a fifth of a build's time.
    """
    from dbt.cli.main import dbtRunner

    unlogged = ["--log-level", "none", "--log-level-file", "none"]
    with environment(dbt_environment(settings, url)):
        return dbtRunner(callbacks=[_print_error]).invoke([*unlogged, *arguments])


def _print_error(event: Any) -> None:
    if event.info.level == "error":
        print(event.info.msg)


def _failures(results: Sequence[Any]) -> str:
    failed = [
        f"{result.node.name}: {' '.join(str(result.message).split())}"
        for result in results
        if str(result.status) in ("error", "fail", "runtime error")
    ]
    more = len(failed) - SHOWN_FAILURES
    return "; ".join(failed[:SHOWN_FAILURES]) + (f"; and {more} more" if more > 0 else "")


def manifest(settings: Settings) -> dict[str, Any]:
    """Return the manifest of the last dbt run.

    Raises:
        BuildFailed: dbt has not run in this home.
    """
    path = settings.home / "dbt" / "target" / "manifest.json"
    try:
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BuildFailed(f"{path}: no manifest, dbt has not run here") from None
    return value


def source_freshness(settings: Settings, url: str) -> dict[str, dict[str, Any]]:
    """Ask dbt how old each source is.

    Returns:
        By ``<source>.<table>``: status, max_loaded_at and age_seconds (None for an empty source),
        silent_after_seconds (the first threshold; None where there is none).

    Raises:
        BuildFailed: a source could not be asked.
    """
    outcome = _invoke(settings, url, ["source", "freshness"])
    if outcome.exception is not None:
        raise BuildFailed(f"dbt source freshness: {outcome.exception}") from outcome.exception
    answers: dict[str, dict[str, Any]] = {}
    for result in getattr(outcome.result, "results", None) or []:
        status = str(result.status)
        name = f"{result.node.source_name}.{result.node.name}"
        if status == "runtime error":
            raise BuildFailed(f"dbt source freshness: {name}: {result.message}")
        newest: Any = getattr(result, "max_loaded_at", None)
        # dbt says of what was never loaded that it was in the year 1
        is_loaded = newest is not None and newest.year > 1
        answers[name] = {
            "status": status,
            "max_loaded_at": newest if is_loaded else None,
            "age_seconds": getattr(result, "age", None) if is_loaded else None,
            "silent_after_seconds": _first_threshold(result.node.freshness),
        }
    return answers


def _first_threshold(freshness: Any) -> float | None:
    times = [getattr(freshness, name, None) for name in ("warn_after", "error_after")]
    seconds = [
        time.count * SECONDS[str(getattr(time.period, "value", time.period))]
        for time in times
        if time is not None and time.count is not None
    ]
    return float(min(seconds)) if seconds else None
