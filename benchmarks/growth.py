"""What a week of watched documents costs to build, on histories of one, three and ten million of them.

One generated week is loaded and built. Its rows, raw and derived, are then copied back week by week: a
history as a real warehouse would hold it, in bearable time. The week after it is loaded and built with
the clock running, by the same steps as the DAG's.

``python -m benchmarks.growth --millions 1 3 10``
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from tiengvang import build, jobs
from tiengvang.local import postgres
from tiengvang.warehouse.setup import prepare

MONDAY = date(2026, 6, 29)
NOW = datetime(2026, 7, 6, tzinfo=UTC)
WEEK_DOCUMENTS = 60_000
OUTLETS = 3_000
WATCHED = ("VM", "TH", "ID", "MY", "RP", "SN")
DOMAINS = ("jp", "kr", "de", "fr", "com.au", "in", "co.uk", "es", "it", "pl", "nl", "com.br")
ENGLISH = {"com.au", "in", "co.uk"}
COPIES = 0.15
IDS = {"record_id", "story_id", "old_story_id", "file_name"}


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a week's build on a history of so many documents, and of each step."""

    documents: int
    seconds: float
    steps: dict[str, float]


def measure(folder: Path, documents: int, week_documents: int = WEEK_DOCUMENTS) -> Cost:
    """Build a week on a history of (about) so many watched documents."""
    with _warehouse(folder) as url:
        _load_week(url, MONDAY, week_documents, seed=1)
        _build()
        weeks = max(1, round(documents / week_documents)) - 1
        _copy_back(url, weeks)
        with psycopg.connect(url) as connection:
            connection.execute(
                "update ops.world set declared_as_of = %s", (NOW + timedelta(days=7),)
            )
        _load_week(url, MONDAY + timedelta(days=7), week_documents, seed=2)
        steps = _build()
    return Cost((weeks + 1) * week_documents, sum(steps.values()), steps)


@contextmanager
def _warehouse(folder: Path) -> Iterator[str]:
    home = folder / "home"
    home.mkdir(parents=True)
    url = postgres.ensure_running(home)
    names = {"TIENGVANG_HOME": str(home), "TIENGVANG_WAREHOUSE_URL": url}
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        prepare(url)
        with psycopg.connect(url) as connection:
            connection.execute(
                "insert into ops.world (world_name, is_synthetic, declared_as_of) values ('bench', true, %s)",
                (NOW,),
            )
        yield url
    finally:
        postgres.stop(home)
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _build() -> dict[str, float]:
    build_id = jobs.claim_build()
    assert build_id is not None
    steps = {}
    for step in (*build.STEPS, "judge_marts", "publish_marts"):
        started = time.perf_counter()
        if step in build.STEPS:
            jobs.transform(build_id, step)
        else:
            getattr(jobs, step)(build_id)
        steps[step] = time.perf_counter() - started
    return steps


def _load_week(url: str, monday: date, documents: int, seed: int) -> None:
    """Write a week's raw rows and ledger as one load that passed door one."""
    start = datetime.combine(monday, datetime.min.time(), UTC)
    with psycopg.connect(url) as connection:
        row = connection.execute(
            """
            insert into ops.loads (source, run_id, window_start, window_end, status)
            values ('gdelt', 'bench', %s, %s, 'passed') returning load_id
            """,
            (start, start + timedelta(days=7)),
        ).fetchone()
        assert row is not None
        load_id = row[0]
        connection.execute(_LEDGER, {"start": start, "load_id": load_id})
        connection.execute(
            """
            insert into ops.changed_days (source, day, load_id)
            select 'gdelt', %s::date + n, %s from generate_series(0, 6) as n
            """,
            (monday, load_id),
        )
        _write_documents(connection, start, documents, load_id, random.Random(seed))
        _write_totals(connection, start, load_id, random.Random(seed))
        connection.execute("analyze")


_LEDGER = """
    insert into ops.source_files (
        source, table_name, file_name, stream, slot_at, status, rows_read, rows_kept, rows_rejected,
        load_id, watchlist_digest
    )
    select
        'gdelt', tables.name, to_char(slot, 'YYYYMMDDHH24MI') || streams.name || tables.name,
        streams.name, slot, 'loaded', 100, 10, 0, %(load_id)s, 'bench'
    from generate_series(
        %(start)s::timestamptz, %(start)s::timestamptz + interval '7 days' - interval '15 minutes',
        interval '15 minutes'
    ) as slot
    cross join (values ('english'), ('translation')) as streams (name)
    cross join (values ('gkg'), ('export'), ('mentions')) as tables (name)
"""


def _outlet(number: int) -> tuple[str, str]:
    """Return an outlet's domain and the stream that it arrives in."""
    suffix = DOMAINS[number % len(DOMAINS)]
    return f"paper{number}.{suffix}", "english" if suffix in ENGLISH else "translation"


