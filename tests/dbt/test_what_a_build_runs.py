"""What a build leaves out says what it said: views that stand, tests of sources that brought nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hand_made_days import DbtWarehouse

from tiengvang import selection, transform
from tiengvang.sources.registry import SOURCES

PARTS = ("screen", "group", "measure")


@pytest.fixture(scope="module")
def manifest(hand_made: DbtWarehouse) -> dict[str, Any]:
    return hand_made.artifact("manifest")


def listed(made: DbtWarehouse, part: str, **options: Any) -> set[str]:
    """The models and tests that dbt chooses for a part."""
    given = selection.arguments(part, **options)
    asked = [one for one in given if one not in ("build", "--full-refresh")]
    with made.warehouse.active() as settings:
        answer = transform._invoke(
            settings,
            made.warehouse.url,
            ["ls", "--output", "json", "--output-keys", "unique_id", *asked],
        )
    assert answer.success, answer.exception
    found = {json.loads(line)["unique_id"] for line in answer.result}
    return {one for one in found if one.split(".")[0] in ("model", "test", "seed")}


@pytest.fixture(scope="module")
def runs(hand_made: DbtWarehouse) -> dict[str, set[str]]:
    """What is run of all parts: in a full refresh, in any other build, and in one after a published one."""
    kinds: dict[str, dict[str, Any]] = {
        "full": {"is_full_refresh": True},
        "any": {"is_full_refresh": False},
        "standing": {"is_full_refresh": False, "standing": True},
        "idle": {"is_full_refresh": False, "standing": True, "idle": ["registers"]},
    }
    found: dict[str, set[str]] = {}
    for kind, options in kinds.items():
        parts = [listed(hand_made, part, **options) for part in PARTS]
        assert sum(map(len, parts)) == len(set().union(*parts)), "a node is run in two parts"
        found[kind] = set().union(*parts)
    return found


def ancestors(manifest: dict[str, Any], node: str) -> Iterator[str]:
    seen, waiting = {node}, [node]
    while waiting:
        for parent in manifest["parent_map"].get(waiting.pop(), ()):
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
                yield parent


def kind_of(manifest: dict[str, Any], node: str) -> str | None:
    found: str | None = manifest["nodes"].get(node, {}).get("config", {}).get("materialized")
    return found


def test_a_full_refresh_runs_everything(
    manifest: dict[str, Any], runs: dict[str, set[str]]
) -> None:
    assert runs["full"] == set(manifest["nodes"])


def test_without_it_seeds_and_their_own_tests_are_left_out(
    manifest: dict[str, Any], runs: dict[str, set[str]]
) -> None:
    left_out = runs["full"] - runs["any"]
    assert any(node.startswith("seed.") for node in left_out)
    for node in left_out:
        assert manifest["nodes"][node]["original_file_path"].startswith("seeds/"), node


def test_only_views_that_no_new_table_takes_with_it_stand(
    manifest: dict[str, Any], runs: dict[str, set[str]]
) -> None:
    standing = runs["any"] - runs["standing"]
    views = {node for node in runs["any"] if kind_of(manifest, node) == "view"}
    assert standing == {
        view
        for view in views
        if all(kind_of(manifest, one) != "table" for one in ancestors(manifest, view))
    }
    assert standing
    assert views - standing


def test_only_tests_of_an_idle_sources_staging_are_left_out(
    manifest: dict[str, Any], runs: dict[str, set[str]]
) -> None:
    left_out = runs["standing"] - runs["idle"]
    assert len(left_out) > 50
    for node in left_out:
        assert node.startswith("test."), node
        path = manifest["nodes"][node]["original_file_path"]
        assert path.startswith("models/staging/registers/"), node


def test_staging_of_a_source_follows_from_its_rows_alone(manifest: dict[str, Any]) -> None:
    """So what was tested of it holds until it brings something: it reads no clock and no other source."""
    nodes, sources = manifest["nodes"], manifest["sources"]
    clock = _macros_that_reach(manifest, "macro.tiengvang.as_of")
    checked = set()
    for node, found in nodes.items():
        folder, _, rest = found["original_file_path"].removeprefix("models/staging/").partition("/")
        if not rest or folder not in SOURCES:
            continue
        checked.add(folder)
        for one in (node, *ancestors(manifest, node)):
            if one in sources:
                # the ledger's changes of a source queue a day of that source
                assert sources[one]["source_name"] in (folder, "ops"), (node, one)
            elif nodes[one]["resource_type"] != "seed":
                path = nodes[one]["original_file_path"]
                assert path.startswith(f"models/staging/{folder}/"), (node, one)
                assert not clock & set(nodes[one]["depends_on"]["macros"]), (node, one)
    assert checked == set(SOURCES)


def _macros_that_reach(manifest: dict[str, Any], target: str) -> set[str]:
    found, before = {target}, 0
    while len(found) > before:
        before = len(found)
        for name, macro in manifest["macros"].items():
            if found & set(macro["depends_on"]["macros"]):
                found.add(name)
    return found
