"""Rows in GDELT's wire format, written by hand, and the watch-list that the parser tests share."""

from __future__ import annotations

import math
import os
import re
import struct
import zipfile
import zlib
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tiengvang.settings import REPOSITORY
from tiengvang.sources import gdelt
from tiengvang.sources.gdelt import source_file
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.watchlist import Watchlist
from tiengvang.windows import SLOT as QUARTER
from tiengvang.windows import SlotCalendar, Window

SLOT = datetime(2026, 7, 21, 8, 30, tzinfo=UTC)
STAMP = "20260721083000"
WATCHLIST = Watchlist(
    focus_iso3="VNM",
    watched_fips=frozenset({"VM", "TH", "ID", "MY", "RP", "SN"}),
    watched_cameo=frozenset({"VNM", "THA", "IDN", "MYS", "PHL", "SGP"}),
    compared_fips=frozenset({"VM", "TH", "ID", "MY", "RP", "SN", "JA", "FR"}),
    digest="test",
)
EXPORT = source_file("export", "english", SLOT)
MENTIONS = source_file("mentions", "english", SLOT)
GKG = source_file("gkg", "english", SLOT)


def file_named(name: str) -> SourceFile:
    """The file that a slot's zip or plain text belongs to."""
    slot_at = datetime.strptime(name[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    files = gdelt.expected_files(Window(slot_at, slot_at + QUARTER), SlotCalendar())
    return next(file for file in files if name in gdelt.paths(file))


def row(defaults: list[str], changes: dict[int, str]) -> bytes:
    fields = list(defaults)
    for place, value in changes.items():
        fields[place] = value
    return "\t".join(fields).encode()


def event(number: int = 1, **changes: str) -> bytes:
    """An event between Vietnam and Japan; ``c7="USA"`` changes the column at place 7."""
    fields = [""] * 61
    fields[0:5] = [str(number), "20260721", "202607", "2026", "2026.5507"]
    fields[5:8] = ["VNMGOV", "NAME ONE", "VNM"]
    fields[12] = "GOV"
    fields[15:18] = ["JPN", "NAME TWO", "JPN"]
    fields[25:35] = ["1", "042", "042", "04", "1", "1.9", "10", "2", "10", "-2.5"]
    fields[35] = fields[43] = "0"
    fields[51:59] = ["4", "Ha N?i", "VM", "VM44", "11112", "21.0333", "105.85", "-3714993"]
    fields[59:61] = [STAMP, "https://www.Paper.example/story?id=1"]
    return row(fields, {int(name[1:]): value for name, value in changes.items()})


def mention(number: int = 1, **changes: str) -> bytes:
    fields = [
        str(number), STAMP, STAMP, "1", "paper.example", "https://paper.example/story?id=1", "3",
        "-1", "10", "20", "1", "80", "900", "-2.5", "", "",
    ]  # fmt: skip
    return row(fields, {int(name[1:]): value for name, value in changes.items()})


def document(number: int = 0, **changes: str) -> bytes:
    """A document of 100 words that mentions Hanoi, Vietnam and Japan once each."""
    fields = [""] * 27
    fields[0:5] = [f"{STAMP}-{number}", STAMP, "1", "Paper.example", "https://paper.example/1"]
    fields[7] = "TOURISM;TRADE;"
    fields[8] = "TRADE,12;TRADE,90;ECON_FDI,40;"
    fields[10] = ";".join([place(4, "VM", "VM44"), place(1, "VM", "VM"), place(1, "JA", "JA")])
    fields[15] = "1.5,3,1.5,4.5,20,0.5,100"
    fields[26] = "<PAGE_TITLE>Th&#xE0;nh ph&#x1ED1;</PAGE_TITLE>"
    return row(fields, {int(name[1:]): value for name, value in changes.items()})


def place(kind: int, country: str, adm1: str, name: str = "A place") -> str:
    return f"{kind}#{name}#{country}#{adm1}#123#21.03#105.85#-3714993#55"


def table(parsed: ParsedFile, name: str) -> list[dict[str, Any]]:
    """The rows of one raw table as dictionaries."""
    (found,) = [rows for rows in parsed.tables if rows.table == f"raw.gdelt__{name}"]
    return [dict(zip(found.columns, values, strict=True)) for values in found.rows]


@cache
def declared(name: str) -> dict[str, tuple[str, bool]]:
    """A raw table's columns as schema.sql declares them: type, and whether null is allowed."""
    schema = REPOSITORY / "plugins" / "tiengvang" / "warehouse" / "schema.sql"
    body = re.search(
        rf"^create table if not exists {re.escape(name)} \((.*?)^\);",
        schema.read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert body is not None
    columns = re.findall(
        r"^    (?!primary)(\w+) ([a-z ]+?(?:\[\])?)( not null| primary key)?,?$",
        body[1],
        re.MULTILINE,
    )
    return {column: (kind, not required) for column, kind, required in columns}


FITS = {
    "text": lambda value: type(value) is str and "\0" not in value,
    "text[]": lambda value: type(value) is list and all(type(item) is str for item in value),
    "boolean": lambda value: type(value) is bool,
    "smallint": lambda value: type(value) is int and -(2**15) <= value < 2**15,
    "integer": lambda value: type(value) is int and -(2**31) <= value < 2**31,
    "bigint": lambda value: type(value) is int and -(2**63) <= value < 2**63,
    "double precision": lambda value: type(value) is float and math.isfinite(value),
    "date": lambda value: type(value) is date,
    "timestamptz": lambda value: type(value) is datetime and value.tzinfo is not None,
}
KEYS = {
    "raw.gdelt__events": (0,),
    "raw.gdelt__event_totals": (0, 1, 2),
    "raw.gdelt__mentions": (0, 1, 2),
    "raw.gdelt__mention_totals": (0, 1),
    "raw.gdelt__documents": (0,),
    "raw.gdelt__document_places": (0, 3),
    "raw.gdelt__outlet_totals": (0, 1, 2, 3),
    "raw.gdelt__outlet_country_totals": (0, 1, 2, 3),
}


def check_schema(parsed: ParsedFile) -> None:
    """Every row fits its raw table: columns, types, ranges, nulls, and the primary key."""
    for rows in parsed.tables:
        columns = declared(rows.table)
        assert [*rows.columns, "load_id"] == list(columns)
        for values in rows.rows:
            for name, value in zip(rows.columns, values, strict=True):
                kind, is_nullable = columns[name]
                assert (value is None and is_nullable) or FITS[kind](value), (name, value)
        keys = {tuple(values[place] for place in KEYS[rows.table]) for values in rows.rows}
        assert len(keys) == len(rows.rows)


def zipped(data: bytes, name: str = "a.csv", members: int = 1) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(members):
            archive.writestr(f"{number}-{name}", data)
    return buffer.getvalue()


def lying_zip(data: bytes, *, size: int, crc: int | None = None) -> bytes:
    """A zip of one member whose directory declares another size than its stream inflates to."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(data) + deflate.flush()
    checksum = zlib.crc32(data) if crc is None else crc
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, checksum, len(packed), size, 1, 0)
    local = b"PK\x03\x04" + common + b"a" + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + bytes(14) + b"a"
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def genuine_folder() -> Path:
    """The folder of genuine GDELT files; skips the test where there is none."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    folder = Path(os.environ.get("TIENGVANG_REAL_DATA", beside)) / "gdelt"
    if not folder.is_dir():
        pytest.skip(f"no genuine GDELT files in {folder}; TIENGVANG_REAL_DATA names their folder")
    return folder


def lines_of(file: SourceFile, *rows: bytes) -> tuple[SourceFile, bytes, Watchlist]:
    """What ``parse`` takes, from single rows."""
    return file, b"".join(line + b"\n" for line in rows), WATCHLIST
