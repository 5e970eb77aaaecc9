-- A tone over fewer outlets than the limit would be tone by outlet.
select
    country_code_iso3,
    source_country_code_iso3 as shown_for,
    coverage_date
from {{ ref('mart_coverage_day') }}
where
    tone_mean is not null
    and n_outlets < {{ var('min_outlets') }}
    and {{ in_changed_days('mart_coverage_day') }}
union all
select
    country_code_iso3,
    story_id as shown_for,
    first_date as coverage_date
from {{ ref('mart_story_week') }}
where
    n_families < {{ var('min_outlets') }}
    and (tone_median is not null or polarity_median is not null or is_contested is not null)
    and {{ in_changed_days('mart_story_week') }}
union all
select
    country_code_iso3,
    source_area as shown_for,
    week_start_date as coverage_date
from {{ ref('mart_tone_premium') }}
where
    tone_premium is not null
    and n_outlets < {{ var('min_outlets') }}
    and {{ in_changed_days('mart_tone_premium') }}
