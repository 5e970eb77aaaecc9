"""Break files of a world on disk as a publisher or a network would: a changed file stays listed as it is."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from benchmarks.faults.days import FAULT_DAY, SPEC

from tiengvang.local.world.archive import zip_bytes
from tiengvang.local.world.faults import file_name
from tiengvang.local.world.slot_files import LIST_BASE, LISTS
from tiengvang.sources import gdelt_export, gdelt_gkg
from tiengvang.windows import STREAMS

Rows = list[list[str]]
Change = Callable[[Rows], Rows]
COLUMNS = {"gkg": gdelt_gkg.COLUMNS, "export": gdelt_export.COLUMNS}


def copy_world(world: Path, folder: Path) -> Path:
    """Copy a world as links: a file of it may be replaced, never written into."""
    shutil.copytree(world, folder, copy_function=os.link)
    return folder


def replace(path: Path, content: bytes) -> None:
    """Put other bytes in a file's place."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def slots(*, hours: Iterable[int] = (6, 18)) -> Iterator[datetime]:
    """Yield the slots of the day of the faults, of some of its hours."""
    times = [time.fromisoformat(text) for text in SPEC.times]
    wanted = set(hours)
    return (datetime.combine(FAULT_DAY, at, UTC) for at in times if at.hour in wanted)


def change_rows(
    folder: Path, table: str, change: Change, *, streams: Iterable[str] = STREAMS
) -> list[str]:
    """Change the rows of a table's files of the day; return the files' names."""
    names = [file_name(slot, stream, table) for slot in slots() for stream in streams]
    for name in names:
        rows = [line.split("\t") for line in read_text(folder, name).split("\n")[:-1]]
        text = "".join("\t".join(row) + "\n" for row in change(rows))
        put(folder, name, zip_bytes(name.removesuffix(".zip"), text.encode()))
    return names


def change_cells(
    folder: Path, table: str, change: Callable[[dict[str, str]], dict[str, str]], **which: Any
) -> list[str]:
    """Change cells of every row of the day: named cells in, those that are different out."""
    columns = COLUMNS[table]

    def rewrite(rows: Rows) -> Rows:
        for row in rows:
            for name, value in change(dict(zip(columns, row, strict=True))).items():
                row[columns.index(name)] = value
        return rows

    return change_rows(folder, table, rewrite, **which)


def read_text(folder: Path, name: str) -> str:
    """Return the text of a slot's file."""
    with zipfile.ZipFile(folder / "gdeltv2" / name) as archive:
        return archive.read(archive.namelist()[0]).decode()


def put(folder: Path, name: str, content: bytes) -> None:
    """Publish a slot's file with its line in the list, in place of what was there."""
    replace(folder / "gdeltv2" / name, content)
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
    _relist(folder, name, f"{len(content)} {digest} {LIST_BASE}{name}\n")


def withdraw(folder: Path, name: str) -> None:
    """Let a slot's file never have been published."""
    (folder / "gdeltv2" / name).unlink()
    _relist(folder, name, "")


def _relist(folder: Path, name: str, line: str) -> None:
    stream = "translation" if ".translation." in name else "english"
    path = folder / "gdeltv2" / LISTS[stream]
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line if entry.endswith(f"/{name}\n") else entry for entry in lines]
    replace(path, "".join(kept).encode())


def change_json(path: Path, change: Callable[[Any], Any]) -> None:
    """Replace a JSON file by what is made of its value."""
    value = change(json.loads(path.read_text("utf-8")))
    replace(path, json.dumps(value, ensure_ascii=False).encode())
