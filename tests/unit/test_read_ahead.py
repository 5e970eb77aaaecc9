"""The order in which files are begun and yielded, and how far ahead they are read."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Lock
from typing import Any, cast

import pytest

from tiengvang.ingest import _read_ahead
from tiengvang.sources import gdelt
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.sources.source import Source
from tiengvang.windows import SLOT

START = datetime(2026, 7, 1, tzinfo=UTC)


class Recorder:
    """A source of files without bytes, which remembers the order in which they are asked for."""

    def __init__(self) -> None:
        self.begun: list[SourceFile] = []
        self.lock = Lock()

    def fetch(self, file: SourceFile) -> SourceFile:
        with self.lock:
            self.begun.append(file)
        return file

    def parse(self, file: SourceFile, fetched: SourceFile) -> Any:
        assert fetched is file
        return ParsedFile(rows_read=0, rows_kept=0, tables=()), file.file_name


def slots(count: int) -> list[SourceFile]:
    return [
        gdelt.source_file(table, "english", START + number * SLOT)
        for number in range(count)
        for table in gdelt.TABLES
    ]


@pytest.mark.parametrize("workers", [1, 3, 8])
@pytest.mark.parametrize("count", [1, 2, 40])
def test_files_come_in_their_order_each_once(workers: int, count: int) -> None:
    source, files = Recorder(), slots(count)
    found = [
        (file, read.result()[1]) for file, read in _read_ahead(cast(Source, source), files, workers)
    ]
    assert found == [(file, file.file_name) for file in files]
    assert sorted(source.begun, key=files.index) == files


def test_the_last_files_of_a_slot_are_begun_first() -> None:
    source, files = Recorder(), slots(2)
    for _, read in _read_ahead(cast(Source, source), files[1:], 1):
        read.result()
    assert source.begun == [files[2], files[1], *files[3:]]


def test_never_more_than_twice_as_many_files_are_begun_as_there_are_workers() -> None:
    source, files = Recorder(), slots(40)
    for taken, (_, read) in enumerate(_read_ahead(cast(Source, source), files, 2), start=1):
        read.result()
        assert len(source.begun) < taken + 2 * 2
