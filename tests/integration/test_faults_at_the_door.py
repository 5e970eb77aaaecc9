"""Every kind of fault of the committed table is seeded again, and is held for the reason it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.faults.clean import read_day
from benchmarks.faults.days import CLEAN_DAYS, Site
from benchmarks.faults.document import DOCUMENT, clean_line, english_line, vietnamese_line
from benchmarks.faults.kinds import Kind
from benchmarks.faults.measure import KINDS, fault_base
from benchmarks.faults.run import run

from tiengvang.local.world.build import World

COMMITTED = DOCUMENT.read_text(encoding="utf-8").splitlines()
ROWS = [line for line in COMMITTED if line.startswith("| ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def base(server_url: str, folder: Path) -> tuple[World, Site]:
    """Twenty clean days, loaded and published."""
    return fault_base(server_url, folder)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_fault_is_held_as_the_document_says(
    kind: Kind, base: tuple[World, Site], folder: Path
) -> None:
    world, site = base
    seen = run(kind, site, world.folder, folder)
    assert english_line(kind, seen) in ROWS
    assert vietnamese_line(kind, seen) in ROWS


def test_the_same_day_without_a_fault_passes_every_door(base: tuple[World, Site]) -> None:
    """The last test of this file: it reads into the base itself."""
    day = read_day(*base, CLEAN_DAYS + 1)
    assert day.is_clean
    assert day.loads_judged > 5
    assert clean_line(day) in ROWS


def test_the_document_meets_its_goal() -> None:
    """At least 24 of 25 kinds are held, and no clean day is."""
    kinds, clean = _table("| Kind |"), _table("| Day |")
    assert [line.split(" | ")[0].strip("| ") for line in kinds] == [kind.name for kind in KINDS]
    assert len(kinds) >= 25
    held = sum(line.split(" | ")[4] == "yes" for line in kinds)
    assert held >= len(kinds) * 24 / 25
    assert len(clean) == CLEAN_DAYS + 1
    assert {" | ".join(line.split(" | ")[2:]) for line in clean} == {
        "0 | 0 | published | published |"
    }


def _table(head: str) -> list[str]:
    start = next(place for place, line in enumerate(COMMITTED) if line.startswith(head))
    rest = COMMITTED[start + 2 :]
    return rest[: rest.index("")] if "" in rest else rest
