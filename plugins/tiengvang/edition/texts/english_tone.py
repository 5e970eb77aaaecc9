"""English sentences of question 3: the tone, beside that about the peers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tiengvang.edition.brief import Page
from tiengvang.edition.premium import Premium, Stratum
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.english_labels import LABELS
from tiengvang.edition.texts.english_words import capital, days, focus, listed, named, some

NAMED_HOSTS = 8


def tone(page: Page) -> str:
    """Answer question 3."""
    found = page.brief.tone
    if found.window is None:
        return "Cannot tell: no tone premium has been computed."
    span = f"the {page.in_force('window_days:both_ends')} days of {days(page, found.window)}"
    if not found.shown:
        if alone := _count(row for row in found.premiums if row.premium is not None):
            hosts = some(page, alone, "place", "places")
            return (
                f"Cannot tell: no peer has enough stories in the {hosts} where {focus(page)} has."
            )
        return f"Cannot tell: no host country has enough stories and outlets in {span}."
    clear, unclear = _told(found.shown)
    parts = [tone_verdicts(page, focus(page), _sized)]
    if clear and unclear:
        parts.append(f"no clear difference in {some(page, _count(unclear), 'comparison')}")
    return answer(
        f"{capital('; '.join(parts))}.",
        f"Counted over {span}, in standard deviations of the outlet’s own tone.",
    )


def _count(found: Iterable[Premium]) -> int:
    return count_of(one.n_outlets for one in found)


def _told(shown: Iterable[Premium]) -> tuple[list[Premium], list[Premium]]:
    """Split what can be shown into clear differences and the rest."""
    rows = list(shown)
    clear = [row for row in rows if row.verdict in ("colder", "warmer")]
    return clear, [row for row in rows if row.verdict not in ("colder", "warmer")]


def _placed(page: Page, row: Premium) -> str:
    return f"{named(page, row.area)} ({LABELS[f'stratum_{row.stratum}']})"


def _sized(page: Page, row: Premium) -> str:
    value, low, high = (page.numbers.signed(end) for end in row.estimate or ())
    stratum = LABELS[f"stratum_{row.stratum}"]
    return f"{named(page, row.area)} ({stratum}: {value}, {low} to {high})"


def tone_verdicts(
    page: Page, subject: str = "it", place: Callable[[Page, Premium], str] = _placed
) -> str:
    """Say where the tone is colder or warmer than about the peers; begins in lower case."""
    shown = page.brief.tone.shown
    if not shown:
        return f"the tone about {subject} cannot be told"
    clear, _ = _told(shown)
    parts: list[str] = []
    for verdict in ("colder", "warmer"):
        rows = [row for row in clear if row.verdict == verdict]
        if rows:
            rest = len(rows) - NAMED_HOSTS
            more = [some(page, rest, "other")] if rest > 0 else []
            names = listed([*(place(page, row) for row in rows[:NAMED_HOSTS]), *more])
            than = "" if parts else " than about its peers"
            parts.append(f"{verdict}{than} in the press of {names}")
    if not parts:
        n = some(page, _count(shown), "comparison")
        return (
            f"the tone about {subject} shows no clear difference from that about its peers in {n}"
        )
    return f"the tone about {subject} was {' and '.join(parts)}"


def tone_of(page: Page, stratum: Stratum) -> str:
    """State one stratum's chart."""
    rows = page.brief.tone.of(stratum)
    shown = [row for row in rows if row.estimate]
    if not shown:
        return "No host country can be shown."
    hidden = len(rows) - len(shown)
    rest = f" {hidden} more cannot be shown." if hidden else ""
    if len(shown) == 1:
        return f"{capital(_tone_row(page, shown[0]))}.{rest}"
    low, high = (_tone_row(page, row) for row in (shown[0], shown[-1]))
    return f"Lowest: {low}. Highest: {high}.{rest}"


def _tone_row(page: Page, row: Premium) -> str:
    value, low, high = (page.numbers.signed(end) for end in row.estimate or ())
    return f"{named(page, row.area)} {value} ({low} to {high})"
