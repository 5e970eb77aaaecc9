with mirrors as (

    select * from {{ ref('stg_grouping__outlet_mirrors') }}

)

select
    outlet_family,
    registered_domain,
    count(*)::integer as n_days,
    min(family_date) as first_date,
    max(family_date) as last_date
from mirrors
group by outlet_family, registered_domain
