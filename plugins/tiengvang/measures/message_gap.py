"""Message gap: how far the pillars of foreign coverage are from those of the country's own outlets."""

from __future__ import annotations

import hashlib
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from tiengvang.measures.clusters import Floats

LEAST_STORIES = 100
UNDER_OWNED = f"under_{LEAST_STORIES}_owned_stories"
UNDER_FOREIGN = f"under_{LEAST_STORIES}_foreign_stories"
SMOOTHING = 0.5  # stories, per pillar and side
PERMUTATIONS = 999
BLOCK = 4_000_000  # labels permuted at once; bounds the memory
WORLD, ALL_LANGUAGES = "world", "all"
OWNED, FOREIGN = "owned", "foreign"
COLUMNS = [
    "country_code_iso3",
    "source_country_code_iso3",
    "language_code_iso639_3",
    "pillar",
    "p",
    "q",
    "log_ratio",
    "log_ratio_p_value",
    "js_divergence_bits",
    "p_value",
    "n_owned_stories",
    "n_foreign_stories",
    "suppressed_reason",
]


def message_gaps(weights: pd.DataFrame, pillars: tuple[str, ...], seed: str) -> pd.DataFrame:
    """Return the gaps of one window: a row per country, source, language and pillar.

    Args:
        weights: country_code_iso3, side ('owned' or 'foreign'), source_country_code_iso3,
            language_code_iso639_3, story_id, pillar, weight (>= 0). A story's weights are scaled to sum to 1
            in each comparison, so a story counts once however many documents carry it.
        pillars: all pillars; those of nobody's stories get a row too.
        seed: names the window; with country, source and language it seeds the permutations.

    Returns:
        ``COLUMNS``, sorted by the first four, so the same for any order of rows. Owned outlets are compared
        with the foreign coverage of each source and of the 'world', in each language that they publish in
        and in 'all'; only the rows of one language may be read as "did not travel". p and q are the smoothed
        shares of owned and of foreign stories, log_ratio the natural logarithm of p / q. Under 100 stories a
        side the values are NaN and the reason is given.
    """
    parts = []
    for country, of_country in weights.groupby("country_code_iso3"):
        sides = of_country.assign(language=of_country["language_code_iso639_3"])
        sides = pd.concat([sides, sides.assign(language=ALL_LANGUAGES)])
        owned_sides = dict(iter(sides.loc[sides["side"] == OWNED].groupby("language")))
        foreign = sides.loc[sides["side"] == FOREIGN]
        foreign = foreign.assign(source=foreign["source_country_code_iso3"])
        foreign = pd.concat([foreign, foreign.assign(source=WORLD)])
        for (source, language), there in foreign.groupby(["source", "language"]):
            here = owned_sides.get(language)
            if here is not None:
                name = (str(country), str(source), str(language))
                parts.append(_gap(name, here, there, pillars, seed))
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(parts)[COLUMNS].sort_values(COLUMNS[:4], ignore_index=True)


def js_divergence_bits(p: Floats, q: Floats) -> Floats:
    """Return the Jensen-Shannon divergence of distributions along the last axis: 0 to 1 bit, symmetric."""
    middle = (p + q) / 2
    bits = np.zeros(np.broadcast_shapes(p.shape, q.shape))
    for side in (p, q):
        ratio = np.divide(side, middle, where=side > 0, out=np.ones(bits.shape))
        bits += side * np.log2(ratio) / 2
    return cast(Floats, np.clip(bits.sum(axis=-1), 0.0, 1.0))


def _gap(
    name: tuple[str, str, str],
    owned: pd.DataFrame,
    foreign: pd.DataFrame,
    pillars: tuple[str, ...],
    seed: str,
) -> pd.DataFrame:
    """Compare two sides: a row per pillar."""
    here, there = _story_mixes(owned, pillars), _story_mixes(foreign, pillars)
    rows = pd.DataFrame({"pillar": pillars}).assign(
        country_code_iso3=name[0],
        source_country_code_iso3=name[1],
        language_code_iso639_3=name[2],
        n_owned_stories=len(here),
        n_foreign_stories=len(there),
        suppressed_reason=None,
        **dict.fromkeys(["p", "q", "log_ratio", "log_ratio_p_value"], np.nan),
        **dict.fromkeys(["js_divergence_bits", "p_value"], np.nan),
    )
    if min(len(here), len(there)) < LEAST_STORIES:
        rows["suppressed_reason"] = UNDER_OWNED if len(here) < LEAST_STORIES else UNDER_FOREIGN
        return rows
    p, q = _shares(here.sum(axis=0)), _shares(there.sum(axis=0))
    overall, by_pillar = permutation_p_values(here, there, _generator(seed, *name))
    return rows.assign(
        p=p,
        q=q,
        log_ratio=np.log(p / q),
        log_ratio_p_value=by_pillar,
        js_divergence_bits=float(js_divergence_bits(p, q)),
        p_value=overall,
    )


def _story_mixes(side: pd.DataFrame, pillars: tuple[str, ...]) -> Floats:
    """Return stories by pillars, each row summing to 1, in the order of story ids; no weight, no row."""
    place = {pillar: i for i, pillar in enumerate(pillars)}
    side = side.loc[side["weight"] > 0].sort_values(["story_id", "pillar", "weight"])
    story = pd.factorize(side["story_id"])[0]
    stories = int(story.max()) + 1 if len(story) else 0
    column = side["pillar"].map(place).to_numpy(np.int64)
    flat = np.bincount(
        story * len(pillars) + column, side["weight"], minlength=stories * len(pillars)
    )
    mixes = flat.reshape(stories, len(pillars))
    return cast(Floats, mixes / mixes.sum(axis=1, keepdims=True))


def _shares(sums: Floats) -> Floats:
    smoothed = sums + SMOOTHING
    return cast(Floats, smoothed / smoothed.sum(axis=-1, keepdims=True))


def permutation_p_values(
    here: Floats, there: Floats, generator: np.random.Generator
) -> tuple[float, Floats]:
    """Permute which stories are owned; return the p-value of the divergence, and one per pillar.

    The p-value is (1 + permutations at least as far) / (1 + permutations). Those of pillars compare
    |log ratio| with the largest of all pillars, so that they hold for all pillars together (Westfall-Young).
    """
    pooled = np.concatenate([here, there])
    total, n = pooled.sum(axis=0), len(pooled)

    def distances(owned: Floats) -> tuple[Floats, Floats]:
        p, q = _shares(owned), _shares(total - owned)
        return js_divergence_bits(p, q), np.abs(np.log(p / q))

    far, apart = distances(here.sum(axis=0))
    # sums of permuted stories differ from the observed ones by rounding alone when the mixes are equal
    far, apart = far - 1e-12, apart - 1e-9
    as_far, as_apart = 1, np.ones(len(apart), np.int64)
    left = PERMUTATIONS
    while left:
        size = min(left, max(1, BLOCK // n))
        labels: npt.NDArray[np.int8] = np.zeros((size, n), np.int8)
        labels[:, : len(here)] = 1
        generator.permuted(labels, axis=1, out=labels)
        divergence, ratios = distances(labels.astype(np.float64) @ pooled)
        as_far += int((divergence >= far).sum())
        as_apart += (ratios.max(axis=1)[:, None] >= apart).sum(axis=0)
        left -= size
    return as_far / (PERMUTATIONS + 1), as_apart / (PERMUTATIONS + 1)


def _generator(*names: str) -> np.random.Generator:
    """Return a generator seeded by content: the same names give the same numbers on every machine."""
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
