-- Two quarter-hours of both streams under load 1000, eight days of history, and two vintages.
insert into ops.world (world_name, is_synthetic, declared_as_of)
values ('gate test', true, '2026-07-13 01:20+00');

insert into ops.loads (load_id, source, run_id, window_start, window_end, status)
overriding system value
select day, 'gdelt', 'history', '2026-07-12'::timestamptz - day * interval '1 day',
    '2026-07-12'::timestamptz - (day - 1) * interval '1 day', 'passed'
from generate_series(1, 8) as day;
insert into ops.loads (load_id, source, run_id, window_start, window_end, status)
overriding system value values
(1000, 'gdelt', 'judged', '2026-07-12', '2026-07-13', 'loading'),
(1001, 'gdelt', 'quiet', '2026-07-11', '2026-07-12', 'loading'),
(2000, 'worldbank', 'earlier', '2026-06-29', '2026-07-06', 'passed'),
(2001, 'worldbank', 'judged', '2026-07-06', '2026-07-13', 'loading'),
(3000, 'tranco', 'earlier', '2026-06-01', '2026-06-02', 'passed'),
(3001, 'tranco', 'judged', '2026-07-01', '2026-07-02', 'loading'),
(4000, 'gdelt_domains', 'earlier', '2026-06-01', '2026-06-02', 'passed'),
(4001, 'gdelt_domains', 'judged', '2026-07-01', '2026-07-02', 'loading'),
(5000, 'audit', 'judged', '2026-07-01', '2026-08-01', 'loading');

create function pg_temp.enter(table_name text, at timestamptz, stream text, kept bigint, read bigint, load bigint)
returns void language sql as $$
    insert into ops.source_files (
        source, table_name, file_name, stream, slot_at, status, rows_read, rows_kept, rows_rejected, load_id
    ) values (
        'gdelt', table_name,
        to_char(at, 'YYYYMMDDHH24MISS') || case stream when 'english' then '.' else '.translation.' end || table_name,
        stream, at, case when read = 0 then 'empty' else 'loaded' end, read, kept, 0, load
    )
$$;

-- History: twelve quarter-hours a day; totals for the hour that is compared.
select pg_temp.enter(
    'gkg', '2026-07-12 10:00'::timestamptz - day * interval '1 day' + slot * interval '15 minutes', stream, 60, 120, day
)
from generate_series(1, 8) as day, generate_series(0, 11) as slot,
    unnest(array['english', 'translation']) as stream;

insert into raw.gdelt__outlet_totals
select '2026-07-12 10:00'::timestamptz - day * interval '1 day', stream, 'o' || outlet || '.example', 'P' || outlet,
    20, 20, 8000, -10 + 0.1 * day, 60, day
from generate_series(1, 8) as day, unnest(array['english', 'translation']) as stream,
    generate_series(1, 6) as outlet;

-- The judged load: 120 documents a file, 60 of them kept; 50 events, 30 kept; 80 mentions, 40 kept.
create temporary table judged_slot as
select '2026-07-12 10:00'::timestamptz + slot * interval '15 minutes' as at, stream
from generate_series(0, 1) as slot, unnest(array['english', 'translation']) as stream;

select pg_temp.enter('gkg', at, stream, 60, 120, 1000),
    pg_temp.enter('export', at, stream, 30, 50, 1000),
    pg_temp.enter('mentions', at, stream, 40, 80, 1000)
from judged_slot;

insert into raw.gdelt__documents
select to_char(at, 'YYYYMMDDHH24MISS') || case stream when 'english' then '-' else '-T' end || n, at, stream,
    'o' || (n % 6 + 1) || '.example', 'https://o.example/' || to_char(at, 'HH24MI') || stream || n, 'Title ' || n,
    'eng', 1.5 - n % 4, 3.5, 2 + n % 4, 5.5 + n % 4, 20, 1, 300 + n, '{ECON_TRADE}', 1000
from judged_slot, generate_series(1, 60) as n;

insert into raw.gdelt__document_places
select record_id, slot_at, stream, 'VM', 3, true, load_id from raw.gdelt__documents;

insert into raw.gdelt__outlet_totals
select at, stream, 'o' || outlet || '.example', 'P' || outlet, 20, 20, 8000, -10, 60, 1000
from judged_slot, generate_series(1, 6) as outlet;

insert into raw.gdelt__events (
    global_event_id, slot_at, stream, event_date, is_root_event, event_code, event_base_code, event_root_code,
    quad_class, goldstein_scale, num_mentions, num_sources, num_articles, tone_mean, actor1_type_codes,
    actor2_type_codes, action_geo_latitude, action_geo_longitude, url, load_id
)
select row_number() over (), at, stream, '2026-07-12', true, '010', '010', '01', 1, 1, 5, 1, 5, -1, '{}', '{}',
    21, 105.8, 'https://o.example/' || n, 1000
from judged_slot, generate_series(1, 30) as n;
insert into raw.gdelt__event_totals select at, stream, 1, 50, 20, 1000 from judged_slot;

insert into raw.gdelt__mentions
select at, stream, n, n, at - interval '1 day', 1, 'o1.example', 'https://o.example/' || n, 1, true, 60, -1, 'eng', 1000
from judged_slot, generate_series(1, 40) as n;
insert into raw.gdelt__mention_totals select at, stream, 80, 3, 1000 from judged_slot;

-- A quiet quarter-hour: its files were there and held nothing.
select pg_temp.enter('gkg', '2026-07-11 04:00', 'english', 0, 0, 1001);

insert into raw.worldbank__vintages
select code, vintage, 'hash ' || vintage, vintage, case vintage when '2026-06-30' then 2000 else 2001 end
from unnest(array['NY.GDP.MKTP.CD', 'SP.POP.TOTL', 'BX.KLT.DINV.CD.WD']) as code,
    unnest(array['2026-06-30', '2026-07-07']::date[]) as vintage;
insert into raw.worldbank__observations
select indicator_code, 'C' || country, year, vintage_date,
    case indicator_code when 'NY.GDP.MKTP.CD' then 4e11 when 'SP.POP.TOTL' then 1e8 else -5e9 end, load_id
from raw.worldbank__vintages, generate_series(10, 29) as country, generate_series(2015, 2024) as year;

-- Two lists of 6,000 sites; a tenth of the sites changed.
insert into raw.tranco__ranks (load_id, list_date, rank, list_id, domain)
select 3000 + month, date '2026-06-01' + 30 * month, rank, 'LIST' || month,
    case when month = 1 and rank % 10 = 0 then 'new' else 'site' end || rank || '.example'
from generate_series(0, 1) as month, generate_series(1, 6000) as rank;

-- Two readings of one list: a hundred outlets, each with two countries.
insert into raw.gdelt_domains__countries (load_id, list_name, domain, country_code_fips, place_mentions)
select load, 'outlets', 'o' || outlet || '.example', country.code, country.mentions * outlet
from unnest(array[4000, 4001]) as load, generate_series(1, 100) as outlet,
    (values ('VM', 20), ('US', 10)) as country (code, mentions);

-- An office answered for forty documents, and could not tell of every eighth.
insert into raw.audit__labels
select 5000, 'C1', 'eng', '2026-07-01', 'press', record_id, case when n % 8 > 0 then n % 5 > 0 end
from (select record_id, row_number() over (order by record_id) as n from raw.gdelt__documents) as documents
where n <= 40;
