{#-
    The versions of what a register says. `rows` is a CTE with the columns of a stg_registers model as it
    is, `key_columns` name what a statement is about. Its columns, and besides

    version_number: 1 for the first statement about the key, in the order of (recorded_on, received_at,
        file_name);
    superseded_on: the recorded_on of the next version, null while it is in force. What was known on a day:
        recorded_on <= day and (superseded_on is null or superseded_on > day). A version that was
        replaced on the day of its own recording was never in force: its superseded_on is that day;
    is_latest: no later version is there, and it does not withdraw the statement.

    A version that withdraws (is_withdrawn) ends the one before it and says nothing itself: who asks what
    was known on a day leaves it out.

    A file repeats what earlier ones said: the same statement of the same day, delivered again, is no
    version of its own; what stays is its first delivery, with the instant at which that was received.
-#}
{% macro register_versions(rows, key_columns) -%}
{%- set delivery = ['file_name', 'file_version', 'row_number', 'office', 'template_version', 'received_at'] -%}
    select
        (told.statement).*,
        row_number() over version as version_number,
        lead((told.statement).recorded_on) over version as superseded_on,
        lead((told.statement).recorded_on) over version is null
        and (told.statement).is_withdrawn is not true as is_latest
    from (
        select
            {{ rows }} as statement,
            to_jsonb({{ rows }}) - array['{{ delivery | join("', '") }}'] as said,
            lag(to_jsonb({{ rows }}) - array['{{ delivery | join("', '") }}']) over (
                partition by {{ key_columns | join(', ') }}
                order by recorded_on, received_at, file_name, file_version, row_number
            ) as said_before
        from {{ rows }}
    ) as told
    where told.said is distinct from told.said_before
    window version as (
        partition by
            {%- for column in key_columns %} (told.statement).{{ column }}{{ ',' if not loop.last }}{% endfor %}
        order by
            (told.statement).recorded_on,
            (told.statement).received_at,
            (told.statement).file_name,
            (told.statement).file_version,
            (told.statement).row_number
    )
{%- endmacro %}
