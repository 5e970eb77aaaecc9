"""Inflating and parsing a slot of real size beside ``zlib`` on the same bytes."""

from __future__ import annotations

import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from benchmarks.slots import NAMES, pack, template

from tiengvang.inflate import inflate
from tiengvang.sources import gdelt
from tiengvang.watchlist import watchlist_on

SLOT_AT = datetime(2026, 7, 1, 12, tzinfo=UTC)
LIMIT_BYTES = 512 * 1024**2


@dataclass(frozen=True, slots=True)
class Inflating:
    """Seconds for the three archives of a slot, best of all rounds."""

    ours: float
    zlib: float
    parse: float
    text_mb: float
    rows: int


def deflated(payload: bytes) -> bytes:
    """Return the compressed bytes of an archive's one member, without its headers."""
    with zipfile.ZipFile(BytesIO(payload)) as archive:
        member = archive.infolist()[0]
    start = member.header_offset + 30 + len(member.filename) + len(member.extra)
    return payload[start : start + member.compress_size]


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call took."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def measure(rounds: int) -> Inflating:
    """Run the three ways in turns: on a busy machine each finds a quiet moment."""
    texts = template().slot(1, SLOT_AT)
    files = {table: gdelt.source_file(table, "english", SLOT_AT) for table in texts}
    zips = {table: pack(text, NAMES[table]) for table, text in texts.items()}
    streams = [deflated(payload) for payload in zips.values()]
    watchlist = watchlist_on(SLOT_AT.date())

    def ours() -> None:
        for table, payload in zips.items():
            inflate(payload, file_name=table, limit_bytes=LIMIT_BYTES)

    def parse() -> None:
        for table, payload in zips.items():
            data = inflate(payload, file_name=table, limit_bytes=LIMIT_BYTES)
            rejects = gdelt.parse(files[table], data, watchlist).rejects
            assert not rejects, rejects[0]

    def plain() -> None:
        for stream in streams:
            zlib.decompress(stream, -15)

    taken = [(seconds(ours), seconds(plain), seconds(parse)) for _ in range(rounds)]
    ours_s, plain_s, parse_s = (min(column) for column in zip(*taken, strict=True))
    size = sum(map(len, texts.values())) / 1e6
    return Inflating(ours_s, plain_s, parse_s, size, sum(t.count(b"\n") for t in texts.values()))
