-- 8. Which checked claims are open, how fast did we answer?
-- Những tuyên bố đã kiểm chứng nào còn mở, ta trả lời nhanh đến đâu?

-- Fact-checks by independent checkers that name the focus country, those that wait first:
select
    checker_name,
    checker_networks,
    is_checker_verified,
    rating,
    rating_text,
    published_on,
    answer_status,
    days_open,
    claim_text,
    claim_review_url
from marts.mart_claim_watch
where is_about_focus and is_headline
order by answer_status = 'open' desc, days_open desc nulls last, review_id asc;

-- How long cases wait for a statement; open ones count as waiting, those that were decided not to
-- be answered as never answered:
select
    week_start_date,
    n_cases,
    n_open,
    n_statements,
    n_no_statement,
    median_hours,
    median_hours_low,
    median_hours_high,
    p90_hours,
    p90_reason,
    within_target_share,
    within_target_share_low,
    within_target_share_high,
    own_error_share,
    suppressed_reason
from marts.mart_response_clock
order by week_start_date desc
limit 12;
