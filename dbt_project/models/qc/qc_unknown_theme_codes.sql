with themes as (

    select * from {{ ref('stg_gdelt__document_themes') }}

),

theme_map as (

    select * from {{ ref('theme_map') }}

),

left_out as (

    select * from {{ ref('theme_map_left_out') }}

),

counted as (

    select
        themes.theme_code,
        count(*)::integer as n_documents,
        min(themes.slot_at) as first_seen_at,
        max(themes.slot_at) as last_seen_at
    from themes
    left join theme_map on themes.theme_code = theme_map.theme_code
    where theme_map.theme_code is null
    group by themes.theme_code

)

select
    counted.theme_code,
    counted.n_documents,
    counted.first_seen_at,
    counted.last_seen_at,
    min(left_out.reason) as left_out_reason
from counted
left join left_out on counted.theme_code ~ left_out.code_pattern
group by
    counted.theme_code, counted.n_documents, counted.first_seen_at, counted.last_seen_at
