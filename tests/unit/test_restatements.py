"""What of an earlier edition would be different today, and why, as the pages and the data file say it."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import edition_frames as sample
import pytest

from tiengvang.edition.brief import make_brief
from tiengvang.edition.data_files import csv_bytes, data_frames
from tiengvang.edition.data_package import key_columns
from tiengvang.edition.held_against import Earlier, last_read
from tiengvang.edition.locales import Numbers
from tiengvang.edition.render import LANGUAGES, render_edition
from tiengvang.edition.restated import HeldAgainst, Restatement
from tiengvang.edition.restatement_reasons import Since, reasons
from tiengvang.edition.restatements import (
    NOT_COMPARED,
    Change,
    Comparison,
    Files,
    compare,
    days_of,
    read_rows,
)
from tiengvang.edition.tables_restatements import largest
from tiengvang.edition.texts.restatements import SAID, against, definitions, reason

END = date(2026, 7, 13)
EARLIER = HeldAgainst(
    edition_id="VNM-2026-07-12-daily-1",
    cadence="daily",
    period_start=date(2026, 7, 5),
    period_end=date(2026, 7, 12),
    as_of_at=datetime(2026, 7, 12, 0, 20, tzinfo=UTC),
    methods_before=("2",),
    methods=("2",),
    n_compared=1234,
)
FEWER = Restatement("coverage_daily", "2026-07-11", "n_documents", "40", "30", ("late_slots",))
SHARE = Restatement("data_trust", "2026-07-11 | all", "duplicate_share", "0.1", "0.125", ("audit",))
GONE = Restatement("reach", "2026-06-29 | CHN", "", "", None, ("unknown",))
MONEY = Restatement(
    "outcomes", "VNM | 2024", "fdi_net_inflow_bop_usd", "13899130000.0", "14733080000.0",
    ("revised_worldbank",),
)  # fmt: skip
VERDICT = Restatement("share_of_voice", "JPN", "verdict", "above", "unclear", ("later_days",))


@cache
def payloads() -> dict[str, bytes]:
    frames = data_frames(make_brief(sample.facts(), sample.request()))
    return {Path(name).stem: csv_bytes(frame) for name, frame in frames.items()}


def data(**changed: str) -> Files:
    """The sample edition's data files; ``changed`` replaces a file's text."""
    given = payloads() | {name: text.encode("utf-8-sig") for name, text in changed.items()}
    rows = {name: read_rows(payload) for name, payload in given.items()}
    return Files(rows, ("2026-06-15", "2026-07-12"), END)


REACH = "week_start_date,source_country_code_iso3,n_documents,reach_index,rank_list_id,method_version\r\n"
KOREA = "2026-06-29,KOR,9,0.5,L1,2\r\n"


def found(before: str, after: str, file: str = "reach") -> Comparison:
    one = Files({file: read_rows(before.encode("utf-8-sig"))}, (), END)
    return compare(one, Files({file: read_rows(after.encode("utf-8-sig"))}, (), END))


def test_rows_of_every_compared_file_are_told_apart_by_their_key() -> None:
    rows = data().rows
    compared = set(rows) - NOT_COMPARED
    assert len(compared) > 30
    for name in compared:
        header = list(rows[name][0]) if rows[name] else []
        key = key_columns(name, header)
        assert key or not header, name
        keys = [tuple(row[column] for column in key) for row in rows[name]]
        assert len(keys) == len(set(keys)), name


def test_the_same_files_have_nothing_restated() -> None:
    same = compare(data(), data())
    assert same.n_compared > 500
    assert same.changes == ()
    assert same.moved == ()


def test_a_number_that_moved_and_a_row_that_is_gone_are_found() -> None:
    japan = "2026-06-29,JPN,3,0.25,L1,2\r\n"
    both = found(REACH + japan + KOREA, REACH + japan.replace(",3,", ",5,"))
    changes = both.changes
    assert both.n_compared == 4
    assert [change.restatement for change in changes] == [
        Restatement("reach", "2026-06-29 | JPN", "n_documents", "3", "5"),
        Restatement("reach", "2026-06-29 | KOR", "", "", None),
    ]
    assert changes[0].days == (date(2026, 6, 29), date(2026, 7, 5))
    assert changes[0].restatement.difference == 2
    assert not changes[0].is_other_method


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (KOREA, KOREA.replace("0.5", "0.50")),
        (KOREA, KOREA.replace("L1", "L2")),
        (KOREA.replace(",9,", ",,"), KOREA),
        (KOREA.replace("06-29", "07-13"), KOREA.replace("06-29", "07-13").replace(",9,", ",1,")),
        (KOREA, KOREA + KOREA.replace("KOR", "USA")),
    ],
    ids=[
        "the same number written otherwise",
        "a name",
        "was not published",
        "its days were not over",
        "a new row",
    ],
)
def test_what_is_no_restatement(before: str, after: str) -> None:
    assert found(REACH + before, REACH + after).changes == ()


TONE = "week_start_date,window_start_date,window_end_date,source_area,stratum,n_stories\r\n"
WHOLE = "2026-06-29,2026-06-08,2026-07-05,JPN,native,40\r\n"
BROKEN = "2026-07-06,2026-06-13,2026-07-10,JPN,native,41\r\n"


def test_a_window_that_moved_on_is_not_compared_and_its_file_is_named() -> None:
    """A week's window ended on a Friday when it was published, and ends on its Sunday today."""
    today = WHOLE.replace(",40", ",39") + BROKEN.replace("06-13,2026-07-10", "06-15,2026-07-12")
    both = found(TONE + WHOLE + BROKEN, TONE + today, "tone_premium")
    assert both.moved == ("tone_premium",)
    assert both.n_compared == 1
    assert [one.restatement.published for one in both.changes] == ["40"]
    assert found(TONE + WHOLE, TONE + WHOLE, "tone_premium").moved == ()


