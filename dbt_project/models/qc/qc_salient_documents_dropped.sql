with documents as (

    select * from {{ ref('int_documents_screened') }}
    where is_salient and not passes_about

),

languages as (

    select distinct language_code_iso639_3
    from {{ ref('country_aliases') }}
    where not is_exclusion

)

select
    documents.record_id,
    documents.country_code_iso3,
    documents.slot_at,
    documents.outlet_domain,
    documents.language_code_iso639_3,
    languages.language_code_iso639_3 is not null as has_aliases,
    documents.title_text as title,
    documents.url,
    documents.salience,
    documents.place_mentions
from documents
left join languages on documents.language_code_iso639_3 = languages.language_code_iso639_3
