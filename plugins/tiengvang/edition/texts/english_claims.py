"""English sentences of question 8: open claims, and how fast answers came."""

from __future__ import annotations

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.claims import Row
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.english_words import focus, some, why


def claims(page: Page) -> str:
    """Answer question 8."""
    first, *further = _claims(page)
    return answer(first, _fast(page), *further)


def findings(page: Page) -> dict[str, str]:
    """State the response curve and the reach of answers."""
    return {"response": _clock(page), "reach_of_answers": _reach(page)}


def _claims(page: Page) -> list[str]:
    found = page.brief.claims
    if not found.headline and not found.apart:
        return [
            f"Cannot tell whether a claim is open: no fact-check about {focus(page)} was read; the runbook "
            "ingest_factchecks says how they come in."
        ]
    numbers, open_now = page.numbers, found.of("open")
    if not found.n_counted:
        said = [f"Independent checkers have no claim about {focus(page)} that is followed."]
    else:
        n = some(page, found.n_counted, "claim")
        waits = open_now and not pd.isna(open_now[0]["days_open"])
        longest = (
            f", the longest for {some(page, open_now[0]['days_open'], 'day')}" if waits else ""
        )
        declined = found.count("declined")
        left = f", {numbers.count(declined)} left without an answer by decision" if declined else ""
        are_open = (
            f"{numbers.count(found.count('open'))} {_are(len(open_now))}" if open_now else "none is"
        )
        said = [
            f"Of {n} about {focus(page)} that independent checkers have checked since the watch began, "
            f"{are_open} open{longest}; {numbers.count(found.count('answered'))} "
            f"{'was' if found.count('answered') == 1 else 'were'} answered{left}."
        ]
    if older := found.count("before_watch"):
        said.append(f"{some(page, older, 'older claim')} from before it {_are(older)} not counted.")
    if found.apart:
        others = found.open_apart
        said.append(
            f"{some(page, others, 'open claim')} of other checkers {_are(others)} listed apart."
        )
    return said


def _are(n: int) -> str:
    return "is" if n == 1 else "are"


def _fast(page: Page) -> str:
    """Say how fast answers came, in one sentence."""
    row = page.brief.claims.clock
    if row is None:
        return (
            "How fast answers came cannot be told: no response log was delivered; the runbook "
            "ingest_registers says how."
        )
    cases = some(page, row["n_cases"], "case")
    text = f"{_quantile(page, row, 'median', 'half')}; {_target(page, row)}"
    return f"Of {cases} that offices logged in {page.in_force('response_days:both_ends')} days, {text}."


def _clock(page: Page) -> str:
    row = page.brief.claims.clock
    if row is None:
        return _fast(page)
    cases = some(page, row["n_cases"], "case")
    until = page.numbers.day(row["window_end_date"])
    text = (
        f"Of {cases} seen in the {page.in_force('response_days:both_ends')} days to {until}, "
        f"{_quantile(page, row, 'median', 'half')} and "
        f"{_quantile(page, row, 'p90', 'nine tenths')}; {_target(page, row)}."
    )
    is_one = row["n_open"] == 1
    still = f"{some(page, row['n_open'], 'case')} {'is' if is_one else 'are'} open."
    return f"{text} {_own_error(page, row)} {still}"


def _quantile(page: Page, row: Row, name: str, share: str) -> str:
    value = row[f"{name}_hours"]
    if pd.isna(value):
        reason = (
            row["suppressed_reason"] if pd.isna(row[f"{name}_reason"]) else row[f"{name}_reason"]
        )
        told = why(page, reason, cases=row["n_cases"])
        return f"when {share} had a statement cannot be told ({told})"
    return (
        f"{share} had a statement within {page.numbers.decimal(value, 1)} hours"
        f"{_ends(page, row, f'{name}_hours')}"
    )


def _ends(page: Page, row: Row, name: str) -> str:
    ends = [row[f"{name}_low"], row[f"{name}_high"]]
    if any(pd.isna(end) for end in ends):
        return ""
    is_share = name.endswith("share")
    low, high = (
        page.numbers.percent(end) if is_share else page.numbers.decimal(end, 1) for end in ends
    )
    return (
        f" ({page.in_force('interval_level:percent')} interval {low} to "
        f"{high}{'' if is_share else ' hours'})"
    )


def _target(page: Page, row: Row) -> str:
    share = row["within_target_share"]
    if pd.isna(share):
        reason = row["within_target_reason"]
        told = why(page, None if pd.isna(reason) else reason, cases=row["n_with_target"])
        return f"the share within the target time cannot be told ({told})"
    hours = row["target_hours"]
    now = "" if pd.isna(hours) else f"; today’s target is {page.numbers.decimal(hours, 0)} hours"
    return (
        f"{page.numbers.percent(share)}{_ends(page, row, 'within_target_share')} were answered within the "
        f"target that held when each was seen{now}"
    )


def _own_error(page: Page, row: Row) -> str:
    share = row["own_error_share"]
    if pd.isna(share):
        told = why(page, row["own_error_reason"], decided=row["n_decided"])
        return f"How often the error was our own cannot be told ({told})."
    return (
        f"In {page.numbers.percent(share)} of {some(page, row['n_decided'], 'decided case')} "
        f"the office corrected itself{_ends(page, row, 'own_error_share')}."
    )


def _reach(page: Page) -> str:
    found = page.brief.claims
    if not found.measured:
        return (
            "Cannot tell how far answers reached: of no case are both the page with the claim and the "
            "statement among the documents received."
        )
    carried = count_of(row for row in found.measured if row["correction_reach_ratio"] > 0)
    return (
        f"Of {some(page, count_of(found.measured), 'answer')} that can be followed, "
        f"{page.numbers.count(carried)} {'was' if carried == 1 else 'were'} carried abroad."
    )
