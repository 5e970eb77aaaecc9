{#- Whether a month, by its first day, is one in which the border was closed to visitors. -#}
{% macro is_closed_border(month) -%}
    {{ month }} between date '{{ var("closed_border_from") }}' and date '{{ var("closed_border_to") }}'
{%- endmacro %}
