"""Pages that cases of the response log name: where a claim stood, and where the statement was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from tiengvang.local.world.countries import FOCUS
from tiengvang.local.world.factchecks import Planted
from tiengvang.local.world.pages import address
from tiengvang.local.world.response_log import Case, cases
from tiengvang.local.world.spec import WorldSpec, read_wire_slot
from tiengvang.local.world.truth import Truth
from tiengvang.local.world.truth_coverage import family
from tiengvang.local.world.truth_rows import DocumentTruth

CASES_WITH_PAGES = 12
NEAR = timedelta(hours=48)
LEAST_FAMILIES = 2
# Copies under a title that a reader would take for the same.
SAME_TITLE = {None, "exact", "site_suffix"}
Stories = Mapping[str, list[DocumentTruth]]


class CasePages(NamedTuple):
    """The addresses that a case names; None: not stated. Families are outlets abroad, by instant."""

    case_code: str
    claim_review_url: str | None
    claim_url: str | None
    statement_url: str | None
    claim_families: int | None
    statement_families: int | None

    @property
    def addresses(self) -> tuple[str | None, str | None, str | None]:
        """The fact-check's, the claim's and the statement's address."""
        return self.claim_review_url, self.claim_url, self.statement_url


def case_pages(spec: WorldSpec, truth: Truth, reviews: Iterable[Planted]) -> list[CasePages]:
    """Return the pages of the open cases and of the latest ones with a statement.

    A claim stood on a page abroad that others copied before the office saw it; its statement on a page
    of the country's own media in English that somebody abroad copied afterwards. Both are pages of the
    world's own weeks, and no page has two cases. Each case names the newest fact-check, of those that
    no other names, that was published before the day on which the office saw it.
    """
    instant = spec.instants[0]
    listed = cases(instant.date())
    answered = islice((case for case in listed if case.outcome == "statement"), CASES_WITH_PAGES)
    abroad = truth.stories(instant, FOCUS)
    own = truth.stories(instant, FOCUS, "owned")
    used: set[str] = set()
    unnamed = list(reviews)
    waiting = [
        CasePages(case.code, _review(case, unnamed), None, None, None, None)
        for case in listed
        if case.outcome == "open"
    ]
    return waiting + [_pages(case, abroad, own, used, _review(case, unnamed)) for case in answered]


def _review(case: Case, unnamed: list[Planted]) -> str | None:
    """Take the review that a case is about from those, newest first, that no case names."""
    before = (review for review in unnamed if review.published_on < case.seen_at.date())
    found = next(before, None)
    if found is None:
        return None
    unnamed.remove(found)
    return found.url


def _pages(
    case: Case, abroad: Stories, own: Stories, used: set[str], review: str | None
) -> CasePages:
    claim = _claim(case.seen_at, abroad, used)
    hours = timedelta(hours=case.hours or 0)
    statement = _statement(case.seen_at + hours, abroad, own, used)
    return CasePages(
        case.code, review,
        _url(claim[0]) if claim else None,
        _url(statement[0]) if statement else None,
        _families(claim) if claim else None,
        _families(statement[1:]) if statement else None,
    )  # fmt: skip


def _claim(seen_at: datetime, abroad: Stories, used: set[str]) -> list[DocumentTruth] | None:
    """Return the story, oldest page first, that a claim stood in."""
    for story in _by_size(abroad):
        begun = seen_at - read_wire_slot(story[0].slot)
        is_plain = all(d.copy_kind in SAME_TITLE for d in story)
        is_free = story[0].story_key not in used
        if (
            is_plain
            and is_free
            and timedelta() < begun <= NEAR
            and _families(story) >= LEAST_FAMILIES
        ):
            used.add(story[0].story_key)
            return story
    return None


def _statement(
    made_at: datetime, abroad: Stories, own: Stories, used: set[str]
) -> list[DocumentTruth] | None:
    """Return a page of the country's own media and after it the pages abroad that carried it."""
    by_key = {story[0].story_key: story for story in abroad.values()}
    for story in _by_size(own):
        page = story[0]
        carried = by_key.get(page.story_key, [])
        after = read_wire_slot(page.slot) - made_at
        is_plain = page.copy_of is None and page.title_kind == "plain" and bool(carried)
        is_same = all(d.copy_kind in SAME_TITLE for d in carried)
        if is_plain and is_same and page.story_key not in used and timedelta() <= after <= NEAR:
            used.add(page.story_key)
            return [page, *carried]
    return None


def _by_size(stories: Stories) -> list[list[DocumentTruth]]:
    ordered: list[Any] = sorted(stories.items(), key=lambda item: (-len(item[1]), item[0]))
    return [sorted(story, key=lambda d: (d.slot, d.record_id)) for _, story in ordered]


def _families(story: list[DocumentTruth]) -> int:
    return len({family(d.outlet_domain) for d in story})


def _url(page: DocumentTruth) -> str:
    return address(page.outlet, page.slot, page.record_id)
