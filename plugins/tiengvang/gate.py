"""The gate: Great Expectations decides at three doors whether a load or an edition may go on."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tiengvang.errors import GateFailed
from tiengvang.gate_docs import write_data_docs as write_data_docs
from tiengvang.gate_history import load_parameters
from tiengvang.gate_revision import build_parameters, revision
from tiengvang.gate_suites import EXPECTATIONS, Door, Severity, Suite, SuiteError, read_suites
from tiengvang.warehouse.connection import Connection

if TYPE_CHECKING:
    import pandas as pd

    from tiengvang.gate_engine import Engine


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
    def failed_warnings(self) -> tuple[GateResult, ...]:
        """The failures that are printed and hold nothing."""
        return tuple(r for r in self.results if not r.is_success and r.severity == "warning")

    @property
    def passed(self) -> bool:
        """Whether the subject may go on."""
        return bool(self.results) and not self.failed_critical

    @property
    def reason(self) -> str:
        """Why the subject is held, in one English line; empty when it is not."""
        return "; ".join(_reason(result) for result in self.failed_critical)

    def require(self) -> None:
        """Stop here unless the subject may go on.

        Raises:
            GateFailed: a critical expectation failed; the message says which and what was seen.
        """
        if not self.passed:
            raise GateFailed(f"{self.subject} did not pass the {self.door} door: {self.reason}")


def _reason(result: GateResult) -> str:
    column = f".{result.column}" if result.column else ""
    return f"{result.sentence_en} [{result.suite}{column}: {result.observed}]"


def judge(
    door: Door,
    subject: str,
    *,
    url: str | None = None,
    engine: Engine | None = None,
    suites: Path = EXPECTATIONS,
    parameters: Mapping[str, Any],
    frames: Mapping[str, pd.DataFrame] | None = None,
) -> GateReport:
    """Run every suite of a door that applies, and say what was seen.

    Args:
        door: ``raw``, ``marts`` or ``edition``.
        subject: what is judged, such as ``load 7``; it names the results.
        url: the warehouse's URL, already under the role that may read the subject
            (``connection.role_url``); needed by suites over tables and measures.
        engine: one that judges several subjects of that warehouse, instead of ``url``.
        suites: the folder that holds one folder of suites per door.
        parameters: values that the suites name: ``load_parameters`` or ``build_parameters``. Under
            ``source`` it limits the door to the suites of that source and those of none.
        frames: data frames of one row, by the names that the suites use.

    Returns:
        One result per expectation. What could not be evaluated is a failed critical result.

    Raises:
        SuiteError: no suite applies, or a suite file is malformed.
    """
    applying = [
        suite
        for suite in read_suites(door, suites)
        if suite.source is None or suite.source == parameters.get("source")
    ]
    if not applying:
        raise SuiteError(f"no {door} suite applies to source {parameters.get('source')!r}")
    results: list[GateResult] = []
    documents: dict[str, Any] = {}
    with open_engine(url) if engine is None else nullcontext(engine) as judging:
        for suite in applying:
            judged = judging.judge(suite, parameters, frames or {})
            results += _results(door, suite, judged.verdicts)
            if judged.document is not None:
                documents[suite.name] = judged.document
    return GateReport(door, subject, tuple(results), documents)


def open_engine(url: str | None) -> Engine:
    """Return a context manager that judges any number of subjects; opening one takes a tenth of a second.

    The first one of a process imports GX, which takes seconds.
    """
    from tiengvang.gate_engine import Engine

    return Engine(url)


def _results(door: Door, suite: Suite, verdicts: tuple[Any, ...]) -> list[GateResult]:
    if len(verdicts) != len(suite.expectations):
        raise SuiteError(
            f"suite {suite.name}: {len(verdicts)} of {len(suite.expectations)} expectations "
            "were evaluated"
        )
    return [
        GateResult(
            door=door,
            suite=suite.name,
            expectation=expectation.type,
            column=expectation.column,
            severity=verdict.severity,
            is_success=verdict.is_success,
            observed=verdict.observed,
            sentence_en=verdict.sentence_en,
            sentence_vi=verdict.sentence_vi,
        )
        for expectation, verdict in zip(suite.expectations, verdicts, strict=True)
    ]


def judge_load(
    connection: Connection,
    url: str,
    source: str,
    load_id: int,
    *,
    engine: Engine | None = None,
) -> GateReport:
    """Judge one load at the raw door.

    Args:
        connection: reads the history that bounds follow from; nothing is written.
        url: the warehouse's URL under the loader's role.
        source: the load's source, such as ``gdelt``.
        load_id: the load, all of its files committed.
        engine: one that judges several loads of that warehouse.

    Raises:
        LookupError: there is no such load of this source.
        SuiteError: no suite applies, or a suite file is malformed.
    """
    parameters = load_parameters(connection, source, load_id)
    return judge("raw", f"load {load_id}", url=url, engine=engine, parameters=parameters)


def judge_marts(connection: Connection, url: str, build_id: int) -> GateReport:
    """Judge a build's candidates in schema ``warehouse`` at the marts door.

    Args:
        connection: reads the build and compares candidates with the public marts.
        url: the warehouse's URL under the builder's role.
        build_id: the build, its dbt run complete.

    Raises:
        LookupError: there is no such build.
        SuiteError: a suite file is malformed.
    """
    import pandas as pd

    parameters = build_parameters(connection, build_id)
    compared = revision(connection, parameters["first_day"], parameters["last_day"])
    return judge(
        "marts",
        f"build {build_id}",
        url=url,
        parameters=parameters,
        frames={"revision": pd.DataFrame([compared])},
    )


def judge_edition(edition_id: str, summary: pd.DataFrame) -> GateReport:
    """Judge an edition's one row of numbers at the edition door; no database is read.

    Raises:
        SuiteError: a suite file is malformed.
    """
    return judge(
        "edition", f"edition {edition_id}", parameters={}, frames={"edition_summary": summary}
    )


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
    """Return what ``record`` wrote of a subject."""
    rows: list[Any] = connection.execute(
        """
        select door, suite, expectation, column_name, severity, is_success, observed, sentence_en,
            sentence_vi
        from ops.gate_results where door = %s and subject = %s
        """,
        (door, subject),
    ).fetchall()
    return [GateResult(*row) for row in rows]
