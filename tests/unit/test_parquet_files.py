"""Parquet beside CSV: the same rows, typed, raw text, the same bytes for the same world."""

from __future__ import annotations

import io

import edition_frames as sample
import pyarrow.parquet as pq
import pytest

from tiengvang.edition.brief import make_brief
from tiengvang.edition.data_files import cell, data_frames
from tiengvang.edition.data_package import fields
from tiengvang.edition.parquet_files import TYPES, parquet_bytes

FRAMES = data_frames(make_brief(sample.facts(), sample.request()))
DESCRIBED = fields(FRAMES)


@pytest.mark.parametrize("name", sorted(FRAMES))
def test_a_parquet_file_has_the_rows_and_types_of_its_csv_file(name: str) -> None:
    described = DESCRIBED[name]
    payload = parquet_bytes(FRAMES[name], described)
    assert payload == parquet_bytes(FRAMES[name].copy(), described)
    table = pq.read_table(io.BytesIO(payload))
    assert table.schema.names == [field["name"] for field in described]
    assert list(table.schema.types) == [TYPES[field["type"]] for field in described]
    for column in table.schema.names:
        read = [cell(value) for value in table[column].to_pylist()]
        kind = next(field["type"] for field in described if field["name"] == column)
        written = [cell(value) for value in FRAMES[name][column].tolist()]
        if kind == "number":
            assert [float(x or "nan") for x in read] == pytest.approx(
                [float(x or "nan") for x in written], nan_ok=True
            )
        else:
            assert read == written, column


def test_text_is_kept_as_it_is_and_no_version_is_written() -> None:
    name = "documents.csv"
    payload = parquet_bytes(FRAMES[name], DESCRIBED[name])
    table = pq.read_table(io.BytesIO(payload))
    assert "=cmd()" in table["outlet_domain"].to_pylist()
    assert not table.schema.metadata
    assert b"pandas" not in payload
