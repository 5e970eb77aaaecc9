"""Listing pages and posts of the publisher's site, as bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.errors import FetchFailed, FileMissing, WorldMismatch
from tiengvang.http_client import Fetched
from tiengvang.sources.nso.identity import named_month
from tiengvang.sources.nso.pages import Post, file_name, month_of, read_listing, read_post
from tiengvang.sources.nso_site import Brought, bring_workbooks
from tiengvang.windows import Window

LISTING = """
<a href="/bao-cao-tinh-hinh-kinh-te-xa-hoi-hang-thang/?paged=2">2</a>
<a href="https://www.nso.gov.vn/bai-top/2026/06/bao-cao-tinh-hinh-kinh-te-xa-hoi-thang-nam-2025-2/">
  <h3>Báo cáo</h3></a>
<a href="https://www.nso.gov.vn/bai-top/2026/06/bao-cao-tinh-hinh-kinh-te-xa-hoi-thang-nam-2025-2/#x">more</a>
<A HREF='https://www.gso.gov.vn/du-lieu-va-so-lieu-thong-ke/2020/01/tinh-hinh-kinh-te-xa-hoi-thang-01/'>old</A>
<a href="/tin-tuc/2026/06/hoi-nghi/">another post</a>
<a href="/wp-content/uploads/2026/06/bao-cao-tinh-hinh-kinh-te-xa-hoi.pdf">an upload</a>
<a href="mailto:tinh-hinh-kinh-te-xa-hoi@example.org/2020/01/">mail</a>
<a href="http://[broken/2020/01/tinh-hinh-kinh-te-xa-hoi">broken</a><a>none</a>
"""  # fmt: skip
NEW = "bai-top/2026/06/bao-cao-tinh-hinh-kinh-te-xa-hoi-thang-nam-2025-2/"
OLD = "du-lieu-va-so-lieu-thong-ke/2020/01/tinh-hinh-kinh-te-xa-hoi-thang-01/"
UPLOADS = "wp-content/uploads"
SITE = "https://site.example"
JUNE = Window(datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))


def test_a_listing_names_each_post_once_with_its_month() -> None:
    assert read_listing(LISTING.encode()) == [
        Post(date(2026, 6, 1), NEW),
        Post(date(2020, 1, 1), OLD),
    ]


def test_a_posts_workbook_is_its_first_upload_of_that_kind() -> None:
    page = f"""
    <a href="/{UPLOADS}/2026/06/01-Loi-van-T5.docx">text</a><a href="/tep/2026/06/x.xlsx">no upload</a>
    <a href="https://www.gso.gov.vn/{UPLOADS}/2026/06/02.-Bieu-T5.2026-final.XLSX?ver=1">tables</a>
    <a href="/{UPLOADS}/2026/06/IIP.xlsx">another</a>"""
    assert read_post(page.encode(), NEW) == f"{UPLOADS}/2026/06/02.-Bieu-T5.2026-final.XLSX"
    assert read_post(b"<p>nothing</p>", NEW) is None


def test_a_workbook_is_kept_under_its_name_and_month_of_upload() -> None:
    name = file_name(f"{UPLOADS}/2019/10/02-T%E1%BB%95ng-c%E1%BB%A5c-10.xlsx")
    assert name == "2019-10_02-Tổng-cục-10.xlsx"
    assert named_month(file_name(f"{UPLOADS}/2020/09/03-Bieu-9.2020.xlsx")) == date(2020, 9, 1)
    assert named_month(file_name(f"{UPLOADS}/2020/09/2020-Bieu.xlsx")) is None
    assert month_of("bai-top/2026/13/x/") is None


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_page_is_read(page: bytes) -> None:
    assert all(post.month and post.path for post in read_listing(page))
    found = read_post(page, NEW)
    assert found is None or found.lower().endswith((".xls", ".xlsx"))


class Site:
    """Answers by path, and the order in which they were asked for."""

    def __init__(self, pages: dict[str, str | bytes]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def fetch(self, url: str, *, limit_bytes: int) -> Fetched:
        path = url.removeprefix(f"{SITE}/")
        self.asked.append(path)
        if path not in self.pages:
            raise FileMissing(f"{url}: status 404")
        page = self.pages[path]
        return Fetched(page if isinstance(page, bytes) else page.encode(), url, 200)


def listing(number: int) -> str:
    return f"bao-cao-tinh-hinh-kinh-te-xa-hoi-hang-thang/?paged={number}"


def post(month: str, number: int) -> str:
    return f"bai-top/{month}/bao-cao-tinh-hinh-kinh-te-xa-hoi-{number}/"


def links(*paths: str) -> str:
    return "".join(f'<a href="/{path}">.</a>' for path in paths)


@pytest.fixture
def bring(tmp_path: Path) -> Callable[[Site], Brought]:
    return lambda site: bring_workbooks(site, SITE, tmp_path / "nso", JUNE)  # type: ignore[arg-type]


def test_pages_are_asked_for_one_by_one_until_they_are_too_old(
    bring: Callable[[Site], Brought], tmp_path: Path
) -> None:
    book = f"{UPLOADS}/2026/06/02-Bieu-5.2026.xlsx"
    site = Site({
        listing(1): links(post("2026/07", 1), post("2026/06", 2)),
        listing(2): links(post("2026/06", 2), post("2026/06", 3), post("2026/05", 4)),
        listing(3): links(post("2026/05", 5)),
        listing(4): links(post("2026/06", 6)),
        post("2026/06", 2): links(book),
        post("2026/06", 3): links("lien-he/"),
        book: b"bytes",
    })  # fmt: skip
    assert bring(site) == Brought(posts=2, fetched=1, without_workbook=1)
    assert site.asked == [
        "world.json",
        listing(1),
        post("2026/06", 2),
        book,
        listing(2),
        post("2026/06", 3),
        listing(3),
    ]
    assert [path.name for path in (tmp_path / "nso").iterdir()] == ["2026-06_02-Bieu-5.2026.xlsx"]
    assert bring(site).already_there == 1
    assert site.asked.count(book) == 1


def test_one_post_that_is_gone_does_not_keep_the_others_away(
    bring: Callable[[Site], Brought], tmp_path: Path
) -> None:
    book = f"{UPLOADS}/2026/06/../../../02 Bieu%205.2026.xls"
    site = Site({
        listing(1): links(post("2026/06", 1), post("2026/06", 2)),
        post("2026/06", 2): f'<a href="/{UPLOADS}/2026/06/02 Bieu.xls">.</a>',
        f"{UPLOADS}/2026/06/02%20Bieu.xls": b"bytes",
    })  # fmt: skip
    with pytest.raises(FetchFailed, match=r"1 of 2 posts gave no workbook.*status 404"):
        bring(site)
    assert [path.name for path in (tmp_path / "nso").iterdir()] == ["2026-06_02 Bieu.xls"]
    assert read_post(f'<a href="/{book}">.</a>'.encode(), NEW) is None, "leads out of the uploads"


@pytest.mark.parametrize(
    ("pages", "message"),
    [({}, "there is no listing"), ({listing(1): "<p>maintenance</p>"}, "names no post")],
)
def test_a_site_that_changed_is_said(
    bring: Callable[[Site], Brought], pages: dict[str, str | bytes], message: str
) -> None:
    with pytest.raises(FetchFailed, match=message):
        bring(Site(pages))


def test_a_months_without_a_post_is_counted(bring: Callable[[Site], Brought]) -> None:
    site = Site({listing(1): links(post("2026/05", 1))})
    assert bring(site) == Brought(months_without_post=1)


def test_another_worlds_site_never_fills_a_folder(
    bring: Callable[[Site], Brought], tmp_path: Path
) -> None:
    (tmp_path / "nso").mkdir()
    (tmp_path / "nso" / "Bieu.xlsx").write_bytes(b"somebody's own")
    world = '{"world_name": "sample", "is_synthetic": true, "as_of": "2026-07-01T00:00:00Z"}'
    with pytest.raises(WorldMismatch, match="'live', the site serves 'sample'"):
        bring(Site({"world.json": world, listing(1): links(post("2026/06", 1))}))
