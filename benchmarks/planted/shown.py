"""A figure that planted worlds gave, how sure it is, and the goal it is held against."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import stats

# Another processor rounds otherwise, and a world then falls on the other side of a threshold. A third of a
# standard error is about one world of a hundred, two of six hundred.
TOLERANCE = 1 / 3
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Goal:
    """The range that a figure is to be in, both ends included."""

    least: float = -math.inf
    most: float = math.inf

    def holds(self, value: float) -> bool:
        """Say whether the figure is in the range."""
        return self.least - ROUNDING <= value <= self.most + ROUNDING

    def used(self, value: float) -> float:
        """Return how much of what the goal allows is used: 1 at its edge, more where it is missed."""
        if math.isinf(self.least):
            return value / self.most
        if math.isinf(self.most):
            return self.least / value if value else math.inf
        return abs(value - (self.least + self.most) / 2) / ((self.most - self.least) / 2)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        key: by which texts ask for it, unique in a document.
        name: in words.
        value: in ``unit``, as is the error.
        error: standard error over such worlds, each world (or day) taken as independent.
        sample: what it was measured on.
        unit: ``%`` or empty.
        decimals: that are printed.
        goal: none for what stands beside to be compared with.
    """

    key: str
    name: str
    value: float
    error: float
    sample: str
    unit: str = ""
    decimals: int = 2
    goal: Goal | None = None

    @property
    def printed(self) -> str:
        """Return the figure with its error."""
        return f"{self.figure} ± {self.error:.{self.decimals}f}"

    @property
    def figure(self) -> str:
        """Return the figure alone."""
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.value:.{self.decimals}f}{unit}"

    @property
    def asked(self) -> str:
        """Return the goal in words."""
        if self.goal is None:
            return ""
        unit = f" {self.unit}" if self.unit else ""
        if math.isinf(self.goal.least):
            return f"at most {round(self.goal.most, 2):g}{unit}"
        if math.isinf(self.goal.most):
            return f"at least {self.goal.least:g}{unit}"
        return f"{self.goal.least:.1f} to {self.goal.most:.1f}{unit}"

    @property
    def verdict(self) -> str:
        """Say whether the goal is met."""
        if self.goal is None:
            return ""
        return "met" if self.goal.holds(self.value) else "missed"

    def agrees(self, printed: float) -> bool:
        """Say whether another run's figure, as it was printed, is this one but for rounding."""
        rounding = 0.51 / 10.0**self.decimals
        return abs(self.value - printed) <= TOLERANCE * self.error + rounding


def share(key: str, name: str, percent: float, n: int, of: str, goal: Goal | None = None) -> Row:
    """Return the row of a share: so many per hundred of ``n``."""
    # none or all of n are no certainty: half a one more and half a one less
    rate = (percent / 100 * n + 0.5) / (n + 1)
    error = 100 * math.sqrt(rate * (1 - rate) / n)
    return Row(key, name, percent, error, f"{n:,} {of}", "%", 1, goal)


def rate_per_hundred(key: str, name: str, rate: float, n: int, goal: Goal | None = None) -> Row:
    """Return the row of a rate per hundred of ``n`` series-days."""
    error = 100 * math.sqrt(max(rate, 100 / n) / 100 / n)
    return Row(key, name, rate, error, f"{n:,} series-days", goal=goal)


def binomial(n: int, rate: float) -> Goal:
    """Return between which shares (per hundred of ``n``) 99 of 100 samples lie if the rate is true."""
    low, high = stats.binom.ppf([0.005, 0.995], n, rate)
    return Goal(100 * float(low) / n, 100 * float(high) / n)
