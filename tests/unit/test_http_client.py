"""The HTTP client against real sockets: what it retries, refuses, bounds and reuses."""

from __future__ import annotations

import gzip
import os
import socketserver
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tiengvang.errors import FetchFailed, FetchRejected, FileMissing, FileRefused, SettingsError
from tiengvang.file_url import printable
from tiengvang.http_answers import redirected
from tiengvang.http_client import HttpClient, RetryPolicy, user_agent

QUICK = RetryPolicy(
    attempts=3, total_seconds=5.0, wait_initial=0.001, wait_max=0.002, wait_jitter=0.001
)
LIMIT = 10_000


@pytest.fixture
def client() -> Iterator[HttpClient]:
    with HttpClient("press@example.org", (1.0, 0.3), policy=QUICK) as opened:
        yield opened


class WireServer:
    """Answers the test's request ``n`` with the bytes of ``script(n)``; connections stay open."""

    def __init__(self, script: Callable[[int], Iterator[bytes]]) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        lock, outer = threading.Lock(), self

        class Handler(socketserver.StreamRequestHandler):
            disable_nagle_algorithm = True

            def handle(self) -> None:
                with lock:
                    outer.connections += 1
                while first := self.rfile.readline():
                    while self.rfile.readline().strip():
                        pass
                    with lock:
                        number = len(outer.requests)
                        outer.requests.append(first)
                    for chunk in script(number):
                        if not chunk:
                            return
                        try:
                            self.wfile.write(chunk)
                        except OSError:
                            return

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    @classmethod
    @contextmanager
    def running(cls, script: Callable[[int], Iterator[bytes]]) -> Iterator[WireServer]:
        server = cls(script)
        thread = threading.Thread(target=server._server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server._server.shutdown()
            server._server.server_close()
            thread.join()


def answer(body: bytes, *, length: int | None = None, status: str = "200 OK") -> bytes:
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {size}\r\n\r\n".encode() + body


CLOSE = b""


def test_a_file_is_fetched_and_the_client_says_who_it_is(
    httpserver: HTTPServer, client: HttpClient
) -> None:
    httpserver.expect_request("/a b.zip").respond_with_data(b"\x00bytes")
    fetched = client.fetch(httpserver.url_for("/a%20b.zip"), limit_bytes=LIMIT)
    assert fetched.payload == b"\x00bytes"
    assert fetched.status == 200
    sent = httpserver.log[0][0].headers
    assert sent["User-Agent"] == user_agent("press@example.org")
    assert sent["User-Agent"].startswith("tiengvang/")
    assert sent["User-Agent"].endswith(" (+press@example.org)")


@pytest.mark.parametrize("contact", ["a\r\nX-Evil: 1", "Nguyễn"])
def test_a_contact_that_cannot_stand_in_a_header_is_refused(contact: str) -> None:
    with pytest.raises(SettingsError, match="contact"):
        HttpClient(contact)


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, FileMissing), (410, FileMissing), (403, FetchRejected), (204, FetchFailed)],
)
def test_what_will_not_heal_is_asked_for_once(
    httpserver: HTTPServer, client: HttpClient, status: int, error: type[Exception]
) -> None:
    httpserver.expect_request("/f").respond_with_data(b"no", status=status)
    with pytest.raises(error, match=f"/f: status {status}"):
        client.fetch(httpserver.url_for("/f"), limit_bytes=LIMIT)
    assert len(httpserver.log) == 1


def test_an_answer_without_content_is_no_rejection(
    httpserver: HTTPServer, client: HttpClient
) -> None:
    httpserver.expect_request("/f").respond_with_data(b"", status=204)
    with pytest.raises(FetchFailed) as caught:
        client.fetch(httpserver.url_for("/f"), limit_bytes=LIMIT)
    assert not isinstance(caught.value, FetchRejected)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_what_may_heal_is_tried_again(
    httpserver: HTTPServer, client: HttpClient, status: int
) -> None:
    httpserver.expect_ordered_request("/f").respond_with_data(b"busy", status=status)
    httpserver.expect_ordered_request("/f").respond_with_data(b"fine")
    assert client.fetch(httpserver.url_for("/f"), limit_bytes=LIMIT).payload == b"fine"


def test_attempts_are_counted_and_end(httpserver: HTTPServer, client: HttpClient) -> None:
    httpserver.expect_request("/f").respond_with_data(b"busy", status=502)
    with pytest.raises(FetchFailed, match=r"status 502; gave up after 3 attempt\(s\)"):
        client.fetch(httpserver.url_for("/f"), limit_bytes=LIMIT)
    assert len(httpserver.log) == 3


