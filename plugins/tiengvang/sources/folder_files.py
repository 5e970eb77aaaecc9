"""Files of a folder on this machine: which ones count, what they are called, their bytes within a limit."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

from tiengvang.errors import FetchFailed, FileMissing, FileRefused

UNREADABLE = "unreadable"


def listing(folder: Path, suffixes: frozenset[str]) -> list[Path]:
    """Return the folder's own files of these suffixes by name; no hidden, locked or temporary ones.

    Raises:
        FetchFailed: the folder cannot be read.
    """
    try:
        paths = [
            path
            for path in folder.iterdir()
            if path.suffix.lower() in suffixes
            and not path.name.startswith((".", "~"))
            and path.is_file()
        ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise FetchFailed(f"{folder}: cannot be read: {error.strerror}") from error
    return sorted(paths, key=shown_name)


def shown_name(path: Path) -> str:
    """Return a file's name as text that can be stored, composed as the ledger compares it."""
    text = unicodedata.normalize("NFC", os.fsencode(path.name).decode("utf-8", "replace"))
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def content_digest(path: Path) -> str:
    """Return the SHA-256 of a file of any size; a word where it cannot be read, which fetching tells."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return UNREADABLE


def head(path: Path, limit_bytes: int) -> bytes:
    """Return the bytes of a file for telling what it is; none where it is too large or unreadable."""
    try:
        return read_bytes(path, limit_bytes)
    except (FetchFailed, FileMissing, FileRefused):
        return b""


def read_bytes(path: Path, limit_bytes: int, *, name: str | None = None) -> bytes:
    """Return a file's bytes. ``name`` is what messages call it; without it, its own.

    Raises:
        FileMissing: it is gone.
        FileRefused: it is larger than the limit.
        FetchFailed: it cannot be read.
    """
    name = name or shown_name(path)
    # The system's own message names the file: it is not chained.
    try:
        with path.open("rb") as handle:
            payload = handle.read(limit_bytes + 1)
    except FileNotFoundError:
        raise FileMissing(f"{name}: no such file") from None
    except OSError as error:
        raise FetchFailed(f"{name}: cannot be read: {error.strerror}") from None
    if len(payload) > limit_bytes:
        raise FileRefused(f"{name}: {path.stat().st_size} bytes, expected at most {limit_bytes}")
    return payload
