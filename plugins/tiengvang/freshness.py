"""How old each source is by the warehouse's clock, as dbt's source freshness says."""

from __future__ import annotations

from tiengvang import transform
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import connect
from tiengvang.warehouse.world import as_of


def check(settings: Settings, url: str) -> dict[str, str]:
    """Run ``dbt source freshness`` and keep its answers in ``ops.source_freshness``.

    Stale data fails nothing here: the third door judges the age of what an edition would show.

    Returns:
        The status (pass, warn, error) by source table.

    Raises:
        BuildFailed: a source could not be asked at all.
    """
    with connect(url, "builder") as connection:
        instant = as_of(connection)
        answers = transform.source_freshness(settings, url)
        for name, answer in answers.items():
            connection.execute(
                """
                insert into ops.source_freshness (
                    source_table, max_loaded_at, as_of_at, age_seconds, status, silent_after_seconds
                ) values (%s, %s, %s, %s, %s, %s)
                on conflict (source_table) do update set
                    max_loaded_at = excluded.max_loaded_at, as_of_at = excluded.as_of_at,
                    age_seconds = excluded.age_seconds, status = excluded.status,
                    silent_after_seconds = excluded.silent_after_seconds
                """,
                (
                    name,
                    answer["max_loaded_at"],
                    instant,
                    answer["age_seconds"],
                    answer["status"],
                    answer["silent_after_seconds"],
                ),
            )
    return {name: str(answer["status"]) for name, answer in answers.items()}
