-- 7. Partner X: talk or deeds?
-- Đối tác X: nói hay làm?

select
    actor1_country_code_iso3,
    actor2_country_code_iso3,
    stream,
    media,
    n_signals,
    balance,
    balance_median_52_weeks,
    material_share,
    intensity_per_10000,
    partnership_tier,
    partnership_since,
    suppressed_reason
from marts.mart_dyad_pulse
where
    'VNM' in (actor1_country_code_iso3, actor2_country_code_iso3)
    and week_start_date = (select max(week_start_date) from marts.mart_dyad_pulse)
order by
    n_signals desc, actor1_country_code_iso3 asc, actor2_country_code_iso3 asc, stream asc, media asc;
