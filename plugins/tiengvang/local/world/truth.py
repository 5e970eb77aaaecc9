"""The planted truth: what a correct warehouse must find in the sample world.

It is written by the generator from what it planted, never by reading the files back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from tiengvang.local.world import truth_coverage as rules
from tiengvang.local.world.countries import WATCHED
from tiengvang.local.world.event_rows import Event
from tiengvang.local.world.events import Mention, is_too_late
from tiengvang.local.world.faults import Fault, file_name, published_at
from tiengvang.local.world.pages import Document
from tiengvang.local.world.spec import read_wire_slot
from tiengvang.local.world.truth_coverage import Coverage
from tiengvang.local.world.truth_rows import DocumentTruth, EventTruth, MentionTruth
from tiengvang.local.world.truth_signals import SignalKey, Signals, count_signals
from tiengvang.windows import DAY, format_instant


@dataclass
class Truth:
    """Everything that was planted. All methods take the instant at which the world is read.

    Where they take ``suppressed`` as well, it says of which (country, language) the audit's answers are
    loaded and suppress it: none before, the property of that name afterwards.
    """

    summary: dict[str, Any]
    faults: list[Fault]
    documents: list[DocumentTruth] = field(default_factory=list)
    events: list[EventTruth] = field(default_factory=list)
    mentions: list[MentionTruth] = field(default_factory=list)

    def add(
        self, documents: Iterable[Document], events: Iterable[Event], mentions: Iterable[Mention]
    ) -> None:
        """Note what one slot planted."""
        self.documents.extend(DocumentTruth.of(document) for document in documents)
        self.events.extend(EventTruth.of(event) for event in events)
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

    def boilerplate(self, as_of: datetime) -> set[str]:
        """Return the record ids of watched documents that were scored on a text of other titles."""
        return rules.find_boilerplate(self.loaded_documents(as_of), WATCHED)

    @property
    def suppressed(self) -> set[tuple[str, str]]:
        """The (country, language) that the planted answers suppress, on every day of the world."""
        return {(iso3, language) for iso3, language in self.summary["audit"]["suppressed"]}

    def coverage(
        self, as_of: datetime, countries: Collection[str], suppressed: rules.Suppressed = ()
    ) -> dict[tuple[str, str, str], Coverage]:
        """Count documents by (country, source country or ``unknown``, ``YYYY-MM-DD``)."""
        documents = self.loaded_documents(as_of)
        return rules.count_coverage(documents, countries, self.boilerplate(as_of), suppressed)

    def eligibility(
        self, as_of: datetime, countries: Collection[str], suppressed: rules.Suppressed = ()
    ) -> dict[tuple[str, str, str], Counter[str]]:
        """Count documents by outcome (``OUTCOMES``) for each (country, ``YYYY-MM-DD``, stream)."""
        documents = self.loaded_documents(as_of)
        return rules.count_outcomes(documents, countries, self.boilerplate(as_of), suppressed)

    def stories(
        self,
        as_of: datetime,
        iso3: str,
        series: str = "foreign",
        suppressed: rules.Suppressed = (),
    ) -> dict[str, list[DocumentTruth]]:
        """Return the stories about a country in a series, by the record id of their first document."""
        documents = self.loaded_documents(as_of)
        return rules.tell_stories(documents, iso3, series, self.boilerplate(as_of), suppressed)

    def story_pairs(
        self,
        as_of: datetime,
        iso3: str,
        series: str = "foreign",
        suppressed: rules.Suppressed = (),
    ) -> set[tuple[str, str]]:
        """Return every two record ids of one story about a country in a series."""
        return rules.pair_up(self.stories(as_of, iso3, series, suppressed).values())

    def signals(
        self, as_of: datetime, countries: Collection[str] = WATCHED
    ) -> dict[SignalKey, Signals]:
        """Count signals of the days that are over, by week, directed pair, stream and media."""
        best: dict[int, int] = {}
        for m in self.kept_mentions(as_of):
            best[m.event_id] = max(best.get(m.event_id, 0), m.confidence)
        events = self.kept_events(as_of).values()
        return count_signals(events, best, countries, (as_of - DAY).date())

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
