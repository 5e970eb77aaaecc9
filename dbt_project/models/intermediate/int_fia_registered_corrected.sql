{%- set columns = {
    'label': 'text',
    'registered_year': 'smallint',
    'new_projects': 'integer',
    'new_capital_usd_million': 'numeric',
    'adjusted_projects': 'integer',
    'adjusted_capital_usd_million': 'numeric',
    'share_purchases': 'integer',
    'share_purchase_capital_usd_million': 'numeric',
} -%}
with printed as (

    select * from {{ ref('stg_fia__registered') }}

),

corrected as (

    select
        printed.file_name,
        printed.file_version,
        printed.place,
        printed.received_at,
        printed.language_code_iso639_3,
        printed.breakdown,
        printed.is_total,
        printed.definition,
        {{ corrected_columns(columns) }},
        {{ correction_reason(columns) }} as correction_reason,
        {{ corrected_names(columns) }} as corrected_columns
    from printed
    left join
        lateral (
            {{ corrections_of('fia__registered', columns) }}
        ) as corrections
        on true

)

select
    *,
    correction_reason is not null as is_corrected
from corrected
