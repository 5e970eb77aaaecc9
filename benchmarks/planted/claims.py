"""What the analysis promises, section by section: each claim's worlds, figures and goals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks import tone_cover
from benchmarks.planted import anomalies, lead_lag, tone_shifts, uplift
from benchmarks.planted.shown import Goal, Row, binomial, rate_per_hundred, share

NOMINAL = 95.0
POINTS = 2.0
FEW_DONORS = 8


@dataclass(frozen=True, slots=True)
class Size:
    """How many worlds of each kind."""

    pairs: int
    first_months: tuple[str, ...]
    events: int
    other_events: int
    story_worlds: int
    tone_worlds: int
    premium_worlds: int


# 148, 120, 95, 84, 72 and 60 months outside those of closed borders
FULL = Size(
    pairs=600,
    first_months=("2012-01", "2014-05", "2016-06", "2017-05", "2018-05", "2019-05"),
    events=600,
    other_events=200,
    story_worlds=10,
    tone_worlds=10,
    premium_worlds=1_000,
)
REDUCED = Size(
    pairs=100,
    first_months=("2012-01", "2019-05"),
    events=60,
    other_events=40,
    story_worlds=1,
    tone_worlds=1,
    premium_worlds=100,
)


def lead_rows(size: Size) -> Iterator[Row]:
    """Judge pairs of seasonal series, from the longest history to the shortest."""
    months = [lead_lag.measure(size.pairs, first) for first in size.first_months]
    for found in months:
        yield _of_pairs(
            found, "false", "unrelated pairs that pass for a lead", found.false_leads, 7
        )
    for found in months:
        yield _of_pairs(
            found, "raw", "unrelated pairs that the raw habit calls a lead", found.false_leads_raw
        )
    for found in months:
        name = "planted lead found at its lag"
        yield _of_pairs(found, "found", name, found.found, least=90)
    for found in months:
        name = "planted lead found, judged with as many unrelated pairs"
        yield _of_pairs(found, "mixed", name, found.found_among_all, least=90)
    for found in months:
        name = "planted lead found by a test that knows the surprises"
        yield _of_pairs(found, "known", name, found.found_if_known)
    for found in months:
        yield share(
            f"discoveries_{found.unmasked_months}",
            f"unrelated pairs among what is found, {found.unmasked_months} months",
            found.false_discoveries,
            found.discoveries,
            "discoveries",
            # the procedure promises at most 5 % of a hundred runs' mean: one run is a sample of it
            Goal(most=binomial(found.discoveries, 0.05).most),
        )


def _of_pairs(
    found: lead_lag.Found,
    key: str,
    name: str,
    percent: float,
    most: float | None = None,
    least: float | None = None,
) -> Row:
    goal = Goal(most=most) if most is not None else Goal(least=least) if least is not None else None
    months = found.unmasked_months
    return share(f"{key}_{months}", f"{name}, {months} months", percent, found.pairs, "pairs", goal)


def uplift_rows(size: Size) -> Iterator[Row]:
    """Judge events with an uplift and without one."""
    found = uplift.measure(size.events)
    n, n_null = found.answered, found.answered_null
    for key, name, error, goal in (
        ("error", "error of the uplift (root mean square), log points", found.error, 0.35),
        (
            "difference",
            "error of difference-in-differences, log points",
            found.error_of_difference,
            None,
        ),
    ):
        sure = error / (2 * n) ** 0.5
        yield Row(key, name, error, sure, f"{n} events", goal=Goal(most=goal) if goal else None)
    yield share("clear", "uplift found: clear", found.found_clear, n, "events")
    yield share("any", "uplift found: clear or possible", found.found_at_all, n, "events")
    nominal = binomial(n_null, 1 - found.level / 100)
    rate = f"(nominal {100 - found.level:.1f} %)"
    for key, name, percent, goal_of in (
        ("space", f"nothing there: `p_space` at most 0.05 {rate}", found.null_by_rank, nominal),
        ("no_zero", f"nothing there: interval without 0 {rate}", found.null_by_interval, nominal),
        ("null_clear", "nothing there: clear", found.null_clear, None),
        ("null_any", "nothing there: clear or possible", found.null_at_all, None),
    ):
        yield share(key, name, percent, n_null, "events", goal_of)
    within = Goal(found.level - POINTS, found.level + POINTS)
    name = f"interval holds the truth (nominal {found.level:.1f} %)"
    yield share("cover", name, found.cover, n + n_null, "events", within)
    yield share("unanswered", "no answer", found.unanswered, 2 * found.worlds, "events")
    yield from _other_uplift_rows(size.other_events)


def _other_uplift_rows(worlds: int) -> Iterator[Row]:
    refused = uplift.measure_few_donors(worlds, FEW_DONORS)
    name = f"{FEW_DONORS} donors: cannot tell at 5 %"
    yield share("few_donors", name, refused, worlds, "events", Goal(least=100))
    spilled, drifting = uplift.measure_spill(worlds), uplift.measure_drift(worlds)
    sure = spilled.spread / worlds**0.5
    shared = f"{uplift.PARTNERS} of {uplift.DONORS} donors share the effect: mean error"
    for key, name, bias in (
        ("excluded", f"{shared} if they are left out, log points", spilled.bias_excluded),
        ("included", f"{shared} if they are not", spilled.bias_included),
    ):
        yield Row(key, name, bias, sure, f"{worlds} events")
    wanders = "the country wanders by itself, no event:"
    yield share(
        "drift", f"{wanders} `p_space` at most 0.05", drifting.null_by_rank, worlds, "events"
    )
    yield share("drift_clear", f"{wanders} clear", drifting.null_clear, worlds, "events")


def anomaly_rows(size: Size) -> Iterator[Row]:
    """Judge quiet series-days and spikes of one day."""
    found = anomalies.measure(size.story_worlds)
    ways = (
        ("own", "", found.own_history, True),
        ("other", "calibrated on other worlds: ", found.other_worlds, True),
        ("weeks", "this week over the last one instead: ", found.week_ratio, False),
    )
    for way, before, rates, is_ours in ways:
        goals = (Goal(most=1.2), Goal(least=45), Goal(least=42)) if is_ours else (None,) * 3
        name = f"{before}false alarms per 100 quiet series-days"
        yield rate_per_hundred(
            f"alarms_{way}", name, rates.false_alarms, found.series_days, goals[0]
        )
        for history, recall, goal in (
            ("clean", rates.recall_clean, goals[1]),
            ("contaminated", rates.recall_contaminated, goals[2]),
        ):
            name = f"{before}spikes found, {history} history"
            yield share(f"{history}_{way}", name, 100 * recall, found.spikes, "spikes", goal)


def shift_rows(size: Size) -> Iterator[Row]:
    """Judge quiet tone premiums and ones that move and stay."""
    found = tone_shifts.measure(size.tone_worlds)
    for key, name, rate in (
        ("onsets", "shifts begun per 100 quiet series-days", found.false_onsets),
        ("shift_days", "days under a shift per 100 quiet series-days", found.false_days),
    ):
        yield rate_per_hundred(key, name, rate, found.series_days)
    name = f"shifts seen within {tone_shifts.SEEN_WITHIN} days"
    yield share("shifts", name, 100 * found.recall, found.shifts, "shifts")


def premium_rows(size: Size) -> Iterator[Row]:
    """Ask how often the intervals of tone premiums hold what was planted."""
    within = Goal(NOMINAL - POINTS, NOMINAL + POINTS)
    for cover in tone_cover.measure(size.premium_worlds):
        what = "difference from peers" if cover.estimate == tone_cover.VS_PEERS else "premium"
        key = f"{cover.estimate}_{cover.families}_{cover.planted:.0f}"
        name = f"interval of the {what}, {cover.families} families, planted {cover.planted:.0f}"
        yield share(key, name, cover.cover, cover.worlds, "worlds", within)
