with source as (

    select * from {{ source('un_tourism', 'un_tourism__observations') }}
    where {{ from_passed_loads() }}

),

measured as (

    select
        *,
        value * unit_multiplier as amount,
        indicator_code like 'INBD\_TRIP\_%' as is_trips,
        to_date(
            substring(file_name from '_((?:0[1-9]|1[0-2])_20[0-9]{2})[._]'), 'MM_YYYY'
        ) as named_month
    from source

),

renamed as (

    select
        file_name,
        line_number,
        member_name,
        received_at,
        coalesce(
            named_month, date_trunc('month', {{ utc_date('received_at') }})::date
        ) as edition_month,
        indicator_code,
        reporter_area_code,
        reporter_area_name,
        partner_area_name,
        observation_year,
        case when is_trips then amount end as trips_count,
        case
            when not is_trips then null
            when indicator_code = 'INBD_TRIP_TOTL_TOTL_VSTR' then 'all'
            when indicator_code = 'INBD_TRIP_TOTL_TOTL_TOUR' then 'overnight'
            when indicator_code = 'INBD_TRIP_TOTL_TOTL_EXCR' then 'same_day'
            else 'other'
        end as trips_kind,
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
