"""The sample world's registers: files that are taken, one that is not, and what they plant."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from tiengvang.errors import FileRefused
from tiengvang.local.world import programme, readiness, response_log
from tiengvang.local.world.readiness_plan import DAYS, KPIS, RETRACTED
from tiengvang.local.world.registers import (
    REFUSED_FILE,
    as_csv,
    deliveries,
    refused_delivery,
)
from tiengvang.local.world.spec import WorldSpec
from tiengvang.registers.catalogue import REGISTERS
from tiengvang.registers.checking import Receipt, check
from tiengvang.registers.codes import Known

SPEC = WorldSpec()
ANCHOR = SPEC.instants[0].date()
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
KNOWN = Known(
    ministries=frozenset(row["unit_code"] for row in readiness.units()),
    kpis={kpi.code: kpi.unit_kind for kpi in KPIS},
)


@pytest.mark.parametrize("spec", [SPEC, WorldSpec(start=date(2026, 6, 27), days=2)])
def test_every_file_but_one_is_taken_whole_and_came_before_the_first_instant(
    spec: WorldSpec,
) -> None:
    files = list(deliveries(spec))
    assert {file.register for file in files} == set(REGISTERS)
    assert len({file.name for file in files}) == len(files)
    for file in files:
        taken = check(
            as_csv(file), file_name=file.name, known=KNOWN, receipt=Receipt(file.received_at, ZONE)
        )
        assert (taken.register.name, taken.office) == (file.register, file.office)
        assert len(taken.rows) == len(file.rows) > 0
        assert file.received_at < spec.instants[0]
        assert max(row["recorded_on"] for row in file.rows) <= file.received_on


def test_one_file_is_refused_for_what_people_get_wrong() -> None:
    file = refused_delivery()
    assert file.name == REFUSED_FILE
    with pytest.raises(FileRefused) as refused:
        check(
            as_csv(file, as_typed=True),
            file_name=file.name,
            known=KNOWN,
            receipt=Receipt(SPEC.instants[0], ZONE),
        )
    answers = str(refused.value)
    for row in range(7, 12):
        assert f"row {row}" in answers
        assert f"dòng {row}" in answers
    assert "row 6, column" not in answers


def test_readiness_has_the_planted_rates() -> None:
    for kpi in KPIS:
        for day, count in zip(DAYS, kpi.met, strict=True):
            rows = [
                row
                for row in readiness.readiness_units(SPEC.seed, kpi.unit_kind, day)
                if row["kpi_code"] == kpi.code
            ]
            assert sum(bool(row["is_met"]) for row in rows) == (count or 0)
            if count is not None:
                assert len(rows) == len(readiness.there_on(kpi.unit_kind, day))
                assert sum(row["is_met"] is None for row in rows) == kpi.not_stated
    assert [len(readiness.there_on("province", day)) for day in DAYS] == [63, 63, 63, 34]


def test_the_new_units_begin_as_the_rule_says() -> None:
    before = {
        row["unit_code"]: row["is_met"]
        for row in readiness.readiness_units(SPEC.seed, "province", DAYS[2])
        if row["kpi_code"] == "training_province"
    }
    began = readiness.began(SPEC.seed, "training_province")
    assert len(began) == 34
    assert began["79-2025"] == all(before[unit] for unit in ("79-2008", "74-2008", "77-2008"))
    assert 0 < sum(map(bool, began.values())) < 34
    own_words = readiness.began(SPEC.seed, "regulation_province")
    assert sum(state is None for state in own_words.values()) == 3


def test_what_is_taken_back_had_been_said() -> None:
    row = readiness.retraction(SPEC.seed)
    code, valid_on, recorded_on = RETRACTED
    said = [
        other["is_met"]
        for other in readiness.readiness_units(SPEC.seed, "province", valid_on)
        if (other["kpi_code"], other["unit_code"]) == (code, row["unit_code"])
    ]
    assert (said, row["is_met"], row["recorded_on"]) == ([True], False, recorded_on)


def test_events_are_registered_before_and_after() -> None:
    planned = (*programme.EVENTS, programme.EDITED)
    days = programme.event_deliveries(planned)
    by_day = {day: programme.events(ANCHOR, planned, day) for day in days}
    starts = {
        row["event_code"]: row["starts_on"] - ANCHOR for rows in by_day.values() for row in rows
    }
    assert min(starts.values()) < timedelta(days=-100)
    assert sum(timedelta() < day <= timedelta(days=60) for day in starts.values()) >= 3
    verdicts = [event.is_registered_before for event in programme.EVENTS]
    assert (verdicts.count(True), verdicts.count(False)) == (6, 2)
    edited = [row for rows in by_day.values() for row in rows
              if row["event_code"] == programme.EDITED.code]  # fmt: skip
    assert [row["starts_on"] - ANCHOR for row in edited] == [timedelta(days=11), timedelta(days=18)]


def test_the_clocks_figures_follow_from_the_pattern() -> None:
    planted = response_log.planted(ANCHOR, ANCHOR - timedelta(days=1))
    waits = sorted(hours for hours, decision in response_log.PATTERN if decision != "no_statement")
    # fifteen cases in a row: the eighth answer is a half of them
    assert planted["median_hours"] == waits[7] == 17.0
    assert planted["p90_hours"] == waits[-1]
    assert planted["n_open"] == 3
    assert planted["own_error_share"] == pytest.approx(1 / 15, abs=0.005)
    assert planted["n_no_statement"] / planted["n_cases"] == pytest.approx(1 / 15, abs=0.01)
    assert 0.6 < planted["within_target_share"] < 0.9


def test_an_open_case_is_older_than_the_longest_wait() -> None:
    longest = max(hours for hours, _ in response_log.PATTERN)
    ages = [
        (SPEC.instants[0] - case.seen_at) / timedelta(hours=1)
        for case in response_log.cases(ANCHOR)
        if case.outcome == "open"
    ]
    assert len(ages) == 3
    assert min(ages) > 2 * longest
