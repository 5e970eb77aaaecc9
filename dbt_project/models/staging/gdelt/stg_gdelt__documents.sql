with source as (

    select * from {{ source('gdelt', 'gdelt__documents') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        record_id,
        slot_at,
        {{ utc_date('slot_at') }} as slot_date,
        stream,
        outlet_domain,
        url,
        title,
        language_code_iso639_3,
        tone,
        word_count
    from source

)

select * from renamed
