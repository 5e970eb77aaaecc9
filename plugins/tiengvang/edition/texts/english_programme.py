"""English sentences of the programme: events, agreements, awards and training."""

from __future__ import annotations

from tiengvang.edition.brief import Page
from tiengvang.edition.charts_programme import shown_events
from tiengvang.edition.programme import WEEKS_AHEAD, WEEKS_BACK, Row
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.english_words import capital, days, listed, named, some
from tiengvang.edition.untrusted import plain_text

NAMED = 3


def programme(page: Page) -> str:
    """Answer what was planned and signed."""
    found = page.brief.programme
    if not (found.events or found.agreements or found.awards or found.training):
        return (
            "Cannot tell: no register of events, agreements, awards or training was delivered. The "
            "runbook ingest_registers says how to deliver them."
        )
    return answer(*_events(page), _signed(page))


def calendar(page: Page) -> str:
    """State the calendar."""
    each = [
        f"{_name(page, row)}, {_span(page, row)}"
        + ("" if row["is_registered_before"] else ", registered only when it had begun")
        for row in shown_events(page)
    ]
    return f"{'; '.join(each)}." if each else _events(page)[0]


def _name(page: Page, row: Row) -> str:
    return plain_text(row["name_en"], 80)


def _span(page: Page, row: Row) -> str:
    return days(page, (row["starts_on"], row["ends_on"]))


def _events(page: Page) -> tuple[str, ...]:
    found = page.brief.programme
    if not found.events:
        return (
            "Cannot tell what comes: no register of events was delivered; the runbook "
            "ingest_registers says how.",
        )
    if not found.near:
        return (
            f"No registered event lies within {WEEKS_BACK} weeks back and {WEEKS_AHEAD} ahead; "
            f"{some(page, count_of(found.events), 'event')} in all.",
        )
    parts = []
    if found.under_way:
        names = listed(_name(page, row) for row in found.under_way[:NAMED])
        are = "is" if len(found.under_way) == 1 else "are"
        parts.append(f"{some(page, count_of(found.under_way), 'event')} {are} under way ({names})")
    if found.ahead:
        following = found.ahead[0]
        parts.append(
            f"{page.numbers.count(count_of(found.ahead))} begin{'s' if len(found.ahead) == 1 else ''} "
            f"within {WEEKS_AHEAD} weeks, next {_name(page, following)} on "
            f"{page.numbers.day(following['starts_on'])}"
        )
    else:
        parts.append(f"none is registered for the next {WEEKS_AHEAD} weeks")
    if found.over:
        is_one = len(found.over) == 1
        parts.append(
            f"{page.numbers.count(count_of(found.over))} ended lately or "
            f"{'is' if is_one else 'are'} still followed"
        )
    late = count_of(found.late)
    said = (
        f"{page.numbers.count(late)} of these {page.numbers.count(count_of(found.near))} "
        f"{'was' if late == 1 else 'were'} registered only after the beginning: what is measured of such "
        "an event is exploratory."
        if late
        else "All were registered before they began."
    )
    return f"{capital('; '.join(parts))}.", said


def _signed(page: Page) -> str:
    found = page.brief.programme
    signed = found.new_agreements
    if not found.agreements:
        return "No agreement is known."
    if not signed:
        return (
            "No agreement or tier of partnership is dated in the last "
            f"{page.in_force('agreement_days')} days."
        )
    names = listed(
        f"{named(page, row['partner_country_code_iso3'])} on {page.numbers.day(row['signed_on'])}"
        for row in signed[:NAMED]
    )
    n = some(page, count_of(signed), "agreement or new tier", "agreements or new tiers")
    return (
        f"{n} of partnership in the last {page.in_force('agreement_days')} days: "
        f"{names}{' and others' if len(signed) > NAMED else ''}."
    )
