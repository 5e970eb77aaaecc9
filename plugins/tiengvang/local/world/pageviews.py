"""Wikimedia's pageviews in the sample world: invented counts of the basket's articles, answered at once."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from tiengvang.local.world import attention
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.spec import WorldSpec
from tiengvang.sources.pageviews import Article, read_articles
from tiengvang.windows import DAY

# A day's views appear in the course of the next day.
PUBLISHED_AFTER = DAY + timedelta(hours=14)
ABSENT = Article("vi.wikipedia", "Băng_Cốc")
# This article has no count on this day of a month, as the source leaves days out now and then.
OMITTED, OMITTED_DAY = Article("en.wikipedia", "Boracay"), 3
# Monday to Sunday, and January to December: interest falls at the end of the week and follows the season.
WEEK = (1.06, 1.08, 1.06, 1.03, 0.96, 0.89, 0.92)
SEASON = (1.12, 1.1, 1.05, 0.98, 0.92, 0.9, 0.97, 0.96, 0.9, 0.96, 1.02, 1.12)

_PATH = re.compile(
    r"per-article/(?P<project>[^/]+)/all-access/user/(?P<title>.+)/daily/(\d{8})/(\d{8})"
)
_NOTHING = (
    "The date(s) you used are valid, but we either do not have data for those date(s), or the project"
    " you asked for is not loaded yet. Please check documentation for more information"
)
TOO_MANY = (
    HTTPStatus.TOO_MANY_REQUESTS,
    b"You are making too many requests to the API.\n",
    "text/plain",
)


def views_on(seed: int, article: Article, day: date) -> int:
    """Return the planted views of an article on a day."""
    noise = Dice(f"{seed}:pageviews:{article.project}:{article.title}:{day}").bell()
    followed = attention.factor(seed, day.replace(day=1)) if article in attention.ARTICLES else 1.0
    seasonal = WEEK[day.weekday()] * SEASON[day.month - 1]
    return round(_level(seed, article) * seasonal * followed * (1 + 0.05 * noise))


@lru_cache(maxsize=1024)
def _level(seed: int, article: Article) -> float:
    """Return the article's mean views a day, from 100 to 10,000."""
    return float(10 ** (2 + 2 * Dice(f"{seed}:pageviews:{article.project}:{article.title}").unit()))


def has_count(article: Article, day: date) -> bool:
    """Say whether the source counts an article on a day."""
    return article != ABSENT and (article, day.day) != (OMITTED, OMITTED_DAY)


def answer_views(seed: int, as_of: datetime, path: str) -> tuple[HTTPStatus, bytes, str]:
    """Answer a GET below ``pageviews/`` at an instant: the days that are published by then."""
    asked = _PATH.fullmatch(path)
    if not asked:
        return _error(HTTPStatus.NOT_FOUND, "Not Found", "Not found.", path)
    article = Article(asked["project"], asked["title"])
    first, last = (date.fromisoformat(text) for text in asked.groups()[2:])
    if last < first:
        return _error(
            HTTPStatus.BAD_REQUEST, "Bad Request", "start timestamp is after end timestamp", path
        )
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    items = [
        _item(seed, article, day)
        for day in days
        if has_count(article, day) and datetime.combine(day, time(), UTC) + PUBLISHED_AFTER <= as_of
    ]
    if article not in read_articles() or not items:
        return _error(HTTPStatus.NOT_FOUND, "Not Found", _NOTHING, path)
    return _json(HTTPStatus.OK, {"items": items})


def plan_pageviews(spec: WorldSpec) -> tuple[list[str], dict[str, Any]]:
    """Return the paths that are answered with 429 once, and the truth."""
    month = spec.window.start
    busy = f"pageviews/per-article/en.wikipedia/all-access/user/Sentosa/daily/{month:%Y%m}01/"
    truth = {
        "absent": [[ABSENT.project, ABSENT.title]],
        "omitted": [[OMITTED.project, OMITTED.title, OMITTED_DAY]],
    }
    return [busy] if spec.has_faults else [], truth


def _item(seed: int, article: Article, day: date) -> dict[str, Any]:
    return {
        "project": article.project,
        "article": article.title,
        "granularity": "daily",
        "timestamp": f"{day:%Y%m%d}00",
        "access": "all-access",
        "agent": "user",
        "views": views_on(seed, article, day),
    }


def _error(status: HTTPStatus, title: str, detail: str, path: str) -> tuple[HTTPStatus, bytes, str]:
    body = {
        "detail": detail,
        "method": "get",
        "status": int(status),
        "title": title,
        "type": "about:blank",
        "uri": f"/metrics/pageviews/{path}",
    }
    return _json(status, body)


def _json(status: HTTPStatus, value: object) -> tuple[HTTPStatus, bytes, str]:
    return status, json.dumps(value, ensure_ascii=False).encode(), "application/json"
