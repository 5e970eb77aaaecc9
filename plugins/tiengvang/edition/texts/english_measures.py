"""English sentences of questions 1 and 2."""

from __future__ import annotations

from collections.abc import Iterable

from tiengvang.edition.brief import Page
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.english_words import capital, days, focus, listed, named, some, why
from tiengvang.edition.voice import WORLD, Host

NAMED_HOSTS = 8


def _week(page: Page) -> str:
    dates = page.brief.facts.week_dates
    return days(page, (dates[0], dates[-1]))


def stories(page: Page) -> str:
    """Answer question 1."""
    week = page.brief.stories
    if week.n_stories is None or week.n_documents is None:
        return f"Cannot tell: nothing was received in the week of {_week(page)}."
    partial = "" if week.days_received == 7 else (
        f" Only {page.numbers.count(week.days_received)} of the 7 days "
        f"{'has' if week.days_received == 1 else 'have'} data."
    )  # fmt: skip
    if not week.n_stories:
        return f"No foreign story about {focus(page)} in the week of {_week(page)}.{partial}"
    original, times = week.original_share, page.numbers.decimal(week.multiplier, 2)
    documents = some(page, week.n_documents, "document")
    return answer(
        f"{some(page, week.n_outlets or 0, 'foreign outlet')} published "
        f"{some(page, week.n_stories, 'story', 'stories')} about {focus(page)} in the week of "
        f"{_week(page)}.{partial}",
        f"With copies they are {documents}: each story was published {times} times on average, and "
        f"{page.numbers.percent(original)} of the documents are originals.",
    )


def stories_by_source(page: Page) -> str:
    """Say who carried the stories."""
    week = page.brief.stories
    rows = week.by_source.head(3)
    if rows.empty:
        return "No host country can be shown."
    top = [
        f"{named(page, code)} ({page.numbers.count(n)})"
        for code, n in zip(rows["source_country_code_iso3"], rows["n_documents"], strict=True)
    ]
    countries = some(page, len(week.by_source), "country", "countries")
    diverse = (
        ""
        if week.effective_outlets is None
        else f" {some(page, week.n_outlets or 0, 'outlet')} carried them, as varied as "
        f"{page.numbers.decimal(week.effective_outlets, 0)} that publish equally much."
    )
    return f"Documents came from {countries}, most from {listed(top)}.{diverse}"


def reach(page: Page) -> str:
    """Say how far the stories reached."""
    week = page.brief.stories
    if week.n_stories is None:
        return "Cannot tell: nothing was received."
    if not week.tiers:
        return "Cannot tell: no list of ranks is loaded." if week.n_stories else "No story."
    return (
        f"{page.numbers.count(week.tiers['R1'])} of {some(page, week.n_stories, 'story', 'stories')} "
        f"were carried by at least one site of tier 1: a pick-up rate of "
        f"{page.numbers.percent(week.pickup_rate)}."
    )


def _hosts(found: Iterable[Host]) -> int:
    return count_of(one.n_outlets for one in found)


def _n(page: Page, found: Iterable[Host]) -> str:
    return page.numbers.count(_hosts(found))


def voice(page: Page) -> str:
    """Answer question 2."""
    found = page.brief.voice
    if found.window is None or not found.hosts:
        return "Cannot tell: no share of voice has been computed."
    shown = found.shown
    if not shown:
        return answer(f"Cannot tell host by host: {_hidden_hosts(page)}.", _world(page))
    n, world = _n(page, shown), _world(page)
    of_all = f" of {n} host countries the press gave {focus(page)}"
    share = " than an equal share of its attention to the compared countries"
    parts: list[str] = []
    for verdict, word in (("above", "more"), ("below", "less")):
        hosts = [host for host in shown if host.verdict == verdict]
        if hosts:
            names = listed(_some_named(page, [host.area for host in hosts]))
            who, than = ("", "") if parts else (of_all, share)
            parts.append(f"in {_n(page, hosts)}{who} clearly {word}{than} ({names})")
    unclear = [host for host in shown if host.verdict == "unclear"]
    if unclear and parts:
        parts.append(f"in {_n(page, unclear)} there is no clear difference")
    first = (
        f"{capital('; '.join(parts))}."
        if parts
        else f"In none of {n} host countries does the share of voice of {focus(page)} clearly differ "
        "from an equal share among the compared countries."
    )
    hidden = f"Not shown: {_hidden_hosts(page)}." if found.hidden else ""
    return answer(
        first,
        f"Counted over the {page.in_force('window_days:both_ends')} days of {days(page, found.window)}.",
        world,
        hidden,
    )


def _some_named(page: Page, areas: list[str]) -> list[str]:
    """Name areas inside a sentence, and count those beyond the first."""
    rest = len(areas) - NAMED_HOSTS
    more = [some(page, rest, "other")] if rest > 0 else []
    return [*(named(page, area) for area in areas[:NAMED_HOSTS]), *more]


def _world(page: Page) -> str:
    for host in page.brief.voice.hosts:
        if host.area == WORLD and host.estimate:
            share, low, high = (page.numbers.percent(end, 1) for end in host.estimate)
            return f" In the world outside the compared countries its share was {share} ({low} to {high})."
    return ""


def _hidden_hosts(page: Page) -> str:
    hidden = page.brief.voice.hidden
    if not hidden:
        return "no host country has documents"
    parts = [
        f"{named(page, host.area)}, {why(page, host.reason, outlets=host.n_outlets)}"
        for host in hidden[:NAMED_HOSTS]
    ]
    rest = _hosts(hidden) - NAMED_HOSTS
    return "; ".join(parts) + (
        f"; {some(page, rest, 'more country', 'more countries')}" if rest > 0 else ""
    )


def voice_finding(page: Page) -> str:
    """State the charts of share of voice."""
    if page.brief.voice.window is None:
        return voice(page)
    return f"{voice(page)} {capital(voice_change(page))}."


def voice_change(page: Page) -> str:
    """Say where share of voice moved against the 28 days before; begins in lower case."""
    compared = [host for host in page.brief.voice.shown if host.change != "cannot_tell"]
    if not compared:
        return "its share of voice cannot be compared with earlier yet"
    parts = []
    for change in ("rose", "fell"):
        moved = [host for host in compared if host.change == change]
        if moved:
            names = listed(_some_named(page, [host.area for host in moved]))
            parts.append(
                f"{change} in {_n(page, moved)} of {_n(page, compared)} host countries ({names})"
            )
    if not parts:
        hosts = some(page, _hosts(compared), "host country", "host countries")
        return f"its share of voice shows no clear change in {hosts}"
    return f"its share of voice {' and '.join(parts)}"
