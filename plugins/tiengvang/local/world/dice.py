"""Chance that falls the same way on every machine and Python version."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Weighted(Generic[Item]):
    """Items with weights, prepared for many draws."""

    def __init__(self, items: Sequence[Item], weights: Sequence[float]) -> None:
        if len(items) != len(weights) or not items:
            raise ValueError(f"{len(items)} items and {len(weights)} weights")
        self.items = tuple(items)
        self.sums = tuple(accumulate(weights))


class Dice:
    """Draws from one named seed.

    Only ``random.Random.random`` is used: Python promises its sequence for a seed across versions,
    which it does not promise for ``choice``, ``sample`` or ``gauss``. Nor is ``sum`` of floats the
    same on all versions (3.12 began to compensate): elsewhere in the world ``math.fsum`` is used.
    """

    def __init__(self, name: str) -> None:
        self.unit = random.Random(name).random  # noqa: S311

    def chance(self, probability: float) -> bool:
        """Return True with the given probability."""
        return self.unit() < probability

    def below(self, limit: int) -> int:
        """Return an integer, ``0 <= n < limit``."""
        return int(self.unit() * limit)

    def between(self, low: int, high: int) -> int:
        """Return an integer, ``low <= n <= high``."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, items: Sequence[Item]) -> Item:
        """Return one item, all equally likely."""
        return items[int(self.unit() * len(items))]

    def draw(self, weighted: Weighted[Item]) -> Item:
        """Return one item by its weight."""
        point = self.unit() * weighted.sums[-1]
        for item, upper in zip(weighted.items, weighted.sums, strict=True):
            if point < upper:
                return item
        return weighted.items[-1]

    def bell(self) -> float:
        """Return a draw with mean 0, variance 1 and a bell shape: a sum of four uniforms."""
        unit = self.unit
        return (unit() + unit() + unit() + unit() - 2.0) * 1.7320508075688772
