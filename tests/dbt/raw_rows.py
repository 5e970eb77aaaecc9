"""Raw rows as the loader writes them, by hand, and a claimed build, without the loader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import psycopg

STREAMS = ("english", "translation")
TABLES = ("export", "mentions", "gkg")
COMPARED = {"VM", "TH", "AU"}  # as the watch-list has them: focus, peer, donor


def at(text: str) -> datetime:
    """An instant of July 2026 from 'day hour:minute'."""
    return datetime.strptime(f"2026-07-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


@dataclass
class RawRows:
    """Writes rows under one load at a time."""

    connection: psycopg.Connection[Any]
    load_id: int = 0
    documents: int = field(default=0)

    def load(self, status: str = "passed", source: str = "gdelt") -> int:
        row = self.connection.execute(
            "insert into ops.loads (source, run_id, window_start, window_end, status)"
            " values (%s, 'test', '2026-07-01', '2026-08-01', %s) returning load_id",
            (source, status),
        ).fetchone()
        assert row is not None
        self.load_id = row[0]
        return self.load_id

    def slot(
        self,
        slot_at: datetime,
        stream: str = "english",
        status: str = "loaded",
        rejected: int = 0,
        tables: Iterable[str] = TABLES,
    ) -> None:
        in_load = status in ("loaded", "empty")
        rows = {"loaded": 100, "empty": 0}.get(status)
        for table in tables:
            self.insert(
                "ops.source_files", source="gdelt", table_name=table, slot_at=slot_at,
                file_name=f"{slot_at:%Y%m%d%H%M%S}.{stream}.{table}", stream=stream, status=status,
                rows_read=rows, rows_rejected=rejected if in_load else None,
                load_id=self.load_id if in_load else None,
            )  # fmt: skip

    def changed_day(self, day: date) -> None:
        """Say that the load touched a day; no build has claimed it."""
        self.insert("ops.changed_days", source="gdelt", day=day, load_id=self.load_id)

    def document(
        self,
        slot_at: datetime,
        outlet: str,
        places: Mapping[str, int],
        *,
        words: int | None = 200,
        tone: float | None = 0.0,
        stream: str = "english",
        record_id: str | None = None,
        title: str | None = None,
        language: str = "eng",
        themes: Iterable[str] = (),
    ) -> str:
        self.documents += 1
        record_id = record_id or f"{slot_at:%Y%m%d%H%M%S}-{self.documents}"
        common = {"slot_at": slot_at, "stream": stream, "load_id": self.load_id}
        self.insert(
            "raw.gdelt__documents", record_id=record_id, outlet_domain=outlet, tone=tone,
            url=f"https://{outlet}/{record_id}", title=title, language_code_iso639_3=language,
            word_count=words, theme_codes=list(themes), **common,
        )  # fmt: skip
        for code, mentions in places.items():
            self.insert(
                "raw.gdelt__document_places", record_id=record_id, country_code_fips=code,
                place_mentions=mentions, has_subnational_place=mentions > 2, **common,
            )  # fmt: skip
            if code in COMPARED and mentions >= 2 and mentions >= 0.25 * sum(places.values()):
                self.about(slot_at, outlet, code, stream)
        self.totals(slot_at, outlet, stream, tone or 0.0)
        return record_id

    def about(self, slot_at: datetime, outlet: str, code: str, stream: str = "english") -> None:
        """One more document about a compared country by the salience rule in the totals of a file."""
        self.connection.execute(
            "insert into raw.gdelt__outlet_country_totals as held values (%s, %s, %s, %s, 1, %s)"
            " on conflict (slot_at, stream, outlet_domain, country_code_fips) do update"
            " set salient_documents = held.salient_documents + 1",
            (slot_at, stream, outlet, code, self.load_id),
        )

    def totals(
        self,
        slot_at: datetime,
        outlet: str,
        stream: str = "english",
        tone: float = 0.0,
        principal: str = "VM",
    ) -> None:
        """One more document of any subject in the totals of a file."""
        self.connection.execute(
            "insert into raw.gdelt__outlet_totals as held values"
            " (%s, %s, %s, %s, 1, 1, 200, %s, %s, %s)"
            " on conflict (slot_at, stream, outlet_domain, principal_country_code_fips) do update"
            " set documents = held.documents + 1,"
            " documents_80_words = held.documents_80_words + 1, words = held.words + 200,"
            " tone_sum = held.tone_sum + excluded.tone_sum,"
            " tone_square_sum = held.tone_square_sum + excluded.tone_square_sum",
            (slot_at, stream, outlet, principal, tone, tone * tone, self.load_id),
        )

    def event(
        self,
        event_id: int,
        slot_at: datetime,
        *,
        actor1: str | None = "VNM",
        actor2: str | None = None,
        place: str | None = "VM",
        outlet: str = "lemonde.fr",
    ) -> None:
        self.insert(
            "raw.gdelt__events", global_event_id=event_id, slot_at=slot_at, stream="english",
            event_date=slot_at.date(), is_root_event=True, event_code="043", event_base_code="043",
            event_root_code="04", quad_class=1, goldstein_scale=2.8, num_mentions=1, num_sources=1,
            num_articles=1, tone_mean=0.0, actor1_country_code_cameo=actor1, actor1_type_codes=[],
            actor2_country_code_cameo=actor2, actor2_type_codes=[],
            action_geo_country_code_fips=place, url=f"https://{outlet}/{event_id}",
            outlet_domain=outlet, load_id=self.load_id,
        )  # fmt: skip

    def mention(
        self,
        event_id: int,
        event_slot_at: datetime,
        slot_at: datetime,
        line: int,
        outlet: str,
        confidence: int | None = 50,
    ) -> None:
        self.insert(
            "raw.gdelt__mentions", slot_at=slot_at, stream="english", line_number=line,
            global_event_id=event_id, event_slot_at=event_slot_at, mention_type=1,
            outlet_domain=outlet, url=f"https://{outlet}/{event_id}", confidence_percent=confidence,
            language_code_iso639_3="eng", load_id=self.load_id,
        )  # fmt: skip

    def observation(self, code: str, country: str, year: int, vintage: date, value: Any) -> None:
        self.insert(
            "raw.worldbank__observations", indicator_code=code, country_code_wb=country,
            observation_year=year, vintage_date=vintage, value=value, load_id=self.load_id,
        )  # fmt: skip

    def worldbank_country(self, code: str, *, is_aggregate: bool) -> None:
        self.insert(
            "raw.worldbank__countries", country_code_wb=code, country_code_iso2=code[:2],
            country_name=code, region_id="NA" if is_aggregate else "EAS",
            is_aggregate=is_aggregate, load_id=self.load_id,
        )  # fmt: skip

    def insert(self, table: str, **values: Any) -> None:
        columns, marks = ", ".join(values), ", ".join(["%s"] * len(values))
        self.connection.execute(
            f"insert into {table} ({columns}) values ({marks})".encode(), list(values.values())
        )


def claim(connection: psycopg.Connection[Any], days: Iterable[date]) -> int:
    """Start a build that has claimed these days; builds before it are over."""
    connection.execute("update ops.changed_days set is_done = true")
    connection.execute("update ops.builds set status = 'published' where status = 'running'")
    row = connection.execute(
        "insert into ops.builds (as_of_at, project_digest)"
        " values ('2026-07-13T01:20:00Z', 'test') returning build_id"
    ).fetchone()
    assert row is not None
    for day in days:
        # Twice, as two loads do
        for _ in range(2):
            connection.execute(
                "insert into ops.changed_days (source, day, build_id) values ('gdelt', %s, %s)",
                (day, row[0]),
            )
    connection.commit()
    return int(row[0])
