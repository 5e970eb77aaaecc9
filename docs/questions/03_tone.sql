-- 3. Is the tone about us colder, or is this press cold about everyone?
-- Sắc thái về ta lạnh hơn, hay báo chí ở đó lạnh với mọi nước?

select
    source_area,
    stratum,
    tone_premium_over_peers,
    tone_premium_over_peers_low,
    tone_premium_over_peers_high,
    n_stories,
    n_outlets,
    suppressed_reason
from marts.mart_tone_premium
where
    country_code_iso3 = 'VNM'
    and week_start_date = (select max(week_start_date) from marts.mart_tone_premium)
order by source_area, stratum;
