"""Python that fills raw.factchecks__reviews reads nothing of coverage: the firewall in dbt cannot see it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tiengvang.settings import REPOSITORY

PLUGINS = REPOSITORY / "plugins"
SOURCES = PLUGINS / "tiengvang" / "sources"
# What a label may follow from of stories: words and addresses as such, no document and no outlet.
TEXT_ONLY = frozenset(
    {
        "tiengvang.stories",
        "tiengvang.stories.country_names",
        "tiengvang.stories.titles",
        "tiengvang.stories.urls",
    }
)
COVERAGE = ("measures", "outlets", "stories", "analysis", "audit", "watchlist", "sources.gdelt")
COVERAGE_TABLES = ("gdelt__", "computed.", "warehouse.", "intermediate.", "staging.", "seeds.")


def path_of(module: str) -> Path | None:
    path = PLUGINS.joinpath(*module.split("."))
    for found in (path.with_suffix(".py"), path / "__init__.py"):
        if found.is_file():
            return found
    return None


def imported_by(module: str) -> set[str]:
    """Modules of the product that a module imports anywhere in it, with their packages."""
    path = path_of(module)
    assert path is not None, module
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            found |= {str(node.module), *(f"{node.module}.{name.name}" for name in node.names)}
    parents = {name.rsplit(".", depth)[0] for name in found for depth in range(name.count(".") + 1)}
    return {name for name in parents if name.split(".")[0] == "tiengvang" and path_of(name)}


def reached_from(module: str) -> set[str]:
    """The modules that it imports, at any distance."""
    reached: set[str] = set()
    ahead = {module}
    while ahead:
        name = ahead.pop()
        reached.add(name)
        ahead |= imported_by(name) - reached
    return reached - {module}


def of_coverage(modules: set[str]) -> set[str]:
    forbidden = tuple(f"tiengvang.{name}" for name in COVERAGE)
    return {name for name in modules - TEXT_ONLY if name.startswith(forbidden)}


FACTCHECKS = sorted(f"tiengvang.sources.{path.stem}" for path in SOURCES.glob("factchecks*.py"))


def test_the_modules_of_fact_checks_are_found() -> None:
    assert "tiengvang.sources.factchecks_source" in FACTCHECKS
    assert len(FACTCHECKS) >= 4


@pytest.mark.parametrize("module", FACTCHECKS)
def test_no_fact_check_reads_coverage(module: str) -> None:
    assert of_coverage(reached_from(module)) == set()
    path = path_of(module)
    assert path is not None
    text = path.read_text(encoding="utf-8").replace("tiengvang.warehouse.", "")
    assert [table for table in COVERAGE_TABLES if table in text] == []


def test_what_reads_coverage_would_be_found() -> None:
    """A chain of two imports, and one that stands inside a function."""
    found = of_coverage(reached_from("tiengvang.jobs"))
    assert {"tiengvang.measures.compute", "tiengvang.stories.step"} <= found, sorted(found)
