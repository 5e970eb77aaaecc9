"""English sentences of question 9, its last part: does coverage run ahead?"""

from __future__ import annotations

from collections.abc import Iterable

from tiengvang.edition.brief import Page
from tiengvang.edition.leads import OUTCOMES, Lead, Outcome
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.english_words import focus, listed, named, some, why

LISTED = 3
LABELS = {
    "k_leads": "Blue: correlation of the surprises of both series. Right of 0, coverage is that many "
    "months (for capital: quarters) earlier; left, later. Grey band: where {lead_p:rest_of_100} "
    "in 100 unrelated pairs "
    "stay at all lags. Pale, dashed: the raw correlation, not to be believed, because it is high for "
    "nearly all series that have a season.",
    "source_leads": "Sources: the GDELT Project, Wikimedia, National Statistics Office.",
    "lead_stories": "stories of its press",
    "lead_interest": "readers of the encyclopedia",
    "lead_arrivals": "visitors",
    "lead_registered_capital": "registered capital",
    "lead_association": "association",
    "lead_none_detected": "none detected",
    "lead_cannot_tell": "cannot tell",
}
OUTCOME_WORDS: dict[Outcome, str] = {
    "arrivals": "visitors",
    "registered_capital": "registered capital",
}
FROM_THERE: dict[Outcome, str] = {
    "arrivals": "visitors from there",
    "registered_capital": "capital registered from there",
}
PERIODS: dict[Outcome, str] = {"arrivals": "month", "registered_capital": "quarter"}


def _count(found: Iterable[Lead]) -> int:
    return count_of(pair.n_periods for pair in found)


def leads(page: Page) -> str:
    """Say whether coverage runs ahead; "association" is the strongest word."""
    found = page.brief.leads
    if not found.pairs:
        return (
            "Whether coverage or interest runs ahead of visitors or investment cannot be told: of no "
            "country are both known."
        )
    if not found.judged:
        missing = [lack for outcome in OUTCOMES if (lack := _missing(page, outcome))]
        return (
            "Whether coverage or interest runs ahead of visitors or investment cannot be told: "
            f"{'; '.join(missing)}."
        )
    n = _count(found.judged)
    rest = _count(pair for pair in found.pairs if not pair.is_judged)
    left = f" Of {some(page, rest, 'other pair')} this cannot be told." if rest else ""
    pairs = (
        f"the {some(page, n, 'pair')} of coverage or interest and visitors or registered capital"
        " that can be judged"
    )
    if not found.associations:
        return f"Among {pairs}, no association is detected.{left}"
    said = [_association(page, lead) for lead in found.associations[:LISTED]]
    more = _count(found.associations) - len(said)
    if more:
        said.append(f"{some(page, more, 'further pair')} in the table")
    n_found = page.numbers.count(_count(found.associations))
    return f"Among {pairs}, there is an association in {n_found}: {listed(said)}.{left}"


def findings(page: Page) -> dict[str, str]:
    """State the chart of leads."""
    return {"leads": leads(page)}


def lead_panel(page: Page, lead: Lead) -> str:
    """Title the panel of one pair."""
    outcome = OUTCOME_WORDS[lead.outcome]
    first = "stories" if lead.leading == "stories" else "encyclopedia"
    n = some(page, lead.n_periods, PERIODS[lead.outcome])
    return f"{page.name(lead.partner)}: {first}, {outcome} ({n})"


def _missing(page: Page, outcome: Outcome) -> str:
    """Say what the pair with the longest history lacks."""
    lead = page.brief.leads.longest(outcome)
    if lead is None:
        return ""
    place = named(page, lead.partner)
    if lead.reason != "short_history":
        reason = why(page, f"lead_{lead.reason}")
        return f"{OUTCOME_WORDS[outcome]} of {place}: {reason}"
    needed = some(page, lead.n_needed, PERIODS[outcome])
    most = (
        "no country has one"
        if not lead.n_periods
        else f"{place} has most, {page.numbers.count(lead.n_periods)}"
    )
    return f"for {OUTCOME_WORDS[outcome]} {needed} in which both are known are needed, and {most}"


def _association(page: Page, lead: Lead) -> str:
    best = lead.strongest
    assert best is not None and lead.q_value is not None  # noqa: S101, PT018  (an association has both)
    place, outcome = named(page, lead.partner), FROM_THERE[lead.outcome]
    first = (
        f"stories in the press of {place}"
        if lead.leading == "stories"
        else f"readers of the encyclopedia’s article on {focus(page)} in the language of {place}"
    )
    n = some(page, abs(best.periods), PERIODS[lead.outcome])
    moved = (
        f"run {n} ahead of"
        if best.periods > 0
        else f"follow {n} after"
        if best.periods < 0
        else f"move in the same {PERIODS[lead.outcome]} as"
    )
    figures = (
        f"correlation {page.numbers.signed(best.correlation)}, {page.numbers.p_value(lead.q_value)}"
    )
    return f"{first} {moved} {outcome} ({figures} over all pairs{_gain(page, lead)})"


def _gain(page: Page, lead: Lead) -> str:
    if lead.gain is None:
        return ""
    share = page.numbers.percent(abs(lead.gain))
    return (
        f"; knowing them takes {share} off a forecast’s squared error"
        if lead.gain > 0
        else "; a forecast gains nothing by knowing them"
    )
