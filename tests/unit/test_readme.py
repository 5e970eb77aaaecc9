"""Every command and path that the README and the runbooks show exists."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from click import Group
from click.testing import CliRunner

from tiengvang.cli import main
from tiengvang.settings import PREFIX, REPOSITORY, Settings

PAGES = [
    REPOSITORY / "README.md",
    REPOSITORY / "CONTRIBUTING.md",
    *sorted((REPOSITORY / "docs").rglob("*.md")),
]
TARGETS = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE))
DAGS = {path.stem for path in (REPOSITORY / "dags").glob("*.py")}


def commands(page: Path, program: str) -> list[list[str]]:
    """Return the words after a program's name, in code blocks and in code spans."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```.*?^```", text, re.DOTALL | re.MULTILINE)
    spans = re.findall(
        r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    )
    lines = [line for block in blocks for line in block.split("\n")] + spans
    return [
        shlex.split(line, comments=True)[1:] for line in lines if re.match(rf"{program} \S", line)
    ]


def test_the_two_commands_come_first_and_are_what_ci_runs() -> None:
    readme = REPOSITORY / "README.md"
    shown = [words[0] for words in commands(readme, "make")]
    assert shown[:2] == ["demo", "test"]
    ci = re.findall(r"^make (\w+)$", (REPOSITORY / ".ci" / "run").read_text(), re.MULTILINE)
    assert ci == ["check", "test", "demo"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    assert {words[0] for words in commands(page, "make")} <= TARGETS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_console_commands_exist_with_their_options(page: Path) -> None:
    for words in commands(page, "tiengvang"):
        command = main.commands[words[0]]
        named = [word for word in words[1:2] if not word.startswith("-")]
        if isinstance(command, Group) and (named or not command.invoke_without_command):
            command = command.commands[words[1]]
        flags = {flag for parameter in command.params for flag in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= flags, words
        if words[0] == "run":
            assert words[1] in DAGS


def test_settings_that_are_named_exist() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    named = {
        name for page in PAGES for name in re.findall(rf"{PREFIX}[A-Z_]+", page.read_text("utf-8"))
    }
    assert named
    assert named <= known


def test_help_names_every_command() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert set(main.commands) >= {"demo", "live", "run", "status", "edition", "sql"}
    assert all(name in result.output for name in main.commands)


@pytest.mark.parametrize(("arguments", "home"), [((), None), (("WORLD=long",), ".long")])
def test_a_second_world_has_a_home_of_its_own(arguments: tuple[str, ...], home: str | None) -> None:
    command = ["make", "--dry-run", "--print-data-base", *arguments, "help"]
    bare = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    told = subprocess.run(
        command, cwd=REPOSITORY, env=bare, capture_output=True, text=True, check=True
    ).stdout
    world = (arguments or ("WORLD=sample",))[0].removeprefix("WORLD=")
    assert re.findall(r"^WORLD :?\??= (\w+)$", told, re.MULTILINE) == [world]
    set_to = re.findall(r"^TIENGVANG_HOME = (\S+)$", told, re.MULTILINE)
    assert [text.replace("$(WORLD)", world) for text in set_to] == ([home] if home else [])
