"""The column dictionary: what each column is called and means, in English and Vietnamese.

``dbt_project/dictionary.yml`` is its one source. Run as a module it rewrites what follows from it and from
the registry of metrics (``documentation``), so that dbt's documentation and the database's comments carry
both languages. Labels and texts may name thresholds of that registry in braces, which are filled where they
are printed (``metric_texts.Thresholds.entry``).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from tiengvang.errors import TiengVangError
from tiengvang.transform import PROJECT

Language = Literal["en", "vi"]
Texts = Mapping[Language, str]

DICTIONARY = PROJECT / "dictionary.yml"
DOCS_BLOCKS = PROJECT / "models" / "marts" / "columns.md"
COLUMN_KEYS = frozenset({"label_en", "label_vi", "unit", "text_en", "text_vi"})
NAME = re.compile(r"[a-z][a-z0-9_]*")
JINJA = re.compile(r"\{[{%#]")
# psql shows a comment's lines as they are.
WIDTH = 100
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DictionaryError(TiengVangError):
    """The dictionary is incomplete or malformed, or lacks a name that it was asked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One column: its label and text by language, and the code of its unit."""

    labels: Mapping[Language, str]
    texts: Mapping[Language, str]
    unit: str


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Entries by docs block's name, in the file's order, and each unit's name by language."""

    units: Mapping[str, Mapping[Language, str]]
    entries: Mapping[str, Entry]


class _Loader(_LOADER):  # type: ignore[misc]
    """Reads YAML, and refuses a key that is given twice, of which YAML would keep the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        """Read one mapping."""
        keys = [key.value for key, _ in node.value]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            line = node.start_mark.line + 1
            raise DictionaryError(f"in the mapping of line {line}: {twice} twice, expected once")
        found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return found


def read_dictionary(path: Path = DICTIONARY) -> Dictionary:
    """Read the dictionary.

    Raises:
        DictionaryError: a key is missing, unknown or given twice, a text is empty or holds what dbt
            would read as Jinja, or a unit is unknown or unused. The message says where.
    """
    top = mapping(path.name, read_yaml(path), frozenset({"units", "columns"}))
    units, columns = (mapping(f"{path.name}, {key}", top[key]) for key in ("units", "columns"))
    names: dict[str, Mapping[Language, str]] = {}
    for code, unit in units.items():
        place = f"{path.name}, unit {code!r}"
        fields = mapping(place, unit, frozenset({"en", "vi"}))
        names[code] = {"en": text(place, fields, "en"), "vi": text(place, fields, "vi")}
    entries = {name: _entry(path, name, value, names) for name, value in columns.items()}
    unused = sorted(set(names) - {entry.unit for entry in entries.values()})
    if unused:
        raise DictionaryError(f"{path.name}, units: no column has {unused}")
    return Dictionary(names, entries)


def read_yaml(path: Path) -> Any:
    """Read a YAML file.

    Raises:
        DictionaryError: it is no YAML, or a mapping has a key twice. The message says where.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - it is safe
    except (DictionaryError, yaml.YAMLError) as error:
        raise DictionaryError(f"{path.name}: {error}") from error


def label(name: str, language: Language) -> str:
    """Return the label of a docs block's name.

    Raises:
        DictionaryError: the dictionary has no such name.
    """
    entry = bundled().entries.get(name)
    if entry is None:
        raise DictionaryError(f"{DICTIONARY.name}: no column {name!r}")
    return entry.labels[language]


def markdown(dictionary: Dictionary, metrics: Mapping[str, Texts] | None = None) -> str:
    """Return the file of docs blocks: for each name the English text and unit, then the Vietnamese.

    Args:
        dictionary: the columns.
        metrics: by name of a docs block, the names of the metrics that the column holds.
    """
    blocks = []
    for name, entry in dictionary.entries.items():
        unit = dictionary.units[entry.unit]
        held = (metrics or {}).get(name)
        of_metric = (
            {"en": f" Metric: {held['en']}.", "vi": f" Thước đo: {held['vi']}."} if held else {}
        )
        english = f"{entry.texts['en']} Value: {unit['en']}.{of_metric.get('en', '')}"
        vietnamese = (
            f"*Tiếng Việt:* {entry.texts['vi']} Giá trị: {unit['vi']}.{of_metric.get('vi', '')}"
        )
        body = f"{wrapped(english)}\n\n{wrapped(vietnamese)}"
        blocks.append(f"{{% docs {name} %}}\n{body}\n{{% enddocs %}}\n")
    return "\n".join(blocks)


def unit(name: str) -> Mapping[Language, str] | None:
    """Return the unit of a column's entry by language; null where the dictionary has no such entry."""
    found = bundled().entries.get(name)
    return None if found is None else bundled().units[found.unit]


@cache
def bundled() -> Dictionary:
    """Return the product's own dictionary; read once in a process."""
    return read_dictionary()


def _entry(path: Path, name: str, value: Any, units: Mapping[str, Any]) -> Entry:
    place = f"{path.name}, column {name!r}"
    if not NAME.fullmatch(name):
        raise DictionaryError(f"{place}: expected a name of lower-case letters, digits and _")
    fields = mapping(place, value, COLUMN_KEYS)
    found = {key: text(place, fields, key) for key in sorted(COLUMN_KEYS)}
    if found["unit"] not in units:
        raise DictionaryError(f"{place}: unit {found['unit']!r}, expected one of {sorted(units)}")
    return Entry(
        labels={"en": found["label_en"], "vi": found["label_vi"]},
        texts={"en": found["text_en"], "vi": found["text_vi"]},
        unit=found["unit"],
    )


def mapping(place: str, value: Any, keys: frozenset[str] | None = None) -> dict[str, Any]:
    """Return a mapping by name, with exactly these keys where any are given.

    Raises:
        DictionaryError: it is none, or its keys are others.
    """
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise DictionaryError(f"{place}: found {value!r}, expected a mapping by name")
    if keys is not None and set(value) != keys:
        raise DictionaryError(f"{place}: found the keys {sorted(value)}, expected {sorted(keys)}")
    return value


def text(place: str, fields: Mapping[str, Any], key: str) -> str:
    """Return a field's text with single spaces.

    Raises:
        DictionaryError: it is no text, it is empty, or it holds what dbt would read as Jinja.
    """
    value = fields[key]
    if not isinstance(value, str) or not value.strip():
        raise DictionaryError(f"{place}: {key} is {value!r}, expected a text")
    if JINJA.search(value):
        raise DictionaryError(f"{place}: {key} holds Jinja, expected plain text: {value!r}")
    return " ".join(value.split())


def wrapped(text: str) -> str:
    """Return a text in lines that psql shows as they are."""
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    from tiengvang.documentation import write

    write()
