with source as (

    select * from {{ source('fia', 'fia__registered') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        left(file_name, -13) as file_name,
        right(file_name, 12) as file_version,
        'line ' || line_number as place,
        received_at,
        language_code_iso639_3,
        breakdown,
        is_total,
        label,
        registered_year,
        case when registered_year >= 2016 then 'with_share_purchases' else 'new_and_adjusted' end
            as definition,
        new_projects,
        new_capital_usd_million,
        adjusted_projects,
        adjusted_capital_usd_million,
        share_purchases,
        share_purchase_capital_usd_million
    from source

)

select * from renamed
