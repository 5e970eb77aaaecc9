with source as (

    select * from {{ source('gdelt', 'gdelt__outlet_country_totals') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        slot_at,
        {{ utc_date('slot_at') }} as slot_date,
        stream,
        outlet_domain,
        country_code_fips,
        salient_documents
    from source

)

select * from renamed