def test_the_newest_day_alone_is_another_one_today() -> None:
    shifts = "story_date,country_code_iso3,source_country_code_iso3,stratum,n_stories\r\n"
    row = "2026-07-11,VNM,JPN,native,4\r\n"
    both = found(shifts + row, shifts + row.replace("07-11", "07-12"), "tone_shifts")
    assert (both.moved, both.changes) == (("tone_shifts",), ())


def test_the_only_row_of_a_day_that_is_gone_is_a_restatement() -> None:
    (change,) = found(REACH + KOREA, REACH + KOREA.replace("06-29", "06-22")).changes
    assert change.restatement == Restatement("reach", "2026-06-29 | KOR", "", "", None)
    assert len(found(REACH + KOREA, "").changes) == 1


def test_the_kind_of_an_item_tells_revised_figures_apart() -> None:
    (header, *_) = payloads()["outcome_revisions"].decode("utf-8-sig").splitlines()
    assert key_columns("outcome_revisions", header.split(","))[3:5] == ("item_kind", "item_code")


def test_a_number_that_may_no_longer_be_given_is_one() -> None:
    (change,) = found(REACH + KOREA, REACH + KOREA.replace("0.5", "")).changes
    assert change.restatement == Restatement(
        "reach", "2026-06-29 | KOR", "reach_index", "0.5", None
    )


def test_another_version_of_the_method_is_seen_in_the_row() -> None:
    other = KOREA.replace(",9,", ",8,").replace("L1,2", "L1,3")
    (change,) = found(REACH + KOREA, REACH + other).changes
    assert change.is_other_method


def test_findings_are_compared_in_the_same_rolling_window_alone() -> None:
    text = payloads()["share_of_voice"]
    other = re.sub("unclear|above|below", "reversed", text.decode("utf-8-sig"))
    today = data(share_of_voice=other)
    changed = {one.restatement.column for one in compare(data(), today).changes}
    assert changed <= {"verdict", "change"}
    assert "verdict" in changed
    other_window = compare(data(), replace(today, rolling=("2026-06-08", "2026-07-05")))
    assert other_window.changes == ()
    assert other_window.moved == ("share_of_voice", "response_curve")


def test_a_column_that_only_the_earlier_version_had_is_not_compared() -> None:
    old = REACH.replace("reach_index", "reach_guess")
    assert found(old + KOREA, REACH + KOREA.replace("0.5", "0.75")).changes == ()


