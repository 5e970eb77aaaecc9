{#-
    Reach: a story's documents lie on its first day and the three after it; its baseline goes back 52
    weeks from the week of its first day.
-#}
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    indexes=[{'columns': ['first_date']}],
    pre_hook='{{ join_by_hash() }}',
    post_hook='analyze {{ this }}',
    meta={'partition_column': 'first_date', 'days_before': 6, 'days_after': 363},
) }}

with stories as (

    select * from {{ ref('mart_story_week') }}
    where series = 'foreign' and {{ is_rebuilt('first_date', is_instant=false) }}

),

documents as (

    select * from {{ ref('fct_document_country') }}
    where is_eligible and {{ is_read('slot_date', days_after=3) }}

),

screened as (

    select * from {{ ref('int_documents_screened') }}
    where tone is not null and {{ is_read('slot_date', days_after=3) }}

),

baseline_weeks as (

    select * from {{ ref('int_outlet_baseline_weeks') }}
    where
        principal_class <> 'home'
        and {{ is_read('week_start_date', days_before=363) }}

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

-- What outlets and hosts published in the 52 weeks up to each week asked for, by whom it was about.
weeks_needed as (

    select distinct week_start_date from units

),

outlet_years as (

    select
        weeks_needed.week_start_date,
        weeks.outlet_domain,
        weeks.stream,
        weeks.source_country_code_iso3,
        weeks.principal_class,
        sum(weeks.documents_80_words) as n,
        sum(weeks.tone_sum::numeric) as tone_sum,
        sum(weeks.tone_square_sum::numeric) as tone_square_sum
    from weeks_needed
    inner join baseline_weeks as weeks
        on
            weeks.week_start_date
            between weeks_needed.week_start_date - 357 and weeks_needed.week_start_date
    group by
        weeks_needed.week_start_date, weeks.outlet_domain, weeks.stream,
        weeks.source_country_code_iso3, weeks.principal_class

),

-- The covered country is left out: the years of all countries less its own.
outlet_totals as (

    select
        week_start_date,
        outlet_domain,
        stream,
        sum(n) as n,
        sum(tone_sum) as tone_sum,
        sum(tone_square_sum) as tone_square_sum
    from outlet_years
    group by week_start_date, outlet_domain, stream

),

host_years as (

    select
        week_start_date,
        source_country_code_iso3,
        stream,
        principal_class,
        sum(n) as n,
        sum(tone_sum) as tone_sum,
        sum(tone_square_sum) as tone_square_sum
    from outlet_years
    group by week_start_date, source_country_code_iso3, stream, principal_class

),

host_totals as (

    select
        week_start_date,
        source_country_code_iso3,
        stream,
        sum(n) as n,
        sum(tone_sum) as tone_sum,
        sum(tone_square_sum) as tone_square_sum
    from host_years
    group by week_start_date, source_country_code_iso3, stream

),

baselines as (

    select
        units.*,
        outlet_totals.n - coalesce(outlet_years.n, 0) as outlet_n,
        outlet_totals.tone_sum - coalesce(outlet_years.tone_sum, 0) as outlet_tone_sum,
        outlet_totals.tone_square_sum - coalesce(outlet_years.tone_square_sum, 0)
            as outlet_tone_square_sum,
        host_totals.n - coalesce(host_years.n, 0) as host_n,
        host_totals.tone_sum - coalesce(host_years.tone_sum, 0) as host_tone_sum,
        host_totals.tone_square_sum - coalesce(host_years.tone_square_sum, 0)
            as host_tone_square_sum
    from units
    left join outlet_totals
        on
            units.outlet_domain = outlet_totals.outlet_domain
            and units.stream = outlet_totals.stream
            and units.week_start_date = outlet_totals.week_start_date
    left join outlet_years
        on
            units.outlet_domain = outlet_years.outlet_domain
            and units.stream = outlet_years.stream
            and units.week_start_date = outlet_years.week_start_date
            and units.country_code_iso3 = outlet_years.principal_class
    left join host_totals
        on
            units.source_country_code_iso3 = host_totals.source_country_code_iso3
            and units.stream = host_totals.stream
            and units.week_start_date = host_totals.week_start_date
    left join host_years
        on
            units.source_country_code_iso3 = host_years.source_country_code_iso3
            and units.stream = host_years.stream
            and units.week_start_date = host_years.week_start_date
            and units.country_code_iso3 = host_years.principal_class

),

chosen as (

    select
        *,
        coalesce(outlet_n >= {{ var('min_baseline_documents') }}, false) as is_own
    from baselines

),

sums as (

    select
        country_code_iso3,
        story_id,
        first_date,
        source_country_code_iso3,
        stream,
        outlet_family,
        tone_median,
        case when is_own then 'outlet' else 'host' end as baseline,
        case when is_own then outlet_n else host_n end as n,
        case when is_own then outlet_tone_sum else host_tone_sum end as tone_sum,
        case when is_own then outlet_tone_square_sum else host_tone_square_sum end
            as tone_square_sum
    from chosen

),

moments as (

    select
        *,
        tone_sum / n as tone_mean,
        (tone_square_sum - tone_sum * tone_sum / n) / (n - 1) as tone_variance
    from sums
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
