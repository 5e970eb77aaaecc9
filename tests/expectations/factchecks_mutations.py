"""Mutations of a feed of fact-checks: each makes exactly one expectation fail."""

from __future__ import annotations

from mutations import BETWEEN, Key

SUITE = "factchecks"
_COPY = (
    "insert into raw.factchecks__reviews select review_id, content_digest, row_digest, {listed},"
    " claim_review_url, checker_domain, claim_text, review_title, language_code_iso639_3,"
    " language_basis, {rating}, rating_key, rating_head_key, rating_value, rating_best,"
    " rating_worst, published_on, named_country_codes_iso3, 7601 from raw.factchecks__reviews"
    " where load_id = 7600 and {which}"
)
OTHERS = "review_id not in ('r1', 'r2')"


def _feed(change: str, load_id: int = 7601) -> str:
    return f"update raw.factchecks__feeds set {change} where load_id = {load_id}"


FACTCHECKS: dict[Key, str] = {
    (SUITE, BETWEEN, "kept_count"): _feed("kept_count = 0, bad_date_count = 0"),
    (SUITE, BETWEEN, "length_ratio"): _feed("reviews_count = 600", 7600),
    (SUITE, BETWEEN, "gone_share"): _COPY.format(
        listed="false", rating="rating_text", which=f"{OTHERS} and substr(review_id, 2)::int <= 9"
    ),
    (SUITE, BETWEEN, "changed_rating_share"): _COPY.format(
        listed="true", rating="'True'", which=f"{OTHERS} and substr(review_id, 2)::int <= 9"
    ),
    (SUITE, BETWEEN, "rejected_share"): _feed("rejected_count = 40"),
    (SUITE, BETWEEN, "bad_date_share"): _feed("bad_date_count = 30"),
    # A fourth checker, of few reviews among many, is gone.
    (SUITE, BETWEEN, "silent_checkers"): (
        "insert into raw.factchecks__reviews (load_id, review_id, content_digest, row_digest,"
        " is_listed, claim_review_url, checker_domain, claim_text, named_country_codes_iso3)"
        " select load_id, 'n' || n, 'c', 'd', load_id = 7600, 'https://n.example/', 'n.example',"
        " 'Claim', '' from generate_series(1, 20) as n, (values (7600), (7601)) as load (load_id);"
        # beside so many others that few are gone
        "insert into raw.factchecks__reviews (load_id, review_id, content_digest, row_digest,"
        " is_listed, claim_review_url, checker_domain, claim_text, named_country_codes_iso3)"
        " select 7600, 'm' || n, 'c', 'd', true, 'https://m.example/', 'm.example', 'Claim', ''"
        " from generate_series(1, 300) as n"
    ),
}
