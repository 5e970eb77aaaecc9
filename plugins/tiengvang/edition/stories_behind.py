"""The stories behind a figure of coverage, with their addresses: those that the edition holds, as links."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.sql_text import literal
from tiengvang.edition.untrusted import plain_text, web_address

SHOWN = 20
# The columns of a query's key that name the press, and its first and last day.
PRESS = ("source_country_code_iso3", "source_area")
# Counted as an edition counts: documents that passed the gates, each story once a country.
STORIES = """
select story_id, min(slot_date) as first_date, min(title) as title, min(url) as url
from marts.fct_document_country
where country_code_iso3 = {focus} and is_eligible
  and slot_date between {first} and {last}{press}
group by story_id
order by first_date, story_id;
"""
# Over how many days before its last a window runs; queries that are not named have no stories.
WINDOWS = {
    "voice": ("window_start_date", "window_end_date"),
    "tone": ("window_start_date", "window_end_date"),
    "messages": ("window_start_date", "window_end_date"),
    "reach": ("week_start_date", None),
    "documents": (None, None),
    "stories": (None, None),
    "coverage": ("coverage_date", "coverage_date"),
    "alerts": ("alert_date", "alert_date"),
}


class StoriesBehind:
    """Finds the stories of rows in the documents that an edition holds."""

    def __init__(self, facts: EditionFacts, request: EditionRequest) -> None:
        self._facts, self._request = facts, request
        self._links: dict[str | None, list[dict[str, Any]]] = {}

    def of(self, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
        """Return links to the first stories behind rows, how many the edition holds, and the SQL of all.

        Without ``stories_sql`` no story stands behind: a register, an outcome, a feed's state.
        """
        for query, key in rows:
            if query in WINDOWS and self._is_of_focus(key):
                first, last = self._days(query, key)
                press = next((key[name] for name in PRESS if name in key), None)
                press = None if press in (None, "world") or len(str(press)) != 3 else str(press)
                held = self._held(press, first, last)
                return {
                    "stories": held[:SHOWN],
                    "n_stories_held": len(held),
                    "stories_sql": self._sql(press, first, last),
                }
        return {"stories": [], "n_stories_held": 0, "stories_sql": None}

    def _is_of_focus(self, key: Mapping[str, Any]) -> bool:
        return key.get("country_code_iso3", self._facts.focus_iso3) == self._facts.focus_iso3

    def _days(self, query: str, key: Mapping[str, Any]) -> tuple[Any, Any]:
        frame: pd.DataFrame = getattr(self._facts, query)
        first, last = WINDOWS[query]
        week = self._facts.week_dates
        if first is None:
            return week[0], week[-1]
        rows = frame
        for name, value in key.items():
            if name in frame and name not in PRESS and value == value:
                rows = rows[rows[name] == value]
        if rows.empty:
            return week[0], week[-1]
        begin = rows[first].min()
        return begin, rows[last].max() if last else max(begin, *(d for d in week if d >= begin), begin)

    def _held(self, press: str | None, first: Any, last: Any) -> list[dict[str, Any]]:
        rows = self._documents(press)
        return [
            {"day": row["day"].isoformat(), "title": row["title"], "url": row["url"]}
            for row in rows
            if first <= row["day"] <= last
        ]

    def _documents(self, press: str | None) -> list[dict[str, Any]]:
        if press not in self._links:
            rows = self._facts.documents
            if press is not None:
                rows = rows[rows["source_country_code_iso3"] == press]
            ordered = rows.sort_values(["slot_at", "record_id"]).drop_duplicates("story_id")
            self._links[press] = [
                {"day": day, "title": plain_text(title, 120) or str(url), "url": address}
                for day, title, url in zip(
                    ordered["slot_date"], ordered["title"], ordered["url"], strict=True
                )
                if (address := web_address(url))
            ]
        return self._links[press]

    def _sql(self, press: str | None, first: Any, last: Any) -> str:
        where = "" if press is None else f"\n  and source_country_code_iso3 = {literal(press)}"
        return textwrap.dedent(STORIES).strip().format(
            focus=literal(self._request.focus_iso3),
            first=literal(first),
            last=literal(last),
            press=where,
        )
