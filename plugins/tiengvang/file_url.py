"""Local files by their ``file://`` address, and addresses as messages show them."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit, urlunsplit
from urllib.request import url2pathname

from tiengvang.errors import FetchFailed, FileMissing, FileRefused


def printable(url: str) -> str:
    """Return an address for messages: without a user's name and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def scheme_of(url: str) -> str:
    """Return an address's scheme: https, http or file.

    Raises:
        FetchFailed: any other scheme, or no address.
    """
    try:
        scheme = urlsplit(url).scheme
    except ValueError as error:
        raise FetchFailed(f"{url!r} is no address: {error}") from error
    if scheme not in ("https", "http", "file"):
        raise FetchFailed(f"{printable(url)!r}: expected https://, http:// or file://")
    return scheme


def open_file_url(url: str, *, limit_bytes: int) -> BinaryIO:
    """Open a ``file://`` address for reading. Its path is percent-decoded, its query ignored.

    Raises:
        FileMissing: no such file.
        FileRefused: the file is larger than the limit.
        FetchFailed: the address names another machine or no absolute path, or what it names is
            no regular file or cannot be read.
    """
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost") or not parts.path.startswith("/"):
        raise FetchFailed(
            f"{url}: expected an absolute path on this machine, like file:///folder/a"
        )
    path = Path(url2pathname(parts.path))
    if "\0" in str(path):
        raise FileMissing(f"{url}: no path holds a NUL character")
    try:
        status = path.stat()
        # A pipe or a device would be waited for, or be read without end.
        if not stat.S_ISREG(status.st_mode):
            raise FetchFailed(f"{path}: no regular file")
        size = status.st_size
        if size > limit_bytes:
            raise FileRefused(f"{path}: {size} bytes, expected at most {limit_bytes}")
        return path.open("rb")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissing(f"{path}: no such file") from error
    except OSError as error:
        raise FetchFailed(f"{path}: cannot be read: {error.strerror}") from error
