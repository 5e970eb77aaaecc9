{#-
    Condition on a row of a CTE that says what was known on a day, `known_on`: it is the first of its key, or
    says something else than the one before.
-#}
{% macro is_news(rows, key_columns) -%}
    coalesce(
        to_jsonb({{ rows }}) - 'known_on'
        <> lag(to_jsonb({{ rows }}) - 'known_on') over (
            partition by {{ key_columns | join(', ') }} order by known_on
        ),
        true
    )
{%- endmacro %}
