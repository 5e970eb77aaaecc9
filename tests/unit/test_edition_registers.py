"""Questions 8 and 10 and the programme: what is judged, what is drawn, and what is not said."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

import edition_frames as sample
import edition_registers as registers
import pandas as pd
import pytest

from tiengvang.edition.brief import Brief, Page, make_brief
from tiengvang.edition.charts_programme import calendar, shown_events
from tiengvang.edition.charts_readiness import first_day, is_line, steps, vertices
from tiengvang.edition.charts_response import curve_rows, response
from tiengvang.edition.charts_tiles import sign, tile_map
from tiengvang.edition.columns import BY_FRAME
from tiengvang.edition.columns_registers import BY_REGISTER_FRAME
from tiengvang.edition.data_files import data_frames
from tiengvang.edition.drawing import HATCH, PAPER, WARNING, svg
from tiengvang.edition.labels import page_labels
from tiengvang.edition.programme import edits
from tiengvang.edition.readiness import Kpi
from tiengvang.edition.readiness_units import Unit
from tiengvang.edition.render import LANGUAGES
from tiengvang.edition.tables import tables
from tiengvang.edition.tables_claims import open_claims
from tiengvang.edition.tables_programme import written_edit
from tiengvang.edition.texts import TEXTS
from tiengvang.edition.tiles import TILES, places, short_name, two_lines
from tiengvang.settings import REPOSITORY


@pytest.fixture(scope="module")
def brief() -> Brief:
    return make_brief(sample.facts(), sample.request())


@pytest.fixture(scope="module", params=LANGUAGES)
def page(brief: Brief, request: pytest.FixtureRequest) -> Page:
    return Page(brief, request.param)


@pytest.fixture(scope="module")
def english(brief: Brief) -> Page:
    return Page(brief, "en")


def kpi(brief: Brief, code: str) -> Kpi:
    return next(one for one in brief.readiness.kpis if one.code == code)


def changed(name: str, at: int, **values: Any) -> list[tuple[Any, ...]]:
    """Return a frame's sample rows with one of them changed."""
    rows = sample.rows()[name]
    rows[at] = sample.changed(name, rows[at], **values)
    return rows


def told(page: Page) -> dict[str, list[list[str]]]:
    found = tables(page, page_labels(page), TEXTS[page.language].why)
    return {name: table.rows for name, table in found.items()}


def test_each_kpi_is_judged_by_its_newest_row_in_force(brief: Brief) -> None:
    verdicts = {one.code: one.verdict for one in brief.readiness.kpis}
    assert verdicts == {
        "plan": "behind",
        "regulation": "behind",
        "social": "unknown",
        "focal": "unknown",
        "site": "on_plan",
        "training": "no_target",
    }
    assert [one.code for one in brief.readiness.of("behind")] == ["regulation", "plan"]
    # a share that was reported in 2023 says nothing of a count of 2025
    judged = kpi(brief, "focal").judged
    assert judged is not None
    assert (judged["basis"], judged["numerator"]) == ("units", 9)


def test_no_step_crosses_the_day_on_which_units_changed(brief: Brief) -> None:
    since = date(2023, 12, 31)
    for one in brief.readiness.kpis:
        for series in one.series:
            days = [row["day"] for row in vertices(series, since, registers.TODAY, 0)]
            at = (registers.MERGED_ON - since).days
            assert max(days) < at or min(days) >= at or series.population == "ministries"
            assert days == sorted(days)
    plan = kpi(brief, "plan")
    assert [(s.population, s.basis) for s in plan.series] == [
        ("63", "units"), ("34", "units"), ("34", "total"),
    ]  # fmt: skip
    assert plan.breaks == (registers.MERGED_ON,)
    assert plan.series[0].until == registers.MERGED_ON


def test_a_break_is_marked_and_named(page: Page) -> None:
    labels = page_labels(page)
    drawn = svg(steps(page, labels, kpi(page.brief, "plan")), page.numbers)
    assert labels["break_units"] in drawn
    assert page.numbers.day(registers.MERGED_ON) in drawn
    assert labels["break_units"] not in svg(
        steps(page, labels, kpi(page.brief, "focal")), page.numbers
    )


