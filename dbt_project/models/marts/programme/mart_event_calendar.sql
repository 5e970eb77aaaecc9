{{ config(meta={'public': true}) }}

with versions as (

    select
        *,
        {{ edition_date(as_of()) }} as as_of_date
    from {{ ref('int_event_versions') }}

)

select
    event_code,
    version_number::integer as version_number,
    recorded_on,
    superseded_on,
    is_latest as is_in_force,
    coalesce(is_withdrawn, false) as is_withdrawn,
    {{ edition_date('received_at') }} as received_on,
    office,
    changes_text,
    kind as event_kind,
    name_en,
    name_vi,
    starts_on,
    ends_on,
    host_countries as host_country_codes_iso3,
    outcomes,
    window_days,
    ends_on + window_days as window_ends_on,
    case
        when as_of_date < starts_on then 'ahead'
        when as_of_date <= ends_on then 'under_way'
        when as_of_date <= ends_on + window_days then 'in_window'
        else 'past'
    end as event_phase,
    starts_on - as_of_date as days_to_start,
    as_of_date,
    '{{ var("method_version") }}' as method_version
from versions