def _write_documents(
    connection: psycopg.Connection[tuple[object, ...]],
    start: datetime,
    documents: int,
    load_id: int,
    dice: random.Random,
) -> None:
    words = [
        f"{a}{b}" for a in ("ka", "lo", "mi", "nu", "re", "sta", "tor", "vel") for b in range(250)
    ]
    slots = sorted(dice.randrange(7 * 96) for _ in range(documents))
    recent: list[tuple[str, float, str]] = []
    copy_documents = """
        copy raw.gdelt__documents (
            record_id, slot_at, stream, outlet_domain, url, title, language_code_iso639_3, tone,
            tone_positive, tone_negative, polarity, activity_density, self_group_density, word_count,
            theme_codes, load_id
        ) from stdin
    """
    places = []
    with connection.cursor() as cursor, cursor.copy(copy_documents) as copy:
        for number, slot in enumerate(slots):
            domain, stream = _outlet(dice.randrange(OUTLETS))
            if recent and dice.random() < COPIES:
                title, positive, country = dice.choice(recent)
            else:
                title, country = " ".join(dice.choices(words, k=9)), dice.choice(WATCHED)
                positive = dice.random() * 5
                recent = [*recent[-200:], (title, positive, country)]
            instant = start + timedelta(minutes=15 * slot)
            record = f"{instant:%Y%m%d%H%M%S}-{number}"
            copy.write_row((
                record, instant, stream, domain, f"https://{domain}/{number}", title,
                "eng" if stream == "english" else "und", positive - 2, positive, 2, positive + 2, 20, 1,
                300, ["ECON_STOCKMARKET", "TAX_DISEASE"], load_id,
            ))  # fmt: skip
            places.append((record, instant, stream, country, 4, True, load_id))
    with (
        connection.cursor() as cursor,
        cursor.copy("copy raw.gdelt__document_places from stdin") as copy,
    ):
        for place in places:
            copy.write_row(place)


def _write_totals(
    connection: psycopg.Connection[tuple[object, ...]],
    start: datetime,
    load_id: int,
    dice: random.Random,
) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy("copy raw.gdelt__outlet_totals from stdin") as copy,
    ):
        for day in range(7):
            for number in range(OUTLETS):
                domain, stream = _outlet(number)
                for country in ("none", "US", "CH"):
                    n = dice.randrange(2, 12)
                    tones = [dice.gauss(-1, 2) for _ in range(n)]
                    copy.write_row((
                        start + timedelta(days=day), stream, domain, country, n, n, 300 * n,
                        sum(tones), sum(tone * tone for tone in tones), load_id,
                    ))  # fmt: skip


def _copy_back(url: str, weeks: int) -> None:
    """Copy every table's rows to the weeks before: dates shifted, ids told apart."""
    with psycopg.connect(url, autocommit=True) as connection:
        for schema, table in _tables(connection):
            columns = connection.execute(
                """
                select attname, format_type(atttypid, null) from pg_attribute
                where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped order by attnum
                """,
                (f"{schema}.{table}",),
            ).fetchall()
            shifted = [_shifted(str(name), str(kind)) for name, kind in columns]
            if not any(kind in ("date", "timestamp with time zone") for _, kind in columns):
                continue
            connection.execute(
                sql.SQL(
                    "insert into {0} select {1} from {0} as t, generate_series(1, {2}) as k"
                ).format(
                    sql.Identifier(schema, table), sql.SQL(", ").join(shifted), sql.Literal(weeks)
                )
            )
        connection.execute("vacuum analyze")


def _tables(connection: psycopg.Connection[tuple[object, ...]]) -> list[tuple[str, str]]:
    """Return the tables that hold days: raw, computed and dbt's incremental ones."""
    rows = connection.execute(
        """
        select schemaname, tablename from pg_tables
        where schemaname in ('raw', 'computed', 'intermediate', 'warehouse', 'marts')
            and tablename not like 'dim_%' and tablename not like 'worldbank%'
        union all select 'ops', 'source_files'
        """
    ).fetchall()
    return [(str(schema), str(table)) for schema, table in rows]


def _shifted(column: str, kind: str) -> sql.Composable:
    name = sql.Identifier("t", column)
    if kind == "date":
        return sql.SQL("{} - 7 * k").format(name)
    if kind == "timestamp with time zone":
        return sql.SQL("{} - k * interval '7 days'").format(name)
    if column in IDS:
        return sql.SQL("{} || '-' || k").format(name)
    return name


def main() -> None:
    """Print the cost of a week at each size, and its ratio to the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, nargs="+", default=[1, 3, 10])
    parser.add_argument("--week", type=int, default=WEEK_DOCUMENTS)
    options = parser.parse_args()
    first = None
    for millions in options.millions:
        with tempfile.TemporaryDirectory(prefix="tiengvang-growth-") as name:
            cost = measure(Path(name), round(millions * 1e6), options.week)
        first = first or cost.seconds
        steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in cost.steps.items())
        ratio = cost.seconds / first
        print(
            f"{cost.documents:>12,} documents: {cost.seconds:6.1f} s, ratio {ratio:.2f} ({steps})",
            flush=True,
        )


if __name__ == "__main__":
    main()
