{{ config(meta={'public': true}) }}

with awards as (

    select * from {{ ref('stg_registers__awards') }}

),

versions as (

    {{ register_versions('awards', ['award_code', 'edition_number']) }}

),

counted as (

    select
        *,
        min(recorded_on) over edition as first_recorded_on,
        count(*) over edition as n_versions
    from versions
    window edition as (partition by award_code, edition_number)

)

select
    award_code,
    edition_number,
    name_en,
    name_vi,
    held_on,
    n_works,
    n_languages,
    n_prizes,
    first_recorded_on,
    recorded_on,
    n_versions::integer as n_versions,
    office,
    '{{ var("method_version") }}' as method_version
from counted
where is_latest
