"""A local server that speaks for every source of a world on disk, as they answer at one instant.

``python -m tiengvang.local.upstream --folder F --as-of T`` prints ``{"base_url": ...}`` and serves
until its parent ends. ``running_upstream`` starts it in a process of its own, on a core of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote

from tiengvang.errors import TiengVangError
from tiengvang.local.upstream_answers import Answer, WorldAnswers
from tiengvang.local.world.gdelt_domains import LIST_PATH
from tiengvang.windows import format_instant, parse_instant

START_SECONDS = 20.0
PARENT_POLL_SECONDS = 1.0


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD, each with one write."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 120
    server: _Server

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer(has_body=True)

    def do_HEAD(self) -> None:
        """Answer a HEAD."""
        self._answer(has_body=False)

    def _answer(self, *, has_body: bool) -> None:
        path, _, query = self.path.partition("?")
        answer = self.server.answers.answer(unquote(path).lstrip("/"), query)
        self.send_response_only(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
            self.send_header("Retry-After", "0")
        self.end_headers()
        if has_body:
            self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Say nothing: eight thousand lines help no one."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that hangs up is no error of the server's.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def __init__(self, folder: Path, as_of: datetime, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.base_url = f"http://127.0.0.1:{self.server_port}"
        self.answers = WorldAnswers(folder, as_of, self.base_url)


def serve(folder: Path, as_of: datetime, port: int = 0) -> ThreadingHTTPServer:
    """Return a bound server on 127.0.0.1, not yet serving; port 0 takes a free one.

    Raises:
        FileNotFoundError: the folder holds no ``gdeltv2``.
    """
    return _Server(folder, as_of, port)


@dataclass(frozen=True, slots=True)
class Upstream:
    """A running upstream and the addresses that a client is configured with."""

    base_url: str
    process_id: int

    @property
    def gdelt_base_url(self) -> str:
        """Return the address for ``TIENGVANG_GDELT_BASE_URL``."""
        return f"{self.base_url}/gdeltv2"

    @property
    def worldbank_base_url(self) -> str:
        """Return the address for ``TIENGVANG_WORLDBANK_BASE_URL``."""
        return f"{self.base_url}/worldbank/v2"

    @property
    def tranco_base_url(self) -> str:
        """Return the address for ``TIENGVANG_TRANCO_BASE_URL``."""
        return f"{self.base_url}/tranco"

    @property
    def pageviews_base_url(self) -> str:
        """Return the address for ``TIENGVANG_PAGEVIEWS_BASE_URL``."""
        return f"{self.base_url}/pageviews"

    @property
    def imf_base_url(self) -> str:
        """Return the address for ``TIENGVANG_IMF_BASE_URL``."""
        return f"{self.base_url}/imf"

    @property
    def oecd_base_url(self) -> str:
        """Return the address for ``TIENGVANG_OECD_BASE_URL``."""
        return f"{self.base_url}/oecd"

    @property
    def nso_base_url(self) -> str:
        """Return the address for ``TIENGVANG_NSO_BASE_URL``."""
        return f"{self.base_url}/nso"

    @property
    def factchecks_base_url(self) -> str:
        """Return the address for ``TIENGVANG_FACTCHECKS_BASE_URL``."""
        return f"{self.base_url}/factchecks"

    @property
    def gdelt_domains_url(self) -> str:
        """Return the address for ``TIENGVANG_GDELT_DOMAINS_URL``."""
        return f"{self.base_url}/{LIST_PATH}"


@contextmanager
def running_upstream(folder: Path, as_of: datetime) -> Iterator[Upstream]:
    """Serve a world from a process of its own; it ends with the block, or with this process.

    Raises:
        TiengVangError: the server did not start; the message holds what it printed.
    """
    package_parent = str(Path(__file__).resolve().parents[2])
    paths = [package_parent, *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, "-m", "tiengvang.local.upstream", "--ends-with-stdin"]
    command += ["--folder", str(folder), "--as-of", format_instant(as_of)]
    # A file, because no one reads while the server runs and a full pipe would stop it.
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            text=True,
        )
        try:
            yield Upstream(_base_url(process, complaints), process.pid)
        finally:
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()


def _base_url(process: subprocess.Popen[str], complaints: IO[str]) -> str:
    guard = threading.Timer(START_SECONDS, process.kill)
    guard.start()
    try:
        line = process.stdout.readline() if process.stdout else ""
    finally:
        guard.cancel()
    if not line:
        process.wait()
        complaints.seek(0)
        said = complaints.read().strip()
        raise TiengVangError(f"the local upstream did not start: {said or 'no message'}")
    return str(json.loads(line)["base_url"])


def _end_with_parent(server: ThreadingHTTPServer, *, watches_stdin: bool) -> None:
    parent = os.getppid()

    def watch_parent() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_POLL_SECONDS)
        server.shutdown()

    def watch_stdin() -> None:
        while sys.stdin.read(1):
            pass
        server.shutdown()

    threading.Thread(target=watch_parent, daemon=True).start()
    if watches_stdin:
        threading.Thread(target=watch_stdin, daemon=True).start()


def main(arguments: list[str] | None = None) -> None:
    """Serve a world until the parent process ends."""
    parser = argparse.ArgumentParser(description="Serve a world on disk as its sources would.")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--as-of", type=parse_instant, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--ends-with-stdin", action="store_true")
    options = parser.parse_args(arguments)
    if not (options.folder / "gdeltv2").is_dir():
        parser.error(f"{options.folder} holds no folder gdeltv2")
    with serve(options.folder, options.as_of, options.port) as server:
        _end_with_parent(server, watches_stdin=options.ends_with_stdin)
        print(json.dumps({"base_url": f"http://127.0.0.1:{server.server_port}"}), flush=True)
        server.serve_forever(poll_interval=0.1)


if __name__ == "__main__":
    main()


__all__ = ["Answer", "Upstream", "running_upstream", "serve"]
