{{ config(meta={'public': true}) }}

with tiers as (

    select * from {{ ref('int_partnership_tiers') }}

),

agreements as (

    select * from {{ ref('stg_registers__agreements') }}

),

versions as (

    {{ register_versions('agreements', ['partner_code_iso3', 'kind', 'title_en']) }}

),

focus as (

    select country_code_iso3
    from {{ ref('dim_country') }}
    where watch_role = 'focus'

),

listed as (

    select * from {{ ref('partnership_tiers') }}

),

ranked as (

    select
        *,
        coalesce(valid_from <= {{ edition_date(as_of()) }}, true) as has_begun,
        row_number() over (
            partition by
                country_code_iso3,
                partner_country_code_iso3,
                coalesce(valid_from <= {{ edition_date(as_of()) }}, true)
            order by valid_from desc nulls last, recorded_on desc, title_en asc
        ) = 1 as is_newest
    from tiers

),

stated as (

    select
        country_code_iso3,
        partner_country_code_iso3,
        'partnership_tier' as agreement_kind,
        tier,
        title_en,
        title_vi,
        valid_from as signed_on,
        valid_from_precision as signed_on_precision,
        is_checked as is_verified,
        evidence,
        tier_origin as origin,
        recorded_on,
        has_begun and is_newest as is_tier_in_force
    from ranked
    union all
    select
        focus.country_code_iso3,
        versions.partner_code_iso3 as partner_country_code_iso3,
        versions.kind as agreement_kind,
        versions.tier,
        versions.title_en,
        versions.title_vi,
        versions.signed_on,
        case when versions.signed_on is null then 'unknown' else 'day' end as signed_on_precision,
        versions.is_verified,
        versions.source_url as evidence,
        'register' as origin,
        versions.recorded_on,
        false as is_tier_in_force
    from versions
    cross join focus
    where versions.is_latest and versions.kind = 'agreement'

)

select
    stated.country_code_iso3,
    stated.partner_country_code_iso3,
    stated.agreement_kind,
    stated.title_en,
    stated.title_vi,
    stated.tier,
    stated.signed_on,
    stated.signed_on_precision,
    stated.is_verified,
    stated.evidence,
    stated.origin,
    stated.recorded_on,
    stated.is_tier_in_force,
    case when stated.origin = 'register' then listed.valid_from end as listed_signed_on,
    '{{ var("method_version") }}' as method_version
from stated
left join listed
    on
        stated.country_code_iso3 = listed.country_code_iso3
        and stated.partner_country_code_iso3 = listed.partner_country_code_iso3
        and stated.tier = listed.tier