def test_what_is_unknown_is_hatched_between_the_least_and_the_most(english: Page) -> None:
    labels = page_labels(english)
    drawn = {
        code: svg(steps(english, labels, kpi(english.brief, code)), english.numbers)
        for code in ("social", "site")
    }
    assert HATCH in drawn["social"]
    assert HATCH not in drawn["site"]


def test_a_share_without_counts_is_a_hollow_point_and_never_a_count(english: Page) -> None:
    focal = kpi(english.brief, "focal")
    totals = [series for series in focal.series if series.basis == "total"]
    assert [is_line(focal, series) for series in totals] == [False]
    drawn = svg(steps(english, page_labels(english), focal), english.numbers)
    assert drawn.count(f'fill="{PAPER}"') == 1
    row = next(row for row in told(english)["readiness"] if "Focal" in row[0] and "total" in row[2])
    assert row[4:7] == ["–", "–", "90.0%, no counts stated"]


def test_an_unverified_target_says_so(page: Page) -> None:
    words = page_labels(page)["not_verified"]
    rows = {(row[0], row[1]): row[9] for row in told(page)["readiness"]}
    marked = {key for key, source in rows.items() if words in source}
    assert marked == {
        key for key in rows if "Regulation" in key[0] or "site" in key[0] or "social" in key[0]
    }
    assert words in TEXTS[page.language].answers(page)["readiness"]


def test_every_unit_of_today_has_a_tile_of_its_own() -> None:
    with TILES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["unit_code"] for row in rows} == {row[0] for row in registers.provinces()}
    at = places([row["unit_code"] for row in rows])
    assert len(set(at.values())) == len(rows) == 34
    # north is up: Cao Bang, Ha Noi, Hue, Ho Chi Minh City, Ca Mau
    lines = [at[code][0] for code in ("04-2008", "01-2008", "46-2025", "79-2025", "96-2025")]
    assert lines == sorted(set(lines))


def test_units_without_places_stand_in_a_plain_grid() -> None:
    assert places(["x", "01-2008"]) == {"x": (0, 0), "01-2008": (0, 1)}
    assert places([str(n) for n in range(6)])["5"] == (1, 1)
    assert places([]) == {}
    assert places(["x"], {"x": (3, 2)}) == {"x": (3, 2)}


def test_names_of_tiles_break_where_they_stay_shortest() -> None:
    assert two_lines("Ho Chi Minh City") == ["Ho Chi", "Minh City"]
    assert two_lines("Huế") == ["Huế"]


def test_the_map_shows_units_that_said_nothing(page: Page) -> None:
    provinces, ministries = page.brief.readiness.populations
    assert (provinces.version, len(provinces.units), provinces.is_mapped) == ("34", 34, True)
    assert (ministries.version, ministries.is_mapped) == ("ministries", False)
    silent = next(unit for unit in provinces.units if unit.code == "96-2025")
    assert (silent.n_met, silent.n_missed, silent.n_unknown) == (0, 0, provinces.n_kpis)
    assert all(u.n_met + u.n_missed + u.n_unknown == provinces.n_kpis for u in provinces.units)
    drawn = svg(tile_map(page, provinces), page.numbers)
    assert f"?{provinces.n_kpis}<" in drawn
    assert drawn.count(f'fill="{HATCH}"') == sum(u.n_unknown > 0 for u in provinces.units)
    assert drawn.count("✕") == sum(u.n_missed > 0 for u in provinces.units)


def test_the_state_of_a_tile_is_told_without_colour() -> None:
    def unit(met: int, missed: int, unknown: int) -> str:
        return sign(Unit("x", "X", "X", met, missed, unknown))

    assert [unit(4, 0, 0), unit(3, 1, 0), unit(1, 1, 2), unit(1, 0, 3)] == ["✓", "✕1", "✕1", "?3"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ministry of Foreign Affairs", "Foreign Affairs"),
        ("Ministry of the Interior", "Interior"),
        ("Bộ Ngoại giao", "Ngoại giao"),
        ("State Bank", "State Bank"),
        ("Hà Nội", "Hà Nội"),
    ],
)
def test_a_tile_leaves_out_that_a_ministry_is_one(name: str, short: str) -> None:
    assert short_name(name) == short


