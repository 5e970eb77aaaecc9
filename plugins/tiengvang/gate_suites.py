"""The gate's suites: short YAML files that name what is judged and what is expected of it.

A suite judges one of three things. ``table`` (with ``columns`` and ``where``) is judged row by row
inside the database; ``measures`` is a query of exactly one row of numbers; ``frame`` is a data
frame of one row that the caller hands over.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from tiengvang.errors import TiengVangError
from tiengvang.settings import REPOSITORY

Door = Literal["raw", "marts", "edition"]
Kind = Literal["table", "measures", "frame"]
Severity = Literal["critical", "warning"]
DOORS: tuple[Door, ...] = get_args(Door)
EXPECTATIONS = REPOSITORY / "expectations"

KINDS: tuple[Kind, ...] = get_args(Kind)
SUITE_KEYS = {*KINDS, "columns", "where", "source", "may_be_null", "expectations"}
EXPECTATION_KEYS = frozenset({"type", "kwargs", "severity", "meta"})
SENTENCES = frozenset({"en", "vi", "failed_en", "failed_vi"})


class SuiteError(TiengVangError):
    """A suite file cannot be judged as it is written, or a door has no suite to judge."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One rule: GX's type and arguments, how grave a failure is, and its sentences.

    ``sentences`` are templates: what holds under ``en`` and ``vi``, what a reader is told when it
    does not under ``failed_en`` and ``failed_vi``.
    """

    type: str
    kwargs: dict[str, Any]
    severity: Severity
    sentences: dict[str, str]

    @property
    def column(self) -> str | None:
        """The column that the rule is about, if it is about one."""
        value = self.kwargs.get("column")
        return None if value is None else str(value)

    @property
    def key(self) -> tuple[str, str | None]:
        """What tells the rule from the others of its suite."""
        return (self.type, self.column)


@dataclass(frozen=True, slots=True)
class Suite:
    """One file of expectations about one subject.

    ``source`` limits a suite to subjects of that source. ``may_be_null`` names the columns of a
    one-row subject that have no value on a quiet day; any other null is a failure.
    """

    name: str
    kind: Kind
    subject: str
    columns: str
    where: str
    source: str | None
    may_be_null: frozenset[str]
    expectations: tuple[Expectation, ...]


def read_suites(door: Door, folder: Path = EXPECTATIONS) -> tuple[Suite, ...]:
    """Read every suite of a door, in the order of the files' names.

    Raises:
        SuiteError: the door has no suite, or a file has an unknown key, no expectation, two
            expectations of the same type and column, or lacks one of its four sentences.
    """
    suites = tuple(read_suite(path) for path in sorted((folder / door).glob("*.yml")))
    if not suites:
        raise SuiteError(f"{folder / door} holds no suite (*.yml): the door would judge nothing")
    return suites


def read_suite(path: Path) -> Suite:
    """Read one suite file.

    Raises:
        SuiteError: see ``read_suites``.
    """
    # PyYAML's own parser takes a third of a door's time; libyaml's, where it is there, none.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both are safe
    if not isinstance(content, dict) or not set(content) <= SUITE_KEYS:
        raise SuiteError(f"{path.name}: expected an object with keys among {sorted(SUITE_KEYS)}")
    kinds: list[Kind] = [kind for kind in KINDS if kind in content]
    if len(kinds) != 1:
        raise SuiteError(f"{path.name}: names {kinds}, expected exactly one of {', '.join(KINDS)}")
    kind = kinds[0]
    expectations = tuple(
        _read_expectation(path, number, entry)
        for number, entry in enumerate(content.get("expectations") or (), start=1)
    )
    keys = [expectation.key for expectation in expectations]
    if not keys:
        raise SuiteError(f"{path.name}: holds no expectation, it would pass on anything")
    if len(set(keys)) != len(keys):
        raise SuiteError(f"{path.name}: two expectations have the same type and column")
    return Suite(
        name=path.stem,
        kind=kind,
        subject=str(content[kind]).strip(),
        columns=str(content.get("columns", "*")).strip(),
        where=str(content.get("where", "true")).strip(),
        source=content.get("source"),
        may_be_null=frozenset(content.get("may_be_null", ())),
        expectations=expectations,
    )


def _read_expectation(path: Path, number: int, entry: Any) -> Expectation:
    place = f"{path.name}, expectation {number}"
    if not isinstance(entry, dict) or set(entry) != EXPECTATION_KEYS:
        raise SuiteError(f"{place}: expected exactly the keys {sorted(EXPECTATION_KEYS)}")
    if entry["severity"] not in get_args(Severity):
        raise SuiteError(f"{place}: severity {entry['severity']!r}, expected critical or warning")
    meta = entry["meta"]
    if not isinstance(meta, dict) or set(meta) != SENTENCES:
        raise SuiteError(f"{place}: meta needs exactly the sentences {sorted(SENTENCES)}")
    sentences = {name: " ".join(str(text).split()) for name, text in meta.items()}
    return Expectation(entry["type"], dict(entry["kwargs"]), entry["severity"], sentences)
