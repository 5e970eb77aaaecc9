"""What a door saw of a subject, and its record in ``ops.gate_results``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from tiengvang.gate_suites import Door, Severity
from tiengvang.warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class GateResult:
    """One expectation as judged: ``observed`` is short text, the sentences are for readers.

    An edition leaves out what was observed of a build's successes: it depends on what was rebuilt.
    """

    door: Door
    suite: str
    expectation: str
    column: str | None
    severity: Severity
    is_success: bool
    observed: str | None
    sentence_en: str
    sentence_vi: str

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as a manifest holds them."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class GateReport:
    """Everything that one door saw of one subject.

    ``documents`` are GX's own validation results by suite, for Data Docs; a suite that could not be
    judged at all has none.
    """

    door: Door
    subject: str
    results: tuple[GateResult, ...]
    documents: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def failed_critical(self) -> tuple[GateResult, ...]:
        """The failures that hold the subject."""
        return tuple(r for r in self.results if not r.is_success and r.severity == "critical")

    @property
    def passed(self) -> bool:
        """Whether the subject may go on."""
        return bool(self.results) and not self.failed_critical

    @property
    def reason(self) -> str:
        """Why the subject is held, in one English line; empty when it is not."""
        return "; ".join(_reason(result) for result in self.failed_critical)


def _reason(result: GateResult) -> str:
    column = f".{result.column}" if result.column else ""
    return f"{result.sentence_en} [{result.suite}{column}: {result.observed}]"


def record(connection: Connection, door: Door, subject: str, report: GateReport) -> None:
    """Write a report to ``ops.gate_results`` in place of what this door said before.

    The caller commits: the verdict and what follows from it belong to one transaction.
    """
    connection.execute(
        "delete from ops.gate_results where door = %s and subject = %s", (door, subject)
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into ops.gate_results (
                door, subject, suite, expectation, column_name, severity, is_success, observed,
                sentence_en, sentence_vi
            ) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
            """,
            [
                (
                    door, subject, r.suite, r.expectation, r.column, r.severity, r.is_success,
                    r.observed, r.sentence_en, r.sentence_vi,
                )
                for r in report.results
            ],
        )  # fmt: skip


def recorded(connection: Connection, door: Door, subject: str) -> list[GateResult]:
    """Return what ``record`` wrote of a subject, in its order."""
    rows: list[Any] = connection.execute(
        """
        select door, suite, expectation, column_name, severity, is_success, observed, sentence_en,
            sentence_vi
        from ops.gate_results where door = %s and subject = %s order by gate_result_id
        """,
        (door, subject),
    ).fetchall()
    return [GateResult(*row) for row in rows]
