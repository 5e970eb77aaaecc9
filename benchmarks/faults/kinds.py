"""A kind of fault: what is done to the data, and which rule of which door is expected to hold it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Where = Literal["reader", "raw", "marts", "edition"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fault.

    ``seed`` breaks files in a world's folder. ``rule`` is the suite and column of the expectation that is
    to fail or, where the reader refuses the file, words of its reason. ``sources`` are read afterwards.
    """

    name: str
    done_en: str
    done_vi: str
    where: Where
    rule: str
    seed: Callable[[Path], object]
    sources: tuple[str, ...] = ("gdelt",)
