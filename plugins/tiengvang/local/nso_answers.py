"""What the statistics office's site of a world on disk answers: listing, posts and uploads, as HTML."""

from __future__ import annotations

import json
from datetime import date, datetime
from html import escape
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs

from tiengvang.sources.nso.identity import named_month
from tiengvang.windows import parse_instant

PER_PAGE = 10
FORMER_SITE = "https://www.gso.gov.vn"
MOVED_SINCE = date(2025, 3, 1)  # links of posts before are those of the former site
Plain = tuple[HTTPStatus, bytes, str]
NOT_FOUND: Plain = (HTTPStatus.NOT_FOUND, b"not found\n", "text/plain")

_LISTING = "bao-cao-tinh-hinh-kinh-te-xa-hoi-hang-thang"
_UPLOADS = "wp-content/uploads"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(folder: Path, as_of: datetime, path: str, query: str) -> Plain:
    """Answer a GET of a path below the site: status, body and content type."""
    published = _published(folder, as_of)
    if path.strip("/") == _LISTING:
        number = parse_qs(query).get("paged", ["1"])[-1]
        return _listing(published, int(number)) if number.isdecimal() else NOT_FOUND
    for name, moment in published:
        if path == _upload(name, moment):
            return HTTPStatus.OK, (folder / "nso" / name).read_bytes(), _WORKBOOK
        if path.strip("/") == _post(name, moment).strip("/"):
            return _html(_links_of(name, moment))
    return NOT_FOUND


def _published(folder: Path, as_of: datetime) -> list[tuple[str, datetime]]:
    """Return the workbooks that are there at an instant, newest first."""
    path = folder / "nso_published.json"
    planned = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    found = [(name, parse_instant(at)) for name, at in planned.items()]
    return sorted((entry for entry in found if entry[1] <= as_of), key=lambda e: e[1], reverse=True)


def _listing(published: list[tuple[str, datetime]], number: int) -> Plain:
    first = max(number - 1, 0) * PER_PAGE
    shown = published[first : first + PER_PAGE]
    if not shown:
        return NOT_FOUND
    return _html(
        f'<a href="/{_LISTING}/?paged={number + 1}">&raquo;</a><div class="archive-container">'
        + "".join(
            f'<a href="{_host(name)}/{_post(name, moment)}"><h3>{escape(name)}</h3></a>'
            f'<a href="{_host(name)}/{_post(name, moment)}#them">Xem thêm</a>'
            for name, moment in shown
        )
        + '</div><a href="/lien-he/">Liên hệ</a>'
    )


def _links_of(name: str, moment: datetime) -> str:
    upload = f"{_host(name)}/{_upload(name, moment)}"
    return (
        f'<p><a href="{upload.replace("02-Bieu", "01-Loi-van").replace(".xlsx", ".docx")}">Lời văn</a>'
        f'<a class="fusion-button" href="{upload}"><span>Biểu số liệu</span></a>'
        f'<a href="/{_UPLOADS}/{moment:%Y/%m}/IIP.xlsx">IIP</a></p>'
    )


def _upload(name: str, moment: datetime) -> str:
    return f"{_UPLOADS}/{moment:%Y/%m}/{name}"


def _post(name: str, moment: datetime) -> str:
    month = named_month(name)
    slug = f"thang-{month:%m}-nam-{month:%Y}" if month else "nam"
    section = "bai-top" if moment.date() >= MOVED_SINCE else "du-lieu-va-so-lieu-thong-ke"
    return f"{section}/{moment:%Y/%m}/bao-cao-tinh-hinh-kinh-te-xa-hoi-{slug}/"


def _host(name: str) -> str:
    month = named_month(name)
    return FORMER_SITE if month and month < MOVED_SINCE else ""


def _html(body: str) -> Plain:
    page = f'<!doctype html><html lang="vi"><body>{body}</body></html>'
    return HTTPStatus.OK, page.encode(), "text/html; charset=UTF-8"
