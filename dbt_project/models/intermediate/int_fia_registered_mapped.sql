with registered as (

    select * from {{ ref('int_fia_registered_corrected') }}

),

-- One version of one language's file says what a breakdown and year are: Vietnamese is original,
-- and the newest version is what the agency says now.
in_force as (

    select distinct on (breakdown, registered_year)
        breakdown,
        registered_year,
        file_name,
        file_version
    from registered
    order by
        breakdown asc,
        registered_year asc,
        language_code_iso639_3 = 'vie' desc,
        received_at desc,
        file_name desc,
        file_version desc

),

labels as (

    select * from {{ ref('int_statistical_labels') }}

),

mapped as (

    select
        registered.breakdown,
        registered.registered_year,
        registered.place,
        registered.file_name,
        registered.file_version,
        registered.received_at,
        registered.language_code_iso639_3,
        registered.definition,
        registered.label,
        registered.is_total,
        case when registered.is_total then 'total' else labels.kind end as kind,
        labels.country_code_iso3,
        labels.province_id,
        labels.group_code,
        registered.new_projects,
        registered.new_capital_usd_million * 1000000 as new_capital_usd,
        registered.adjusted_projects,
        registered.adjusted_capital_usd_million * 1000000 as adjusted_capital_usd,
        registered.share_purchases,
        registered.share_purchase_capital_usd_million * 1000000 as share_purchase_capital_usd,
        registered.is_corrected,
        registered.correction_reason
    from registered
    inner join in_force
        on
            registered.breakdown = in_force.breakdown
            and registered.registered_year = in_force.registered_year
            and registered.file_name = in_force.file_name
            and registered.file_version = in_force.file_version
    left join labels
        on
            registered.breakdown = labels.breakdown
            and not registered.is_total
            and {{ label_key('registered.label') }} = labels.label_key
            and make_date(registered.registered_year, 12, 31) >= labels.valid_from
            and make_date(registered.registered_year, 12, 31) < labels.valid_to

)

select * from mapped
