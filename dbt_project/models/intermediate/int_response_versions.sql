with responses as (

    select * from {{ ref('stg_registers__responses') }}

),

versions as (

    {{ register_versions('responses', ['case_code']) }}

)

select * from versions
