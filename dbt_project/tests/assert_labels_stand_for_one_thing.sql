-- At any time a label stands for one thing, which has a code of exactly one kind.
with labels as (

    select
        *,
        coalesce(country_code_iso3, province_id, group_code) as code
    from {{ ref('int_statistical_labels') }}

),

overlapping as (

    select
        one.breakdown,
        one.label_key,
        'two meanings' as problem
    from labels as one
    inner join labels as other
        on
            one.breakdown = other.breakdown
            and one.label_key = other.label_key
            and (one.kind, one.valid_from, one.code) < (other.kind, other.valid_from, other.code)
            and one.valid_from < other.valid_to
            and one.valid_to > other.valid_from

),

miscoded as (

    select
        breakdown,
        label_key,
        'code' as problem
    from labels
    where
        (kind = 'country') is distinct from (country_code_iso3 is not null)
        or (kind = 'province') is distinct from (province_id is not null)
        or (kind not in ('country', 'province')) is distinct from (group_code is not null)
        or label_key = ''
        or valid_from >= valid_to

),

-- A provincial label holds only while its unit does.
too_long as (

    select
        labels.breakdown,
        labels.label_key,
        'unit' as problem
    from labels
    inner join {{ ref('provinces') }} as provinces on labels.province_id = provinces.province_id
    where
        labels.valid_to > coalesce(provinces.valid_to, 'infinity')
        or (labels.valid_from > '-infinity' and labels.valid_from < provinces.valid_from)

)

select * from overlapping
union all
select * from miscoded
union all
select * from too_long
