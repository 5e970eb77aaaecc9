{{ config(meta={'public': true}) }}

with training as (

    select * from {{ ref('stg_registers__training') }}

),

versions as (

    {{ register_versions('training', ['session_code', 'unit_code']) }}

),

registered_units as (

    select * from {{ ref('stg_registers__units') }}

),

unit_versions as (

    {{ register_versions('registered_units', ['unit_code']) }}

),

provinces as (

    select * from {{ ref('provinces') }}

),

units as (

    select
        unit_code,
        unit_kind,
        name_en,
        name_vi
    from unit_versions
    where is_latest
    union all
    select
        province_id as unit_code,
        'province' as unit_kind,
        province_name_en as name_en,
        province_name_vi as name_vi
    from provinces

),

sessions as (

    select
        coalesce(unit_code, 'not_stated') as unit_code,
        extract(year from held_on)::integer as training_year,
        session_code,
        n_participants,
        recorded_on
    from versions
    where is_latest

),

counted as (

    select
        unit_code,
        training_year,
        count(*)::integer as n_sessions,
        count(n_participants)::integer as n_sessions_with_participants,
        sum(n_participants)::integer as n_participants,
        max(recorded_on) as last_recorded_on
    from sessions
    group by unit_code, training_year

)

select
    counted.unit_code,
    counted.training_year,
    units.unit_kind,
    units.name_en as unit_name_en,
    units.name_vi as unit_name_vi,
    counted.n_sessions,
    counted.n_sessions_with_participants,
    counted.n_participants,
    counted.last_recorded_on,
    '{{ var("method_version") }}' as method_version
from counted
left join units on counted.unit_code = units.unit_code
