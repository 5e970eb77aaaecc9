-- The publisher has mended what a correction corrects, or its time is over, or its key fits more
-- than one row: the seed needs a hand. Nothing is held for that.
{{ config(severity='warn') }}

select
    source_table,
    file_name,
    row_key,
    column_name,
    why_listed
from {{ ref('qc_corrections_unused') }}
where why_listed <> 'row_not_loaded'
