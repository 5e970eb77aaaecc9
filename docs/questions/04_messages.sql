-- 4. Which pillars travel, which of our stories did not?
-- Trụ cột nào lan ra ngoài, câu chuyện nào của ta thì không?

select
    source_country_code_iso3,
    language_code_iso639_3,
    pillar,
    owned_share,
    foreign_share,
    log_ratio,
    js_divergence_bits,
    p_value,
    suppressed_reason
from marts.mart_message_gap
where
    country_code_iso3 = 'VNM'
    and week_start_date = (select max(week_start_date) from marts.mart_message_gap)
order by source_country_code_iso3, language_code_iso639_3, pillar;
