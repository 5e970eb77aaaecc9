"""The sample world's registers on the whole way: delivered, checked, counted, against what was planted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from harness import Warehouse, build, ingest, reading

from tiengvang.cli_reports import describe_status, read_status
from tiengvang.local.world.build import World
from tiengvang.settings import get_settings
from tiengvang.windows import DAY, Window, floor_slot


@pytest.fixture(scope="module")
def built(new_warehouse: Callable[[str], Warehouse], small_world: World) -> Warehouse:
    """The small world's registers, fact-checks and documents at its first instant, built once."""
    warehouse = new_warehouse("registers_sample")
    first = small_world.instants[0]
    with reading(warehouse, small_world.folder, first):
        ingest("gdelt", Window(small_world.spec.window.start, floor_slot(first)))
        ingest("worldbank")
        ingest("factchecks")
        assert ingest("registers")["refused"] == 1
        build()
    return warehouse


@pytest.fixture(scope="module")
def planted(small_world: World) -> dict[str, Any]:
    summary: dict[str, Any] = small_world.truth.summary["registers"]
    return summary


def test_every_file_is_taken_whole_but_the_faulty_one(
    built: Warehouse, planted: dict[str, Any]
) -> None:
    files = dict(
        built.query(
            "select regexp_replace(file_name, '@.*', ''), status from ops.source_files"
            " where source = 'registers'"
        )
    )
    expected = dict.fromkeys(planted["files"], "loaded") | {planted["refused_file"]: "refused"}
    assert files == expected
    for register, count in planted["rows"].items():
        assert built.query(f"select count(*) from raw.registers__{register}") == [(count,)]


def test_the_status_names_the_refused_file_with_its_answers_in_both_languages(
    built: Warehouse, planted: dict[str, Any]
) -> None:
    with built.active():
        text = describe_status(read_status(get_settings(), built.url))
    assert f"refused       registers: {planted['refused_file']}" in text
    assert "row 7, column unit_code (B): found 74-2008, expected 79-2025" in text
    assert "dòng 7, cột Mã đơn vị (B): thấy 74-2008, cần 79-2025" in text


def test_rates_are_what_was_planted_as_known_on_the_day(
    built: Warehouse, planted: dict[str, Any]
) -> None:
    known = built.query(
        "select kpi_code, valid_on::text, numerator, denominator, n_units_reported"
        " from marts.mart_readiness_kpi"
        " where basis = 'units' and recorded_on <= valid_on"
        " and (superseded_on is null or superseded_on > valid_on)"
    )
    found = {row[:2]: row[2:] for row in known}
    for rate in planted["readiness"]:
        met, others, silent = rate["met"], rate["not_met"], rate["not_stated"]
        expected = (met, met + others + silent, met + others)
        assert found[rate["kpi_code"], rate["valid_on"]] == expected, rate
    assert len(planted["readiness"]) > 30


def test_the_golden_rows_come_back(built: Warehouse) -> None:
    rows = built.query(
        "select kpi_code, basis, numerator, denominator, ratio, reported_ratio"
        " from marts.mart_readiness_kpi where valid_on = '2023-12-31'"
        " and recorded_on <= '2023-12-31' and superseded_on is distinct from '2023-12-31'"
    )
    found = {row[:2]: row[2:] for row in rows}
    assert found["plan_ministry", "total"] == (None, None, None, 0.9)
    assert found["plan_province", "units"][2] == 1
    assert found["site_ministry", "units"][2] == 1
    assert found["site_province", "units"][:3] == (58, 63, pytest.approx(0.920635, abs=1e-6))
    assert found["regulation_province", "units"][:3] == (55, 63, pytest.approx(0.873016, abs=1e-6))


def test_what_was_taken_back_is_known_later(built: Warehouse, planted: dict[str, Any]) -> None:
    row = planted["retracted"]
    versions = built.query(
        "select numerator from marts.mart_readiness_kpi"
        f" where basis = 'units' and kpi_code = '{row['kpi_code']}'"
        f" and valid_on = '{row['valid_on']}' order by recorded_on"
    )
    assert versions[0] == (58,)
    assert versions[-1] == (57,)


def test_the_new_units_begin_as_planted(built: Warehouse, planted: dict[str, Any]) -> None:
    rows = built.query(
        "select kpi_code, count(*) filter (where is_met), count(*) filter (where not is_met),"
        " count(*) filter (where is_met is null) from marts.mart_readiness_unit"
        " where population_version = '34' and valid_on = '2025-07-01' and superseded_on is null"
        " group by kpi_code"
    )
    found = {code: dict(zip(("met", "not_met", "not_stated"), counts, strict=True))
             for code, *counts in rows}  # fmt: skip
    assert found == planted["began"]


def test_events_are_registered_before_as_planted(built: Warehouse, planted: dict[str, Any]) -> None:
    found = dict(built.query("select event_code, is_registered_before from marts.dim_event"))
    assert found == planted["registered_before"]
    versions = dict(
        built.query("select event_code, count(*) from marts.mart_event_calendar group by 1")
    )
    assert {code for code, count in versions.items() if count > 1} == {planted["edited_event"]}


def test_what_nobody_stated_is_null(built: Warehouse) -> None:
    assert built.query(
        "select count(*) filter (where n_works is null), count(*) filter (where n_languages is null),"
        " count(*) filter (where n_prizes is null), count(*) from marts.mart_award_edition"
    ) == [(1, 1, 1, 4)]
    unstated = built.query(
        "select unit_code from marts.mart_training_unit where n_participants is null"
    )
    assert {unit for (unit,) in unstated} == {"46-2025", "48-2008", "MBC", "not_stated"}


def test_the_clock_shows_the_planted_figures(
    built: Warehouse, planted: dict[str, Any], small_world: World
) -> None:
    eve = small_world.instants[0].date() - DAY
    columns = list(planted["clock"][f"{eve}"])
    [found] = built.query(
        f"select {', '.join(columns)} from marts.mart_response_clock"
        f" where window_end_date = '{eve}'"
    )
    shown = dict(zip(columns, found, strict=True))
    assert shown == {
        name: value if isinstance(value, int) else pytest.approx(value, abs=1e-9)
        for name, value in planted["clock"][f"{eve}"].items()
    }


def test_how_far_a_correction_reached_is_what_was_planted(
    built: Warehouse, planted: dict[str, Any]
) -> None:
    complete = {
        page["case_code"]: (page["claim_families"], page["statement_families"])
        for page in planted["pages"]
        if page["claim_url"] and page["statement_url"]
    }
    found = {
        code: (claim, statement)
        for code, claim, statement in built.query(
            "select case_code, n_claim_families, n_statement_families"
            " from marts.mart_correction_reach where suppressed_reason is null"
        )
    }
    assert found == complete
    assert complete


def test_cases_name_fact_checks_that_there_are(built: Warehouse, planted: dict[str, Any]) -> None:
    named = {page["claim_review_url"] for page in planted["pages"]}
    listed = {url for (url,) in built.query("select claim_review_url from marts.mart_claim_watch")}
    assert len(named) > 3
    assert named <= listed
    assert built.query("select count(*) from qc.qc_answers_before_check") == [(0,)]
    assert built.query(
        "select count(*) from marts.mart_claim_watch where answer_status = 'answered'"
    ) > [(3,)]
