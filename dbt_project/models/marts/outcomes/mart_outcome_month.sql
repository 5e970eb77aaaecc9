{{ config(meta={'public': true}) }}

with focus as (

    select country_code_iso3
    from {{ ref('dim_country') }}
    where watch_role = 'focus'

),

arrivals as (

    select arrived.*
    from {{ ref('fct_arrivals_month') }} as arrived
    inner join focus on arrived.country_code_iso3 = focus.country_code_iso3
    where arrived.market_kind = 'country' and arrived.transport_mode = 'all'

),

licensed as (

    select registered.*
    from {{ ref('fct_fdi_registered_month') }} as registered
    inner join focus on registered.country_code_iso3 = focus.country_code_iso3
    where registered.breakdown = 'partner' and registered.unit_kind = 'country'

),

coverage as (

    select counted.*
    from {{ ref('int_coverage_months_counted') }} as counted
    inner join focus on counted.country_code_iso3 = focus.country_code_iso3
    where counted.source_country_code_iso3 <> 'unknown'

),

hosts as (

    select distinct country_code_iso3 as partner_country_code_iso3
    from {{ ref('int_outlets_curated') }}
    where country_code_iso3 is not null

),

covered_months as (

    select * from {{ ref('int_coverage_months_received') }}

),

-- A rolling window of 28 days is shown in the month in which it ends last.
shares as (

    select distinct on (
        shares.source_country_code_iso3, date_trunc('month', shares.window_end_date)
    )
        date_trunc('month', shares.window_end_date)::date as month_start_date,
        shares.source_country_code_iso3,
        shares.window_end_date,
        shares.attention_balanced_per_10000,
        shares.share_of_voice,
        shares.share_of_voice_low,
        shares.share_of_voice_high,
        shares.suppressed_reason
    from {{ ref('mart_share_of_voice') }} as shares
    inner join focus on shares.country_code_iso3 = focus.country_code_iso3
    where shares.stream = 'all'
    order by
        shares.source_country_code_iso3 asc,
        date_trunc('month', shares.window_end_date) asc,
        shares.window_end_date desc

),

premiums as (

    select distinct on (
        premiums.source_area, premiums.stratum, date_trunc('month', premiums.window_end_date)
    )
        date_trunc('month', premiums.window_end_date)::date as month_start_date,
        premiums.source_area,
        premiums.stratum,
        premiums.window_end_date,
        premiums.tone_premium_over_peers,
        premiums.tone_premium_over_peers_low,
        premiums.tone_premium_over_peers_high,
        premiums.suppressed_reason
    from {{ ref('mart_tone_premium') }} as premiums
    inner join focus on premiums.country_code_iso3 = focus.country_code_iso3
    order by
        premiums.source_area asc,
        premiums.stratum asc,
        date_trunc('month', premiums.window_end_date) asc,
        premiums.window_end_date desc

),

spine as (

    select
        arrivals_month as month_start_date,
        market_country_code_iso3 as partner_country_code_iso3
    from arrivals
    union distinct
    select
        fdi_month as month_start_date,
        partner_country_code_iso3
    from licensed
    union distinct
    select
        month_start_date,
        source_country_code_iso3 as partner_country_code_iso3
    from coverage
    union distinct
    select
        covered_months.month_start_date,
        hosts.partner_country_code_iso3
    from covered_months
    cross join hosts

),

partners as (

    select
        focus.country_code_iso3,
        spine.partner_country_code_iso3,
        spine.month_start_date,
        covered_months.slots_expected,
        covered_months.slots_received,
        case
            when covered_months.month_start_date is null then 'no_slot_received'
            else covered_months.coverage_missing_reason
        end as coverage_missing_reason
    from spine
    inner join focus on spine.partner_country_code_iso3 <> focus.country_code_iso3
    left join covered_months on spine.month_start_date = covered_months.month_start_date

),

