{{ config(meta={'public': true}) }}

with days as (

    select * from {{ ref('stg_measuring__anomaly_days') }}

),

trust as (

    select * from {{ ref('mart_data_trust') }}
    where stream = 'all'

),

-- A day that was not received has no count: what came is not what was published.
judged as (

    select
        *,
        coalesce(suppressed_reason in ('slots_missing', 'no_count'), false) as is_uncounted
    from days

)

select
    judged.alert_date,
    judged.country_code_iso3,
    judged.source_country_code_iso3,
    judged.pillar,
    case when not judged.is_uncounted then judged.n_stories end as n_stories,
    case when not judged.is_uncounted then judged.n_families end as n_families,
    judged.n_stories_expected,
    judged.robust_z,
    judged.count_p_value,
    judged.anomaly_statistic,
    judged.p_value,
    judged.q_value,
    judged.is_alert,
    judged.slots_expected,
    judged.slots_received,
    trust.unknown_outlet_share,
    trust.duplicate_share,
    trust.duplicate_share_band_low,
    trust.duplicate_share_band_high,
    trust.boilerplate_share,
    judged.suppressed_reason,
    '{{ var("method_version") }}' as method_version
from judged
left join trust on judged.alert_date = trust.trust_date
