"""Bias and cover of the tone premium on planted worlds, and of the methods that were tried beside it.

``python -m benchmarks.tone_cover`` prints every design and method; ``make bench`` asks for the plain one.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from benchmarks.tone_worlds import COUNTRIES, DESIGNS, FOCUS, HOST_MOOD, tone_units
from scipy import stats

from tiengvang.measures.tone_premium import tone_premiums

Floats = npt.NDArray[np.float64]
ALONE, VS_PEERS = "premium", "premium_vs_peers"
BOOTSTRAPS = 499


@dataclass(frozen=True, slots=True)
class Cover:
    """How one method did over the worlds of one design that were not suppressed.

    ``bias`` and ``half_width`` (the median) are in standard deviations, ``cover`` in percent of worlds.
    """

    design: str
    families: int
    planted: float
    estimate: str
    method: str
    worlds: int
    bias: float
    cover: float
    half_width: float


def measure(
    worlds: int,
    families: Sequence[int] = (8, 20),
    premiums: Sequence[float] = (0.0, 1.0),
    designs: Sequence[str] = ("plain",),
) -> Iterator[Cover]:
    """Measure what the warehouse publishes: the premium of the focus and its difference from peers."""
    for design in designs:
        for n in families:
            for planted in premiums:
                units = tone_units(worlds, n, planted, DESIGNS[design])
                table = tone_premiums(units, frozenset(COUNTRIES), {})
                rows = table.loc[(table["country_code_iso3"] == FOCUS) & table[VS_PEERS].notna()]
                for estimate, truth in _truths(planted):
                    values = [rows[estimate + end].to_numpy() for end in ("", "_low", "_high")]
                    yield _cover((design, n, planted, estimate, "ours"), values, truth)


def measure_methods(worlds: int, families: int, planted: float, design: str) -> Iterator[Cover]:
    """Measure the methods that were not taken, on the same worlds.

    Percentile bootstrap and bootstrap-t resample families; CR0 takes the normal's quantile, CR1 the variance
    times G / (G - 1) and t with G - 1 degrees of freedom. None of them sees that families share stories.
    """
    units = tone_units(worlds, families, planted, DESIGNS[design])
    share, total = _family_sums(units, worlds, families)
    for estimate, truth in _truths(planted):
        contrast = np.zeros(len(COUNTRIES))
        contrast[0] = 1.0
        if estimate == VS_PEERS:
            contrast[1:] = -1.0 / (len(COUNTRIES) - 1)
        found = _intervals(share, total, contrast)
        for method, (values, low, high) in found.items():
            key = (design, families, planted, estimate, method)
            yield _cover(key, [values, low, high], truth)


def _truths(planted: float) -> tuple[tuple[str, float], ...]:
    return ((ALONE, HOST_MOOD + planted), (VS_PEERS, planted))


def _cover(key: tuple[str, int, float, str, str], values: Sequence[Floats], truth: float) -> Cover:
    estimate, low, high = values
    inside = (low <= truth) & (truth <= high)
    return Cover(
        *key,
        worlds=len(estimate),
        bias=float(np.mean(estimate - truth)),
        cover=100 * float(np.mean(inside)),
        half_width=float(np.median(high - low)) / 2,
    )


def _family_sums(units: pd.DataFrame, worlds: int, families: int) -> tuple[Floats, Floats]:
    """Return weight and weighted z per world, family and country."""
    world = units["source_country_code_iso3"].str.removeprefix("world ").astype(int).to_numpy()
    family = units["outlet_family"].str.removeprefix("f").astype(int).to_numpy()
    country = units["country_code_iso3"].map({c: i for i, c in enumerate(COUNTRIES)}).to_numpy()
    carriers = units.groupby("story_id")["z"].transform("size").to_numpy()
    cell = world * len(COUNTRIES) + country
    weight = 1 / carriers / np.bincount(cell, 1 / carriers)[cell]
    place = (world * families + family) * len(COUNTRIES) + country
    shape = (worlds, families, len(COUNTRIES))
    size = int(np.prod(shape))
    weights, sums = (
        np.bincount(place, w, size).reshape(shape).astype(np.float64)
        for w in (weight, weight * units["z"].to_numpy())
    )
    return weights, sums


def _intervals(
    share: Floats, total: Floats, contrast: Floats
) -> dict[str, tuple[Floats, Floats, Floats]]:
    """Return estimate, low and high per world, by method."""
    families = share.shape[1]
    mean = total.sum(axis=1)
    estimate = mean @ contrast
    se = np.sqrt((((total - share * mean[:, None, :]) @ contrast) ** 2).sum(axis=1))
    wide = stats.t.ppf(0.975, families - 1) * se * np.sqrt(families / (families - 1))
    narrow = stats.norm.ppf(0.975) * se
    drawn, pivots = _bootstrap(share, total, contrast, estimate)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=1)
    first, last = np.quantile(pivots, [0.025, 0.975], axis=1)
    return {
        "percentile bootstrap": (estimate, low, high),
        "bootstrap-t": (estimate, estimate - last * se, estimate - first * se),
        "CR0": (estimate, estimate - narrow, estimate + narrow),
        "CR1": (estimate, estimate - wide, estimate + wide),
    }


def _bootstrap(
    share: Floats, total: Floats, contrast: Floats, estimate: Floats
) -> tuple[Floats, Floats]:
    """Resample families; return estimates and studentised differences, (worlds, resamples)."""
    rng = np.random.default_rng(0)
    worlds, families, _ = share.shape
    drawn, pivots = np.empty((worlds, BOOTSTRAPS)), np.empty((worlds, BOOTSTRAPS))
    for w in range(worlds):
        times = rng.multinomial(families, np.full(families, 1 / families), BOOTSTRAPS)
        weight = times @ share[w]
        filled = np.where(weight > 0, weight, 1.0)
        mean = np.where(weight > 0, times @ total[w] / filled, total[w].sum(axis=0))
        scores = ((total[w] - share[w] * mean[:, None, :]) / filled[:, None, :]) @ contrast
        se = np.sqrt((times * scores**2).sum(axis=1))
        drawn[w] = mean @ contrast
        pivots[w] = (drawn[w] - estimate[w]) / np.where(se > 0, se, np.inf)
    return drawn, pivots


def main() -> None:
    """Print the table of designs and methods."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=1_000)
    worlds = parser.parse_args().worlds
    print(
        f"{'design':18}{'families':>9}{'planted':>8} {'estimate':17}{'method':21}  bias  cover  half-width"
    )
    for design in DESIGNS:
        for families in (8, 20):
            found = [*measure(worlds, (families,), designs=(design,))]
            found += measure_methods(worlds, families, 1.0, design)
            for c in found:
                print(
                    f"{c.design:18}{c.families:9}{c.planted:8.0f} {c.estimate:17}{c.method:21}"
                    f"{c.bias:6.3f}{c.cover:7.1f}{c.half_width:12.2f}  n={c.worlds}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
