"""The gate itself: what cannot be judged never passes, and what it says can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from good_data import GoodData
from mutations import GOOD_EDITION

from tiengvang import gate
from tiengvang.gate_suites import SuiteError, read_suite
from tiengvang.warehouse.connection import connect, role_url

SENTENCES = "meta: {en: It holds., vi: Đúng., failed_en: It fails., failed_vi: Sai.}"
RULE = "{type: expect_column_values_to_be_between, kwargs: {column: a, max_value: 1}"


def write_suite(folder: Path, text: str, door: str = "edition") -> Path:
    (folder / door).mkdir(exist_ok=True)
    path = folder / door / "suite.yml"
    path.write_text(text, encoding="utf-8")
    return folder


def one_rule(subject: str, column: str = "a", severity: str = "warning") -> str:
    rule = RULE.replace("column: a", f"column: {column}")
    return f"{subject}\nexpectations:\n  - {rule}, severity: {severity}, {SENTENCES}}}\n"


def judge_frame(folder: Path, frame: pd.DataFrame | None) -> gate.GateReport:
    frames = {} if frame is None else {"f": frame}
    return gate.judge("edition", "edition x", suites=folder, parameters={}, frames=frames)


def only(report: gate.GateReport) -> gate.GateResult:
    (result,) = report.results
    return result


def volume(report: gate.GateReport, column: str) -> gate.GateResult:
    return next(r for r in report.results if r.suite == "volume" and r.column == column)


def test_a_held_edition_says_why_in_both_languages() -> None:
    values = {"slots_expected": 192, "slots_received": 2, "received_share": 2 / 192}
    report = gate.judge_edition("2026-W28", pd.DataFrame([{**GOOD_EDITION, **values}]))
    (held,) = report.failed_critical
    assert held.sentence_en == (
        "Only 2 of 192 slots of the period were received (1.0 %, at least 90 % are needed)."
    )
    assert held.sentence_vi == (
        "Chỉ nhận được 2 trên 192 khung 15 phút của kỳ (1,0 %, cần ít nhất 90 %)."
    )
    assert not report.passed
    assert report.reason.startswith("Only 2 of 192 slots of the period were received (1.0 %")


def test_an_edition_of_nothing_is_held() -> None:
    row = dict.fromkeys(GOOD_EDITION, pd.NA) | {"period_days": 7, "days_without_any_slot": 7}
    report = gate.judge_edition("2026-W28", pd.DataFrame([row]))
    critical = {"received_share", "freshness_minutes", "slots_awaited"}
    assert {r.column for r in report.failed_critical} == critical
    assert "No slot of the period" in report.reason


def test_a_null_is_no_pass(tmp_path: Path) -> None:
    folder = write_suite(tmp_path, one_rule("frame: f", severity="critical"))
    result = only(judge_frame(folder, pd.DataFrame({"a": [float("nan")]})))
    assert (result.is_success, result.observed) == (False, "no value")
    allowed = write_suite(tmp_path, one_rule("frame: f\nmay_be_null: [a]", severity="critical"))
    assert judge_frame(allowed, pd.DataFrame({"a": [float("nan")]})).passed


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (None, "no frame, expected exactly one row"),
        (pd.DataFrame({"a": []}), "0 rows, expected exactly one row"),
        (pd.DataFrame({"a": [0, 0]}), "2 rows, expected exactly one row"),
        (pd.DataFrame({"b": [0]}), 'The column "a" in BatchData does not exist'),
    ],
)
def test_what_cannot_be_judged_is_critical(
    frame: pd.DataFrame | None, reason: str, tmp_path: Path
) -> None:
    folder = write_suite(tmp_path, one_rule("frame: f", severity="warning"))
    result = only(judge_frame(folder, frame))
    assert not result.is_success
    assert result.severity == "critical"
    assert result.observed.startswith("not evaluated: ")
    assert reason in result.observed
    assert result.sentence_en == "This could not be checked: It holds."
    assert result.sentence_vi == "Không kiểm tra được điều này: Đúng."


@pytest.mark.parametrize(
    ("subject", "column", "reason"),
    [
        ("table: raw.no_such_table", "a", 'relation "raw.no_such_table" does not exist'),
        ("table: raw.gdelt__events", "no_such_column", "no_such_column"),
        ("measures: select 1 as a from raw.no_such_table", "a", "does not exist"),
        ("measures: select 1 as a where false", "a", "0 rows, expected exactly one row"),
        ("table: seeds.countries", "a", "permission denied for schema seeds"),
    ],
)
def test_what_the_database_refuses_is_critical(
    subject: str, column: str, reason: str, good: GoodData, tmp_path: Path
) -> None:
    folder = write_suite(tmp_path, one_rule(subject, column), door="raw")
    url = role_url(good.url, "loader")
    result = only(gate.judge("raw", "load 1", url=url, suites=folder, parameters={}))
    assert (result.is_success, result.severity) == (False, "critical")
    assert reason in result.observed


def test_one_broken_rule_leaves_the_others_judged(good: GoodData, tmp_path: Path) -> None:
    text = one_rule("table: raw.gdelt__events", "no_such_column")
    text += (
        f"  - {RULE.replace('column: a', 'column: quad_class')}, severity: warning, {SENTENCES}}}"
    )
    folder = write_suite(tmp_path, text, door="raw")
    url = role_url(good.url, "loader")
    report = gate.judge("raw", "load 1", url=url, suites=folder, parameters={})
    assert [r.is_success for r in report.results] == [False, True]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("frame: f", "holds no expectation"),
        ("frame: f\nexpectations: []", "holds no expectation"),
        (one_rule("frame: f\ntable: t"), "expected exactly one of table, measures, frame"),
        (one_rule("where: x = 1"), "expected exactly one of table, measures, frame"),
        (one_rule("frame: f\nwherefore: x"), "expected an object with keys among"),
        (one_rule("frame: f", severity="info"), "severity 'info', expected critical or warning"),
        (one_rule("frame: f").replace(", failed_vi: Sai.", ""), "meta needs exactly"),
        (one_rule("frame: f") + one_rule("").split("expectations:\n")[1], "same type and column"),
        (one_rule("frame: f").replace("kwargs", "arguments"), "expected exactly the keys"),
    ],
)
def test_a_malformed_suite_is_an_error(text: str, problem: str, tmp_path: Path) -> None:
    write_suite(tmp_path, text)
    with pytest.raises(SuiteError, match=re.escape(problem)):
        read_suite(tmp_path / "edition" / "suite.yml")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("values_to_be_between", "values_to_be_betwixt", "expect_column_values_to_be_betwixt"),
        ("max_value", "max_valeu", "max_valeu"),
        ("max_value: 1", "max_value: {$PARAMETER: bound}", "there is no parameter 'bound'"),
    ],
)
def test_a_rule_that_gx_does_not_know_is_an_error(
    old: str, new: str, problem: str, tmp_path: Path
) -> None:
    folder = write_suite(tmp_path, one_rule("frame: f").replace(old, new))
    with pytest.raises(SuiteError, match=re.escape(problem)):
        judge_frame(folder, pd.DataFrame({"a": [0]}))


def test_a_door_without_a_suite_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="holds no suite"):
        judge_frame(tmp_path, pd.DataFrame({"a": [0]}))
    folder = write_suite(tmp_path, one_rule("frame: f\nsource: gdelt"))
    with pytest.raises(SuiteError, match="no edition suite applies to source None"):
        judge_frame(folder, pd.DataFrame({"a": [0]}))


def test_a_quiet_load_passes(good: GoodData) -> None:
    with connect(good.url, "loader") as connection:
        report = gate.judge_load(connection, role_url(good.url, "loader"), "gdelt", 1001)
        assert report.passed
        assert all(result.is_success for result in report.results)
        with pytest.raises(LookupError, match="no load 1001 of source worldbank"):
            gate.judge_load(connection, role_url(good.url, "loader"), "worldbank", 1001)


@pytest.mark.parametrize(
    ("thinner", "column"),
    [
        ("delete from ops.source_files where load_id in (1, 2, 3, 4, 5)", "rows_read"),
        ("update ops.loads set status = 'quarantined' where load_id in (1, 2)", "world_tone"),
    ],
)
def test_too_little_history_opens_the_bound_and_says_so(
    thinner: str, column: str, good: GoodData
) -> None:
    good.mutate(
        "update ops.source_files set rows_read = 12000 where load_id <> 1000 and rows_read > 0"
    )
    good.mutate("update raw.gdelt__outlet_totals set tone_sum = 40 where load_id <> 1000")
    with connect(good.url, "loader") as connection:
        url = role_url(good.url, "loader")
        assert not volume(gate.judge_load(connection, url, "gdelt", 1000), column).is_success
        connection.commit()
        good.mutate(thinner)
        result = volume(gate.judge_load(connection, url, "gdelt", 1000), column)
    assert result.is_success
    assert "too little history" in result.sentence_en
    assert "Chưa đủ dữ liệu quá khứ" in result.sentence_vi


def test_before_the_first_publication_nothing_is_compared(good: GoodData) -> None:
    renamed = [
        "dim_outlet", "fct_arrivals_month", "fct_document_country", "fct_fdi_position_year",
        "fct_fdi_registered_month", "mart_data_trust", "mart_outcome_year",
    ]  # fmt: skip
    for name in renamed:
        good.connection.execute(f"alter table marts.{name} set schema backup".encode())
    try:
        with connect(good.url, "builder") as connection:
            report = gate.judge_marts(connection, role_url(good.url, "builder"), 1)
    finally:
        for name in renamed:
            good.connection.execute(f"alter table backup.{name} set schema marts".encode())
    assert report.passed
    assert {r.observed for r in report.results if r.suite == "revision"} == {"no value"}


LOSSES = ("arrivals_lost", "fdi_lost", "positions_lost")


def lost(good: GoodData) -> dict[str, str]:
    """What the door saw of published statistics, and whether it let the build pass."""
    with connect(good.url, "builder") as connection:
        report = gate.judge_marts(connection, role_url(good.url, "builder"), 1)
    found = {str(r.column): r for r in report.results if r.column in LOSSES}
    assert set(found) == set(LOSSES)
    assert report.passed == all(r.is_success for r in found.values()), report.reason
    return {name: r.observed for name, r in found.items()}


def test_statistics_that_vanish_hold_a_build(good: GoodData) -> None:
    good.mutate("delete from warehouse.fct_arrivals_month where arrivals_month = '2026-04-01'")
    good.mutate("delete from warehouse.fct_fdi_registered_month where unit_code = 'C9'")
    # An IMF position alone: its row stays for the flow beside it.
    good.mutate(
        "update warehouse.fct_fdi_position_year set fdi_position_imf_vintage_date = null"
        " where partner_code = 'C7'"
    )
    assert lost(good) == {"arrivals_lost": "23", "fdi_lost": "12", "positions_lost": "1"}


@pytest.mark.parametrize(
    "reason",
    [
        pytest.param(
            "update ops.source_files set status = 'refused' where load_id = 7901", id="refused"
        ),
        pytest.param(
            "update ops.loads set status = 'quarantined' where load_id = 7901", id="quarantined"
        ),
    ],
)
def test_what_a_refused_workbook_gave_may_go(reason: str, good: GoodData) -> None:
    good.mutate("delete from warehouse.fct_arrivals_month where arrivals_month = '2026-04-01'")
    good.mutate("delete from warehouse.fct_fdi_registered_month where unit_code = 'C9'")
    assert lost(good)["arrivals_lost"] == "23"
    good.mutate(reason)
    assert set(lost(good).values()) == {"0"}


def test_what_a_workbook_supplied_again_leaves_out_may_go(good: GoodData) -> None:
    for table, code, month in (
        ("fct_arrivals_month", "market_code", "arrivals_month"),
        ("fct_fdi_registered_month", "unit_code", "fdi_month"),
    ):
        good.mutate(f"delete from warehouse.{table} where {code} = 'C3' and {month} = '2026-02-01'")
    assert set(lost(good).values()) == {"0"}


def test_what_stands_under_another_code_is_not_lost(good: GoodData) -> None:
    for table, code in (
        ("fct_arrivals_month", "market_code"), ("fct_fdi_registered_month", "unit_code"),
    ):  # fmt: skip
        good.mutate(f"update warehouse.{table} set {code} = 'C99' where {code} = 'C9'")
    assert set(lost(good).values()) == {"0"}


def test_a_vintage_that_was_quarantined_takes_its_positions_along(good: GoodData) -> None:
    good.mutate("delete from warehouse.fct_fdi_position_year where partner_code = 'C7'")
    assert lost(good)["positions_lost"] == "1"
    good.mutate("update ops.loads set status = 'quarantined' where load_id = 7902")
    assert lost(good)["positions_lost"] == "0"


def test_a_full_refresh_judges_every_day(good: GoodData) -> None:
    good.mutate("update ops.changed_days set day = '2026-06-01'")
    good.mutate("update warehouse.mart_coverage_day set tone_mean = 101")
    with connect(good.url, "builder") as connection:
        url = role_url(good.url, "builder")
        assert gate.judge_marts(connection, url, 1).passed
        connection.commit()
        good.mutate("update ops.builds set is_full_refresh = true")
        assert not gate.judge_marts(connection, url, 1).passed


def test_a_record_replaces_the_one_before(good: GoodData) -> None:
    bad = gate.judge_edition("e", pd.DataFrame([{**GOOD_EDITION, "n_outlets": 2}]))
    better = gate.judge_edition("e", pd.DataFrame([GOOD_EDITION]))
    counted = (
        "select count(*), count(*) filter (where not is_success), min(severity), "
        "count(*) filter (where sentence_vi like 'Đã nhận 1.330 trên 1.344 khung%') "
        "from ops.gate_results where door = 'edition' and subject = 'edition e'"
    )
    with connect(good.url, "publisher") as connection:
        gate.record(connection, "edition", "edition e", bad)
        gate.record(connection, "edition", "edition f", bad)
        assert connection.execute(counted).fetchone() == (9, 1, "critical", 1)
        gate.record(connection, "edition", "edition e", better)
        assert connection.execute(counted).fetchone() == (9, 0, "critical", 1)


def test_data_docs_are_readable_offline_and_repeatable(tmp_path: Path) -> None:
    values = {**GOOD_EDITION, "unknown_outlet_share": 0.75}
    pages = []
    for _ in range(2):
        report = gate.judge_edition("<2026-W28>", pd.DataFrame([values]))
        (page,) = gate.write_data_docs([report], tmp_path / "data docs")
        pages.append(page.read_text(encoding="utf-8"))
    assert page.name == "edition-edition-2026-w28.html"
    assert pages[0] == pages[1]
    assert not re.search(r"(?:src|href)\s*=|<script|url\(|@import", pages[0])
    assert "<2026-W28>" not in pages[0]
    assert "unknown for 75.0 % of the documents" in pages[0]
    assert "Không rõ quốc gia của cơ quan báo chí ở 75,0 % số bài." in pages[0]
    assert "values must be less than or equal to" in pages[0]
    assert pages[0].index("unknown_outlet_share") < pages[0].index("received_share")


def test_data_docs_escape_what_files_say(good: GoodData, tmp_path: Path) -> None:
    markup = "<b onmouseover=alert(1)>x"
    good.mutate(f"update raw.gdelt__documents set language_code_iso639_3 = '{markup}'")
    with connect(good.url, "loader") as connection:
        report = gate.judge_load(connection, role_url(good.url, "loader"), "gdelt", 1000)
    (page,) = gate.write_data_docs([report], tmp_path)
    text = page.read_text(encoding="utf-8")
    assert "onmouseover=alert(1)" in text
    assert "<b on" not in text


def test_a_password_is_taken_as_it_is(good: GoodData, tmp_path: Path) -> None:
    folder = write_suite(tmp_path, one_rule("measures: select 1 as a"), door="raw")
    good.connection.execute("create role odd login password 'a$b%c/d'")
    good.connection.execute("grant tiengvang_loader to odd")
    user, place = good.url.rsplit("@", 1)
    url = role_url(f"{user.split('://')[0]}://odd:a$b%25c%2Fd@{place}", "loader")
    assert gate.judge("raw", "load 1", url=url, suites=folder, parameters={}).passed
