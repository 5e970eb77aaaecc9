-- Two feeds of fact-checks: the second changed one rating, lacks one review and has one more.
insert into ops.loads (load_id, source, run_id, window_start, window_end, status)
overriding system value values
(7600, 'factchecks', 'good', '2026-07-11', '2026-07-12', 'passed'),
(7601, 'factchecks', 'good', '2026-07-12', '2026-07-13', 'loading');

insert into raw.factchecks__feeds (
    load_id, seen_at, elements_count, reviews_count, kept_count, unlisted_count, duplicate_count,
    rejected_count, bad_date_count
) values
(7600, '2026-07-11 05:30+00', 100, 100, 60, 30, 2, 8, 3),
(7601, '2026-07-12 05:30+00', 102, 102, 60, 32, 2, 8, 3);

insert into raw.factchecks__reviews (
    load_id, review_id, content_digest, row_digest, is_listed, claim_review_url, checker_domain,
    claim_text, rating_text, rating_key, published_on, named_country_codes_iso3
)
select
    7600, 'r' || n, 'c' || n, 'd' || n, true, 'https://s' || n % 3 || '.example/' || n,
    's' || n % 3 || '.example', 'Claim ' || n, 'False', 'false', date '2026-06-01', 'VNM'
from generate_series(1, 60) as n;

insert into raw.factchecks__reviews (
    load_id, review_id, content_digest, row_digest, is_listed, claim_review_url, checker_domain,
    claim_text, rating_text, rating_key, published_on, named_country_codes_iso3
) values
(7601, 'r1', 'x1', 'x1', true, 'https://s1.example/1', 's1.example', 'Claim 1', 'True', 'true', '2026-06-01', 'VNM'),
(7601, 'r2', 'c2', 'd2', false, 'https://s2.example/2', 's2.example', 'Claim 2', 'False', 'false', '2026-06-01', 'VNM'),
(7601, 'r61', 'c61', 'd61', true, 'https://s1.example/61', 's1.example', 'Claim 61', 'False', 'false', '2026-07-11', 'VNM');
