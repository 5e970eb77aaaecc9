"""Message gap: the divergence, its p-value, and what may be shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pandas.testing import assert_frame_equal

from tiengvang.measures.message_gap import (
    COLUMNS,
    LEAST_STORIES,
    UNDER_FOREIGN,
    UNDER_OWNED,
    js_divergence_bits,
    message_gaps,
    permutation_p_values,
)

PILLARS = ("culture", "economy", "security", "tourism")
MIX = arrays(np.float64, 4, elements=st.floats(0, 1)).filter(lambda v: v.sum() > 0.01)


def stories(
    side: str, source: str, n: int, mix: tuple[float, ...], *, language: str = "eng", seed: int = 0
) -> pd.DataFrame:
    """Stories of one or two pillars, drawn from a mix."""
    rng = np.random.default_rng([seed, n, len(side), len(source)])
    pillar = rng.choice(PILLARS, (n, 2), p=mix)
    rows = [
        (f"{side}-{source}-{language}-{i}", p, 0.5) for i, pair in enumerate(pillar) for p in pair
    ]
    columns = {"country_code_iso3": "VNM", "side": side, "source_country_code_iso3": source}
    return pd.DataFrame(rows, columns=["story_id", "pillar", "weight"]).assign(
        **columns, language_code_iso639_3=language
    )


def gaps(*parts: pd.DataFrame) -> pd.DataFrame:
    table = message_gaps(pd.concat(parts), PILLARS, "2026-07-06")
    assert list(table.columns) == COLUMNS
    return table.set_index(["source_country_code_iso3", "language_code_iso639_3", "pillar"])


@given(MIX, MIX)
def test_divergence_is_symmetric_and_between_0_and_1(a, b):
    p, q = a / a.sum(), b / b.sum()
    divergence = js_divergence_bits(p, q)
    assert 0 <= divergence <= 1
    assert js_divergence_bits(q, p) == pytest.approx(float(divergence), abs=1e-12)
    assert js_divergence_bits(p, p) == pytest.approx(0, abs=1e-12)


def test_divergence_of_known_mixes():
    assert js_divergence_bits(np.array([1.0, 0]), np.array([0, 1.0])) == pytest.approx(1)
    # H(0.75, 0.25) - (H(1, 0) + H(0.5, 0.5)) / 2 = 0.8113 - 0.5
    assert js_divergence_bits(np.array([1.0, 0]), np.array([0.5, 0.5])) == pytest.approx(
        0.3113, abs=1e-4
    )


def test_a_planted_gap_is_found_with_its_direction():
    table = gaps(
        stories("owned", "VNM", 150, (0.5, 0.2, 0.05, 0.25)),
        stories("foreign", "FRA", 200, (0.1, 0.4, 0.4, 0.1)),
    )
    rows = table.loc[("FRA", "eng")]
    assert rows["p"].sum() == pytest.approx(1)
    assert rows["q"].sum() == pytest.approx(1)
    assert rows["log_ratio"].to_numpy() == pytest.approx(np.log(rows["p"] / rows["q"]).to_numpy())
    assert rows.loc["culture", "log_ratio"] > 0.7 > 0 > -0.7 > rows.loc["security", "log_ratio"]
    assert (rows["p_value"] == 1 / 1_000).all()
    assert (rows.loc[["culture", "security"], "log_ratio_p_value"] < 0.01).all()
    assert rows["js_divergence_bits"].nunique() == 1
    assert table.loc[("world", "all", "culture"), "n_foreign_stories"] == 200


def test_a_pillar_that_one_side_lacks_keeps_half_a_story():
    table = gaps(
        stories("owned", "VNM", 100, (1.0, 0, 0, 0)), stories("foreign", "FRA", 148, (0, 1.0, 0, 0))
    )
    rows = table.loc[("FRA", "eng")]
    assert rows["p"].to_numpy() == pytest.approx(np.array([100.5, 0.5, 0.5, 0.5]) / 102)
    assert rows["q"].to_numpy() == pytest.approx(np.array([0.5, 148.5, 0.5, 0.5]) / 150)


def test_equal_mixes_give_uniform_p_values():
    rng = np.random.default_rng(3)
    overall, by_pillar = [], []
    for _ in range(150):
        mixes = rng.dirichlet((0.5, 0.5, 0.6, 0.4), 220)
        p_value, p_values = permutation_p_values(mixes[:100], mixes[100:], rng)
        overall.append(p_value)
        by_pillar.append(p_values.min())
    assert 0.42 < np.mean(overall) < 0.58
    assert np.mean(np.array(overall) <= 0.05) <= 0.10
    assert np.mean(np.array(by_pillar) <= 0.05) <= 0.10  # of all pillars together


def test_identical_mixes_of_30_stories_diverge_by_chance_alone():
    """Why 100 stories a side are asked for: eight pillars, one per story."""
    rng = np.random.default_rng(1)
    draws = rng.multinomial(30, np.full(8, 1 / 8), (2_000, 2)) + 0.5
    p, q = (draws / draws.sum(axis=2, keepdims=True)).transpose(1, 0, 2)
    assert 0.03 < js_divergence_bits(p, q).mean() < 0.10
    assert np.quantile(js_divergence_bits(p, q), 0.95) > 0.08


def test_thin_sides_are_suppressed_with_the_reason():
    mix = (0.25, 0.25, 0.25, 0.25)
    owned = stories("owned", "VNM", LEAST_STORIES, mix)
    foreign = stories("foreign", "FRA", LEAST_STORIES - 1, mix)
    rows = gaps(owned, foreign).loc[("FRA", "eng")]
    assert set(rows["suppressed_reason"]) == {UNDER_FOREIGN}
    assert rows[["p", "q", "log_ratio", "js_divergence_bits", "p_value"]].isna().all(axis=None)
    assert set(rows["n_foreign_stories"]) == {LEAST_STORIES - 1}
    few = gaps(stories("owned", "VNM", 99, mix), stories("foreign", "FRA", 300, mix))
    assert set(few["suppressed_reason"]) == {UNDER_OWNED}


def test_languages_are_compared_with_themselves_and_together():
    mix = (0.25, 0.25, 0.25, 0.25)
    table = gaps(
        stories("owned", "VNM", 120, mix),
        stories("foreign", "FRA", 110, mix, language="fra"),
        stories("foreign", "FRA", 105, mix, language="eng"),
    )
    assert {language for _, language, _ in table.index} == {"eng", "all"}
    assert table.loc[("FRA", "eng", "culture"), "n_foreign_stories"] == 105
    assert table.loc[("FRA", "all", "culture"), "n_foreign_stories"] == 215
    assert message_gaps(stories("foreign", "FRA", 200, mix), PILLARS, "w").empty


@settings(max_examples=5)
@given(st.integers(0, 2**32 - 1))
def test_order_weights_scale_and_copies_change_nothing(seed):
    owned = stories("owned", "VNM", 100, (0.4, 0.2, 0.2, 0.2), seed=seed)
    foreign = stories("foreign", "FRA", 100, (0.1, 0.3, 0.3, 0.3), seed=seed)
    weights = pd.concat([owned, foreign])
    table = message_gaps(weights, PILLARS, "w")
    shuffled = weights.sample(frac=1, random_state=seed % 1000)
    assert_frame_equal(message_gaps(shuffled, PILLARS, "w"), table)
    # a story counts once however many documents carry it
    scaled = weights.assign(weight=weights["weight"] * 8.0)
    assert_frame_equal(message_gaps(scaled, PILLARS, "w"), table)
