"""Fact-checks of three feeds, by hand: versions, what is in force, what is about whom, what was answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hand_made_days import DbtWarehouse
from harness import Warehouse
from raw_rows import RawRows

MODELS = (
    "+mart_claim_watch",
    "+qc_unknown_ratings",
    "+qc_unlisted_publishers",
    "+qc_responses_without_claim",
    "+qc_answers_before_check",
    "+qc_claim_feeds",
)


def instant(day: int, hour: int = 5) -> datetime:
    return datetime(2026, 7, day, hour, tzinfo=UTC)


def feed(raw: RawRows, day: int, *, status: str = "passed", **publishers: int) -> None:
    raw.load(status, source="factchecks")
    raw.insert(
        "raw.factchecks__feeds", load_id=raw.load_id, seen_at=instant(day), elements_count=10,
        reviews_count=10, kept_count=5, unlisted_count=4, duplicate_count=0, rejected_count=1,
        bad_date_count=1,
    )  # fmt: skip
    for name, count in publishers.items():
        raw.insert(
            "raw.factchecks__publishers",
            load_id=raw.load_id,
            publisher_domain=f"{name}.example",
            reviews_count=count,
        )


def review(raw: RawRows, name: str, rating: str | None, countries: list[str], **more: Any) -> None:
    row = {
        "load_id": raw.load_id, "review_id": name, "content_digest": f"{name}{rating}",
        "row_digest": f"{name}{rating}{countries}", "is_listed": True,
        "claim_review_url": f"https://www.rappler.com/{name}/?utm_source=feed",
        "checker_domain": "rappler.com", "claim_text": name, "rating_text": rating,
        "rating_key": rating and rating.lower(), "published_on": date(2026, 6, 20),
        "named_country_codes_iso3": " ".join(countries),
    } | more  # fmt: skip
    raw.insert("raw.factchecks__reviews", **row)


def case(
    raw: RawRows, number: int, code: str, url: str, seen: datetime | None = None, **more: Any
) -> None:
    raw.insert(
        "raw.registers__responses", file_name="responses.csv-0123456789ab", row_number=number,
        office="Press office", template_version=1, case_code=code, claim_review_url=url,
        seen_at=seen or instant(2, 0), valid_on=date(2026, 7, 2), recorded_on=date(2026, 7, 2) ,
        received_at=instant(3, 0), load_id=raw.load_id, **more,
    )  # fmt: skip


def write_feeds(raw: RawRows) -> None:
    feed(raw, 1, spam=7, blog=2)
    review(raw, "changes", "FALSO", ["VNM"])
    review(raw, "other list only", "Falso", [])
    review(raw, "goes", "Falso", ["VNM"])
    review(raw, "of nobody", "Falso", ["USA"])
    review(raw, "peer", "Hm", ["THA"], checker_domain="antifakenewscenter.com")
    review(raw, "self", "Sai sự thật", ["VNM"], checker_domain="tingia.gov.vn", published_on=None)
    # A feed that door one held tells nothing.
    feed(raw, 2, status="quarantined", nothing=1)
    review(raw, "changes", "True", [])
    feed(raw, 3, spam=8)
    review(raw, "changes", "Engañoso", ["VNM"])
    review(raw, "other list only", "Falso", ["VNM"])
    review(raw, "goes", "Falso", ["VNM"], is_listed=False)
    raw.load(source="registers")
    # Spelled otherwise, and the same page all the same.
    case(raw, 1, "C1", "HTTP://rappler.com/changes#top", decision="statement",
         statement_at=instant(4, 12))  # fmt: skip
    case(raw, 2, "C2", "https://rappler.com/never-read")
    # Published on 20 June, and answered a month before; two days after it was seen.
    case(raw, 3, "C3", "https://rappler.com/goes", decision="statement",
         seen=instant(2, 0).replace(month=5), statement_at=instant(4, 12).replace(month=5))  # fmt: skip


@pytest.fixture(scope="module")
def claims(new_warehouse: Callable[[str], Warehouse]) -> DbtWarehouse:
    made = DbtWarehouse(new_warehouse("claims"))
    with made.raw() as raw:
        write_feeds(raw)
    arguments = ("--full-refresh", "--indirect-selection", "buildable", "--select", *MODELS)
    made.dbt("build", *arguments, as_of="2026-07-11 06:00:00+00")
    return made


def test_a_fact_check_is_one_row_as_it_is_now(claims: DbtWarehouse) -> None:
    rows = claims.query(
        "select review_id, rating, rating_before, rating_changed_at, is_listed, first_seen_at,"
        " last_seen_at from warehouse.mart_claim_watch order by 1"
    )
    assert rows == [
        ("changes", "misleading", "false", instant(3), True, instant(1), instant(3)),
        ("goes", "false", None, None, False, instant(1), instant(1)),
        ("other list only", "false", None, None, True, instant(1), instant(3)),
        ("peer", "other", None, None, True, instant(1), instant(3)),
        ("self", "false", None, None, True, instant(1), instant(3)),
    ]


def test_only_independent_checkers_are_in_the_headline(claims: DbtWarehouse) -> None:
    rows = claims.query(
        "select review_id, checker_class, checker_networks, is_checker_verified, is_headline"
        " from warehouse.mart_claim_watch order by 1"
    )
    assert rows == [
        ("changes", "independent", "IFCN", False, True),
        ("goes", "independent", "IFCN", False, True),
        ("other list only", "independent", "IFCN", False, True),
        ("peer", "governmental", None, False, False),
        ("self", "self", None, False, False),
    ]


def test_an_answer_is_found_by_the_address_however_it_is_spelled(claims: DbtWarehouse) -> None:
    rows = claims.query(
        "select review_id, watched_country_codes_iso3, is_about_focus, answer_status, n_cases,"
        " answered_at, days_open from warehouse.mart_claim_watch order by 1"
    )
    assert rows == [
        ("changes", ["VNM"], True, "answered", 1, instant(4, 12), 2),
        ("goes", ["VNM"], True, "answered", 1, instant(4, 12).replace(month=5), 2),
        ("other list only", ["VNM"], True, "open", 0, None, 21),
        ("peer", ["THA"], False, None, 0, None, None),
        ("self", ["VNM"], True, "open", 0, None, 10),
    ]


def test_what_is_not_understood_is_reported(claims: DbtWarehouse) -> None:
    assert claims.query("select rating_text, n_reviews from qc.qc_unknown_ratings") == [("Hm", 1)]
    unlisted = "select publisher_domain, reviews_count from qc.qc_unlisted_publishers"
    assert claims.query(unlisted) == [("spam.example", 8)]
    unmatched = "select address_key, n_cases from qc.qc_responses_without_claim"
    assert claims.query(unmatched) == [("rappler.com/never-read", 1)]
    early = "select review_id, days_before from qc.qc_answers_before_check"
    assert claims.query(early) == [("goes", 47)]
    feeds = "select seen_at, unlisted_share, bad_date_share from qc.qc_claim_feeds order by 1"
    assert claims.query(feeds) == [(instant(1), 0.4, 0.2), (instant(3), 0.4, 0.2)]


def test_every_version_of_a_rating_is_kept(claims: DbtWarehouse) -> None:
    rows = claims.query(
        "select version_number, rating_text, rating, is_latest"
        " from intermediate.int_claim_reviews_rated where review_id = 'changes' order by 1"
    )
    assert rows == [(1, "FALSO", "false", False), (2, "Engañoso", "misleading", True)]