def seconds_until_healed(policy: RetryPolicy, retry_after: str) -> float:
    busy = (
        "HTTP/1.1 429 Slow down\r\nDate: Mon, 13 Jul 2026 01:20:00 GMT\r\n"
        f"Retry-After: {retry_after}\r\nContent-Length: 0\r\n\r\n"
    ).encode()

    def script(number: int) -> Iterator[bytes]:
        yield answer(b"fine") if number else busy

    with WireServer.running(script) as server, HttpClient(policy=policy) as opened:
        started = time.monotonic()
        assert opened.fetch(f"{server.url}/f", limit_bytes=LIMIT).payload == b"fine"
        return time.monotonic() - started


def test_retry_after_in_seconds_is_waited_for() -> None:
    assert seconds_until_healed(QUICK, "1") >= 1.0


def test_retry_after_as_a_date_counts_from_the_servers_clock() -> None:
    assert seconds_until_healed(QUICK, "Mon, 13 Jul 2026 01:20:01 GMT") >= 1.0


@pytest.mark.parametrize("text", ["86400", "Tue, 14 Jul 2026 01:20:00 GMT"])
def test_retry_after_is_capped(text: str) -> None:
    policy = RetryPolicy(total_seconds=5.0, retry_after_max=0.2)
    assert 0.2 <= seconds_until_healed(policy, text) < 2.0


@pytest.mark.parametrize("text", ["", "soon", "-3", "Mon, 13 Jul 2020 01:20:00 GMT"])
def test_an_unreadable_or_past_retry_after_does_not_hold_up(text: str) -> None:
    assert seconds_until_healed(QUICK, text) < 1.0


