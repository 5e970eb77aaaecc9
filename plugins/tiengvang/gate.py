"""The gate: Great Expectations decides at three doors whether a load or an edition may go on."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tiengvang.gate_docs import write_data_docs as write_data_docs
from tiengvang.gate_history import load_parameters
from tiengvang.gate_report import GateReport as GateReport
from tiengvang.gate_report import GateResult as GateResult
from tiengvang.gate_report import record as record
from tiengvang.gate_report import recorded as recorded
from tiengvang.gate_revision import build_parameters, revision
from tiengvang.gate_suites import EXPECTATIONS, Door, Suite, SuiteError, read_suites
from tiengvang.warehouse.connection import Connection

if TYPE_CHECKING:
    import pandas as pd

    from tiengvang.gate_engine import Engine


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
