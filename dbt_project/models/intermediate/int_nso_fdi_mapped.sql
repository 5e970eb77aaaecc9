with licensed as (

    select * from {{ ref('int_nso_fdi_corrected') }}

),

labels as (

    select * from {{ ref('int_statistical_labels') }}

),

mapped as (

    select
        licensed.file_name,
        licensed.file_version,
        licensed.sheet,
        licensed.cell,
        licensed.place,
        licensed.received_at,
        licensed.release_month,
        licensed.period_month,
        licensed.cut_off_date,
        licensed.breakdown,
        licensed.label,
        licensed.measure,
        labels.kind,
        labels.country_code_iso3,
        labels.province_id,
        labels.group_code,
        licensed.value_printed,
        licensed.is_corrected,
        licensed.correction_reason
    from licensed
    left join labels
        on
            licensed.breakdown = labels.breakdown
            and {{ label_key('licensed.label') }} = labels.label_key
            and licensed.period_month >= labels.valid_from
            and licensed.period_month < labels.valid_to

)

select * from mapped