joined as (

    select
        partners.*,
        arrivals.arrivals_count,
        arrivals.arrivals_status,
        arrivals.vintage_month as arrivals_vintage_month,
        arrivals.revised_from_count as arrivals_revised_from_count,
        arrivals.source_file_name || ', ' || arrivals.source_place as arrivals_source,
        licensed.new_projects_count,
        licensed.new_projects_missing_reason,
        licensed.new_capital_registered_usd,
        licensed.new_capital_missing_reason,
        licensed.adjusted_capital_registered_usd,
        licensed.adjusted_capital_missing_reason,
        licensed.cut_off_date as fdi_cut_off_date,
        licensed.vintage_month as fdi_vintage_month,
        licensed.source_file_name || coalesce(', ' || licensed.source_place, '') as fdi_source,
        coverage.has_rank_list,
        coverage.n_stories_r1,
        shares.window_end_date as attention_window_end_date,
        shares.attention_balanced_per_10000,
        shares.share_of_voice,
        shares.share_of_voice_low,
        shares.share_of_voice_high,
        shares.suppressed_reason as attention_suppressed_reason,
        native.window_end_date as native_window_end_date,
        native.tone_premium_over_peers as native_premium,
        native.tone_premium_over_peers_low as native_premium_low,
        native.tone_premium_over_peers_high as native_premium_high,
        native.suppressed_reason as native_suppressed_reason,
        translated.window_end_date as translated_window_end_date,
        translated.tone_premium_over_peers as translated_premium,
        translated.tone_premium_over_peers_low as translated_premium_low,
        translated.tone_premium_over_peers_high as translated_premium_high,
        translated.suppressed_reason as translated_suppressed_reason,
        -- Zero is said only of a country some outlet of which is known.
        coalesce(
            coverage.n_stories, case when hosts.partner_country_code_iso3 is not null then 0 end
        ) as n_stories,
        coalesce(
            coverage.n_documents, case when hosts.partner_country_code_iso3 is not null then 0 end
        ) as n_documents
    from partners
    left join arrivals
        on
            partners.partner_country_code_iso3 = arrivals.market_country_code_iso3
            and partners.month_start_date = arrivals.arrivals_month
    left join licensed
        on
            partners.partner_country_code_iso3 = licensed.partner_country_code_iso3
            and partners.month_start_date = licensed.fdi_month
    left join hosts on partners.partner_country_code_iso3 = hosts.partner_country_code_iso3
    left join coverage
        on
            partners.partner_country_code_iso3 = coverage.source_country_code_iso3
            and partners.month_start_date = coverage.month_start_date
    left join shares
        on
            partners.partner_country_code_iso3 = shares.source_country_code_iso3
            and partners.month_start_date = shares.month_start_date
    left join premiums as native
        on
            partners.partner_country_code_iso3 = native.source_area
            and partners.month_start_date = native.month_start_date
            and native.stratum = 'native'
    left join premiums as translated
        on
            partners.partner_country_code_iso3 = translated.source_area
            and partners.month_start_date = translated.month_start_date
            and translated.stratum = 'translated'

),

-- A month with a gap says nothing of coverage.
shown as (

    select
        *,
        coverage_missing_reason is null as is_covered
    from joined

)

select
    country_code_iso3,
    partner_country_code_iso3,
    month_start_date,
    {{ is_closed_border('month_start_date') }} as is_closed_border,
    slots_expected,
    slots_received,
    coverage_missing_reason,
    case when is_covered then n_documents end as n_documents,
    case when is_covered then n_stories end as n_stories,
    case when is_covered and has_rank_list then n_stories_r1 end as n_stories_r1,
    case
        when is_covered and has_rank_list and n_stories > 0
            then n_stories_r1::double precision / n_stories
    end as tier1_pickup_rate,
    case when is_covered then attention_window_end_date end as attention_window_end_date,
    case when is_covered then attention_balanced_per_10000 end as attention_balanced_per_10000,
    case when is_covered then share_of_voice end as share_of_voice,
    case when is_covered then share_of_voice_low end as share_of_voice_low,
    case when is_covered then share_of_voice_high end as share_of_voice_high,
    case when is_covered then attention_suppressed_reason end as attention_suppressed_reason,
    case when is_covered then native_window_end_date end as native_tone_window_end_date,
    case when is_covered then native_premium end as native_tone_premium_over_peers,
    case when is_covered then native_premium_low end as native_tone_premium_over_peers_low,
    case when is_covered then native_premium_high end as native_tone_premium_over_peers_high,
    case when is_covered then native_suppressed_reason end as native_tone_suppressed_reason,
    case when is_covered then translated_window_end_date end as translated_tone_window_end_date,
    case when is_covered then translated_premium end as translated_tone_premium_over_peers,
    case when is_covered then translated_premium_low end as translated_tone_premium_over_peers_low,
    case when is_covered then translated_premium_high end
        as translated_tone_premium_over_peers_high,
    case when is_covered then translated_suppressed_reason end
        as translated_tone_suppressed_reason,
    arrivals_count,
    arrivals_status,
    arrivals_revised_from_count,
    arrivals_vintage_month,
    arrivals_source,
    new_projects_count,
    new_projects_missing_reason,
    new_capital_registered_usd,
    new_capital_missing_reason,
    adjusted_capital_registered_usd,
    adjusted_capital_missing_reason,
    fdi_cut_off_date,
    fdi_vintage_month,
    fdi_source,
    'gdelt' as coverage_source,
    '{{ var("method_version") }}' as method_version
from shown
