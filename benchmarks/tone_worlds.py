"""Worlds of documents with a planted tone premium, in memory, for measuring bias and cover.

A world is one host country's press: outlet families with their own level and spread of tone, a year's other
documents for their baselines, and stories about a focus country and its peers that several families carry.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
COUNTRIES = ("VNM", "THA", "IDN", "MYS", "PHL", "SGP")
FOCUS = COUNTRIES[0]
STRATUM = "native"
HOST_MOOD = (
    0.4  # warmer about the focus and every peer alike: what the difference from peers must remove
)


@dataclass(frozen=True, slots=True)
class Design:
    """What worlds are drawn from. Spreads are in standard deviations of an outlet's other documents.

    ``size_slope``: the families' chances to carry a story fall with rank ** -size_slope. ``stories``: fewest
    and most stories of a country. ``slant``: between families about one country; ``mood``: between families
    about all compared countries; ``story``: between stories; ``document``: between documents of a story and
    family. ``another_carrier``: the chance that one more family carries a story. ``tail_df``: degrees of
    freedom of the story's t distribution, none for a normal one.
    """

    size_slope: float = 0.8
    stories: tuple[int, int] = (30, 90)
    slant: float = 0.3
    mood: float = 0.2
    story: float = 0.6
    document: float = 0.7
    another_carrier: float = 0.35
    baseline_documents: tuple[int, int] = (100, 500)
    tail_df: float | None = None


# The first is the one that goals are set for; the others stretch one thing each.
DESIGNS = {
    "plain": Design(),
    "equal families": Design(size_slope=0.0),
    "one large family": Design(size_slope=1.2),
    "wide syndication": Design(another_carrier=0.65),
    "no slant": Design(slant=0.05, mood=0.0),
    "strong slant": Design(slant=0.6, mood=0.3),
    "heavy tails": Design(tail_df=3.0),
    "stories above all": Design(slant=0.1, mood=0.0, story=1.0, another_carrier=0.7),
    "many stories": Design(stories=(100, 300)),
}


def tone_units(
    worlds: int, families: int, premium: float, design: Design, seed: int = 0
) -> pd.DataFrame:
    """Return the units of all worlds, each world as one host: what ``tone_premiums`` reads.

    ``z = (median tone of the story's documents in the family - baseline) / sd``, with baseline and sd
    estimated from the family's drawn documents. The focus country's premium is ``HOST_MOOD + premium``, its
    difference from peers ``premium``.
    """
    rng = np.random.default_rng([seed, worlds, families, round(premium * 100)])
    level = rng.normal(-0.2, 1.8, worlds * families)
    spread = rng.uniform(2.2, 5.0, worlds * families)
    baseline, baseline_sd = _baselines(rng, worlds, level, spread, design)
    story_cell, story, family = _carriers(rng, worlds, families, design)
    world, country = np.divmod(story_cell, len(COUNTRIES))
    outlet = world * families + family
    slant = rng.normal(0, design.slant, (worlds * families, len(COUNTRIES)))
    mood = rng.normal(0, design.mood, worlds * families)
    warmth = HOST_MOOD + premium * (country == 0) + slant[outlet, country] + mood[outlet]
    warmth += _story_effects(rng, int(story.max()) + 1, design)[story]
    copies = 1 + rng.poisson(0.3, len(story))
    unit = np.repeat(np.arange(len(story)), copies)
    tone = warmth[unit] + design.document * _skewed(rng, len(unit))
    median = pd.Series(level[outlet[unit]] + spread[outlet[unit]] * tone).groupby(unit).median()
    return pd.DataFrame(
        {
            "country_code_iso3": np.array(COUNTRIES)[country],
            "source_country_code_iso3": np.char.mod("world %d", world),
            "stratum": STRATUM,
            "story_id": np.char.mod("s%d", story),
            "outlet_family": np.char.mod("f%d", family),
            "z": (median.to_numpy() - baseline[outlet]) / baseline_sd[outlet],
        }
    )


def _skewed(rng: np.random.Generator, size: int | tuple[int, int]) -> Floats:
    """Draw with mean 0, sd 1 and skewness -0.2: documents' tone in genuine files has -0.1 to -0.3."""
    shape = 100.0
    return np.asarray((shape - rng.gamma(shape, 1.0, size)) / np.sqrt(shape))


def _baselines(
    rng: np.random.Generator, worlds: int, level: Floats, spread: Floats, design: Design
) -> tuple[Floats, Floats]:
    """Draw each family's other documents of a year; return their mean and standard deviation.

    Three tenths of their variance come from 400 events that all families of a world report on.
    """
    events, shared = 400, 0.3
    counts = rng.integers(*design.baseline_documents, len(level))
    outlet = np.repeat(np.arange(len(level)), counts)
    world = outlet // (len(level) // worlds)
    of_events = _skewed(rng, (worlds, events))[world, rng.integers(0, events, len(outlet))]
    own = _skewed(rng, len(outlet))
    tone = level[outlet] + spread[outlet] * (
        np.sqrt(shared) * of_events + np.sqrt(1 - shared) * own
    )
    grouped = pd.Series(tone).groupby(outlet)
    return grouped.mean().to_numpy(), grouped.std().to_numpy()


def _carriers(
    rng: np.random.Generator, worlds: int, families: int, design: Design
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Draw which families carry which story; return cell (world and country), story and family per unit."""
    low, high = design.stories
    cells = worlds * len(COUNTRIES)
    cell = np.repeat(np.arange(cells), rng.integers(low, high + 1, cells))
    carriers = np.minimum(rng.geometric(1 - design.another_carrier, len(cell)), families)
    # the largest of chance plus Gumbel noise are a weighted sample without replacement
    chance = -design.size_slope * np.log(np.arange(1, families + 1))
    keys = chance + rng.gumbel(size=(len(cell), families))
    rank = (-keys).argsort(axis=1).argsort(axis=1)
    story, family = np.nonzero(rank < carriers[:, None])
    return cell[story], story, family


def _story_effects(rng: np.random.Generator, stories: int, design: Design) -> Floats:
    if design.tail_df is None:
        return rng.normal(0, design.story, stories)
    scale = design.story / np.sqrt(design.tail_df / (design.tail_df - 2))
    return np.asarray(scale * rng.standard_t(design.tail_df, stories))
