"""What is suspicious but allowed is shown: the views of schema `qc` over the hand-made days."""

from __future__ import annotations

from datetime import date

import psycopg
from hand_made_days import DbtWarehouse

D5, D6, D7, D9 = (date(2026, 7, day) for day in (5, 6, 7, 9))


def test_unknown_codes_are_shown(hand_made: DbtWarehouse) -> None:
    rows = hand_made.query(
        "select code_system, code, n_rows from qc.qc_unknown_country_codes order by 1, 2"
    )
    assert rows == [("cameo", "EUR", 1), ("fips", "??", 1)]
    assert hand_made.query("select outlet_domain from qc.qc_unresolved_outlets") == [
        ("startup.io",)
    ]
    assert hand_made.query(
        "select slot_date, slot_state from qc.qc_slots_not_received order by 1"
    ) == [
        (D5, "empty"),
        (D6, "empty"),
        (D7, "gap"),
        (D9, "missing"),
    ]


def test_what_the_seeds_lack_is_shown(hand_made: DbtWarehouse) -> None:
    assert hand_made.query(
        "select theme_code, n_documents, left_out_reason from qc.qc_unknown_theme_codes order by 1"
    ) == [("NO_SUCH_THEME", 1, None), ("TAX_FNCACT_CHEF", 1, "names whom or what")]
    assert hand_made.query(
        "select language_code_iso639_3, n_documents, n_titles, n_titles_naming_a_country"
        " from qc.qc_titles_without_aliases"
    ) == [("xyz", 1, 1, 0)]
    assert hand_made.query(
        "select record_id, country_code_iso3, has_aliases, title"
        " from qc.qc_salient_documents_dropped"
    ) == [("translated", "VNM", False, "Nada")]


def test_what_grouping_found_is_shown(hand_made: DbtWarehouse) -> None:
    with psycopg.connect(hand_made.warehouse.url) as connection:
        connection.execute(
            "insert into computed.outlet_mirrors (registered_domain, family_date, outlet_family)"
            " select site, '2026-07-06'::date + n, 'a.example'"
            " from unnest(array['a.example', 'b.example']) as site, generate_series(0, 1) as n"
        )
        connection.execute(
            "insert into computed.story_aliases"
            " values ('VNM', 'foreign', 'reprint', 'original'), ('VNM', 'foreign', 'x', 'gone')"
        )
        mirrors = connection.execute("select * from qc.qc_outlet_mirrors order by 2").fetchall()
        aliases = connection.execute(
            "select old_story_id, is_a_story_now, title from qc.qc_story_aliases order by 1"
        ).fetchall()
        connection.rollback()
    assert mirrors == [("a.example", "a.example", 2, D6, D7), ("a.example", "b.example", 2, D6, D7)]
    assert aliases == [
        ("reprint", True, "Vietnam opens a new port for large ships"),
        ("x", False, None),
    ]


def test_a_list_of_what_outlets_cover_only_reports(hand_made: DbtWarehouse) -> None:
    query = (
        "select outlet_domain, country_code_iso3, most_covered_country_code_iso3,"
        " n_most_covered_place_mentions, n_home_place_mentions, n_listed_place_mentions"
        " from qc.qc_outlet_country_disagreement"
    )
    assert hand_made.query(query) == []
    with psycopg.connect(hand_made.warehouse.url) as connection:
        connection.execute(
            """
            insert into raw.gdelt_domains__countries values
            (9001, 'list', 'zeit.de', 'GM', 90), (9001, 'list', 'zeit.de', 'US', 80),
            (9001, 'list', 'kurier.at', 'GM', 70), (9001, 'list', 'www.Kurier.at', 'GM', 2),
            (9001, 'list', 'kurier.at.', 'GM', 3), (9001, 'list', 'kurier.at', 'AU', 20),
            (9001, 'list', 'kurier.at', 'AS', 60), (9001, 'list', 'startup.io', 'US', 9),
            (9001, 'list', 'nowhere.example', 'US', 9)
            """
        )
        counted = connection.execute(query.encode()).fetchall()
        connection.execute(
            "insert into raw.gdelt_domains__countries values"
            " (9002, 'names', 'zeit.de', 'US', null), (9002, 'names', 'kurier.at', 'AU', null)"
        )
        named = connection.execute(query.encode()).fetchall()
        connection.execute(
            "insert into ops.loads (load_id, source, run_id, window_start, window_end, status)"
            " overriding system value values"
            " (9002, 'gdelt_domains', 'judged', '2026-07-01', '2026-07-02', 'quarantined')"
        )
        without_the_quarantined = connection.execute(query.encode()).fetchall()
        connection.rollback()
    assert counted == [("kurier.at", "AUT", "DEU", 75, 20, 155)]
    assert named == [("zeit.de", "DEU", "USA", None, None, None)]
    assert without_the_quarantined == counted
