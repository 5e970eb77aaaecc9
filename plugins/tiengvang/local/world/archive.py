"""Zip files of one member, as GDELT's: the same bytes for the same text, and quick to write."""

from __future__ import annotations

import struct
import zlib

# 1980-01-01 00:00, the earliest date of a zip: an archive must not tell when it was made.
_DOS_TIME, _DOS_DATE = 0, 0x21
_UNIX_REGULAR_FILE = 0o100644 << 16
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")


def zip_bytes(member: str, content: bytes, *, crc: int | None = None) -> bytes:
    """Return a zip of one deflated member.

    ``crc`` overrides the checksum that is written, to plant a corrupt archive. The bytes depend on
    the build of zlib; what they inflate to does not.
    """
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    checksum = zlib.crc32(content) if crc is None else crc
    name = member.encode()
    sizes = (checksum, len(packed), len(content))
    local = _LOCAL.pack(b"PK\3\4", 20, 0, 8, _DOS_TIME, _DOS_DATE, *sizes, len(name), 0)
    central = _CENTRAL.pack(
        b"PK\1\2", 0x0314, 20, 0, 8, _DOS_TIME, _DOS_DATE, *sizes,
        len(name), 0, 0, 0, 0, _UNIX_REGULAR_FILE, 0,
    )  # fmt: skip
    start = len(local) + len(name) + len(packed)
    end = _END.pack(b"PK\5\6", 0, 0, 1, 1, len(central) + len(name), start, 0)
    return b"".join((local, name, packed, central, name, end))
