"""The places of a GKG document (V2Locations): mentions by country, and what it is about."""

from __future__ import annotations

import re

MIN_SALIENT_MENTIONS = 2
SALIENT_ONE_IN = 4  # a salience of at least 0.25, as a comparison of whole numbers

# A place is type#name#country#adm1#...; its ADM1 begins with the country's letters and wins: rows
# of 2015 give Vietnam's places the country SF, RS or YM beside an ADM1 of VM. Read from the left,
# so that what follows ADM1 may be damaged.
_PLACE = rb";%b#[^#;]*+#(?:[A-Z]{2}#(?=[A-Z]{2})|(?=[A-Z]{2}(?![^#;]))|#)([A-Z]{2})"
_find_countries = re.compile(_PLACE % rb"[0-9]").findall
# Type 1 is a country; states, provinces and cities are 2 to 5.
_find_subnational = re.compile(_PLACE % rb"(?!1)[0-9]").findall


def count_mentions(places: bytes) -> dict[bytes, int]:
    """Return the number of place mentions by FIPS code; places without a country are left out."""
    mentions: dict[bytes, int] = {}
    if places:
        for country in _find_countries(b";" + places):
            mentions[country] = mentions.get(country, 0) + 1
    return mentions


def subnational(places: bytes) -> frozenset[bytes]:
    """Return the FIPS codes of which a place below the level of the country is mentioned."""
    return frozenset(_find_subnational(b";" + places))


def salient(mentions: dict[bytes, int]) -> list[bytes]:
    """Return the countries that a document is about, the one of highest salience first.

    Those have at least two mentions and a quarter of all; equals are in alphabetical order. The
    first is the document's principal country.
    """
    if len(mentions) < 2:
        return [country for country, count in mentions.items() if count >= MIN_SALIENT_MENTIONS]
    least = max(MIN_SALIENT_MENTIONS, -(-sum(mentions.values()) // SALIENT_ONE_IN))
    found = [country for country, count in mentions.items() if count >= least]
    if len(found) > 1:
        found.sort(key=lambda country: (-mentions[country], country))
    return found
