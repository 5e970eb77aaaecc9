"""How long the weekly questions of ``docs/weekly_questions.md`` take, asked as a reader."""

from __future__ import annotations

import re
import time

import psycopg

from tiengvang.settings import REPOSITORY
from tiengvang.warehouse.connection import connect

ROUNDS = 5


def weekly_questions() -> dict[str, str]:
    """Return the queries of the document by question: its number, and its place among that number's."""
    text = (REPOSITORY / "docs" / "weekly_questions.md").read_text(encoding="utf-8")
    questions = {}
    for number, section in re.findall(r"(?ms)^## (\d+)\. (.*?)(?=^## |\Z)", text):
        for place, query in enumerate(re.findall(r"(?ms)^```sql\n(.*?)^```", section), start=1):
            questions[f"{number}.{place}"] = query
    return questions


def measure(url: str) -> dict[str, float]:
    """Return the best of some rounds of each question, in seconds, rows fetched included."""
    with connect(url, "reader") as connection:
        return {name: _best(connection, query) for name, query in weekly_questions().items()}


def _best(connection: psycopg.Connection[tuple[object, ...]], query: str) -> float:
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        connection.execute(query.encode()).fetchall()
        seconds.append(time.perf_counter() - started)
    return min(seconds)
