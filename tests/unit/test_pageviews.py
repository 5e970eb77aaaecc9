"""Wikimedia pageviews: the basket, months, addresses, and answers good and hostile."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.errors import FileRefused, SchemaDrift, SettingsError
from tiengvang.local.world.pageviews import ABSENT, answer_views, has_count, views_on
from tiengvang.settings import REPOSITORY
from tiengvang.sources import pageviews
from tiengvang.sources.pageviews import Article
from tiengvang.sources.records import ParsedFile
from tiengvang.watchlist import SEEDS, watched_iso3
from tiengvang.windows import Window, parse_instant

HANOI = Article("vi.wikipedia", "Hà_Nội")
FIRST, LAST = date(2026, 7, 1), date(2026, 7, 12)
FILE = "vi.wikipedia/Hà_Nội@2026-07"


def item(day: int, views: Any = 7, **other: Any) -> dict[str, Any]:
    return {
        "project": HANOI.project, "article": HANOI.title, "granularity": "daily",
        "timestamp": f"202607{day:02}00", "access": "all-access", "agent": "user", "views": views,
        **other,
    }  # fmt: skip


def parse(answer: Any) -> ParsedFile:
    payload = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return pageviews.parse_views(payload, article=HANOI, first=FIRST, last=LAST, file_name=FILE)


def test_the_basket_has_the_same_topics_in_the_same_languages_for_every_watched_country() -> None:
    with (SEEDS / pageviews.SEED).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    cells = {(row["country_code_iso3"], row["topic"], row["project"]) for row in rows}
    assert len(cells) == len(rows) == len(pageviews.read_articles()) > 150
    countries = set(watched_iso3(date(2026, 7, 1)))
    assert {country for country, *_ in cells} == countries
    assert len(countries) == 6
    kinds = {(topic, project) for _, topic, project in cells}
    lacking = {
        (country, topic)
        for country in countries
        for topic, project in kinds
        if (country, topic, project) not in cells
    }
    # City and state are one article there.
    assert lacking == {("SGP", "capital"), ("SGP", "other_city")}
    assert {row["is_checked"] for row in rows} <= {"true", "false"}
    assert len({row["project"] for row in rows}) >= 11


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("en.wikipedia,Ho Chi Minh City", "title with underscores"),
        ("en.wikipedia.org,Hanoi", "project like"),
        ("EN.wikipedia,Hanoi", "project like"),
        ("en.wikipedia,", "title"),
        ("en.wikipedia,Hanoi@2026", "title"),
        ("en.wikipedia,Hanoi#History", "title"),
        ("vi.wikipedia,Hà_Nội", "came before"),
    ],
)
def test_a_bad_basket_is_refused_with_its_line(tmp_path: Path, row: str, problem: str) -> None:
    text = f"project,article_title\nvi.wikipedia,Hà_Nội\n{row}\n"
    (tmp_path / pageviews.SEED).write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=f"line 3: .*{problem}"):
        pageviews.read_articles(tmp_path)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-07-13T00:00:00Z", "2026-07-13T00:00:00Z", []),
        ("2026-07-13T00:00:00Z", "2026-07-13T00:15:00Z", ["2026-07"]),
        ("2026-06-30T23:45:00Z", "2026-07-01T00:00:00Z", ["2026-06"]),
        ("2025-12-31T23:45:00Z", "2026-02-01T00:00:00Z", ["2025-12", "2026-01"]),
        ("2026-07-01T05:00:00+07:00", "2026-07-01T06:00:00+07:00", ["2026-06"]),
        ("2015-05-01T00:00:00Z", "2015-08-01T00:00:00Z", ["2015-07"]),
    ],
)
def test_a_window_has_every_article_in_each_of_its_months(
    start: str, end: str, months: list[str]
) -> None:
    basket = (HANOI, Article("en.wikipedia", "Hanoi"))
    window = Window(parse_instant(start), parse_instant(end))
    files = list(pageviews.expected_files(window, basket))
    assert [f.file_name for f in files] == [
        f"{a.project}/{a.title}@{month}" for month in months for a in basket
    ]
    assert {f.slot_at for f in files} == {
        datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC) for month in months
    }
    assert [pageviews.article_of(f) for f in files] == list(basket) * len(months)


def test_addresses() -> None:
    site = "https://wikimedia.org/api/rest_v1/metrics/pageviews"
    article = Article("en.wikipedia", "AC/DC,_Penang")
    assert pageviews.article_url(site, article, FIRST, LAST) == (
        f"{site}/per-article/en.wikipedia/all-access/user/AC%2FDC%2C_Penang/daily/20260701/20260712"
    )
    assert pageviews.article_url("file:///m", HANOI, FIRST, LAST) == (
        "file:///m/per-article/vi.wikipedia/H%C3%A0_N%E1%BB%99i/2026-07.json"
    )


def test_days_without_a_count_are_left_out_and_never_zero() -> None:
    parsed = parse({"items": [item(1, 120), item(4, 0)]})
    assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (2, 2, ())
    assert parsed.tables[0].rows == [
        ("vi.wikipedia", "Hà_Nội", date(2026, 7, 1), 120),
        ("vi.wikipedia", "Hà_Nội", date(2026, 7, 4), 0),
    ]


def test_the_block_has_the_columns_of_the_raw_table() -> None:
    (block,) = parse({"items": [item(1)]}).tables
    schema = (REPOSITORY / "plugins/tiengvang/warehouse/schema.sql").read_text(encoding="utf-8")
    body = schema.split(f"create table if not exists {block.table} (")[1].split("\n);")[0]
    columns = {line.split()[0] for line in body.strip().splitlines()}
    assert set(block.columns) == columns - {"load_id", "primary"}


REJECTED = {
    "other article": (item(2, article="Hà_nội"), "article is not 'Hà_Nội'"),
    "other project": (item(2, project="en.wikipedia"), "project is not"),
    "spiders too": (item(2, agent="all-agents"), "agent is not 'user'"),
    "a month": (item(2, granularity="monthly"), "granularity is not 'daily'"),
    "no object": ([1], "an item is no object"),
    "no timestamp": (item(2, timestamp=None), "timestamp is no day"),
    "an hour": (item(2, timestamp="2026070207"), "timestamp is no day"),
    "no such day": (item(2, timestamp="2026023000"), "timestamp is no day"),
    "not asked for": (item(13), "2026-07-13 was not asked for"),
    "twice": (item(1), "2026-07-01 came before"),
    "negative": (item(2, -1), "views is no count"),
    "a text": (item(2, "7"), "views is no count"),
    "a fraction": (item(2, 7.5), "views is no count"),
    "true": (item(2, True), "views is no count"),
    "null": (item(2, None), "views is no count"),
    "more than there are people": (item(2, 10**10), "views is no count"),
}


@pytest.mark.parametrize(("bad", "reason"), REJECTED.values(), ids=REJECTED)
def test_an_item_that_cannot_be_read_is_a_reject_with_its_number(bad: Any, reason: str) -> None:
    parsed = parse({"items": [item(1), bad, item(3)]})
    assert (parsed.rows_read, parsed.rows_kept) == (3, 2)
    (reject,) = parsed.rejects
    assert reject.line_number == 2
    assert reason in reject.reason


@pytest.mark.parametrize(
    "answer",
    [b"", b"<html>busy</html>", b"[" * 100_000, [], {}, {"items": []}, {"items": {}}, None],
)
def test_what_holds_no_items_is_refused(answer: Any) -> None:
    with pytest.raises(FileRefused, match=f"{FILE}: "):
        parse(answer)


def test_an_answer_of_which_nothing_can_be_read_is_another_layout() -> None:
    with pytest.raises(SchemaDrift, match=r"none of 1 items can be read; item 1: granularity"):
        parse({"items": [item(1, granularity="monthly")]})


@pytest.mark.real_data
def test_recorded_answers_are_what_the_parser_takes_them_for(real_data: Path) -> None:
    folder = real_data / "reach" / "wikimedia_pageviews"
    payload = (folder / "sample-200-excerpt.json").read_bytes()
    article = Article("en.wikipedia", "Google_Gemini")
    days = {"first": date(2023, 10, 1), "last": date(2026, 9, 1), "file_name": "f"}
    # Recorded by month; everything but the granularity is that of a daily answer.
    with pytest.raises(SchemaDrift, match="none of 7 items can be read; item 1: granularity"):
        pageviews.parse_views(payload, article=article, **days)
    daily = pageviews.parse_views(
        payload.replace(b'"monthly"', b'"daily"'), article=article, **days
    )
    assert (daily.rows_read, daily.rows_kept, daily.rejects) == (7, 7, ())
    assert daily.tables[0].rows[-1][2:] == (date(2026, 9, 1), 89234)
    for name in ("sample-404.json", "sample-400-no-full-months.json", "sample-429.txt"):
        with pytest.raises(FileRefused):
            pageviews.parse_views((folder / name).read_bytes(), article=article, **days)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(payload: bytes) -> None:
    with pytest.raises(FileRefused):
        parse(payload)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@given(
    st.lists(JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(item(1), JSON)), max_size=5)
)
def test_any_items_are_counted(items: list[Any]) -> None:
    parsed = parse({"items": [item(1), *items]})
    assert parsed.rows_read == parsed.rows_kept + len(parsed.rejects) == len(items) + 1


@given(st.dictionaries(st.integers(1, 12), st.integers(0, 10**9), min_size=1))
def test_every_count_comes_back_as_it_was_written(views: dict[int, int]) -> None:
    rows = parse({"items": [item(day, count) for day, count in views.items()]}).tables[0].rows
    assert {row[2].day: row[3] for row in rows} == views


def sample(path: str, as_of: str) -> tuple[HTTPStatus, Any]:
    status, body, _ = answer_views(7, parse_instant(as_of), path)
    return status, json.loads(body)


def test_the_sample_site_gives_the_days_that_are_published_and_is_read_back() -> None:
    url = unquote(pageviews.article_url("", HANOI, FIRST, LAST)).lstrip("/")
    status, answer = sample(url, "2026-07-13T01:20:00Z")
    assert status == HTTPStatus.OK
    rows = parse(answer).tables[0].rows
    # The views of a day are there at 14:00 on the next one.
    assert [row[2] for row in rows] == [FIRST + timedelta(days=n) for n in range(11)]
    assert all(row[3] == views_on(7, HANOI, row[2]) > 50 for row in rows)
    assert sample(url, "2026-07-02T13:59:00Z")[0] == HTTPStatus.NOT_FOUND
    assert len(sample(url, "2026-07-02T14:00:00Z")[1]["items"]) == 1


def test_the_sample_site_has_nothing_for_what_it_does_not_know() -> None:
    later = "2026-08-13T00:00:00Z"
    for article in (ABSENT, Article("vi.wikipedia", "hà_nội"), Article("xx.wikipedia", "Hà_Nội")):
        path = (
            f"per-article/{article.project}/all-access/user/{article.title}/daily/20260701/20260712"
        )
        status, answer = sample(path, later)
        assert (status, answer["title"]) == (HTTPStatus.NOT_FOUND, "Not Found")
    path = "per-article/vi.wikipedia/all-access/user/Hà_Nội/daily/20260712/20260701"
    assert sample(path, later)[0] == HTTPStatus.BAD_REQUEST
    assert sample("top/vi.wikipedia", later)[0] == HTTPStatus.NOT_FOUND


def test_the_sample_sites_basket_has_peers_of_the_same_size() -> None:
    with (SEEDS / pageviews.SEED).open(encoding="utf-8", newline="") as handle:
        sizes: Counter[str] = Counter()
        for row in csv.DictReader(handle):
            article = Article(row["project"], row["article_title"])
            if has_count(article, FIRST):
                sizes[row["country_code_iso3"]] += views_on(7, article, FIRST)
    assert len(sizes) == 6
    assert max(sizes.values()) < 10 * min(sizes.values())
