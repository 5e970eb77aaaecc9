"""The tables of questions 2, 3, 4 and 7."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.locales import MISSING
from tiengvang.edition.messages import ALL_LANGUAGES
from tiengvang.edition.premium import Premium, Stratum
from tiengvang.edition.relations import CLASSES, balance_interval, material_interval
from tiengvang.edition.sourced import records
from tiengvang.edition.voice import Host

Why = Callable[..., str]
Estimate = tuple[float, float, float] | None
LISTED_PAIRS = 40


@dataclass(frozen=True, slots=True)
class Table:
    """A table's file, its column names, and its rows of text; the first column names the row.

    ``n_more`` rows are in the file only.
    """

    file: str
    columns: list[str]
    rows: list[list[str]]
    n_more: int = 0


def table(
    file: str,
    labels: Mapping[str, str],
    names: list[str],
    rows: list[list[str]],
    n_more: int = 0,
) -> Table:
    """Return a table whose columns are named as in the dictionary, or are the edition's own."""
    return Table(file, [labels[f"col_{name}"] for name in names], rows, n_more)


def _ends(value: Estimate, write: Callable[[float], str]) -> str:
    return f"{write(value[1])} … {write(value[2])}" if value else MISSING


def voice(page: Page, labels: Mapping[str, str], why: Why) -> Table:
    """List each host country's share of voice, its leader among the peers, verdict and change."""

    def percent(share: float) -> str:
        return page.numbers.percent(share, 1)

    rows = [
        [
            page.name(host.area),
            percent(host.estimate[0])
            if host.estimate
            else why(page, host.reason, outlets=host.n_outlets),
            _ends(host.estimate, percent),
            percent(host.equal_share) if host.equal_share else MISSING,
            labels[host.verdict] if host.verdict else MISSING,
            _leader(page, host),
            labels[f"change_{host.change}"],
            page.numbers.count(host.n_outlets),
        ]
        for host in page.brief.voice.hosts
    ]
    names = [
        "area",
        "share_of_voice",
        "interval",
        "equal",
        "verdict",
        "leader",
        "change",
        "voice_n_outlets",
    ]
    return table("share_of_voice.csv", labels, names, rows)


def _leader(page: Page, host: Host) -> str:
    found = page.brief.voice
    rows = found.history[
        (found.history["week_start_date"] == found.week)
        & (found.history["source_country_code_iso3"] == host.area)
        & (found.history["country_code_iso3"] != page.brief.request.focus_iso3)
        & found.history["share_of_voice"].notna()
    ]
    if rows.empty:
        return MISSING
    row = records("voice", rows.loc[[rows["share_of_voice"].idxmax()]])[0]
    return f"{page.name(row['country_code_iso3'])} {page.numbers.percent(row['share_of_voice'], 1)}"


def tone(page: Page, labels: Mapping[str, str], why: Why, stratum: Stratum) -> Table:
    """List each host's premium over the peers and the premium itself, with what they stand on."""
    signed, count = page.numbers.signed, page.numbers.count

    def first(row: Premium) -> str:
        if row.estimate:
            return signed(row.estimate[0])
        return why(page, row.reason, stories=row.n_stories, outlets=row.n_outlets)

    rows = [
        [
            page.name(row.area),
            first(row),
            _ends(row.estimate, signed),
            labels[row.verdict] if row.verdict else MISSING,
            signed(row.premium[0]) if row.premium else MISSING,
            _ends(row.premium, signed),
            count(row.n_peers),
            count(row.n_stories),
            count(row.n_outlets),
        ]
        for row in page.brief.tone.of(stratum)
    ]
    names = [
        "tone_area",
        "tone_premium_over_peers",
        "interval",
        "verdict",
        "tone_premium",
        "interval",
    ]
    counts = ["n_peers", "tone_n_stories", "tone_n_outlets"]
    return table("tone_premium.csv", labels, [*names, *counts], rows)


