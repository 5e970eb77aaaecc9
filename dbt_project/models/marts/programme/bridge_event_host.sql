{{ config(meta={'public': true}) }}

with events as (

    select * from {{ ref('dim_event') }}

)

select distinct
    events.event_code,
    host.country_code_iso3
from events
cross join lateral unnest(events.host_country_codes_iso3) as host (country_code_iso3)
