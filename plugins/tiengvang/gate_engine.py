"""Where Great Expectations runs: one context and one database engine for any number of judgements."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import TracebackType
from typing import Any

import jinja2
import pandas as pd
import sqlalchemy as sa
from psycopg import sql

from tiengvang.gate_sentences import LANGUAGES, is_null, observed_text, plain, sentence
from tiengvang.gate_suites import Expectation, Severity, Suite, SuiteError

RESULT_FORMAT = {"result_format": "BASIC", "partial_unexpected_count": 20}
REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one expectation came out; what could not be evaluated is critical in any case."""

    severity: Severity
    is_success: bool
    observed: str
    sentence_en: str
    sentence_vi: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts of a suite in its own order, and GX's result object where there is one."""

    verdicts: tuple[Verdict, ...]
    document: Any | None


class Engine:
    """Judges suites, against one warehouse if any; a context manager."""

    def __init__(self, url: str | None) -> None:
        os.environ["GX_ANALYTICS_ENABLED"] = "false"
        import great_expectations as gx
        from great_expectations.data_context.types.base import (
            DataContextConfig,
            InMemoryStoreBackendDefaults,
            ProgressBarsConfig,
        )

        self._gx = gx
        # By default GX gives a context without files a docs site, in the system's temporary folder.
        self._context = gx.get_context(
            mode="ephemeral",
            project_config=DataContextConfig(
                store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
                progress_bars=ProgressBarsConfig(globally=False),
            ),
        )
        self._database = None if url is None else self._add_database(url)
        # One asset serves every query and one every frame: GX writes its whole project out for each
        # that is added.
        self._query = (
            None if self._database is None else self._database.add_query_asset("rows", "select 1")
        )
        self._rows = (
            None if self._query is None else self._query.add_batch_definition_whole_table("all")
        )
        self._one_row = (
            self._context.data_sources.add_pandas("frames")
            .add_dataframe_asset("row")
            .add_batch_definition_whole_dataframe("all")
        )

    def _add_database(self, url: str) -> Any:
        # GX substitutes "$name" in a connection string; a password may hold a dollar sign.
        address = sa.make_url(url).set(drivername="postgresql+psycopg")
        return self._context.data_sources.add_postgres(
            "warehouse",
            connection_string=address.render_as_string(hide_password=False).replace("$", "%24"),
            create_temp_table=False,
        )

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._database is not None:
            self._database.get_engine().dispose()

    def judge(
        self, suite: Suite, parameters: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]
    ) -> Judged:
        """Judge one suite; whatever stops it is a failed critical verdict for each expectation.

        Args:
            suite: what is expected of what.
            parameters: values that the suite names.
            frames: data frames of one row, by the names that suites over frames use.

        Raises:
            SuiteError: the suite itself is wrong: an unknown type, argument or parameter.
        """
        configurations = [self._configure(suite, e, parameters) for e in suite.expectations]
        try:
            batch, row = self._batch(suite, parameters, frames)
            document = batch.validate(
                self._gx.ExpectationSuite(name=suite.name, expectations=configurations),
                expectation_parameters=dict(parameters),
                result_format=RESULT_FORMAT,
            )
        except SuiteError:
            raise
        except Exception as error:  # noqa: BLE001 - GX lets any driver's error through; none may pass
            return Judged(tuple(self._stopped(e, error) for e in suite.expectations), None)
        by_order = {r.expectation_config.meta["order"]: r for r in document.results}
        verdicts = tuple(
            self._verdict(suite, expectation, by_order[order], parameters, row)
            for order, expectation in enumerate(suite.expectations)
        )
        return Judged(verdicts, document)

    def _configure(
        self, suite: Suite, expectation: Expectation, parameters: Mapping[str, Any]
    ) -> Any:
        from great_expectations.expectations.expectation_configuration import (
            ExpectationConfiguration,
        )

        for value in expectation.kwargs.values():
            name = value.get("$PARAMETER") if isinstance(value, dict) else None
            if name is not None and name not in parameters:
                raise SuiteError(f"suite {suite.name}: there is no parameter {name!r}")
        try:
            return ExpectationConfiguration(
                type=expectation.type,
                kwargs=dict(expectation.kwargs),
                severity=expectation.severity,
                meta={"order": suite.expectations.index(expectation)},
                notes=expectation.sentences["en"],
            ).to_domain_obj()
        except Exception as error:
            raise SuiteError(f"suite {suite.name}, {expectation.type}: {error}") from error

    def _batch(
        self, suite: Suite, parameters: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]
    ) -> tuple[Any, dict[str, Any]]:
        if suite.kind == "table":
            return self._selected(suite, parameters), {}
        if suite.kind == "measures":
            frame: pd.DataFrame | None = self._measured(suite, parameters)
        else:
            frame = frames.get(suite.subject)
        if frame is None or len(frame) != 1:
            found = "no frame" if frame is None else f"{len(frame)} rows"
            raise ValueError(f"{suite.name}: {found}, expected exactly one row")
        # Plain objects: nullable integers would turn GX's comparisons into nulls.
        frame = frame.astype(object).where(frame.notna(), None)
        row: dict[str, Any] = {str(k): v for k, v in frame.iloc[0].items()}
        return self._one_row.get_batch(batch_parameters={"dataframe": frame}), row

    def _selected(self, suite: Suite, parameters: Mapping[str, Any]) -> Any:
        if self._query is None or self._rows is None:
            raise SuiteError(f"suite {suite.name} reads a table and no warehouse was given")
        values = {name: sql.Literal(value) for name, value in parameters.items()}
        text = f"select {suite.columns} from {suite.subject} where {suite.where}"  # noqa: S608
        self._query.query = sql.SQL(text).format(**values).as_string()
        return self._rows.get_batch()

    def _measured(self, suite: Suite, parameters: Mapping[str, Any]) -> pd.DataFrame:
        if self._database is None:
            raise SuiteError(f"suite {suite.name} measures a warehouse and none was given")
        statement = sa.text(suite.subject)
        values = {name: parameters[name] for name in statement.compile().params}
        with self._database.get_engine().connect() as connection:
            answer = connection.execute(statement, values)
            columns = list(answer.keys())
            rows = [[_number(value) for value in row] for row in answer]
        return pd.DataFrame(rows, columns=columns)

    def _verdict(
        self,
        suite: Suite,
        expectation: Expectation,
        result: Any,
        parameters: Mapping[str, Any],
        row: dict[str, Any],
    ) -> Verdict:
        if (raised := _raised(result.exception_info)) is not None:
            return self._stopped(expectation, raised)
        is_success, observed = bool(result.success), observed_text(result.result)
        if row and expectation.column is not None:
            value = row[expectation.column]
            observed = plain(value)
            # GX ignores nulls, so a rule about a number that is not there would hold.
            if is_null(value) and expectation.column not in suite.may_be_null:
                is_success = False
        counts = {name: result.result.get(name) for name in ("unexpected_count", "element_count")}
        return self._say(expectation, is_success, observed, {**parameters, **counts, **row})

    def _say(
        self, expectation: Expectation, is_success: bool, observed: str, seen: dict[str, Any]
    ) -> Verdict:
        said = expectation.sentences
        values = {**expectation.kwargs, **seen, "observed": observed}
        try:
            texts = [
                sentence(said[language if is_success else f"failed_{language}"], language, values)
                for language in LANGUAGES
            ]
        except jinja2.TemplateError as error:
            return self._stopped(expectation, error)
        return Verdict(expectation.severity, is_success, observed, texts[0], texts[1])

    def _stopped(self, expectation: Expectation, error: Exception | str) -> Verdict:
        # The driver's own message, without the statement that SQLAlchemy adds.
        reason = " ".join(str(getattr(error, "orig", error)).split()) or type(error).__name__
        return Verdict(
            "critical",
            False,
            f"not evaluated: {reason}"[:REASON_LENGTH],
            f"This could not be checked: {expectation.sentences['en']}",
            f"Không kiểm tra được điều này: {expectation.sentences['vi']}",
        )


def _number(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _raised(info: Mapping[str, Any]) -> str | None:
    """Return the message of the first exception that GX caught inside an expectation, if any."""
    entries: Sequence[Any] = [info] if "raised_exception" in info else list(info.values())
    for entry in entries:
        if isinstance(entry, Mapping) and entry.get("raised_exception"):
            return str(entry.get("exception_message") or "an exception without a message")
    return None
