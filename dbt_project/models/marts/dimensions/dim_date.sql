{{ config(meta={'public': true}) }}

with files as (

    select * from {{ ref('stg_ops__source_files') }}

),

range as (

    select
        min(slot_at) as first_slot_at,
        max(slot_at) as last_slot_at
    from files

),

days as (

    select (range.first_slot_at at time zone 'UTC')::date + series.n as date_day
    from range
    cross join
        generate_series(
            0,
            (range.last_slot_at at time zone 'UTC')::date
            - (range.first_slot_at at time zone 'UTC')::date
        ) as series (n)

),

described as (

    select
        date_day,
        extract(isoyear from date_day)::integer as iso_year,
        extract(week from date_day)::integer as iso_week,
        date_trunc('week', date_day::timestamp)::date as week_start_date,
        date_trunc('month', date_day::timestamp)::date as month_start_date,
        extract(isodow from date_day)::integer as iso_day_of_week
    from days

)

select * from described
