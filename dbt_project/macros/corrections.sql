{#-
    Corrections of printed values, see seed `corrections`. A model has its rows in a CTE `printed`, which
    has `file_name`, left-joins laterally corrections_of(...) as `corrections`, and selects
    corrected_columns(...), correction_reason(...) and corrected_names(...), each of which takes the
    columns that can be corrected with their types.
-#}

{#- Condition: the correction is about this printed row, and in its time. -#}
{% macro is_about(correction, printed, source_table) -%}
    (
        {{ correction }}.source_table = '{{ source_table }}'
        and {{ correction }}.file_name = {{ printed }}.file_name
        and to_jsonb({{ printed }}) @> {{ correction }}.row_key::jsonb
        and coalesce({{ correction }}.valid_until, 'infinity') > {{ utc_date(as_of()) }}
    )
{%- endmacro %}

{#- One row: what each column of the printed row is expected to hold, and shall hold. -#}
{% macro corrections_of(source_table, columns) %}
            select
                {%- for column in columns %}
                bool_or(column_name = '{{ column }}') as has_{{ column }},
                max(expected_value) filter (where column_name = '{{ column }}') as expected_{{ column }},
                max(new_value) filter (where column_name = '{{ column }}') as new_{{ column }},
                max(reason) filter (where column_name = '{{ column }}') as reason_{{ column }}{{ ',' if not loop.last }}
                {%- endfor %}
            from {{ ref('corrections') }} as listed
            where {{ is_about('listed', 'printed', source_table) }}
{%- endmacro %}

{#- Condition: the row is corrected in this column, and still holds what the correction expects. -#}
{% macro is_corrected_in(column, type) -%}
    (
        corrections.has_{{ column }}
        and printed.{{ column }} is not distinct from corrections.expected_{{ column }}::{{ type }}
    )
{%- endmacro %}

{#- The columns, corrected. -#}
{% macro corrected_columns(columns) -%}
    {%- for column, type in columns.items() -%}
        case
            when {{ is_corrected_in(column, type) }} then corrections.new_{{ column }}::{{ type }}
            else printed.{{ column }}
        end as {{ column }}{{ ',' if not loop.last }}
    {% endfor -%}
{%- endmacro %}

{#- Why the row is not as printed; null: it is. -#}
{% macro correction_reason(columns) -%}
    nullif(
        concat_ws(
            '; '
            {%- for column, type in columns.items() %},
            case when {{ is_corrected_in(column, type) }} then corrections.reason_{{ column }} end
            {%- endfor %}
        ),
        ''
    )
{%- endmacro %}

{#- Names of the columns that are not as printed, parted by commas; null: all are. -#}
{% macro corrected_names(columns) -%}
    nullif(
        concat_ws(
            ', '
            {%- for column, type in columns.items() %},
            case when {{ is_corrected_in(column, type) }} then '{{ column }}' end
            {%- endfor %}
        ),
        ''
    )
{%- endmacro %}
