with source as (

    select * from {{ source('reading', 'document_titles') }}

),

unnested as (

    select distinct
        source.record_id,
        source.slot_at,
        named.country_code_iso3
    from source
    cross join lateral unnest(source.named_country_codes_iso3) as named (country_code_iso3)

)

select * from unnested
