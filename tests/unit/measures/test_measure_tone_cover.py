"""Planted premiums of 0 and 1, at 8 and 20 outlet families: bias and cover over 200 worlds each."""

from __future__ import annotations

import pytest
from benchmarks.tone_cover import measure, measure_methods

WORLDS = 200


@pytest.mark.parametrize("families", [8, 20])
def test_bias_is_small_and_intervals_cover(families: int):
    found = list(measure(WORLDS, families=(families,)))
    assert {(c.planted, c.estimate) for c in found} == {
        (planted, estimate)
        for planted in (0.0, 1.0)
        for estimate in ("premium", "premium_vs_peers")
    }
    for cover in found:
        assert cover.worlds > 0.9 * WORLDS, cover
        assert abs(cover.bias) < 0.1, cover
        assert 90 <= cover.cover <= 99, cover


def test_a_story_that_many_families_carry_is_no_independent_evidence():
    """The two-way part is needed: where stories differ most, clusters of families alone fall short."""
    (ours,) = (
        c
        for c in measure(WORLDS, (8,), (1.0,), ("stories above all",))
        if c.estimate == "premium_vs_peers"
    )
    others = {
        c.method: c.cover
        for c in measure_methods(WORLDS, 8, 1.0, "stories above all")
        if c.estimate == "premium_vs_peers"
    }
    assert 90 <= ours.cover <= 99
    assert others["CR1"] < ours.cover - 4
    assert others["percentile bootstrap"] < 85
