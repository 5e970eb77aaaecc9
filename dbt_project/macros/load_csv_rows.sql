{#-
    How a seed's rows are inserted, in place of dbt's own macro: that one calls a macro for the placeholder
    of every cell, which made the seeds the longest part of a first build.
-#}
{% macro postgres__load_csv_rows(model, agate_table) -%}
    {%- set columns = get_seed_column_quoted_csv(model, agate_table.column_names) -%}
    {%- set placeholders = '(' ~ (['%s'] * agate_table.column_names | length) | join(', ') ~ ')' -%}
    {%- set statements = [] -%}
    {%- for rows in agate_table.rows | batch(get_batch_size()) -%}
        {%- set bindings = [] -%}
        {%- for row in rows -%}
            {%- do bindings.extend(row) -%}
        {%- endfor -%}
        {%- set statement -%}
            insert into {{ this.render() }} ({{ columns }})
            values {{ ([placeholders] * rows | length) | join(', ') }}
        {%- endset -%}
        {%- do adapter.add_query(statement, bindings=bindings, abridge_sql_log=True) -%}
        {%- do statements.append(statement) -%}
    {%- endfor -%}
    {{ return(statements[0]) }}
{%- endmacro %}
