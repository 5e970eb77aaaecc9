"""What an HTTP answer means: its status, its redirect, and its body, bounded in size and time."""

from __future__ import annotations

import io
import time
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import IO
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from tiengvang.errors import FetchFailed, FetchRejected, FileMissing, FileRefused
from tiengvang.file_url import printable

CHUNK_BYTES = 256 * 1024
KEEP_ALIVE_BYTES = 64 * 1024


class MayHealError(Exception):
    """A failure of the network or the server that another attempt may not meet."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


def check_status(url: str, response: requests.Response, deadline: float) -> None:
    """Pass an answer with status 200.

    Raises:
        FileMissing: 404 or 410.
        MayHealError: 429 or 5xx, with the wait that the server asks for.
        FetchRejected: any other 4xx.
        FetchFailed: any other status; an empty 204 is no file either.
    """
    status = response.status_code
    if status == 200:
        return
    discard(response, deadline)
    if status in (404, 410):
        raise FileMissing(f"{printable(url)}: status {status}")
    if status == 429 or status >= 500:
        raise MayHealError(f"status {status}", retry_after(response))
    kind = FetchRejected if 400 <= status < 500 else FetchFailed
    raise kind(f"{printable(url)}: status {status} {response.reason}, expected 200", status)


def retry_after(response: requests.Response) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, or None where it says nothing readable.

    A date is compared with the answer's own ``Date``: the server's clock, not this machine's.
    """
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    with suppress(ValueError, TypeError):
        asked = parsedate_to_datetime(text)
        said = parsedate_to_datetime(response.headers.get("Date", ""))
        return max(0.0, (asked - said).total_seconds())
    return None


def redirected(url: str, target: str) -> str:
    """Return the absolute address of a redirect's target.

    Raises:
        FetchFailed: the target is neither http nor https, or leaves https for http.
    """
    try:
        joined = urljoin(url, target)
        found, before = urlsplit(joined).scheme, urlsplit(url).scheme
    except ValueError as error:
        raise FetchFailed(f"{printable(url)}: redirects to {target!r}: {error}") from error
    if found not in ("https", "http") or (before, found) == ("https", "http"):
        wanted = "https" if before == "https" else "http or https"
        raise FetchFailed(f"{printable(url)}: redirects to {printable(joined)}, expected {wanted}")
    return joined


def check_size(url: str, size: int, limit_bytes: int) -> None:
    """Raise FileRefused where a body has more bytes than the limit."""
    if size > limit_bytes:
        raise FileRefused(f"{printable(url)}: {size} bytes or more, expected at most {limit_bytes}")


def read_body(
    url: str, response: requests.Response, sink: IO[bytes], limit_bytes: int, deadline: float
) -> None:
    """Write a body to the sink, decoded as its Content-Encoding says.

    Args:
        url: the address, for messages.
        response: an answer whose body was not read yet.
        sink: receives the bytes.
        limit_bytes: the largest decoded body.
        deadline: on the monotonic clock, when reading ends.

    Raises:
        FileRefused: the body is, or says that it will be, larger than the limit.
        MayHealError: the body ended before its announced length, cannot be decoded, or is late.
    """
    check_size(url, response.raw.length_remaining or 0, limit_bytes)
    size = 0
    try:
        # read1 returns what has arrived: a server that drips bytes meets the deadline, too.
        while chunk := response.raw.read1(CHUNK_BYTES, decode_content=True):
            size += sink.write(chunk)
            check_size(url, size, limit_bytes)
            if time.monotonic() > deadline:
                raise MayHealError(f"not all of the body arrived in time ({size} bytes did)")
    except HTTPError as error:
        raise MayHealError(
            f"body cut short after {size} bytes ({type(error).__name__}: {error})"
        ) from error


def discard(response: requests.Response, deadline: float) -> None:
    """Read a small body away, so that its connection can be used again."""
    with suppress(FileRefused, MayHealError):
        read_body("", response, io.BytesIO(), KEEP_ALIVE_BYTES, deadline)