def test_days_of_a_row() -> None:
    assert days_of({"month_start_date": "2026-12-01"}) == (date(2026, 12, 1), date(2026, 12, 31))
    window = {"window_start_date": "2026-06-08", "week_start_date": "2026-06-29"}
    assert days_of(window | {"window_end_date": "2026-07-05"}) == (
        date(2026, 6, 8),
        date(2026, 7, 5),
    )
    assert days_of({"source_country_code_iso3": "KOR"}) is None


SINCE = Since(
    period=(date(2026, 7, 5), date(2026, 7, 11)),
    week=(date(2026, 6, 29), date(2026, 7, 5)),
    slots=frozenset(),
    later_days=frozenset(),
    closed_slots=frozenset(),
    audited=frozenset(),
    sources=frozenset(),
    is_other_project=False,
)


def why(file: str, day: int | None, *, is_other_method: bool = False, **since: object) -> list[str]:
    days = None if day is None else (date(2026, 7, day), date(2026, 7, day))
    change = Change(Restatement(file, "x", "n", "1", "2"), days, is_other_method)
    return list(reasons(change, replace(SINCE, **since)))  # type: ignore[arg-type]


def days(*numbers: int) -> frozenset[date]:
    return frozenset(date(2026, 7, number) for number in numbers)


def test_reasons_are_what_changed_on_the_rows_own_days() -> None:
    assert why("coverage_daily", 11, slots=days(11), audited=days(10, 11)) == [
        "late_slots",
        "audit",
    ]
    assert why("coverage_daily", 10, slots=days(11), audited=days(10)) == ["audit"]
    assert why("data_trust", 10, closed_slots=days(10)) == ["closed_slots"]


def test_where_none_of_its_days_changed_those_it_looks_at_count() -> None:
    assert why("coverage_daily", 9, later_days=days(12)) == ["later_days"], "known seven days later"
    assert why("coverage_daily", 1, later_days=days(12)) == []
    assert why("coverage_daily", 30, slots=days(11)) == []
    assert why("tone_shifts", 30, slots=days(11)) == ["late_slots"], "it has a baseline"


def test_a_row_without_days_is_of_the_editions_period_or_week() -> None:
    assert why("share_of_voice", None, slots=days(11)) == ["late_slots"]
    assert why("stories_by_source", None, slots=days(11), audited=days(1)) == ["audit"]


def test_other_sources_count_where_a_file_rests_on_them() -> None:
    sources = frozenset({"worldbank", "registers", "tranco"})
    assert why("outcomes", None, sources=sources, slots=days(11)) == ["revised_worldbank"]
    assert why("claims", None, sources=sources) == ["registers"]
    assert why("arrivals_months", None, sources=sources) == []
    assert why("reach", 11, sources=sources, slots=days(11)) == ["late_slots", "revised_tranco"]


def test_definitions_count_everywhere() -> None:
    assert why("outcomes", None, is_other_method=True, is_other_project=True) == [
        "method",
        "project",
    ]


def test_the_largest_is_of_the_column_that_the_file_is_about() -> None:
    near = replace(FEWER, row_key="2026-07-10", today="39")
    assert largest([near, FEWER]) == FEWER
    assert largest([replace(FEWER, column="n_eligible", file="eligibility"), near]).column != ""
    assert largest([GONE, replace(GONE, row_key="2026-06-29 | IND")]) == GONE
    assert largest([VERDICT, GONE]) == VERDICT


def page_of(folder: Path, language: str) -> str:
    text = (folder / language / "index.html").read_text(encoding="utf-8")
    (part,) = re.findall(r'<h3 id="h-restated">.*?(?=<h3>)', text, re.S)
    return re.sub(r"<[^>]+>", " ", part)


