"""The stories behind a figure of coverage, with their addresses: those that the edition holds, as links."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from tiengvang.edition.facts import WEEK, EditionFacts
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.sql_text import literal
from tiengvang.edition.untrusted import plain_text, web_address
from tiengvang.windows import DAY

SHOWN = 20
WORLD, CODE = "world", 3
# The columns of a query's key that name the press.
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
# The queries of coverage with the column that says of which days a row is; others have no stories.
WINDOWS = {
    **dict.fromkeys(("voice", "tone", "messages", "reach"), "week_start_date"),
    **dict.fromkeys(("documents", "stories", "eligibility"), None),
    "coverage": "coverage_date",
    "alerts": "alert_date",
}


class StoriesBehind:
    """Finds the stories of rows in the documents that an edition holds; each set of them has an id."""

    def __init__(self, facts: EditionFacts, request: EditionRequest) -> None:
        self._facts, self._request = facts, request
        documents = facts.documents.sort_values(["slot_at", "record_id"])
        has_address = documents["url"].map(web_address).notna()
        self._documents = documents[has_address]
        self._ids: dict[tuple[Any, Any, Any], str] = {}

    def of(self, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> str | None:
        """Return the id of the stories behind rows; null where none stand behind them.

        That is so of a register, an outcome, the state of a feed, and of a country that is not the focus.
        """
        for query, key in rows:
            if query in WINDOWS and self._is_of_focus(key):
                press = next((str(key[name]) for name in PRESS if name in key), WORLD)
                found = (press if len(press) == CODE else WORLD, *self._days(query, key))
                return self._ids.setdefault(found, f"stories-{len(self._ids) + 1}")
        return None

    def listed(self, ids: Iterable[str | None]) -> dict[str, dict[str, Any]]:
        """Return by id links to the first stories, how many the edition holds, and the SQL of all."""
        wanted = set(ids)
        found = {}
        for (press, first, last), name in self._ids.items():
            if name in wanted:
                held = self._held(None if press == WORLD else press, first, last)
                found[name] = {
                    "press": press,
                    "days": [first.isoformat(), last.isoformat()],
                    "stories": list(map(_link, held.head(SHOWN).to_dict("records"))),
                    "n_held": len(held),
                    "sql": self._sql(None if press == WORLD else press, first, last),
                }
        return found

    def _is_of_focus(self, key: Mapping[str, Any]) -> bool:
        return bool(key.get("country_code_iso3", self._facts.focus_iso3) == self._facts.focus_iso3)

    def _days(self, query: str, key: Mapping[str, Any]) -> tuple[Any, Any]:
        named = WINDOWS[query]
        week = (self._facts.week_dates[0], self._facts.week_dates[-1])
        if named is None:
            return week
        day = key.get(named)
        if query in ("coverage", "alerts"):
            return (day, day) if day else week
        if query == "reach":
            return (day, day + WEEK - DAY) if day else week
        rows: pd.DataFrame = getattr(self._facts, query)
        rows = rows[rows[named] == day].head(1) if day else rows.tail(1)
        return rows["window_start_date"].iloc[0], rows["window_end_date"].iloc[0]

    def _held(self, press: str | None, first: Any, last: Any) -> pd.DataFrame:
        """Return the first document within the days of each story, the earliest first."""
        rows = self._documents
        if press is not None:
            rows = rows[rows["source_country_code_iso3"] == press]
        rows = rows[(rows["slot_date"] >= first) & (rows["slot_date"] <= last)]
        return rows.drop_duplicates("story_id")

    def _sql(self, press: str | None, first: Any, last: Any) -> str:
        where = "" if press is None else f"\n  and source_country_code_iso3 = {literal(press)}"
        return (
            textwrap.dedent(STORIES)
            .strip()
            .format(
                focus=literal(self._request.focus_iso3),
                first=literal(first),
                last=literal(last),
                press=where,
            )
        )


def _link(row: Mapping[Any, Any]) -> dict[str, Any]:
    title = plain_text(row["title"], 120) or str(row["url"])
    return {"day": row["slot_date"].isoformat(), "title": title, "url": row["url"]}
