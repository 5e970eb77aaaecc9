"""Share of voice: sets of countries, sums, invariances, and the cover of its interval."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tiengvang.measures.attention import COLUMNS, share_of_voice

COMPARED = frozenset({"VNM", "THA", "IDN"})
KEY = ["source_country_code_iso3", "stream", "country_code_iso3"]


@st.composite
def counts(draw: st.DrawFn) -> pd.DataFrame:
    rows = []
    sources = draw(st.lists(st.sampled_from(["FRA", "DEU", "THA", None]), min_size=1, unique=True))
    for source in sources:
        for stream in draw(st.sampled_from([["english"], ["english", "translation"]])):
            for outlet in range(draw(st.integers(1, 5))):
                n = draw(st.integers(50, 400))
                for country in sorted(COMPARED):
                    x = draw(st.integers(0, n // 4))
                    rows.append((country, source, stream, f"{source}-{outlet}.example", x, n))
    return frame(rows)


def frame(rows: list[tuple]) -> pd.DataFrame:
    columns = ["country_code_iso3", "source_country_code_iso3", "stream", "outlet_family"]
    return pd.DataFrame(rows, columns=[*columns, "x", "n"])


@settings(max_examples=20)
@given(counts())
def test_shares_of_a_source_sum_to_1_and_lie_in_their_intervals(given_counts):
    table = share_of_voice(given_counts, COMPARED)
    assert list(table.columns) == COLUMNS
    assert not table.duplicated(KEY).any()
    for _, rows in table.groupby(KEY[:2]):
        assert set(rows["country_code_iso3"]) == set(rows["compared_countries"].iloc[0])
        for column in ("sov_balanced", "sov_pooled"):
            total = rows[column].sum(skipna=False)
            assert np.isnan(total) if not rows["x"].sum() else total == pytest.approx(1)
    known = table.dropna(subset=["sov_balanced_low"])
    assert (known["sov_balanced_low"] <= known["sov_balanced"] + 1e-9).all()
    assert (known["sov_balanced_high"] >= known["sov_balanced"] - 1e-9).all()
    assert known["sov_balanced_low"].between(0, 1).all()
    assert known["sov_balanced_high"].between(0, 1).all()
    assert (known["n_outlets"] > 1).all()


@settings(max_examples=15)
@given(counts(), st.integers(0, 99))
def test_neither_the_order_of_rows_nor_the_names_of_outlets_matter(given_counts, seed):
    table = share_of_voice(given_counts, COMPARED)
    shuffled = given_counts.sample(frac=1, random_state=seed)
    assert_frame_equal(share_of_voice(shuffled, COMPARED), table)
    renamed = given_counts.assign(
        outlet_family=given_counts["outlet_family"].map(lambda v: v[::-1])
    )
    assert_frame_equal(share_of_voice(renamed, COMPARED), table, rtol=1e-9)


def test_a_compared_host_leaves_its_own_set_and_the_world():
    rows = [
        (country, source, "english", f"{source}-{i}", 1 + i, 100)
        for source in ("THA", "FRA", None)
        for i in range(3)
        for country in sorted(COMPARED)
    ]
    table = share_of_voice(frame(rows), COMPARED).set_index(KEY)
    assert ("THA", "english", "THA") not in table.index
    assert table.loc[("THA", "english", "VNM"), "compared_countries"] == ["IDN", "VNM"]
    assert table.loc[("THA", "english", "VNM"), "sov_balanced"] == pytest.approx(0.5)
    assert table.loc[("FRA", "english", "VNM"), "compared_countries"] == sorted(COMPARED)
    assert table.loc[("world", "english", "VNM"), "n_outlets"] == 3
    assert table.loc[("unknown", "english", "VNM"), "n_outlets"] == 3


def test_equal_outlets_give_rates_per_10_000_and_small_ones_are_left_out():
    rows = [("VNM", "FRA", "english", f"o{i}", 2, 100) for i in range(4)]
    rows += [("THA", "FRA", "english", "o0", 8, 100), ("VNM", "FRA", "english", "small", 40, 49)]
    table = share_of_voice(frame(rows), COMPARED).set_index(KEY)
    focus = table.loc[("FRA", "english", "VNM")]
    assert (focus["n_outlets"], focus["x"], focus["n"]) == (4, 8, 400)
    assert focus["attention_balanced"] == pytest.approx(200)
    assert focus["attention_pooled"] == pytest.approx(200)
    assert focus["sov_pooled"] == pytest.approx(0.5)
    assert table.loc[("FRA", "english", "THA"), "attention_pooled"] == pytest.approx(200)


def test_a_large_outlet_does_not_speak_for_its_host():
    rows = [("VNM", "FRA", "english", "large", 2_000, 20_000)]
    rows += [("VNM", "FRA", "english", f"o{i}", 10, 1_000) for i in range(9)]
    rows += [("THA", "FRA", "english", f"o{i}", 20, 1_000) for i in range(9)]
    table = share_of_voice(frame(rows), COMPARED).set_index(KEY)
    focus = table.loc[("FRA", "english", "VNM")]
    assert focus["attention_pooled"] == pytest.approx(10_000 * 2_090 / 29_000)
    assert focus["attention_balanced"] < focus["attention_pooled"] / 2


def test_all_streams_count_a_family_once():
    rows = [
        ("VNM", "FRA", stream, f"o{i}", x, n)
        for i in range(3)
        for stream, x, n in (("english", 3, 300), ("translation", 7, 100))
    ]
    table = share_of_voice(frame(rows), COMPARED).set_index(KEY)
    both = table.loc[("FRA", "all", "VNM")]
    assert (both["n_outlets"], both["x"], both["n"]) == (3, 30, 1_200)
    assert both["attention_balanced"] == pytest.approx(10_000 * 30 / 1_200)


def test_silence_has_no_share():
    rows = [(c, "FRA", "english", f"o{i}", 0, 100) for i in range(3) for c in sorted(COMPARED)]
    table = share_of_voice(frame(rows), COMPARED)
    assert (table["attention_balanced"] == 0).all()
    assert table[["sov_balanced", "sov_balanced_low", "sov_balanced_high"]].isna().all(axis=None)
    assert share_of_voice(frame([]), COMPARED).empty


@pytest.mark.parametrize("outlets", [5, 8, 20])
def test_intervals_hold_the_true_share(outlets: int):
    """Outlets' rates vary threefold beyond chance; the interval may be wide, not wrong."""
    rng = np.random.default_rng(outlets)
    hosts, rates = 300, {"IDN": 0.02, "THA": 0.015, "VNM": 0.008}
    shape = (hosts, outlets)
    n = np.maximum(50, np.exp(rng.normal(5.3, 1.0, shape))).astype(int)
    regional = rng.gamma(1 / 0.3, 0.3, shape)
    parts = []
    for country, rate in rates.items():
        latent = np.minimum(0.9, regional * rng.gamma(300 * rate, 1 / 300, shape))
        host, outlet = np.indices(shape)
        part = {"source_country_code_iso3": np.char.mod("h%d", host.ravel())}
        part["outlet_family"] = np.char.mod("o%d", (host * outlets + outlet).ravel())
        part |= {"x": rng.binomial(n, latent).ravel(), "n": n.ravel()}
        parts.append(pd.DataFrame(part).assign(country_code_iso3=country, stream="english"))
    table = share_of_voice(pd.concat(parts), COMPARED).set_index("source_country_code_iso3")
    rows = table.loc[(table["country_code_iso3"] == "VNM") & (table["stream"] == "english")]
    rows = rows.drop(index="world")
    truth = rates["VNM"] / sum(rates.values())
    inside = (rows["sov_balanced_low"] <= truth) & (truth <= rows["sov_balanced_high"])
    assert len(rows) == hosts
    assert abs(rows["sov_balanced"].mean() - truth) < 0.02
    assert 0.90 <= inside.mean() <= 0.995
    world = table.loc["world"].set_index(["country_code_iso3", "stream"]).loc[("VNM", "english")]
    assert world["sov_balanced_low"] <= truth <= world["sov_balanced_high"]
