"""Clean days, each read, built, judged and published as a daily run does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.faults.days import SPEC, STATISTICS, Site, after, load, reading
from benchmarks.faults.run import build_and_publish

from tiengvang.errors import GateFailed
from tiengvang.local.world.build import World
from tiengvang.windows import DAY, Window, floor_slot

COUNTED = """
    select
        (select count(*) from ops.source_files where status = 'refused'),
        (select status from ops.builds order by build_id desc limit 1),
        (select status from ops.editions order by recorded_at desc limit 1)
"""


@dataclass(frozen=True, slots=True)
class CleanDay:
    """What the doors said of one day; ``files_refused`` counts those of its reading."""

    day: date
    loads_judged: int
    loads_held: int
    files_refused: int
    build: str
    edition: str

    @property
    def is_clean(self) -> bool:
        """Whether nothing of it was held."""
        held = self.loads_held + self.files_refused
        return held == 0 and (self.build, self.edition) == ("published", "published")


def read_days(world: World, site: Site, days: range) -> Iterator[CleanDay]:
    """Read days of the world by their number, one after the other; the first one is 1."""
    for number in days:
        yield read_day(world, site, number)


def read_day(world: World, site: Site, number: int) -> CleanDay:
    """Read what is there after so many days: a door that holds something stops nothing here."""
    instant = after(number)
    window = Window(SPEC.window.start, floor_slot(instant)) if number == 1 else None
    refused_before = site.query(COUNTED)[0][0]
    with reading(site, world.folder, instant):
        verdicts = [load("gdelt", window), *map(load, STATISTICS)]
        with suppress(GateFailed):
            build_and_publish()
    refused, build, edition = site.query(COUNTED)[0]
    held = sum(len(found["quarantined"]) for found in verdicts)
    return CleanDay(
        day=SPEC.start + number * DAY - timedelta(days=1),
        loads_judged=held + sum(len(found["passed"]) for found in verdicts),
        loads_held=held,
        files_refused=refused - refused_before,
        build=build,
        edition=edition,
    )
