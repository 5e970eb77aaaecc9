"""Which world a warehouse holds, live or a declared one, and the one clock that follows from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from tiengvang.errors import WorldMismatch
from tiengvang.warehouse.connection import Connection
from tiengvang.windows import SlotCalendar, format_instant, parse_instant

LIVE = "live"
OUTLET_COLUMNS = (
    "outlet_domain",
    "outlet_name",
    "country_code_iso3",
    "language_code_iso639_3",
    "outlet_type",
)


@dataclass(frozen=True, slots=True)
class World:
    """What an upstream says of itself in ``world.json``; a real source says nothing and is live.

    ``declared_as_of`` is the instant at which a declared world stands still; ``calendar`` are the
    slots that it publishes; ``outlets`` are the rows of its fictional outlets.
    """

    name: str = LIVE
    is_synthetic: bool = False
    declared_as_of: datetime | None = None
    calendar: SlotCalendar = SlotCalendar()
    outlets: tuple[Mapping[str, str], ...] = ()

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> World:
        """Read a ``world.json``.

        Raises:
            ValueError: a key is missing or has another type than expected.
        """
        try:
            return cls(
                name=str(value["world_name"]),
                is_synthetic=bool(value["is_synthetic"]),
                declared_as_of=parse_instant(value["as_of"]),
                calendar=SlotCalendar.from_json(value.get("calendar")),
                outlets=tuple(value.get("outlets") or ()),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(
                f"world.json: {error!r}; expected world_name, is_synthetic, as_of, calendar, outlets"
            ) from None


def parse_description(payload: bytes) -> World:
    """Read the bytes that an upstream gives for ``world.json``; anything else means live.

    Real sources answer an unknown address with an error page, sometimes under HTTP 200.
    """
    try:
        value = json.loads(payload)
    except ValueError:
        return World()
    if not isinstance(value, dict) or "world_name" not in value:
        return World()
    return World.from_json(value)


def read_world(connection: Connection) -> World | None:
    """Return the world that the warehouse holds, or None while it is empty."""
    row: Any = connection.execute(
        "select world_name, is_synthetic, declared_as_of, calendar from ops.world"
    ).fetchone()
    if row is None:
        return None
    return World(row[0], row[1], row[2], SlotCalendar.from_json(row[3]))


def require_world(held: World | None, name: str, *, is_synthetic: bool) -> None:
    """Make sure that a warehouse is empty or holds the world of that name.

    Raises:
        WorldMismatch: it holds another one.
    """
    if held is not None and (held.name, held.is_synthetic) != (name, is_synthetic):
        raise WorldMismatch(
            f"this warehouse holds the world {held.name!r} and was offered {name!r}: "
            "use another warehouse (TIENGVANG_HOME or TIENGVANG_WAREHOUSE_URL), they are never mixed"
        )


def adopt_world(connection: Connection, offered: World) -> None:
    """Make sure that the warehouse holds the offered world, and move a declared clock forward.

    Raises:
        WorldMismatch: the warehouse holds another world, or its clock stands later.
    """
    held = read_world(connection)
    require_world(held, offered.name, is_synthetic=offered.is_synthetic)
    if (
        held is not None
        and held.declared_as_of
        and offered.declared_as_of
        and offered.declared_as_of < held.declared_as_of
    ):
        raise WorldMismatch(
            f"the world {held.name!r} stands at {format_instant(held.declared_as_of)} and was offered "
            f"{format_instant(offered.declared_as_of)}: its clock never runs backwards"
        )
    calendar = offered.calendar.as_json()
    connection.execute(
        """
        insert into ops.world (world_name, is_synthetic, declared_as_of, calendar)
        values (%s, %s, %s, %s)
        on conflict (is_only_row) do update
        set declared_as_of = excluded.declared_as_of, calendar = excluded.calendar
        where (world.declared_as_of, world.calendar)
            is distinct from (excluded.declared_as_of, excluded.calendar)
        """,
        (
            offered.name,
            offered.is_synthetic,
            offered.declared_as_of,
            None if calendar is None else Jsonb(calendar),
        ),
    )
    _replace_outlets(connection, offered)


def _replace_outlets(connection: Connection, world: World) -> None:
    connection.execute(
        "delete from raw.sample__outlets where outlet_domain <> all (%s)",
        ([outlet["outlet_domain"] for outlet in world.outlets],),
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            f"insert into raw.sample__outlets ({', '.join(OUTLET_COLUMNS)}) "  # noqa: S608
            "values (%s, %s, %s, %s, %s) on conflict do nothing",
            [tuple(outlet[column] for column in OUTLET_COLUMNS) for outlet in world.outlets],
        )


def as_of(connection: Connection) -> datetime:
    """Return the warehouse's instant: real time when live, the declared one in a sample."""
    row: Any = connection.execute("select ops.as_of()").fetchone()
    moment: datetime = row[0]
    return moment
