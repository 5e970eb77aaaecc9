"""Tone premium: is the tone about a country colder than what the same outlets say about others?

The estimates and their intervals are those of ``premium_estimates``. The interval was chosen by measurement
on worlds made document by document (``benchmarks/tone_cover.py``), 1,000 for each of 9 designs, 8 and 20
families, planted premiums of 0 and 1. Bias is at most 0.013. Intervals hold the planted value in 94.9 to 96.7
of 100 worlds of the plain design and in 92.9 to 97.6 of all; those of a percentile bootstrap by family in 74
to 92, of bootstrap-t in 83 to 95, of CR1 in 84 to 94. So 8 families stay the least.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from tiengvang.measures.premium_estimates import PremiumModel

Flags = npt.NDArray[np.bool_]
LEAST_STORIES = 30
LEAST_FAMILIES = 8
UNDER_STORIES = f"under_{LEAST_STORIES}_stories"
UNDER_FAMILIES = f"under_{LEAST_FAMILIES}_families"
NOT_ENOUGH_STORIES = "not_enough_stories"
REGION_PREFIX = "region:"
PLACE = ["source_country_code_iso3", "stratum"]
COLUMNS = [
    "country_code_iso3",
    *PLACE,
    "n_stories",
    "n_families",
    "n_peers",
    "premium",
    "premium_low",
    "premium_high",
    "premium_vs_peers",
    "premium_vs_peers_low",
    "premium_vs_peers_high",
    "suppressed_reason",
]


def suppressed_reason(n_stories: int, n_families: int) -> str | None:
    """Say why a premium over so many stories and outlet families may not be shown; None when it may."""
    if n_stories < LEAST_STORIES:
        return UNDER_STORIES
    return UNDER_FAMILIES if n_families < LEAST_FAMILIES else None


def tone_premiums(
    units: pd.DataFrame, compared: frozenset[str], regions: Mapping[str, str]
) -> pd.DataFrame:
    """Return the premiums of one window: one row per country, host (or region of hosts) and stratum.

    Args:
        units: country_code_iso3, source_country_code_iso3, stratum, story_id, outlet_family, z; one row per
            combination. Rows without z, of countries that are not compared, and of a country in its own
            press are left out.
        compared: ISO 3 codes of focus and peers; the peers of each are the others.
        regions: region name by host.

    Returns:
        ``COLUMNS``, sorted by the first three, so the same for any order of rows. Premiums are in
        standard deviations of the outlet's own foreign coverage. ``premium_vs_peers`` subtracts the mean
        premium of the ``n_peers`` peers that are not suppressed in that place; it is NaN without one.
        Hosts where a country is suppressed are grouped into ``region:<name>``; a region that still
        has too few of them says ``not_enough_stories``.
    """
    kept = (
        units["z"].notna()
        & units["country_code_iso3"].isin(list(compared))
        & (units["country_code_iso3"] != units["source_country_code_iso3"])
    )
    units = units.loc[kept]
    hosts = _estimate(units.assign(focal="", place=units["source_country_code_iso3"]), compared)
    by_region = _estimate(_regional_units(units, hosts, regions), compared)
    has_few_stories = by_region["suppressed_reason"] == UNDER_STORIES
    by_region.loc[has_few_stories, "suppressed_reason"] = NOT_ENOUGH_STORIES
    table = pd.concat([hosts, by_region]) if len(by_region) else hosts
    return table.sort_values(COLUMNS[:3], ignore_index=True)


def _regional_units(
    units: pd.DataFrame, hosts: pd.DataFrame, regions: Mapping[str, str]
) -> pd.DataFrame:
    """Return the units of regions: for each focal country, those of the hosts that are suppressed for it.

    A peer whose own press is among a region's hosts leaves it: it would be measured without that press.
    """
    thin = hosts.loc[hosts["suppressed_reason"].notna(), ["country_code_iso3", *PLACE]]
    thin = thin.rename(columns={"country_code_iso3": "focal"})
    thin["place"] = thin["source_country_code_iso3"].map(dict(regions))
    thin = thin.dropna(subset=["place"])
    thin["place"] = REGION_PREFIX + thin["place"].astype(str)
    key = ["focal", "place", "stratum"]
    own_press = thin[[*key, "source_country_code_iso3"]]
    own_press = own_press.rename(columns={"source_country_code_iso3": "country_code_iso3"})
    regional = units.merge(thin, on=PLACE)
    regional = regional.merge(own_press, on=[*key, "country_code_iso3"], how="left", indicator=True)
    regional = regional.loc[regional["_merge"] == "left_only"].drop(columns="_merge")
    # one story in one family is one unit, whichever of the family's hosts told it
    unit = [*key, "country_code_iso3", "story_id", "outlet_family"]
    return regional.sort_values([*unit, "z"]).groupby(unit, as_index=False, sort=False)["z"].mean()


def _estimate(units: pd.DataFrame, compared: frozenset[str]) -> pd.DataFrame:
    """Estimate every place; ``focal`` is empty where all countries of a place get a row."""
    if units.empty:
        return pd.DataFrame(columns=COLUMNS)
    names = sorted(compared)
    keys = units[["focal", "place", "stratum"]].drop_duplicates()
    keys = keys.sort_values(["focal", "place", "stratum"], ignore_index=True)
    keys["group"] = np.arange(len(keys))
    coded = units.merge(keys, on=["focal", "place", "stratum"])
    coded["column"] = coded["country_code_iso3"].map({name: i for i, name in enumerate(names)})
    model = PremiumModel(coded[["group", "column", "story_id", "outlet_family", "z"]], len(names))
    may_show = _may_show(model)
    parts = []
    for i, name in enumerate(names):
        wanted = (model.estimates.n_stories[:, i] > 0) & keys["focal"].isin(["", name]).to_numpy()
        if wanted.any():
            parts.append(_country_rows(model, may_show, keys, i, name).loc[wanted])
    return pd.concat(parts)[COLUMNS]


def _may_show(model: PremiumModel) -> Flags:
    counts = model.estimates
    shown: Flags = (counts.n_stories >= LEAST_STORIES) & (counts.n_families >= LEAST_FAMILIES)
    return shown


def _country_rows(
    model: PremiumModel, may_show: Flags, keys: pd.DataFrame, i: int, name: str
) -> pd.DataFrame:
    """Return a row per group for one country."""
    counts = model.estimates
    alone = np.zeros(counts.premium.shape)
    alone[:, i] = 1.0
    peers = may_show.astype(np.float64)
    peers[:, i] = 0.0
    n_peers = peers.sum(axis=1)
    against = alone - peers / np.maximum(n_peers, 1.0)[:, None]
    rows = keys.rename(columns={"place": "source_country_code_iso3"}).assign(
        country_code_iso3=name,
        n_stories=counts.n_stories[:, i],
        n_families=counts.n_families[:, i],
        n_peers=n_peers.astype(np.int64),
    )
    shown = may_show[:, i]
    for prefix, contrast, show in (
        ("premium", alone, shown),
        ("premium_vs_peers", against, shown & (n_peers > 0)),
    ):
        for suffix, values in zip(("", "_low", "_high"), model.interval(contrast), strict=True):
            rows[prefix + suffix] = np.where(show, values, np.nan)
    reasons = zip(rows["n_stories"], rows["n_families"], strict=True)
    rows["suppressed_reason"] = pd.Series(
        [suppressed_reason(stories, families) for stories, families in reasons],
        index=rows.index,
        dtype=object,
    )
    return rows
