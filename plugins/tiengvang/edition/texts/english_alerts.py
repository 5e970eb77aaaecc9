"""English sentences of question 6: what is unusual, and whether to believe it."""

from __future__ import annotations

from collections.abc import Iterable

from tiengvang.edition.alerts import Alert, Row
from tiengvang.edition.brief import Page
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.english_labels import LABELS
from tiengvang.edition.texts.english_words import days, listed, named, some, why

NAMED = 2


def alerts(page: Page) -> str:
    """Answer question 6; what keeps both halves from an answer is said once."""
    found = page.brief.alerts
    reasons = [why(page, found.reason), why(page, found.shift_reason or "no_premium")]
    if found.n_series_days and not (found.n_judged or found.n_tones) and reasons[0] == reasons[1]:
        span = days(page, (found.first, found.last))
        return f"Cannot tell whether a day of {span} is unusual, or the tone has shifted: {reasons[0]}."
    return answer(_stories(page), _tone(page))


def findings(page: Page) -> dict[str, str]:
    """State the calendar."""
    return {"alerts": _stories(page)}


def notes(page: Page) -> list[str]:
    """Say which days were not judged, and how often an alert means nothing."""
    return [text.strip() for text in (_gaps(page), _false(page)) if text]


def _stories(page: Page) -> str:
    found = page.brief.alerts
    span = days(page, (found.first, found.last))
    if not found.n_series_days:
        return f"Cannot tell: no day of {span} was judged."
    if not found.n_judged:
        return f"Cannot tell whether a day of {span} is unusual: {why(page, found.reason)}."
    n = some(page, found.n_judged, "check")
    of = f"{n} of {some(page, found.n_series, 'series', 'series')}, one a day each"
    if not found.alerts:
        return f"Nothing unusual in {span}: no alert in {of}."
    shown = "; ".join(_alert(page, alert) for alert in found.alerts[:NAMED])
    rest = _count(found.alerts) - NAMED
    more = f"; and {some(page, rest, 'more alert')}" if rest > 0 else ""
    alerts_word = some(page, _count(found.alerts), "alert")
    return f"{alerts_word} from {span}: {shown}{more}.{_trust(page)} They come from {of}."


def _count(found: Iterable[Alert]) -> int:
    return count_of(alert.row for alert in found)


def _alert(page: Page, alert: Alert) -> str:
    numbers, row = page.numbers, alert.row
    where = f"in {named(page, row['source_country_code_iso3'])}"
    if row["pillar"] != "all":
        where = f"under {LABELS['pillar_' + row['pillar']].lower()}"
    about = f"about {named(page, row['country_code_iso3'])} {where}"
    count = some(page, row["n_stories"], "story", "stories")
    usual = numbers.decimal(row["n_stories_expected"], 0)
    return f"{count} {about} on {numbers.day(alert.day)} (usually {usual})"


def _trust(page: Page) -> str:
    found = page.brief.alerts
    if not found.doubted:
        return " Nothing in those days’ data speaks against reading them as news."
    doubted = page.numbers.count(_count(found.doubted))
    components = sorted({key for alert in found.doubted for key in alert.doubts})
    what = listed(LABELS[f"doubt_{key}"] for key in components)
    return f" For {doubted} of them look at the data first: {what}."


def _gaps(page: Page) -> str:
    n = page.brief.alerts.n_uncounted
    if not n:
        return ""
    return f" {some(page, n, 'day')} {'was' if n == 1 else 'were'} not judged: {why(page, 'slots_missing')}."


def _false(page: Page) -> str:
    found = page.brief.alerts
    if found.alarms_per_100 is None or found.false_expected is None:
        return ""
    numbers = page.numbers
    return (
        f" In the {page.in_force('alert_calibration_days')} days before, "
        f"{numbers.decimal(found.alarms_per_100, 2)} of 100 checks gave an "
        f"alert, real news included; of so many as here that is {numbers.decimal(found.false_expected, 1)}."
    )


def _tone(page: Page) -> str:
    found = page.brief.alerts
    if not found.n_tones:
        reason = why(page, found.shift_reason or "no_premium")
        return f"Whether the tone has shifted cannot be told: {reason}."
    of = some(page, found.n_tones, "comparison")
    if not found.shifts:
        return f"No shift of tone is seen in {of}."
    shown = listed(_shift(page, row) for row in found.shifts[:NAMED])
    rest = count_of(found.shifts) - NAMED
    more = f" and {page.numbers.count(rest)} more" if rest > 0 else ""
    return f"The tone has shifted in {page.numbers.count(count_of(found.shifts))} of {of}: {shown}{more}."


def _shift(page: Page, row: Row) -> str:
    numbers = page.numbers
    host = named(page, row["source_country_code_iso3"])
    return (
        f"{LABELS[row['shift_direction']]} in {host} ({LABELS['stratum_' + row['stratum']]}) by "
        f"{numbers.decimal(abs(row['tone_shift']), 2)} since about {numbers.day(row['changed_on'])}"
    )
