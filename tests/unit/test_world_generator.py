"""The sample world: the same recipe gives the same bytes, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from tiengvang.local.world import World, WorldSpec, build_world
from tiengvang.local.world.faults import plan_faults
from tiengvang.local.world.outlets import MINIMUM_OUTLETS
from tiengvang.windows import format_instant

SMALL = WorldSpec(days=2, documents_per_slot=6)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return build_world(SMALL, tmp_path_factory.mktemp("generator") / "world")


def content_digest(folder: Path) -> str:
    """Digest every file; zips by what they hold, since their bytes depend on the build of zlib."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.name.startswith("masterfilelist"):
            continue
        digest.update(str(path.relative_to(folder)).encode())
        content = path.read_bytes()
        try:
            with zipfile.ZipFile(path) as archive:
                content = b"".join(archive.read(name) for name in archive.namelist())
        except zipfile.BadZipFile:
            pass
        digest.update(content)
    return digest.hexdigest()


def test_another_process_with_another_hash_seed_makes_the_same_world(
    world: World, tmp_path: Path
) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from tiengvang.local.world import WorldSpec, build_world\n"
        "build_world(WorldSpec(days=2, documents_per_slot=6), Path(sys.argv[1]))"
    )
    package_parent = str(Path(sys.modules["tiengvang"].__file__ or "").parents[1])
    environment = {"PYTHONPATH": package_parent, "PYTHONHASHSEED": "12345"}
    again = tmp_path / "again"
    subprocess.run([sys.executable, "-c", code, str(again)], env=environment, check=True)
    assert content_digest(again) == content_digest(world.folder)


def test_the_recipe_decides_the_world(tmp_path: Path) -> None:
    names = {
        spec.name: spec
        for spec in (
            SMALL,
            WorldSpec(days=2, documents_per_slot=6, seed=8),
            WorldSpec(days=3, documents_per_slot=6),
            WorldSpec(days=2, documents_per_slot=7),
            WorldSpec(days=2, documents_per_slot=6, tone_shifts=()),
        )
    }
    assert len(names) == 5
    assert WorldSpec(days=2, documents_per_slot=6).name == SMALL.name


def test_a_world_that_is_there_is_not_built_again(world: World) -> None:
    before = (world.folder / "truth.json").stat().st_mtime_ns
    assert build_world(SMALL, world.folder).folder == world.folder
    assert (world.folder / "truth.json").stat().st_mtime_ns == before


def test_another_recipe_replaces_the_world_and_foreign_files_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "world"
    tiny = WorldSpec(days=2, documents_per_slot=1, outlets=MINIMUM_OUTLETS)
    build_world(tiny, folder)
    build_world(WorldSpec(days=2, documents_per_slot=1), folder)
    assert len(json.loads((folder / "gdeltv2/world.json").read_text())["outlets"]) > MINIMUM_OUTLETS
    assert sorted(p.name for p in tmp_path.iterdir()) == ["world"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="no sample world"):
        build_world(tiny, tmp_path / "mine")
    assert (tmp_path / "mine" / "letter.txt").exists()


def test_the_demo_instants_and_calendar_of_the_default_world() -> None:
    spec = WorldSpec()
    assert [format_instant(m) for m in spec.instants] == [
        "2026-07-12T00:20:00Z",
        "2026-07-13T01:20:00Z",
    ]
    assert spec.start == date(2026, 6, 29)
    assert spec.start.weekday() == 0
    calendar = {"english": [["2026-06-29T00:00:00Z", "2026-07-13T01:15:00Z"]]}
    assert (spec.calendar.as_json() or {})["english"] == calendar["english"]
    assert len(list(spec.slots())) == 14 * 96 + 5


@pytest.mark.parametrize("bad", [{"days": 1}, {"outlets": 3}, {"documents_per_slot": 0}])
def test_impossible_recipes_are_refused(bad: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"expected|needs"):
        WorldSpec(**bad)  # type: ignore[arg-type]


def test_every_slot_has_six_files_but_those_that_never_appear(world: World) -> None:
    absent = {f.file_name for f in plan_faults(SMALL).values() if f.published_at is None}
    names = {p.name for p in world.gdelt.glob("*.zip")}
    assert len(absent) == 4
    assert len(names) == 6 * len(list(SMALL.slots())) - len(absent)
    assert not names & absent


def test_lists_agree_with_the_files(world: World) -> None:
    listed = {}
    bare = 0
    for name in ("masterfilelist.txt", "masterfilelist-translation.txt"):
        for line in (world.gdelt / name).read_text().splitlines():
            if line.count(" ") != 2:
                bare += 1
                continue
            size, digest, url = line.split(" ")
            listed[url.rpartition("/")[2]] = (int(size), digest)
    on_disk = {p.name: p.read_bytes() for p in world.gdelt.glob("*.zip")}
    absent = set(listed) - set(on_disk)
    assert bare == 1
    assert len(absent) == 1, "exactly one file is listed but absent"
    for name, content in on_disk.items():
        md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        assert listed[name] == (len(content), md5)


def test_a_killed_build_leaves_no_world_and_is_swept(tmp_path: Path) -> None:
    folder = tmp_path / "world"
    code = (
        "import sys; from pathlib import Path\n"
        "from tiengvang.local.world import WorldSpec, build_world\n"
        "build_world(WorldSpec(), Path(sys.argv[1]))"
    )
    package_parent = str(Path(sys.modules["tiengvang"].__file__ or "").parents[1])
    build = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], env={"PYTHONPATH": package_parent}
    )
    until = time.monotonic() + 20
    while time.monotonic() < until and not list(tmp_path.glob(".world-*/gdeltv2/*.zip")):
        time.sleep(0.01)
    build.kill()
    build.wait()
    left = list(tmp_path.iterdir())
    assert len(left) == 1, "the build was cut short beside the folder"
    assert not folder.exists()
    build_world(WorldSpec(days=2, documents_per_slot=1), folder)
    assert [p.name for p in tmp_path.iterdir()] == ["world"]
