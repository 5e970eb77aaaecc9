with source as (

    select * from {{ source('grouping', 'outlet_mirrors') }}

)

select
    registered_domain,
    family_date,
    outlet_family
from source