def messages(page: Page, labels: Mapping[str, str], why: Why) -> Table:
    """List each comparison's pillars; one row with the reason where it is suppressed.

    Where a press has one language alone, its comparison of all languages says the same and is left out.
    """
    signed, percent, count = page.numbers.signed, page.numbers.percent, page.numbers.count
    rows = []
    gaps = page.brief.messages.gaps
    single = {(gap.area, gap.n_foreign) for gap in gaps if gap.language != ALL_LANGUAGES}
    for gap in gaps:
        if gap.language == ALL_LANGUAGES and (gap.area, gap.n_foreign) in single:
            continue
        area = f"{page.name(gap.area)}, {_language(page, labels, gap.language)}"
        stories = f"{count(gap.n_owned)} / {count(gap.n_foreign)}"
        if not gap.pillars:
            counts = {"owned_stories": gap.n_owned, "foreign_stories": gap.n_foreign}
            rows.append([area, why(page, gap.reason, **counts), *[MISSING] * 5, stories])
        rows += [
            [
                area,
                labels[f"pillar_{pillar.name}"],
                percent(pillar.owned, 1),
                percent(pillar.foreign, 1),
                signed(pillar.log_ratio),
                _ends((pillar.log_ratio, pillar.low, pillar.high), signed),
                labels[pillar.verdict if gap.is_distinct else "unclear"],
                stories,
            ]
            for pillar in gap.pillars
        ]
    names = ["area", "pillar", "owned_share", "foreign_share", "log_ratio", "interval", "verdict"]
    return table("message_gap.csv", labels, [*names, "both_stories"], rows)


def _language(page: Page, labels: Mapping[str, str], code: str) -> str:
    return labels["all_languages"] if code == ALL_LANGUAGES else page.numbers.language_name(code)


def relations(page: Page, labels: Mapping[str, str], why: Why) -> Table:
    """List the week's pairs in both directions, streams and kinds of media, most signals first."""
    facts = page.brief.facts
    now = facts.relations[
        (facts.relations["week_start_date"] == facts.week_start)
        & (facts.relations["n_signals"] > 0)
    ]
    order = ["n_signals", "actor1_country_code_iso3", "actor2_country_code_iso3", "stream", "media"]
    now = now.sort_values(order, ascending=[False, True, True, True, True]).head(LISTED_PAIRS)
    rows = [_pair(page, labels, why, row) for row in records("relations", now)]
    names = [
        "pair",
        "stream",
        "dyad_media",
        "n_signals",
        "balance",
        "interval",
        "balance_median_52_weeks",
        "material_share",
        "interval",
    ]
    return table("relations.csv", labels, [*names, "classes", "partnership_tier"], rows)


def _pair(page: Page, labels: Mapping[str, str], why: Why, row: dict[Any, Any]) -> list[str]:
    numbers = page.numbers
    balance, deeds = balance_interval(row), material_interval(row)
    n, outlets = row["n_signals"], row["n_families"]
    return [
        direction(page, row["actor1_country_code_iso3"], row["actor2_country_code_iso3"]),
        labels[f"stream_{row['stream']}"],
        labels[f"media_{row['media']}"],
        numbers.count(n),
        numbers.signed(balance[0])
        if balance
        else why(page, row["suppressed_reason"], signals=n, outlets=outlets),
        _ends(balance, numbers.signed),
        numbers.signed(row["balance_median_52_weeks"]),
        numbers.percent(deeds[0]) if deeds else MISSING,
        _ends(deeds, numbers.percent),
        " / ".join(numbers.count(row[f"n_{name}"]) for name in CLASSES),
        partnership(
            page,
            labels,
            row["partnership_tier"],
            row["partnership_since"],
            row["is_partnership_date_checked"],
        ),
    ]


def direction(page: Page, actor: str, target: str) -> str:
    """Write who acts toward whom."""
    return f"{page.name(actor)} → {page.name(target)}"


def partnership(page: Page, labels: Mapping[str, str], tier: Any, since: Any, checked: Any) -> str:
    """Write a partnership's tier and date; a date that was not checked is said to be so."""
    if pd.isna(tier):
        return MISSING
    text = labels.get(f"tier_{tier}", str(tier))
    if pd.isna(since):
        return text
    # 2008-05: only the month is known
    month = len(since) == len("2008-05")
    written = (
        page.numbers.month(date.fromisoformat(f"{since}-01"))
        if month
        else page.numbers.day(date.fromisoformat(since))
    )
    mark = "" if not pd.isna(checked) and checked else f" ({labels['unverified']})"
    return f"{text}, {labels['since'].replace('{day}', written)}{mark}"
