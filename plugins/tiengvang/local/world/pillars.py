"""What documents of the sample world are about, as GDELT's themes: policy pillars and their codes."""

from __future__ import annotations

from tiengvang.local.world.dice import Dice, Weighted

# Codes that the source writes, as many in each pillar as its pages need. A code more than a page's
# own pillar has comes from any other one.
CODES: dict[str, tuple[str, ...]] = {
    "culture": (
        "WB_1765_CULTURE_HERITAGE_AND_SUSTAINABLE_TOURISM", "RELIGION", "ETH_INDIGINOUS", "LITERACY",
    ),
    "economy": (
        "ECON_STOCKMARKET", "ECON_FREETRADE", "ECON_TAXATION", "AGRICULTURE", "WB_135_TRANSPORT",
        "EPU_CATS_TRADE_POLICY",
    ),
    "environment": (
        "ENV_CLIMATECHANGE", "ENV_SOLAR", "NATURAL_DISASTER", "WB_137_WATER", "ENV_FORESTRY",
    ),
    "governance": (
        "CORRUPTION", "ELECTION", "LEGISLATION", "EPU_POLICY_LAW", "NEGOTIATIONS", "TRIAL",
    ),
    "science_digital": (
        "SCIENCE", "SOC_INNOVATION", "SOC_EMERGINGTECH",
        "WB_286_TELECOMMUNICATIONS_AND_BROADBAND_ACCESS",
    ),
    "security": ("MILITARY", "BORDER", "ARMEDCONFLICT", "SECURITY_SERVICES", "SMUGGLING"),
    "society": ("EDUCATION", "UNGP_HEALTHCARE", "POVERTY", "IMMIGRATION", "FOOD_SECURITY"),
    "tourism": ("TOURISM", "WB_825_TOURISM", "WB_165_AIR_TRANSPORT", "WB_1804_AIRPORTS"),
}  # fmt: skip
PILLARS = tuple(CODES)
# Real codes that belong to no pillar, and codes that no list knows.
UNMAPPED_CODES = ("TAX_FNCACT", "MEDIA_MSM", "TAX_WORLDFISH")
UNKNOWN_CODES = ("WB_9901_LANTERN_FESTIVALS", "ZZ_RIVER_TALES")

# In the order of PILLARS: what the country's own media tell, and what others write.
OWNED_SHARES = (0.18, 0.20, 0.04, 0.08, 0.16, 0.02, 0.10, 0.22)
GENERAL_SHARES = (0.05, 0.26, 0.16, 0.13, 0.06, 0.17, 0.10, 0.07)
_MIXES = {
    True: Weighted(PILLARS, OWNED_SHARES),
    False: Weighted(PILLARS, GENERAL_SHARES),
}


def draw_pillar(dice: Dice, is_owned: bool) -> str:
    """Return the pillar of a page: of the mix of the country's own media abroad, or of all others."""
    return dice.draw(_MIXES[is_owned])


def draw_themes(dice: Dice, pillar: str) -> tuple[str, ...]:
    """Return a page's distinct theme codes: two or three of its pillar, and what comes beside them."""
    own = CODES[pillar]
    first = dice.below(len(own))
    codes = [own[(first + n) % len(own)] for n in range(dice.between(2, 3))]
    if dice.chance(0.3):
        other = dice.pick(CODES[dice.pick(PILLARS)])
        if other not in codes:
            codes.append(other)
    if dice.chance(0.5):
        codes.append(dice.pick(UNMAPPED_CODES))
    if dice.chance(0.03):
        codes.append(dice.pick(UNKNOWN_CODES))
    return tuple(codes)
