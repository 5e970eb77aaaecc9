with targets as (

    select * from {{ ref('stg_registers__response_targets') }}

),

versions as (

    {{ register_versions('targets', ['valid_on']) }}

)

select * from versions
