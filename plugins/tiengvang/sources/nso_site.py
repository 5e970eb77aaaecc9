"""Brings workbooks from the publisher's site into the folder; from there they are read like any other."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from tiengvang.errors import FetchFailed, FileMissing, FileRefused, WorldMismatch
from tiengvang.http_client import HttpClient
from tiengvang.sources.drop_folder import MARKER, read_marker
from tiengvang.sources.nso.pages import (
    LISTING,
    Post,
    file_name,
    month_of,
    read_listing,
    read_post,
)
from tiengvang.sources.nso.workbook import LIMIT_BYTES
from tiengvang.sources.world_file import fetch_world
from tiengvang.warehouse.world import World
from tiengvang.windows import Window

LOG = logging.getLogger(__name__)

PAGE_LIMIT_BYTES = 8 * 1024**2
MOST_PAGES = 200
LONGEST_NAME = 200  # bytes; file systems take 255, and a suffix comes on
_SAFE = "/%()!$&'*+,;=:@~"


@dataclass(slots=True)
class Brought:
    """What a run found on the site: posts of its months, and what became of their workbooks."""

    posts: int = 0
    fetched: int = 0
    already_there: int = 0
    without_workbook: int = 0
    months_without_post: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return plain values for an Airflow task."""
        return asdict(self)


def bring_workbooks(client: HttpClient, base_url: str, folder: Path, window: Window) -> Brought:
    """Fetch the workbooks of the posts of a window's months that the folder does not hold by name.

    One page is asked for after the other. The folder is made where it is not there.

    Raises:
        FetchFailed: the site gave no answer, or some posts or workbooks could not be had; the others
            are in the folder.
        WorldMismatch: the site and the folder belong to different worlds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _mark(folder, fetch_world(client, base_url))
    brought, problems = Brought(), []
    months = {month.date() for month in window.months()}
    met: set[date] = set()
    for post in _posts(client, base_url, min(months, default=date.max)):
        if post.month not in months:
            continue
        met.add(post.month)
        brought.posts += 1
        try:
            _bring(client, base_url, folder, post, brought)
        except (FileMissing, FileRefused) as error:
            problems.append(str(error))
    brought.months_without_post = len(months - met)
    if problems:
        raise FetchFailed(
            f"{len(problems)} of {brought.posts} posts gave no workbook; the first: {problems[0]}"
        )
    return brought


def _posts(client: HttpClient, base_url: str, first: date) -> Iterator[Post]:
    """Yield the listing's posts, newest page first, until a page holds only posts before a month."""
    seen: set[str] = set()
    for number in range(1, MOST_PAGES + 1):
        try:
            page = client.fetch(
                f"{base_url}/{LISTING.format(number)}", limit_bytes=PAGE_LIMIT_BYTES
            )
        except FileMissing:
            if number == 1:
                raise FetchFailed(f"{base_url}/{LISTING.format(1)}: there is no listing") from None
            return  # after the last page
        posts = [post for post in read_listing(page.payload) if post.path not in seen]
        if not posts and number == 1:
            raise FetchFailed(f"{base_url}/{LISTING.format(1)}: names no post that is known as one")
        seen |= {post.path for post in posts}
        yield from posts
        if not posts or max(post.month for post in posts) < first:
            return


def _bring(client: HttpClient, base_url: str, folder: Path, post: Post, brought: Brought) -> None:
    page = client.fetch(_address(base_url, post.path), limit_bytes=PAGE_LIMIT_BYTES)
    path = read_post(page.payload, post.path)
    if path is None:
        LOG.warning("%s: offers no workbook", post.path)
        brought.without_workbook += 1
        return
    if month_of(path) is None or len(_local_name(path).encode()) > LONGEST_NAME:
        raise FileRefused(f"{path[:100]}: an upload without a month in its address, or too long")
    target = folder / _local_name(path)
    if target.exists():
        brought.already_there += 1
        return
    payload = client.fetch(_address(base_url, path), limit_bytes=LIMIT_BYTES).payload
    _write(target, payload)
    brought.fetched += 1


def _local_name(path: str) -> str:
    """Return a name that stays in the folder, and that the folder's listing shows."""
    return file_name(path).replace("/", "-").replace("\0", "")


def _address(base_url: str, path: str) -> str:
    return f"{base_url}/{quote(path, safe=_SAFE)}"


def _mark(folder: Path, offered: World) -> None:
    """Let a folder that is empty belong to the site's world.

    Raises:
        WorldMismatch: it belongs to another one.
    """
    held = read_marker(folder / MARKER)
    if (held.name, held.is_synthetic) == (offered.name, offered.is_synthetic):
        return
    if any(folder.iterdir()):
        raise WorldMismatch(
            f"{folder} holds files of the world {held.name!r}, the site serves {offered.name!r}"
        )
    marker = {"world_name": offered.name, "is_synthetic": offered.is_synthetic}
    _write(folder / MARKER, json.dumps(marker).encode())


def _write(target: Path, payload: bytes) -> None:
    """Write a file whole or not at all; half of it is hidden from the folder's listing."""
    beside = target.with_name(f".{target.name}.part")
    beside.write_bytes(payload)
    os.replace(beside, target)  # noqa: PTH105
