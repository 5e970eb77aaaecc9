"""GDELT Mentions: every mention that is not too late, for the loader to match with kept events."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tiengvang.sources.gdelt_fields import (
    BIG_INTEGER,
    FLOAT,
    INSTANT,
    INTEGER,
    MAX_OUTLET_LENGTH,
    RowPattern,
    instant,
    language,
    notes,
    outlet,
    read_rows,
    slot_stamp,
    split_lines,
)
from tiengvang.sources.records import ParsedFile, Rows, SourceFile
from tiengvang.watchlist import Watchlist

MAX_LATENESS = timedelta(days=7)
# Genuine files hold mentions a little before their event; a model's reach has to have an end.
MAX_EARLINESS = timedelta(days=1)

COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo",
    "Extras",
)  # fmt: skip
MENTION_COLUMNS = (
    "slot_at", "stream", "line_number", "global_event_id", "event_slot_at", "mention_type",
    "outlet_domain", "url", "sentence_number", "is_in_raw_text", "confidence_percent",
    "document_tone", "language_code_iso639_3",
)  # fmt: skip
TOTAL_COLUMNS = ("slot_at", "stream", "mentions", "too_late_mentions")

_ROW = RowPattern(
    COLUMNS,
    {
        "GLOBALEVENTID": BIG_INTEGER,
        "EventTimeDate": INSTANT,
        "MentionTimeDate": INSTANT,
        "MentionType": r"[0-9]",
        "MentionSourceName": rf"[^\t]{{0,{MAX_OUTLET_LENGTH}}}",
        "SentenceID": rf"(?:{INTEGER})?",
        "InRawText": r"[01]?",
        "Confidence": r"[0-9]{0,3}",
        "MentionDocTone": rf"(?:{FLOAT})?",
    },
    captured=(
        "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
        "MentionIdentifier", "SentenceID", "InRawText", "Confidence", "MentionDocTone",
        "MentionDocTranslationInfo",
    ),
)  # fmt: skip


def parse(file: SourceFile, data: bytes, watchlist: Watchlist) -> ParsedFile:
    """Read one inflated ``mentions`` file.

    Rows are the candidates: mentions at most seven days after their event was first seen. Which
    of them belong to a kept event only the loader knows, so the watch-list plays no part here.
    """
    lines = split_lines(data)
    reader = _Reader(file)
    rows_read, rejects = read_rows(lines.rows, reader.take)
    totals = (file.slot_at, file.stream, rows_read - len(rejects), reader.too_late)
    return ParsedFile(
        rows_read=rows_read,
        rows_kept=len(reader.mentions),
        tables=(
            Rows("raw.gdelt__mentions", MENTION_COLUMNS, reader.mentions),
            Rows("raw.gdelt__mention_totals", TOTAL_COLUMNS, [totals]),
        ),
        rejects=rejects,
        bytes_replaced=lines.bytes_replaced,
        notes=notes(nul_bytes_removed=lines.nul_bytes_removed),
    )


class _Reader:
    def __init__(self, file: SourceFile) -> None:
        self.slot_at, self.stream = file.slot_at, file.stream
        self.stamp = slot_stamp(file.slot_at)
        # What repeats in a file is read once: instants within reach, outlets and languages.
        self.recent: dict[str, datetime] = {}
        self.late: set[str] = set()
        self.outlets: dict[str, str] = {}
        self.languages: dict[str, str] = {}
        self.mentions: list[tuple[Any, ...]] = []
        self.too_late = 0

    def take(self, line_number: int, line: str) -> str | None:
        """Keep a mention or count it as too late; or give the reason why it cannot be read."""
        match = _ROW.match(line)
        if not match:
            return _ROW.misfit(line)
        event_id, event_time, time, kind, source, url, sentence, raw, confidence, tone, info = (
            match.groups()
        )
        if time != self.stamp:
            return "MentionTimeDate is not the file's slot"
        event_slot_at = self.recent.get(event_time)
        if event_slot_at is None and event_time not in self.late:
            event_slot_at = instant(event_time)
            if event_slot_at is None:
                return "EventTimeDate is no instant of the calendar"
            if event_slot_at - self.slot_at > MAX_EARLINESS:
                return "EventTimeDate is more than a day after the mention"
            if self.slot_at - event_slot_at > MAX_LATENESS:
                self.late.add(event_time)
            else:
                self.recent[event_time] = event_slot_at
        if event_time in self.late:
            self.too_late += 1
            return None
        self.mentions.append(
            (
                self.slot_at,
                self.stream,
                line_number,
                int(event_id),
                event_slot_at,
                int(kind),
                self.outlets.get(source) or self._learn_outlet(source, url),
                url,
                int(sentence) if sentence else None,
                raw == "1" if raw else None,
                int(confidence) if confidence else None,
                float(tone) if tone else None,
                self.languages.get(info) or self._learn_language(info),
            )
        )
        return None

    def _learn_outlet(self, source: str, url: str) -> str:
        domain = outlet(source, url)
        if source.strip():
            self.outlets[source] = domain
        return domain

    def _learn_language(self, info: str) -> str:
        self.languages[info] = language(info)
        return self.languages[info]
