"""How fast an office answers claims: cumulative incidence of statements, with open cases censored.

A case leaves the queue by a statement or by the decision to make none, whichever comes first; while it is
open, it is only known that it waited so long. Dropping the open cases makes an office look faster than it
is, and counting "no statement" as open makes it look slower for ever: both are outcomes that compete.
The estimator is that of Aalen and Johansen as ``statsmodels`` has it (``CumIncidenceRight``), with its
standard errors (Marubini and Valsecchi, Analysing Survival Data, 1995, section 10.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri
from statsmodels.duration.survfunc import CumIncidenceRight
from statsmodels.stats.proportion import proportion_confint

from tiengvang.measures.clusters import LEVEL

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

OPEN, STATEMENT, NO_STATEMENT = 0, 1, 2
OUTCOMES = {"open": OPEN, "statement": STATEMENT, "no_statement": NO_STATEMENT}
# With 5 cases a quarter of simulated logs gives no interval at the median, with 10 a few of a hundred, and
# those that are given hold the truth in 93 to 98 of 100.
LEAST_CASES = 10
TOO_FEW = f"under_{LEAST_CASES}_cases"
TOO_FEW_DECIDED = f"under_{LEAST_CASES}_decided"
NEVER, NOT_YET = "no_statement_too_often", "not_yet_reached"
Z = float(ndtri((1 + LEVEL) / 2))
# Hours since a claim was seen at which a curve is told: each hour of three days, then every sixth hour of
# two weeks, then days: of a curve of a year at most 470 points, however many cases.
HOURS_TOLD = np.unique(
    np.concatenate([np.arange(0, 73), np.arange(72, 337, 6), np.arange(336, 8785, 24)])
).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Incidence:
    """A step curve: the estimated share of cases that had an outcome by each of its times.

    ``hours`` rises; all arrays have its length. ``low`` and ``high`` are 95 % limits between 0 and 1, NaN
    where the estimator has no standard error: before the first such outcome, and at a last step that leaves
    nobody waiting.
    """

    hours: Floats
    share: Floats
    low: Floats
    high: Floats

    def at(self, hours: Floats) -> Incidence:
        """Read the curve at other times: 0 before its first step, the last value behind its last one."""
        step = np.searchsorted(self.hours, hours, side="right") - 1
        before = step < 0

        def read(values: Floats, start: float) -> Floats:
            return np.where(before, start, values[np.maximum(step, 0)])

        return Incidence(
            hours, read(self.share, 0.0), read(self.low, np.nan), read(self.high, np.nan)
        )

    def reaches(self, share: float) -> tuple[float, float, float]:
        """Return the first time at which the curve is at ``share``, and the limits of that time.

        The limits are the times at which the curve's upper and lower limit are there (Brookmeyer and
        Crowley, Biometrics 38, 1982). NaN: it never is.
        """
        return (
            self._first(self.share, share),
            self._first(self.high, share),
            self._first(self.low, share),
        )

    def _first(self, values: Floats, share: float) -> float:
        # the sum of steps of 1/n misses a half by the last bit
        reached = np.flatnonzero(values >= share - 1e-9)
        return float(self.hours[reached[0]]) if len(reached) else float("nan")


def cumulative_incidence(hours: Floats, outcome: Integers) -> tuple[Incidence, Incidence]:
    """Estimate the cumulative incidence of statements and of decisions to make none.

    Args:
        hours: (cases,), since the claim was seen: until the outcome, or until it was last known to be open.
        outcome: (cases,), ``OPEN``, ``STATEMENT`` or ``NO_STATEMENT``.

    Raises:
        ValueError: there is no case, a time is negative or not finite, or an outcome is another number.
    """
    if not len(hours) or not np.all(np.isfinite(hours)) or np.any(hours < 0):
        raise ValueError("expected at least one case, and finite hours from 0")
    if not np.all(np.isin(outcome, (OPEN, STATEMENT, NO_STATEMENT))):
        raise ValueError("expected outcomes 0, 1 or 2")
    with np.errstate(divide="ignore", invalid="ignore"):
        fitted = CumIncidenceRight(hours, outcome)
    return _incidence(fitted, STATEMENT), _incidence(fitted, NO_STATEMENT)


def _incidence(fitted: CumIncidenceRight, outcome: int) -> Incidence:
    times = np.asarray(fitted.times, dtype=np.float64)
    if outcome > len(fitted.cinc):  # it did not happen, nor did any that is numbered higher
        nothing = np.full(len(times), np.nan)
        return Incidence(times, np.zeros(len(times)), nothing, nothing)
    share = np.clip(np.asarray(fitted.cinc[outcome - 1], dtype=np.float64), 0, 1)
    error = np.asarray(fitted.cinc_se[outcome - 1], dtype=np.float64)
    return Incidence(times, share, *_limits(share, error))


def _limits(share: Floats, error: Floats) -> tuple[Floats, Floats]:
    """Return limits on the scale of log(-log(share)), which keeps them between 0 and 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        half = Z * error / np.abs(share * np.log(share))
        low, high = share ** np.exp(half), share ** np.exp(-half)
    has_width = np.isfinite(half) & (half > 0)
    return np.where(has_width, low, np.nan), np.where(has_width, high, np.nan)


