with source as (

    select * from {{ source('measuring', 'share_of_voice') }}

)

select
    week_start_date,
    country_code_iso3,
    source_country_code_iso3,
    stream,
    n_documents,
    n_all_documents,
    n_outlets,
    attention_balanced as attention_balanced_per_10000,
    attention_pooled as attention_pooled_per_10000,
    sov_balanced as share_of_voice,
    sov_balanced_low as share_of_voice_low,
    sov_balanced_high as share_of_voice_high,
    sov_pooled as share_of_voice_pooled,
    compared_country_codes_iso3,
    suppressed_reason
from source
