with source as (

    select * from {{ source('nso', 'nso__checks') }}
    where {{ from_passed_loads() }}

),

renamed as (

    select
        left(file_name, -13) as file_name,
        right(file_name, 12) as file_version,
        table_name,
        sheet,
        cell,
        sheet || '!' || cell as place,
        received_at,
        release_month,
        check_name,
        measure,
        period_month,
        period_kind,
        expected,
        found,
        tolerance,
        is_ok
    from source

)

select * from renamed
