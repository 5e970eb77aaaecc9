"""Documents into stories: components of links, cut at 72 hours, the same whatever order they came in.

Definition. Let G be the graph of links (``similarity.find_links``) over a set of rows. The earliest row of
a group that has no story yet, by (slot, record id), opens one. The story takes every row that is
connected to it through rows without a story that lie within 72 hours of the opening row. Then the earliest
of the remaining rows opens the next story, and so on. A story's id is the record id of the row that opened
it. This is a function of the set of rows alone.

A decision about an opening row depends on rows of the following 72 hours and on earlier decisions. Hence:

- stories that opened more than 72 hours before the first row that changed are as they were;
- once the sweep is past the last row that changed, and the rows ahead that earlier stories have taken are
  those of the last time, all that follows is as it was.

So a change costs the days around it. A title that recurs every day is the exception: its cuts can shift for
as long as it recurs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from tiengvang.stories.similarity import WINDOW_SECONDS, Links, Row, Signatures, find_links

DAY_SECONDS = 86_400
WINDOW_DAYS = WINDOW_SECONDS // DAY_SECONDS

RowKey = tuple[str, str]  # group, record id
Stories = dict[RowKey, str]


def group_rows(rows: Iterable[Row]) -> Stories:
    """Group a whole set of rows: by group and record id, the story's id."""
    by_day: dict[int, list[Row]] = {}
    for row in rows:
        by_day.setdefault(row.slot // DAY_SECONDS, []).append(row)
    stories: Stories = {}
    if not by_day:
        return stories
    sweep = Sweep(min(by_day), {})
    for day in range(min(by_day), max(by_day) + WINDOW_DAYS + 1):
        sweep.add(by_day.get(day, []))
        if sweep.is_ready:
            stories.update(sweep.settle())
    return stories


class Sweep:
    """Groups days of rows one after another; holds the rows of four days.

    Args:
        first_day: the first day to be given, as days since 1970.
        taken: rows of this and the next two days that stories opened before it have taken.
    """

    def __init__(self, first_day: int, taken: Mapping[RowKey, str]) -> None:
        self.day = first_day
        self._given = 0
        self._rows: list[Row] = []
        self._links: Links = np.empty((0, 2), dtype=np.int64)
        self._taken: Stories = dict(taken)
        self._signatures = Signatures()

    @property
    def is_ready(self) -> bool:
        """Whether the rows of ``day`` and of the three days behind it were given."""
        return self._given > WINDOW_DAYS

    def add(self, rows: Sequence[Row]) -> None:
        """Take the rows of the next day."""
        first_new = len(self._rows)
        self._rows += sorted(rows, key=lambda row: row.order)
        if rows:
            found = find_links(self._rows, self._signatures, first_new)
            self._links = np.concatenate([self._links, found])
        self._given += 1

    def settle(self) -> Stories:
        """Decide the stories that open on ``day``, and go on to the next one.

        Returns:
            The story of every row of that day.
        """
        if not self.is_ready:
            raise ValueError(f"{self._given} days were given, expected {WINDOW_DAYS + 1}")
        end = (self.day + 1) * DAY_SECONDS
        free = np.array(
            [(row.group, row.record_id) not in self._taken for row in self._rows], dtype=bool
        )
        for opener, member in _open_stories(self._rows, self._links, free, end):
            row = self._rows[member]
            self._taken[row.group, row.record_id] = self._rows[opener].record_id
        return self._leave_day(end)

    def ahead(self) -> Stories:
        """Return the rows of ``day`` and later that stories opened before it have taken."""
        return dict(self._taken)

    def _leave_day(self, end: int) -> Stories:
        gone = next((n for n, row in enumerate(self._rows) if row.slot >= end), len(self._rows))
        settled: Stories = {}
        for row in self._rows[:gone]:
            settled[row.group, row.record_id] = self._taken.pop((row.group, row.record_id))
        self._rows = self._rows[gone:]
        self._links = self._links[self._links[:, 0] >= gone] - gone
        self._signatures.forget_all_but(self._rows)
        self._given -= 1
        self.day += 1
        return settled


def _open_stories(
    rows: Sequence[Row], links: Links, free: npt.NDArray[np.bool_], end: int
) -> list[tuple[int, int]]:
    """Return (opening row, member) of every story that opens before ``end``.

    Components of free rows do not touch each other, so one story of each is cut at a time.
    """
    slots = np.array([row.slot for row in rows], dtype=np.int64)
    found: list[tuple[int, int]] = []
    while (free & (slots < end)).any():
        opener = _first_of_component(len(rows), links[free[links].all(axis=1)])
        near = free & (slots[opener] < end) & (slots - slots[opener] <= WINDOW_SECONDS)
        # Rows beyond the window may have been the only way between two rows inside it.
        within = _first_of_component(len(rows), links[near[links].all(axis=1)])
        is_member = near & (within == opener)
        members = np.flatnonzero(is_member)
        found.extend(zip(opener[members].tolist(), members.tolist(), strict=True))
        free = free & ~is_member
    return found


def _first_of_component(count: int, links: Links) -> npt.NDArray[np.int64]:
    """Return for each row the first row of its component."""
    ones = np.ones(len(links), dtype=np.int8)
    graph = coo_array((ones, (links[:, 0], links[:, 1])), shape=(count, count))
    _, labels = connected_components(graph, directed=False)
    _, first = np.unique(labels, return_index=True)
    firsts: npt.NDArray[np.int64] = first[labels]
    return firsts
