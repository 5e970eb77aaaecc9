"""What several of the console's commands need: instants as values, and the prepared warehouse."""

from __future__ import annotations

from typing import Any

import click


class Instant(click.ParamType[Any]):
    """An ISO 8601 instant or day, UTC unless it says otherwise."""

    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the instant."""
        from tiengvang.windows import parse_instant

        try:
            return parse_instant(value)
        except ValueError:
            self.fail(f"{value!r} is no ISO 8601 instant such as 2026-07-12T00:15Z", param, ctx)


def prepared_url() -> str:
    """Return the owner's URL of this home's warehouse, which is prepared for this version."""
    from tiengvang.local.postgres import warehouse_url
    from tiengvang.settings import get_settings
    from tiengvang.warehouse.setup import prepare

    url = warehouse_url(get_settings())
    prepare(url)
    return url
