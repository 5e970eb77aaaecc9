"""Attention by day as the uplift of an event is measured over it: all countries in one press, log points.

Pooled over a host's outlets: so many of 10,000 documents of the day are about a country by E2's salience
rule, which the loader applies to every compared country alike. Half a document is added to the count and one
to the total, so that a day without any is a number: with a half, the mean of the logarithm is nearest to the
logarithm of the mean (Haldane 1956, Anscombe 1956). Where documents are few it still falls short of it. The
total is the same for all countries of a day and leaves every difference between them alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from tiengvang.analysis.events import DAILY

ALL, WORLD = "all", "world"
PER = 10_000
# Documents a day before the event. If they come at random (Poisson), a rise of 0.60 log points reads as 0.32
# from half a document a day, 0.47 from one, 0.57 from two and 0.60 from three.
LEAST_DOCUMENTS = 0.5
# To every count, so that a day without a document has a logarithm.
ADDED = 0.5


@dataclass(frozen=True, slots=True)
class Validity:
    """Since when, and until when, a country was compared as ``focus``, ``peer`` or ``donor``."""

    country: str
    role: str
    valid_from: date
    valid_to: date | None

    def holds(self, day: date) -> bool:
        """Say whether it was on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True, eq=False)
class Press:
    """What the outlets of a host country, or of the world, published by day.

    Attributes:
        counts: day (``PeriodIndex``, without a gap) x country: documents about it; NaN where not known.
        totals: day: all documents; NaN where nothing was published or received.
    """

    counts: pd.DataFrame
    totals: pd.Series[float]

    @property
    def log_points(self) -> pd.DataFrame:
        """Attention by day and country."""
        found: pd.DataFrame = np.log((self.counts + ADDED).div(self.totals + 1, axis=0))
        return found


def press(counts: pd.DataFrame, compared: list[Validity]) -> Press:
    """Spread counts over days and countries.

    Args:
        counts: coverage_date, country_code_iso3 (a compared one, or ``all``: every document), n_documents; a
            country without a row on a day that has ``all`` was not written about.
        compared: the watch-list; outside a country's time its documents were not counted.
    """
    columns = sorted({entry.country for entry in compared})
    days = pd.PeriodIndex(counts["coverage_date"], freq="D")
    every = pd.period_range(days.min(), days.max(), freq="D") if len(days) else days
    table = (
        counts.assign(coverage_date=days)
        .pivot(index="coverage_date", columns="country_code_iso3", values="n_documents")
        .reindex(index=every, columns=[ALL, *columns])
        .astype(float)
    )
    totals = table[ALL].where(table[ALL] > 0)
    known = table[columns].fillna(0.0).where(totals.notna(), axis=0)
    for country in columns:
        was_compared = np.zeros(len(every), dtype=bool)
        for entry in compared:
            if entry.country == country:
                was_compared |= _within(every, entry)
        if not was_compared.all():
            known.loc[~was_compared, country] = np.nan
    return Press(known, totals)


def thin_countries(found: Press, usable: pd.PeriodIndex, starts_on: date) -> set[str]:
    """Return the countries with too few documents a day in the usable days that an event is fitted in."""
    offsets = usable.asi8 - pd.Period(starts_on, freq="D").ordinal
    before = found.counts.reindex(usable[DAILY.before(offsets, 0)])
    means = before.mean()
    return set(means.index[(means < LEAST_DOCUMENTS) | means.isna()])


def events_days(
    found: Press,
    focus: str,
    days: pd.PeriodIndex,
    slots_share: pd.Series[float],
    gaps: Mapping[pd.Period, float],
    least_slots: float,
) -> pd.DataFrame:
    """Return focus and counterfactual by day, per 10,000 documents, and why a day has none."""
    attention = np.exp(found.log_points[focus].reindex(days)) * PER
    gap = pd.Series(gaps, dtype=float).reindex(days)
    is_received = slots_share.reindex(days).fillna(0.0) >= least_slots
    reason = pd.Series(None, index=days, dtype=object)
    reason[gap.isna()] = "anticipation"
    reason[attention.isna()] = "nothing_published"
    reason[~is_received] = "too_few_slots"
    return pd.DataFrame(
        {
            "attention_date": [day.to_timestamp().date() for day in days],
            "attention_per_10000": attention.where(is_received).to_numpy(),
            "counterfactual_per_10000": (attention * np.exp(-gap)).to_numpy(),
            "gap_log_points": gap.to_numpy(),
            "suppressed_reason": reason.tolist(),
        }
    )


def _within(days: pd.PeriodIndex, entry: Validity) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    first = pd.Period(entry.valid_from, freq="D").ordinal
    inside = days.asi8 >= first
    if entry.valid_to is not None:
        inside &= days.asi8 < pd.Period(entry.valid_to, freq="D").ordinal
    return np.asarray(inside)
