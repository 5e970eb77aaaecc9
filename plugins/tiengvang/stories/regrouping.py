"""Stories after a change of some days: the result of grouping everything anew, for the cost of those days.

Restart: a story that opened more than 72 hours before the first changed day cannot have changed, so the sweep
starts three days before it, with the rows that such stories have taken. Stop: behind the last changed day, as
soon as the rows ahead that are taken are those of the last time, whatever follows is as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tiengvang.stories.grouping import DAY_SECONDS, WINDOW_DAYS, RowKey, Stories, Sweep
from tiengvang.stories.similarity import Row


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A row's story of the last time, and the slot of the row that opened it (seconds)."""

    story_id: str
    opened: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day: the rows to group, and the stories of the last time."""

    rows: Sequence[Row]
    stored: Mapping[RowKey, StoredStory]


@dataclass(frozen=True, slots=True)
class Change:
    """What became different on one day: rows with their new story, None where a row is gone."""

    day: int
    before: Mapping[RowKey, str]
    after: Mapping[RowKey, str | None]


def regroup(changed_days: Iterable[int], read_day: Callable[[int], Day]) -> Iterator[Change]:
    """Yield the changes of stories, day by day.

    Args:
        changed_days: days (since 1970) on which rows came, went or changed since the last time.
        read_day: gives the rows and stored stories of any day, with the changes that were yielded
            before written to it. Each day is asked for once in a stretch of days, four are held.
    """
    pending = sorted(set(changed_days))
    while pending:
        yield from _regroup_stretch(pending, read_day)


def _regroup_stretch(pending: list[int], read_day: Callable[[int], Day]) -> Iterator[Change]:
    """Go from three days before the first pending day until all is as it was; remove what was passed."""
    start = pending[0] - WINDOW_DAYS
    days = {day: read_day(day) for day in range(start, start + WINDOW_DAYS)}
    sweep = Sweep(start, _taken_before(start, days))
    for day in days.values():
        sweep.add(day.rows)
    while True:
        current = sweep.day
        days[current + WINDOW_DAYS] = read_day(current + WINDOW_DAYS)
        sweep.add(days[current + WINDOW_DAYS].rows)
        settled = sweep.settle()
        yield from _changes(current, days.pop(current).stored, settled)
        while pending and pending[0] <= current:
            pending.pop(0)
        if pending and pending[0] <= current + WINDOW_DAYS:
            continue
        ahead = sweep.ahead()
        if ahead.keys() == _taken_before(sweep.day, days).keys():
            for day_ahead, day in days.items():
                renamed = {
                    row_of(row): ahead[row_of(row)] for row in day.rows if row_of(row) in ahead
                }
                stored = {key: day.stored[key] for key in renamed}
                yield from _changes(day_ahead, stored, renamed)
            return


def row_of(row: Row) -> RowKey:
    """Return what tells a row from all others."""
    return row.group, row.record_id


def _taken_before(start: int, days: Mapping[int, Day]) -> Stories:
    """Return the rows of these days that stories opened before a day had taken the last time."""
    return {
        key: story.story_id
        for day in days.values()
        for key, story in day.stored.items()
        if story.opened < start * DAY_SECONDS
    }


def _changes(day: int, stored: Mapping[RowKey, StoredStory], settled: Stories) -> Iterator[Change]:
    before = {key: story.story_id for key, story in stored.items()}
    after: dict[RowKey, str | None] = {
        key: story_id for key, story_id in settled.items() if before.get(key) != story_id
    }
    after.update(dict.fromkeys(before.keys() - settled.keys()))
    if after:
        yield Change(day, {key: before[key] for key in after if key in before}, after)
