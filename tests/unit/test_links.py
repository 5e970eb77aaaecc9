"""The check of dead links finds them, and lets living ones pass."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tiengvang.settings import REPOSITORY


@pytest.fixture(scope="module")
def links() -> ModuleType:
    path = REPOSITORY / "docs" / "check_links.py"
    spec = importlib.util.spec_from_file_location("check_links", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_finds_exactly_the_dead_ones(links: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a b.md").write_text("# Đầu đề\n\n## Two words\n\n## Two words\n")
    (tmp_path / "README.md").write_text(
        "# Top\n[ok](docs/a%20b.md) [ok](<docs/a%20b.md#two-words-1>) [ok](#top) [ok](docs/)\n"
        "[ok](https://example.org/x) ![ok](/README.md) [ok](docs/a%20b.md#đầu-đề)\n"
        "`[code](nowhere.md)`\n```\n[code](nowhere.md)\n# No heading\n```\n"
        "[dead](gone.md) [dead](docs/a%20b.md#three) [dead](#no-heading)\n\n[ref]: lost.md\n"
    )
    assert links.dead_links(tmp_path) == [
        "README.md: gone.md: no such file",
        "README.md: docs/a%20b.md#three: no such heading",
        "README.md: #no-heading: no such heading",
        "README.md: lost.md: no such file",
    ]


def test_hidden_and_built_folders_are_left_out(links: ModuleType, tmp_path: Path) -> None:
    for folder in (".local", "target", "docs"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.md").write_text("[dead](gone.md)")
    assert links.dead_links(tmp_path) == ["docs/x.md: gone.md: no such file"]
