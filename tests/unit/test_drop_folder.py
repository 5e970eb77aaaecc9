"""A folder that a user fills: what counts, what a file is called, worlds, races, and what cannot be read."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tiengvang.errors import FetchFailed, FileMissing, FileRefused, SettingsError
from tiengvang.sources.drop_folder import DropFolderSource, Identity, own_name, stamped
from tiengvang.sources.folder_files import listing
from tiengvang.sources.records import ParsedFile, Rows
from tiengvang.warehouse.world import World
from tiengvang.windows import Window

WINDOW = Window(datetime(2026, 7, 6, 4, tzinfo=UTC), datetime(2026, 7, 13, 4, tzinfo=UTC))


def read(payload: bytes, file_name: str) -> ParsedFile:
    return ParsedFile(1, 1, (Rows("raw.some", ("file_name", "size"), [(file_name, len(payload))]),))


def identify(name: str, payload: bytes) -> Identity:
    year = name[:4]
    return Identity("some", datetime(int(year), 1, 1, tzinfo=UTC) if year.isdecimal() else None)


def source(folder: Path | None, limit_bytes: int = 100) -> DropFolderSource:
    suffixes = frozenset({".csv", ".xlsx"})
    return DropFolderSource("some", folder, suffixes, limit_bytes, identify, read)


def names(folder: Path) -> list[str]:
    return [own_name(file.file_name) for file in source(folder).expected_files(WINDOW, World())]


def test_only_whole_visible_files_of_the_folder_count(tmp_path: Path) -> None:
    for name in (
        "b.csv",
        "A.XLSX",
        ".hidden.csv",
        "~$A.xlsx",
        "b.csv.part",
        "readme.txt",
        "world.json",
    ):
        (tmp_path / name).write_text(name)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "folder.csv" / "c.csv").write_text("c")
    os.mkfifo(tmp_path / "pipe.csv")
    assert names(tmp_path) == ["A.XLSX", "b.csv"]
    assert listing(tmp_path / "nowhere", frozenset({".csv"})) == []


def test_a_file_is_its_content(tmp_path: Path) -> None:
    (tmp_path / "2020 a.csv").write_text("1")
    (tmp_path / "b.csv").write_text("1")
    (tmp_path / "c.csv").write_text("2")
    first, second = source(tmp_path).expected_files(WINDOW, World())
    assert first.checksum == hashlib.sha256(b"1").hexdigest()
    assert first.file_name == f"2020 a.csv@{first.checksum[:12]}"
    assert (first.table_name, first.stream, first.slot_at.year) == ("some", None, 2020)
    # nothing says of which period it is: the last day of the run's interval
    assert (own_name(second.file_name), second.slot_at) == (
        "c.csv",
        datetime(2026, 7, 13, tzinfo=UTC),
    )
    (tmp_path / "2020 a.csv").write_text("3")
    third = next(iter(source(tmp_path).expected_files(WINDOW, World())))
    assert own_name(third.file_name) == "2020 a.csv" != third.file_name
    assert third.file_name != first.file_name


def test_names_are_text_that_can_be_stored(tmp_path: Path) -> None:
    (tmp_path / "Biểu.csv").write_text("composed or not")  # as some systems store it
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x01.csv")).write_text("bytes")
    found = names(tmp_path)
    assert found == ["Biểu.csv", "��.csv"]
    assert all(name.encode("utf-8") for name in found)
    opened = source(tmp_path)
    assert [opened.fetch(file) for file in opened.expected_files(WINDOW, World())] == [
        b"composed or not", b"bytes",
    ]  # fmt: skip


def test_what_changed_since_it_was_listed_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("1")
    opened = source(tmp_path)
    [file] = opened.expected_files(WINDOW, World())
    assert opened.fetch(file) == b"1"
    path.write_text("12")
    with pytest.raises(FileMissing, match=r"a\.csv: no longer in"):
        opened.fetch(file)
    path.unlink()
    with pytest.raises(FileMissing):
        opened.fetch(file)
    with pytest.raises(FileMissing):
        source(None).fetch(file)


def test_a_file_over_the_limit_is_listed_and_refused(tmp_path: Path) -> None:
    (tmp_path / "big.csv").write_bytes(b"x" * 101)
    (tmp_path / "just.csv").write_bytes(b"x" * 100)
    opened = source(tmp_path)
    big, just = opened.expected_files(WINDOW, World())
    with pytest.raises(FileRefused, match=r"big\.csv: 101 bytes, expected at most 100"):
        opened.fetch(big)
    assert len(opened.fetch(just)) == 100


def test_files_that_cannot_be_read_are_listed_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(name)

    def locked(self: Path, *_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    opened = source(tmp_path)
    with monkeypatch.context() as patch:  # tests may run as root, to whom nothing is locked
        patch.setattr(Path, "open", locked)
        first, second = opened.expected_files(WINDOW, World())
        assert [first.file_name, second.file_name] == ["a.csv@unreadable", "b.csv@unreadable"]
        assert first.checksum is None
        with pytest.raises(FetchFailed, match="Permission denied"):
            opened.fetch(first)
    with pytest.raises(FileMissing):
        opened.fetch(first)


def test_a_folder_says_which_world_it_belongs_to(tmp_path: Path) -> None:
    assert source(None).describe_world() is None
    assert source(tmp_path / "nowhere").describe_world() is None
    assert source(tmp_path).describe_world() == World()
    marker = tmp_path / "world.json"
    marker.write_text(json.dumps({"world_name": "sample", "is_synthetic": True}))
    assert source(tmp_path).describe_world() == World(name="sample", is_synthetic=True)
    for bad in ("", "[]", '{"world_name": "sample"}', "\udcff".encode("utf-8", "surrogateescape")):
        marker.write_bytes(bad if isinstance(bad, bytes) else bad.encode())
        with pytest.raises(SettingsError, match="expected an object with world_name"):
            source(tmp_path).describe_world()


def test_rows_are_stamped_with_the_instant_of_receipt(tmp_path: Path) -> None:
    received_at = datetime(2026, 7, 13, tzinfo=UTC)
    [table] = stamped(read(b"abc", "a.csv@1"), received_at).tables
    assert table.columns == ("file_name", "size", "received_at")
    assert table.rows == [("a.csv@1", 3, received_at)]
    (tmp_path / "a.csv").write_text("abc")
    [file] = source(tmp_path).expected_files(WINDOW, World())
    with pytest.raises(RuntimeError, match="prepare"):
        source(tmp_path).parse(file, b"abc")


def test_nothing_is_asked_for_again_by_itself() -> None:
    assert source(None).ask_again_for == timedelta(0)
    assert list(source(None).expected_files(WINDOW, World())) == []


def test_a_sample_folder_may_declare_when_its_files_came(tmp_path: Path) -> None:
    for name in ("2020 a.csv", "b.csv", "c.csv"):
        (tmp_path / name).write_text(name)
    marker = tmp_path / "world.json"
    received = {
        "b.csv": "2026-06-01T09:30+07:00",
        "c.csv": "2026-07-10T00:00Z",
        "gone.csv": "2026-01-01",
    }
    content = {"world_name": "sample", "is_synthetic": True, "received_at": received}
    marker.write_text(json.dumps(content))
    opened = source(tmp_path)
    world = World("sample", is_synthetic=True, declared_as_of=datetime(2026, 7, 9, tzinfo=UTC))
    first, second = opened.expected_files(WINDOW, world)
    assert (own_name(first.file_name), first.slot_at.year) == ("2020 a.csv", 2020)
    assert (own_name(second.file_name), second.slot_at) == (
        "b.csv",
        datetime(2026, 6, 1, tzinfo=UTC),
    )
    later = World("sample", is_synthetic=True, declared_as_of=datetime(2026, 7, 10, tzinfo=UTC))
    assert len(list(opened.expected_files(WINDOW, later))) == 3
    content["received_at"] = {"b.csv": "yesterday"}
    marker.write_text(json.dumps(content))
    with pytest.raises(SettingsError, match="received_at, expected instants by file name"):
        opened.describe_world()
    marker.write_text(json.dumps({**content, "world_name": "live", "received_at": received}))
    with pytest.raises(SettingsError, match="received_at in a live folder"):
        opened.describe_world()
