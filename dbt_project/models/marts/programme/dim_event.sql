{{ config(meta={'public': true}) }}

with versions as (

    select * from {{ ref('int_event_versions') }}

),

histories as (

    select
        event_code,
        min(starts_on) as earliest_starts_on,
        min(recorded_on) filter (where version_number = 1) as first_recorded_on,
        min(received_at) filter (where version_number = 1) as first_received_at,
        count(changes_text)::integer as n_edits,
        max(recorded_on) filter (where changes_text is not null) as last_edited_on
    from versions
    group by event_code

)

select
    versions.event_code,
    versions.kind as event_kind,
    versions.name_en,
    versions.name_vi,
    versions.starts_on,
    versions.ends_on,
    versions.host_countries as host_country_codes_iso3,
    versions.outcomes,
    versions.window_days,
    versions.ends_on + versions.window_days as window_ends_on,
    histories.first_recorded_on,
    {{ edition_date('histories.first_received_at') }} as first_received_on,
    -- A date that was moved afterwards does not make a late registration an early one.
    histories.first_recorded_on < histories.earliest_starts_on
    and {{ edition_date('histories.first_received_at') }} < histories.earliest_starts_on
        as is_registered_before,
    histories.n_edits,
    histories.last_edited_on,
    versions.office,
    '{{ var("method_version") }}' as method_version
from versions
inner join histories on versions.event_code = histories.event_code
where versions.is_latest
