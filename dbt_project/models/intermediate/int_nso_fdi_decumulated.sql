with mapped as (

    select
        *,
        coalesce(country_code_iso3, province_id, group_code, label) as unit_code,
        coalesce(kind, 'unmapped') as unit_kind
    from {{ ref('int_nso_fdi_mapped') }}

),

-- A release that was supplied twice, with other content, counts as it was received last.
releases as (

    select distinct on (period_month)
        period_month,
        release_month,
        cut_off_date,
        file_name,
        file_version,
        case
            when extract(month from period_month) > 1 then (period_month - interval '1 month')::date
        end as earlier_month
    from mapped
    order by period_month asc, received_at desc, file_name desc, file_version desc

),

listed as (

    select
        mapped.period_month,
        mapped.breakdown,
        mapped.unit_code,
        mapped.unit_kind,
        mapped.country_code_iso3,
        mapped.province_id,
        mapped.measure,
        string_agg(mapped.label, '; ' order by mapped.place) as label,
        string_agg(mapped.place, '; ' order by mapped.place) as place,
        string_agg(mapped.correction_reason, '; ' order by mapped.place) as correction_reason,
        sum(mapped.value_printed::numeric) as value_ytd
    from mapped
    inner join releases
        on
            mapped.period_month = releases.period_month
            and mapped.file_name = releases.file_name
            and mapped.file_version = releases.file_version
    group by
        mapped.period_month, mapped.breakdown, mapped.unit_code, mapped.unit_kind,
        mapped.country_code_iso3, mapped.province_id, mapped.measure

),

-- What the release of the month before listed: it is absent now, where this one does not list it.
listed_before as (

    select
        releases.period_month as later_month,
        listed.*
    from listed
    inner join releases on listed.period_month = releases.earlier_month

),

paired as (

    select
        coalesce(listed.period_month, before.later_month) as period_month,
        coalesce(listed.breakdown, before.breakdown) as breakdown,
        coalesce(listed.unit_code, before.unit_code) as unit_code,
        coalesce(listed.unit_kind, before.unit_kind) as unit_kind,
        coalesce(listed.country_code_iso3, before.country_code_iso3) as country_code_iso3,
        coalesce(listed.province_id, before.province_id) as province_id,
        coalesce(listed.label, before.label) as label,
        coalesce(listed.measure, before.measure) as measure,
        listed.value_ytd,
        before.value_ytd as earlier_value_ytd,
        listed.place,
        before.place as earlier_place,
        listed.correction_reason
    from listed
    full outer join listed_before as before
        on
            listed.period_month = before.later_month
            and listed.breakdown = before.breakdown
            and listed.unit_code = before.unit_code
            and listed.measure = before.measure

),

dated as (

    select
        paired.*,
        releases.release_month,
        releases.cut_off_date,
        releases.file_name,
        earlier.file_name as earlier_file_name,
        case
            when releases.earlier_month is null then releases.period_month
            else earlier.cut_off_date + 1
        end as covered_from_date,
        -- January's own year to date is January, where it ends in January.
        releases.earlier_month is null
        and date_trunc('month', releases.cut_off_date) = releases.period_month as is_first_month,
        earlier.period_month is not null as has_earlier_release
    from paired
    inner join releases on paired.period_month = releases.period_month
    left join releases as earlier on releases.earlier_month = earlier.period_month

)

select
    *,
    case
        when is_first_month then value_ytd
        when has_earlier_release then value_ytd - earlier_value_ytd
    end as value_of_month,
    case
        when is_first_month then null
        when not has_earlier_release then 'no_earlier_release'
        when value_ytd is null then 'not_listed'
        when earlier_value_ytd is null then 'not_listed_before'
    end as missing_reason
from dated
