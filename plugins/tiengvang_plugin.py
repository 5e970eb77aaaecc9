"""Tiếng Vang in Airflow's pages: an entry in the navigation and a view of each run.

Every component of Airflow loads this file, and only the server of its pages asks for ``fastapi_apps``:
what that needs is imported then.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from airflow.plugins_manager import AirflowPlugin

PREFIX = "/tiengvang"


class TiengVangPlugin(AirflowPlugin):
    """The desk, behind Airflow's own login; addresses are relative to Airflow's base address."""

    name = "tiengvang"
    external_views = [  # noqa: RUF012  Airflow reads it as a list of the class
        {
            "name": "Tiếng Vang",
            "href": "tiengvang/",
            "destination": "nav",
            "url_route": "tiengvang",
        },
        {
            "name": "Tiếng Vang",
            "href": "tiengvang/run?dag_id={DAG_ID}&run_id={RUN_ID}",
            "destination": "dag_run",
            "url_route": "tiengvang_run",
        },
    ]

    @cached_property
    def fastapi_apps(self) -> list[dict[str, Any]]:
        """Return the desk as Airflow mounts it."""
        return [{"app": make_desk(), "url_prefix": PREFIX, "name": "Tiếng Vang"}]


def make_desk() -> Any:
    """Return the desk's application: whoever Airflow lets see its pages may read it.

    The view of a run asks for more: the right to read that DAG's runs.
    """
    from airflow.api_fastapi.auth.managers.models.resource_details import (
        AccessView,
        DagAccessEntity,
    )
    from airflow.api_fastapi.core_api.security import requires_access_dag, requires_access_view
    from fastapi import Depends

    from tiengvang.desk.app import make_app

    return make_app(
        signed_in=[Depends(requires_access_view(AccessView.WEBSITE))],
        may_read_run=[Depends(requires_access_dag("GET", DagAccessEntity.RUN))],
        returned=returned_values,
    )


def returned_values(dag_id: str, run_id: str) -> Mapping[str, Any]:
    """Return what the tasks of a run returned, by task; mapped tasks are left out."""
    from airflow.models.xcom import XComModel
    from airflow.utils.session import create_session
    from sqlalchemy import select

    query = select(XComModel).where(
        XComModel.dag_id == dag_id,
        XComModel.run_id == run_id,
        XComModel.key == "return_value",
        XComModel.map_index < 0,
    )
    with create_session() as session:
        return {row.task_id: XComModel.deserialize_value(row) for row in session.scalars(query)}
