with source as (

    select * from {{ source('measuring', 'message_gaps') }}

)

select
    week_start_date,
    country_code_iso3,
    source_country_code_iso3,
    language_code_iso639_3,
    pillar,
    owned_share,
    foreign_share,
    log_ratio,
    log_ratio_p_value,
    js_divergence_bits,
    p_value,
    n_owned_stories,
    n_foreign_stories,
    suppressed_reason
from source
