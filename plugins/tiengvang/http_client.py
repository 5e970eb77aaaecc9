"""One client for all sources: ``https://``, ``http://`` and ``file://``, with limits."""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_environ_proxies

from tiengvang.errors import FetchFailed, FileRefused, SettingsError
from tiengvang.file_url import open_file_url, printable, scheme_of
from tiengvang.http_answers import (
    MayHealError,
    check_size,
    check_status,
    discard,
    read_body,
    redirected,
)
from tiengvang.http_retry import DEFAULT_POLICY, RetryPolicy, retried

MAX_REDIRECTS = 5
LIST_LIMIT_BYTES = 1024**3
LINE_LIMIT_BYTES = 1024**2
LIST_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """One file's bytes, the address that gave them (after redirects) and the status (200)."""

    payload: bytes
    url: str
    status: int


class HttpClient:
    """Fetches files over pooled keep-alive connections. One instance serves many threads.

    Retries of the network are made here and nowhere below, so that ``FetchFailed`` means "tried
    enough": whoever calls records it and does not try again at once.
    """

    def __init__(
        self,
        contact: str = "",
        timeout: tuple[float, float] = (10.0, 30.0),
        *,
        policy: RetryPolicy = DEFAULT_POLICY,
        workers: int = 8,
    ) -> None:
        """Open a client.

        Args:
            contact: an address for the User-Agent; may be empty.
            timeout: seconds to connect, and seconds of silence while reading.
            policy: attempts, waits and total time of one fetch.
            workers: how many threads fetch at once; that many connections per host are kept.

        Raises:
            SettingsError: the contact cannot stand in a header.
        """
        self._timeout = timeout
        self._policy = policy
        self._headers = CaseInsensitiveDict(
            {"User-Agent": user_agent(contact), "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
        )
        # The pool without requests.Session: a session merges settings, cookies, the environment
        # and .netrc anew for every file, which took 0.5 ms of 1.1 ms per small file.
        self._pool = HTTPAdapter(pool_connections=16, pool_maxsize=workers, max_retries=0)
        self._environments: dict[tuple[str, str], dict[str, Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every pooled connection."""
        self._pool.close()

    def fetch(self, url: str, *, limit_bytes: int) -> Fetched:
        """Read one whole file into memory.

        Args:
            url: an absolute address; of a ``file://`` address the query is ignored.
            limit_bytes: the largest body that is accepted, after any Content-Encoding.

        Raises:
            FileMissing: 404 or 410, or no such local file.
            FileRefused: the body is larger than the limit.
            FetchFailed: no answer after all attempts, or one that another attempt cannot mend.
        """
        if scheme_of(url) == "file":
            with open_file_url(url, limit_bytes=limit_bytes) as handle:
                payload = handle.read()  # its size was seen: a bound here would be allocated whole
            check_size(url, len(payload), limit_bytes)
            return Fetched(payload, url, 200)
        sink = io.BytesIO()
        final = self._download(url, sink, limit_bytes, self._policy.total_seconds)
        return Fetched(sink.getvalue(), final, 200)

    def stream_lines(
        self,
        url: str,
        *,
        limit_bytes: int = LIST_LIMIT_BYTES,
        line_limit_bytes: int = LINE_LIMIT_BYTES,
        total_seconds: float = LIST_SECONDS,
    ) -> Iterator[bytes]:
        r"""Yield a long list's lines without their ends (``\n`` or ``\r\n``), in bounded memory.

        The list is first written to an unnamed temporary file, so that a broken transfer can be
        made again before the first line is out, and a slow reader holds no connection open.

        Raises:
            FileMissing, FileRefused, FetchFailed: as for ``fetch``, at the first line.
            FileRefused: a line is longer than ``line_limit_bytes``.
        """
        if scheme_of(url) == "file":
            with open_file_url(url, limit_bytes=limit_bytes) as handle:
                yield from _lines(handle, url, line_limit_bytes)
            return
        with tempfile.TemporaryFile() as spool:
            self._download(url, spool, limit_bytes, total_seconds)
            spool.seek(0)
            yield from _lines(spool, url, line_limit_bytes)

    def post(self, url: str, body: bytes, content_type: str) -> None:
        """Send one body once: no retry, no redirect. Its answer's body is not read.

        Raises:
            FetchFailed: no answer, or one that is not 2xx. The message names the host alone: the rest
                of such an address is a secret.
        """
        host = urlsplit(url).hostname or "no host"
        headers = CaseInsensitiveDict(self._headers)
        headers.update({"Content-Type": content_type, "Content-Length": str(len(body))})
        try:
            with self._send(url, "POST", headers, body) as response:
                status = response.status_code
        except (MayHealError, FetchFailed) as error:
            kind = type(error.__cause__ or error).__name__
            raise FetchFailed(f"{host}: no answer ({kind})") from None
        if not 200 <= status < 300:
            raise FetchFailed(f"{host}: status {status}, expected 2xx", status)

    def _download(self, url: str, sink: IO[bytes], limit_bytes: int, total_seconds: float) -> str:
        def attempt(deadline: float) -> str:
            sink.seek(0)
            sink.truncate()
            return self._attempt(url, sink, limit_bytes, deadline)

        return retried(url, self._policy, total_seconds, attempt)

    def _attempt(self, url: str, sink: IO[bytes], limit_bytes: int, deadline: float) -> str:
        if time.monotonic() > deadline:
            raise MayHealError("no time left for another attempt")
        for _ in range(MAX_REDIRECTS + 1):
            response = self._send(url)
            try:
                if not response.is_redirect:
                    check_status(url, response, deadline)
                    read_body(url, response, sink, limit_bytes, deadline)
                    return url
                discard(response, deadline)
                url = redirected(url, response.headers["Location"])
            finally:
                response.close()
        raise FetchFailed(f"{printable(url)}: more than {MAX_REDIRECTS} redirects")

    def _send(
        self,
        url: str,
        method: str = "GET",
        headers: CaseInsensitiveDict[str] | None = None,
        body: bytes | None = None,
    ) -> requests.Response:
        request = requests.PreparedRequest()
        try:
            request.method, request.body = method, body
            request.headers = (self._headers if headers is None else headers).copy()
            request.prepare_url(url, None)
            request.prepare_auth(None)
            return self._pool.send(
                request, stream=True, timeout=self._timeout, **self._environment(url)
            )
        except requests.exceptions.SSLError as error:
            raise FetchFailed(f"{printable(url)}: no trusted connection: {error}") from error
        except (requests.ConnectionError, requests.Timeout) as error:
            raise MayHealError(f"no answer ({type(error).__name__}: {error})") from error
        except (requests.RequestException, UnicodeError) as error:
            raise FetchFailed(f"{printable(url)}: {type(error).__name__}: {error}") from error

    def _environment(self, url: str) -> dict[str, Any]:
        parts = urlsplit(url)
        key = (parts.scheme, parts.netloc)
        if key not in self._environments:
            bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
            self._environments[key] = {
                "proxies": get_environ_proxies(url, no_proxy=None),
                "verify": bundle or True,
            }
        return self._environments[key]


def user_agent(contact: str) -> str:
    """Return the User-Agent ``tiengvang/<version> (+contact)``.

    Raises:
        SettingsError: the contact holds anything but printable ASCII.
    """
    if not (contact.isascii() and contact.isprintable()):
        raise SettingsError(f"contact {contact!r}: expected printable ASCII, it stands in a header")
    try:
        release = version("tiengvang")
    except PackageNotFoundError:
        release = "source"
    return f"tiengvang/{release} (+{contact})" if contact else f"tiengvang/{release}"


def _lines(handle: IO[bytes], url: str, line_limit_bytes: int) -> Iterator[bytes]:
    number = 0
    while line := handle.readline(line_limit_bytes + 1):
        number += 1
        if len(line) > line_limit_bytes:
            raise FileRefused(
                f"{printable(url)}, line {number}: longer than {line_limit_bytes} bytes"
            )
        yield line.removesuffix(b"\n").removesuffix(b"\r")
