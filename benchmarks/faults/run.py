"""Let one faulty day arrive, and see at which door it is held, by which rules and in which words."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.days import CLEAN_DAYS, Site, after, copy_site, load, reading
from benchmarks.faults.kinds import Kind, Where
from benchmarks.faults.seeding import copy_world

from tiengvang import jobs
from tiengvang.build import STEPS
from tiengvang.errors import GateFailed

# What was quarantined alone is refused from then on: that was door one.
REFUSED = """
    select file_name, reason from ops.source_files
    where status = 'refused' and reason not like 'quarantined%' order by 1
"""
FAILED = """
    select door, suite || '.' || column_name, sentence_en, sentence_vi from ops.gate_results
    where not is_success and severity = 'critical' order by 1, 2
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that held something, and what it says to readers; the reader's reasons are English."""

    rule: str
    english: str
    vietnamese: str


@dataclass(frozen=True, slots=True)
class Held:
    """Where a day was held and why; ``where`` is None where it reached readers."""

    where: Where | None
    reasons: tuple[Reason, ...]

    def reason(self, kind: Kind) -> Reason | None:
        """Return the reason that was expected, if it is among those that were given."""
        if self.where != kind.where:
            return None
        if kind.where == "reader":
            return next((r for r in self.reasons if kind.rule in r.english), None)
        return next((r for r in self.reasons if r.rule == kind.rule), None)


def run(kind: Kind, base: Site, world: Path, folder: Path) -> Held:
    """Seed a kind of fault into a copy of the world, and read the day into a copy of the warehouse.

    What door one refuses goes no further here: it is not built, as if nothing else had come that day.
    """
    name = f"fault_{''.join(c if c.isalnum() else '_' for c in kind.name)}"
    spoilt = copy_world(world, folder / name / "world")
    kind.seed(spoilt)
    site = copy_site(base, name, folder / name)
    try:
        with reading(site, spoilt, after(CLEAN_DAYS + 1)):
            return advance(site, kind.sources)
    finally:
        site.drop()
        shutil.rmtree(folder / name)


def advance(site: Site, sources: tuple[str, ...]) -> Held:
    """Do what a day's run does, up to the first door that holds something."""
    known_refused, known = set(site.query(REFUSED)), set(site.query(FAILED))
    verdicts = [load(source) for source in sources]
    refused = [row for row in site.query(REFUSED) if row not in known_refused]
    if refused:
        return Held(
            "reader", tuple(Reason(name, " ".join(why.split()), "") for name, why in refused)
        )
    if any(found["quarantined"] for found in verdicts):
        return Held("raw", _failed(site, known))
    with suppress(GateFailed):
        build_and_publish()
        return Held(None, ())
    reasons = _failed(site, known)
    held = site.query("select count(*) from ops.builds where status = 'held'")[0][0]
    return Held("marts" if held else "edition", reasons)


def build_and_publish() -> None:
    """Build what changed, publish it, and make the edition that is due.

    Raises:
        GateFailed: the build or the edition is held.
    """
    build_id = jobs.claim_build()
    if build_id is not None:
        for step in STEPS:
            jobs.transform(build_id, step)
        jobs.judge_marts(build_id)
        jobs.publish_marts(build_id)
    jobs.publish_edition(None)


def _failed(site: Site, known: set[tuple[str, ...]]) -> tuple[Reason, ...]:
    rows = [row for row in site.query(FAILED) if row not in known]
    return tuple(Reason(rule, english, vietnamese) for _, rule, english, vietnamese in rows)
