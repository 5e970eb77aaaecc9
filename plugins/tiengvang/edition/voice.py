"""Question 2: whether the focus is more visible than its peers in each host country."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.intervals import SIGNIFICANCE, difference_interval, holm, interval_p_value
from tiengvang.edition.sourced import Record, records

WORLD = "world"
Estimate = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Host:
    """Share of voice of the focus in one host country, or in ``world``.

    ``estimate`` is the share with its 95 % interval, null where ``reason`` suppresses it.
    ``equal_share`` is 1 by the number of compared countries: above it, the focus has more than its
    peers on average. ``verdict`` is ``above``, ``below`` or ``unclear``, null where suppressed;
    ``change`` is ``rose``, ``fell``, ``unclear`` or ``cannot_tell``.
    """

    area: str
    n_outlets: int
    n_documents: int
    estimate: Estimate | None
    compared: tuple[str, ...]
    reason: str | None
    verdict: str | None = None
    change: str = "cannot_tell"
    difference: float | None = None
    before: Estimate | None = None
    n_compared: int = 0

    @property
    def equal_share(self) -> float | None:
        """The share of each country if all had the same."""
        return 1 / self.n_compared if self.n_compared else None


@dataclass(frozen=True, slots=True)
class Voice:
    """Share of voice over the newest rolling 28 days that were over when the period ended.

    ``history`` holds the rows of the windows to draw; ``hosts`` the newest window: world first,
    then most documents first, suppressed ones last. ``before`` is the newest window that ended
    before this one began: against it the change is measured.
    """

    week: date | None
    window: tuple[date, date] | None
    before: tuple[date, date] | None
    history: pd.DataFrame
    hosts: tuple[Host, ...]

    @property
    def is_compared(self) -> bool:
        """Whether a host country can be compared with the 28 days before."""
        return any(host.change != "cannot_tell" for host in self.shown)

    @property
    def shown(self) -> list[Host]:
        """Host countries, without the world, whose share may be shown."""
        return [host for host in self.hosts if host.estimate and host.area != WORLD]

    @property
    def hidden(self) -> list[Host]:
        """Host countries, without the world, whose share may not be shown."""
        return [host for host in self.hosts if not host.estimate and host.area != WORLD]


def share_of_voice(facts: EditionFacts) -> Voice:
    """Compute question 2; verdicts and changes are each corrected by Holm over all areas."""
    names = ["week_start_date", "window_start_date", "window_end_date"]
    windows = facts.voice[names].drop_duplicates().sort_values("week_start_date")
    if windows.empty:
        return Voice(None, None, None, facts.voice, ())
    newest = windows.iloc[-1]
    ended = windows[windows["window_end_date"] < newest["window_start_date"]]
    earlier = None if ended.empty else ended.iloc[-1]
    focus = facts.voice[facts.voice["country_code_iso3"] == facts.focus_iso3]
    now = _read(focus, newest)
    before = {} if earlier is None else _read(focus, earlier)
    return Voice(
        week=newest["week_start_date"],
        window=(newest["window_start_date"], newest["window_end_date"]),
        before=None
        if earlier is None
        else (earlier["window_start_date"], earlier["window_end_date"]),
        history=facts.voice,
        hosts=_ordered(_changed(_judged(now), before)),
    )


def _read(rows: pd.DataFrame, window: pd.Series) -> dict[str, Host]:
    found = rows[rows["week_start_date"] == window["week_start_date"]]
    return {row["source_country_code_iso3"]: _host(row) for row in records("voice", found)}


def _host(row: Record) -> Host:
    low, high = row["share_of_voice_low"], row["share_of_voice_high"]
    compared = tuple(row["compared_country_codes_iso3"])
    known = not any(pd.isna(value) for value in (row["share_of_voice"], low, high))
    return Host(
        area=row["source_country_code_iso3"],
        n_outlets=row["n_outlets"],
        n_documents=row["n_documents"],
        estimate=(row["share_of_voice"], low, high) if known else None,
        compared=compared,
        n_compared=row.computed(len(compared), "cardinality(compared_country_codes_iso3)"),
        reason=None if pd.isna(row["suppressed_reason"]) else row["suppressed_reason"],
    )


def _judged(hosts: dict[str, Host]) -> dict[str, Host]:
    p_values = holm(
        {
            area: interval_p_value(*host.estimate, host.equal_share, host.n_outlets)
            for area, host in hosts.items()
            if host.estimate and host.equal_share
        }
    )
    judged = dict(hosts)
    for area, p_value in p_values.items():
        share, equal = judged[area].estimate, judged[area].equal_share
        above = share is not None and equal is not None and share[0] > equal
        verdict = ("above" if above else "below") if p_value < SIGNIFICANCE else "unclear"
        judged[area] = replace(judged[area], verdict=verdict)
    return judged


def _changed(hosts: dict[str, Host], before: dict[str, Host]) -> dict[str, Host]:
    differences: dict[str, tuple[float, float]] = {}
    for area, host in hosts.items():
        then = before.get(area)
        # Another set of compared countries is another share.
        if then is None or not (host.estimate and then.estimate) or host.compared != then.compared:
            continue
        difference, low, high = difference_interval(host.estimate, then.estimate)
        clusters = min(host.n_outlets, then.n_outlets)
        differences[area] = (difference, interval_p_value(difference, low, high, 0, clusters))
    p_values = holm({area: p_value for area, (_, p_value) in differences.items()})
    changed = dict(hosts)
    for area, (difference, _) in differences.items():
        clear = p_values[area] < SIGNIFICANCE
        change = ("rose" if difference > 0 else "fell") if clear else "unclear"
        changed[area] = replace(
            changed[area], change=change, difference=difference, before=before[area].estimate
        )
    return changed


def _ordered(hosts: dict[str, Host]) -> tuple[Host, ...]:
    def place(host: Host) -> tuple[bool, bool, int, str]:
        return (host.area != WORLD, host.estimate is None, -host.n_documents, host.area)

    return tuple(sorted(hosts.values(), key=place))
