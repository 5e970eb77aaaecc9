"""What an analyst should find in the long world, as ``truth.json`` says it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tiengvang.local.world import attention
from tiengvang.local.world.long import plan
from tiengvang.local.world.long.files import day_of
from tiengvang.local.world.spec import WorldSpec


def describe_plan(spec: WorldSpec) -> dict[str, Any]:
    """Return the plan with days as dates.

    Keys: ``donors``, ``events`` (code, host, window, ``uplift`` in log points, and whether it is
    registered before it began), ``gap_days``, ``tone_shifts`` (host, first day, points) and ``lead`` (host
    whose press runs ahead of its arrivals, months).
    """
    return {
        "donors": list(plan.DONORS),
        "events": [_event(spec, planted) for planted in plan.EVENTS],
        "gap_days": [f"{day}" for day in _days(spec, plan.GAPS)],
        "tone_shifts": [
            {"host": host, "since": f"{day_of(spec, since)}", "points": points}
            for host, since, points in plan.SHIFTS
        ],
        "lead": {"host": plan.LEADING_HOST, "months": attention.LEAD_MONTHS},
    }


def _event(spec: WorldSpec, planted: plan.PlantedEvent) -> dict[str, Any]:
    event = planted.event
    starts = spec.instants[0].date() + timedelta(days=event.starts)
    return {
        "code": event.code,
        "host": event.hosts.split()[0],
        "n_hosts": len(event.hosts.split()),
        "starts_on": f"{starts}",
        "window_ends_on": f"{starts + timedelta(days=event.lasts - 1 + event.window)}",
        "uplift": planted.uplift,
        "is_registered_before": event.is_registered_before,
    }


def _days(spec: WorldSpec, numbers: tuple[int, ...]) -> list[date]:
    return [day for day in (day_of(spec, number) for number in numbers) if day >= spec.start]
