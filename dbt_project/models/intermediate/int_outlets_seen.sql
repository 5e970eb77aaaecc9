{#- Incremental by key: an outlet that was seen once stays; what it is follows from seeds alone. -#}
with totals as (

    select * from {{ ref('stg_gdelt__outlet_totals') }}
    where {{ is_rebuilt('slot_at') }}

),

events as (

    select * from {{ ref('stg_gdelt__events') }}
    where {{ is_rebuilt('slot_at') }}

),

documents as (

    select * from {{ ref('stg_gdelt__documents') }}
    where {{ is_rebuilt('slot_at') }}

),

seen as (

    select outlet_domain from totals
    union distinct
    select url_host as outlet_domain from documents
    where url_host is not null
    union distinct
    select outlet_domain from events
    where outlet_domain is not null

)

select seen.outlet_domain
from seen
{% if is_incremental() %}
    left join {{ this }} as known on seen.outlet_domain = known.outlet_domain
    where known.outlet_domain is null
{% endif %}
