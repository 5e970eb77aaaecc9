{%- set columns = {
    'label': 'text',
    'period_month': 'date',
    'value_printed': 'double precision',
    'arrivals_count': 'double precision',
} -%}
with printed as (

    select * from {{ ref('stg_nso__visitors') }}

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
        printed.period_kind,
        printed.status,
        printed.measure,
        printed.breakdown,
        printed.group_label,
        {{ corrected_columns(columns) }},
        {{ correction_reason(columns) }} as correction_reason,
        {{ corrected_names(columns) }} as corrected_columns
    from printed
    left join
        lateral (
            {{ corrections_of('nso__visitors', columns) }}
        ) as corrections
        on true

)

select
    *,
    correction_reason is not null as is_corrected
from corrected
