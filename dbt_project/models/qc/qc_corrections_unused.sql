with corrections as (

    select
        *,
        row_key::jsonb as row_values
    from {{ ref('corrections') }}

),

printed as (

    select
        'fia__registered' as source_table,
        file_name,
        file_version,
        place,
        to_jsonb(lines) as found_values
    from {{ ref('stg_fia__registered') }} as lines
    union all
    select
        'nso__visitors' as source_table,
        file_name,
        file_version,
        place,
        to_jsonb(cells) as found_values
    from {{ ref('stg_nso__visitors') }} as cells
    union all
    select
        'nso__fdi' as source_table,
        file_name,
        file_version,
        place,
        to_jsonb(cells) as found_values
    from {{ ref('stg_nso__fdi') }} as cells

),

held as (

    select
        'fia__registered' as source_table,
        file_name,
        file_version,
        place,
        string_to_array(corrected_columns, ', ') as column_names
    from {{ ref('int_fia_registered_corrected') }}
    where is_corrected
    union all
    select
        'nso__visitors' as source_table,
        file_name,
        file_version,
        place,
        string_to_array(corrected_columns, ', ') as column_names
    from {{ ref('int_nso_visitors_corrected') }}
    where is_corrected
    union all
    select
        'nso__fdi' as source_table,
        file_name,
        file_version,
        place,
        string_to_array(corrected_columns, ', ') as column_names
    from {{ ref('int_nso_fdi_corrected') }}
    where is_corrected

),

-- Several versions of a file may be loaded: a correction is in use while one of them needs it.
found as (

    select
        corrections.source_table,
        corrections.file_name,
        corrections.row_key,
        corrections.column_name,
        bool_or(coalesce(corrections.column_name = any(held.column_names), false)) as is_in_use,
        max(printed.found_values ->> corrections.column_name) as found_value,
        count(*) > count(distinct printed.file_version) as is_ambiguous
    from corrections
    inner join printed
        on
            corrections.source_table = printed.source_table
            and corrections.file_name = printed.file_name
            and printed.found_values @> corrections.row_values
    left join held
        on
            printed.source_table = held.source_table
            and printed.file_name = held.file_name
            and printed.file_version = held.file_version
            and printed.place = held.place
    group by
        corrections.source_table,
        corrections.file_name,
        corrections.row_key,
        corrections.column_name

)

select
    corrections.source_table,
    corrections.file_name,
    corrections.row_key,
    corrections.column_name,
    corrections.expected_value,
    found.found_value,
    corrections.new_value,
    corrections.reason,
    corrections.reported_on,
    corrections.valid_until,
    case
        when corrections.valid_until <= {{ utc_date(as_of()) }} then 'expired'
        when found.row_key is null then 'row_not_loaded'
        when found.is_ambiguous then 'several_rows'
        else 'value_changed'
    end as why_listed
from corrections
left join found
    on
        corrections.source_table = found.source_table
        and corrections.file_name = found.file_name
        and corrections.row_key = found.row_key
        and corrections.column_name = found.column_name
where
    not coalesce(found.is_in_use, false)
    or found.is_ambiguous
