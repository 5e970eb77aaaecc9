-- 2. Are we more visible than our peers in this host country?
-- Ở nước sở tại này, ta có được nhắc đến nhiều hơn các nước so sánh không?

select
    source_country_code_iso3,
    country_code_iso3,
    share_of_voice,
    share_of_voice_low,
    share_of_voice_high,
    n_documents,
    n_outlets,
    compared_country_codes_iso3,
    suppressed_reason
from marts.mart_share_of_voice
where
    stream = 'all'
    and week_start_date = (select max(week_start_date) from marts.mart_share_of_voice)
order by source_country_code_iso3 asc, share_of_voice desc nulls last, country_code_iso3 asc;
