with source as (

    select * from {{ source('nso', 'nso__visitors') }}
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
        period_kind,
        status,
        measure,
        breakdown,
        group_label,
        label,
        value_printed,
        unit_printed,
        unit_evidence,
        arrivals_count
    from source

)

select * from renamed
