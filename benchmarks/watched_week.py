"""A week of watched documents as raw rows: generated, with copies, under one load that passed door one."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import psycopg

OUTLETS = 3_000
WATCHED = ("VM", "TH", "ID", "MY", "RP", "SN")
DOMAINS = ("jp", "kr", "de", "fr", "com.au", "in", "co.uk", "es", "it", "pl", "nl", "com.br")
ENGLISH = {"com.au", "in", "co.uk"}
COPIES = 0.15


def load_week(url: str, monday: date, documents: int, seed: int) -> None:
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
