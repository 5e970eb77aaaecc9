with source as (

    select * from {{ source('measuring', 'event_uplift_donors') }}

)

select
    event_code,
    outcome,
    source_country_code_iso3,
    donor_country_code_iso3,
    weight as weight_share,
    rmspe_ratio
from source
