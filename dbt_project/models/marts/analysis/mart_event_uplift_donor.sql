{{ config(meta={'public': true}) }}

with donors as (

    select * from {{ ref('stg_measuring__event_uplift_donors') }}

)

select
    event_code,
    outcome,
    source_country_code_iso3,
    donor_country_code_iso3,
    weight_share,
    rmspe_ratio,
    '{{ var("method_version") }}' as method_version
from donors
