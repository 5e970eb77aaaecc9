with themes as (

    select * from {{ ref('stg_gdelt__document_themes') }}

),

theme_map as (

    select * from {{ ref('theme_map') }}

),

-- What the description of theme_map leaves out on purpose; a code ends where the next one begins.
left_out as (

    select
        families.code_pattern,
        families.reason
    from (
        values
        (
            '^(TAX_FNCACT|TAX_ETHNICITY|TAX_WORLD[A-Z]*|TAX_FOODSTAPLES|TAX_RELIGION'
            || '|TAX_TERROR_GROUP|TAX_DISEASE|TAX_POLITICAL_PARTY|TAX_MILITARY_TITLE'
            || '|TAX_AIDGROUPS|SOC_POINTSOFINTEREST|ECON_WORLDCURRENCIES)(_|$)',
            'names whom or what'
        ),
        (
            '^(EPU_POLICY|GENERAL_HEALTH|GENERAL_GOVERNMENT|MEDICAL|EPU_ECONOMY_HISTORIC'
            || '|WB_696_PUBLIC_SECTOR_MANAGEMENT|UNGP_FORESTS_RIVERS_OCEANS'
            || '|CRISISLEX_CRISISLEXREC|USPEC_POLICY1)$',
            'on more than a quarter of all documents'
        ),
        (
            '^(WB_(895|507|1699|2024|832|2048|723|694|678|133)_.*|LEADER|DELAY|AFFECT|MEDIA_MSM)$',
            'set off by an everyday word'
        ),
        ('^(NATURAL_DISASTER|TAX_WEAPONS)_', 'stands beside a mapped head')
    ) as families (code_pattern, reason)

),

counted as (

    select
        themes.theme_code,
        count(*)::integer as n_documents,
        min(themes.slot_at) as first_seen_at,
        max(themes.slot_at) as last_seen_at
    from themes
    left join theme_map on themes.theme_code = theme_map.theme_code
    where theme_map.theme_code is null
    group by themes.theme_code

)

select
    counted.theme_code,
    counted.n_documents,
    counted.first_seen_at,
    counted.last_seen_at,
    left_out.reason as left_out_reason
from counted
left join left_out on counted.theme_code ~ left_out.code_pattern
