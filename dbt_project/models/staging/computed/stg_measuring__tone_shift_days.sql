with source as (

    select * from {{ source('measuring', 'tone_shift_days') }}

)

select
    story_date,
    country_code_iso3,
    source_country_code_iso3,
    stratum,
    n_stories,
    n_families,
    premium as tone_premium_of_day,
    shift as tone_shift,
    changed_on,
    direction as shift_direction,
    statistic as shift_statistic,
    p_value,
    q_value,
    is_shift,
    reason as suppressed_reason
from source
