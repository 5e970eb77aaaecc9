"""Tranco's lists in the sample world: the fictional outlets among other invented sites."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from tiengvang.local.world.archive import zip_bytes
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.outlets import OUTLETS
from tiengvang.local.world.spec import WorldSpec

# Long enough for three tiers by rank; the fourth is that of outlets without one.
SITES = 100_000
BEST_RANK = 300
UNRANKED_SHARE = 0.2
# Months apart, a site's rank differs by up to this factor either way.
DRIFT = 1.3
MEMBER = "top-1m.csv"
ID_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
MOST_LISTS = 2  # of a world of years only the last months have one
PUBLISHED_AFTER = timedelta(hours=22)  # a day's list appears late on that day

_REFERENCE = re.compile(r"api/lists/date/(\d{8})")
_LIST = re.compile(r"download_daily/([A-Z0-9]+)")


def answer_path(path: str, as_of: datetime) -> str | None:
    """Return which file below ``tranco/`` answers a GET at an instant; None where nothing does."""
    reference, ranks = _REFERENCE.fullmatch(path), _LIST.fullmatch(path)
    if ranks:
        return f"{path}.zip"
    if not reference:
        return None
    day = datetime.strptime(reference[1], "%Y%m%d").replace(tzinfo=UTC)
    return f"{path}.json" if day + PUBLISHED_AFTER <= as_of else None


def write_tranco(spec: WorldSpec, folder: Path) -> dict[str, Any]:
    """Write the lists of the last months that the world touches; return the truth.

    The answer that names the list of a day is ``tranco/api/lists/date/<YYYYMMDD>.json``, the list
    ``tranco/download_daily/<ID>.zip``.

    Returns:
        The lists' ids by day (``lists``), and by day the ranks of the outlets (``ranks``; absent: none).
    """
    base = folder / "tranco"
    references, lists = base / "api" / "lists" / "date", base / "download_daily"
    references.mkdir(parents=True)
    lists.mkdir()
    truth: dict[str, Any] = {"lists": {}, "ranks": {}}
    months = sorted({date.replace(day=1) for date in spec.window.dates()})
    for day in months[-MOST_LISTS:]:
        dice = Dice(f"{spec.seed}:tranco:{day}")
        list_id = "".join(dice.pick(ID_LETTERS) for _ in range(5))
        ranks = _ranks(spec.seed, dice)
        sites = [f"site{number:06}.example" for number in range(1, SITES + 1)]
        for domain, rank in ranks.items():
            sites[rank - 1] = domain
        content = "".join(f"{rank},{site}\r\n" for rank, site in enumerate(sites, start=1))
        (lists / f"{list_id}.zip").write_bytes(zip_bytes(MEMBER, content.encode()))
        made_at = datetime.combine(day, time(), UTC) + PUBLISHED_AFTER
        reference = {
            "list_id": list_id,
            "available": True,
            "download": f"https://tranco-list.eu/download/{list_id}/1000000",
            "created_on": made_at.strftime("%Y-%m-%dT%H:%M:%S.%f"),
            "failed": False,
            "jobs_ahead": 0,
        }
        (references / f"{day:%Y%m%d}.json").write_text(json.dumps(reference), "utf-8")
        truth["lists"][str(day)] = list_id
        truth["ranks"][str(day)] = ranks
    return truth


def _ranks(seed: int, drift: Dice) -> dict[str, int]:
    """Give outlets different ranks on a logarithmic scale, all months near the same; some get none."""
    ranks: dict[str, int] = {}
    taken: set[int] = set()
    for outlet in OUTLETS:
        dice = Dice(f"{seed}:rank:{outlet.domain}")
        if dice.chance(UNRANKED_SHARE):
            continue
        rank = BEST_RANK * (SITES / BEST_RANK) ** dice.unit() * DRIFT ** (2 * drift.unit() - 1)
        place = min(round(rank), SITES)
        while place in taken:
            place -= 1
        taken.add(place)
        ranks[outlet.domain] = place
    return ranks
