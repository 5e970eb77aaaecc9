"""What another version of a library wrote otherwise is the same file; what says something else is not."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tiengvang.edition.derived import says_the_same


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    found = tmp_path / "one", tmp_path / "other"
    for folder in found:
        (folder / "en").mkdir(parents=True)
    return found


def test_parquet_is_compared_by_columns_types_and_rows(folders: tuple[Path, Path]) -> None:
    one, other = folders
    rows = pa.table({"n": pa.array([1, None], pa.int64())})
    pq.write_table(rows, one / "a.parquet", compression="zstd")
    pq.write_table(rows, other / "a.parquet", compression="none")
    assert (one / "a.parquet").read_bytes() != (other / "a.parquet").read_bytes()
    assert says_the_same("a.parquet", one, other)
    for table in (
        pa.table({"n": pa.array([2, None], pa.int64())}),
        pa.table({"n": pa.array([1.0, None], pa.float64())}),
        pa.table({"m": pa.array([1, None], pa.int64())}),
    ):
        pq.write_table(table, other / "a.parquet")
        assert not says_the_same("a.parquet", one, other)


def test_a_pdf_is_compared_by_the_page_that_it_prints(folders: tuple[Path, Path]) -> None:
    for number, folder in enumerate(folders):
        (folder / "en/brief.pdf").write_bytes(b"%PDF" + bytes([number]))
        (folder / "en/index.html").write_text("page", encoding="utf-8")
    assert says_the_same("en/brief.pdf", *folders)
    (folders[1] / "en/index.html").write_text("another page", encoding="utf-8")
    assert not says_the_same("en/brief.pdf", *folders)


def test_of_the_descriptor_only_digests_of_parquet_files_may_differ(
    folders: tuple[Path, Path],
) -> None:
    def write(folder: Path, csv: str, parquet: str) -> None:
        resources = [{"format": "csv", "hash": csv}, {"format": "parquet", "hash": parquet}]
        text = json.dumps({"resources": resources})
        (folder / "datapackage.json").write_text(text, encoding="utf-8")

    write(folders[0], "a", "b")
    write(folders[1], "a", "c")
    assert says_the_same("datapackage.json", *folders)
    write(folders[1], "x", "b")
    assert not says_the_same("datapackage.json", *folders)


def test_nothing_else_is_excused(folders: tuple[Path, Path]) -> None:
    (folders[0] / "a.parquet").write_bytes(b"")
    assert not says_the_same("a.parquet", *folders)  # it is only in one of them
    for folder, text in zip(folders, ("1", "2"), strict=True):
        (folder / "a.csv").write_text(text, encoding="utf-8")
    assert not says_the_same("a.csv", *folders)
