"""Windows of time, quarter-hour slots, and the calendar of slots that a source is expected to publish."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Any

SLOT = timedelta(minutes=15)
DAY = timedelta(days=1)
STREAMS = ("english", "translation")
TIMES = "times"


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 instant or day (midnight UTC) as an aware UTC datetime.

    Raises:
        ValueError: the text is no ISO 8601 instant.
    """
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def format_instant(moment: datetime) -> str:
    """Write an instant as ISO 8601 UTC with a trailing ``Z`` and no fraction of a second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def floor_slot(moment: datetime) -> datetime:
    """Return the start of the quarter-hour that contains ``moment``."""
    utc = moment.astimezone(UTC)
    return utc.replace(minute=utc.minute - utc.minute % 15, second=0, microsecond=0)


def month_after(month: datetime) -> datetime:
    """Return the first instant of the month after the one that begins at ``month``."""
    return datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=month.tzinfo)


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open interval of UTC time, ``start <= t < end``."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError(f"a window needs time zones: {self.start!r} .. {self.end!r}")
        if self.end < self.start:
            raise ValueError(f"a window ends before it starts: {self.start} .. {self.end}")

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def slots(self) -> Iterator[datetime]:
        """Yield every quarter-hour whose start lies in the window."""
        slot = floor_slot(self.start)
        if slot < self.start:
            slot += SLOT
        while slot < self.end:
            yield slot
            slot += SLOT

    def days(self) -> Iterator[Window]:
        """Cut the window at UTC midnights."""
        start = self.start
        while start < self.end:
            midnight = datetime(start.year, start.month, start.day, tzinfo=UTC) + DAY
            yield Window(start, min(midnight, self.end))
            start = midnight

    def dates(self) -> Iterator[date]:
        """Yield every UTC day that the window touches."""
        for day in self.days():
            yield day.start.astimezone(UTC).date()

    def months(self) -> Iterator[datetime]:
        """Yield the first instant (UTC) of every month that the window touches.

        The first one may lie before the window's start; an empty window touches none.
        """
        day = self.start.astimezone(UTC)
        month = datetime(day.year, day.month, 1, tzinfo=UTC)
        while month < self.end and self.start < self.end:
            yield month
            month = month_after(month)

    def as_dict(self) -> dict[str, str]:
        """Return plain values for an Airflow task: ISO instants under ``start`` and ``end``."""
        return {"start": format_instant(self.start), "end": format_instant(self.end)}

    @classmethod
    def from_dict(cls, values: Mapping[str, str]) -> Window:
        """Read what ``as_dict`` wrote."""
        return cls(parse_instant(values["start"]), parse_instant(values["end"]))


@dataclass(frozen=True, slots=True)
class SlotCalendar:
    """The slots that a source publishes, per stream: everything, or only what is declared.

    ``ranges`` maps a stream to half-open windows; ``None`` means that every quarter-hour of both
    streams is expected, which is GDELT's own calendar. ``times`` maps a stream to the times of day (UTC)
    at which it has a slot within its windows; of a stream that is not in it every quarter-hour counts.
    """

    ranges: Mapping[str, tuple[Window, ...]] | None = None
    times: Mapping[str, frozenset[time]] = field(default_factory=dict)

    def slots(self, stream: str, window: Window) -> Iterator[datetime]:
        """Yield the slots of one stream that are expected inside the window, oldest first."""
        for slot in window.slots():
            if self.expects(stream, slot):
                yield slot

    def expects(self, stream: str, slot: datetime) -> bool:
        """Say whether this stream is expected to publish this slot."""
        if self.ranges is None:
            return stream in STREAMS
        if stream in self.times and slot.time() not in self.times[stream]:
            return False
        return any(slot in declared for declared in self.ranges.get(stream, ()))

    @property
    def begin(self) -> datetime | None:
        """The first declared instant; None when every slot is expected or none is declared."""
        starts = [window.start for windows in (self.ranges or {}).values() for window in windows]
        return min(starts, default=None)

    @property
    def days_like_one(self) -> int:
        """How many of its days have as many slots as one day on which every quarter-hour counts."""
        every = DAY // SLOT
        slots = sum(len(self.times.get(stream, ())) or every for stream in STREAMS)
        return ceil(len(STREAMS) * every / slots)

    def as_json(self) -> dict[str, Any] | None:
        """Return what is declared, or None for every slot.

        That is ``{stream: [[start, end], ...]}``, and ``"times": {stream: ["HH:MM", ...]}`` beside it where
        there are any.
        """
        if self.ranges is None:
            return None
        declared: dict[str, Any] = {
            stream: [[format_instant(w.start), format_instant(w.end)] for w in windows]
            for stream, windows in self.ranges.items()
        }
        if self.times:
            declared[TIMES] = {
                stream: [f"{moment:%H:%M}" for moment in sorted(times)]
                for stream, times in self.times.items()
            }
        return declared

    @classmethod
    def from_json(cls, value: Any) -> SlotCalendar:
        """Read what ``as_json`` wrote.

        Raises:
            ValueError: the value is no object of streams, pairs of instants, and times of day.
        """
        if value is None:
            return cls()
        times = value.get(TIMES, {}) if isinstance(value, dict) else None
        if not isinstance(times, dict) or not {*value, *times} <= {*STREAMS, TIMES}:
            raise ValueError(
                f"a slot calendar is an object with keys among {(*STREAMS, TIMES)}: {value!r}"
            )
        return cls(
            {
                stream: tuple(Window(parse_instant(a), parse_instant(b)) for a, b in pairs)
                for stream, pairs in value.items()
                if stream != TIMES
            },
            {
                stream: frozenset(time.fromisoformat(text) for text in texts)
                for stream, texts in times.items()
            },
        )
