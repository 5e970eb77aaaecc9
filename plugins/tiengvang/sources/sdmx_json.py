"""SDMX-JSON 2.0 data messages: observations with their dimensions and attributes by name.

The layout is the standard's (https://github.com/sdmx-twg/sdmx-json, data message 2.0.0):
``data.structures`` names dimensions and their values once, ``data.dataSets[].series`` refers to them by
position. An observation is a list, its value first (as text: exactly), then its attributes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from tiengvang.errors import FileRefused

Object = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Observation:
    """One observation; a value or attribute that is null or left out is None."""

    dimensions: dict[str, str]
    value: str | None
    attributes: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Message:
    """A message's data flow, such as ``IMF.STA:DIP(12.0.1)``, and its observations.

    An observation that cannot be resolved is the reason, in its place.
    """

    dataflow: str
    observations: list[Observation | str]


class _Malformed(Exception):
    """A position points nowhere, or a part is of another kind than the standard says."""


def read_message(payload: bytes, *, file_name: str) -> Message:
    """Read a data message.

    Raises:
        FileRefused: the payload is no SDMX-JSON data message of series.
    """
    try:
        content = json.loads(payload, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise FileRefused(
            f"{file_name}: {len(payload)} bytes that are no JSON, expected an SDMX-JSON message"
            f" ({type(error).__name__})"
        ) from None
    try:
        data = _member(_be(content, dict, "the message"), "data", dict)
        structures = _members(data, "structures")
        if not structures:
            raise _Malformed("there is no structure")
        observations: list[Observation | str] = []
        for data_set in _members(data, "dataSets"):
            if "observations" in data_set:
                raise _Malformed("observations without series")
            structure = _at(structures, data_set.get("structure", 0), "structure")
            series = _be(data_set.get("series", {}), dict, "series")
            observations += _Reader(structure).read(series)
        return Message(_dataflow(structures[0]), observations)
    except _Malformed as error:
        raise FileRefused(f"{file_name}: no SDMX-JSON data message: {error}") from None


class _Reader:
    """Resolves the series of a data set with its structure."""

    def __init__(self, structure: Object) -> None:
        dimensions = _member(structure, "dimensions", dict)
        self._of_series = _components(dimensions, "series")
        self._of_observation = _components(dimensions, "observation")
        self._values = len(_components(_member(structure, "measures", dict), "observation"))
        self._attributes = _components(_member(structure, "attributes", dict), "observation")
        if not self._values:
            raise _Malformed("there is no measure")

    def read(self, series: Object) -> Iterator[Observation | str]:
        for key, entry in series.items():
            try:
                found = _resolve(key, self._of_series)
                observations = _member(_be(entry, dict, "a series"), "observations", dict)
            except _Malformed as error:
                yield f"a series cannot be read: {error}"
                continue
            for place, cells in observations.items():
                try:
                    yield self._observation(found, place, _be(cells, list, "an observation"))
                except _Malformed as error:
                    yield f"an observation cannot be read: {error}"

    def _observation(self, series: dict[str, str], place: str, cells: list[Any]) -> Observation:
        given = dict(enumerate(cells[self._values :]))
        return Observation(
            {**series, **_resolve(place, self._of_observation)},
            _text(cells[0] if cells else None),
            {
                component["id"]: _attribute(given.get(number), component)
                for number, component in enumerate(self._attributes)
            },
        )


def _resolve(key: str, components: list[Object]) -> dict[str, str]:
    places = key.split(":")
    if len(places) != len(components):
        raise _Malformed(f"{len(places)} positions, expected {len(components)}")
    found = {}
    for place, component in zip(places, components, strict=True):
        if not (place.isascii() and place.isdigit() and len(place) < 10):
            raise _Malformed("a position is no number")
        found[component["id"]] = _value(component, int(place))
    return found


def _attribute(cell: Any, component: Object) -> str | None:
    """Return an attribute: a position where its values are listed, else the value itself."""
    if isinstance(cell, int) and not isinstance(cell, bool) and component.get("values"):
        return _value(component, cell)
    return _text(cell)


def _value(component: Object, place: int) -> str:
    name = f"{component['id'][:40]!a}"  # foreign text, in a message that is stored
    entry = _at(_member(component, "values", list), place, name)
    value = entry.get("id", entry.get("value")) if isinstance(entry, dict) else None
    return _be(value, str, f"a value of {name}")


def _text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, int):
        raise _Malformed(f"a cell is {type(cell).__name__}, expected a text or a number")
    return str(cell)


def _components(part: Object, name: str) -> list[Object]:
    """Return the components of a list in the order of their positions in a key."""
    found = _members({name: part.get(name, [])}, name)
    for component in found:
        _be(component.get("id"), str, f"the id of a component of {name}")
    if all(isinstance(component.get("keyPosition"), int) for component in found):
        found.sort(key=lambda component: component["keyPosition"])
    return found


def _members(part: Object, name: str) -> list[Object]:
    return [_be(entry, dict, f"a part of {name}") for entry in _member(part, name, list)]


def _member(part: Object, name: str, kind: type[T]) -> T:
    return _be(part.get(name), kind, name)


def _be(value: Any, kind: type[T], name: str) -> T:
    if not isinstance(value, kind):
        raise _Malformed(f"{name} is {type(value).__name__}, expected {kind.__name__}")
    return value


def _at(values: list[Any], place: Any, name: str) -> Any:
    if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(values):
        raise _Malformed(f"a position of {name} is outside its {len(values)} values")
    return values[place]


def _dataflow(structure: Object) -> str:
    for link in structure.get("links") or []:
        urn = link.get("urn") if isinstance(link, dict) else None
        if isinstance(urn, str) and ".Dataflow=" in urn:
            return urn.rpartition(".Dataflow=")[2]
    raise _Malformed("no link names the data flow")
