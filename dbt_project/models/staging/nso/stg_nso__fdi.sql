with source as (

    select * from {{ source('nso', 'nso__fdi') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        left(file_name, -13) as file_name,
        right(file_name, 12) as file_version,
        sheet,
        cell,
        sheet || '!' || cell as place,
        received_at,
        release_month,
        period_month,
        cut_off_date,
        breakdown,
        label,
        measure,
        value_printed
    from source

)

select * from renamed
