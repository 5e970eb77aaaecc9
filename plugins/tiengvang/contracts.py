"""The marts' contracts as dbt's files declare them: columns, their types and what describes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tiengvang.transform import PROJECT

MARTS = PROJECT / "models" / "marts"
DOC = re.compile(r"""\{\{ doc\(['"](\w+)['"]\) \}\}""")
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Column:
    """A mart's column: its type in the database, and its name in the column dictionary."""

    data_type: str
    described_as: str


@dataclass(frozen=True, slots=True)
class Contract:
    """A mart: what it says it is (English), its primary key, its columns in their order."""

    description: str
    primary_key: tuple[str, ...]
    columns: Mapping[str, Column]


@cache
def read_contracts(folder: Path = MARTS) -> Mapping[str, Contract]:
    """Return every mart's contract by its name; read once in a process."""
    found: dict[str, Contract] = {}
    for path in sorted(folder.rglob("_*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - it is safe
        for model in content.get("models") or ():
            if model.get("columns"):
                found[model["name"]] = _contract(model)
    return found


def _contract(model: Mapping[str, Any]) -> Contract:
    keys = [
        tuple(constraint["columns"])
        for constraint in model.get("constraints") or ()
        if constraint["type"] == "primary_key"
    ]
    columns = {
        column["name"]: Column(column["data_type"], named[1])
        for column in model["columns"]
        if (named := DOC.search(column.get("description", "")))
    }
    description = " ".join(str(model.get("description", "")).split())
    return Contract(description, keys[0] if keys else (), columns)
