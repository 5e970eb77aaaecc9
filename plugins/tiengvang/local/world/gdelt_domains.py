"""GDELT's list of outlets by country in the sample world: most outlets write about home, some do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tiengvang.local.world.archive import zip_bytes
from tiengvang.local.world.countries import COUNTRIES
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.outlets import OUTLETS
from tiengvang.local.world.spec import WorldSpec

FOLDER = "gdelt_domains"
MEMBER = "news-outlets-by-countrycode.csv"
LIST_PATH = f"{FOLDER}/{MEMBER}.zip"
MOST_COUNTRIES = 5  # a list names an outlet's first five
MISSING_SHARE = 0.1
ABROAD_SHARE = 0.2


def write_gdelt_domains(spec: WorldSpec, folder: Path) -> dict[str, Any]:
    """Write the list, zipped, to ``LIST_PATH`` in the folder; return the truth.

    Returns:
        ``rows``: the place mentions by domain and FIPS code, the most mentioned first; ``abroad``: of the
        outlets with a home, those that mention another country most, with both codes (ISO 3166).
        The list also has a count without a domain, which is no row.
    """
    rows: dict[str, dict[str, int]] = {}
    abroad: dict[str, list[str]] = {}
    for outlet in OUTLETS:
        dice = Dice(f"{spec.seed}:domains:{outlet.domain}")
        if dice.chance(MISSING_SHARE):
            continue
        home = outlet.country_iso3
        others = sorted((code for code in COUNTRIES if code != home), key=lambda _: dice.unit())
        writes_home = home is not None and not dice.chance(ABROAD_SHARE)
        order = [home, *others] if writes_home else [others[0], home, *others[1:]]
        named = [code for code in order if code is not None][:MOST_COUNTRIES]
        mentions = dice.between(2_000, 90_000)
        rows[outlet.domain] = {
            COUNTRIES[code].fips: mentions // (place + 1) for place, code in enumerate(named)
        }
        if home is not None and not writes_home:
            abroad[outlet.domain] = [home, named[0]]
    lines = ["domain,countrycode,cnt", "unknown,US,500"]
    lines += [f"{site},{code},{n}" for site in sorted(rows) for code, n in rows[site].items()]
    (folder / FOLDER).mkdir()
    (folder / LIST_PATH).write_bytes(zip_bytes(MEMBER, "".join(f"{x}\n" for x in lines).encode()))
    return {"rows": rows, "abroad": abroad}
