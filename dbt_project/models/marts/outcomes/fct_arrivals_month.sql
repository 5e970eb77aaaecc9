{{ config(meta={'public': true}) }}

with ordered as (

    select * from {{ ref('int_nso_arrivals_ordered') }}
    where is_published

)

select
    '{{ var("country_of_nso_and_fia") }}' as country_code_iso3,
    arrivals_month,
    market_code,
    transport_mode,
    market_kind,
    market_country_code_iso3,
    market_label,
    market_kind = 'total' as is_total,
    market_kind in ('continent', 'other_group') as is_group,
    arrivals_count::double precision as arrivals_count,
    status as arrivals_status,
    release_month as vintage_month,
    vintage_number::integer as n_vintages,
    earlier_arrivals_count::double precision as revised_from_count,
    (arrivals_count - earlier_arrivals_count)::double precision as revised_by_count,
    earlier_release_month as revised_from_vintage_month,
    correction_reason,
    file_name as source_file_name,
    source_place,
    '{{ var("method_version") }}' as method_version
from ordered
