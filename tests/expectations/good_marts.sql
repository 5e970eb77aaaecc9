-- Candidates and public marts of three days, as the contract of the marts names their columns.
insert into ops.builds (build_id, as_of_at, project_digest, is_full_refresh, status)
overriding system value values (1, '2026-07-13 01:20+00', 'digest', false, 'running');
insert into ops.changed_days (changed_day_id, source, day, build_id)
overriding system value values (1, 'gdelt', '2026-07-12', 1);

create table warehouse.dim_country as
select 'C' || n as country_code_iso3, lpad(n::text, 3, '0') as country_code_fips, null::text as watch_role
from generate_series(1, 250) as n;
update warehouse.dim_country set country_code_fips = watched.code, watch_role = watched.role
from (values ('C1', 'VM', 'focus'), ('C2', 'TH', 'peer'), ('C3', 'ID', 'peer'), ('C4', 'MY', 'peer'),
    ('C5', 'RP', 'peer'), ('C6', 'SN', 'peer')) as watched (iso3, code, role)
where country_code_iso3 = watched.iso3;

create table seeds.watchlist as
select country_code_iso3, watch_role as role, '2015-02-18'::date as valid_from, null::date as valid_to
from warehouse.dim_country where watch_role is not null;

create table warehouse.dim_outlet as
select 'o' || n || '.example' as outlet_domain, 'foreign' as outlet_type from generate_series(1, 40) as n;

create temporary table day as select '2026-07-10'::date + n as day from generate_series(0, 2) as n;

create table warehouse.fct_document_country as
select day || '-' || country || '-' || n as record_id, 'C' || country as country_code_iso3, day as slot_date,
    day::timestamptz + interval '9 hours' as slot_at, 'foreign' as series, true as passes_text,
    n <= 8 as passes_about, true as passes_audit, true as passes_time, n <= 8 as is_eligible,
    case when n <= 8 then day || '-' || country || '-' || n end as story_id, '2' as method_version,
    'eng' as language_code_iso639_3
from day, generate_series(1, 6) as country, generate_series(1, 10) as n;

create table warehouse.fct_event as
select 1 as global_event_id, day as slot_date, day::timestamptz + interval '9 hours' as slot_at from day;

create table warehouse.fct_outlet_day as
select 'o' || n || '.example' as outlet_domain, day as coverage_date, 25 as documents
from day, generate_series(1, 40) as n;

create table warehouse.mart_coverage_day as
select 'C' || country as country_code_iso3, source as source_country_code_iso3, day as coverage_date,
    4 as n_documents, -1.5::float8 as tone_mean
from day, generate_series(1, 6) as country, unnest(array['C20', 'unknown']) as source;

-- English was audited in June, and that is in force in July; French is rare and was not.
create table warehouse.mart_aboutness_audit as
select 'C1' as country_code_iso3, language as language_code_iso639_3, month::date as audit_month, documents as n_documents,
    labels as n_labelled, labels - 5 as n_about, case labels when 0 then 0 else 5 end as n_not_about,
    0 as n_undecided, precision_share, precision_share - 0.1 as precision_low, precision_share + 0.05 as precision_high,
    case labels when 0 then 'not_audited' end as suppressed_reason, in_force::date as audit_month_in_force,
    false as is_language_suppressed
from (values ('eng', '2026-06-01', 500, 50, 0.9::float8, '2026-06-01'), ('eng', '2026-07-01', 300, 0, null, '2026-06-01'),
    ('fra', '2026-07-01', 20, 0, null, null)) as audits (language, month, documents, labels, precision_share, in_force);
update warehouse.mart_aboutness_audit set n_about = 0 where n_labelled = 0;

create table warehouse.mart_data_trust as
select day as trust_date, stream, slots.n as slots_expected, slots.n - 2 as slots_received, 1 as slots_missing,
    1 as slots_gap, 0 as slots_refused, 0 as slots_empty, (slots.n - 2)::float8 / slots.n as received_share,
    case stream when 'all' then 1000 else 500 end as n_documents, 0.001::float8 as rejected_row_share,
    0.05::float8 as boilerplate_share, 0.2::float8 as unknown_outlet_share, 0.25::float8 as duplicate_share,
    0.2::float8 as duplicate_share_band_low, 0.3::float8 as duplicate_share_band_high,
    day::timestamptz + interval '23 hours' as newest_slot_at
from (table day union all select '2026-07-04'::date - n from generate_series(0, 22) as n) as days,
    (values ('english', 96), ('translation', 96), ('all', 192)) as slots (stream, n);

