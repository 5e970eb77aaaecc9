{#-
    Schemas have their own names: no prefix of the target's schema. For the target `bi` the marts are the
    public ones, which its login may read: what a semantic layer then asks is what was published.
-#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- set name = (custom_schema_name or target.schema) | trim -%}
    {{ 'marts' if target.name == 'bi' and name == 'warehouse' else name }}
{%- endmacro %}
