"""English sentences of the uplifts of events: what moved, what did not, what cannot be told."""

from __future__ import annotations

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.english_words import interval, listed, named, some
from tiengvang.edition.untrusted import plain_text
from tiengvang.edition.uplifts import JudgedEvent, Row, percent_change, why

NAMED = 4
LABELS = {
    "k_uplifts": "Blue: actual. Dashed: without the event, by the countries that followed best"
    " before. Shaded: the event’s window. Hatched: not used. A week begins on the event’s first "
    "weekday. Under it the placebos: how much larger the error became in the window, {country} in blue "
    "and in grey each country to which nothing happened.",
    "uplift_clear": "clear",
    "uplift_possible": "possible",
    "uplift_none_detected": "none detected",
    "uplift_cannot_tell": "cannot tell",
    "evidence_registered": "registered before",
    "evidence_exploratory": "exploratory",
    "outcome_attention": "attention",
    "outcome_tone_premium": "tone premium",
    "outcome_arrivals": "arrivals",
    "outcome_fdi": "foreign investment",
    "uplift_why_not_begun": "the event has not begun",
    "uplift_why_window_open": "the days in which an effect is looked for are not over",
    "uplift_why_not_measured_for_donors": "nobody counts this outcome for countries to compare with",
    "uplift_why_few_documents": "before the event there were fewer than {uplift_documents} documents a day",
    "uplift_why_short_history": "fewer than {uplift_least_days} usable days lie before the event",
    "uplift_why_gap_in_window": "too many days of the window are missing",
    "uplift_why_constant_series": "the series never moves",
    "uplift_why_poor_pre_fit": "no mix of other countries followed the country before the event",
    "uplift_why_too_few_donors": "with {n} donors no p below {p} is possible, and "
    "{uplift_donors} are needed for {uplift_p}",
    "no_limit": "no limit",
}


def uplifts(page: Page) -> str:
    """Answer what the events of the last weeks moved, one sentence per event."""
    found = page.brief.uplifts.events
    if not found:
        return (
            "Cannot tell: no registered event lasts, is followed, or was until "
            f"{page.in_force('uplift_shown_days:weeks')} weeks ago. What "
            "is to be measured is registered before it begins; the runbook ingest_registers says how."
        )
    told, opened = ([one for one in found if one.is_open is is_open] for is_open in (False, True))
    sentences = [_event(page, one) for one in told[:NAMED]]
    if len(told) > NAMED:
        sentences.append(f"{some(page, len(told) - NAMED, 'more event')} in the table.")
    if opened:
        names = listed(plain_text(one.event["name_en"], 80) for one in opened)
        first = min(opened, key=lambda one: one.event["window_ends_on"]).event
        until = page.numbers.day(first["window_ends_on"])
        which = "" if len(opened) == 1 else f" ({plain_text(first['name_en'], 80)})"
        sentences.append(
            f"Too early to tell for {names}: the days in which an effect is looked for last until "
            f"{until}{which}{' or longer' if which else ''}."
        )
    return answer(*sentences)


def _event(page: Page, found: JudgedEvent) -> str:
    name = plain_text(found.event["name_en"], 80)
    if not found.attention:
        return f"{name}: cannot tell, {LABELS['uplift_why_not_measured_for_donors']}."
    late = "exploratory only, registered when it had begun: " if found.is_exploratory else ""
    parts = "; ".join(_verdict(page, said, rows) for (said, _), rows in found.grouped)
    return f"{name}: {late}{parts}."


def _verdict(page: Page, said: str, rows: list[Row]) -> str:
    row = rows[0]
    press = listed(_press(page, row["source_country_code_iso3"]) for row in rows)
    if said == "cannot_tell":
        return f"in {press} cannot tell, {why(page, LABELS, row)}"
    change = page.numbers.change(percent_change(row["uplift_log_points"]), 0)
    doubt = f"{_interval(page, row)}, {page.numbers.p_value(row['p_space_value'])}"
    if said == "none_detected":
        return f"in {press} no effect on attention was detected ({doubt})"
    way = "above" if row["uplift_log_points"] > 0 else "below"
    sure = "clearly" if said == "clear" else "possibly"
    return f"in {press} attention was {sure} {way} what other countries suggest ({change}; {doubt})"


def _press(page: Page, code: str) -> str:
    return "the world’s press" if code == "world" else f"the press of {named(page, code)}"


def _interval(page: Page, row: Row) -> str:
    ends = [
        "no limit" if pd.isna(row[name]) else page.numbers.change(percent_change(row[name]), 0)
        for name in ("uplift_low_log_points", "uplift_high_log_points")
    ]
    return f"{page.numbers.percent(row['interval_level'], 1)} interval {interval(*ends)}"
