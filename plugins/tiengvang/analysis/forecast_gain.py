"""Would knowing the coverage have helped to forecast? Asked of months that the fit had not seen."""

from __future__ import annotations

import numpy as np

from tiengvang.analysis.prewhiten import Floats

LEAST_TRAINING = 24
LEAST_FORECASTS = 24


def forecast_gain(logs: Floats, lag: int, periods_per_year: int) -> float | None:
    """Return the share of a seasonal-naive forecast's squared error that the leading series takes away.

    The naive forecast of a period is the value a year before. The other adds a slope times the leading
    series' change over a year, ``lag`` periods before; the slope is fitted at each period anew to what was
    known before it. Negative: the leading series made it worse.

    Args:
        logs: (n, 2) logarithms of the leading series and of the outcome, NaN where unknown.
        lag: in periods, at least 1.
        periods_per_year: 12 or 4.

    Returns:
        1 - (mean squared error with / without), at most 1; None under 24 forecasts after 24 fitted ones.
    """
    change = logs[periods_per_year:] - logs[:-periods_per_year]
    led, moved = change[: len(change) - lag, 0], change[lag:, 1]
    both = ~np.isnan(led) & ~np.isnan(moved)
    led, moved = led[both], moved[both]
    if len(led) < LEAST_TRAINING + LEAST_FORECASTS:
        return None
    # sums of what was known before each period
    products, squares = np.cumsum(led * moved)[:-1], np.cumsum(led**2)[:-1]
    slopes = products / np.where(squares > 0, squares, np.inf)
    errors = (moved[1:] - slopes * led[1:])[LEAST_TRAINING - 1 :]
    naive = moved[LEAST_TRAINING:]
    if not naive.any():
        return None
    return float(1 - (errors**2).mean() / (naive**2).mean())
