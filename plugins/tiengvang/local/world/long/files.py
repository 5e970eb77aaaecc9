"""Writes the long world's slot files, a day at a time, and keeps count of what was planted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from tiengvang.local.world.countries import FOCUS, PEERS, WATCHED
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.events import NewsDesk
from tiengvang.local.world.faults import TABLES, Fault, file_name
from tiengvang.local.world.gkg import row as gkg_row
from tiengvang.local.world.long import plan
from tiengvang.local.world.long.desk import Desk, copier
from tiengvang.local.world.long.rates import Day, Rates
from tiengvang.local.world.outlets import Outlet
from tiengvang.local.world.pages import Document
from tiengvang.local.world.slot_files import SlotWriter
from tiengvang.local.world.spec import WorldSpec, wire_slot

# Events are told of the first pages of a slot only.
EVENT_PAGES = 3
Page = tuple[Outlet, str]  # where it stands, and the country that it is about


def plan_gaps(spec: WorldSpec) -> list[Fault]:
    """Return the files that never come."""
    at = time.fromisoformat(plan.GAP_TIME)
    slots = [datetime.combine(day_of(spec, number), at, UTC) for number in plan.GAPS]
    return [
        Fault("never_published", file_name(slot, plan.GAP_STREAM, table), slot, plan.GAP_STREAM,
              table, None, "gap", is_listed=False)
        for slot in slots if spec.calendar.expects(plan.GAP_STREAM, slot)
        for table in TABLES
    ]  # fmt: skip


def day_of(spec: WorldSpec, number: int) -> date:
    """Return a day of the plan, which counts from the last day of the world."""
    return last_day(spec) + timedelta(days=number)


def last_day(spec: WorldSpec) -> date:
    """Return the last day of which the world has all slots."""
    return spec.start + timedelta(days=spec.days - 1)


def write_long_files(spec: WorldSpec, folder: Path, faults: Sequence[Fault]) -> dict[str, Any]:
    """Write every zip and list into ``folder``.

    Returns:
        What a correct warehouse counts, files that never come left out: ``days`` that have slots,
        ``stories`` about the focus abroad by host and day, ``documents`` likewise (copies counted),
        ``salient`` documents by host and country over all days, and ``spikes`` as they were drawn.
    """
    press = _Press(spec, folder, faults)
    stories: dict[str, list[int]] = {host.iso3: [] for host in plan.HOSTS}
    documents: dict[str, list[int]] = {host.iso3: [] for host in plan.HOSTS}
    spikes = []
    days = []
    for day in Rates(spec.seed, last_day(spec)).days(spec.start):
        if plan.PAUSE[0] <= day.day < plan.PAUSE[1]:
            continue
        days.append(f"{day.day}")
        press.begin()
        press.print_day(day)
        for host in stories:
            stories[host].append(press.stories[host])
            documents[host].append(press.documents[host])
        spikes += [
            {"day": f"{day.day}", "host": host, "usual": usual, "drawn": day.pages[host, FOCUS]}
            for host, usual in day.usual.items()
        ]
    press.writer.write_lists()
    return {
        "days": days,
        "stories": stories,
        "documents": documents,
        "salient": {
            host.iso3: {
                country: press.salient[host.iso3, country] for country in (FOCUS, *plan.SUBJECTS)
            }
            for host in plan.HOSTS
        },
        "spikes": spikes,
    }


class _Press:
    """Prints one day after the other and counts what will be received of it."""

    def __init__(self, spec: WorldSpec, folder: Path, faults: Sequence[Fault]) -> None:
        self.spec = spec
        self.lost = {(fault.slot_at, fault.stream) for fault in faults}
        self.writer = SlotWriter(folder, {fault.file_name: fault for fault in faults})
        self.desk, self.news = Desk(spec.seed), NewsDesk(spec.seed, spec.window.start)
        self.outlets = {host.iso3: plan.outlets_of(host.iso3) for host in plan.HOSTS}
        self.salient: Counter[tuple[str, str]] = Counter()
        self.begin()

    def begin(self) -> None:
        """Begin the counts of a day."""
        self.stories: Counter[str] = Counter()
        self.documents: Counter[str] = Counter()

    def print_day(self, day: Day) -> None:
        """Write the files of all slots of a day."""
        dice = Dice(f"{self.spec.seed}:pages:{day.day}")
        slots = {
            (datetime.combine(day.day, time.fromisoformat(text), UTC), stream): list[Page]()
            for stream, texts in plan.TIMES.items()
            for text in texts
        }
        keys = {stream: [key for key in slots if key[1] == stream] for stream in plan.TIMES}
        for (host, country), count in day.pages.items():
            outlets = self.outlets[host]
            of_stream = keys[outlets[0].stream]
            for _ in range(count):
                slots[dice.pick(of_stream)].append((dice.pick(outlets), country))
        for key in keys["english"]:
            slots[key].append((dice.pick(plan.OWNED), FOCUS))
        for (slot, stream), pages in sorted(slots.items(), key=lambda item: item[0]):
            self._print_slot(dice, day.day, slot, stream, pages)

    def _print_slot(
        self, dice: Dice, day: date, slot: datetime, stream: str, pages: Sequence[Page]
    ) -> None:
        prefix = f"{wire_slot(slot)}-{'T' if stream == 'translation' else ''}"
        if not any(subject in WATCHED for _, subject in pages):
            # A file without rows would be a fault.
            pages = [*pages, (self.outlets[plan.HOSTS[0].iso3][0], PEERS[0])]
        documents: list[Document] = []
        for outlet, subject in pages:
            if subject in WATCHED:
                warmer = self._warmer(outlet, subject, day)
                name = f"{prefix}{len(documents)}"
                page = self.desk.article(dice, name, outlet, subject, warmer)
                documents.append(page)
                other = copier(dice, self.outlets.get(outlet.country_iso3 or "", ()), page)
                if other:
                    documents.append(self.desk.copy(f"{prefix}{len(documents)}", other, page))
        rows = [gkg_row(dice, document) for document in documents]
        for outlet, country in pages:
            if country not in WATCHED:
                rows.append(self.desk.bare_row(dice, f"{prefix}{len(rows)}", outlet, country))
        told = documents[:EVENT_PAGES]
        events = self.news.events(slot, stream, told)
        self.news.remember(events)
        mentions = self.news.mentions(slot, stream, told, events, [])
        self.writer.write(slot, stream, "export", [event.row for event in events])
        self.writer.write(slot, stream, "mentions", [mention.row for mention in mentions])
        self.writer.write(slot, stream, "gkg", rows)
        if (slot, stream) not in self.lost:
            self._count(documents, pages)

    def _warmer(self, outlet: Outlet, subject: str, day: date) -> float:
        last = last_day(self.spec)
        return sum(
            points
            for host, since, points in plan.SHIFTS
            if subject == FOCUS and host == outlet.country_iso3 and (day - last).days >= since
        )

    def _count(self, documents: Sequence[Document], pages: Sequence[Page]) -> None:
        for page in documents:
            host = page.outlet.country_iso3 or ""
            if page.subject == FOCUS and host != FOCUS:
                self.documents[host] += 1
                self.stories[host] += page.copy_of is None
            self.salient[host, page.subject] += 1
        for outlet, country in pages:
            if country not in WATCHED:
                self.salient[outlet.country_iso3 or "", country] += 1
