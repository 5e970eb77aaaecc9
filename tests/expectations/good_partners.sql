-- Pageviews, positions and flows: each with an earlier load that passed and the one that is judged.
insert into ops.loads (load_id, source, run_id, window_start, window_end, status)
overriding system value values
(7000, 'pageviews', 'earlier', '2026-06-01', '2026-06-02', 'passed'),
(7001, 'pageviews', 'judged', '2026-07-01', '2026-07-02', 'loading'),
(7100, 'imf', 'earlier', '2026-06-01', '2026-06-02', 'passed'),
(7101, 'imf', 'judged', '2026-07-01', '2026-07-02', 'loading'),
(7200, 'oecd', 'earlier', '2026-06-01', '2026-06-02', 'passed'),
(7201, 'oecd', 'judged', '2026-07-01', '2026-07-02', 'loading'),
(7401, 'un_tourism', 'judged', '2026-07-01', '2026-07-02', 'loading');

-- Ten articles: all of June, and the twelve days of July that have ended; two of them lack a day.
insert into raw.pageviews__article_days (project, article_title, view_date, views_count, load_id)
select 'en.wikipedia', 'Article_' || article, day::date, 1000 * article + extract(isodow from day) * 50,
    case when day < '2026-07-01' then 7000 else 7001 end
from generate_series(1, 10) as article, generate_series('2026-06-01', '2026-07-12', interval '1 day') as day
where not (article <= 2 and day = '2026-07-05');

insert into raw.imf__vintages (country_code_iso3, vintage_date, payload_sha256, dataflow, load_id)
select 'VNM', '2026-06-01'::date + 30 * vintage, 'hash ' || vintage, 'IMF.STA:DIP(12.0.1)', 7100 + vintage
from generate_series(0, 1) as vintage;
insert into raw.imf__positions (
    country_code_iso3, counterpart_code, position_year, vintage_date, value_usd, status_code, load_id
)
select 'VNM', 'P' || partner, year, vintage_date, case when partner < 5 then 1e9 * partner * (2025 - year) end,
    case when partner = 5 then 'C' end, load_id
from raw.imf__vintages, generate_series(1, 5) as partner, generate_series(2009, 2024) as year;

insert into raw.oecd__vintages (country_code_iso3, vintage_date, payload_sha256, dataflow, load_id)
select 'VNM', '2026-06-01'::date + 30 * vintage, 'hash ' || vintage, 'DF_FDI_FLOW_CTRY(1.0)', 7200 + vintage
from generate_series(0, 1) as vintage;
insert into raw.oecd__flows (
    country_code_iso3, reporter_code, entity_type, flow_year, vintage_date, value_usd, status_code,
    confidentiality_code, load_id
)
select 'VNM', 'R' || reporter, 'ALL', year, vintage_date, 1e7 * reporter * (year - 2015), 'A', null, load_id
from raw.oecd__vintages, generate_series(1, 5) as reporter, generate_series(2009, 2024) as year;

insert into raw.un_tourism__observations
select 'download.zip@0123456789ab', year - 2014, '2026-07-12', 'arrivals.xlsx', 'INBD_TRIP_TOTL_TOTL_TOUR', '704',
    'Viet Nam', 'World', year, 10000 + year, 'Thousands', 1000, 7401
from generate_series(2015, 2024) as year;
