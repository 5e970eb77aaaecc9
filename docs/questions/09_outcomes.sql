-- 9. Do coverage and interest run ahead of arrivals or investment?
-- Tin bài và mức quan tâm có đi trước khách đến hay đầu tư không?

-- Beside each other, month by month; a column of numbers does not say whether one leads:
select *
from marts.mart_outcome_month
where
    country_code_iso3 = 'VNM'
    and month_start_date
    >= (select max(month_start_date) from marts.mart_outcome_month) - interval '2 years'
order by partner_country_code_iso3, month_start_date;

-- Whether one runs ahead (docs/methods/lead_lag.md): one row per pair, at its strongest lag where it could be judged,
-- otherwise with the reason. `association` is the strongest word:
select
    partner_country_code_iso3,
    leading_series,
    outcome_series,
    verdict,
    suppressed_reason,
    n_periods,
    n_periods_needed,
    strongest_lag_periods,
    correlation,
    raw_correlation,
    q_value,
    forecast_gain_share
from marts.mart_lead_lag
where country_code_iso3 = 'VNM' and lag_periods = coalesce(strongest_lag_periods, 0)
order by q_value asc nulls last, n_periods desc;
