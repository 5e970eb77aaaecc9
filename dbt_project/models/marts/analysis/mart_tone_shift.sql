{{ config(meta={'public': true}) }}

with days as (

    select * from {{ ref('stg_measuring__tone_shift_days') }}

)

select
    story_date,
    country_code_iso3,
    source_country_code_iso3,
    stratum,
    n_stories,
    n_families,
    tone_premium_of_day,
    tone_shift,
    changed_on,
    shift_direction,
    shift_statistic,
    p_value,
    q_value,
    is_shift,
    suppressed_reason,
    '{{ var("method_version") }}' as method_version
from days
