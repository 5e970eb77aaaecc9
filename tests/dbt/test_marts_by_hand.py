"""The marts of a few rows equal what was computed by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hand_made_days import DbtWarehouse
from raw_rows import at

D5, D6, D7, D8, D9 = (date(2026, 7, day) for day in (5, 6, 7, 8, 9))


def test_documents_pass_the_gates(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select record_id, source_country_code_iso3, series, salience, passes_text,"
        " passes_about, is_eligible from warehouse.fct_document_country"
        " where country_code_iso3 = 'VNM'"
    )
    assert {row[0]: row[1:] for row in rows} == {
        "three_of_four": ("FRA", "foreign", 0.75, True, True, True),
        "subdomain": ("FRA", "foreign", 1.0, True, True, True),
        "cctld": ("FRA", "foreign", 1.0, True, True, True),
        "alone": ("DEU", "foreign", 1.0, True, True, True),
        "at_home": ("VNM", "domestic", 1.0, True, True, False),
        "unscored": (None, "unknown", 1.0, True, True, False),
        "one_mention": ("FRA", "foreign", 1.0, True, False, False),
        "in_passing": ("FRA", "foreign", pytest.approx(2 / 9), True, False, False),
        "short": ("FRA", "foreign", 1.0, False, True, False),
        "same_language": ("USA", "same_language_abroad", 1.0, True, True, False),
        "both": ("THA", "foreign", 0.5, True, True, True),
        "austria": ("AUT", "foreign", 0.25, True, True, True),
        "original": ("DEU", "foreign", 1.0, True, True, True),
        "reprint": ("DEU", "foreign", 1.0, True, True, True),
        "named": ("FRA", "foreign", None, True, True, True),
        "notice_1": ("JPN", "foreign", 1.0, False, True, False),
        "notice_2": ("JPN", "foreign", 1.0, False, True, False),
        "translated": ("MEX", "foreign", 1.0, True, False, False),
    }


def test_a_title_names_a_country_but_not_its_war(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select record_id, country_code_iso3, is_named_in_title"
        " from warehouse.fct_document_country where record_id in ('named', 'war') order by 1, 2"
    )
    assert rows == [("named", "THA", False), ("named", "VNM", True), ("war", "THA", False)]


def test_a_reprint_is_of_the_same_story(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select story_id, n_documents, n_outlets, n_families, first_outlet_domain"
        " from warehouse.mart_story_week where country_code_iso3 = 'VNM' and n_documents > 1"
    )
    assert rows == [("original", 2, 2, 2, "spiegel.de")]
    told = hand_made.query(
        "select record_id from warehouse.fct_document_country"
        " where country_code_iso3 = 'VNM' and story_id = 'original' order by 1"
    )
    assert told == [("original",), ("reprint",)]


def test_what_each_gate_dropped(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select stream, n_documents, n_dropped_length, n_dropped_boilerplate, n_dropped_about,"
        " n_dropped_domestic, n_dropped_same_language_abroad, n_dropped_unknown_origin, n_eligible"
        " from warehouse.mart_eligibility_day"
        " where country_code_iso3 = 'VNM' and coverage_date = '2026-07-06' order by 1"
    )
    assert rows == [
        ("english", 16, 1, 2, 2, 1, 0, 1, 9),
        ("translation", 2, 0, 0, 1, 0, 1, 0, 0),
    ]


def test_a_place_in_austria_is_not_in_australia(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select country_code_iso3, place_mentions, all_place_mentions"
        " from intermediate.int_document_places_mapped where record_id = 'austria' order by 1"
    )
    assert rows == [("AUT", 4, 8), ("VNM", 2, 8)]


def test_coverage_of_a_full_day(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select source_country_code_iso3, n_documents, n_outlets, tone_mean, suppressed_reason,"
        " slots_expected, slots_received from warehouse.mart_coverage_day"
        " where country_code_iso3 = 'VNM' and coverage_date = '2026-07-06' and n_documents > 0"
    )
    alone = (1, 1, None, "under_3_outlets", 3, 2)
    assert {row[0]: row[1:] for row in rows} == {
        "FRA": (4, 4, 0.875, None, 3, 2),
        "DEU": (3, 2, None, "under_3_outlets", 3, 2),
        "VNM": alone,
        "THA": alone,
        "AUT": alone,
        "unknown": (1, 1, None, None, 3, 2),
    }


def test_a_gap_is_null_and_a_quiet_day_zero(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select coverage_date, n_documents, n_outlets, tone_mean, slots_expected, slots_received,"
        " suppressed_reason from warehouse.mart_coverage_day"
        " where country_code_iso3 = 'VNM' and source_country_code_iso3 = 'FRA' order by 1"
    )
    assert rows == [
        (D5, None, None, None, 1, 0, "no_slot_received"),
        (D6, 4, 4, 0.875, 3, 2, None),
        (D7, None, None, None, 1, 0, "no_slot_received"),
        (D8, 0, 0, None, 1, 1, None),
        (D9, None, None, None, 1, 0, "no_slot_received"),
    ]


def test_a_country_is_domestic_for_itself(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select country_code_iso3, source_relation, n_documents from warehouse.mart_coverage_day"
        " where coverage_date = '2026-07-06' and source_country_code_iso3 = 'THA'"
        " and country_code_iso3 in ('THA', 'VNM') order by 1"
    )
    assert rows == [("THA", "domestic", 1), ("VNM", "foreign", 1)]


def test_trust_by_day_and_stream(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select trust_date, stream, slots_expected, slots_received, slots_missing, slots_gap,"
        " slots_empty,"
        " n_documents, unknown_outlet_share, translated_share, rejected_row_share, newest_slot_at"
        " from warehouse.mart_data_trust where stream = 'all' or trust_date = '2026-07-06'"
    )
    first = at("06 00:00")
    assert {row[:2]: row[2:] for row in rows} == {
        (D5, "all"): (1, 0, 0, 0, 1, None, None, None, None, None),
        (D6, "english"): (2, 1, 0, 0, 1, 18, 1 / 18, None, 9 / 300, first),
        (D6, "translation"): (1, 1, 0, 0, 0, 2, 0.0, None, 0.0, first),
        (D6, "all"): (3, 2, 0, 0, 1, 20, 1 / 20, 2 / 20, 9 / 600, first),
        (D7, "all"): (1, 0, 0, 1, 0, None, None, None, None, None),
        (D8, "all"): (1, 1, 0, 0, 0, 1, 0.0, 0.0, 0.0, at("08 00:00")),
        (D9, "all"): (1, 0, 1, 0, 0, None, None, None, None, None),
    }


def test_totals_of_an_outlet_are_kept_but_not_public(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select principal_country_code_iso3, documents, tone_sum from warehouse.fct_outlet_day"
        " where outlet_domain = 'lemonde.fr' and coverage_date = '2026-07-06' order by 1"
    )
    assert rows == [("VNM", 4, -2.0), ("none", 1, 0.0)]


def test_events_with_mentions_of_later_days(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select global_event_id, actor1_country_code_iso3, actor2_country_code_iso3,"
        " actor1_country_code_cameo, action_geo_country_code_iso3, n_mentions, n_outlets,"
        " confidence_percent_max from warehouse.fct_event order by 1"
    )
    assert rows == [
        (1, "VNM", "ROU", "VNM", "VNM", 3, 2, 60),
        (2, None, None, "EUR", None, 0, 0, None),
    ]


def test_outcomes_are_of_the_latest_vintage(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select country_code_iso3, outcome_year, fdi_net_inflow_bop_usd,"
        " fdi_net_inflow_bop_usd_vintage_date, gdp_usd, population_count"
        " from warehouse.mart_outcome_year order by 1"
    )
    gdp = 476388230307.175
    assert rows == [
        ("VNM", 2024, 20170000000.0, D6, gdp, None),
        ("XKX", 2024, None, None, gdp, None),
    ]


def test_outlets_say_what_their_country_rests_on(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query("select outlet_domain, country_code_iso3, outlet_type, evidence from"
                           " warehouse.dim_outlet")  # fmt: skip
    found = {row[0]: row[1:] for row in rows}
    assert found["www.lefigaro.fr"] == ("FRA", "foreign", "seed")
    assert found["journal.fr"] == ("FRA", "foreign", "cctld")
    assert found["startup.io"] == (None, "unknown", "none")
    assert found["nguoi-viet.com"] == ("USA", "same_language_abroad", "seed")
    assert found["e.vnexpress.net"] == ("VNM", "owned", "seed")
    assert found["vnexpress.net"] == ("VNM", "domestic", "seed")


def test_letters_that_look_like_null_survive_the_seed(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select country_code_iso2, country_code_fips, watch_role from warehouse.dim_country"
        " where country_code_iso3 = 'NAM'"
    )
    assert rows == [("NA", "WA", "donor")]


def test_attention_of_a_day_is_counted_for_every_compared_country(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select coverage_date, source_country_code_iso3, country_code_iso3, n_documents"
        " from intermediate.int_attention_days order by 1, 2, 3"
    )
    # by salience alone: the short one and the notices count, what only a title names does not
    of_july = {
        6: {
            "AUT": {"AUT": 1, "VNM": 1, "all": 1},
            "DEU": {"VNM": 3, "all": 3},
            "FRA": {"VNM": 4, "all": 9},
            "JPN": {"VNM": 2, "all": 2},
            "MEX": {"VNM": 1, "all": 1},
            "THA": {"THA": 1, "VNM": 1, "all": 1},
            "USA": {"VNM": 1, "all": 1},
            "VNM": {"VNM": 1, "all": 1},
            "world": {"VNM": 10, "all": 15},
        },
        8: {"FRA": {"THA": 1, "all": 1}, "world": {"THA": 1, "all": 1}},
    }
    assert rows == [
        (date(2026, 7, day), source, country, n)
        for day, sources in of_july.items()
        for source, countries in sources.items()
        for country, n in countries.items()
    ]
