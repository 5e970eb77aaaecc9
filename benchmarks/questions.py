"""How long the weekly questions of ``docs/questions`` take, asked as a reader."""

from __future__ import annotations

import re
import time

import psycopg

from tiengvang.settings import REPOSITORY
from tiengvang.warehouse.connection import connect

ROUNDS = 5


def weekly_questions() -> dict[str, str]:
    """Return the queries by question: its number, and its place among those of its file."""
    return {
        f"{int(path.name[:2])}.{place}": query
        for path in sorted((REPOSITORY / "docs" / "questions").glob("*.sql"))
        for place, query in enumerate(queries(path.read_text(encoding="utf-8")), start=1)
    }


def queries(text: str) -> list[str]:
    """Return the statements of a file of questions, which end with a semicolon at a line's end."""
    return [part for part in re.split(r"(?m);$", text) if part.strip()]


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
