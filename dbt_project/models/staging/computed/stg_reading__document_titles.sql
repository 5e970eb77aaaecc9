with source as (

    select * from {{ source('reading', 'document_titles') }}

)

select
    record_id,
    slot_at,
    title_text,
    title_key,
    url_key,
    title_word_count
from source
