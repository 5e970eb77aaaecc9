"""Warehouses that are copied, so that every fault meets the same state."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from harness import Warehouse
from killable import Killer
from psycopg import sql

from tiengvang.local.world.build import World
from tiengvang.windows import Window


@dataclass(frozen=True)
class Faults:
    """What the tests of this folder share.

    ``base`` holds ``first`` hours, published and without an edition; ``reference`` what a run over the
    ``then`` hours must make of it: it was never disturbed and has one build of everything. Its run took
    ``seconds``; one that goes on from the base takes about half as long.
    """

    world: World
    killer: Killer
    first: Window
    then: Window
    base: Warehouse
    reference: Warehouse
    seconds: float

    @property
    def later(self) -> datetime:
        """The instant at which everything up to the last of the ``then`` hours is published."""
        return self.then.end + timedelta(minutes=20)

    def copy(self, name: str, folder: Path) -> Warehouse:
        """A warehouse of its own in the base's state."""
        return copied(self.base, name, folder)


def copied(warehouse: Warehouse, name: str, folder: Path) -> Warehouse:
    """Copy a warehouse that nobody is connected to."""
    parts = urlsplit(warehouse.url)
    source = parts.path.lstrip("/")
    with psycopg.connect(
        warehouse.url.replace(parts.path, "/postgres"), autocommit=True
    ) as connection:
        connection.execute(
            sql.SQL("create database {} template {}").format(
                sql.Identifier(f"{source}_{name}"), sql.Identifier(source)
            )
        )
    home = folder / "home"
    shutil.copytree(warehouse.home, home)
    return Warehouse(urlunsplit(parts._replace(path=f"/{source}_{name}")), home)
