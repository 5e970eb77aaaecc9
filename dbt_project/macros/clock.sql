{#- The one clock: the instant of the build, or the warehouse's own while nothing is built. -#}
{% macro as_of() -%}
    {%- if var('as_of') -%}
        timestamptz '{{ var("as_of") }}'
    {%- else -%}
        coalesce(
            (select as_of_at from ops.builds where status = 'running' order by build_id desc limit 1),
            ops.as_of()
        )
    {%- endif -%}
{%- endmacro %}

{#- The build whose claim is built: the given one, or the one that is running. -#}
{% macro build_id() -%}
    {%- if var('build_id') | int -%}
        {{ var('build_id') | int }}
    {%- else -%}
        (select max(build_id) from ops.builds where status = 'running')
    {%- endif -%}
{%- endmacro %}

{#- Freshness asks dbt's own clock: it is this one too. -#}
{% macro postgres__current_timestamp() -%}
    {{ as_of() }}
{%- endmacro %}

{#- The UTC day of an instant, whatever the session's time zone. -#}
{% macro utc_date(instant) -%}
    ({{ instant }} at time zone 'UTC')::date
{%- endmacro %}

{#- The day of an instant where the editions are made, which is the day that offices write. -#}
{% macro edition_date(instant) -%}
    ({{ instant }} at time zone '{{ env_var("TIENGVANG_EDITION_TIME_ZONE", "Asia/Ho_Chi_Minh") }}')::date
{%- endmacro %}
