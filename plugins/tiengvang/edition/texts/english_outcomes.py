"""English sentences of question 9: visitors and capital by month, and outcomes by year."""

from __future__ import annotations

from tiengvang.edition.brief import Page
from tiengvang.edition.facts import months_before
from tiengvang.edition.markets import (
    TOTAL,
    Market,
    largest_change,
    newest_month,
    total_of,
    year_on_year,
)
from tiengvang.edition.outcomes import CHARTED, latest
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.english_leads import leads
from tiengvang.edition.texts.english_words import capital, focus, listed, named, some, why

LISTED_MISMATCHES = 3


def outcomes(page: Page) -> str:
    """Answer question 9."""
    return answer(f"{_visitors(page)} {_capital(page)}", _most(page), _stories(page), leads(page))


def findings(page: Page) -> dict[str, str]:
    """State the charts of question 9."""
    found = {
        "visitors": _with_markets(
            page, f"{_visitors(page)} {_most(page)}", page.brief.markets.arrivals, 1.0
        ),
        "registered": _with_markets(page, _capital(page), page.brief.markets.registered, 1e6),
    }
    for outcome in CHARTED:
        text = _outcome(page, outcome)
        found[outcome] = f"{capital(focus(page))}: {text}." if text else "No value."
    return found


def _changed(page: Page, change: float, than: str, less: str = "fewer") -> str:
    if round(float(change), 3) == 0:
        return f"as much as {than}" if less == "less" else f"as many as {than}"
    return f"{page.numbers.size(change)} {'more' if change > 0 else less} than {than}"


def _visitors(page: Page) -> str:
    total = total_of(page.brief.markets.arrivals)
    month = total.newest if total else None
    if total is None or month is None:
        return f"Cannot tell how many visitors came to {focus(page)}: no monthly figure is loaded."
    figure, change = total.figures[month], year_on_year(total, month)
    before = page.numbers.month_name(months_before(month, 12))
    compared = (
        f"; there is no figure of {before} to compare with"
        if change is None
        else f", {_changed(page, change, 'a year before')}"
    )
    estimate = "estimate, " if figure.row["arrivals_status"] == "estimate" else ""
    release = page.numbers.month_name(figure.row["vintage_month"])
    return (
        f"In {page.numbers.month_name(month)}, {some(page, round(figure.value or 0), 'visitor')} "
        f"came to {focus(page)} ({estimate}release of {release}){compared}."
    )


def _most(page: Page) -> str:
    """Name the main market that changed most; empty where there is none."""
    main = [market for market in page.brief.markets.arrivals if market.code != TOTAL]
    month = newest_month(page.brief.markets.arrivals)
    if not main or month is None:
        return ""
    most = largest_change(main, month)
    if most is None:
        return "No main market can be compared with the year before."
    market, change = most
    n = page.numbers.count(round(market.value(month) or 0))
    return (
        f"Of the {page.numbers.count(page.brief.markets.n_main)} main markets "
        f"{named(page, market.code)} changed most: {page.numbers.change(change)}, to {n}."
    )


def _capital(page: Page) -> str:
    total = total_of(page.brief.markets.registered)
    month = total.newest if total else None
    if total is None or month is None:
        return "Cannot tell how much capital was registered: no monthly figure is loaded."
    figure, change = total.figures[month], year_on_year(total, month)
    year = month.year - 1
    compared = (
        f"; it is not compared with {year}, which has no figure to the same day"
        if change is None
        else f", {_changed(page, change, f'in the same months of {year}', 'less')}"
    )
    return (
        f"From January to {page.numbers.day(figure.row['cut_off_date'])}, US$ "
        f"{_billion(page, figure.value)} billion of new capital was registered{compared}."
    )


def _billion(page: Page, value: float | None) -> str:
    return page.numbers.decimal(None if value is None else value / 1e9, 2)


def _stories(page: Page) -> str:
    """Say what the press of the market that changed most, or else the largest, carried."""
    main = [market for market in page.brief.markets.arrivals if market.code != TOTAL]
    month = newest_month(page.brief.markets.arrivals)
    if not main or month is None:
        return "Without them, coverage has nothing to stand beside."
    most = largest_change(main, month)
    market = most[0] if most else main[0]
    name, written = named(page, market.code), page.numbers.month_name(month)
    n, before = market.stories.get(month), market.stories.get(months_before(month, 12))
    if n is None:
        reason = why(page, market.why_no_stories.get(month, "no_slot_received"))
        return f"What the press of {name} carried in {written} cannot be told: {reason}."
    compared = "" if not before else f", {_changed(page, n / before - 1, 'a year before')}"
    return f"The press of {name} carried {some(page, n, 'story', 'stories')} that month{compared}."


def _with_markets(page: Page, said: str, found: tuple[Market, ...], unit: float) -> str:
    """Add the newest figure of each market to a sentence."""
    month = newest_month(found)
    rows = [market for market in found if market.code != TOTAL]
    if month is None or not rows:
        return said
    parts = []
    for market in rows:
        value, change = market.value(month), year_on_year(market, month)
        if value is None:
            parts.append(f"{named(page, market.code)} no figure")
            continue
        moved = "" if change is None else f" ({page.numbers.change(change)})"
        parts.append(f"{named(page, market.code)} {page.numbers.count(round(value / unit))}{moved}")
    unit_name = "" if unit == 1 else ", in million US$"
    return f"{said} {capital(listed(parts))}{unit_name}."


def mismatches(page: Page) -> list[str]:
    """Say which printed totals of visitors are not the sum of their parts, the newest first."""
    found = page.brief.markets.mismatches
    said = [
        f"In {page.numbers.month_name(one.month)} the printed total "
        f"({page.numbers.count(round(one.total))}) is not the sum of its "
        f"{'continents' if one.parts == 'continents' else 'means of travel'} "
        f"({page.numbers.count(round(one.of_parts))})."
        for one in found[:LISTED_MISMATCHES]
    ]
    rest = len(found) - len(said)
    return [*said, f"{some(page, rest, 'earlier total')} likewise."] if rest else said


def yearly(page: Page) -> str:
    """Say what the newest yearly figures of the focus are."""
    parts = [part for outcome in CHARTED if (part := _outcome(page, outcome))]
    if not parts:
        return "Cannot tell: no yearly figure has been loaded."
    return f"Newest reported for {focus(page)}: {'; '.join(parts)}."


def _outcome(page: Page, outcome: str) -> str | None:
    found = latest(page.brief.facts, outcome, page.brief.request.focus_iso3)
    if found is None:
        return None
    value = page.numbers.decimal(found.value, 1)
    return {
        "fdi_net_inflow_bop_usd": f"net inflow of direct investment US$ {value} billion",
        "tourism_arrivals_count": f"{value} million arrivals",
        "tourism_receipts_usd": f"tourism receipts of US$ {value} billion",
    }[outcome] + f" ({found.year})"
