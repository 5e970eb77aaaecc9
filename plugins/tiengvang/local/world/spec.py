"""What a sample world is made of, and the instants at which it is read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from tiengvang.local.world.long import plan as long_plan
from tiengvang.local.world.outlets import MINIMUM_OUTLETS, OUTLETS, Outlet
from tiengvang.windows import DAY, STREAMS, SlotCalendar, Window, format_instant

# A slot's files appear this long after the slot; the translation stream lags by a slot.
PUBLICATION_LAG = {"english": timedelta(minutes=2), "translation": timedelta(minutes=17)}
AFTER_LAST_DAY = timedelta(minutes=75)


def wire_slot(slot: datetime) -> str:
    """Write a slot as GDELT's file names do, ``YYYYMMDDHHMMSS``."""
    return slot.strftime("%Y%m%d%H%M%S")


@lru_cache(maxsize=4096)
def read_wire_slot(name: str) -> datetime:
    """Read what ``wire_slot`` wrote."""
    parts = (name[:4], name[4:6], name[6:8], name[8:10], name[10:12], name[12:14])
    year, month, day, hour, minute, second = map(int, parts)
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


@lru_cache(maxsize=1)
def generator_digest() -> str:
    """Digest the generator's own code and word lists: a changed generator makes another world."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.json")]):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class WorldSpec:
    """A recipe; the same recipe gives the same world on every machine.

    ``documents_per_slot`` counts documents per slot and stream, on average. ``tone_shifts`` says by
    how much the outlets of a country are warmer or colder about the focus country (points of tone).
    ``audited`` says, by language, which share of the sampled documents an office finds to be about
    the focus country. ``kind`` is ``sample``, or ``long``: years of few slots, see ``long/plan.py``.
    ``times`` limits a sample to slots at these times of day (``HH:MM``, UTC); empty means all.
    """

    kind: str = "sample"
    seed: int = 7
    start: date = date(2026, 6, 29)
    days: int = 14
    outlets: int = len(OUTLETS)
    documents_per_slot: int = 8
    tone_shifts: tuple[tuple[str, float], ...] = (("JPN", -1.5),)
    audited: tuple[tuple[str, float], ...] = (
        ("eng", 0.94), ("jpn", 0.82), ("kor", 0.9), ("zho", 0.6),
    )  # fmt: skip
    has_faults: bool = True
    times: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.days < 2:
            raise ValueError(f"a world needs at least 2 days, not {self.days}")
        if not MINIMUM_OUTLETS <= self.outlets <= len(OUTLETS):
            raise ValueError(
                f"{self.outlets} outlets, expected {MINIMUM_OUTLETS} to {len(OUTLETS)}"
            )
        if self.documents_per_slot < 1:
            raise ValueError(f"documents_per_slot is {self.documents_per_slot}, expected 1 or more")

    @property
    def window(self) -> Window:
        """All slots of the world: its days, and 75 minutes of the day after them."""
        start = datetime.combine(self.start, time(), UTC)
        return Window(start, start + self.days * DAY + AFTER_LAST_DAY)

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The two instants of the demo; the late slot arrives between them."""
        end_of_days = self.window.start + self.days * DAY
        return (
            end_of_days - DAY + timedelta(minutes=20),
            end_of_days + timedelta(hours=1, minutes=20),
        )

    @property
    def calendar(self) -> SlotCalendar:
        """The slots that the world's source declares, of both streams."""
        if self.kind != "long":
            times = frozenset(time.fromisoformat(text) for text in self.times)
            declared = dict.fromkeys(STREAMS, times) if times else {}
            return SlotCalendar(dict.fromkeys(STREAMS, (self.window,)), declared)
        return SlotCalendar(
            dict.fromkeys(STREAMS, tuple(_without_pause(self.window))),
            {
                stream: frozenset(time.fromisoformat(text) for text in texts)
                for stream, texts in long_plan.TIMES.items()
            },
        )

    @property
    def published(self) -> tuple[Outlet, ...]:
        """The outlets that the world is written in."""
        return long_plan.PUBLISHED if self.kind == "long" else OUTLETS[: self.outlets]

    @property
    def read_at(self) -> tuple[datetime, ...]:
        """The instants at which the demo reads it: a long world once, when all of it is there."""
        return self.instants[-1:] if self.kind == "long" else self.instants

    @property
    def name(self) -> str:
        """The world's name, which a warehouse remembers."""
        return f"{self.kind}-{self.digest[:8]}"

    @property
    def digest(self) -> str:
        """A digest of the recipe and of the generator."""
        recipe = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(f"{generator_digest()}:{recipe}".encode()).hexdigest()

    def slots(self) -> Iterator[datetime]:
        """Yield every quarter-hour of its window that has a slot, oldest first."""
        calendar = self.calendar
        return (slot for slot in self.window.slots() if calendar.expects(STREAMS[0], slot))

    def description(self, as_of: datetime) -> dict[str, object]:
        """Return ``world.json`` as an upstream serves it at an instant."""
        return {
            "world_name": self.name,
            "is_synthetic": True,
            "as_of": format_instant(as_of),
            "calendar": self.calendar.as_json(),
            "outlets": [outlet.as_row() for outlet in self.published if outlet.is_listed],
        }


def _without_pause(window: Window) -> Iterator[Window]:
    start, end = (datetime.combine(day, time(), UTC) for day in long_plan.PAUSE)
    if window.start < start:
        yield Window(window.start, min(start, window.end))
    if window.end > end:
        yield Window(max(end, window.start), window.end)


WORLDS = {
    "sample": WorldSpec(),
    "long": WorldSpec(
        kind="long",
        seed=11,
        start=long_plan.STARTS_ON,
        days=(long_plan.ENDS_ON - long_plan.STARTS_ON).days + 1,
        tone_shifts=(),
        audited=(),
        has_faults=False,
    ),
}
