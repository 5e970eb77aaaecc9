"""Ask an upstream which world it serves: ``world.json`` beside its files, absent at a real source."""

from __future__ import annotations

from tiengvang.errors import FetchRejected, FileMissing
from tiengvang.http_client import HttpClient
from tiengvang.warehouse.world import World, parse_description

LIMIT_BYTES = 16 * 1024**2


def fetch_world(client: HttpClient, base_url: str) -> World:
    """Return the world that an upstream declares; live where it declares none.

    Raises:
        FetchFailed: the upstream gave no answer.
        ValueError: there is a ``world.json``, and it is malformed.
    """
    try:
        payload = client.fetch(f"{base_url}/world.json", limit_bytes=LIMIT_BYTES).payload
    except (FileMissing, FetchRejected):
        return World()
    return parse_description(payload)
