-- A mean over fewer outlets than the limit would be tone by outlet.
select
    country_code_iso3,
    source_country_code_iso3,
    coverage_date
from {{ ref('mart_coverage_day') }}
where tone_mean is not null and n_outlets < {{ var('min_outlets') }}
