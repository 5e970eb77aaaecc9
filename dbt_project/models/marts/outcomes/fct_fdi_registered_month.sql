{{ config(meta={'public': true}) }}

with monthly as (

    select * from {{ ref('int_nso_fdi_decumulated') }}

),

pivoted as (

    select
        period_month as fdi_month,
        breakdown,
        unit_code,
        unit_kind,
        country_code_iso3 as partner_country_code_iso3,
        province_id,
        release_month as vintage_month,
        covered_from_date,
        cut_off_date,
        file_name as source_file_name,
        earlier_file_name as earlier_source_file_name,
        min(label) as unit_label,
        string_agg(place, '; ' order by place) as source_place,
        string_agg(earlier_place, '; ' order by earlier_place) as earlier_source_place,
        string_agg(correction_reason, '; ' order by place) as correction_reason,
        max(value_ytd) filter (where measure = 'projects') as projects_ytd,
        max(value_of_month) filter (where measure = 'projects') as projects_of_month,
        max(missing_reason) filter (where measure = 'projects') as projects_missing_reason,
        max(value_ytd) filter (where measure = 'new_capital_usd_million') * 1000000
            as new_capital_ytd,
        max(value_of_month) filter (where measure = 'new_capital_usd_million') * 1000000
            as new_capital_of_month,
        max(missing_reason) filter (where measure = 'new_capital_usd_million')
            as new_capital_missing_reason,
        max(value_ytd) filter (where measure = 'adjusted_capital_usd_million') * 1000000
            as adjusted_capital_ytd,
        max(value_of_month) filter (where measure = 'adjusted_capital_usd_million') * 1000000
            as adjusted_capital_of_month,
        max(missing_reason) filter (where measure = 'adjusted_capital_usd_million')
            as adjusted_capital_missing_reason
    from monthly
    group by
        period_month, breakdown, unit_code, unit_kind, country_code_iso3, province_id,
        release_month, covered_from_date, cut_off_date, file_name, earlier_file_name

)

select
    '{{ var("country_of_nso_and_fia") }}' as country_code_iso3,
    fdi_month,
    breakdown,
    unit_code,
    unit_kind,
    partner_country_code_iso3,
    province_id,
    unit_label,
    unit_kind = 'total' as is_total,
    unit_kind = 'other_group' as is_group,
    covered_from_date,
    cut_off_date,
    projects_ytd::integer as new_projects_ytd_count,
    projects_of_month::integer as new_projects_count,
    projects_of_month < 0 as is_new_projects_negative,
    case
        when projects_of_month is null then coalesce(projects_missing_reason, 'not_printed')
    end as new_projects_missing_reason,
    new_capital_ytd::double precision as new_capital_registered_ytd_usd,
    new_capital_of_month::double precision as new_capital_registered_usd,
    new_capital_of_month < 0 as is_new_capital_negative,
    case
        when new_capital_of_month is null then coalesce(new_capital_missing_reason, 'not_printed')
    end as new_capital_missing_reason,
    adjusted_capital_ytd::double precision as adjusted_capital_registered_ytd_usd,
    adjusted_capital_of_month::double precision as adjusted_capital_registered_usd,
    adjusted_capital_of_month < 0 as is_adjusted_capital_negative,
    case
        when adjusted_capital_of_month is null
            then coalesce(adjusted_capital_missing_reason, 'not_printed')
    end as adjusted_capital_missing_reason,
    vintage_month,
    correction_reason,
    source_file_name,
    source_place,
    earlier_source_file_name,
    earlier_source_place,
    '{{ var("method_version") }}' as method_version
from pivoted
