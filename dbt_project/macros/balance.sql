{#- Balance of the signals with at least this confidence, see docs block `balance`. Null: there are none. -#}
{% macro balance(min_confidence) -%}
    {%- set cooperation = 'count(*) filter (where min_confidence = ' ~ min_confidence ~ ' and quad_class in (1, 2))' -%}
    {%- set conflict = 'count(*) filter (where min_confidence = ' ~ min_confidence ~ ' and quad_class in (3, 4))' -%}
    case
        when count(*) filter (where min_confidence = {{ min_confidence }}) > 0
            then
                ({{ cooperation }} - {{ conflict }})::double precision
                / ({{ cooperation }} + {{ conflict }} + 10)
    end
{%- endmacro %}
