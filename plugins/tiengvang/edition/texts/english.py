"""The English original."""

from __future__ import annotations

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.texts import english_alerts as alerts
from tiengvang.edition.texts import english_claims as claims
from tiengvang.edition.texts import english_leads as leads
from tiengvang.edition.texts import english_measures as measures
from tiengvang.edition.texts import english_messages as messages
from tiengvang.edition.texts import english_outcomes as outcomes
from tiengvang.edition.texts import english_programme as programme
from tiengvang.edition.texts import english_readiness as readiness
from tiengvang.edition.texts import english_tone as tone
from tiengvang.edition.texts import english_uplifts as uplifts
from tiengvang.edition.texts.english_labels import LABELS as LABELS
from tiengvang.edition.texts.english_leads import lead_panel as lead_panel
from tiengvang.edition.texts.english_words import days, focus, some
from tiengvang.edition.texts.english_words import why as why
from tiengvang.edition.trust import TrustItem


def title(page: Page) -> str:
    """Name the page."""
    return f"{page.focus} in the world’s press"


def period(page: Page) -> str:
    """Write the period's first and last day."""
    dates = page.brief.facts.dates
    if len(dates) == 1:
        return page.numbers.day(dates[0])
    return days(page, (dates[0], dates[-1]))


def headline(page: Page) -> str:
    """Say in one line what changed."""
    brief = page.brief
    if not brief.has_data:
        return "Nothing was received in this period, so nothing can be said about it."
    n = brief.stories.n_stories
    counted = (
        f"No foreign story about {focus(page)} can be counted."
        if not n
        else f"{some(page, n, 'foreign story', 'foreign stories')} about {focus(page)} in the week."
    )
    said = [measures.voice_change(page), tone.tone_verdicts(page)]
    if not brief.voice.is_compared:  # what was found comes before what cannot be told
        said.reverse()
    return f"{counted} Over {page.in_force('window_days:both_ends')} days {'; '.join(said)}."


def trust_value(page: Page, item: TrustItem) -> str:
    """Write a trust component's value."""
    if item.value is None:
        return LABELS["cannot_tell"]
    if item.key != "freshness":
        return page.numbers.percent(item.value, 2 if item.key == "rejected_rows" else 1)
    return page.numbers.duration(item.value, ("min", "h", "days"))


def trust_note(page: Page, item: TrustItem) -> str:
    """Write what a component is held against, where that changes from day to day."""
    if item.key != "duplicates" or item.value is None:
        return ""
    if item.band is None:
        return f"no {page.in_force('band_days')} days to compare with yet"
    low, high = (page.numbers.percent(end, 1) for end in item.band)
    return f"usually {low} to {high}"


def answers(page: Page) -> dict[str, str]:
    """Answer each section's question in one or two sentences, by section."""
    return {
        "stories": measures.stories(page),
        "voice": measures.voice(page),
        "tone": tone.tone(page),
        "messages": messages.messages(page),
        "alerts": alerts.alerts(page),
        "relations": messages.relations(page),
        "programme": programme.programme(page),
        "uplifts": uplifts.uplifts(page),
        "claims": claims.claims(page),
        "outcomes": outcomes.outcomes(page),
        "readiness": readiness.readiness(page),
        "trust": _trust(page),
    }


def _trust(page: Page) -> str:
    numbers = page.brief.numbers
    if pd.isna(numbers["slots_expected"]) or not numbers["slots_expected"]:
        return "Cannot tell: no quarter-hour was expected in this period."
    empty = numbers["days_without_any_slot"]
    tail = "" if not empty else f" {some(page, empty, 'day')} had nothing at all."
    return (
        f"{page.numbers.count(numbers['slots_received'])} of "
        f"{page.numbers.count(numbers['slots_expected'])} quarter-hours, both streams "
        f"together, were received.{tail}"
    )


def _daily(page: Page) -> str:
    daily = page.brief.daily
    known = daily[daily["is_current"] & daily["n_documents"].notna()]
    gaps = int(daily["n_documents"].isna().sum())
    rest = f" {gaps} of {len(daily)} days have no data." if gaps else ""
    if known.empty:
        return f"No day can be shown.{rest}"
    top = known.loc[known["n_documents"].astype("int64").idxmax()]
    low = known.loc[known["n_documents"].astype("int64").idxmin()]
    return (
        f"Most on {page.numbers.day(top['coverage_date'])} "
        f"({page.numbers.count(top['n_documents'])}), fewest on "
        f"{page.numbers.day(low['coverage_date'])} ({page.numbers.count(low['n_documents'])}).{rest}"
    )


def findings(page: Page) -> dict[str, str]:
    """State each chart's finding for someone who does not see it, by chart."""
    found = {
        "stories_by_source": measures.stories_by_source(page),
        "reach": measures.reach(page),
        "daily": _daily(page),
        "voice": measures.voice_finding(page),
        "tone_native": tone.tone_of(page, "native"),
        "tone_translated": tone.tone_of(page, "translated"),
        "messages": messages.messages(page),
        "relations": messages.relations(page),
        "trust": _trust(page),
    }
    found["calendar"] = programme.calendar(page)
    found["uplifts"] = uplifts.uplifts(page)
    found |= alerts.findings(page) | claims.findings(page) | readiness.findings(page)
    return found | outcomes.findings(page) | leads.findings(page)


def yearly(page: Page) -> str:
    """Say what the newest yearly figures of the focus are."""
    return outcomes.yearly(page)


def mismatches(page: Page) -> list[str]:
    """Say which printed totals of visitors are not the sum of their parts."""
    return outcomes.mismatches(page)


def alert_notes(page: Page) -> list[str]:
    """Say what stands beside the calendar of alerts."""
    return alerts.notes(page)
