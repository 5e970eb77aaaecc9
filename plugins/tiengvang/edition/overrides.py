"""Overrides: an office's decision that an edition is published although a check of door three failed.

An override names rules, not an edition, and ends by itself. It is for door three alone: what door two
held is not in the public marts, and nothing here brings it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tiengvang.errors import TiengVangError
from tiengvang.gate_report import GateResult
from tiengvang.gate_suites import read_suites
from tiengvang.offices import office_name, words_of_an_office
from tiengvang.warehouse.connection import Connection, connect
from tiengvang.warehouse.world import as_of
from tiengvang.windows import format_instant

LONGEST = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Override:
    """One recorded decision: whose, why, until when, for which rules (names of columns judged)."""

    override_id: int
    office: str
    reason: str
    rules: tuple[str, ...]
    given_at: datetime
    expires_at: datetime

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as a manifest and ``ops.editions`` hold them."""
        return {
            "override_id": self.override_id,
            "office": self.office,
            "reason": self.reason,
            "rules": list(self.rules),
            "given_at": format_instant(self.given_at),
            "expires_at": format_instant(self.expires_at),
        }


def rule_name(result: GateResult) -> str:
    """Return the name by which an override names a rule."""
    return result.column or result.expectation


def record_override(
    url: str, office: str, reason: str, rules: Iterable[str], expires_at: datetime
) -> Override:
    """Record an override by the warehouse's clock; it changes nothing until the next publication.

    Raises:
        TiengVangError: no office or reason, or one that holds an address or a number of a person;
            no rule, or one that holds no edition; an expiry that is over or more than 31 days away.
    """
    name, why = office_name(office), words_of_an_office("--reason", reason)
    named = _rules(rules)
    with connect(url, "owner") as connection:
        given_at = as_of(connection)
        if not given_at < expires_at <= given_at + LONGEST:
            raise TiengVangError(
                f"--until: found {format_instant(expires_at)}, expected an instant after "
                f"{format_instant(given_at)}, at most {LONGEST.days} days later"
            )
        row: Any = connection.execute(
            """
            insert into ops.overrides (office, reason, rules, given_at, expires_at)
            values (%s, %s, %s, %s, %s) returning override_id
            """,
            (name, why, list(named), given_at, expires_at),
        ).fetchone()
    return Override(row[0], name, why, named, given_at, expires_at)


def in_force(connection: Connection) -> list[Override]:
    """Return the overrides that have not expired by the warehouse's clock, oldest first."""
    rows: list[Any] = connection.execute(
        """
        select override_id, office, reason, rules, given_at, expires_at from ops.overrides
        where given_at <= ops.as_of() and ops.as_of() < expires_at order by override_id
        """
    ).fetchall()
    return [
        Override(override_id, office, reason, tuple(rules), given_at, expires_at)
        for override_id, office, reason, rules, given_at, expires_at in rows
    ]


def covering(
    overrides: Sequence[Override], failed: Sequence[GateResult]
) -> tuple[Override, ...] | None:
    """Return the overrides under which these failures hold nothing, or None where one is not named.

    Of several that name a rule the newest one counts.
    """
    found: dict[int, Override] = {}
    for result in failed:
        naming = [one for one in overrides if rule_name(result) in one.rules]
        if not naming:
            return None
        found[naming[-1].override_id] = naming[-1]
    return tuple(found[number] for number in sorted(found))


def _rules(rules: Iterable[str]) -> tuple[str, ...]:
    named = tuple(sorted(set(rules)))
    known: dict[str, str] = {
        expectation.column or expectation.type: expectation.severity
        for suite in read_suites("edition")
        for expectation in suite.expectations
    }
    holding = sorted(rule for rule, severity in known.items() if severity == "critical")
    for rule in named:
        if known.get(rule) == "warning":
            raise TiengVangError(f"--rule {rule}: a warning holds no edition and needs no override")
    if not named or not set(named) <= set(holding):
        raise TiengVangError(
            f"--rule: found {', '.join(named) or 'none'}, expected any of {', '.join(holding)}"
        )
    return named
