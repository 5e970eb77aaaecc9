"""Events, agreements, awards, training and the response log of a few rows equal what was computed by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hand_made_days import VNM_PLACES, DbtWarehouse
from harness import Warehouse
from raw_rows import RawRows, at

from tiengvang.claims import Build
from tiengvang.measures.response_tables import write_response_tables
from tiengvang.warehouse.connection import connect

SEEN = at("01 00:00")
# Hours to the statement (s), to the decision to make none (n), or still open at the end of 12 July (o).
CASES = {
    "c01": (1, "s"), "c02": (2, "s"), "c03": (4, "n"), "c04": (6, "s"), "c05": (8, "s"),
    "c06": (10, "s"), "c07": (30, "s"), "c08": (50, "n"), "c09": (70, "s"), "c10": (None, "o"),
}  # fmt: skip


class Registers:
    """Writes rows of registers as files of one row each."""

    def __init__(self, raw: RawRows) -> None:
        self.raw, self.files = raw, 0

    def row(
        self, register: str, recorded_on: date, received_on: date | None = None, **own: Any
    ) -> None:
        self.files += 1
        received = received_on or recorded_on
        self.raw.insert(
            f"raw.registers__{register}", file_name=f"f{self.files:03}.csv@{self.files:012x}",
            row_number=6, office="Press office", template_version=1,
            **{"valid_on": recorded_on, **own},
            recorded_on=recorded_on, received_at=datetime(*received.timetuple()[:3], 9, tzinfo=UTC),
            load_id=self.raw.load_id,
        )  # fmt: skip

    def withdrawn(self, register: str, recorded_on: date, withdrawn_on: date, **own: Any) -> None:
        """A row, and the same row again that takes it back."""
        self.row(register, recorded_on, **own)
        self.row(register, withdrawn_on, is_withdrawn=True, **own)

    def event(
        self, code: str, recorded: date, received: date, starts: date, hosts: str, **own: Any
    ) -> None:
        self.row(
            "events", recorded, received, event_code=code, kind="forum", name_en="Forum",
            name_vi="Diễn đàn", starts_on=starts, ends_on=starts + timedelta(days=1),
            host_countries=hosts, outcomes="attention fdi", window_days=10, **own,
        )  # fmt: skip

    def case(self, code: str, recorded: date, seen: datetime, **own: Any) -> None:
        self.row("responses", recorded, case_code=code, seen_at=seen, **own)


def write_programme(registers: Registers) -> None:
    first, second = date(2026, 6, 1), date(2026, 7, 1)
    registers.event("early", first, first, date(2026, 7, 20), "JPN")
    registers.event("early", first, second, date(2026, 7, 20), "JPN")  # said again
    registers.event("early", second, second, date(2026, 7, 22), "JPN KOR")
    registers.event("moved", date(2026, 7, 5), date(2026, 7, 5), date(2026, 7, 1), "FRA")
    registers.event("moved", date(2026, 7, 6), date(2026, 7, 6), date(2026, 8, 1), "FRA")
    registers.event("backdated", first, date(2026, 7, 10), date(2026, 7, 5), "")
    tier = {"kind": "partnership_tier", "tier": "comprehensive_strategic", "is_verified": False}
    registers.row(
        "agreements", second, partner_code_iso3="AUS", title_en="Tier", title_vi="Cấp độ",
        signed_on=date(2024, 3, 8), **tier,
    )  # fmt: skip
    registers.row(
        "agreements", second, partner_code_iso3="JPN", kind="agreement", title_en="Film exchange",
        title_vi="Trao đổi phim", is_verified=True,
    )  # fmt: skip
    award = {"award_code": "prize", "edition_number": 3, "name_en": "Prize", "name_vi": "Giải"}
    registers.row("awards", first, n_works=900, **award)
    registers.row("awards", second, n_works=None, n_prizes=12, **award)
    registers.row("units", first, unit_code="moc", unit_kind="ministry", name_en="A", name_vi="B")
    for session, unit, count in (
        ("t1", "moc", 30), ("t2", "moc", None), ("t3", "01-2008", None), ("t4", None, 5),
    ):  # fmt: skip
        registers.row(
            "training", first, session_code=session, held_on=first, topic_en="T", topic_vi="T",
            unit_code=unit, n_participants=count,
        )  # fmt: skip


def write_withdrawn(registers: Registers) -> None:
    """What was stated under mistaken keys and taken back; some of it is said again under right ones."""
    first, second = date(2026, 6, 1), date(2026, 7, 1)
    registers.event("erly", first, first, date(2026, 7, 20), "JPN")
    registers.event("erly", second, second, date(2026, 7, 20), "JPN", is_withdrawn=True)
    registers.withdrawn(
        "agreements", first, second, partner_code_iso3="LAO", title_en="Tier", title_vi="Cấp độ",
        kind="partnership_tier", tier="strategic", is_verified=False,
    )  # fmt: skip
    registers.withdrawn(
        "agreements", first, second, partner_code_iso3="JPN", title_en="Flim exchange",
        title_vi="Trao đổi phim", kind="agreement", is_verified=True,
    )  # fmt: skip
    award = {"award_code": "prize", "name_en": "Prize", "name_vi": "Giải"}
    registers.withdrawn("awards", first, second, edition_number=33, **award)
    session = {"session_code": "t5", "held_on": first, "topic_en": "T", "topic_vi": "T"}
    registers.withdrawn("training", first, second, unit_code="01-2008", n_participants=7, **session)
    registers.row("training", second, unit_code="moc", n_participants=7, **session)
    day = date(2026, 7, 2)
    registers.withdrawn("response_targets", day, date(2026, 7, 9), target_hours=1, valid_on=day)
    registers.withdrawn(
        "responses", date(2026, 7, 1), date(2026, 7, 6), case_code="c99", seen_at=SEEN
    )


def write_log(registers: Registers) -> None:
    """Ten cases of 1 July, recorded as open that day; what became of them is recorded on 6 July."""
    registers.row("response_targets", date(2026, 6, 1), target_hours=8)
    registers.row("response_targets", date(2026, 7, 8), target_hours=4, valid_on=date(2026, 7, 8))
    for code, (hours, outcome) in CASES.items():
        registers.case(code, date(2026, 7, 1), SEEN)
        if hours is None:
            continue
        then = SEEN + timedelta(hours=hours)
        decided: dict[str, Any] = {"decision": "no_statement", "decided_at": then}
        if outcome == "s":
            decided = {"decision": "statement", "decided_at": SEEN, "statement_at": then}
        if code == "c01":
            decided["decision"] = "correct_ourselves"
        if code == "c06":
            decided |= {
                "claim_url": "http://www.lemonde.fr/claim?utm_source=x",
                "statement_url": "https://vnexpress.net/statement",
            }
        registers.case(code, date(2026, 7, 6), SEEN, **decided)


def write_pages(raw: RawRows) -> None:
    """A claim in three newsrooms abroad; the statement at home, and in two abroad, once too early."""
    claim = "Vietnam closes all of its beaches to foreign visitors"
    answer = "Vietnam says that its beaches stay open to all visitors"
    for day, outlet, record, title in (
        ("01 01:00", "lemonde.fr", "claim", claim),
        ("01 02:00", "lemonde.fr", "claim_again", claim),
        ("01 03:00", "spiegel.de", "copy_1", claim),
        ("01 04:00", "asahi.com", "copy_2", claim),
        ("01 09:00", "zeit.de", "too_early", answer),
        ("01 11:00", "vnexpress.net", "statement", answer),
        ("01 13:30", "spiegel.de", "answer_1", answer),
        ("01 14:00", "spiegel.de", "answer_2", answer),
    ):
        raw.document(at(day), outlet, VNM_PLACES, record_id=record, title=title)


@pytest.fixture(scope="module")
def made(new_warehouse: Callable[[str], Warehouse]) -> DbtWarehouse:
    warehouse = DbtWarehouse(new_warehouse("programme"))
    with warehouse.raw() as raw:
        raw.load()
        for hour in range(0, 24, 1):
            raw.slot(at(f"01 {hour:02}:00"))
        raw.slot(at("01 13:30"))
        write_pages(raw)
        raw.load(source="registers")
        registers = Registers(raw)
        write_programme(registers)
        write_withdrawn(registers)
        write_log(registers)
    # no full refresh, which would run the unit tests of the whole project once more
    warehouse.dbt("seed")
    warehouse.build(date(2026, 7, 1))
    return warehouse


def test_an_event_is_registered_before_or_it_is_not(made: DbtWarehouse) -> None:
    rows = made.query(
        "select event_code, starts_on, host_country_codes_iso3, first_recorded_on,"
        " first_received_on, is_registered_before, n_edits, last_edited_on, window_ends_on"
        " from warehouse.dim_event order by 1"
    )
    june, july = date(2026, 6, 1), date(2026, 7, 1)
    assert rows == [
        ("backdated", date(2026, 7, 5), [], june, date(2026, 7, 10), False, 0, None,
         date(2026, 7, 16)),
        ("early", date(2026, 7, 22), ["JPN", "KOR"], june, june, True, 1, july, date(2026, 8, 2)),
        ("moved", date(2026, 8, 1), ["FRA"], date(2026, 7, 5), date(2026, 7, 5), False, 1,
         date(2026, 7, 6), date(2026, 8, 12)),
    ]  # fmt: skip
    hosts = made.query("select * from warehouse.bridge_event_host order by 1, 2")
    assert hosts == [("early", "JPN"), ("early", "KOR"), ("moved", "FRA")]


def test_an_edit_is_shown_as_one(made: DbtWarehouse) -> None:
    rows = made.query(
        "select version_number, recorded_on, superseded_on, is_in_force, changes_text, event_phase,"
        " days_to_start from warehouse.mart_event_calendar where event_code = 'early' order by 1"
    )
    assert rows == [
        (1, date(2026, 6, 1), date(2026, 7, 1), False, None, "ahead", 7),
        (2, date(2026, 7, 1), None, True,
         "starts_on: 2026-07-20 -> 2026-07-22; ends_on: 2026-07-21 -> 2026-07-23;"
         " host_countries: JPN -> JPN KOR", "ahead", 9),
    ]  # fmt: skip
    phases = made.query(
        "select event_phase, days_to_start from warehouse.mart_event_calendar"
        " where event_code = 'backdated'"
    )
    assert phases == [("in_window", -8)]


def test_an_event_that_is_not_over_moved_nothing_yet(made: DbtWarehouse) -> None:
    rows = made.query(
        "select event_code, outcome, source_country_code_iso3, window_ends_on, verdict, evidence,"
        " suppressed_reason from warehouse.mart_event_uplift order by 1, 2, 3"
    )
    reasons = {"attention": {"backdated": "window_open"}, "fdi": {}}
    hosts = {"backdated": [], "early": ["JPN", "KOR"], "moved": ["FRA"]}
    ends = {"backdated": (7, 16), "early": (8, 2), "moved": (8, 12)}
    assert rows == [
        (
            code, outcome, source, date(2026, *ends[code]), "cannot_tell",
            "registered" if code == "early" else "exploratory",
            "not_measured_for_donors" if outcome == "fdi" else reasons[outcome].get(code, "not_begun"),
        )
        for code in hosts
        for outcome in reasons
        for source in (*hosts[code], "world")
    ]  # fmt: skip
    assert made.query("select * from warehouse.mart_event_uplift_day") == []


def test_an_event_that_was_withdrawn_stands_only_in_the_calendar(made: DbtWarehouse) -> None:
    rows = made.query(
        "select recorded_on, superseded_on, is_in_force, is_withdrawn, changes_text"
        " from warehouse.mart_event_calendar where event_code = 'erly' order by version_number"
    )
    june, july = date(2026, 6, 1), date(2026, 7, 1)
    assert rows == [
        (june, july, False, False, None),
        (july, None, False, True, "is_withdrawn: no -> yes"),
    ]


def test_a_case_that_was_withdrawn_is_no_case(made: DbtWarehouse) -> None:
    count = "select count(*) from warehouse.{} where case_code = 'c99'"
    for mart in ("fct_response_case", "mart_correction_reach"):
        assert made.query(count.format(mart)) == [(0,)]
    assert made.query("select count(*) from warehouse.fct_response_case") == [(len(CASES),)]


def test_the_register_of_agreements_wins_over_the_list(made: DbtWarehouse) -> None:
    rows = made.query(
        "select partner_country_code_iso3, agreement_kind, title_en, signed_on, is_verified, origin,"
        " is_tier_in_force, listed_signed_on from warehouse.mart_agreement"
        " where partner_country_code_iso3 in ('AUS', 'JPN', 'LAO') order by 1, 2"
    )
    title = "Comprehensive strategic partnership"
    assert rows == [
        ("AUS", "partnership_tier", "Tier", date(2024, 3, 8), False, "register", True,
         date(2024, 3, 7)),
        ("JPN", "agreement", "Film exchange", None, True, "register", False, None),
        ("JPN", "partnership_tier", title, date(2023, 11, 27), False, "list", True, None),
        ("LAO", "partnership_tier", "Special relations", None, False, "list", True, None),
    ]  # fmt: skip


def test_what_was_not_stated_is_null(made: DbtWarehouse) -> None:
    editions = made.query(
        "select edition_number, n_works, n_languages, n_prizes, first_recorded_on, n_versions"
        " from warehouse.mart_award_edition"
    )
    assert editions == [(3, None, None, 12, date(2026, 6, 1), 2)]
    training = made.query(
        "select unit_code, unit_kind, training_year, n_sessions, n_sessions_with_participants,"
        " n_participants from warehouse.mart_training_unit order by 1"
    )
    assert training == [
        ("01-2008", "province", 2026, 1, 0, None),
        ("moc", "ministry", 2026, 3, 2, 37),
        ("not_stated", None, 2026, 1, 1, 5),
    ]


def test_a_case_is_late_answered_or_open(made: DbtWarehouse) -> None:
    rows = made.query(
        "select case_code, case_status, waited_hours, target_hours, is_within_target, n_versions"
        " from warehouse.fct_response_case"
    )
    states = {row[0]: row[1:] for row in rows}
    assert states["c05"] == ("answered", 8.0, 8.0, True, 2)
    assert states["c06"] == ("answered", 10.0, 8.0, False, 2)
    assert states["c03"] == ("no_statement", 4.0, 8.0, None, 2)
    # the clock stands at 13 July 01:20
    assert states["c10"] == ("seen", pytest.approx(12 * 24 + 4 / 3), 8.0, False, 1)


def test_the_clock_says_what_was_known_then(made: DbtWarehouse) -> None:
    rows = made.query(
        "select week_start_date, window_end_date, n_cases, n_open, n_statements, n_no_statement,"
        " median_hours, median_reason, p90_reason, target_hours, within_target_share,"
        " no_statement_within_target_share, n_decided, own_error_reason, suppressed_reason"
        " from warehouse.mart_response_clock order by 1"
    )
    assert rows == [
        # all ten, and one withdrawn since as the target was, are open as far as the log says, and late
        (date(2026, 6, 29), date(2026, 7, 5), 11, 11, 0, 0, None, "not_yet_reached",
         "not_yet_reached", 1.0, 0.0, 0.0, 0, "under_10_decided", None),
        # statements at 1, 2, 6, 8 and 10 h: half of ten at 10 h; nine tenths never, two were left
        (date(2026, 7, 6), date(2026, 7, 12), 10, 1, 7, 2, 10.0, None,
         "no_statement_too_often", 4.0, pytest.approx(0.4), pytest.approx(0.1), 9,
         "under_10_decided", None),
    ]  # fmt: skip


def test_the_curve_steps_where_cases_end(made: DbtWarehouse) -> None:
    rows = made.query(
        "select hours_since_seen, n_waiting, round(statement_share::numeric, 6)::float8,"
        " round(no_statement_share::numeric, 6)::float8 from warehouse.mart_response_curve"
        " where week_start_date = '2026-07-06' order by 1"
    )
    assert rows == [
        (0, 10, 0.0, 0.0), (1, 9, 0.1, 0.0), (2, 8, 0.2, 0.0), (4, 7, 0.2, 0.1), (6, 6, 0.3, 0.1),
        (8, 5, 0.4, 0.1), (10, 4, 0.5, 0.1), (30, 3, 0.6, 0.1), (50, 2, 0.6, 0.2),
        (70, 1, 0.7, 0.2), (288, 0, 0.7, 0.2),
    ]  # fmt: skip


def test_a_correction_reaches_as_far_as_it_is_carried(made: DbtWarehouse) -> None:
    rows = made.query("select * from warehouse.mart_correction_reach where case_code = 'c06'")
    assert len(rows) == 1
    reach = made.query(
        "select n_claim_stories, n_claim_families, n_statement_stories, n_statement_families,"
        " correction_reach_ratio, first_foreign_at, first_foreign_hours,"
        " first_foreign_outlet_domain, first_foreign_country_code_iso3, suppressed_reason"
        " from warehouse.mart_correction_reach where case_code = 'c06'"
    )
    assert reach == [
        (1, 3, 1, 1, pytest.approx(1 / 3), at("01 13:30"), 3.5, "spiegel.de", "DEU", None)
    ]
    reasons = made.query(
        "select case_code, suppressed_reason, n_claim_families, correction_reach_ratio"
        " from warehouse.mart_correction_reach where case_code in ('c05', 'c10') order by 1"
    )
    assert reasons == [("c05", "no_claim_url", None, None), ("c10", "no_statement", None, None)]


def test_a_week_is_measured_again_when_a_register_came_or_its_end_moved(
    made: DbtWarehouse,
) -> None:
    def spoiled_weeks() -> list[date]:
        rows: list[Any] = connection.execute(
            "select week_start_date from computed.response_clock where n_cases = -1"
        ).fetchall()
        return [week for (week,) in rows]

    tables = ("response_clock", "response_curve", "case_pages")
    before = {name: made.warehouse.table(f"computed.{name}") for name in tables}
    assert all(before.values())
    with connect(made.warehouse.url, "builder") as connection:
        row: Any = connection.execute("select max(build_id) from ops.builds").fetchone()
        build = Build(row[0], at("13 01:20"), False, "d")
        connection.execute("update computed.response_clock set n_cases = -1")
        assert write_response_tables(connection, build)["response_clock"] == 0
        connection.execute(
            "update computed.response_clock set window_end_date = '2026-07-11'"
            " where week_start_date = '2026-07-06'"
        )
        write_response_tables(connection, build)
        assert spoiled_weeks() == [date(2026, 6, 29)]
        connection.execute(
            "insert into ops.changed_days (source, day, build_id) values ('registers', %s, %s)",
            (date(2026, 7, 12), build.build_id),
        )
        write_response_tables(connection, build)
        assert spoiled_weeks() == []
        for name, rows in before.items():
            held: list[Any] = connection.execute(
                f"select t::text from computed.{name} as t order by 1".encode()
            ).fetchall()
            assert [text for (text,) in held] == rows
        connection.rollback()


def test_a_week_that_has_no_case_any_more_goes(made: DbtWarehouse) -> None:
    tables = ("response_clock", "response_curve")
    before = {name: made.warehouse.table(f"computed.{name}") for name in tables}
    with connect(made.warehouse.url, "builder") as connection:
        row: Any = connection.execute("select max(build_id) from ops.builds").fetchone()
        build = Build(row[0], at("13 01:20"), False, "d")
        for name in tables:
            columns = ", ".join(
                column
                for (column,) in connection.execute(
                    "select column_name from information_schema.columns"
                    " where table_schema = 'computed' and table_name = %s"
                    " and column_name <> 'week_start_date'",
                    (name,),
                ).fetchall()
            )
            # a week before the first that a case is in, as one measured before the case was edited
            copied = connection.execute(
                f"insert into computed.{name} (week_start_date, {columns})"
                f" select date '2026-06-22', {columns} from computed.{name}"
                " where week_start_date = '2026-06-29'".encode()
            )
            assert copied.rowcount > 0
        write_response_tables(connection, build)
        for name, rows in before.items():
            held: list[Any] = connection.execute(
                f"select t::text from computed.{name} as t order by 1".encode()
            ).fetchall()
            assert [text for (text,) in held] == rows
        connection.rollback()