def response_clock(cases: pd.DataFrame) -> dict[str, Any]:
    """Return one row: counts, median and 90th percentile of the wait, and the share within target.

    ``cases`` has a row per case with ``hours`` and ``outcome`` as `cumulative_incidence` takes them, but
    outcomes by name, ``target_hours`` (NaN: no target was in force when the claim was seen) and
    ``decision`` (None: undecided). With ``u = hours / target_hours`` the share within target is the
    cumulative incidence of statements at u = 1: an open case younger than its own target is censored,
    one that is older is late. Quantities are NaN where a ``..._reason`` says why.
    """
    hours = cases["hours"].to_numpy(dtype=np.float64)
    outcome = cases["outcome"].map(OUTCOMES).to_numpy(dtype=np.int64)
    row: dict[str, Any] = {
        "n_cases": len(cases),
        "n_open": int(np.sum(outcome == OPEN)),
        "n_statements": int(np.sum(outcome == STATEMENT)),
        "n_no_statement": int(np.sum(outcome == NO_STATEMENT)),
        "n_decided": int(cases["decision"].notna().sum()),
        "n_correct_ourselves": int(np.sum(cases["decision"] == "correct_ourselves")),
        "suppressed_reason": None if len(cases) >= LEAST_CASES else TOO_FEW,
    }
    curves = None if row["suppressed_reason"] else cumulative_incidence(hours, outcome)
    for name, share in (("median", 0.5), ("p90", 0.9)):
        row |= _quantile(name, share, curves)
    target = cases["target_hours"].to_numpy(dtype=np.float64)
    has_target = np.isfinite(target)
    return (
        row
        | _within_target((hours / target)[has_target], outcome[has_target])
        | _own_errors(row["n_correct_ourselves"], row["n_decided"])
    )


def response_curve(cases: pd.DataFrame) -> pd.DataFrame:
    """Return both curves at the hours told where one of them steps, and at the first and last.

    Empty if there are too few cases. Each point holds until the next one, and nothing is told behind the
    longest wait. Columns: ``hours``, ``n_waiting`` (cases known to have waited longer), and per outcome
    its share with limits.
    """
    hours = cases["hours"].to_numpy(dtype=np.float64)
    if len(cases) < LEAST_CASES:
        return pd.DataFrame()
    told = HOURS_TOLD[: np.searchsorted(HOURS_TOLD, hours.max(), side="right")]
    outcome = cases["outcome"].map(OUTCOMES).to_numpy(dtype=np.int64)
    statement, silence = (curve.at(told) for curve in cumulative_incidence(hours, outcome))
    steps = np.diff(statement.share, prepend=-1.0) + np.diff(silence.share, prepend=-1.0) > 0
    steps[-1] = True
    waiting = len(hours) - np.searchsorted(np.sort(hours), told, side="right")
    return pd.DataFrame(
        {
            "hours": told.astype(np.int64),
            "n_waiting": waiting,
            "statement_share": statement.share,
            "statement_share_low": statement.low,
            "statement_share_high": statement.high,
            "no_statement_share": silence.share,
            "no_statement_share_low": silence.low,
            "no_statement_share_high": silence.high,
        }
    )[steps]


def _quantile(
    name: str, share: float, curves: tuple[Incidence, Incidence] | None
) -> dict[str, Any]:
    value, low, high = (np.nan,) * 3
    reason: str | None = TOO_FEW
    if curves is not None:
        statement, silence = curves
        value, low, high = statement.reaches(share)
        reason = None
        if np.isnan(value):
            can_reach = silence.share[-1] <= 1 - share + 1e-9
            low, high, reason = np.nan, np.nan, NOT_YET if can_reach else NEVER
    return {
        f"{name}_hours": value,
        f"{name}_hours_low": low,
        f"{name}_hours_high": high,
        f"{name}_reason": reason,
    }


def _within_target(u: Floats, outcome: Integers) -> dict[str, Any]:
    row: dict[str, Any] = {
        "n_with_target": len(u),
        "within_target_share": np.nan,
        "within_target_share_low": np.nan,
        "within_target_share_high": np.nan,
        "no_statement_within_target_share": np.nan,
        "within_target_reason": None,
    }
    if len(u) < LEAST_CASES:
        return row | {"within_target_reason": TOO_FEW if len(u) else "no_target"}
    statement, silence = (
        curve.at(np.array([1 + 1e-9])) for curve in cumulative_incidence(u, outcome)
    )
    if u.max() < 1 and np.any(outcome[u == u.max()] == OPEN):
        return row | {"within_target_reason": NOT_YET}
    return row | {
        "within_target_share": float(statement.share[0]),
        "within_target_share_low": float(statement.low[0]),
        "within_target_share_high": float(statement.high[0]),
        "no_statement_within_target_share": float(silence.share[0]),
    }


def _own_errors(n_errors: int, n_decided: int) -> dict[str, Any]:
    """Return the share of decided cases in which the office corrects itself, with Wilson's interval."""
    share, low, high = (np.nan,) * 3
    if n_decided >= LEAST_CASES:
        share = n_errors / n_decided
        low, high = proportion_confint(
            n_errors, n_decided, alpha=round(1 - LEVEL, 12), method="wilson"
        )
    return {
        "own_error_share": share,
        "own_error_share_low": float(low),
        "own_error_share_high": float(high),
        "own_error_reason": None if n_decided >= LEAST_CASES else TOO_FEW_DECIDED,
    }
