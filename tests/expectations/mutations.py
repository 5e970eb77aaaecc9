"""One mutation of good data per expectation: it must make exactly that expectation fail.

SQL for the raw door, other values of the one row for frames; ``mart_mutations`` has the marts door. The
key is suite, type and column; the types are shortened by their common beginning.
"""

from __future__ import annotations

from typing import Any

LOAD = "load_id = 1000"
BETWEEN, IN_SET, REGEX = "values_to_be_between", "values_to_be_in_set", "values_to_match_regex"
Key = tuple[str, str, str]

FIRST_DOCUMENTS = (
    "record_id in (select record_id from raw.gdelt__documents order by record_id limit {})"
)
FIRST_EVENTS = "global_event_id <= {}"
NEW_VINTAGE = "vintage_date = '2026-07-07' and indicator_code = "


def _documents(change: str, count: int = 1) -> str:
    return f"update raw.gdelt__documents set {change} where {FIRST_DOCUMENTS.format(count)}"


def _events(change: str, count: int = 1) -> str:
    return f"update raw.gdelt__events set {change} where {FIRST_EVENTS.format(count)}"


def _totals(change: str) -> str:
    one = "stream = 'english' and slot_at = '2026-07-12 10:00+00' and outlet_domain = 'o1.example'"
    return f"update raw.gdelt__outlet_totals set {change} where {LOAD} and {one}"


def _mentions(change: str, count: int = 1) -> str:
    return f"update raw.gdelt__mentions set {change} where line_number <= {count}"


GDELT: dict[Key, str] = {
    ("documents", BETWEEN, "tone"): _documents(
        "tone = 101, tone_positive = 101, tone_negative = 0, polarity = 101"
    ),
    ("documents", BETWEEN, "tone_error"): _documents("tone = tone + 0.001"),
    ("documents", BETWEEN, "polarity_error"): _documents("polarity = polarity + 0.001"),
    ("documents", BETWEEN, "word_count"): _documents("word_count = -1"),
    ("documents", REGEX, "record_id"): _documents("record_id = record_id || 'x'"),
    ("documents", IN_SET, "is_of_its_file"): _documents("record_id = '20260712101500-1000'"),
    ("documents", REGEX, "language_code_iso639_3"): _documents("language_code_iso639_3 = 'vi'", 3),
    ("documents", IN_SET, "has_title"): _documents("title = null", 49),
    ("documents", IN_SET, "is_scored"): _documents("tone = null", 13),
    ("documents", IN_SET, "has_themes"): _documents("theme_codes = '{}'", 130),
    # Viet Nam's code in ISO 3166: what a change of the code system would bring.
    ("document_places", IN_SET, "country_code_fips"): (
        "update raw.gdelt__document_places set country_code_fips = 'VN' where stream = 'english'"
    ),
    ("document_places", BETWEEN, "place_mentions"): (
        "update raw.gdelt__document_places set place_mentions = 0"
    ),
    ("outlet_totals", BETWEEN, "tone_mean"): _totals(
        "documents_80_words = 1, tone_sum = 101, tone_square_sum = 10201"
    ),
    ("outlet_totals", BETWEEN, "documents_short"): _totals("documents_80_words = documents + 1"),
    ("outlet_totals", BETWEEN, "tone_spread"): _totals("tone_square_sum = 4"),
    ("outlet_totals", BETWEEN, "words"): _totals("words = -1"),
    ("events", BETWEEN, "goldstein_scale"): _events("goldstein_scale = 10.5"),
    ("events", REGEX, "event_code"): _events("event_code = '1'", 2),
    ("events", IN_SET, "is_quad_class_of_code"): _events("quad_class = 4", 25),
    ("events", BETWEEN, "tone_mean"): _events("tone_mean = -101"),
    ("events", BETWEEN, "days_ahead"): _events("event_date = '2026-07-14'", 2),
    ("events", BETWEEN, "action_geo_latitude"): _events("action_geo_latitude = 105.8", 2),
    ("mentions", BETWEEN, "confidence_percent"): _mentions("confidence_percent = 101"),
    ("mentions", BETWEEN, "document_tone"): _mentions("document_tone = -101"),
    ("mentions", BETWEEN, "days_late"): _mentions("event_slot_at = slot_at - interval '8 days'"),
    ("mentions", IN_SET, "mention_type"): _mentions("mention_type = 7"),
    ("ledger", BETWEEN, "minutes_ahead"): (
        "update ops.world set declared_as_of = '2026-07-12 10:10+00'"
    ),
    ("ledger", BETWEEN, "rejected_share"): (
        f"update ops.source_files set rows_read = rows_read + 1, rows_rejected = 1 where {LOAD}"
    ),
    ("ledger", BETWEEN, "documents_missing"): (
        f"delete from raw.gdelt__documents where {FIRST_DOCUMENTS.format(1)}"
    ),
    (
        "ledger",
        BETWEEN,
        "events_missing",
    ): "delete from raw.gdelt__events where global_event_id = 1",
    ("ledger", BETWEEN, "documents_uncounted"): _totals("documents = documents + 1"),
    ("ledger", BETWEEN, "events_uncounted"): (
        "update raw.gdelt__event_totals set events = events - 1 where stream = 'english'"
    ),
    ("ledger", BETWEEN, "mentions_uncounted"): (
        "update raw.gdelt__mention_totals set mentions = mentions + 1 where stream = 'english'"
    ),
    ("volume", BETWEEN, "rows_read"): (
        f"update ops.source_files set rows_read = 720 where table_name = 'gkg' and not {LOAD}"
    ),
    ("volume", BETWEEN, "tone_mean"): (
        "update raw.gdelt__outlet_totals set tone_sum = tone_sum + 24, tone_square_sum = 500 "
        f"where not {LOAD}"
    ),
    ("volume", BETWEEN, "world_tone"): (
        "update raw.gdelt__outlet_totals set tone_sum = tone_sum + 32, tone_square_sum = 500 "
        f"where not {LOAD}"
    ),
    ("volume", BETWEEN, "translated_share"): (
        "update raw.gdelt__outlet_totals set documents = 39 "
        f"where {LOAD} and stream = 'english';"
        "update raw.gdelt__outlet_totals set documents = 1, documents_80_words = 1, "
        f"tone_sum = -0.5, tone_square_sum = 0.25 where {LOAD} and stream = 'translation'"
    ),
    ("volume", BETWEEN, "largest_outlet_share"): (
        "update raw.gdelt__outlet_totals set outlet_domain = 'one.example' "
        f"where {LOAD} and outlet_domain <> 'o1.example'"
    ),
    ("volume", BETWEEN, "repeated_url_share"): _documents("url = 'https://o.example/same'", 50),
}

