import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from gdelt_rows import EXPORT, SLOT, file_named, genuine_folder
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.errors import FileRefused
from tiengvang.sources import gdelt
from tiengvang.windows import SLOT as QUARTER
from tiengvang.windows import SlotCalendar, Window

EVERYTHING = SlotCalendar()
URL = "http://data.gdeltproject.org/gdeltv2/"
ONE_SLOT = [
    "20260721083000.export.CSV.zip",
    "20260721083000.translation.export.CSV.zip",
    "20260721083000.mentions.CSV.zip",
    "20260721083000.translation.mentions.CSV.zip",
    "20260721083000.gkg.csv.zip",
    "20260721083000.translation.gkg.csv.zip",
]


def names(window, calendar=EVERYTHING):
    return [file.file_name for file in gdelt.expected_files(window, calendar)]


def entry(name, size=10, md5="0" * 32):
    return f"{size} {md5} {URL}{name}".encode()


def test_a_slot_has_six_files_exports_first():
    assert names(Window(SLOT, SLOT + QUARTER)) == ONE_SLOT


def test_each_file_says_what_it_is():
    first, second, *_ = gdelt.expected_files(Window(SLOT, SLOT + QUARTER), EVERYTHING)
    assert first == EXPORT
    assert (second.source, second.table_name, second.stream) == ("gdelt", "export", "translation")
    assert second.slot_at == SLOT


def test_a_day_has_96_slots_oldest_first():
    day = Window(SLOT, SLOT + timedelta(days=1))
    found = names(day)
    assert len(found) == len(set(found)) == 96 * 6
    assert [name[:14] for name in found] == sorted(name[:14] for name in found)


def test_an_empty_window_has_no_files():
    assert names(Window(SLOT, SLOT)) == []


def test_only_what_the_calendar_declares_is_expected():
    calendar = SlotCalendar(
        {"english": (Window(SLOT, SLOT + QUARTER),), "translation": (Window(SLOT - QUARTER, SLOT),)}
    )
    found = names(Window(SLOT - QUARTER, SLOT + 4 * QUARTER), calendar)
    assert found == [
        *(f"20260721081500.translation.{end}" for end in ("export.CSV.zip", "mentions.CSV.zip")),
        "20260721081500.translation.gkg.csv.zip",
        *ONE_SLOT[::2],
    ]


def test_a_slot_in_another_time_zone_is_named_in_utc():
    hanoi = SLOT.astimezone(datetime.fromisoformat("2026-01-01T00:00+07:00").tzinfo)
    assert gdelt.source_file("gkg", "english", hanoi).file_name == "20260721083000.gkg.csv.zip"


def test_no_other_table_or_stream_has_a_file():
    with pytest.raises(ValueError, match="no GDELT table 'gcam' in stream 'english'"):
        gdelt.source_file("gcam", "english", SLOT)
    with pytest.raises(ValueError, match="stream 'klingon'"):
        gdelt.source_file("gkg", "klingon", SLOT)


def test_a_list_gives_sizes_and_checksums():
    payload = b"\n".join([entry(ONE_SLOT[0], 12, "a" * 32), entry(ONE_SLOT[5], 7), b""])
    assert gdelt.read_list(payload.split(b"\n")) == {
        ONE_SLOT[0]: gdelt.ListEntry(12, "a" * 32),
        ONE_SLOT[5]: gdelt.ListEntry(7, "0" * 32),
    }


@pytest.mark.parametrize(
    "line",
    [
        URL.encode(),
        b"12 " + b"a" * 32,
        entry("20260721083000.gkg.csv"),
        entry("20260721083000.gkg.csv.zip", md5="A" * 31),
        entry("20260721083000.gkg.csv.zip", size="x"),
        b"\xff\xfe",
    ],
)
def test_a_line_that_is_no_entry_is_passed_over(line):
    assert set(gdelt.read_list([line, entry(ONE_SLOT[0]) + b"\r", b""])) == {ONE_SLOT[0]}


def test_a_streamed_list_keeps_the_window_only():
    slots = [SLOT + number * QUARTER for number in range(-3, 4)]
    files = [gdelt.source_file("gkg", "translation", slot) for slot in slots]
    lines = iter([URL.encode() + b"\n", *(entry(file.file_name) + b"\n" for file in files)])
    listing = gdelt.read_list(lines, Window(SLOT, SLOT + 2 * QUARTER))
    assert set(listing) == {file.file_name for file in files[3:5]}


def test_bytes_are_compared_with_the_list():
    payload = b"some bytes"
    right = gdelt.ListEntry(len(payload), hashlib.md5(payload).hexdigest())
    gdelt.check_listed(EXPORT, payload, right)
    gdelt.check_listed(EXPORT, payload, None)
    with pytest.raises(FileRefused, match=r"export\.CSV\.zip: 10 bytes, expected 11 by its list"):
        gdelt.check_listed(EXPORT, payload, replace(right, size=11))
    with pytest.raises(FileRefused, match=f"md5 {right.md5}, expected {'0' * 32} by its list"):
        gdelt.check_listed(EXPORT, payload, replace(right, md5="0" * 32))


def test_in_the_slot_with_a_wrong_md5_only_sizes_are_compared():
    file = gdelt.source_file("gkg", "english", datetime(2016, 5, 8, 14, tzinfo=UTC))
    gdelt.check_listed(file, b"some bytes", gdelt.ListEntry(10, "0" * 32))
    with pytest.raises(FileRefused, match="10 bytes, expected 11"):
        gdelt.check_listed(file, b"some bytes", gdelt.ListEntry(11, "0" * 32))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list(payload):
    listing = gdelt.read_list(payload.split(b"\n"))
    assert len(listing) <= payload.count(b"\n") + 1


@pytest.mark.real_data
def test_genuine_files_are_as_their_lists_say():
    folder = genuine_folder() / "slots"
    for stream, name in gdelt.LATEST_LISTS.items():
        listing = gdelt.read_list((folder / name).read_bytes().splitlines())
        assert len(listing) == 3
        for file_name, listed in listing.items():
            file = file_named(file_name)
            assert file.stream == stream
            gdelt.check_listed(file, (folder / file_name).read_bytes(), listed)


@pytest.mark.real_data
def test_the_genuine_master_list_is_read_whole():
    path = genuine_folder() / "archive" / "masterfilelist-excerpt.txt"
    with path.open("rb") as lines:
        listing = gdelt.read_list(lines)
    assert len(listing) == 3000
    day = Window(datetime(2018, 10, 2, tzinfo=UTC), datetime(2018, 10, 3, tzinfo=UTC))
    with path.open("rb") as lines:
        assert 0 < len(gdelt.read_list(lines, day)) <= 96 * 3
