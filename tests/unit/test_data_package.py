"""The descriptor of an edition's data: to the standard, complete, true of the files, bilingual."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import edition_frames as sample
import jsonschema
import pyarrow.parquet as pq
import pytest

from tiengvang.contracts import read_contracts
from tiengvang.edition.brief import make_brief
from tiengvang.edition.columns import BY_FRAME
from tiengvang.edition.data_files import csv_bytes, data_frames
from tiengvang.edition.data_package import fields
from tiengvang.edition.facts import REASONS, WITHHELD, withheld
from tiengvang.edition.parquet_files import parquet_bytes
from tiengvang.edition.render import render_edition
from tiengvang.edition.sources import SOURCES
from tiengvang.edition.texts.data_files import FILES, OWN

# What version 1 of the standard asks of tabular packages, as far as it concerns these.
NAME = {"type": "string", "pattern": r"^[-a-z0-9._/]+$"}
TEXT = {"type": "string", "minLength": 1}
LICENCES = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
}
PACKAGE = {
    "type": "object",
    "required": ["profile", "name", "title", "created", "sources", "resources"],
    "properties": {
        "profile": {"const": "data-package"},
        "name": NAME,
        "title": TEXT,
        "description": TEXT,
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "licenses": LICENCES,
        "sources": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["title"], "properties": {"title": TEXT}},
        },
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["profile", "name", "path", "schema", "hash", "bytes", "format"],
                "properties": {
                    "profile": {"enum": ["tabular-data-resource", "data-resource"]},
                    "name": NAME,
                    "path": {"type": "string", "pattern": r"^(?!/)(?!.*\.\.)[\w./-]+$"},
                    "bytes": {"type": "integer", "minimum": 1},
                    "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                    "encoding": {"const": "utf-8"},
                    "licenses": LICENCES,
                    "schema": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {
                            "missingValues": {"const": [""]},
                            "primaryKey": {"type": "array", "minItems": 1, "items": TEXT},
                            "fields": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["name", "type", "title", "description"],
                                    "properties": {
                                        "name": TEXT,
                                        "title": TEXT,
                                        "description": TEXT,
                                        "type": {
                                            "enum": [
                                                *("string", "number", "integer", "boolean"),
                                                *("date", "datetime"),
                                            ]
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
WRITTEN = {
    "string": r".+",
    "integer": r"-?\d+",
    "number": r"-?\d+(\.\d+)?(e[+-]?\d+)?",
    "boolean": r"true|false",
    "date": r"\d{4}-\d\d-\d\d",
    "datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
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


def test_it_has_the_standards_shape(package: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(PACKAGE)
    jsonschema.validate(package, PACKAGE)
    names = [resource["name"] for resource in package["resources"]]
    assert len(names) == len(set(names))
    for wrong in ({"name": "Two words"}, {"resources": []}, {"profile": "tabular-data-package"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(package | wrong, PACKAGE)


def test_every_file_is_described_and_no_other(folder: Path, package: dict[str, Any]) -> None:
    described = {resource["path"]: resource for resource in package["resources"]}
    assert set(described) == {f"data/{path.name}" for path in (folder / "data").iterdir()}
    names = {resource["name"].removesuffix("-parquet") for resource in package["resources"]}
    assert set(FILES) == names
    assert len(package["resources"]) == 2 * len(FILES)
    for path, resource in described.items():
        payload = (folder / path).read_bytes()
        assert resource["bytes"] == len(payload)
        assert resource["hash"] == f"sha256:{hashlib.sha256(payload).hexdigest()}"


def test_the_manifest_vouches_for_the_descriptor(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    payload = (folder / "datapackage.json").read_bytes()
    assert listed["datapackage.json"] == hashlib.sha256(payload).hexdigest()


def test_columns_are_those_of_the_files_and_hold_what_they_declare(
    folder: Path, package: dict[str, Any]
) -> None:
    checked: set[str] = set()
    for resource in csv_resources(package):
        text = (folder / resource["path"]).read_text(encoding="utf-8-sig")
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        fields = resource["schema"]["fields"]
        assert header == [field["name"] for field in fields], resource["name"]
        for place, field in enumerate(fields):
            pattern = re.compile(WRITTEN[field["type"]], re.S)
            for row in rows:
                value = row[place]
                assert not value or pattern.fullmatch(value), (resource["name"], field, value)
                checked |= {field["type"]} if value else set()
    assert checked == set(WRITTEN), "a type that no cell has was not tried"


def test_keys_are_unique_and_without_a_gap(folder: Path, package: dict[str, Any]) -> None:
    keyed = [one for one in csv_resources(package) if "primaryKey" in one["schema"]]
    assert len(keyed) > 5
    for resource in keyed:
        text = (folder / resource["path"]).read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]
        assert all(all(key) for key in keys), resource["name"]
        assert len(keys) == len(set(keys)), resource["name"]


def test_both_languages_and_the_unit_stand_at_every_column(package: dict[str, Any]) -> None:
    for resource in package["resources"]:
        assert resource["title"] != resource["title_vi"]
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
