with arrivals as (

    select * from {{ ref('int_nso_arrivals_ordered') }}

),

licensed as (

    select * from {{ ref('int_nso_fdi_mapped') }}

),

registered as (

    select * from {{ ref('int_fia_registered_corrected') }}

),

labels as (

    select * from {{ ref('int_statistical_labels') }}

),

indicators as (

    select * from {{ ref('stg_worldbank__observations') }}

),

positions as (

    select * from {{ ref('stg_imf__positions') }}

),

flows as (

    select * from {{ ref('stg_oecd__flows') }}

),

watched as (

    select country_code_iso3
    from {{ ref('dim_country') }}
    where watch_role in ('focus', 'peer')

),

arrivals_long as (

    select
        'nso' as source,
        'arrivals' as measure,
        'persons' as unit,
        '{{ var("country_of_nso_and_fia") }}' as country_code_iso3,
        case when transport_mode = 'all' then 'market' else 'mode' end as item_kind,
        case when transport_mode = 'all' then market_code else transport_mode end as item_code,
        'month' as period_kind,
        arrivals_month as period_start_date,
        'arrivals' as scope,
        release_month as vintage_date,
        received_at,
        release_month || ' ' || file_name || '@' || file_version as vintage,
        arrivals_count as value
    from arrivals

),

licensed_long as (

    select
        'nso' as source,
        case measure
            when 'projects' then 'new_projects_ytd'
            when 'new_capital_usd_million' then 'new_capital_registered_ytd'
            when 'adjusted_capital_usd_million' then 'adjusted_capital_registered_ytd'
        end as measure,
        case measure when 'projects' then 'projects' else 'usd' end as unit,
        '{{ var("country_of_nso_and_fia") }}' as country_code_iso3,
        breakdown as item_kind,
        coalesce(country_code_iso3, province_id, group_code, label) as item_code,
        'month' as period_kind,
        period_month as period_start_date,
        'licensed' as scope,
        release_month as vintage_date,
        received_at,
        release_month || ' ' || file_name || '@' || file_version as vintage,
        value_printed::numeric * case measure when 'projects' then 1 else 1000000 end as value
    from licensed

),

registered_long as (

    select
        'fia' as source,
        figures.measure,
        figures.unit,
        '{{ var("country_of_nso_and_fia") }}' as country_code_iso3,
        registered.breakdown as item_kind,
        case
            when registered.is_total then 'total'
            else
                coalesce(
                    labels.country_code_iso3, labels.province_id, labels.group_code,
                    registered.label
                )
        end as item_code,
        'year' as period_kind,
        make_date(registered.registered_year, 1, 1) as period_start_date,
        -- The languages are files of their own, and one does not revise the other.
        registered.breakdown || ' ' || registered.language_code_iso639_3 as scope,
        {{ utc_date('registered.received_at') }} as vintage_date,
        registered.received_at,
        {{ utc_date('registered.received_at') }} || ' ' || registered.file_name
        || '@' || registered.file_version as vintage,
        figures.value
    from registered
    left join labels
        on
            registered.breakdown = labels.breakdown
            and not registered.is_total
            and {{ label_key('registered.label') }} = labels.label_key
            and make_date(registered.registered_year, 12, 31) >= labels.valid_from
            and make_date(registered.registered_year, 12, 31) < labels.valid_to
    cross join
        lateral (
            values
            ('new_projects', 'projects', registered.new_projects::numeric),
            ('adjusted_projects', 'projects', registered.adjusted_projects::numeric),
            ('share_purchases', 'projects', registered.share_purchases::numeric),
            (
                'new_capital_registered', 'usd',
                registered.new_capital_usd_million * 1000000
            ),
            (
                'adjusted_capital_registered', 'usd',
                registered.adjusted_capital_usd_million * 1000000
            ),
            (
                'share_purchase_capital_registered', 'usd',
                registered.share_purchase_capital_usd_million * 1000000
            )
        ) as figures (measure, unit, value)

),

indicators_long as (

    select
        'worldbank' as source,
        indicators.indicator_code as measure,
        case
            when indicators.indicator_code in ('SP.POP.TOTL', 'ST.INT.ARVL') then 'persons'
            else 'usd'
        end as unit,
        indicators.country_code_wb as country_code_iso3,
        'country' as item_kind,
        indicators.country_code_wb as item_code,
        'year' as period_kind,
        make_date(indicators.observation_year, 1, 1) as period_start_date,
        indicators.indicator_code as scope,
        indicators.vintage_date,
        null::timestamptz as received_at,
        indicators.vintage_date::text as vintage,
        indicators.value
    from indicators
    inner join watched on indicators.country_code_wb = watched.country_code_iso3

),

positions_long as (

    select
        'imf' as source,
        'inward_position' as measure,
        'usd' as unit,
        country_code_iso3,
        'partner' as item_kind,
        counterpart_code as item_code,
        'year' as period_kind,
        make_date(position_year, 1, 1) as period_start_date,
        country_code_iso3 as scope,
        vintage_date,
        null::timestamptz as received_at,
        vintage_date::text as vintage,
        position_usd as value
    from positions

),

flows_long as (

    select
        'oecd' as source,
        'flow_' || lower(entity_type) as measure,
        'usd' as unit,
        country_code_iso3,
        'partner' as item_kind,
        reporter_code as item_code,
        'year' as period_kind,
        make_date(flow_year, 1, 1) as period_start_date,
        country_code_iso3 as scope,
        vintage_date,
        null::timestamptz as received_at,
        vintage_date::text as vintage,
        flow_usd as value
    from flows

),

unioned as (

    select * from arrivals_long
    union all
    select * from licensed_long
    union all
    select * from registered_long
    union all
    select * from indicators_long
    union all
    select * from positions_long
    union all
    select * from flows_long

)

-- Two labels of one item add up; a line without a figure has none.
select
    source,
    measure,
    unit,
    country_code_iso3,
    item_kind,
    item_code,
    period_kind,
    period_start_date,
    scope,
    vintage_date,
    received_at,
    vintage,
    sum(value) as value
from unioned
group by
    source, measure, unit, country_code_iso3, item_kind, item_code, period_kind,
    period_start_date, scope, vintage_date, received_at, vintage