create table warehouse.mart_outcome_year as
select 'C' || country as country_code_iso3, year as outcome_year, 4e11 * 1.05 ^ (year - 2015) as gdp_usd,
    1e8::numeric as population_count, 1e7::numeric as tourism_arrivals_count, 1e10::numeric as tourism_receipts_usd
from generate_series(1, 20) as country, generate_series(2015, 2025) as year;

-- Markets are 4 % of the total each, continents half of it; what a vintage revised it changed by 1 %.
create table warehouse.fct_arrivals_month as
select 'C1' as country_code_iso3, month::date as arrivals_month, market_kind, market_kind = 'total' as is_total,
    market_code, 'all' as transport_mode, share * 1e6::float8 as arrivals_count,
    case when month < '2026-06-01' then share * 0.99e6::float8 end as revised_from_count,
    'label of ' || market_code as market_label, 'published.xlsx' as source_file_name
from generate_series('2026-01-01'::timestamp, '2026-06-01', interval '1 month') as month, (
    select 'total' as market_kind, 'total' as market_code, 1 as share
    union all select 'continent', 'continent ' || n, 0.5 from generate_series(1, 2) as n
    union all select 'country', 'C' || n, 0.04 from generate_series(2, 21) as n
) as markets;

create table warehouse.fct_fdi_registered_month as
select 'C1' as country_code_iso3, month::date as fdi_month, breakdown, unit_code, unit_kind,
    share * extract(month from month)::float8 * 1e9 as new_capital_registered_ytd_usd,
    share * 1e9::float8 as new_capital_registered_usd, false as is_new_capital_negative,
    10 as new_projects_ytd_count, null::float8 as adjusted_capital_registered_ytd_usd,
    'label of ' || unit_code as unit_label, 'published.xlsx' as source_file_name
from generate_series('2026-01-01'::timestamp, '2026-06-01', interval '1 month') as month, (
    select 'total' as breakdown, 'total' as unit_code, 'total' as unit_kind, 1 as share
    union all select 'partner', 'C' || n, 'country', 0.045 from generate_series(2, 21) as n
) as units;

-- The IMF's vintage of 2026-06-01 stands, and nobody has the OECD's of that day.
create table warehouse.fct_fdi_position_year as
select 'C1' as country_code_iso3, 'C' || n as partner_code, 'country' as partner_kind, 2024 as position_year,
    '2026-06-01'::date as fdi_position_imf_vintage_date, '2026-06-01'::date as fdi_flow_oecd_vintage_date,
    null::date as fdi_flow_oecd_without_spe_vintage_date
from generate_series(2, 21) as n;

create table warehouse.mart_revision_log (source text, measure text, item_kind text, item_code text,
    period_start_date date, change_kind text, old_vintage_date date, new_vintage_date date);
insert into warehouse.mart_revision_log values
    ('nso', 'arrivals', 'market', 'C2', '2026-02-01', 'no_longer_given', '2026-02-01', '2026-03-01'),
    ('nso', 'arrivals', 'market', 'C3', '2026-02-01', 'no_longer_given', '2026-02-01', '2026-02-01'),
    ('nso', 'new_capital_registered_ytd', 'partner', 'C3', '2026-02-01', 'no_longer_given', '2026-02-01', '2026-02-01'),
    ('nso', 'new_projects_ytd', 'partner', 'C3', '2026-02-01', 'no_longer_given', '2026-02-01', '2026-02-01');

insert into ops.loads (load_id, source, run_id, window_start, window_end, status)
overriding system value values (7901, 'nso', 'published', '2026-07-01', '2026-07-02', 'passed'),
    (7902, 'imf', 'published', '2026-07-01', '2026-07-02', 'passed');
insert into ops.source_files (source, table_name, file_name, slot_at, status, load_id)
values ('nso', 'workbooks', 'published.xlsx@0123456789ab', '2026-06-01', 'loaded', 7901);
insert into raw.imf__vintages (country_code_iso3, vintage_date, payload_sha256, dataflow, load_id)
values ('C1', '2026-06-01', 'digest', 'IMF.STA:DIP', 7902);

create table marts.dim_outlet as table warehouse.dim_outlet;
create table marts.fct_document_country as table warehouse.fct_document_country;
create table marts.mart_data_trust as table warehouse.mart_data_trust;
create table marts.mart_outcome_year as table warehouse.mart_outcome_year;
create table marts.fct_arrivals_month as table warehouse.fct_arrivals_month;
create table marts.fct_fdi_registered_month as table warehouse.fct_fdi_registered_month;
create table marts.fct_fdi_position_year as table warehouse.fct_fdi_position_year;
grant select on all tables in schema warehouse to tiengvang_builder;
grant select on all tables in schema marts to tiengvang_builder;
grant select on seeds.watchlist to tiengvang_builder;
