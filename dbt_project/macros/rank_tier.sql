{#- Tier of a site's rank in a public list; unranked is a tier, not an error. -#}
{% macro rank_tier(site_rank) -%}
    case
        when {{ site_rank }} <= 5000 then 'R1'
        when {{ site_rank }} <= 50000 then 'R2'
        when {{ site_rank }} <= 500000 then 'R3'
        else 'R4'
    end
{%- endmacro %}
