"""The English original."""

from __future__ import annotations

import pandas as pd

from tiengvang.edition.brief import Page, TrustItem
from tiengvang.edition.outcomes import CHARTED, latest
from tiengvang.edition.texts.english_labels import LABELS as LABELS

ARTICLE = {"USA", "GBR", "PHL", "NLD", "ARE", "BHS", "GMB", "MDV", "COM", "CAF", "COD", "COG"}


def _name(page: Page, iso3: str) -> str:
    return f"the {page.name(iso3)}" if iso3 in ARTICLE else page.name(iso3)


def _list(parts: list[str]) -> str:
    if len(parts) < 3:
        return " and ".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _documents(page: Page, n: object) -> str:
    return f"{page.numbers.count(n)} document{'' if n == 1 else 's'}"


def _focus(page: Page) -> str:
    return _name(page, page.brief.request.focus_iso3)


def title(page: Page) -> str:
    """Name the page."""
    return f"{page.focus} in the world’s press"


def period(page: Page) -> str:
    """Write the period's first and last day."""
    dates = page.brief.facts.dates
    if len(dates) == 1:
        return page.numbers.day(dates[0])
    return f"{page.numbers.day(dates[0])} to {page.numbers.day(dates[-1])}"


def headline(page: Page) -> str:
    """Say in one line what changed."""
    brief, change = page.brief, page.brief.change
    if not brief.has_data:
        return "Nothing was received in this period, so nothing can be said about it."
    now = brief.numbers["n_documents"]
    counted = f"{_documents(page, now)} about {_focus(page)} in foreign outlets"
    if change.verdict == "cannot_tell" or change.ratio is None:
        return f"{counted}; there is no whole period before to compare with."
    if change.verdict == "unclear":
        return f"No clear change against the period before: {counted}. {_moved(page)}"
    share = page.numbers.percent(abs(change.ratio - 1))
    return f"Foreign coverage {change.verdict} by {share}: {counted}. {_moved(page)}"


def _moved(page: Page) -> str:
    rows = page.brief.by_source
    compared = rows[rows["change"].isin(["rose", "fell", "unclear"])]
    if compared.empty:
        return "No single country can be compared."
    parts = [
        f"{verb} in {_list([_name(page, code) for code in found])}"
        for verb in ("rose", "fell")
        if (found := list(compared[compared["change"] == verb]["source_country_code_iso3"]))
    ]
    if not parts:
        one = len(compared) == 1
        return (
            "The one country that can be compared shows no clear change."
            if one
            else f"None of the {len(compared)} countries that can be compared shows a clear change."
        )
    return f"Of {len(compared)} countries compared, coverage {', and '.join(parts)}."


def trust_value(page: Page, item: TrustItem) -> str:
    """Write a trust component's value."""
    if item.value is None:
        return LABELS["cannot_tell"]
    if item.key != "freshness":
        return page.numbers.percent(item.value, 2 if item.key == "rejected_rows" else 1)
    minutes = round(item.value)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // 1440} days"


def answers(page: Page) -> dict[str, str]:
    """Answer each section's question in one or two sentences, by section."""
    return {
        "coverage": _coverage(page),
        "tone": _tone(page),
        "peers": _peers(page),
        "outcomes": _outcomes(page),
        "trust": _trust(page),
    }


def _coverage(page: Page) -> str:
    brief = page.brief
    rows = brief.by_source[brief.by_source["source_country_code_iso3"] != "unknown"]
    rows = rows[rows["n_documents"].fillna(0) > 0]
    if rows.empty:
        return "No foreign document can be shown."
    top = [
        f"{_name(page, code)} ({page.numbers.count(n)})"
        for code, n in zip(
            rows["source_country_code_iso3"].head(3), rows["n_documents"].head(3), strict=True
        )
    ]
    outlets = brief.numbers["n_outlets"]
    countries = "one country" if len(rows) == 1 else f"{len(rows)} countries"
    return (
        f"{_documents(page, brief.numbers['n_documents'])} by {page.numbers.count(outlets)} "
        f"outlet{'' if outlets == 1 else 's'} in {countries}; most came from {_list(top)}."
    )