def test_events_are_near_ahead_and_over(brief: Brief, english: Page) -> None:
    found = brief.programme
    assert [row["event_code"] for row in found.under_way] == ["campaign"]
    assert [row["event_code"] for row in found.ahead] == ["visit", "market-forum", "festival"]
    assert [row["event_code"] for row in found.over] == ["late-forum", "summit"]
    assert [row["event_code"] for row in found.late] == ["late-forum"]
    assert len(shown_events(english)) == len(found.near) == len(found.events) - 1
    table = tables(english, page_labels(english), TEXTS["en"].why)["calendar"]
    assert table.n_more == 1
    edits = [row[8] for row in table.rows if row[8] != "–"]
    assert edits == [
        "3 July 2026: First day 24 July 2026 → 31 July 2026; Last day 25 July 2026 → 1 August 2026;"
        " Host countries United States → United States, Japan"
    ]


def test_every_column_of_an_edit_is_told_in_words(page: Page) -> None:
    said = {
        "event_kind": "forum", "name_en": "Forum", "name_vi": "Diễn đàn", "starts_on": date(2026, 7, 1),
        "ends_on": date(2026, 7, 2), "host_country_codes_iso3": ["JPN"],
        "outcomes": ["attention", "tone_premium", "arrivals", "fdi"], "window_days": 30,
        "is_withdrawn": False,
    }  # fmt: skip
    since = {**said, **dict.fromkeys(("name_en", "name_vi"), "Fair"), "event_kind": "festival",
             "starts_on": date(2026, 7, 5), "ends_on": date(2026, 7, 6), "window_days": 60,
             "host_country_codes_iso3": [], "outcomes": [], "is_withdrawn": True}  # fmt: skip
    rows = [
        {"event_code": "forum", "version_number": n, "recorded_on": date(2026, 6, n), **version}
        for n, version in enumerate((said, since, since), start=1)
    ]
    [edit] = edits(pd.DataFrame(rows))["forum"]
    assert [name for name, *_ in edit.changed] == list(said)
    written = written_edit(page, page_labels(page), edit)
    for name in (*said, "tone_premium", "fdi", "JPN"):
        assert name not in written
    assert page.name("JPN") in written


def test_a_late_registration_is_hollow_marked_and_said(page: Page) -> None:
    labels = page_labels(page)
    drawn = svg(calendar(page, labels, 680), page.numbers)
    assert drawn.count(f'stroke="{WARNING}"') == 1
    assert f"✕ {labels['registered_late']}" in drawn
    words = {"en": "1 of these 6 was registered only after", "vi": "1 trong 6 sự kiện này chỉ"}
    assert words[page.language] in TEXTS[page.language].answers(page)["programme"]


def test_what_nobody_stated_is_said_to_be_so(page: Page) -> None:
    words = page_labels(page)["not_stated"]
    shown = told(page)
    assert shown["awards"][0][3:] == [words, "19", "84"]
    assert {row[3] for row in shown["training"] if row[0] in ("Da Nang", "Đà Nẵng")} == {words}
    assert [row[3] for row in shown["agreements"]].count(words) == 0
    found = tables(page, page_labels(page), TEXTS[page.language].why)["agreements"]
    assert (len(found.rows), found.n_more) == (12, 2)


def test_only_independent_checkers_are_in_numbers(page: Page) -> None:
    found = page.brief.claims
    assert {row["checker_class"] for rows in found.headline.values() for row in rows} == {
        "independent"
    }
    assert (len(found.of("open")), found.n_counted, len(found.apart)) == (16, 19, 3)
    answer = TEXTS[page.language].answers(page)["claims"]
    assert "400" not in answer
    longest = {"en": "the longest for 19 days", "vi": "chờ lâu nhất 19 ngày"}
    assert longest[page.language] in answer
    apart = told(page)["claims_apart"]
    assert [row[-1] for row in apart] == ["400", "7", "4"]
    assert [row[2] for row in apart] == [
        page_labels(page)[f"checker_{kind}"] for kind in ("governmental", "none", "self")
    ]


def test_open_claims_keep_the_checkers_words_and_no_bad_link(english: Page) -> None:
    shown = open_claims(english, page_labels(english))
    assert len(shown) == 12
    assert (shown[0].rating, shown[0].url) == ("other", None)
    assert shown[0].said.startswith("=HYPERLINK")
    hostile = next(claim for claim in shown if "onerror" in claim.text)
    assert "\u202e" not in hostile.text
    assert hostile.url == "https://checker.example/0"


