"""The desk hands out files of editions and Data Docs, and nothing beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tiengvang.desk.files import data_docs_file, edition_file

EDITION = "VNM-2026-07-12-weekly-1"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "nhà của tôi"
    for name in (
        f"editions/{EDITION}/en/index.html",
        f"editions/{EDITION}/data/tables.csv",
        f"editions/{EDITION}.draft/vi/index.html",
        f"editions/{EDITION}/key.pem",
        "editions/notes.html",
        "editions/other/index.html",
        "data_docs/marts/marts-build-1.html",
        "secrets/page.html",
        "data_docs.html",
    ):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (home / "editions" / EDITION / "way out").symlink_to(home / "secrets")
    (home / "data_docs" / "out.html").symlink_to(home / "secrets" / "page.html")
    return home


@pytest.mark.parametrize(
    "path",
    [
        f"{EDITION}/en/index.html",
        f"{EDITION}/data/tables.csv",
        f"{EDITION}.draft/vi/index.html",
        f"{EDITION}/en/../data/tables.csv",
    ],
)
def test_an_editions_files_are_found(home: Path, path: str) -> None:
    found = edition_file(home, path)
    assert found is not None
    assert found.is_file()
    assert found.is_relative_to(home / "editions")


@pytest.mark.parametrize(
    "path",
    [
        "",
        EDITION,
        f"{EDITION}/",
        f"{EDITION}/en",
        f"{EDITION}/en/nothing.html",
        f"{EDITION}/../../secrets/page.html",
        f"{EDITION}/../notes.html",
        f"{EDITION}//secrets/page.html",
        f"{EDITION}/way out/page.html",
        f"{EDITION}/key.pem",
        f"{EDITION}/en/index.html\0.csv",
        f"{EDITION}.old/en/index.html",
        "../secrets/page.html",
        "notes.html",
        "other/index.html",
    ],
)
def test_nothing_beside_them_is(home: Path, path: str) -> None:
    assert edition_file(home, path) is None
    assert edition_file(home, str(home / "secrets" / "page.html")) is None


def test_data_docs_are_found_and_nothing_beside_them(home: Path) -> None:
    assert data_docs_file(home, "marts/marts-build-1.html") is not None
    secret = home / "secrets" / "page.html"
    for path in ("", "marts", "../secrets/page.html", "out.html", str(secret), "../data_docs.html"):
        assert data_docs_file(home, path) is None, path
