"""English sentences of questions 4 and 7."""

from __future__ import annotations

from tiengvang.edition.brief import Page
from tiengvang.edition.messages import Gap
from tiengvang.edition.relations import MIN_COMPARED_WEEKS, Pair
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.english_labels import LABELS
from tiengvang.edition.texts.english_words import (
    capital,
    days,
    focus,
    listed,
    named,
    possessive,
    some,
    why,
)

NAMED_GAPS, NAMED_PAIRS = 3, 3


def _week(page: Page) -> str:
    dates = page.brief.facts.week_dates
    return days(page, (dates[0], dates[-1]))


def _pillars(gap: Gap, verdict: str) -> str:
    return listed(LABELS[f"pillar_{name}"].lower() for name in gap.found(verdict))


def messages(page: Page) -> str:
    """Answer question 4."""
    found = page.brief.messages
    gap = found.world
    if found.window is None or gap is None:
        return "Cannot tell: no comparison of messages has been computed."
    if not gap.pillars:
        return answer(f"Cannot tell: {message_reason(page, gap)}.", _not_travelled(page))
    told, carried = _pillars(gap, "told_more"), _pillars(gap, "carried_more")
    own = f"{possessive(focus(page))} own media"
    if not gap.is_distinct:
        text = f"{own} and foreign media show no clear difference in their mix of pillars"
    elif not told and not carried:
        text = (
            f"{own} and foreign media differ in their mix of pillars, but in no single one clearly"
        )
    else:
        parts = [f"{own} tell more of {told} than foreign media carry"] if told else []
        than = "" if told else f" than {own} tell"
        parts += [f"foreign media carry more of {carried}{than}"] if carried else []
        text = "; ".join(parts)
    bits = f"{page.numbers.decimal(gap.divergence)} bits, {page.numbers.p_value(gap.p_value or 0)}"
    span = (
        f"Counted over the {page.in_force('window_days:both_ends')} days of {days(page, found.window)}; "
        f"message gap {bits}."
    )
    return answer(f"{capital(text)}.", _not_travelled(page), span)


def _not_travelled(page: Page) -> str:
    """Name the pillars that did not travel, within one language, and the places where they did not."""
    found: dict[tuple[str, frozenset[str]], list[Gap]] = {}
    for gap in page.brief.messages.untravelled[:NAMED_GAPS]:
        found.setdefault((gap.language, frozenset(gap.found("told_more"))), []).append(gap)
    return "".join(
        f" In the {page.numbers.language_name(language)}-language press of "
        f"{listed(named(page, gap.area) for gap in gaps)}, {_pillars(gaps[0], 'told_more')} did not travel."
        for (language, _), gaps in found.items()
    )


def message_reason(page: Page, gap: Gap) -> str:
    """Say why a comparison of messages is not shown."""
    counts = {"owned_stories": gap.n_owned, "foreign_stories": gap.n_foreign}
    return why(page, gap.reason, **counts)


def relations(page: Page) -> str:
    """Answer question 7."""
    found = page.brief.relations
    if not found.shown:
        few = (
            f" {some(page, count_of(one.n_signals for one in found.hidden), 'directed pair')} had fewer."
            if found.hidden
            else ""
        )
        return f"Cannot tell: no pair had enough signals in the week of {_week(page)}.{few}"
    shown = some(page, count_of(one.n_signals for one in found.shown), "directed pair")
    week = f"In the week of {_week(page)}, {shown} had enough signals."
    ranked = [row for row in found.shown if row.rank is not None]
    named_pairs = [pair(page, row) for row in (ranked or found.shown)[:NAMED_PAIRS]]
    if ranked:
        return answer(named_pairs[0], *named_pairs[1:], week)
    return answer(
        "Cannot tell yet whether there were more deeds than usual: no pair has the "
        f"{MIN_COMPARED_WEEKS} earlier weeks that a comparison takes.",
        *named_pairs,
        week,
    )


def pair(page: Page, row: Pair) -> str:
    """Say what one country said and did toward another, against the pair's own year."""
    text = f"{capital(named(page, row.actor))} toward {named(page, row.target)}: "
    if row.material:
        share, low, high = (page.numbers.percent(end) for end in row.material)
        text += f"deeds were {share} of the cooperation ({low} to {high})"
        if row.material_median is not None:
            text += f", the pair’s median being {page.numbers.percent(row.material_median)}"
        text += "; "
    text += f"balance {page.numbers.signed(row.balance[0]) if row.balance else ''}"
    if row.rank is None:
        return f"{text}."
    n, weeks = (page.numbers.count(n) for n in (round(row.rank * row.n_compared), row.n_compared))
    return f"{text}, above {n} of the {weeks} weeks before."
