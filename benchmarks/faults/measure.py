"""Measure it all: every kind of fault on a day after clean ones, and the clean days themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults import kinds_gdelt, kinds_statistics
from benchmarks.faults.clean import CleanDay, read_day, read_days
from benchmarks.faults.days import (
    CLEAN_DAYS,
    Site,
    after,
    load_first,
    make_world,
    new_site,
    reading,
)
from benchmarks.faults.kinds import Kind
from benchmarks.faults.run import Held, build_and_publish, run

from tiengvang.local.world.build import World

DOORS = ("reader", "raw", "marts", "edition")
KINDS: tuple[Kind, ...] = tuple(
    sorted((*kinds_gdelt.KINDS, *kinds_statistics.KINDS), key=lambda kind: DOORS.index(kind.where))
)


def fault_base(server_url: str, folder: Path) -> tuple[World, Site]:
    """Make the world, and a warehouse that has read and published its clean days at once."""
    world = make_world(folder / "world")
    site = new_site(server_url, "base", folder)
    load_first(world, site, CLEAN_DAYS)
    with reading(site, world.folder, after(CLEAN_DAYS)):
        build_and_publish()
    return world, site


def faults(world: World, base: Site, folder: Path) -> Iterator[tuple[Kind, Held]]:
    """Yield what was held of every kind."""
    for kind in KINDS:
        yield kind, run(kind, base, world.folder, folder)


def clean_days(world: World, base: Site, server_url: str, folder: Path) -> Iterator[CleanDay]:
    """Yield every clean day, read one by one; the day of the faults is read into their base."""
    site = new_site(server_url, "daily", folder)
    yield from read_days(world, site, range(1, CLEAN_DAYS + 1))
    yield read_day(world, base, CLEAN_DAYS + 1)
