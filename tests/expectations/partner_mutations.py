"""Mutations of pageviews, positions and flows: each makes exactly one expectation fail."""

from __future__ import annotations

from mutations import BETWEEN, Key

PAGEVIEWS: dict[Key, str] = {
    ("pageviews_article_days", BETWEEN, "days_ago"): (
        "update raw.pageviews__article_days set view_date = '2026-07-13' "
        "where article_title = 'Article_3' and view_date = '2026-07-12'"
    ),
    # what spiders read, beside readers
    ("pageviews_level", BETWEEN, "median_ratio"): (
        "update raw.pageviews__article_days set views_count = views_count * 6 where load_id = 7001"
    ),
    ("pageviews_level", BETWEEN, "counted_share"): (
        "delete from raw.pageviews__article_days "
        "where load_id = 7001 and view_date between '2026-07-05' and '2026-07-06'"
    ),
}

IMF: dict[Key, str] = {
    ("imf_positions", BETWEEN, "years_ago"): (
        "update raw.imf__positions set position_year = 2027 "
        "where load_id = 7101 and counterpart_code = 'P1' and position_year = 2024"
    ),
    ("imf_positions", BETWEEN, "size_usd"): (
        "update raw.imf__positions set value_usd = -2e13 "
        "where load_id = 7101 and counterpart_code = 'P4' and position_year = 2009;"
        # so that the one figure in sixty-four is no revision of the vintage before
        "update raw.imf__positions set value_usd = -2e13 "
        "where load_id = 7100 and counterpart_code = 'P4' and position_year = 2009"
    ),
    ("imf_revision", BETWEEN, "kept_share"): (
        "update raw.imf__positions set value_usd = null "
        "where load_id = 7101 and counterpart_code = 'P2'"
    ),
    ("imf_revision", BETWEEN, "vast_change_share"): (
        "update raw.imf__positions set value_usd = value_usd / 1000 where load_id = 7101"
    ),
}

UN_TOURISM: dict[Key, str] = {
    ("un_tourism_observations", BETWEEN, "years_ago"): (
        "update raw.un_tourism__observations set observation_year = 2027 where line_number = 1"
    ),
    ("un_tourism_observations", BETWEEN, "amount"): (
        "update raw.un_tourism__observations set value = -value where line_number = 1"
    ),
}

OECD: dict[Key, str] = {
    ("oecd_flows", BETWEEN, "years_ago"): (
        "update raw.oecd__flows set flow_year = 2027 "
        "where load_id = 7201 and reporter_code = 'R1' and flow_year = 2024"
    ),
    ("oecd_flows", BETWEEN, "size_usd"): (
        "update raw.oecd__flows set value_usd = -2e12 where reporter_code = 'R5' and flow_year = 2009"
    ),
    ("oecd_revision", BETWEEN, "kept_share"): (
        "delete from raw.oecd__flows where load_id = 7201 and reporter_code = 'R2'"
    ),
    ("oecd_revision", BETWEEN, "vast_change_share"): (
        "update raw.oecd__flows set value_usd = value_usd * 1000000 / 2000 where load_id = 7201"
    ),
}
