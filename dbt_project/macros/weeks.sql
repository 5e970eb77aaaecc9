{#- Monday of a day's ISO week. -#}
{% macro week_start(day) -%}
    date_trunc('week', {{ day }})::date
{%- endmacro %}

{#- The last day that is over at the build's instant: measures of windows end no later. -#}
{% macro last_complete_day() -%}
    ({{ utc_date(as_of()) }} - 1)
{%- endmacro %}
