"""Tranco's lists: months, addresses, and answers good and hostile."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.errors import FileMissing, FileRefused, SchemaDrift
from tiengvang.local.world.archive import zip_bytes
from tiengvang.local.world.tranco import answer_path
from tiengvang.settings import REPOSITORY
from tiengvang.sources import tranco
from tiengvang.sources.records import ParsedFile
from tiengvang.sources.site_lists import LIMIT_BYTES
from tiengvang.windows import Window, parse_instant

JULY = date(2026, 7, 1)
LIST = tranco.ListReference("K7MNN", JULY)
SITES = [f"site{number}.example" for number in range(1, 41)]


def lines(sites: list[str], end: str = "\r\n") -> bytes:
    return "".join(f"{rank},{site}{end}" for rank, site in enumerate(sites, start=1)).encode()


def parse(payload: bytes) -> ParsedFile:
    return tranco.parse_ranks(payload, reference=LIST, file_name="ranks@2026-07")


def read(answer: Any) -> tranco.ListReference:
    payload = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return tranco.read_reference(payload, list_date=JULY, file_name="ranks@2026-07")


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-07-13T00:00:00Z", "2026-07-13T00:00:00Z", []),
        ("2026-07-13T00:00:00Z", "2026-07-13T00:15:00Z", ["2026-07"]),
        ("2026-06-30T23:45:00Z", "2026-07-01T00:00:00Z", ["2026-06"]),
        ("2026-06-30T23:45:00Z", "2026-07-01T00:15:00Z", ["2026-06", "2026-07"]),
        ("2025-11-05T00:00:00Z", "2026-02-01T00:15:00Z", ["2025-11", "2025-12", "2026-01", "2026-02"]),
        ("2026-07-01T05:00:00+07:00", "2026-07-01T06:00:00+07:00", ["2026-06"]),
    ],
)  # fmt: skip
def test_a_window_has_the_lists_of_its_months(start: str, end: str, months: list[str]) -> None:
    window = Window(parse_instant(start), parse_instant(end))
    files = list(tranco.expected_files(window))
    assert [file.file_name for file in files] == [f"ranks@{month}" for month in months]
    assert [file.slot_at for file in files] == [
        datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC) for month in months
    ]
    assert all((file.source, file.table_name) == ("tranco", "ranks") for file in files)


def test_addresses() -> None:
    site = "https://tranco-list.eu"
    assert tranco.reference_url(site, JULY) == f"{site}/api/lists/date/20260701"
    assert tranco.list_urls(site, "K7MNN") == (
        f"{site}/download_daily/K7MNN",
        f"{site}/download/K7MNN/1000000",
    )
    assert tranco.reference_url("file:///m", JULY) == "file:///m/api/lists/date/20260701.json"
    assert tranco.list_urls("file:///m", "K7MNN") == ("file:///m/download_daily/K7MNN.zip",)


def test_the_answer_names_the_list_of_the_day_that_was_asked_for() -> None:
    answer = {"list_id": "K7MNN", "available": True, "failed": False, "created_on": "2026-07-02"}
    assert read(answer) == LIST
    assert read({"list_id": "K7MNN", "available": True}) == LIST


@pytest.mark.parametrize(
    "answer",
    [
        {"list_id": "K7MNN", "available": False},
        {"list_id": "K7MNN", "available": True, "failed": True},
        {"available": False},
    ],
)
def test_a_list_that_is_not_made_yet_is_missing(answer: dict[str, Any]) -> None:
    with pytest.raises(FileMissing, match=r"ranks@2026-07: the list of 2026-07-01 is not"):
        read(answer)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html>busy</html>",
        b"[" * 100_000,
        [],
        None,
        {"list_id": "K7MNN"},
        {"list_id": "K7MNN", "available": "yes"},
        {"available": True},
        {"available": True, "list_id": 7},
        {"available": True, "list_id": "../../etc"},
        {"available": True, "list_id": "K7MNN\n"},
    ],
)
def test_what_names_no_list_is_refused(answer: Any) -> None:
    with pytest.raises(FileRefused, match=r"ranks@2026-07: "):
        read(answer)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_is_read_zipped_or_plain(end: str) -> None:
    plain = lines(SITES, end)
    for payload in (plain, plain.removesuffix(b"\n"), zip_bytes("top-1m.csv", plain)):
        parsed = parse(payload)
        assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (40, 40, ())
        (block,) = parsed.tables
        assert block.rows[0] == ("K7MNN", JULY, 1, "site1.example")
        assert [row[3] for row in block.rows] == SITES
        assert [row[2] for row in block.rows] == list(range(1, 41))


def test_ranks_beyond_the_last_tier_are_checked_and_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tranco, "KEPT_RANKS", 30)
    parsed = parse(lines(SITES))
    assert (parsed.rows_read, parsed.rows_kept) == (40, 30)
    assert parsed.tables[0].rows[-1][2] == 30
    with pytest.raises(FileRefused, match="line 40"):
        parse(lines([*SITES[:39], SITES[0]]))


def test_the_block_has_the_columns_of_the_raw_table() -> None:
    (block,) = parse(lines(SITES)).tables
    schema = (REPOSITORY / "plugins/tiengvang/warehouse/schema.sql").read_text(encoding="utf-8")
    body = schema.split(f"create table if not exists {block.table} (")[1].split("\n);")[0]
    columns = {line.split()[0] for line in body.strip().splitlines()}
    assert set(block.columns) == columns - {"load_id", "primary"}


def spoiled(number: int, line: bytes) -> bytes:
    """A list with another line in the place of line ``number``."""
    parts = lines(SITES).split(b"\r\n")
    parts[number - 1] = line
    return b"\r\n".join(parts)


REFUSED = {
    "nothing": (b"", "no lines"),
    "no lines": (zip_bytes("top-1m.csv", b""), "no lines"),
    "header": (b"rank,domain\r\n" + lines(SITES), "line 1: the first column is no rank"),
    "one column": (spoiled(7, b"site7.example"), "line 7: 1 columns, expected 2"),
    "three columns": (spoiled(7, b"7,site7.example,3"), "line 7: 3 columns, expected 2"),
    "blank line": (spoiled(7, b""), "line 7: 1 columns, expected 2"),
    "end of the list twice": (lines(SITES) + b"\r\n", "line 41: 1 columns"),
    "not ascending": (spoiled(7, b"6,site7.example"), "line 7: rank 6, expected 7"),
    "a hole": (spoiled(7, b"8,site7.example"), "line 7: rank 8, expected 7"),
    "zero": (spoiled(1, b"0,site1.example"), "line 1: the first column is no rank"),
    "no number": (spoiled(7, b"7.0,site7.example"), "line 7: the first column is no rank"),
    "other digits": (spoiled(7, "٧,site7.example".encode()), "line 7: the first column is no rank"),
    "a name twice": (spoiled(7, b"7,site3.example"), "line 7: a name that came before"),
    "semicolons": (lines(SITES).replace(b",", b";"), "line 1: 1 columns"),
    "a page": (b"<!doctype html>\n<p>Busy, try again</p>\n", "line 1: 1 columns"),
    "cut zip": (zip_bytes("top-1m.csv", lines(SITES))[:200], "no readable zip archive"),
    "wrong checksum": (zip_bytes("top-1m.csv", lines(SITES), crc=1), "CRC"),
}


@pytest.mark.parametrize(("payload", "reason"), REFUSED.values(), ids=REFUSED)
def test_bad_lists_are_refused_with_file_and_line(payload: bytes, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        parse(payload)
    assert str(refused.value).startswith("ranks@2026-07")
    assert reason in str(refused.value)


def test_a_zip_bomb_is_refused_before_it_is_inflated() -> None:
    bomb = zip_bytes("top-1m.csv", b"\0" * (LIMIT_BYTES + 1))
    assert len(bomb) < LIMIT_BYTES / 100
    with pytest.raises(FileRefused, match=rf"ranks@2026-07: {LIMIT_BYTES + 1} bytes inflated"):
        parse(bomb)


@pytest.mark.parametrize(
    "name",
    ["Site7.Example", "site 7.example", "", "a" * 64, "x." * 130 + "x", "tiếng.example", "."],
)
def test_a_name_that_no_host_has_is_a_reject_with_its_line(name: str) -> None:
    parsed = parse(spoiled(7, f"7,{name}".encode()))
    assert (parsed.rows_read, parsed.rows_kept) == (40, 39)
    (reject,) = parsed.rejects
    assert reject.line_number == 7
    assert not name or name not in reject.reason


def test_too_many_rejects_refuse_the_list() -> None:
    payload = lines(["no name"] * 3 + SITES[3:])
    with pytest.raises(SchemaDrift, match=r"3 of 40 names are no host names.*5%; first: line 1"):
        parse(payload)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(payload: bytes) -> None:
    try:
        parsed = parse(payload)
    except FileRefused:
        return
    assert parsed.rows_read == parsed.rows_kept + len(parsed.rejects) > 0


HOST = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}\.[a-z]{2,8}", fullmatch=True)


@given(st.lists(HOST, min_size=1, max_size=30, unique=True))
def test_every_list_comes_back_as_it_was_written(sites: list[str]) -> None:
    rows = parse(zip_bytes("top-1m.csv", lines(sites))).tables[0].rows
    assert [row[3] for row in rows] == sites


def test_the_sample_site_names_a_list_late_on_its_day_and_nothing_else() -> None:
    path = "api/lists/date/20260701"
    assert answer_path(path, parse_instant("2026-07-01T21:59:00Z")) is None
    assert answer_path(path, parse_instant("2026-07-01T22:00:00Z")) == f"{path}.json"
    later = parse_instant("2026-08-01")
    assert answer_path("download_daily/K7MNN", later) == "download_daily/K7MNN.zip"
    for other in ("api/lists/date/../../../truth", "download_daily/../../truth", "truth.json", ""):
        assert answer_path(other, later) is None
