"""The HTTP client beside ``requests`` and ``http.client``, over one keep-alive connection each."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from tiengvang.http_client import HttpClient
from tiengvang.settings import REPOSITORY

BODY = b"x" * 3_000
PARTS = 20


@dataclass(frozen=True, slots=True)
class Fetching:
    """Seconds per file, best of all parts."""

    ours: float
    requests: float
    http_client: float


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        return


def measure(files: int) -> Fetching:
    """Fetch small files from a server in a process of its own; the three clients take turns."""
    command = [sys.executable, "-m", "benchmarks.fetching"]
    server = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        return _measure(port, files)
    finally:
        server.kill()
        server.wait()


def _measure(port: int, files: int) -> Fetching:
    url = f"http://127.0.0.1:{port}/slot"
    connection = http.client.HTTPConnection("127.0.0.1", port)

    def bare() -> bytes:
        connection.request("GET", "/slot")
        return connection.getresponse().read()

    with HttpClient() as client, requests.Session() as session:
        ways: list[Callable[[], bytes]] = [
            lambda: client.fetch(url, limit_bytes=10_000).payload,
            lambda: session.get(url).content,
            bare,
        ]
        for way in ways:
            assert way() == BODY
        part = max(1, files // PARTS)
        taken = [[_seconds(way, part) / part for way in ways] for _ in range(PARTS)]
    connection.close()
    return Fetching(*(min(column) for column in zip(*taken, strict=True)))


def _seconds(way: Callable[[], bytes], times: int) -> float:
    started = time.perf_counter()
    for _ in range(times):
        way()
    return time.perf_counter() - started


if __name__ == "__main__":
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(httpd.server_port, flush=True)
    httpd.serve_forever()
