"""What an edition says of stories, share of voice, tone, messages and relations."""

from __future__ import annotations

import math

import edition_frames as sample
import edition_measures as measures
import pandas as pd
import pytest

from tiengvang.edition.messages import message_gaps
from tiengvang.edition.premium import tone_premiums
from tiengvang.edition.relations import relations
from tiengvang.edition.stories import effective_outlets, story_week
from tiengvang.edition.voice import share_of_voice


def test_originals_and_copies_add_up_to_the_documents():
    week = story_week(sample.facts())
    assert (week.n_stories, week.n_documents) == (40, len(sample.rows()["documents"]))
    assert week.original_share == pytest.approx(40 / week.n_documents)
    assert week.multiplier == pytest.approx(week.n_documents / 40)
    rows = week.by_source
    assert list(rows["n_stories"] + rows["n_copies"]) == list(rows["n_documents"])
    assert list(rows["n_documents"]) == sorted(rows["n_documents"], reverse=True)
    assert "world" not in set(rows["source_country_code_iso3"])
    assert sum(week.tiers.values()) == 40
    assert week.pickup_rate == pytest.approx(week.tiers["R1"] / 40)


def test_effective_outlets_are_as_many_as_equal_ones():
    assert effective_outlets(pd.Series([5, 5, 5, 5])) == pytest.approx(4)
    assert effective_outlets(pd.Series([97, 1, 1, 1])) == pytest.approx(
        math.exp(-(0.97 * math.log(0.97) + 3 * 0.01 * math.log(0.01)))
    )
    assert effective_outlets(pd.Series([0])) is None


def test_stories_of_the_week_are_titled_and_the_most_carried_first():
    shown = story_week(sample.facts()).shown
    assert len(shown) == 20
    assert shown["title"].notna().all()
    assert list(shown["n_families"]) == sorted(shown["n_families"], reverse=True)


def test_what_was_left_out_adds_up():
    left = story_week(sample.facts()).left_out
    assert left["documents"] == 1400
    assert sum(n for name, n in left.items() if name != "documents") == left["documents"]


def test_without_a_list_of_ranks_no_story_has_a_tier():
    rows = [
        sample.changed("reach", row, suppressed_reason="no_rank_list", rank_list_id=None)
        for row in sample.rows()["reach"]
    ]
    week = story_week(sample.facts(reach=rows))
    assert week.tiers == {}
    assert week.pickup_rate is None
    assert week.by_source["tier1_pickup_rate"].isna().all()


def test_a_week_without_slots_is_not_a_week_without_stories():
    quiet = sample.facts(stories=[], reach=[], documents=[])
    assert story_week(quiet).n_stories == 0
    unknown = story_week(sample.empty_facts())
    assert unknown.n_stories is None
    assert unknown.days_received == 0


def test_a_host_is_judged_against_an_equal_share_of_its_own_compared_set():
    hosts = {host.area: host for host in share_of_voice(sample.facts()).hosts}
    assert hosts["JPN"].verdict == "above"
    assert hosts["DEU"].verdict == "below"
    assert {hosts[area].verdict for area in ("USA", "FRA", "SGP", "world")} == {"unclear"}
    assert hosts["JPN"].equal_share == pytest.approx(1 / 6)
    assert hosts["SGP"].equal_share == pytest.approx(1 / 5)
    assert "SGP" not in hosts["SGP"].compared


def test_a_rise_is_told_against_the_newest_window_that_ended_before():
    voice = share_of_voice(sample.facts())
    assert voice.window is not None
    assert voice.before is not None
    assert voice.before[1] < voice.window[0]
    changes = {host.area: host.change for host in voice.hosts}
    assert changes["JPN"] == "rose"
    assert {changes[area] for area in ("USA", "FRA", "DEU", "world")} == {"unclear"}
    assert changes["LAO"] == "cannot_tell"


def test_another_compared_set_is_not_compared():
    rows = [
        sample.changed("voice", row, compared_country_codes_iso3=["VNM", "THA"])
        if row[4] == "JPN" and row[0] == sample.START
        else row
        for row in sample.rows()["voice"]
    ]
    hosts = {host.area: host for host in share_of_voice(sample.facts(voice=rows)).hosts}
    assert hosts["JPN"].change == "cannot_tell"
    assert hosts["JPN"].equal_share == 0.5