def test_a_retry_after_beyond_the_total_time_fails_at_once(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/f").respond_with_data(b"", 503, {"Retry-After": "30"})
    with HttpClient(policy=RetryPolicy(total_seconds=2.0)) as opened:
        started = time.monotonic()
        with pytest.raises(FetchFailed, match="after 1 attempt"):
            opened.fetch(httpserver.url_for("/f"), limit_bytes=LIMIT)
    assert time.monotonic() - started < 1.0


CUT_BODIES = {
    "content-length": answer(b"half", length=8),
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhalf",
    "between chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    "gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf",
    "nothing": b"",
}


@pytest.mark.parametrize("cut", CUT_BODIES.values(), ids=CUT_BODIES.keys())
def test_a_body_cut_short_is_fetched_again(client: HttpClient, cut: bytes) -> None:
    def script(number: int) -> Iterator[bytes]:
        yield from (cut, CLOSE) if number == 0 else (answer(b"whole"),)

    with WireServer.running(script) as server:
        assert client.fetch(f"{server.url}/f", limit_bytes=LIMIT).payload == b"whole"
        assert len(server.requests) == 2


def test_a_body_that_is_always_cut_short_fails_with_the_reason(client: HttpClient) -> None:
    with (
        WireServer.running(lambda _: iter((answer(b"half", length=8), CLOSE))) as server,
        pytest.raises(FetchFailed, match="body cut short after 4 bytes"),
    ):
        client.fetch(f"{server.url}/f", limit_bytes=LIMIT)


def test_a_silent_server_is_given_up(client: HttpClient) -> None:
    def silent(_: int) -> Iterator[bytes]:
        time.sleep(1.0)
        yield CLOSE

    with WireServer.running(silent) as server, pytest.raises(FetchFailed, match="Timeout"):
        client.fetch(f"{server.url}/f", limit_bytes=LIMIT)
    assert len(server.requests) == 3


def test_a_dripping_server_meets_the_total_time() -> None:
    def drip(_: int) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
        for _ in range(200):
            time.sleep(0.02)
            yield b"x"

    policy = RetryPolicy(total_seconds=0.3, wait_initial=0.001, wait_max=0.002)
    with WireServer.running(drip) as server, HttpClient(timeout=(1, 1), policy=policy) as opened:
        started = time.monotonic()
        with pytest.raises(FetchFailed, match="not all of the body arrived in time"):
            opened.fetch(f"{server.url}/f", limit_bytes=LIMIT)
        assert time.monotonic() - started < 1.5


def test_nobody_listening_is_a_failed_fetch(client: HttpClient) -> None:
    with WireServer.running(lambda _: iter(())) as server:
        url = server.url
    with pytest.raises(FetchFailed, match=r"no answer .* gave up after 3 attempt"):
        client.fetch(f"{url}/f", limit_bytes=LIMIT)


def test_a_body_may_have_exactly_the_limit(httpserver: HTTPServer, client: HttpClient) -> None:
    httpserver.expect_request("/f").respond_with_data(b"x" * LIMIT)
    url = httpserver.url_for("/f")
    assert len(client.fetch(url, limit_bytes=LIMIT).payload) == LIMIT
    with pytest.raises(FileRefused, match=f"{LIMIT} bytes or more, expected at most {LIMIT - 1}"):
        client.fetch(url, limit_bytes=LIMIT - 1)


def test_an_announced_length_over_the_limit_is_refused_unread(client: HttpClient) -> None:
    def script(_: int) -> Iterator[bytes]:
        yield answer(b"", length=10**12)
        time.sleep(1.0)

    with WireServer.running(script) as server, pytest.raises(FileRefused, match="1000000000000"):
        client.fetch(f"{server.url}/f", limit_bytes=LIMIT)


def test_an_endless_body_without_a_length_is_refused(client: HttpClient) -> None:
    def endless(_: int) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        for _ in range(100_000):
            yield b"400\r\n" + b"x" * 1024 + b"\r\n"

    with WireServer.running(endless) as server, pytest.raises(FileRefused, match="at most 10000"):
        client.fetch(f"{server.url}/f", limit_bytes=LIMIT)


def test_content_encoding_is_undone_and_its_inflated_size_bounded(
    httpserver: HTTPServer, client: HttpClient
) -> None:
    headers = {"Content-Encoding": "gzip"}
    httpserver.expect_request("/f").respond_with_data(gzip.compress(b"row\n" * 500), 200, headers)
    httpserver.expect_request("/bomb").respond_with_data(
        gzip.compress(bytes(LIMIT * 50)), 200, headers
    )
    assert client.fetch(httpserver.url_for("/f"), limit_bytes=LIMIT).payload == b"row\n" * 500
    with pytest.raises(FileRefused):
        client.fetch(httpserver.url_for("/bomb"), limit_bytes=LIMIT)


def test_redirects_are_followed_to_a_bound(httpserver: HTTPServer, client: HttpClient) -> None:
    httpserver.expect_request("/old").respond_with_data(b"", 301, {"Location": "new?x=1"})
    httpserver.expect_request("/new").respond_with_data(b"here")
    httpserver.expect_request("/loop").respond_with_data(b"", 302, {"Location": "/loop"})
    fetched = client.fetch(httpserver.url_for("/old"), limit_bytes=LIMIT)
    assert (fetched.payload, fetched.url) == (b"here", httpserver.url_for("/new?x=1"))
    with pytest.raises(FetchFailed, match="more than 5 redirects"):
        client.fetch(httpserver.url_for("/loop"), limit_bytes=LIMIT)


@pytest.mark.parametrize("target", ["file:///etc/hosts", "ftp://127.0.0.1/f", "data:,x"])
def test_a_redirect_to_another_scheme_is_refused(
    httpserver: HTTPServer, client: HttpClient, target: str
) -> None:
    httpserver.expect_request("/f").respond_with_data(b"", 302, {"Location": target})
    with pytest.raises(FetchFailed, match="expected http or https"):
        client.fetch(httpserver.url_for("/f"), limit_bytes=LIMIT)
    assert len(httpserver.log) == 1


def test_a_redirect_may_not_leave_https() -> None:
    assert redirected("http://a.example/x", "https://a.example/x") == "https://a.example/x"
    with pytest.raises(FetchFailed, match="expected https"):
        redirected("https://a.example/x", "http://a.example/x")


def test_one_connection_serves_many_files_missing_ones_too(client: HttpClient) -> None:
    def script(number: int) -> Iterator[bytes]:
        yield answer(b"no", status="404 Not Found") if number % 3 else answer(b"yes")

    found = 0
    with WireServer.running(script) as server:
        for number in range(30):
            with suppress(FileMissing):
                found += client.fetch(f"{server.url}/{number}", limit_bytes=LIMIT).payload == b"yes"
        assert (found, len(server.requests), server.connections) == (10, 30, 1)


def test_one_client_serves_many_threads(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/f").respond_with_handler(lambda r: Response(r.args["n"]))

    def fetch(number: int) -> bytes:
        return opened.fetch(httpserver.url_for(f"/f?n={number}"), limit_bytes=LIMIT).payload

    with HttpClient(workers=4) as opened, ThreadPoolExecutor(4) as pool:
        assert list(pool.map(fetch, range(60))) == [str(n).encode() for n in range(60)]


def test_a_proxy_of_the_environment_is_used(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_PROXY", "no_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", httpserver.url_for(""))
    httpserver.expect_request("/f").respond_with_data(b"through the proxy")
    with HttpClient(policy=QUICK) as opened:
        fetched = opened.fetch("http://upstream.example/f", limit_bytes=LIMIT)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        direct = opened.fetch(httpserver.url_for("/f"), limit_bytes=LIMIT)
    assert fetched.payload == direct.payload == b"through the proxy"
    assert httpserver.log[0][0].headers["Host"] == "upstream.example"


def test_a_password_is_sent_but_never_shown(httpserver: HTTPServer, client: HttpClient) -> None:
    url = httpserver.url_for("/f").replace("http://", "http://me:s3cret@")
    with pytest.raises(FetchFailed) as caught:
        client.fetch(url, limit_bytes=LIMIT)
    assert "s3cret" not in str(caught.value)
    assert httpserver.log[0][0].authorization.password == "s3cret"
    assert printable(url) == httpserver.url_for("/f")


@pytest.mark.parametrize("url", ["ftp://h/f", "/f", "", "http://", "http://[", "http://.x/"])
def test_what_is_no_address_fails_by_name(client: HttpClient, url: str) -> None:
    with pytest.raises(FetchFailed):
        client.fetch(url, limit_bytes=LIMIT)


def test_a_local_file_with_spaces_and_a_query(client: HttpClient, tmp_path: Path) -> None:
    folder = tmp_path / "a mirror é"
    folder.mkdir()
    (folder / "50%.zip").write_bytes(b"zip")
    for address in (
        (folder / "50%.zip").as_uri(),
        f"file://{folder}/50%25.zip",
        f"file://localhost{folder}/50%25.zip?format=json#x",
    ):
        assert client.fetch(address, limit_bytes=3).payload == b"zip"
    with pytest.raises(FileRefused, match="3 bytes, expected at most 2"):
        client.fetch((folder / "50%.zip").as_uri(), limit_bytes=2)


def test_what_is_no_local_file(client: HttpClient, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_bytes(b"x")
    for path in ("missing", "file/below", "nul%00"):
        with pytest.raises(FileMissing):
            client.fetch(f"file://{tmp_path}/{path}", limit_bytes=LIMIT)
    for address in (f"file://{tmp_path}", f"file://{tmp_path}/pipe", "file://a/b", "file:b"):
        with pytest.raises(FetchFailed):
            client.fetch(address, limit_bytes=LIMIT)


def test_lines_come_without_their_ends(
    httpserver: HTTPServer, client: HttpClient, tmp_path: Path
) -> None:
    text = b"1 a\r\n\n2 b\nlast one"
    (tmp_path / "list.txt").write_bytes(text)
    httpserver.expect_request("/list.txt").respond_with_data(text)
    for url in (httpserver.url_for("/list.txt"), (tmp_path / "list.txt").as_uri()):
        assert list(client.stream_lines(url)) == [b"1 a", b"", b"2 b", b"last one"]
        with pytest.raises(FileRefused, match="line 4: longer than 5 bytes"):
            list(client.stream_lines(url, line_limit_bytes=5))


def test_a_list_cut_short_gives_every_line_once(client: HttpClient) -> None:
    text = b"".join(b"%d line\n" % number for number in range(1000))

    def script(number: int) -> Iterator[bytes]:
        yield from (
            (answer(text[:5000], length=len(text)), CLOSE) if number == 0 else (answer(text),)
        )

    with WireServer.running(script) as server:
        lines = list(client.stream_lines(f"{server.url}/list.txt"))
    assert lines == text.splitlines()


def test_a_long_list_takes_little_memory(client: HttpClient) -> None:
    line = b"x" * 99 + b"\n"

    def script(_: int) -> Iterator[bytes]:
        yield answer(b"", length=200_000 * len(line))
        for _ in range(200):
            yield line * 1000

    with WireServer.running(script) as server:
        tracemalloc.start()
        try:
            count = sum(1 for _ in client.stream_lines(f"{server.url}/masterfilelist.txt"))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert count == 200_000
    assert peak < 4_000_000
