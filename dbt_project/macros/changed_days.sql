{#-
    What to rebuild. A build claims rows of ops.changed_days under its build id before dbt starts.
    A claimed day D affects the partitions D - days_before .. D + days_after of a model; the reach is
    in the model's meta, where publication reads it as well.
-#}

{#- Subquery: the distinct days whose partitions the claim affects, in column `day`. -#}
{% macro changed_days(days_before=0, days_after=0) -%}
    (
        select distinct claimed.day + reach.days as day
        from {{ source('ops', 'changed_days') }} as claimed
        cross join generate_series(-{{ days_before }}, {{ days_after }}) as reach (days)
        where claimed.build_id = {{ build_id() }} and not claimed.is_done
    )
{%- endmacro %}

{#- The reach of the model being built: none where it does not say. -#}
{% macro model_reach() -%}
    {%- set meta = config.get('meta') or {} -%}
    {{ return({
        'column': meta.get('partition_column'),
        'before': meta.get('days_before', 0),
        'after': meta.get('days_after', 0),
    }) }}
{%- endmacro %}

{#-
    The affected days as half-open ranges [first day, day after the last]. They are read once and
    written as constants, because constants reach an index through views that aggregate.
-#}
{% macro changed_ranges(days_before=0, days_after=0) -%}
    {%- set query -%}
        select min(day)::text as first_day, (max(day) + 1)::text as end_day
        from (
            select day, day - row_number() over (order by day)::integer as island
            from {{ changed_days(days_before, days_after) }} as days
        ) as islands
        group by island
        order by 1
    {%- endset -%}
    {%- set ranges = [] -%}
    {%- if execute -%}
        {%- for row in run_query(query).rows -%}
            {%- do ranges.append((row[0], row[1])) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(ranges) }}
{%- endmacro %}

{#-
    Condition on a date or instant column: its UTC day is rebuilt now. In a first build or a full
    refresh every day is.
-#}
{% macro is_rebuilt(column, is_instant=true) -%}
    {%- if is_incremental() -%}
        {%- set reach = model_reach() -%}
        {{ in_ranges(column, changed_ranges(reach.before, reach.after), is_instant) }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{#-
    Condition on a day or instant column of what a rebuilt partition is made from, where that lies up to so
    many days before and after it: it keeps the cost with what changed, not with the history.
-#}
{% macro is_read(column, days_before=0, days_after=0, is_instant=false) -%}
    {%- if is_incremental() -%}
        {%- set reach = model_reach() -%}
        {{ in_ranges(
            column, changed_ranges(reach.before + days_before, reach.after + days_after), is_instant
        ) }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{#-
    Pre-hook of a model that joins what it has grouped before: of groups by several columns the planner expects
    one row, and would compare all pairs.
-#}
{% macro join_by_hash() -%}
    set local enable_nestloop = off;
    set local enable_mergejoin = off
{%- endmacro %}

{% macro in_ranges(column, ranges, is_instant) -%}
    {%- set type, suffix = ('timestamptz', ' 00:00:00+00') if is_instant else ('date', '') -%}
    (
        false
        {%- for first, end in ranges %}
        or ({{ column }} >= {{ type }} '{{ first }}{{ suffix }}'
            and {{ column }} < {{ type }} '{{ end }}{{ suffix }}')
        {%- endfor %}
    )
{%- endmacro %}

{#- Pre-hook of every model: empty the partitions that the same transaction then fills. -#}
{% macro delete_changed_days() -%}
    {%- if execute and is_incremental() and model_reach().column -%}
        {%- set reach = model_reach() -%}
        delete from {{ this }}
        where {{ in_ranges(reach.column, changed_ranges(reach.before, reach.after), false) }}
    {%- endif -%}
{%- endmacro %}

{#-
    Condition on a test's rows of a partitioned model: their day is one that the build changed, by the
    model's own reach, so that a test costs what changed as the build does. `wider_before` and
    `wider_after` are more days around. Without a claim (a run by hand) and in a full refresh every
    row is looked at.
-#}
{% macro in_changed_days(model_name, wider_before=0, wider_after=0, column=none) -%}
    {%- if not execute or flags.FULL_REFRESH -%}
        {{ return('true') }}
    {%- endif -%}
    {%- set meta = graph.nodes['model.' ~ project_name ~ '.' ~ model_name].config.meta -%}
    {%- set ranges = changed_ranges(
        meta.days_before + wider_before, meta.days_after + wider_after
    ) -%}
    {{ return(in_ranges(column or meta.partition_column, ranges, false) if ranges else 'true') }}
{%- endmacro %}

{#- A generic test looks at what the build changed with `where: __changed_days__(column)`. -#}
{% macro get_where_subquery(relation) -%}
    {%- set where = config.get('where', '') -%}
    {%- if not where -%}
        {{ return(relation) }}
    {%- endif -%}
    {%- set column = modules.re.match('^__changed_days__\\((\\w+)\\)$', where) -%}
    {%- if column -%}
        {%- set where = in_changed_days(relation.identifier, column=column.group(1)) -%}
    {%- endif -%}
    {{ return('(select * from ' ~ relation ~ ' where ' ~ where ~ ') as dbt_subquery') }}
{%- endmacro %}
