"""The Vietnamese original."""

from __future__ import annotations

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.texts import vietnamese_alerts as alerts
from tiengvang.edition.texts import vietnamese_claims as claims
from tiengvang.edition.texts import vietnamese_leads as leads
from tiengvang.edition.texts import vietnamese_measures as measures
from tiengvang.edition.texts import vietnamese_messages as messages
from tiengvang.edition.texts import vietnamese_outcomes as outcomes
from tiengvang.edition.texts import vietnamese_programme as programme
from tiengvang.edition.texts import vietnamese_readiness as readiness
from tiengvang.edition.texts import vietnamese_tone as tone
from tiengvang.edition.texts import vietnamese_uplifts as uplifts
from tiengvang.edition.texts.vietnamese_labels import LABELS as LABELS
from tiengvang.edition.texts.vietnamese_leads import lead_panel as lead_panel
from tiengvang.edition.texts.vietnamese_words import days
from tiengvang.edition.texts.vietnamese_words import why as why
from tiengvang.edition.trust import TrustItem


def title(page: Page) -> str:
    """Name the page."""
    return f"{page.focus} trên báo chí thế giới"


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
        return "Kỳ này không nhận được số liệu nào, nên chưa thể nói gì."
    n = brief.stories.n_stories
    counted = (
        f"Trong tuần, báo chí nước ngoài đăng {page.numbers.count(n)} tin về {page.focus}."
        if n
        else f"Không đếm được tin nào về {page.focus} trên báo chí nước ngoài."
    )
    said = [measures.voice_change(page), tone.tone_verdicts(page)]
    if not brief.voice.is_compared:  # what was found comes before what cannot be told
        said.reverse()
    return f"{counted} Trong {page.in_force('window_days:both_ends')} ngày, {'; '.join(said)}."


def trust_value(page: Page, item: TrustItem) -> str:
    """Write a trust component's value."""
    if item.value is None:
        return LABELS["cannot_tell"]
    if item.key != "freshness":
        return page.numbers.percent(item.value, 2 if item.key == "rejected_rows" else 1)
    return page.numbers.duration(item.value, ("phút", "giờ", "ngày"))


def trust_note(page: Page, item: TrustItem) -> str:
    """Write what a component is held against, where that changes from day to day."""
    if item.key != "duplicates" or item.value is None:
        return ""
    if item.band is None:
        return f"chưa đủ {page.in_force('band_days')} ngày để so sánh"
    low, high = (page.numbers.percent(end, 1) for end in item.band)
    return f"thường từ {low} đến {high}"


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
        return "Chưa xác định: kỳ này không có khung 15 phút nào phải nhận."
    empty = numbers["days_without_any_slot"]
    tail = f" Có {page.numbers.count(empty)} ngày không nhận được gì." if empty else ""
    return (
        f"Đã nhận {page.numbers.count(numbers['slots_received'])} trên "
        f"{page.numbers.count(numbers['slots_expected'])} khung 15 phút của cả hai luồng.{tail}"
    )


def _daily(page: Page) -> str:
    daily = page.brief.daily
    known = daily[daily["is_current"] & daily["n_documents"].notna()]
    gaps = int(daily["n_documents"].isna().sum())
    rest = f" {gaps} trên {len(daily)} ngày không có số liệu." if gaps else ""
    if known.empty:
        return f"Không có ngày nào để hiển thị.{rest}"
    top = known.loc[known["n_documents"].astype("int64").idxmax()]
    low = known.loc[known["n_documents"].astype("int64").idxmin()]
    return (
        f"Nhiều nhất ngày {page.numbers.day(top['coverage_date'])} "
        f"({page.numbers.count(top['n_documents'])} bài), ít nhất ngày "
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