WORLDBANK: dict[Key, str] = {
    ("worldbank_observations", BETWEEN, "years_ago"): (
        "update raw.worldbank__observations set observation_year = 2027 "
        f"where {NEW_VINTAGE} 'SP.POP.TOTL' and country_code_wb = 'C10' and observation_year = 2024"
    ),
    ("worldbank_observations", BETWEEN, "value_without_flows"): (
        "update raw.worldbank__observations set value = -1 "
        f"where {NEW_VINTAGE} 'SP.POP.TOTL' and country_code_wb = 'C10' and observation_year = 2024"
    ),
    ("worldbank_observations", BETWEEN, "population"): (
        "update raw.worldbank__observations set value = 30000000000 "
        f"where {NEW_VINTAGE} 'SP.POP.TOTL' and country_code_wb = 'C10' and observation_year = 2024"
    ),
    ("worldbank_revision", BETWEEN, "kept_share"): (
        "update raw.worldbank__observations set value = null "
        f"where {NEW_VINTAGE} 'BX.KLT.DINV.CD.WD'"
    ),
    ("worldbank_revision", BETWEEN, "vast_change_share"): (
        "update raw.worldbank__observations set value = value / 1000 "
        f"where {NEW_VINTAGE} 'NY.GDP.MKTP.CD'"
    ),
}

TRANCO: dict[Key, str] = {
    ("tranco_revision", BETWEEN, "length_ratio"): (
        "delete from raw.tranco__ranks where load_id = 3001 and rank > 5300"
    ),
    ("tranco_revision", BETWEEN, "best_kept_share"): (
        "update raw.tranco__ranks set domain = 'new-' || domain "
        "where load_id = 3001 and rank between 10 and 1100"
    ),
}

GDELT_DOMAINS: dict[Key, str] = {
    ("gdelt_domains_revision", BETWEEN, "length_ratio"): (
        "delete from raw.gdelt_domains__countries where load_id = 4001 and domain ~ '^o[12]'"
    ),
    ("gdelt_domains_revision", BETWEEN, "same_country_share"): (
        "update raw.gdelt_domains__countries set country_code_fips = 'VN' "
        "where load_id = 4001 and country_code_fips = 'VM' and domain ~ '^o[123]'"
    ),
}

AUDIT: dict[Key, str] = {
    ("audit_labels", BETWEEN, "labels"): "delete from raw.audit__labels",
    ("audit_labels", BETWEEN, "labels_without_document"): (
        "update raw.audit__labels set audit_month = '2026-06-01' where is_about is null"
    ),
}

GOOD_EDITION: dict[str, Any] = {
    "slots_expected": 1344,
    "slots_received": 1330,
    "received_share": 1330 / 1344,
    "freshness_minutes": 15.0,
    "n_documents": 812,
    "n_outlets": 140,
    "unknown_outlet_share": 0.2,
    "translated_share": 0.6,
    "rejected_row_share": 0.0004,
    "slots_awaited": 2,
    "days_without_any_slot": 0,
    "period_days": 7,
}

EDITION: dict[Key, dict[str, Any]] = {
    ("summary", BETWEEN, "received_share"): {
        "slots_expected": 192, "slots_received": 2, "received_share": 2 / 192,
    },
    ("summary", BETWEEN, "freshness_minutes"): {"freshness_minutes": 375.0},
    ("summary", BETWEEN, "slots_awaited"): {"slots_awaited": 8},
    ("summary", BETWEEN, "n_documents"): {"n_documents": 0},
    ("summary", BETWEEN, "n_outlets"): {"n_outlets": 2},
    ("summary", BETWEEN, "days_without_any_slot"): {"days_without_any_slot": 1},
    ("summary", BETWEEN, "unknown_outlet_share"): {"unknown_outlet_share": 0.51},
    ("summary", BETWEEN, "translated_share"): {"translated_share": 0.05},
    ("summary", BETWEEN, "rejected_row_share"): {"rejected_row_share": 0.006},
}  # fmt: skip
