with labels as (

    select
        breakdown,
        {{ label_key('label') }} as label_key,
        kind,
        country_code_iso3,
        province_id,
        group_code,
        coalesce(valid_from, '-infinity') as valid_from,
        coalesce(valid_to, 'infinity') as valid_to
    from {{ ref('statistical_labels') }}

)

-- Spellings that differ in case, spaces or hyphens are one.
select distinct * from labels
