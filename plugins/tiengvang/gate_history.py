"""What the raw door compares a load with: bounds that follow from the 28 days before it.

Where there is too little history a bound is open (null, or the natural limit of the measure), and
the sentences say so.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from tiengvang.warehouse.connection import Connection
from tiengvang.watchlist import SEEDS

HISTORY_DAYS = 28
# A day of quarter-hours per stream, and a week of same hours: fewer say little about the next one.
LEAST_FILES = 96
LEAST_DAYS = 7
# Under this many documents chance alone moves volume and mean tone by much.
LEAST_DOCUMENTS = 200
# In 2017 thousands of slots hold under a fifth of the normal volume: those are what is looked for.
VOLUME_FACTOR = 5.0
# The world's mean tone of one hour of the day differs between days; half a bound is no news.
LEAST_TONE_SHIFT = 1.0
TONE_DEVIATIONS = 5 * 1.4826
# From a warning to a refusal: so much farther from what is usual.
REFUSED_TONE = 1.5

EXPECTED_ROWS = """
    with history as (
        select stream, table_name, rows_read from ops.source_files
        join ops.loads using (load_id, source)
        where source_files.source = %(source)s and source_files.status = 'loaded'
            and loads.status = 'passed' and load_id <> %(load_id)s
            and slot_at >= %(start)s - make_interval(days => %(days)s) and slot_at < %(start)s
    ),
    usual as (
        select stream, table_name, count(*) as files,
            percentile_cont(0.5) within group (order by rows_read) as rows_per_file
        from history group by 1, 2
    )
    select
        coalesce(min(usual.files), 0),
        sum(usual.rows_per_file)
    from ops.source_files as file
    left join usual on usual.stream = file.stream and usual.table_name = file.table_name
    where file.source = %(source)s and file.load_id = %(load_id)s and file.status = 'loaded'
        and file.slot_at >= %(start)s and file.slot_at < %(end)s and file.table_name = 'gkg'
    having count(*) = count(usual.files)
"""

# One hour of the day stands for all of it: reading every total of four weeks would cost seconds.
# All of the hour, because the mean tone of one quarter-hour with few documents says little.
USUAL_TONE = """
    with loaded as (
        select distinct slot_at, stream from ops.source_files
        join ops.loads using (load_id, source)
        where source_files.source = %(source)s and source_files.status = 'loaded'
            and source_files.table_name = 'gkg'
            and loads.status = 'passed' and load_id <> %(load_id)s
            and slot_at >= %(start)s - make_interval(days => %(days)s) and slot_at < %(start)s
            and extract(hour from slot_at at time zone 'UTC') = (
                select extract(hour from min(slot_at) at time zone 'UTC') from ops.source_files
                where source = %(source)s and load_id = %(load_id)s and status = 'loaded'
                    and slot_at >= %(start)s and slot_at < %(end)s
            )
    ),
    daily as (
        select stream, (slot_at at time zone 'UTC')::date as day,
            sum(tone_sum) / sum(documents_80_words) as tone
        from loaded join raw.gdelt__outlet_totals using (slot_at, stream)
        group by 1, 2 having sum(documents_80_words) > 0
    ),
    usual as (
        select stream, count(*) as days, percentile_cont(0.5) within group (order by tone) as tone
        from daily group by 1
    ),
    spread as (
        select stream,
            percentile_cont(0.5) within group (order by abs(daily.tone - usual.tone)) as deviation
        from daily join usual using (stream) group by 1
    ),
    present as (
        select stream, sum(documents_80_words) as documents from raw.gdelt__outlet_totals
        where load_id = %(load_id)s and slot_at >= %(start)s and slot_at < %(end)s
        group by 1 having sum(documents_80_words) > 0
    )
    select coalesce(min(usual.days), 0),
        sum(usual.tone * present.documents) / sum(present.documents),
        max(spread.deviation), sum(present.documents)
    from present left join usual using (stream) left join spread using (stream)
    having count(*) = count(usual.days)
"""


def load_parameters(
    connection: Connection, source: str, load_id: int, seeds: Path = SEEDS
) -> dict[str, Any]:
    """Return what the suites of the raw door name, for one load.

    ``rows_read_min``/``rows_read_max`` are a factor of 5 around the median rows per file of the 28
    days before, per stream; ``tone_min``/``tone_max`` lie around the usual mean tone of that hour,
    ``world_tone_min``/``world_tone_max`` half as far again.

    Raises:
        LookupError: there is no such load of this source.
    """
    row: Any = connection.execute(
        "select window_start, window_end, ops.as_of() from ops.loads "
        "where load_id = %s and source = %s",
        (load_id, source),
    ).fetchone()
    if row is None:
        raise LookupError(f"there is no load {load_id} of source {source}")
    window = {"source": source, "load_id": load_id, "start": row[0], "end": row[1]}
    return {
        "source": source,
        "load_id": load_id,
        "window_start": row[0],
        "window_end": row[1],
        "as_of": row[2],
        "known_country_codes_fips": known_country_codes_fips(seeds),
        "least_documents": LEAST_DOCUMENTS,
        **_volume_bounds(connection, window),
        **_tone_bounds(connection, window),
    }


def known_country_codes_fips(seeds: Path = SEEDS) -> list[str]:
    """Return every FIPS code that the seed explains, seas and dissolved countries included."""
    with (seeds / "fips_codes.csv").open(encoding="utf-8", newline="") as handle:
        return sorted(row["country_code_fips"] for row in csv.DictReader(handle))


def _volume_bounds(connection: Connection, window: dict[str, Any]) -> dict[str, Any]:
    row: Any = connection.execute(EXPECTED_ROWS, {**window, "days": HISTORY_DAYS}).fetchone()
    files, expected = (int(row[0]), row[1]) if row else (0, None)
    bounds: dict[str, Any] = {"history_files": files, "rows_read_usual": expected}
    if expected is None or files < LEAST_FILES or expected < LEAST_DOCUMENTS:
        return {**bounds, "has_volume_history": False, "rows_read_min": 0, "rows_read_max": None}
    return {
        **bounds,
        "has_volume_history": True,
        "rows_read_min": expected / VOLUME_FACTOR,
        "rows_read_max": expected * VOLUME_FACTOR,
    }


def _tone_bounds(connection: Connection, window: dict[str, Any]) -> dict[str, Any]:
    row: Any = connection.execute(USUAL_TONE, {**window, "days": HISTORY_DAYS}).fetchone()
    values: tuple[Any, ...] = row or (0, None, None, 0)
    days, usual, deviation, documents = values
    if usual is None or days < LEAST_DAYS or documents < LEAST_DOCUMENTS:
        return {"has_tone_history": False, "tone_usual": usual, **_around(0, 100, 1)}
    reach = max(LEAST_TONE_SHIFT, TONE_DEVIATIONS * float(deviation))
    return {
        "has_tone_history": True,
        "tone_usual": usual,
        **_around(usual, reach, REFUSED_TONE),
    }


def _around(usual: float, reach: float, refused: float) -> dict[str, float]:
    return {
        "tone_min": usual - reach,
        "tone_max": usual + reach,
        "world_tone_min": usual - refused * reach,
        "world_tone_max": usual + refused * reach,
    }
