-- 6. Is anything unusual today, and is it real or a data fault?
-- Hôm nay có gì bất thường không, là tin thật hay lỗi dữ liệu?

-- The newest week's alerts, the least likely by chance first, each with its loudest stories and
-- what can be trusted of its day. Where nothing can be judged the reason is there instead:
select
    alert.alert_date,
    alert.source_country_code_iso3,
    alert.pillar,
    alert.n_stories,
    alert.n_stories_expected,
    alert.q_value,
    alert.is_alert,
    alert.slots_received,
    alert.slots_expected,
    alert.unknown_outlet_share,
    alert.duplicate_share,
    alert.duplicate_share_band_low,
    alert.duplicate_share_band_high,
    alert.boilerplate_share,
    alert.suppressed_reason,
    story.story_rank,
    story.title,
    story.first_url
from marts.mart_anomaly_alert as alert
left join marts.mart_anomaly_story as story
    on alert.alert_date = story.alert_date
        and alert.country_code_iso3 = story.country_code_iso3
        and alert.source_country_code_iso3 = story.source_country_code_iso3
        and alert.pillar = story.pillar
where
    alert.country_code_iso3 = 'VNM'
    and alert.alert_date > (select max(alert_date) - 7 from marts.mart_anomaly_alert)
    and (
        alert.is_alert
        or (alert.source_country_code_iso3 = 'world' and alert.pillar = 'all')
    )
order by
    alert.q_value asc nulls last, alert.alert_date desc, alert.source_country_code_iso3 asc, alert.pillar asc, story.story_rank asc;

-- How often the method cries on the two years before the month, real news included:
select
    calibrated_statistic,
    month_start_date,
    level_number,
    level_from,
    n_series_days,
    alarms_per_100,
    suppressed_reason
from marts.mart_anomaly_calibration
where month_start_date = (select max(month_start_date) from marts.mart_anomaly_calibration)
order by calibrated_statistic, level_number;

-- Where the tone has shifted over four weeks (in a warehouse without tone of enough outlets there
-- is no row):
select
    max(month_start_date) as calibrated_month,
    shift.source_country_code_iso3,
    shift.stratum,
    shift.shift_direction,
    shift.tone_shift,
    shift.changed_on,
    shift.q_value
from marts.mart_anomaly_calibration
left join marts.mart_tone_shift as shift
    on shift.is_shift and shift.country_code_iso3 = 'VNM'
        and shift.story_date = (select max(story_date) from marts.mart_tone_shift)
group by 2, 3, 4, 5, 6, 7
order by shift.q_value nulls last;
