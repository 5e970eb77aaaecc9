with source as (

    select * from {{ source('measuring', 'tone_premiums') }}

)

select
    week_start_date,
    country_code_iso3,
    source_country_code_iso3 as source_area,
    stratum,
    n_stories,
    n_families as n_outlets,
    premium as tone_premium,
    premium_low as tone_premium_low,
    premium_high as tone_premium_high,
    n_peers,
    premium_vs_peers as tone_premium_over_peers,
    premium_vs_peers_low as tone_premium_over_peers_low,
    premium_vs_peers_high as tone_premium_over_peers_high,
    suppressed_reason
from source
