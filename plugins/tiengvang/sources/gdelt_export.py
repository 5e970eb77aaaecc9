"""GDELT Events (``export``): events that involve a watched country, and totals of every event."""

from __future__ import annotations

from datetime import date
from typing import Any

from tiengvang.sources.gdelt_fields import (
    BIG_INTEGER,
    FLOAT,
    INSTANT,
    INTEGER,
    RowPattern,
    notes,
    outlet_of_url,
    read_rows,
    slot_stamp,
    split_lines,
)
from tiengvang.sources.records import ParsedFile, Rows, SourceFile
from tiengvang.watchlist import Watchlist

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
    "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = (
    "Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID",
)  # fmt: skip
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
EVENT_COLUMNS = (
    "global_event_id", "slot_at", "stream", "event_date", "is_root_event", "event_code",
    "event_base_code", "event_root_code", "quad_class", "goldstein_scale", "num_mentions",
    "num_sources", "num_articles", "tone_mean", "actor1_country_code_cameo", "actor1_type_codes",
    "actor2_country_code_cameo", "actor2_type_codes", "actor1_geo_country_code_fips",
    "actor2_geo_country_code_fips", "action_geo_type", "action_geo_country_code_fips",
    "action_geo_adm1_code", "action_geo_feature_id", "action_geo_latitude", "action_geo_longitude",
    "url", "outlet_domain",
)  # fmt: skip
TOTAL_COLUMNS = ("slot_at", "stream", "quad_class", "events", "root_pair_events")

_OPTIONAL_FLOAT = rf"(?:{FLOAT})?"
# Every row is checked, watched or not: whether a row can be read must not depend on the watch-list.
_ROW = RowPattern(
    COLUMNS,
    {
        "GLOBALEVENTID": BIG_INTEGER,
        "SQLDATE": r"(?:[0-9]{8})?",
        "IsRootEvent": r"[01]",
        "QuadClass": r"[1-4]?",
        "GoldsteinScale": _OPTIONAL_FLOAT,
        "NumMentions": INTEGER,
        "NumSources": INTEGER,
        "NumArticles": INTEGER,
        "AvgTone": _OPTIONAL_FLOAT,
        "ActionGeo_Type": r"[0-9]?",
        "ActionGeo_Lat": _OPTIONAL_FLOAT,
        "ActionGeo_Long": _OPTIONAL_FLOAT,
        "DATEADDED": INSTANT,
    },
    captured=(
        "GLOBALEVENTID", "SQLDATE", "Actor1CountryCode", "Actor2CountryCode", "IsRootEvent",
        "QuadClass", "Actor1Geo_CountryCode", "Actor2Geo_CountryCode", "ActionGeo_CountryCode",
        "DATEADDED",
    ),
)  # fmt: skip


def parse(file: SourceFile, data: bytes, watchlist: Watchlist) -> ParsedFile:
    """Read one inflated ``export`` file.

    Names, and the codes that carry religion or ethnicity (the composite actor code is one), are
    never kept. ``root_pair_events`` counts root events whose two actors both have a country code,
    and not the same one.
    """
    lines = split_lines(data)
    reader = _Reader(file, watchlist)
    rows_read, rejects = read_rows(lines.rows, reader.take)
    totals = [
        (file.slot_at, file.stream, quad_class, events, reader.root_pairs.get(quad_class, 0))
        for quad_class, events in sorted(reader.events_by_class.items())
    ]
    return ParsedFile(
        rows_read=rows_read,
        rows_kept=len(reader.events),
        tables=(
            Rows("raw.gdelt__events", EVENT_COLUMNS, reader.events),
            Rows("raw.gdelt__event_totals", TOTAL_COLUMNS, totals),
        ),
        rejects=rejects,
        bytes_replaced=lines.bytes_replaced,
        notes=notes(nul_bytes_removed=lines.nul_bytes_removed),
    )


class _Reader:
    def __init__(self, file: SourceFile, watchlist: Watchlist) -> None:
        self.file = file
        self.stamp = slot_stamp(file.slot_at)
        self.cameo = watchlist.watched_cameo
        self.fips = watchlist.watched_fips
        self.dates: dict[str, date | None] = {"": None}
        self.seen: set[int] = set()
        self.events: list[tuple[Any, ...]] = []
        self.events_by_class: dict[int, int] = {}
        self.root_pairs: dict[int, int] = {}

    def take(self, _number: int, line: str) -> str | None:
        """Count an event, keep it if it is watched; or give the reason why it cannot be read."""
        match = _ROW.match(line)
        if not match:
            return _ROW.misfit(line)
        number, day, country1, country2, root, quad, geo1, geo2, geo, added = match.groups()
        if added != self.stamp:
            return "DATEADDED is not the file's slot"
        if day not in self.dates and not self._learn_date(day):
            return "SQLDATE is no day of the calendar"
        event_id = int(number)
        if event_id in self.seen:
            return "GLOBALEVENTID repeats one above"
        self.seen.add(event_id)
        quad_class = int(quad or 0)
        self.events_by_class[quad_class] = self.events_by_class.get(quad_class, 0) + 1
        if root == "1" and country1 and country2 and country1 != country2:
            self.root_pairs[quad_class] = self.root_pairs.get(quad_class, 0) + 1
        if not (
            self.cameo.isdisjoint((country1, country2)) and self.fips.isdisjoint((geo1, geo2, geo))
        ):
            self._keep(dict(zip(COLUMNS, line.split("\t"), strict=True)))
        return None

    def _learn_date(self, day: str) -> bool:
        try:
            self.dates[day] = date(int(day[:4]), int(day[4:6]), int(day[6:]))
        except ValueError:
            return False
        return True

    def _keep(self, field: dict[str, str]) -> None:
        url = field["SOURCEURL"]
        geo_type = field["ActionGeo_Type"]
        self.events.append(
            (
                int(field["GLOBALEVENTID"]),
                self.file.slot_at,
                self.file.stream,
                self.dates[field["SQLDATE"]],
                field["IsRootEvent"] == "1",
                field["EventCode"],
                field["EventBaseCode"],
                field["EventRootCode"],
                int(field["QuadClass"] or 0),
                _float(field["GoldsteinScale"]),
                int(field["NumMentions"]),
                int(field["NumSources"]),
                int(field["NumArticles"]),
                _float(field["AvgTone"]),
                field["Actor1CountryCode"] or None,
                _types(field, "Actor1"),
                field["Actor2CountryCode"] or None,
                _types(field, "Actor2"),
                field["Actor1Geo_CountryCode"] or None,
                field["Actor2Geo_CountryCode"] or None,
                int(geo_type) if geo_type else None,
                field["ActionGeo_CountryCode"] or None,
                field["ActionGeo_ADM1Code"] or None,
                field["ActionGeo_FeatureID"] or None,
                _float(field["ActionGeo_Lat"]),
                _float(field["ActionGeo_Long"]),
                url,
                outlet_of_url(url),
            )
        )


def _types(field: dict[str, str], actor: str) -> list[str]:
    codes = (field[f"{actor}Type{number}Code"] for number in (1, 2, 3))
    return [code for code in codes if code]


def _float(raw: str) -> float | None:
    return float(raw) if raw else None
