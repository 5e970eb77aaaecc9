with checks as (

    select * from {{ ref('stg_nso__checks') }}

),

failed as (

    select
        release_month,
        file_name,
        file_version,
        table_name,
        place,
        check_name,
        measure,
        period_month,
        period_kind,
        expected,
        found,
        found - expected as difference,
        tolerance
    from checks
    where not is_ok

)

select * from failed