def test_the_curve_holds_its_value_until_the_next_hour(brief: Brief, page: Page) -> None:
    found = brief.claims
    rows = curve_rows(found)
    assert rows["hours"].max() == found.drawn_hours == 60 < 480
    ends = rows.groupby("curve")["hours"].max()
    assert set(ends) == {60}
    answered = rows[rows["curve"] == "statement"]
    assert answered.iloc[0][["hours", "share"]].tolist() == [0, 0]
    at_one = answered[answered["hours"] == 1]["share"].tolist()
    assert at_one[0] < at_one[1]
    labels = page_labels(page)
    drawn = svg(response(page, labels, 328), page.numbers)
    assert labels["target_hours"].replace("{n}", "24") in drawn
    assert f"{labels['median']} {labels['n_hours'].replace('{n}', '17')}" in drawn
    assert ">60<" in drawn
    assert labels["p90"] not in drawn


def test_a_quantile_that_is_not_reached_gives_its_reason(page: Page) -> None:
    rows = told(page)["clock"]
    reason = {"en": "too many were left", "vi": "quá nhiều vụ việc"}[page.language]
    assert reason in rows[1][1]
    assert rows[1][2] == "–"
    assert reason in TEXTS[page.language].findings(page)["response"]


def test_too_few_cases_are_not_shown_whatever_the_mart_left() -> None:
    few = sample.rows()["response_clock"][:1]
    page = Page(
        make_brief(sample.facts(response_clock=few, response_curve=[]), sample.request()), "en"
    )
    rows = told(page)["clock"]
    assert rows[0][1] == "not enough cases (n = 6, 10 are needed)"
    assert "0.9191" not in str(rows)
    assert "91.9" not in str(rows)
    reach = told(page)["reach_of_answers"]
    assert [row[3] for row in reach[3:]] == [
        "the log names no page with the claim",
        "the page with the statement was not received",
        "the page with the claim was not received",
    ]


def test_nothing_delivered_is_one_sentence_and_no_chart() -> None:
    for language in LANGUAGES:
        page = Page(make_brief(sample.empty_facts(), sample.request()), language)
        answers = TEXTS[language].answers(page)
        for name in ("programme", "claims", "readiness"):
            assert "ingest_registers" in answers[name], name
        assert "ingest_factchecks" in answers["claims"]
        shown = told(page)
        for name in ("readiness", "readiness_map", "calendar", "awards", "clock", "response"):
            assert shown[name] == [], name


def test_without_targets_nobody_is_called_behind() -> None:
    rows = [
        sample.changed("readiness", row, target_ratio=None, is_behind_plan=None)
        for row in sample.rows()["readiness"]
    ]
    page = Page(make_brief(sample.facts(readiness=rows), sample.request()), "en")
    answer = TEXTS["en"].answers(page)["readiness"]
    assert answer.startswith("Cannot tell who is behind plan: none of 6 KPIs has a target.")


def test_another_country_has_a_plain_grid_and_its_own_names() -> None:
    facts = sample.facts(
        provinces=[("N1", "North", "Bắc"), ("S1", "South", "Nam")],
        readiness_units=changed("readiness_units", 0, unit_code="N1", unit_name_en="North"),
        readiness=changed("readiness", 0, population_version="regions"),
    )
    page = Page(make_brief(facts, sample.request()), "en")
    mapped = page.brief.readiness.populations[0]
    assert {"N1", "S1"} <= {unit.code for unit in mapped.units}
    assert svg(tile_map(page, mapped), page.numbers).count(">South<") == 1
    assert first_day(page) == registers.SINCE


def test_every_frame_has_a_data_file_and_the_exposure_its_mart(brief: Brief) -> None:
    files = data_frames(brief)
    kept = {"provinces": None, "readiness": "readiness_kpis", "event_versions": "event_records"}
    for name in BY_REGISTER_FRAME:
        file = kept.get(name, name)
        assert file is None or len(files[f"{file}.csv"]) == len(sample.rows()[name])
    assert set(BY_REGISTER_FRAME) < set(BY_FRAME)
    text = (REPOSITORY / "dbt_project/models/_project.yml").read_text(encoding="utf-8")
    edition = text.split("- name: edition")[1].split("- name: analysts_queries")[0]
    for mart in ("mart_claim_watch", "mart_readiness_unit", "mart_correction_reach", "dim_event"):
        assert f"ref('{mart}')" in edition
