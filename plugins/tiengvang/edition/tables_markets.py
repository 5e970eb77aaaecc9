"""The tables of question 9: each figure with what it was, the year before, and its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.locales import MISSING
from tiengvang.edition.markets import TOTAL, Figure, Market, year_on_year
from tiengvang.edition.tables_measures import Table, Why, table
from tiengvang.edition.untrusted import plain_text

LISTED_MONTHS = 13
MILLION = 1e6


def market_name(page: Page, labels: Mapping[str, str], market: Market, of_all: str) -> str:
    """Name a market or partner, or all of them."""
    return labels[of_all] if market.code == TOTAL else page.name(market.code)


def _rows(
    page: Page, found: tuple[Market, ...], write: Callable[[Market, date, Figure], list[str]]
) -> list[list[str]]:
    """List each market's newest months, and every month that was revised, the newest first."""
    newest = set(page.brief.markets.months[-LISTED_MONTHS:])
    return [
        write(market, month, market.figures[month])
        for market in found
        for month in sorted(market.figures, reverse=True)
        if month in newest or market.figures[month].first is not None
    ]


def visitors(page: Page, labels: Mapping[str, str], why: Why) -> Table:
    """List visitors by market and month, beside the stories of the market's press."""
    numbers = page.numbers

    def row(market: Market, month: date, figure: Figure) -> list[str]:
        return [
            market_name(page, labels, market, "all_markets"),
            numbers.month(month),
            _count(page, figure.value),
            _count(page, figure.first),
            numbers.change(year_on_year(market, month)),
            _stories(page, why, market, month),
            _status(labels, figure),
            numbers.month(figure.row["vintage_month"]),
            _text(figure.row["source_file_name"]),
            _text(figure.row["source_place"]),
        ]

    names = ["market_code", "arrivals_month", "arrivals_count", "revised_from_count"]
    names += ["year_on_year", "month_n_stories", "arrivals_status", "nso_vintage_month"]
    rows = _rows(page, page.brief.markets.arrivals, row)
    return table("arrivals_months.csv", labels, [*names, "source_file_name", "source_place"], rows)


def registered(page: Page, labels: Mapping[str, str], why: Why) -> Table:
    """List registered capital by partner and month: to date, of the month, new and adjusted apart."""
    numbers = page.numbers

    def million(value: float | None) -> str:
        return numbers.decimal(None if pd.isna(value) or value is None else value / MILLION, 1)

    def row(partner: Market, month: date, figure: Figure) -> list[str]:
        of_month = figure.of_month
        reason = figure.row["new_capital_missing_reason"]
        return [
            market_name(page, labels, partner, "all_partners"),
            numbers.month(month),
            million(of_month) if of_month is not None else why(page, _text(reason)),
            million(figure.value),
            million(figure.first),
            numbers.change(year_on_year(partner, month)),
            million(figure.row["adjusted_capital_registered_ytd_usd"]),
            numbers.day(figure.row["cut_off_date"]),
            _stories(page, why, partner, month),
            _text(figure.row["source_file_name"]),
            _text(figure.row["source_place"]),
        ]

    names = ["fdi_partner_country", "fdi_month", "new_capital", "new_capital_ytd"]
    names += ["ytd_revised_from", "ytd_year_on_year", "adjusted_capital_ytd", "cut_off_date"]
    names += ["month_n_stories", "source_file_name", "fdi_source_place"]
    return table(
        "registered_months.csv", labels, names, _rows(page, page.brief.markets.registered, row)
    )


def _status(labels: Mapping[str, str], figure: Figure) -> str:
    """Write whether a figure is an estimate, and that it is not as printed."""
    name = figure.row["arrivals_status"]
    # the office calls every figure of an earlier month revised, the changed and the unchanged
    if name == "revised" and pd.isna(figure.first):
        name = "confirmed"
    status = labels[f"status_{name}"]
    return (
        status if pd.isna(figure.row["correction_reason"]) else f"{status}, {labels['corrected']}"
    )


def _count(page: Page, value: float | None) -> str:
    return MISSING if value is None else page.numbers.count(round(value))


def _text(value: object) -> str:
    return MISSING if value is None or pd.isna(value) else plain_text(value, 60)


def _stories(page: Page, why: Why, market: Market, month: date) -> str:
    """Write the stories of a market's press, or why they are not known; the total has none."""
    if month in market.stories:
        return page.numbers.count(market.stories[month])
    reason = market.why_no_stories.get(month)
    return why(page, reason) if reason else MISSING
