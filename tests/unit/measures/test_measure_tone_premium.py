"""Tone premium: guards, peers, regions, invariances."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tiengvang.measures.premium_estimates import PremiumModel
from tiengvang.measures.tone_premium import (
    COLUMNS,
    LEAST_FAMILIES,
    LEAST_STORIES,
    NOT_ENOUGH_STORIES,
    UNDER_FAMILIES,
    UNDER_STORIES,
    suppressed_reason,
    tone_premiums,
)

COMPARED = frozenset({"VNM", "THA", "IDN"})
REGIONS = {"FRA": "Western Europe", "DEU": "Western Europe", "JPN": "Eastern Asia"}


def coverage(
    country: str, host: str, stories: int, families: int, tone: float, seed: int = 0
) -> pd.DataFrame:
    """Stories of two families each; every family carries some."""
    rng = np.random.default_rng([seed, stories, families, ord(country[0]), ord(host[0])])
    story = np.repeat(np.arange(stories), 2)
    family = np.arange(2 * stories) % families
    return pd.DataFrame(
        {
            "country_code_iso3": country,
            "source_country_code_iso3": host,
            "stratum": "native",
            "story_id": [f"{country}-{host}-{s}" for s in story],
            "outlet_family": [f"{host}-{f}.example" for f in family],
            "z": tone + rng.normal(size=len(story)),
        }
    ).drop_duplicates(["story_id", "outlet_family"])


def premiums(*parts: pd.DataFrame) -> pd.DataFrame:
    table = tone_premiums(pd.concat(parts), COMPARED, REGIONS)
    assert list(table.columns) == COLUMNS
    return table.set_index(["source_country_code_iso3", "country_code_iso3"])


def test_families_are_averaged_within_a_story_then_stories():
    rows = [("s0", "a", 3.0), ("s0", "b", 1.0), ("s1", "a", 5.0)]
    units = pd.DataFrame(rows, columns=["story_id", "outlet_family", "z"])
    model = PremiumModel(units.assign(group=0, column=0), 1)
    estimate, low, high = model.interval(np.ones((1, 1)))
    assert estimate == pytest.approx([(2 + 5) / 2])
    assert low < estimate < high
    assert (model.estimates.n_stories[0, 0], model.estimates.n_families[0, 0]) == (2, 2)


def test_the_headline_subtracts_the_mean_of_the_peers_that_are_shown():
    table = premiums(
        coverage("VNM", "FRA", 40, 9, 1.0),
        coverage("THA", "FRA", 50, 9, 0.2),
        coverage("IDN", "FRA", 20, 9, -5.0),
    )
    focus, peer, thin = (table.loc[("FRA", country)] for country in ("VNM", "THA", "IDN"))
    assert focus["n_peers"] == 1
    assert focus["premium_vs_peers"] == pytest.approx(focus["premium"] - peer["premium"])
    assert peer["premium_vs_peers"] == pytest.approx(-focus["premium_vs_peers"])
    assert thin["suppressed_reason"] == UNDER_STORIES
    assert thin[[c for c in COLUMNS if c.startswith("premium")]].isna().all()
    assert thin["n_peers"] == 2  # it could be compared, were it shown itself


def test_without_a_peer_there_is_a_premium_and_no_difference():
    focus = premiums(coverage("VNM", "FRA", 40, 9, 1.0)).loc[("FRA", "VNM")]
    assert focus["suppressed_reason"] is None
    assert (focus["n_stories"], focus["n_families"], focus["n_peers"]) == (40, 9, 0)
    assert focus["premium_low"] < focus["premium"] < focus["premium_high"]
    assert np.isnan([focus["premium_vs_peers"], focus["premium_vs_peers_low"]]).all()


def test_suppressed_hosts_are_grouped_into_their_region():
    thin = [coverage("VNM", host, 20, 5, 1.0) for host in ("FRA", "DEU")]
    peer = [coverage("THA", host, 40, 9, 0.0) for host in ("FRA", "DEU", "JPN")]
    table = premiums(*thin, *peer, coverage("VNM", "JPN", 10, 4, 1.0))
    assert table.loc[("FRA", "VNM"), "suppressed_reason"] == UNDER_STORIES
    region = table.loc[("region:Western Europe", "VNM")]
    assert region["suppressed_reason"] is None
    assert (region["n_stories"], region["n_families"], region["n_peers"]) == (40, 10, 1)
    mean = pd.concat(thin).groupby("story_id")["z"].mean().mean()
    assert region["premium"] == pytest.approx(mean)
    assert table.loc[("region:Eastern Asia", "VNM"), "suppressed_reason"] == NOT_ENOUGH_STORIES
    assert table.loc[("region:Eastern Asia", "VNM"), "n_stories"] == 10
    assert ("region:Western Europe", "THA") not in table.index  # shown host by host


def test_a_host_without_a_region_is_in_none_and_a_country_is_no_news_at_home():
    table = premiums(coverage("VNM", "unknown", 5, 2, 0.0), coverage("THA", "THA", 40, 9, 0.0))
    assert list(table.index) == [("unknown", "VNM")]
    assert tone_premiums(
        pd.DataFrame(columns=list(coverage("VNM", "FRA", 1, 1, 0))), COMPARED, {}
    ).empty


def test_a_peer_leaves_the_region_of_its_own_press():
    regions = {"THA": "South-eastern Asia", "LAO": "South-eastern Asia"}
    parts = [coverage("VNM", host, 20, 5, 0.0) for host in ("THA", "LAO")]
    parts += [coverage("THA", "LAO", 40, 9, 0.0), coverage("IDN", "LAO", 40, 9, 0.0)]
    table = tone_premiums(pd.concat(parts), COMPARED, regions)
    rows = table.set_index(["source_country_code_iso3", "country_code_iso3"])
    assert rows.loc[("region:South-eastern Asia", "VNM"), "n_peers"] == 1


@given(st.integers(0, 200), st.integers(0, 40), st.integers(0, 50), st.integers(0, 10))
def test_more_stories_and_families_never_suppress(stories, families, more_stories, more_families):
    if suppressed_reason(stories, families) is None:
        assert suppressed_reason(stories + more_stories, families + more_families) is None
    assert (suppressed_reason(stories, families) is None) == (
        stories >= LEAST_STORIES and families >= LEAST_FAMILIES
    )
    assert suppressed_reason(LEAST_STORIES, LEAST_FAMILIES - 1) == UNDER_FAMILIES


@settings(max_examples=6)
@given(st.integers(0, 2**32 - 1), st.floats(-3, 3), st.floats(0.1, 10))
def test_order_names_and_scale_change_nothing_else(seed, shift, factor):
    rng = np.random.default_rng(seed)
    units = pd.concat(
        [
            coverage(country, "FRA", int(rng.integers(30, 50)), 9, 0.0, seed)
            for country in sorted(COMPARED)
        ]
    )
    table = tone_premiums(units, COMPARED, REGIONS)
    shuffled = units.sample(frac=1, random_state=seed % 1000)
    assert_frame_equal(tone_premiums(shuffled, COMPARED, REGIONS), table)
    renamed = units.assign(
        outlet_family=units["outlet_family"].map(lambda v: v[::-1]),
        story_id=units["story_id"].map(lambda v: v[::-1]),
    )
    assert_frame_equal(tone_premiums(renamed, COMPARED, REGIONS), table, rtol=1e-8)
    # the whole press in another mood: premiums move with it, differences from peers do not
    moved = tone_premiums(units.assign(z=units["z"] * factor + shift), COMPARED, REGIONS)
    for end in ("", "_low", "_high"):
        expected = table["premium" + end] * factor + shift
        assert np.allclose(moved["premium" + end], expected, atol=1e-7)
        column = "premium_vs_peers" + end
        assert np.allclose(moved[column], table[column] * factor, atol=1e-7)


def test_equal_units_have_no_interval():
    units = coverage("VNM", "FRA", 40, 9, 0.0).assign(z=0.25)
    row = tone_premiums(units, COMPARED, REGIONS).iloc[0]
    assert row["premium"] == pytest.approx(0.25)
    assert np.isnan(row["premium_low"]) or row["premium_high"] - row["premium_low"] < 1e-9
