"""English sentences of questions 4 and 7."""

from __future__ import annotations

from tiengvang.edition.brief import Page
from tiengvang.edition.messages import Gap
from tiengvang.edition.relations import Pair
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.english_labels import LABELS
from tiengvang.edition.texts.english_words import capital, days, listed, named, some, why

NAMED_GAPS = 3


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
        return f"Cannot tell: {message_reason(page, gap)}.{_not_travelled(page)}"
    span = f"Over the {page.in_force('window_days:both_ends')} days of {days(page, found.window)}"
    bits = f"{page.numbers.decimal(gap.divergence)} bits, {page.numbers.p_value(gap.p_value or 0)}"
    told, carried = _pillars(gap, "told_more"), _pillars(gap, "carried_more")
    if not gap.is_distinct:
        text = f"the owned and the foreign mix of pillars show no clear difference ({bits})"
    elif not told and not carried:
        text = f"the owned and the foreign mix differ ({bits}), but no single pillar clearly does"
    else:
        parts = [f"its own outlets tell more of {told} than foreign media carry"] if told else []
        parts += (
            [f"foreign media carry more of {carried} than its own outlets tell"] if carried else []
        )
        text = f"{'; '.join(parts)} ({bits})"
    return f"{span}, {text}.{_not_travelled(page)}"


def _not_travelled(page: Page) -> str:
    """Name the pillars that did not travel, each time within one language."""
    parts = [
        f" In the {page.numbers.language_name(gap.language)}-language press of {named(page, gap.area)}, "
        f"{_pillars(gap, 'told_more')} did not travel."
        for gap in page.brief.messages.untravelled[:NAMED_GAPS]
    ]
    return "".join(parts)


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
    parts = " ".join(pair(page, row) for row in found.shown[:3])
    shown = some(page, count_of(one.n_signals for one in found.shown), "directed pair")
    return f"In the week of {_week(page)}, {shown} can be shown. {parts}"


def pair(page: Page, row: Pair) -> str:
    """Say what one country said and did toward another, against the pair's own year."""
    value = page.numbers.signed(row.balance[0]) if row.balance else ""
    text = f"{capital(named(page, row.actor))} toward {named(page, row.target)}: balance {value}"
    if row.rank is None:
        earlier = (
            some(page, row.n_compared, "earlier week") if row.n_compared else "no earlier week"
        )
        text += f" ({earlier} to compare with: too few)"
    else:
        n, weeks = (
            page.numbers.count(n) for n in (round(row.rank * row.n_compared), row.n_compared)
        )
        text += f", above {n} of its {weeks} weeks before"
    if row.material:
        share, low, high = (page.numbers.percent(end) for end in row.material)
        text += f"; deeds were {share} of its cooperation ({low} to {high})"
        if row.material_median is not None:
            text += f", its own median being {page.numbers.percent(row.material_median)}"
    return f"{text}."