def test_a_suppressed_host_has_no_share_and_is_last():
    voice = share_of_voice(sample.facts())
    assert voice.hosts[0].area == "world"
    assert [host.area for host in voice.hidden] == ["LAO"]
    assert voice.hosts[-1].estimate is None
    assert voice.hosts[-1].verdict is None


def test_colder_is_said_only_where_the_corrected_interval_leaves_zero_out():
    verdicts = {(row.area, row.stratum): row.verdict for row in tone_premiums(sample.facts()).shown}
    assert verdicts["JPN", "translated"] == "colder"
    assert verdicts["FRA", "native"] == "warmer"
    assert verdicts["USA", "native"] == verdicts["SGP", "native"] == "unclear"


def test_the_number_of_comparisons_is_paid_for():
    def verdicts(n: int) -> set[str | None]:
        window = sample.rows()["tone"][0][:3]
        one = (-0.3, -0.3 - 0.27, -0.03)
        rows = [
            (*window, f"X{number:02}", "native", 64, 18, *one, 4, *one, None, "2")
            for number in range(n)
        ]
        return {row.verdict for row in tone_premiums(sample.facts(tone=rows)).premiums}

    assert verdicts(1) == {"colder"}
    assert verdicts(12) == {"unclear"}


def test_suppressed_tone_is_null_even_if_the_mart_left_a_value():
    assert any(row[3] == "DEU" and row[7] == 0.9191 for row in measures.tone(sample.START))
    rows = {row.area: row for row in tone_premiums(sample.facts()).of("native")}
    assert rows["DEU"].premium is None
    assert rows["DEU"].estimate is None
    assert rows["DEU"].reason == "under_8_outlets"
    assert rows["THA"].premium is not None
    assert rows["THA"].reason == "no_peers"
    shown = [row.estimate is not None for row in tone_premiums(sample.facts()).of("native")]
    assert shown == sorted(shown, reverse=True)


def test_pillars_are_judged_by_their_own_corrected_p_values():
    gap = message_gaps(sample.facts()).world
    assert gap is not None
    assert gap.found("told_more") == ["tourism"]
    assert gap.found("carried_more") == ["security"]
    assert gap.pillars[0].name == "tourism"
    for pillar in gap.pillars:
        assert pillar.low < pillar.log_ratio < pillar.high


def test_nothing_is_said_of_pillars_while_the_mixes_are_not_told_apart():
    rows = [
        sample.changed("messages", row, p_value=None if row[-2] else 0.2)
        for row in sample.rows()["messages"]
    ]
    found = message_gaps(sample.facts(messages=rows))
    assert found.world is not None
    assert not found.world.is_distinct
    assert found.world.found("told_more") == []
    assert found.untravelled == []


def test_a_pillar_did_not_travel_within_one_language_only():
    assert [(gap.area, gap.language) for gap in message_gaps(sample.facts()).untravelled] == [
        ("GBR", "eng")
    ]


def test_a_pair_is_held_against_its_own_year():
    pairs = {pair.actor: pair for pair in relations(sample.facts()).pairs}
    assert pairs["CHN"].rank == pytest.approx(0.02)
    assert pairs["CHN"].balance is not None
    assert pairs["CHN"].balance[1] < pairs["CHN"].balance[0] < pairs["CHN"].balance[2]
    assert pairs["CHN"].material is not None
    assert pairs["CHN"].material_median is not None
    assert pairs["LAO"].balance is None
    assert pairs["LAO"].reason == "under_10_signals"
    assert [pair.actor for pair in relations(sample.facts()).shown] == ["USA", "JPN", "CHN"]


def test_few_weeks_are_no_year():
    rows = [
        sample.changed("relations", row, n_compared_weeks=25) for row in sample.rows()["relations"]
    ]
    pairs = relations(sample.facts(relations=rows)).shown
    assert pairs
    assert all(pair.rank is None and pair.material_median is None for pair in pairs)


def test_media_of_the_parties_are_a_series_of_their_own():
    found = relations(sample.facts())
    third, party = (found.year("CHN", "VNM", media) for media in ("third", "party"))
    assert len(third) == len(party) == 53
    assert set(party["media"]) == {"party"}
    assert third["n_signals"].sum() > party["n_signals"].sum()
