"""Writes the zips of every slot, spoilt where a fault is planted, and the lists of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tiengvang.local.world import faults as planted
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.documents import Newsroom
from tiengvang.local.world.event_rows import Event
from tiengvang.local.world.events import Mention, NewsDesk
from tiengvang.local.world.gkg import row as gkg_row
from tiengvang.local.world.pages import Document
from tiengvang.local.world.spec import WorldSpec, wire_slot
from tiengvang.local.world.truth import Truth
from tiengvang.windows import STREAMS

LIST_BASE = "http://gdelt.example/gdeltv2/"
LISTS = {"english": "masterfilelist.txt", "translation": "masterfilelist-translation.txt"}


class SlotWriter:
    """Writes slot files and keeps the lists of them."""

    def __init__(self, folder: Path, faults: dict[str, planted.Fault]) -> None:
        self.folder = folder
        self.faults = faults
        self.lines: dict[str, list[str]] = {stream: [] for stream in STREAMS}

    def write(self, slot: datetime, stream: str, table: str, rows: Sequence[str]) -> None:
        """Write one file, spoilt or left out as its fault says."""
        name = planted.file_name(slot, stream, table)
        fault = self.faults.get(name)
        if fault and not fault.is_listed:
            return
        content = "".join([f"{row}\n" for row in rows]).encode()
        packed = planted.pack(name, content, fault)
        if not fault or fault.published_at is not None:
            (self.folder / name).write_bytes(packed)
        digest = hashlib.md5(packed, usedforsecurity=False).hexdigest()
        self.lines[stream].append(f"{len(packed)} {digest} {LIST_BASE}{name}\n")

    def write_lists(self) -> None:
        """Write the lists of what was written."""
        for stream, lines in self.lines.items():
            # The master list holds lines that are a bare address, as the source's own does.
            middle = len(lines) // 2 // 3 * 3
            bare = [f"{LIST_BASE}\n"] if stream == "english" else []
            content = "".join([*lines[:middle], *bare, *lines[middle:]])
            (self.folder / LISTS[stream]).write_text(content, "utf-8")


def _documents_due(spec: WorldSpec, slot: datetime, stream: str, busy: bool) -> int:
    """Return how many documents a slot has: fewer at night and at the week's end."""
    dice = Dice(f"{spec.seed}:volume:{stream}:{wire_slot(slot)}")
    weekend = 0.75 if slot.weekday() >= 5 else 1.0
    night = 0.7 if slot.hour < 6 else 1.1
    share = weekend * night * (0.75 + 0.5 * dice.unit()) * 1.1
    return max(1, round(spec.documents_per_slot * share)) * (planted.BUSY_FACTOR if busy else 1)


def write_slot_files(spec: WorldSpec, folder: Path, truth: Truth) -> None:
    """Write every zip and list into ``folder``, and note in ``truth`` what was planted."""
    faults = {fault.file_name: fault for fault in truth.faults}
    busy = planted.busy_slots(faults)
    newsroom, desk = Newsroom(spec), NewsDesk(spec.seed, spec.window.start)
    writer = SlotWriter(folder, faults)
    slots = list(spec.slots())
    documents: dict[tuple[datetime, str], list[Document]] = {}
    events: dict[tuple[datetime, str], list[Event]] = {}

    def compose(slot: datetime) -> None:
        for stream in STREAMS:
            key = (slot, stream)
            due = _documents_due(spec, slot, stream, key in busy)
            documents[key] = newsroom.write(wire_slot(slot), stream, due)
            events[key] = desk.events(slot, stream, documents[key])

    compose(slots[0])
    for position, slot in enumerate(slots):
        coming: list[Event] = []
        if position + 1 < len(slots):
            compose(slots[position + 1])
            coming = [e for stream in STREAMS for e in events[slots[position + 1], stream]]
        for stream in STREAMS:
            desk.remember(events[slot, stream])
        for stream in STREAMS:
            own, made = documents.pop((slot, stream)), events.pop((slot, stream))
            mentions = desk.mentions(slot, stream, own, made, coming)
            _write_slot(spec, writer, slot, stream, own, made, mentions)
            truth.add(own, made, mentions)
    writer.write_lists()


def _write_slot(
    spec: WorldSpec,
    writer: SlotWriter,
    slot: datetime,
    stream: str,
    documents: list[Document],
    events: list[Event],
    mentions: list[Mention],
) -> None:
    dice = Dice(f"{spec.seed}:wire:{stream}:{wire_slot(slot)}")
    writer.write(slot, stream, "export", [event.row for event in events])
    writer.write(slot, stream, "mentions", [mention.row for mention in mentions])
    writer.write(slot, stream, "gkg", [gkg_row(dice, document) for document in documents])
