"""Wikimedia pageviews: which articles and months a window must have, where they are, what they say.

Daily views by readers (``agent=user``) on all sites of one article. Days without a figure are left
out by the source: they have no row here, and are never a zero. Titles are case-sensitive, and views
of a redirect count for the redirect. https://wikimedia.org/api/rest_v1/, CC0.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tiengvang.errors import FileRefused, SchemaDrift, SettingsError
from tiengvang.sources.records import ParsedFile, Reject, Rows, SourceFile
from tiengvang.watchlist import SEEDS
from tiengvang.windows import Window

SOURCE = "pageviews"
VIEWS = "article_days"
SEED = "pageview_articles.csv"
FIRST_MONTH = datetime(2015, 7, 1, tzinfo=UTC)  # the source counts since then
LIMIT_BYTES = 1024**2  # a month of one article is some 5 kB
MOST_VIEWS = 10**10
COLUMNS = ("project", "article_title", "view_date", "views_count")

_PROJECT = re.compile(r"[a-z-]{2,12}\.wikipedia")
# A space would be another title to the source than the underscore; the others no title can hold.
_TITLE = re.compile(r"[^\s#<>\[\]{}|@]{1,255}")
_TIMESTAMP = re.compile(r"([12][0-9]{3})([01][0-9])([0-3][0-9])00")


@dataclass(frozen=True, slots=True)
class Article:
    """An article as the source names it: ``en.wikipedia`` and a title with underscores."""

    project: str
    title: str


def read_articles(folder: Path = SEEDS) -> tuple[Article, ...]:
    """Read the basket, in the seed's order.

    Raises:
        SettingsError: a row has no project or title that the source could have, or came before.
    """
    articles: dict[Article, None] = {}
    with (folder / SEED).open(encoding="utf-8", newline="") as handle:
        for line, row in enumerate(csv.DictReader(handle), start=2):
            article = Article(row["project"], row["article_title"])
            if not (_PROJECT.fullmatch(article.project) and _TITLE.fullmatch(article.title)):
                raise SettingsError(
                    f"{SEED}, line {line}: expected a project like en.wikipedia and a title with"
                    " underscores"
                )
            if article in articles:
                raise SettingsError(f"{SEED}, line {line}: an article that came before")
            articles[article] = None
    return tuple(articles)


def expected_files(window: Window, articles: Sequence[Article]) -> Iterator[SourceFile]:
    """Yield every article in every month that the window touches.

    ``slot_at`` is the month's first day, 00:00 UTC, which may lie before the window's start.
    """
    for month in window.months():
        if month >= FIRST_MONTH:
            for article in articles:
                name = f"{article.project}/{article.title}@{month:%Y-%m}"
                yield SourceFile(SOURCE, VIEWS, name, None, month)


def article_of(file: SourceFile) -> Article:
    """Return the article of a file."""
    project, _, rest = file.file_name.partition("/")
    return Article(project, rest.rpartition("@")[0])


def article_url(base_url: str, article: Article, first: date, last: date) -> str:
    """Return the address of an article's views on the days from ``first`` to ``last``, both included.

    A folder holds one file per article and month: all days that it has.
    """
    title = quote(article.title, safe="")
    if base_url.startswith("file://"):
        return f"{base_url}/per-article/{article.project}/{title}/{first:%Y-%m}.json"
    return (
        f"{base_url}/per-article/{article.project}/all-access/user/{title}/daily"
        f"/{first:%Y%m%d}/{last:%Y%m%d}"
    )


def parse_views(
    payload: bytes, *, article: Article, first: date, last: date, file_name: str
) -> ParsedFile:
    """Read an article's views.

    Args:
        payload: ``{"items": [{project, article, granularity, timestamp, access, agent, views}]}``.
        article: the one that was asked for; an item of another one is a reject.
        first: the first day that was asked for.
        last: the last one; an item of a day outside is a reject.
        file_name: the ledger's name, for messages.

    Returns:
        rows of ``raw.pageviews__article_days``.

    Raises:
        FileRefused: the payload is no such answer, or holds no item.
        SchemaDrift: an item cannot be read; a month of one article has too few to spare any.
    """
    items = _items(payload, file_name)
    rows: dict[date, tuple[str, str, date, int]] = {}
    rejects: list[Reject] = []
    for number, item in enumerate(items, start=1):
        found = _read(item, article)
        if isinstance(found, str):
            rejects.append(Reject(number, found))
        elif not first <= found[0] <= last:
            rejects.append(Reject(number, f"{found[0]} was not asked for"))
        elif found[0] in rows:
            rejects.append(Reject(number, f"{found[0]} came before"))
        else:
            rows[found[0]] = (article.project, article.title, *found)
    if not rows:
        raise SchemaDrift(
            f"{file_name}: none of {len(items)} items can be read; item 1: {rejects[0].reason}"
        )
    return ParsedFile(
        rows_read=len(items),
        rows_kept=len(rows),
        tables=(Rows("raw.pageviews__article_days", COLUMNS, list(rows.values())),),
        rejects=tuple(rejects),
    )


def _items(payload: bytes, file_name: str) -> list[Any]:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise FileRefused(
            f"{file_name}: {len(payload)} bytes that are no JSON, expected an object with items"
            f" ({type(error).__name__})"
        ) from None
    items = answer.get("items") if isinstance(answer, dict) else None
    if not isinstance(items, list) or not items:
        raise FileRefused(f"{file_name}: expected an object with a list of items")
    return items


def _read(item: Any, article: Article) -> tuple[date, int] | str:
    """Return an item's day and views, or the reason why it cannot be read."""
    if not isinstance(item, dict):
        return "an item is no object"
    expected = {
        "project": article.project,
        "article": article.title,
        "granularity": "daily",
        "access": "all-access",
        "agent": "user",
    }
    for key, value in expected.items():
        if item.get(key) != value:
            return f"{key} is not {value!r}"
    stamp = item.get("timestamp")
    parts = _TIMESTAMP.fullmatch(stamp) if isinstance(stamp, str) else None
    try:
        day = date(*map(int, parts.groups())) if parts else None
    except ValueError:
        day = None
    if day is None:
        return "timestamp is no day, expected YYYYMMDD00"
    views = item.get("views")
    if not isinstance(views, int) or isinstance(views, bool) or not 0 <= views < MOST_VIEWS:
        return "views is no count"
    return day, views
