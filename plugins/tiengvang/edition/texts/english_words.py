"""English words and forms that the sentences share: lists, plurals, articles, reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from tiengvang.edition.brief import Page

ARTICLE = {"USA", "GBR", "PHL", "NLD", "ARE", "BHS", "GMB", "MDV", "COM", "CAF", "COD", "COG"}
ARTICLE |= {"world"}
UNITS = {"outlets": "outlets", "families": "outlets", "stories": "stories", "signals": "signals"}
UNITS |= {"owned_stories": "owned stories", "foreign_stories": "foreign stories"}
UNITS |= {"cases": "cases", "decided": "decided cases"}
COUNTED = {"families": "outlets"}
REASONS = {
    "no_documents": "no document is about a compared country",
    "no_peers": "no peer can be shown there",
    "no_rank_list": "no list of ranks is loaded",
    "no_slot_received": "nothing was received",
    "month_not_over": "the month is not over",
    "too_few_slots_received": "too little of the month was received",
    "no_earlier_release": "no release of the month before",
    "not_listed": "not listed",
    "not_listed_before": "not listed the month before",
    "not_printed": "not printed",
    "slots_missing": "under {alert_slots:percent} of the quarter-hours were received",
    "no_count": "most documents are in a language that an audit put aside",
    "short_history": "the history is too short ({alert_least_days} of the {alert_baseline_days} "
    "days before are needed)",
    "shift_short_history": "the history is too short ({shift_least_before} of the "
    "{alert_baseline_days} days before are needed)",
    "constant_series": "all days before were alike",
    "not_calibrated": "the history is too short to know what is rare ({alert_series_days} "
    "checks are needed)",
    "few_stories": "fewer than {alert_stories} stories",
    "few_families": "fewer than {alert_families} outlets",
    "no_premium": "too few days have enough outlets ({shift_least_days} of {shift_days} are needed)",
    "no_target": "no target time was in force",
    "no_statement_too_often": "too many were left without an answer",
    "not_yet_reached": "not reached yet",
    "no_claim_url": "the log names no page with the claim",
    "no_statement_url": "the log names no page with the statement",
    "claim_not_received": "the page with the claim was not received",
    "statement_not_received": "the page with the statement was not received",
    "lead_short_history": "too little history",
    "lead_constant_series": "one side never moves",
    "lead_negative_values": "a figure is below zero",
    "lead_too_few_pairs": "too many gaps",
    "claim_not_carried_abroad": "nobody abroad carried the claim",
}


def named(page: Page, code: str) -> str:
    """Name an area inside a sentence."""
    name = "world" if code == "world" else page.name(code)
    return f"the {name}" if code in ARTICLE else name


def listed(parts: Iterable[str]) -> str:
    """Join parts as a sentence does."""
    found = list(parts)
    return " and ".join(found) if len(found) < 3 else f"{', '.join(found[:-1])} and {found[-1]}"


def some(page: Page, n: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun."""
    return f"{page.numbers.count(n)} {one if n == 1 else many or f'{one}s'}"


def focus(page: Page) -> str:
    """Name the focus inside a sentence."""
    return named(page, page.brief.request.focus_iso3)


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]


def why(page: Page, reason: str | None, **counts: int) -> str:
    """Say why a value is not shown: the rule's unit, what was found, and what it takes."""
    rule = re.fullmatch(r"under_(\d+)_(\w+)", reason or "")
    if rule and (unit := UNITS.get(rule[2])):
        found = counts.get(COUNTED.get(rule[2], rule[2]))
        needed = page.numbers.count(int(rule[1]))
        n = "" if found is None else f"n = {page.numbers.count(found)}, "
        return f"not enough {unit} ({n}{needed} are needed)"
    if reason == "not_enough_stories":
        return f"not enough stories (n = {page.numbers.count(counts.get('stories'))})"
    return page.filled(REASONS.get(reason or "", "not shown"))


def days(page: Page, first_and_last: tuple[date, date]) -> str:
    """Write a span of days: 6 to 12 July 2026."""
    return page.numbers.span(*first_and_last, " to ")


def possessive(name: str) -> str:
    """Write whose something is."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def interval(low: str, high: str) -> str:
    """Write an interval's ends."""
    return f"{low} to {high}"
