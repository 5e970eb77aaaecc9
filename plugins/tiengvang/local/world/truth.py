"""The planted truth: what a correct warehouse must find in the sample world.

It is written by the generator from what it planted, never by reading the files back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import fsum
from pathlib import Path
from typing import Any, NamedTuple

from tiengvang.local.world.documents import MIN_WORDS, Document
from tiengvang.local.world.events import Event, Mention, is_too_late
from tiengvang.local.world.faults import Fault, file_name, published_at
from tiengvang.local.world.outlets import OUTLETS
from tiengvang.local.world.spec import read_wire_slot
from tiengvang.windows import format_instant

SALIENCE = 0.25
SAME_LANGUAGE_ABROAD = {o.domain for o in OUTLETS if o.outlet_type == "same_language_abroad"}
MIN_MENTIONS = 2


class DocumentTruth(NamedTuple):
    """One document; ``mentions`` counts place mentions by country, an unresolved source is None.

    ``kind`` is ``about`` (a watched country, salient), ``passing`` (one is mentioned, not salient)
    or ``other``; ``text_kind`` is ``article``, ``short`` (under 80 words) or ``notice`` (a page
    that is scored on its boilerplate); a copy names its original's record id and a copy kind.
    """

    record_id: str
    slot: str
    stream: str
    outlet_domain: str
    source_country_iso3: str | None
    kind: str
    subject_iso3: str
    mentions: Mapping[str, int]
    word_count: int
    tone: float
    text_kind: str
    copy_of: str | None
    copy_kind: str | None
    title: str

    def is_salient(self, iso3: str) -> bool:
        """Say whether the country has two place mentions and a quarter of all of them."""
        own = self.mentions.get(iso3, 0)
        return own >= MIN_MENTIONS and own >= SALIENCE * sum(self.mentions.values())

    def is_eligible(self, iso3: str) -> bool:
        """Say whether the document counts as coverage of the country: salient and long enough."""
        return self.word_count >= MIN_WORDS and self.is_salient(iso3)


class EventTruth(NamedTuple):
    """One exported event."""

    event_id: int
    slot: str
    stream: str
    is_watched: bool


class MentionTruth(NamedTuple):
    """One mention of an exported event that involves a watched country, at most seven days old."""

    event_id: int
    event_slot: str
    slot: str
    stream: str
    outlet_domain: str
    confidence: int


class Coverage(NamedTuple):
    """Eligible documents of one country, source country and day."""

    documents: int
    outlets: int
    tone_mean: float


@dataclass
class Truth:
    """Everything that was planted. All methods take the instant at which the world is read."""

    summary: dict[str, Any]
    faults: list[Fault]
    documents: list[DocumentTruth] = field(default_factory=list)
    events: list[EventTruth] = field(default_factory=list)
    mentions: list[MentionTruth] = field(default_factory=list)

    def add(
        self, documents: Iterable[Document], events: Iterable[Event], mentions: Iterable[Mention]
    ) -> None:
        """Note what one slot planted."""
        for d in documents:
            self.documents.append(DocumentTruth(
                d.record_id, d.slot, d.stream, d.outlet.domain, d.outlet.country_iso3, d.kind,
                d.subject, d.mentions_by_country(), d.tone.words, d.tone.value, d.text_kind,
                d.copy_of, d.copy_kind, d.title,
            ))  # fmt: skip
        self.events.extend(EventTruth(e.event_id, e.slot, e.stream, e.is_watched) for e in events)
        self.mentions.extend(
            MentionTruth(m.event_id, m.event_slot, m.slot, m.stream, m.outlet_domain, m.confidence)
            for m in mentions
            if m.is_watched and not is_too_late(m.slot, m.event_slot)
        )

    @cached_property
    def _fault_by_name(self) -> dict[str, Fault]:
        return {fault.file_name: fault for fault in self.faults}

    def file_status(self, slot: str, stream: str, table: str, as_of: datetime) -> str:
        """Return the ledger status that a file must have after a load at ``as_of``."""
        moment = read_wire_slot(slot)
        fault = self._fault_by_name.get(file_name(moment, stream, table))
        if fault:
            return fault.status(as_of)
        return "loaded" if published_at(moment, stream) <= as_of else "missing"

    def _is_loaded(
        self, cache: dict[tuple[str, str], bool], slot: str, stream: str, table: str, at: datetime
    ) -> bool:
        key = (slot, stream)
        if key not in cache:
            cache[key] = self.file_status(slot, stream, table, at) == "loaded"
        return cache[key]

    def loaded_documents(self, as_of: datetime) -> list[DocumentTruth]:
        """Return the documents whose file can be loaded at ``as_of``."""
        cache: dict[tuple[str, str], bool] = {}
        return [d for d in self.documents if self._is_loaded(cache, d.slot, d.stream, "gkg", as_of)]

    def kept_events(self, as_of: datetime) -> dict[int, EventTruth]:
        """Return, by id, the events that involve a watched country and whose file can be loaded."""
        cache: dict[tuple[str, str], bool] = {}
        return {
            e.event_id: e
            for e in self.events
            if e.is_watched and self._is_loaded(cache, e.slot, e.stream, "export", as_of)
        }

    def kept_mentions(self, as_of: datetime) -> list[MentionTruth]:
        """Return the mentions, out of files that can be loaded, of kept events."""
        cache: dict[tuple[str, str], bool] = {}
        kept = self.kept_events(as_of)
        return [
            m
            for m in self.mentions
            if m.event_id in kept and self._is_loaded(cache, m.slot, m.stream, "mentions", as_of)
        ]

    def coverage(
        self, as_of: datetime, countries: Iterable[str]
    ) -> dict[tuple[str, str, str], Coverage]:
        """Count eligible documents by (country, source country or ``unknown``, ``YYYY-MM-DD``).

        Outlets abroad in the focus country's own language are no foreign opinion of it: apart.
        """
        watched = tuple(countries)
        focus = self.summary["focus_country_code_iso3"]
        groups: dict[tuple[str, str, str], list[DocumentTruth]] = {}
        for d in self.loaded_documents(as_of):
            day = f"{d.slot[:4]}-{d.slot[4:6]}-{d.slot[6:8]}"
            for iso3 in watched:
                is_apart = iso3 == focus and d.outlet_domain in SAME_LANGUAGE_ABROAD
                if d.is_eligible(iso3) and not is_apart:
                    source = d.source_country_iso3 or "unknown"
                    groups.setdefault((iso3, source, day), []).append(d)
        return {
            key: Coverage(
                len(group),
                len({d.outlet_domain for d in group}),
                fsum(d.tone for d in group) / len(group),
            )
            for key, group in sorted(groups.items())
        }

    def copy_groups(self) -> dict[str, list[DocumentTruth]]:
        """Return the documents of each syndicated story by its original's id, original first."""
        by_id = {d.record_id: d for d in self.documents}
        groups: dict[str, list[DocumentTruth]] = {}
        for d in self.documents:
            if d.copy_of:
                groups.setdefault(d.copy_of, [by_id[d.copy_of]]).append(d)
        return groups

    def write(self, path: Path, instants: tuple[datetime, ...]) -> None:
        """Write ``truth.json``: the summary, the faults, and tables as columns and rows."""
        tables = {
            "documents": (DocumentTruth._fields, self.documents),
            "events": (EventTruth._fields, self.events),
            "mentions": (MentionTruth._fields, self.mentions),
        }
        content = {
            **self.summary,
            "instants": [format_instant(moment) for moment in instants],
            "faults": [fault.as_json(instants) for fault in self.faults],
            **{name: {"columns": c, "rows": rows} for name, (c, rows) in tables.items()},
        }
        path.write_text(json.dumps(content, separators=(",", ":"), ensure_ascii=False), "utf-8")

    @classmethod
    def read(cls, path: Path) -> Truth:
        """Read ``truth.json``."""
        content = json.loads(path.read_text("utf-8"))
        tables = {name: content.pop(name)["rows"] for name in ("documents", "events", "mentions")}
        faults = [Fault.from_json(fault) for fault in content.pop("faults")]
        return cls(
            content,
            faults,
            [DocumentTruth(*row) for row in tables["documents"]],
            [EventTruth(*row) for row in tables["events"]],
            [MentionTruth(*row) for row in tables["mentions"]],
        )
