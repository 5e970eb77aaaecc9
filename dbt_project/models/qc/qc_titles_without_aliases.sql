with documents as (

    select * from {{ ref('stg_gdelt__documents') }}

),

titles as (

    select * from {{ ref('stg_reading__document_titles') }}

),

named as (

    select distinct
        record_id,
        slot_at
    from {{ ref('stg_reading__named_countries') }}

),

languages as (

    select distinct language_code_iso639_3
    from {{ ref('country_aliases') }}
    where not is_exclusion

)

select
    documents.language_code_iso639_3,
    count(*)::integer as n_documents,
    count(titles.title_text)::integer as n_titles,
    count(named.record_id)::integer as n_titles_naming_a_country,
    min(documents.slot_at) as first_seen_at,
    max(documents.slot_at) as last_seen_at
from documents
inner join titles
    on documents.record_id = titles.record_id and documents.slot_at = titles.slot_at
left join named on documents.record_id = named.record_id and documents.slot_at = named.slot_at
left join languages on documents.language_code_iso639_3 = languages.language_code_iso639_3
where languages.language_code_iso639_3 is null
group by documents.language_code_iso639_3
