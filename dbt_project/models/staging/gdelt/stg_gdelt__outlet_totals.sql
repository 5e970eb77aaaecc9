with source as (

    select * from {{ source('gdelt', 'gdelt__outlet_totals') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        slot_at,
        {{ utc_date('slot_at') }} as slot_date,
        stream,
        outlet_domain,
        nullif(principal_country_code_fips, 'none') as principal_country_code_fips,
        documents,
        documents_80_words,
        words,
        tone_sum,
        tone_square_sum
    from source

)

select * from renamed
