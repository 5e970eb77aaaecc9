{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['week_start_date']}],
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'week_start_date', 'days_before': 6, 'days_after': 27},
) }}

with weeks as (

    select * from {{ ref('int_weeks') }}
    where {{ is_rebuilt('week_start_date', is_instant=false) }}

),

outlet_days as (

    select * from {{ ref('fct_outlet_day') }}
    where {{ is_read('coverage_date', days_before=27, days_after=6) }}

),

outlets as (

    select * from {{ ref('int_outlets_resolved') }}
    where country_code_iso3 is not null

),

mirrors as (

    select * from {{ ref('stg_grouping__outlet_mirrors') }}

),

audits as (

    select * from {{ ref('int_language_audits') }}

),

suppressed as (

    select distinct
        weeks.week_start_date,
        audits.language_code_iso639_3
    from weeks
    inner join audits
        on
            weeks.window_end_date >= audits.valid_from
            and weeks.window_start_date < audits.valid_to
    where audits.is_under

),

-- Nothing is read where nothing is suppressed, which is the rule.
documents as (

    select * from {{ ref('fct_document_country') }}
    where
        exists (select from suppressed)
        and {{ is_read('slot_date', days_before=27, days_after=6) }}

),

-- Whether most of what a family, or all of its host, writes about the watched countries is in a
-- language that an audit suppressed: that is not counted, so a rate is not known, and is not zero.
languages as (

    select
        weeks.week_start_date,
        documents.source_country_code_iso3,
        documents.stream,
        documents.outlet_family,
        count(suppressed.language_code_iso639_3) * 2 > count(*) as is_suppressed
    from weeks
    inner join documents
        on documents.slot_date between weeks.window_start_date and weeks.window_end_date
    left join suppressed
        on
            weeks.week_start_date = suppressed.week_start_date
            and documents.language_code_iso639_3 = suppressed.language_code_iso639_3
    group by
        weeks.week_start_date,
        documents.source_country_code_iso3,
        documents.stream,
        grouping sets ((documents.outlet_family), ())

),

-- A family's documents: those of all its domains, each by the family of the day.
summed as (

    select
        weeks.week_start_date,
        outlets.country_code_iso3 as source_country_code_iso3,
        outlet_days.stream,
        coalesce(outlets.outlet_group, mirrors.outlet_family, outlets.registered_domain)
            as outlet_family,
        sum(outlet_days.documents)::bigint as n_all_documents
    from weeks
    inner join outlet_days
        on outlet_days.coverage_date between weeks.window_start_date and weeks.window_end_date
    inner join outlets on outlet_days.outlet_domain = outlets.outlet_domain
    left join mirrors
        on
            outlets.registered_domain = mirrors.registered_domain
            and outlet_days.coverage_date = mirrors.family_date
    group by
        weeks.week_start_date,
        outlets.country_code_iso3,
        outlet_days.stream,
        coalesce(outlets.outlet_group, mirrors.outlet_family, outlets.registered_domain)

),

-- Rows of one key side by side and not joined: of such groups the planner expects a single one.
gathered as (

    select
        week_start_date,
        source_country_code_iso3,
        stream,
        outlet_family,
        n_all_documents,
        null::boolean as is_suppressed
    from summed
    union all
    select
        week_start_date,
        source_country_code_iso3,
        stream,
        outlet_family,
        null::bigint as n_all_documents,
        is_suppressed
    from languages

),

families as (

    select
        week_start_date,
        source_country_code_iso3,
        stream,
        outlet_family,
        max(n_all_documents) as n_all_documents,
        bool_or(is_suppressed) as is_suppressed
    from gathered
    group by week_start_date, source_country_code_iso3, stream, outlet_family

),

judged as (

    select
        *,
        -- a family of which nothing else is known is taken for one of its host's
        coalesce(
            is_suppressed,
            bool_or(is_suppressed) filter (where outlet_family is null)
                over (partition by week_start_date, source_country_code_iso3, stream),
            false
        ) as is_left_out
    from families

)

select
    week_start_date,
    source_country_code_iso3,
    stream,
    outlet_family,
    n_all_documents
from judged
where
    outlet_family is not null
    and n_all_documents >= {{ var('min_outlet_documents') }}
    and not is_left_out
