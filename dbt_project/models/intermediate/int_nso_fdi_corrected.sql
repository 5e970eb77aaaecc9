{%- set columns = {
    'label': 'text',
    'cut_off_date': 'date',
    'value_printed': 'double precision',
} -%}
with printed as (

    select * from {{ ref('stg_nso__fdi') }}

),

corrected as (

    select
        printed.file_name,
        printed.file_version,
        printed.sheet,
        printed.cell,
        printed.place,
        printed.received_at,
        printed.release_month,
        printed.period_month,
        printed.breakdown,
        printed.measure,
        {{ corrected_columns(columns) }},
        {{ correction_reason(columns) }} as correction_reason,
        {{ corrected_names(columns) }} as corrected_columns
    from printed
    left join
        lateral (
            {{ corrections_of('nso__fdi', columns) }}
        ) as corrections
        on true

)

select
    *,
    correction_reason is not null as is_corrected
from corrected
