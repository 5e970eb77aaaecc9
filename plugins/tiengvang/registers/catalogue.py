"""All registers by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tiengvang.registers import indicators, programme, readiness, response
from tiengvang.registers.declaration import Register

REGISTERS: Mapping[str, Register] = MappingProxyType(
    {
        register.name: register
        for register in (
            indicators.UNITS,
            indicators.KPIS,
            indicators.TARGETS,
            readiness.READINESS_UNITS,
            readiness.READINESS_TOTALS,
            programme.EVENTS,
            programme.AGREEMENTS,
            programme.AWARDS,
            programme.TRAINING,
            response.RESPONSES,
            response.RESPONSE_TARGETS,
        )
    }
)
