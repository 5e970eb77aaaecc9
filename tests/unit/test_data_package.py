"""The descriptor of an edition's data: to the standard, complete, true of the files, bilingual."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import edition_frames as sample
import pyarrow.parquet as pq
import pytest
from package_reader import Package

from tiengvang.contracts import read_contracts
from tiengvang.edition.brief import make_brief
from tiengvang.edition.columns import BY_FRAME
from tiengvang.edition.data_files import csv_bytes, data_frames
from tiengvang.edition.data_package import TYPES, fields
from tiengvang.edition.facts import REASONS, WITHHELD, withheld
from tiengvang.edition.parquet_files import parquet_bytes
from tiengvang.edition.render import render_edition
from tiengvang.edition.sources import SOURCES
from tiengvang.edition.texts.data_files import FILES, OWN

# A file, what is done to it, and the errors that a reader of the standard has of it.
Damage = tuple[str, Callable[[bytes], bytes], set[str]]
DAMAGES: dict[str, Damage] = {
    "a word for a number": (
        "coverage_daily",
        lambda text: text.replace(b",0,", b",none,", 1),
        {"type-error", "hash-count", "byte-count"},
    ),
    "a row twice": (
        "coverage_daily",
        lambda text: text + text.splitlines(keepends=True)[-1],
        {"primary-key", "hash-count", "byte-count"},
    ),
    "a row without its key": (
        "coverage_daily",
        lambda text: text + b"," + text.splitlines(keepends=True)[-1].partition(b",")[2],
        {"constraint-error", "primary-key", "hash-count", "byte-count"},
    ),
    "another name of a column": (
        "reach",
        lambda text: text.replace(b"rank_list_id", b"rank_file_id", 1),
        {"incorrect-label", "hash-count"},
    ),
    "a bit of a Parquet file": (
        "reach-parquet",
        lambda payload: payload[:-1] + bytes([payload[-1] ^ 1]),
        {"hash-count"},
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("package")
    render_edition(sample.facts(), sample.request(), made)
    return made


@pytest.fixture(scope="module")
def package(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return read


def csv_resources(package: dict[str, Any]) -> list[dict[str, Any]]:
    return [resource for resource in package["resources"] if resource["format"] == "csv"]


def test_a_reader_of_the_standard_finds_it_valid(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert len(report.tasks) == 2 * len(FILES)


@pytest.mark.parametrize("damage", sorted(DAMAGES))
def test_what_was_changed_in_a_copy_is_reported(folder: Path, tmp_path: Path, damage: str) -> None:
    name, change, expected = DAMAGES[damage]
    copy = shutil.copytree(folder, tmp_path / "copy")
    package = Package(str(copy / "datapackage.json"))
    path = copy / package.get_resource(name).path
    before = path.read_bytes()
    path.write_bytes(change(before))
    assert path.read_bytes() != before
    found = package.get_resource(name).validate().flatten(["type"])
    assert {kind for (kind,) in found} == expected


def test_every_file_is_described_and_no_other(folder: Path, package: dict[str, Any]) -> None:
    described = {resource["path"]: resource for resource in package["resources"]}
    assert set(described) == {f"data/{path.name}" for path in (folder / "data").iterdir()}
    names = {resource["name"].removesuffix("-parquet") for resource in package["resources"]}
    assert set(FILES) == names
    assert len(package["resources"]) == 2 * len(FILES)


def test_a_parquet_file_has_the_columns_of_the_resource_that_it_names(
    folder: Path, package: dict[str, Any]
) -> None:
    by_name = {resource["name"]: resource for resource in package["resources"]}
    named = [resource for resource in package["resources"] if "schema_of" in resource]
    assert len(named) == len(FILES)
    for resource in named:
        fields = by_name[resource["schema_of"]]["schema"]["fields"]
        assert pq.read_schema(folder / resource["path"]).names == [one["name"] for one in fields]


def test_the_manifest_vouches_for_the_descriptor(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    payload = (folder / "datapackage.json").read_bytes()
    assert listed["datapackage.json"] == hashlib.sha256(payload).hexdigest()


def test_every_type_has_a_cell_to_be_tried_on(folder: Path, package: dict[str, Any]) -> None:
    tried: set[str] = set()
    for resource in csv_resources(package):
        text = (folder / resource["path"]).read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        fields = resource["schema"]["fields"]
        tried |= {field["type"] for field in fields if any(row[field["name"]] for row in rows)}
    assert tried == set(TYPES.values())
    keyed = [one for one in csv_resources(package) if "primaryKey" in one["schema"]]
    assert len(keyed) == len(FILES) - 2, "what the doors judged and restatements have no mart"


def test_both_languages_and_the_unit_stand_at_every_column(package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        assert resource["title"] != resource["title_vi"]
    for resource in csv_resources(package):
        for field in resource["schema"]["fields"]:
            assert all(field[key] for key in ("title_vi", "description_vi")), field
            assert all(field["unit"][key] for key in ("code", "en", "vi")), field


def test_sources_and_licences_stand_at_what_rests_on_them(package: dict[str, Any]) -> None:
    by_name = {resource["name"]: resource for resource in package["resources"]}
    assert by_name["outcomes"]["licenses"][0]["name"] == "CC-BY-4.0"
    assert "cite the GDELT Project" in by_name["documents"]["sources"][0]["terms"]
    assert "licenses" not in by_name["arrivals_months"], "its source states no terms"
    assert "None stated" in by_name["arrivals_months"]["sources"][0]["terms"]
    named = {source["title"] for source in package["sources"]}
    assert named == {source["name"] for source in SOURCES.values()}
    without = [name for name, one in by_name.items() if "sources" not in one]
    tables = ("gate_results", "restatements")
    assert without == [name for table in tables for name in (table, f"{table}-parquet")]


def test_a_synthetic_edition_says_so(package: dict[str, Any]) -> None:
    assert package["description"].startswith("Synthetic data")
    assert package["description_vi"].startswith("Dữ liệu giả lập")


def test_own_columns_are_own_and_contracts_are_known() -> None:
    frames = data_frames(make_brief(sample.facts(), sample.request()))
    for name in OWN:
        file, _, column = name.partition(".")
        assert column in frames[f"{file}.csv"].columns, name
    marts = {file.mart for file in FILES.values() if file.mart}
    assert marts <= set(read_contracts())


def test_a_column_that_nobody_described_is_refused() -> None:
    frames = data_frames(make_brief(sample.facts(), sample.request()))
    with pytest.raises(KeyError, match="new_one"):
        fields({"reach.csv": frames["reach.csv"].assign(new_one=1)})


@pytest.mark.parametrize("name", sorted(WITHHELD))
def test_no_export_has_what_a_mart_left_in_a_suppressed_cell(name: str) -> None:
    """Every row of one mart is suppressed, with a value in each cell that should be empty."""
    facts = sample.facts()
    frame = getattr(facts, name).copy()
    assert len(frame)
    reason = REASONS.get(name, "suppressed_reason")
    frame[reason] = "under_3_outlets"
    for column in WITHHELD[name]:
        frame[column] = 0.9191 if BY_FRAME[name][column] == "float64" else 91919191
    planted = withheld(name, frame)
    brief = make_brief(replace(facts, **{name: planted}), sample.request())
    frames = data_frames(brief)
    exported = {file: csv_bytes(rows) for file, rows in frames.items()}
    assert any(b"under_3_outlets" in payload for payload in exported.values())
    for file, payload in exported.items():
        assert b"0.9191" not in payload, file
        assert b"91919191" not in payload, file
    described = fields(frames)
    for file, rows in frames.items():
        table = pq.read_table(io.BytesIO(parquet_bytes(rows, described[file])))
        for values in table.to_pydict().values():
            assert not {0.9191, 91919191, "91919191"} & set(values), file
