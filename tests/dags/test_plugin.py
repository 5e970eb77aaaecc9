"""The plugin as Airflow loads it: alone, cheaply, and closed to whoever is not signed in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from airflow_of_tests import Airflow

from tiengvang.settings import REPOSITORY

pytestmark = pytest.mark.airflow

PLUGIN = REPOSITORY / "plugins" / "tiengvang_plugin.py"
LOADING = """
import importlib.machinery, importlib.util, sys
import airflow.plugins_manager

before = set(sys.modules)
loader = importlib.machinery.SourceFileLoader("tiengvang_plugin", sys.argv[1])
module = importlib.util.module_from_spec(importlib.util.spec_from_loader("tiengvang_plugin", loader))
loader.exec_module(module)
assert module.TiengVangPlugin().external_views
print("new:", *sorted(set(sys.modules) - before))
"""


@pytest.fixture(scope="module")
def plugins(airflow: Airflow) -> Iterator[dict[str, Any]]:
    with airflow.active(AIRFLOW__CORE__LOAD_EXAMPLES="False"):
        from airflow import plugins_manager

        found, errors = plugins_manager._get_plugins()
        assert errors == {}
        yield {str(plugin.name): plugin for plugin in found}


def test_airflow_finds_one_plugin_and_executes_no_file_of_the_library(
    plugins: dict[str, Any],
) -> None:
    ours = [p for p in plugins.values() if str(p.source).startswith("$PLUGINS_FOLDER")]
    assert [str(plugin.source) for plugin in ours] == ["$PLUGINS_FOLDER/tiengvang_plugin.py"]
    assert not {"doors", "ledger", "jobs", "gate"} & set(sys.modules)


def test_loading_it_imports_nothing(airflow: Airflow, tmp_path: Path) -> None:
    """The scheduler and every parsing process load it, and have no use for a page."""
    with airflow.active(AIRFLOW_HOME=str(tmp_path)):
        answer = subprocess.run(
            [sys.executable, "-c", LOADING, str(PLUGIN)],
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
    assert answer.stdout.splitlines()[-1] == "new:"


def test_addresses_are_relative_to_airflows_base(plugins: dict[str, Any]) -> None:
    views = plugins["tiengvang"].external_views
    assert {view["destination"] for view in views} == {"nav", "dag_run"}
    assert all(view["href"].startswith("tiengvang/") for view in views)
    assert len({view["url_route"] for view in views}) == 2
    (mounted,) = plugins["tiengvang"].fastapi_apps
    assert mounted["url_prefix"] == "/tiengvang"


def test_every_address_asks_for_airflows_login(plugins: dict[str, Any]) -> None:
    (mounted,) = plugins["tiengvang"].fastapi_apps
    asked = {
        str(route.path): [found.dependency.__qualname__ for found in route.dependencies]
        for route in mounted["app"].routes
    }
    login = "requires_access_view.<locals>.inner"
    assert asked == {
        "/": [login],
        "/run": [login, "requires_access_dag.<locals>.inner"],
        "/editions/{path:path}": [login],
        "/data-docs/{path:path}": [login],
    }