def test_both_pages_and_the_data_file_say_what_is_different(tmp_path: Path) -> None:
    held = replace(EARLIER, restatements=(FEWER, SHARE, GONE, MONEY, VERDICT))
    manifest = render_edition(sample.facts(), sample.request(held_against=(held,)), tmp_path)
    (said,) = manifest["held_against"]
    assert (said["edition_id"], said["n_compared"], said["n_restated"]) == (
        EARLIER.edition_id,
        1234,
        5,
    )
    english, vietnamese = (" ".join(page_of(tmp_path, language).split()) for language in LANGUAGES)
    for text in (
        "of 1,234 numbers that it published, 5 would be different today",
        "5 July 2026 to 11 July 2026",
        "40 → 30 (−10; −25.0%)",
        "10.0% → 12.5% (+2.5 points)",
        "13,899,130,000 → 14,733,080,000 (+833,950,000; +6.0%)",
        "a newer release: World Bank",
        "quarter-hours that came late",
        "the whole row is no longer given, 29 June 2026, China",
        "not known",
        "above → no clear difference",
    ):
        assert text in english, text
    for text in (
        "trong 1.234 con số đã công bố, nay có 5 con số khác đi",
        "40 → 30 (−10; −25,0%)",
        "10,0% → 12,5% (+2,5 điểm phần trăm)",
        "khung 15 phút đến muộn",
        "cao hơn → chưa khác rõ",
    ):
        assert text in vietnamese, text
    with (tmp_path / "data" / "restatements.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["data_file"] for row in rows] == [
        *("coverage_daily", "data_trust", "reach", "outcomes", "share_of_voice"),
    ]
    assert (rows[0]["difference"], rows[0]["relative_difference"]) == ("-10", "-0.25")
    assert rows[1]["relative_difference"] == "", "a share has its points"
    assert (rows[4]["published_finding"], rows[4]["finding_today"]) == ("above", "unclear")
    assert rows[3]["reasons"] == "revised_worldbank"


@pytest.mark.parametrize(
    ("held", "english", "vietnamese"),
    [
        (
            EARLIER,
            "1,234 numbers were compared, and none",
            "đã so 1.234 con số, nay không con số nào",
        ),
        (
            replace(EARLIER, restatements=(FEWER,)),
            "one would be different",
            "nay có một con số khác đi",
        ),
        (
            replace(EARLIER, moved=("tone_premium", "message_gap")),
            "moved on since: Tone beside the peers; Messages.",
            "nay đã dời đi: Sắc thái so với các nước cùng nhóm; Thông điệp.",
        ),
        (
            replace(EARLIER, problem="altered"),
            "not those that were published",
            "không còn đúng như",
        ),
        (
            replace(EARLIER, problem="too_old"),
            "does not record",
            "không ghi được tạo ra từ những gì",
        ),
    ],
)
def test_each_way_has_its_sentence(held: HeldAgainst, english: str, vietnamese: str) -> None:
    assert english in against("en", Numbers("en"), held)
    assert vietnamese in against("vi", Numbers("vi"), held)
    assert "daily brief, 5 July 2026 to 11 July 2026" in against("en", Numbers("en"), held)


def test_a_change_of_the_method_is_announced() -> None:
    moved = replace(FEWER, reasons=("method",))
    held = replace(EARLIER, methods=("3",), restatements=(moved, SHARE))
    english, vietnamese = (definitions(code, Numbers(code), held) for code in LANGUAGES)
    assert (
        "the method is version 3, it was 2. One number that was published is different" in english
    )
    assert "phương pháp nay là phiên bản 3, trước là 2. Có một con số" in vietnamese
    assert definitions("en", Numbers("en"), EARLIER) == ""
    assert definitions("en", Numbers("en"), replace(EARLIER, problem="altered", methods=())) == ""


def test_every_reason_has_its_words_in_both_languages() -> None:
    codes = ("late_slots", "closed_slots", "later_days", "audit", "registers", "method", "project")
    for language in LANGUAGES:
        words = [reason(language, code) for code in (*codes, "unknown", "revised_nso")]
        assert len(set(words)) == len(words)
        assert all(words)
    assert set(SAID["en"]) == set(SAID["vi"])
    assert "Cục Thống kê" in reason("vi", "revised_nso")


def test_an_edition_is_held_against_what_its_readers_read_last() -> None:
    def earlier(name: str, cadence: str) -> Earlier:
        return Earlier(name, name, "", cadence, END, END, EARLIER.as_of_at, 1)

    there = [earlier("d2", "daily"), earlier("d1", "daily"), earlier("w1", "weekly")]
    assert [one.edition_id for one in last_read(there, "daily")] == ["d2"]
    assert [one.edition_id for one in last_read(there, "weekly")] == ["d2", "w1"]
    assert [one.edition_id for one in last_read(there[2:], "weekly")] == ["w1"]
    assert last_read([], "weekly") == ()
