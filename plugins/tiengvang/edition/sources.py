"""Whose data an edition holds, and on which terms it may be passed on."""

from __future__ import annotations

from typing import TypedDict


class Source(TypedDict, total=False):
    """A source as a data package names it; ``licence`` is left out where it states none."""

    name: str
    url: str
    terms: str
    licence: dict[str, str]


SOURCES: dict[str, Source] = {
    "gdelt": {
        "name": "The GDELT Project",
        "url": "https://www.gdeltproject.org/",
        "terms": "Unlimited use without fee; any use or redistribution must cite the GDELT Project "
        "and link to it.",
        "licence": {
            "path": "https://www.gdeltproject.org/about.html",
            "title": "Unlimited use with citation of the GDELT Project",
        },
    },
    "worldbank": {
        "name": "World Bank, World Development Indicators",
        "url": "https://data.worldbank.org/",
        "terms": "CC BY 4.0",
        "licence": {
            "name": "CC-BY-4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
            "title": "Creative Commons Attribution 4.0",
        },
    },
    "nso": {
        "name": "National Statistics Office of Viet Nam, monthly workbooks",
        "url": "https://www.nso.gov.vn/",
        "terms": "None stated; figures are quoted with their file and cell.",
    },
    "tranco": {
        "name": "Tranco, a list of popular sites",
        "url": "https://tranco-list.eu/",
        "terms": "Cite Le Pochat et al., NDSS 2019, with the list's id.",
    },
    "factchecks": {
        "name": "ClaimReview feed of Data Commons",
        "url": "https://datacommons.org/factcheck/download",
        "terms": "Each fact-check belongs to its publisher; it is quoted with its address.",
    },
    "registers": {
        "name": "Registers as offices delivered them",
        "terms": "As the offices say; nobody here vouches for what they state.",
    },
}
# Those that a page has always named; the others are named beside the data that rests on them.
MAIN = ("gdelt", "worldbank", "nso")
