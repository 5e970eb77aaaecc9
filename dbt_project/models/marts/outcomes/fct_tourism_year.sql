{{ config(meta={'public': true}) }}

{%- set figures = {
    'trips_all': 'trips_un_tourism_count',
    'trips_overnight': 'overnight_trips_un_tourism_count',
    'trips_same_day': 'same_day_trips_un_tourism_count',
    'receipts_total': 'receipts_total_un_tourism_usd',
    'receipts_travel': 'receipts_travel_un_tourism_usd',
    'receipts_passenger_transport': 'receipts_passenger_transport_un_tourism_usd',
} %}
with figures as (

    select
        *,
        make_date(observation_year, 12, 31) as year_end_date,
        coalesce('trips_' || trips_kind, 'receipts_' || receipts_kind) as figure
    from {{ ref('stg_un_tourism__observations') }}
    where partner_area_name = 'World'

),

labels as (

    select * from {{ ref('int_statistical_labels') }}
    where breakdown = 'un_tourism_area' and kind = 'country'

),

-- A figure that a later edition leaves out keeps that of the edition before.
latest as (

    select distinct on (reporter_area_code, observation_year, figure) *
    from figures
    order by
        reporter_area_code asc, observation_year asc, figure asc,
        edition_month desc, received_at desc, file_name desc, line_number desc

),

mapped as (

    select
        labels.country_code_iso3,
        latest.observation_year::integer as tourism_year,
        latest.figure,
        coalesce(latest.trips_count, latest.receipts_usd)::double precision as amount,
        latest.edition_month,
        regexp_replace(latest.file_name, '@[0-9a-f]+$', '') as own_file_name
    from latest
    inner join labels
        on
            {{ label_key('latest.reporter_area_code') }} = labels.label_key
            and latest.year_end_date >= labels.valid_from
            and latest.year_end_date < labels.valid_to
    where latest.figure not like '%\_other'

)

select
    country_code_iso3,
    tourism_year,
    {%- for figure, column in figures.items() %}
        max(amount) filter (where figure = '{{ figure }}') as {{ column }},
        max(edition_month) filter (where figure = '{{ figure }}') as {{ column }}_vintage_month,
    {%- endfor %}
    string_agg(distinct own_file_name, '; ' order by own_file_name) as source_file_name,
    '{{ var("method_version") }}' as method_version
from mapped
group by country_code_iso3, tourism_year
