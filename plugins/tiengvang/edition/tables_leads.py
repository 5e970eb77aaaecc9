"""The table of leads: every pair that was formed, with its verdict or why there is none."""

from __future__ import annotations

from collections.abc import Mapping

from tiengvang.edition.brief import Page
from tiengvang.edition.leads import Lead
from tiengvang.edition.locales import MISSING
from tiengvang.edition.tables_measures import Table, Why, table


def leads(page: Page, labels: Mapping[str, str], why: Why) -> Table:
    """List the pairs: associations first, then those without, then those that cannot be told."""
    numbers = page.numbers

    def row(pair: Lead) -> list[str]:
        best = pair.strongest
        verdict = labels[f"lead_{pair.verdict}"]
        return [
            page.name(pair.partner),
            labels[f"lead_{pair.leading}"],
            labels[f"lead_{pair.outcome}"],
            verdict if pair.reason is None else f"{verdict}: {why(page, 'lead_' + pair.reason)}",
            f"{numbers.count(pair.n_periods)} / {numbers.count(pair.n_needed)}",
            MISSING if best is None else numbers.signed(best.periods, 0),
            numbers.signed(best.correlation if best else None),
            numbers.signed(best.raw if best else None),
            numbers.decimal(pair.q_value, 3),
            numbers.change(pair.gain),
        ]

    names = ["partner_country", "leading_series", "outcome_series", "lead_verdict"]
    names += ["lead_n_periods", "strongest_lag", "lead_correlation", "lead_raw_correlation"]
    names += ["lead_q_value", "lead_gain"]
    return table("lead_lag.csv", labels, names, [row(pair) for pair in page.brief.leads.pairs])
