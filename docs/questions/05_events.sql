-- 5. Did last week's event move anything?
-- Sự kiện tuần trước có làm thay đổi điều gì không?

-- Events by the end of their window, the newest first. `exploratory` was registered only when the
-- event had begun; `smallest_p_value` is what so many donors can show at the least.
select
    event_code,
    outcome,
    source_country_code_iso3,
    window_ends_on,
    verdict,
    evidence,
    uplift_log_points,
    uplift_low_log_points,
    uplift_high_log_points,
    interval_level,
    p_space_value,
    smallest_p_value,
    p_time_value,
    n_donors,
    overlapping_event_codes,
    suppressed_reason
from marts.mart_event_uplift
order by window_ends_on desc, event_code asc, outcome asc, source_country_code_iso3 asc;

-- What was, and what would have been, by day; an event without a figure has its reason and no day:
select
    uplift.event_code,
    uplift.source_country_code_iso3,
    uplift.suppressed_reason,
    day.attention_date,
    day.is_window,
    day.attention_per_10000,
    day.counterfactual_per_10000,
    day.gap_log_points
from marts.mart_event_uplift as uplift
left join marts.mart_event_uplift_day as day
    on
        uplift.event_code = day.event_code
        and uplift.outcome = day.outcome
        and uplift.source_country_code_iso3 = day.source_country_code_iso3
where uplift.outcome = 'attention'
order by
    uplift.window_ends_on desc, uplift.event_code asc, uplift.source_country_code_iso3 asc, day.attention_date asc;