def _tone(page: Page) -> str:
    tone = page.brief.tone
    shown = tone[tone["tone_mean"].notna()]
    hidden = len(tone) - len(shown)
    rest = f" {hidden} more cannot be shown." if hidden else ""
    if shown.empty:
        return (
            "Cannot tell: no country has enough outlets on enough days."
            if hidden
            else ("Cannot tell: no document was scored.")
        )
    low, high = shown.iloc[0], shown.iloc[-1]
    first = f"{page.numbers.signed(low['tone_mean'])} in outlets of "
    first += _name(page, low["source_country_code_iso3"])
    if len(shown) == 1:
        return f"Mean raw tone was {first}, the one country that can be shown.{rest}"
    last = f"{page.numbers.signed(high['tone_mean'])} in those of "
    last += _name(page, high["source_country_code_iso3"])
    return f"Mean raw tone ran from {first} to {last}, over {len(shown)} countries.{rest}"


def _peers(page: Page) -> str:
    rows = page.brief.peers[page.brief.peers["n_documents"].notna()].reset_index(drop=True)
    place = rows.index[rows["is_focus"]]
    if place.empty or len(rows) < 2:
        return "Cannot tell: there is nothing to compare with."
    more = int((rows["n_documents"] > rows.loc[place[0], "n_documents"]).sum())
    rank = (
        "most" if more == 0 else "fewest" if more == len(rows) - 1 else f"{_ordinal(more + 1)} most"
    )
    lead = rows.iloc[0] if more else rows[~rows["is_focus"]].iloc[0]
    return (
        f"{_focus(page)[0].upper()}{_focus(page)[1:]} had the {rank} documents of {len(rows)} "
        f"countries: {page.numbers.count(rows.loc[place[0], 'n_documents'])}, against "
        f"{page.numbers.count(lead['n_documents'])} about "
        f"{_name(page, lead['country_code_iso3'])}."
    )


def _ordinal(n: int) -> str:
    words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
    return words[n - 1] if n <= len(words) else f"{n}th"


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


def _outcomes(page: Page) -> str:
    parts = [part for outcome in CHARTED if (part := _outcome(page, outcome))]
    if not parts:
        return "Cannot tell: no yearly figure has been loaded."
    return f"Newest reported for {_focus(page)}: {'; '.join(parts)}."


def _trust(page: Page) -> str:
    numbers = page.brief.numbers
    if pd.isna(numbers["slots_expected"]) or not numbers["slots_expected"]:
        return "Cannot tell: no quarter-hour was expected in this period."
    empty = numbers["days_without_any_slot"]
    tail = "" if not empty else f" {empty} day{'' if empty == 1 else 's'} had nothing at all."
    return (
        f"{page.numbers.count(numbers['slots_received'])} of "
        f"{page.numbers.count(numbers['slots_expected'])} quarter-hours, both streams "
        f"together, were received.{tail}"
    )


def findings(page: Page) -> dict[str, str]:
    """State each chart's finding for someone who does not see it, by chart."""
    daily = page.brief.daily
    known = daily[daily["is_current"] & daily["n_documents"].notna()]
    gaps = int(daily["n_documents"].isna().sum())
    days = "No day can be shown."
    if not known.empty:
        top = known.loc[known["n_documents"].astype("int64").idxmax()]
        low = known.loc[known["n_documents"].astype("int64").idxmin()]
        days = (
            f"Most on {page.numbers.day(top['coverage_date'])} "
            f"({page.numbers.count(top['n_documents'])}), fewest on "
            f"{page.numbers.day(low['coverage_date'])} ({page.numbers.count(low['n_documents'])})."
        )
    found = {
        "by_source": _coverage(page),
        "daily": f"{days} {gaps} of {len(daily)} days have no data." if gaps else days,
        "tone": _tone(page),
        "peers": _peers(page),
        "trust": _trust(page),
    }
    for outcome in CHARTED:
        text = _outcome(page, outcome)
        found[outcome] = f"{_focus(page)}: {text}." if text else "No value."
    return found
