{#-
    Reach: a story's documents lie on its first day and the three after it; its baseline goes back 52
    weeks from the week of its first day.
-#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['first_date']}],
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'first_date', 'days_before': 6, 'days_after': 363},
) }}

with stories as (

    select * from {{ ref('mart_story_week') }}
    where series = 'foreign' and {{ is_rebuilt('first_date', is_instant=false) }}

),

documents as (

    select * from {{ ref('fct_document_country') }}
    where is_eligible

),

screened as (

    select * from {{ ref('int_documents_screened') }}
    where tone is not null

),

baseline_weeks as (

    select * from {{ ref('int_outlet_baseline_weeks') }}

),

-- Documents of a story in one outlet family, each text once.
texts as (

    select distinct on (
        documents.country_code_iso3, documents.story_id, documents.outlet_family, screened.tone_key
    )
        stories.country_code_iso3,
        stories.story_id,
        stories.first_date,
        stories.week_start_date,
        documents.source_country_code_iso3,
        documents.stream,
        documents.outlet_family,
        documents.outlet_domain,
        screened.tone
    from stories
    inner join documents
        on
            stories.country_code_iso3 = documents.country_code_iso3
            and stories.story_id = documents.story_id
    inner join screened
        on
            documents.record_id = screened.record_id
            and documents.country_code_iso3 = screened.country_code_iso3
    order by
        documents.country_code_iso3, documents.story_id, documents.outlet_family, screened.tone_key,
        documents.slot_at, documents.record_id

),

units as (

    select
        country_code_iso3,
        story_id,
        first_date,
        week_start_date,
        source_country_code_iso3,
        stream,
        outlet_family,
        min(outlet_domain) as outlet_domain,
        percentile_cont(0.5) within group (order by tone) as tone_median
    from texts
    group by
        country_code_iso3, story_id, first_date, week_start_date, source_country_code_iso3, stream,
        outlet_family

),

needed as (

    select distinct
        outlet_domain,
        stream,
        source_country_code_iso3,
        country_code_iso3,
        week_start_date
    from units

),

own_baselines as (

    select
        needed.outlet_domain,
        needed.stream,
        needed.country_code_iso3,
        needed.week_start_date,
        sum(weeks.documents_80_words) as n,
        sum(weeks.tone_sum::numeric) as tone_sum,
        sum(weeks.tone_square_sum::numeric) as tone_square_sum
    from needed
    inner join baseline_weeks as weeks
        on
            needed.outlet_domain = weeks.outlet_domain
            and needed.stream = weeks.stream
            and weeks.week_start_date
            between needed.week_start_date - 357 and needed.week_start_date
            and weeks.principal_class not in ('home', needed.country_code_iso3)
    group by
        needed.outlet_domain, needed.stream, needed.country_code_iso3, needed.week_start_date
    having sum(weeks.documents_80_words) >= {{ var('min_baseline_documents') }}

),

needed_hosts as (

    select distinct
        source_country_code_iso3,
        stream,
        country_code_iso3,
        week_start_date
    from needed

),

host_weeks as (

    select
        source_country_code_iso3,
        stream,
        principal_class,
        week_start_date,
        sum(documents_80_words) as documents_80_words,
        sum(tone_sum::numeric) as tone_sum,
        sum(tone_square_sum::numeric) as tone_square_sum
    from baseline_weeks
    where
        week_start_date
        >= (select min(needed_hosts.week_start_date) - 357 from needed_hosts)
        and principal_class <> 'home'
    group by source_country_code_iso3, stream, principal_class, week_start_date

),

host_baselines as (

    select
        needed_hosts.source_country_code_iso3,
        needed_hosts.stream,
        needed_hosts.country_code_iso3,
        needed_hosts.week_start_date,
        sum(weeks.documents_80_words) as n,
        sum(weeks.tone_sum) as tone_sum,
        sum(weeks.tone_square_sum) as tone_square_sum
    from needed_hosts
    inner join host_weeks as weeks
        on
            needed_hosts.source_country_code_iso3 = weeks.source_country_code_iso3
            and needed_hosts.stream = weeks.stream
            and weeks.week_start_date
            between needed_hosts.week_start_date - 357 and needed_hosts.week_start_date
            and needed_hosts.country_code_iso3 <> weeks.principal_class
    group by
        needed_hosts.source_country_code_iso3, needed_hosts.stream,
        needed_hosts.country_code_iso3, needed_hosts.week_start_date

),

chosen as (

    select
        units.country_code_iso3,
        units.story_id,
        units.first_date,
        units.source_country_code_iso3,
        units.stream,
        units.outlet_family,
        units.tone_median,
        case when own.n is not null then 'outlet' else 'host' end as baseline,
        coalesce(own.n, host.n) as n,
        case when own.n is not null then own.tone_sum else host.tone_sum end as tone_sum,
        case when own.n is not null then own.tone_square_sum else host.tone_square_sum end
            as tone_square_sum
    from units
    left join own_baselines as own
        on
            units.outlet_domain = own.outlet_domain
            and units.stream = own.stream
            and units.country_code_iso3 = own.country_code_iso3
            and units.week_start_date = own.week_start_date
    left join host_baselines as host
        on
            units.source_country_code_iso3 = host.source_country_code_iso3
            and units.stream = host.stream
            and units.country_code_iso3 = host.country_code_iso3
            and units.week_start_date = host.week_start_date

),

moments as (

    select
        *,
        tone_sum / n as tone_mean,
        (tone_square_sum - tone_sum * tone_sum / n) / (n - 1) as tone_variance
    from chosen
    where n >= {{ var('min_baseline_documents') }}

)

-- A family without any baseline, its host's included, has no z: absence, not zero.
select
    country_code_iso3,
    story_id,
    first_date,
    source_country_code_iso3,
    case when stream = 'english' then 'native' else 'translated' end as stratum,
    outlet_family,
    baseline,
    (tone_median - tone_mean::double precision) / sqrt(tone_variance::double precision) as z
from moments
where tone_variance > 0
