with events as (

    select * from {{ ref('stg_registers__events') }}

),

versions as (

    {{ register_versions('events', ['event_code']) }}

),

fields as (

    select
        versions.event_code,
        versions.version_number,
        field.position,
        field.field_name,
        field.field_value
    from versions
    cross join lateral (
        values
        (1, 'kind', versions.kind),
        (2, 'name_en', versions.name_en),
        (3, 'name_vi', versions.name_vi),
        (4, 'starts_on', versions.starts_on::text),
        (5, 'ends_on', versions.ends_on::text),
        (6, 'host_countries', array_to_string(versions.host_countries, ' ')),
        (7, 'outcomes', array_to_string(versions.outcomes, ' ')),
        (8, 'window_days', versions.window_days::text),
        (9, 'is_withdrawn', case when versions.is_withdrawn then 'yes' else 'no' end)
    ) as field (position, field_name, field_value)

),

changes as (

    select
        newer.event_code,
        newer.version_number,
        string_agg(
            newer.field_name || ': ' || older.field_value || ' -> ' || newer.field_value,
            '; '
            order by newer.position
        ) as changes_text
    from fields as newer
    inner join fields as older
        on
            newer.event_code = older.event_code
            and newer.position = older.position
            and newer.version_number = older.version_number + 1
    where newer.field_value is distinct from older.field_value
    group by newer.event_code, newer.version_number

)

select
    versions.*,
    changes.changes_text
from versions
left join changes
    on
        versions.event_code = changes.event_code
        and versions.version_number = changes.version_number
