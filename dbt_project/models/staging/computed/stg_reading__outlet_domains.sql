with source as (

    select * from {{ source('reading', 'outlet_domains') }}

)

select
    outlet_domain,
    registered_domain
from source
