{#-
    Only loads that passed door one exist for the warehouse; a quarantined one is missing. Written as
    an exclusion, which the planner takes for half of the rows: a semi-join with the few, never
    analysed rows of ops.loads is taken for next to none, and what follows for nested loops.

    While a build runs, a load that passed after its claim does not exist either: every model is a
    transaction of its own, and a later one would count slots of which an earlier one saw no document.
    What tells it is the claim itself, an open day of the load that is not the build's: an instant could
    lie on either side of the claim. Without a running build every load that passed is read.
-#}
{% macro from_passed_loads() -%}
    load_id not in (
        select loads.load_id
        from {{ source('ops', 'loads') }} as loads
        where loads.status <> 'passed'
        union all
        select changed.load_id
        from {{ source('ops', 'changed_days') }} as changed
        inner join ops.builds as running
            on changed.build_id is distinct from running.build_id
        where
            running.build_id = {{ build_id() }}
            and running.status = 'running'
            and changed.load_id is not null
            and not changed.is_done
    )
{%- endmacro %}
