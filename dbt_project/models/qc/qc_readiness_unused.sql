select
    'readiness_units' as register,
    kpi_code,
    unit_code as counted,
    valid_on,
    recorded_on,
    unused_reason,
    file_name || ', row ' || row_number as place
from {{ ref('int_readiness_statements') }}
where unused_reason is not null
union all
select
    'readiness_totals' as register,
    kpi_code,
    population_version as counted,
    valid_on,
    recorded_on,
    unused_reason,
    file_name || ', row ' || row_number as place
from {{ ref('int_readiness_totals') }}
where unused_reason is not null
