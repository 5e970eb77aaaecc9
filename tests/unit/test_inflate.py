import tracemalloc
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from gdelt_rows import genuine_folder, lying_zip, zipped
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.errors import FileRefused
from tiengvang.inflate import inflate

LIMIT = 1_000_000


def unzip(payload: bytes, name: str = "x.gkg.csv.zip", limit: int = LIMIT) -> bytes:
    return inflate(payload, file_name=name, limit_bytes=limit)


@pytest.mark.parametrize("data", [b"", b"a\tb\n", b"x" * 300_000, bytes(range(256)) * 999])
def test_a_zip_gives_back_its_member(data):
    assert unzip(zipped(data)) == data


def test_a_stored_member_is_read():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.csv", "plain")
    assert unzip(buffer.getvalue()) == b"plain"


def test_plain_text_is_given_back():
    assert unzip(b"1\t2\n", "x.export.CSV") == b"1\t2\n"
    assert unzip(b"", "x.export.CSV") == b""


def test_no_bytes_are_no_zip():
    with pytest.raises(FileRefused, match=r"x\.gkg\.csv\.zip: no bytes at all, expected a zip"):
        unzip(b"")


@pytest.mark.parametrize("members", [0, 2])
def test_another_number_of_members_is_refused(members):
    with pytest.raises(FileRefused, match=f"{members} archive members, expected 1"):
        unzip(zipped(b"a", members=members))


@pytest.mark.parametrize("payload", [b"x" * (LIMIT + 1), zipped(b"x" * (LIMIT + 1))])
def test_more_than_the_limit_is_refused(payload):
    with pytest.raises(FileRefused, match=f"{LIMIT + 1} bytes inflated, expected at most {LIMIT}"):
        unzip(payload)


def test_a_member_of_exactly_the_limit_is_read():
    assert len(unzip(zipped(b"x" * LIMIT))) == LIMIT


def test_a_bomb_that_declares_little_is_not_inflated():

    bomb = lying_zip(bytes(50_000_000), size=10)
    tracemalloc.start()
    with pytest.raises(FileRefused, match="does not end within the 10 bytes"):
        unzip(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_member_shorter_than_declared_is_refused():
    with pytest.raises(FileRefused, match="3 bytes inflated, expected 9 by its directory"):
        unzip(lying_zip(b"abc", size=9))


def test_a_wrong_crc_is_refused():
    with pytest.raises(FileRefused, match="CRC 352441c2, expected 00000007"):
        unzip(lying_zip(b"abc", size=3, crc=7))


@pytest.mark.parametrize("keep", [2, 30, 100, -1])
def test_a_truncated_zip_is_refused(keep):
    with pytest.raises(FileRefused, match="no readable zip archive"):
        unzip(zipped(bytes(range(256)) * 20)[:keep])


def test_every_flipped_byte_of_the_stream_is_noticed():
    data = b"the quick brown fox jumps over the lazy dog " * 5
    payload = zipped(data)
    start = 30 + len("0-a.csv")
    end = payload.index(b"PK\x01\x02")
    for place in range(start, end):
        broken = bytearray(payload)
        broken[place] ^= 0xFF
        with pytest.raises(FileRefused):
            unzip(bytes(broken))


def test_an_encrypted_member_is_refused():
    payload = bytearray(zipped(b"abc"))
    payload[payload.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FileRefused, match="encrypted"):
        unzip(bytes(payload))


def test_another_compression_is_refused():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.csv", "abc")
    with pytest.raises(FileRefused, match=r"compression method 14, expected 0 \(stored\) or 8"):
        unzip(buffer.getvalue())


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK", b"PK\x03\x04", b"PK\x05\x06"]))
def test_any_bytes_give_bytes_or_a_refusal(tail, magic):
    if not magic and tail and not tail.startswith(b"PK"):
        assert unzip(tail) == tail
        return
    with suppress(FileRefused):
        assert isinstance(unzip(magic + tail), bytes)


@given(st.binary(max_size=300), st.data())
def test_a_damaged_zip_gives_its_member_or_a_refusal(content, data):
    payload = bytearray(zipped(content))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(payload) - 1))
        payload[place] = data.draw(st.integers(0, 255))
    try:
        found = unzip(bytes(payload))
    except FileRefused:
        return
    assert found in (content, bytes(payload))


@pytest.mark.real_data
def test_genuine_zips_inflate_as_the_standard_library_says():
    paths = sorted((genuine_folder() / "slots").glob("*.zip"))
    assert len(paths) == 6
    for path in paths:
        with zipfile.ZipFile(path) as archive:
            expected = archive.read(archive.namelist()[0])
        assert unzip(path.read_bytes(), path.name, 10_000_000) == expected


def test_what_the_macos_archiver_adds_is_no_member():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", "text")
        archive.writestr("__MACOSX/._a.csv", "attributes")
    assert unzip(buffer.getvalue()) == b"text"
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("__MACOSX/._a.csv", "attributes")
    with pytest.raises(FileRefused, match="0 archive members, expected 1"):
        unzip(buffer.getvalue())
