"""Lays genuine files out as the source does, so that they can be read over ``file://``."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from tiengvang.windows import SlotCalendar, format_instant


def lay_out_mirror(
    files: Iterable[Path],
    folder: Path,
    *,
    as_of: datetime,
    calendar: SlotCalendar | None,
    world_name: str,
) -> Path:
    """Copy slot files into ``folder/gdeltv2`` with lists and ``world.json``; return that folder.

    Files keep their names, those that are not zipped (``.CSV``) as well; the lists name only zips.
    ``calendar`` None means that every quarter-hour is expected.

    Raises:
        ValueError: there is no file to lay out.
    """
    base = folder / "gdeltv2"
    base.mkdir(parents=True, exist_ok=True)
    lines: dict[str, list[str]] = {"": [], "-translation": []}
    laid_out = 0
    for source in sorted(files, key=lambda path: path.name):
        shutil.copyfile(source, base / source.name)
        laid_out += 1
        if source.suffix == ".zip":
            content = source.read_bytes()
            digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
            stream = "-translation" if ".translation." in source.name else ""
            url = f"http://gdelt.example/gdeltv2/{source.name}"
            lines[stream].append(f"{len(content)} {digest} {url}\n")
    if not laid_out:
        raise ValueError(f"no files to lay out in {folder}")
    for stream, entries in lines.items():
        (base / f"masterfilelist{stream}.txt").write_text("".join(entries), "utf-8")
    description = {
        "world_name": world_name,
        "is_synthetic": False,
        "as_of": format_instant(as_of),
        "calendar": calendar.as_json() if calendar else None,
        "outlets": [],
    }
    (base / "world.json").write_text(json.dumps(description, indent=1) + "\n", "utf-8")
    return base
