{#- A count of `counted`, zero where nothing matched, null where no slot of the spine was received. -#}
{% macro count_if_received(column) -%}
    case when spine.slots_received > 0 then coalesce(counted.{{ column }}, 0) end
{%- endmacro %}
