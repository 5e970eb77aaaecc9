with source as (

    select * from {{ source('un_tourism', 'un_tourism__observations') }}
    where {{ from_passed_loads() }}

),

measured as (

    select
        *,
        value * unit_multiplier as amount,
        indicator_code like 'INBD\_TRIP\_%' as is_trips
    from source

),

renamed as (

    select
        file_name,
        line_number,
        received_at,
        indicator_code,
        reporter_area_code,
        reporter_area_name,
        partner_area_name,
        observation_year,
        case when is_trips then amount end as trips_count,
        case when not is_trips then amount end as receipts_usd,
        case
            when is_trips then null
            when indicator_code like '%\_TOTL\_VSTR' then 'total'
            when indicator_code like '%\_TRVL\_VSTR' then 'travel'
            when indicator_code like '%\_PSTR\_VSTR' then 'passenger_transport'
            else 'other'
        end as receipts_kind
    from measured

)

select * from renamed
