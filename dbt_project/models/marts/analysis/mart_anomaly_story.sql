{{ config(meta={'public': true}) }}

with alerts as (

    select * from {{ ref('stg_measuring__anomaly_days') }}
    where is_alert

),

-- A story is new to a series on an alert's day if none of its documents of the three days before
-- is there.
documents as (

    select * from {{ ref('fct_document_country') }}
    where
        is_eligible
        and story_id is not null
        and slot_date = any(
            array(select alerts.alert_date - n from alerts cross join generate_series(0, 3) as n)
        )

),

main_pillars as (

    select * from {{ ref('int_story_main_pillars') }}
    where first_date = any(array(select alerts.alert_date from alerts))

),

dated as (

    select
        *,
        min(slot_date) over (partition by country_code_iso3, story_id) as first_date,
        min(slot_date) over (partition by country_code_iso3, story_id, source_country_code_iso3)
            as first_host_date
    from documents

),

told as (

    select
        alerts.alert_date,
        alerts.country_code_iso3,
        alerts.source_country_code_iso3,
        alerts.pillar,
        dated.story_id,
        dated.record_id,
        dated.slot_at,
        dated.outlet_domain,
        dated.outlet_family,
        dated.language_code_iso639_3,
        dated.title,
        dated.url
    from alerts
    inner join dated
        on
            alerts.country_code_iso3 = dated.country_code_iso3
            and alerts.alert_date = dated.slot_date
    left join main_pillars
        on
            alerts.alert_date = main_pillars.first_date
            and dated.country_code_iso3 = main_pillars.country_code_iso3
            and dated.story_id = main_pillars.story_id
    where
        case
            when alerts.source_country_code_iso3 <> 'world'
                then
                    alerts.source_country_code_iso3 = dated.source_country_code_iso3
                    and dated.slot_date = dated.first_host_date
            else
                dated.slot_date = dated.first_date
                and (alerts.pillar = 'all' or alerts.pillar = main_pillars.pillar)
        end

),

firsts as (

    select distinct on (
        alert_date, country_code_iso3, source_country_code_iso3, pillar, story_id
    ) *
    from told
    order by
        alert_date, country_code_iso3, source_country_code_iso3, pillar, story_id, slot_at,
        record_id

),

counted as (

    select
        alert_date,
        country_code_iso3,
        source_country_code_iso3,
        pillar,
        story_id,
        count(*)::integer as n_documents,
        count(distinct outlet_family)::integer as n_families
    from told
    group by alert_date, country_code_iso3, source_country_code_iso3, pillar, story_id

),

ranked as (

    select
        firsts.*,
        counted.n_documents,
        counted.n_families,
        row_number() over (
            partition by
                firsts.alert_date, firsts.country_code_iso3, firsts.source_country_code_iso3,
                firsts.pillar
            order by counted.n_families desc, counted.n_documents desc, firsts.story_id asc
        )::integer as story_rank
    from firsts
    inner join counted
        on
            firsts.alert_date = counted.alert_date
            and firsts.country_code_iso3 = counted.country_code_iso3
            and firsts.source_country_code_iso3 = counted.source_country_code_iso3
            and firsts.pillar = counted.pillar
            and firsts.story_id = counted.story_id

)

select
    alert_date,
    country_code_iso3,
    source_country_code_iso3,
    pillar,
    story_rank,
    story_id,
    title,
    url as first_url,
    outlet_domain as first_outlet_domain,
    language_code_iso639_3,
    n_documents,
    n_families,
    '{{ var("method_version") }}' as method_version
from ranked
where story_rank <= {{ var('max_alert_stories') }}
