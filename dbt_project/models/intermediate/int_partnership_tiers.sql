with agreements as (

    select * from {{ ref('stg_registers__agreements') }}

),

versions as (

    {{ register_versions('agreements', ['partner_code_iso3', 'kind', 'title_en']) }}

),

focus as (

    select country_code_iso3
    from {{ ref('watchlist') }}
    where
        role = 'focus'
        and valid_from <= {{ utc_date(as_of()) }}
        and (valid_to is null or valid_to > {{ utc_date(as_of()) }})

),

registered as (

    select
        focus.country_code_iso3,
        versions.partner_code_iso3 as partner_country_code_iso3,
        versions.tier,
        versions.title_en,
        versions.title_vi,
        versions.signed_on as valid_from,
        case when versions.signed_on is null then 'unknown' else 'day' end as valid_from_precision,
        versions.is_verified as is_checked,
        versions.source_url as evidence,
        'register' as tier_origin,
        versions.recorded_on
    from versions
    cross join focus
    where versions.is_latest and versions.kind = 'partnership_tier'

),

listed as (

    select * from {{ ref('partnership_tiers') }}

),

-- Once an office has stated a tier with a partner, the list says nothing of that partner.
unregistered as (

    select
        listed.country_code_iso3,
        listed.partner_country_code_iso3,
        listed.tier,
        case listed.tier
            when 'special' then 'Special relations'
            when 'comprehensive_strategic' then 'Comprehensive strategic partnership'
            when 'strategic' then 'Strategic partnership'
            when 'comprehensive' then 'Comprehensive partnership'
        end as title_en,
        case listed.tier
            when 'special' then 'Quan hệ đặc biệt'
            when 'comprehensive_strategic' then 'Đối tác chiến lược toàn diện'
            when 'strategic' then 'Đối tác chiến lược'
            when 'comprehensive' then 'Đối tác toàn diện'
        end as title_vi,
        listed.valid_from,
        listed.valid_from_precision,
        listed.is_checked,
        listed.evidence,
        'list' as tier_origin,
        null::date as recorded_on
    from listed
    left join registered
        on
            listed.country_code_iso3 = registered.country_code_iso3
            and listed.partner_country_code_iso3 = registered.partner_country_code_iso3
    where registered.partner_country_code_iso3 is null

)

select * from registered
union all
select * from unregistered
