"""The publisher's pages, as HTML: which posts a listing names, and which workbook a post offers.

The site is a WordPress: a listing by pages, posts and uploads whose addresses hold a year and a month.
What is told here was read in public descriptions of the site, and not asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from tiengvang.sources.nso.identity import SUFFIXES

LISTING = "bao-cao-tinh-hinh-kinh-te-xa-hoi-hang-thang/?paged={}"

# Slugs begin in several ways ("bao-cao-", "bc-", nothing), and may name a wrong year: no month is read there.
_SUBJECT = "tinh-hinh-kinh-te-xa-hoi"
_UPLOADS = "/wp-content/uploads/"
_YEAR_AND_MONTH = re.compile(r"/(?P<year>20\d{2})/(?P<month>0[1-9]|1[0-2])/")


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A post of the listing: the month in its address, and its path below the site's address."""

    month: date
    path: str


def read_listing(page: bytes) -> list[Post]:
    """Return the posts that a page of the listing names, each once, as they stand there.

    The publisher's former site has links with another host: only paths are taken.
    """
    posts: dict[str, Post] = {}
    for path in _paths(page, LISTING.format(1)):
        month = month_of(path)
        if month and _SUBJECT in path and _UPLOADS not in path:
            posts.setdefault(path, Post(month, path.lstrip("/")))
    return list(posts.values())


def read_post(page: bytes, path: str) -> str | None:
    """Return the path of the first workbook that a post offers; None where it offers none."""
    found = (
        linked.lstrip("/")
        for linked in _paths(page, path)
        if _UPLOADS in linked and PurePosixPath(linked).suffix.lower() in SUFFIXES
    )
    return next(found, None)


def month_of(path: str) -> date | None:
    """Return the month ``/YYYY/MM/`` in an address: when it was published or uploaded, not its period."""
    found = _YEAR_AND_MONTH.search(f"/{path}")
    return date(int(found["year"]), int(found["month"]), 1) if found else None


def file_name(path: str) -> str:
    """Return the name under which an uploaded workbook is kept: its own, after the month of upload.

    Names come again in other months. No month of a period is written with an underscore.
    """
    own = unquote(PurePosixPath(path).name)
    month = month_of(path)
    return f"{month:%Y-%m}_{own}" if month else own


def _paths(page: bytes, base: str) -> Iterator[str]:
    """Yield the path of every link of a page, in its order."""
    reader = _Links()
    reader.feed(page.decode("utf-8", "replace"))
    reader.close()
    for target in reader.targets:
        try:
            parts = urlsplit(urljoin(f"http://site/{base}", target.strip()))
        except ValueError:  # a link that is no address leads nowhere
            continue
        if parts.scheme in ("http", "https"):
            yield parts.path


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.targets += [value for name, value in attrs if name == "href" and value]
