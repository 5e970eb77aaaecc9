-- Candidates of the coverage measures: fourteen weeks of stories and of what is measured of them.
create temporary table week as select '2026-07-06'::date - 7 * n as week from generate_series(0, 13) as n;
create temporary table watched as select 'C' || n as code from generate_series(1, 6) as n;

create table staging.stg_gdelt__documents as
select distinct record_id, slot_date, slot_at from warehouse.fct_document_country;
insert into computed.document_titles
select record_id, slot_at, 'english', 'Title', 'title', 'https://o.example/' || record_id, 5, '{}'
from staging.stg_gdelt__documents;

-- 40 foreign stories of 60 documents a week and country, and ten stories of the country's own outlets.
create table warehouse.mart_story_week as
select code as country_code_iso3, 'S-' || code || '-' || week || '-' || n as story_id,
    case when n <= 40 then 'foreign' else 'owned' end as series,
    week + 2 as first_date, week as week_start_date, 1 + n % 2 as n_documents
from week, watched, generate_series(1, 50) as n;

create table intermediate.int_story_pillars as
select country_code_iso3, story_id, series, first_date, 'pillar 1' as pillar, 1::float8 as weight
from warehouse.mart_story_week;

create table warehouse.mart_eligibility_day as
select code as country_code_iso3, '2026-07-12'::date - n as coverage_date, stream, 96 as slots_expected, 96 as slots_received,
    120 as n_documents, 30 as n_dropped_length, 0 as n_dropped_boilerplate, 20 as n_dropped_about,
    0 as n_dropped_audit, 10 as n_dropped_domestic, 0 as n_dropped_owned, 0 as n_dropped_same_language_abroad,
    0 as n_dropped_unknown_origin, 0 as n_dropped_time, 60 as n_eligible
from watched, generate_series(0, 30) as n, unnest(array['english', 'translation']) as stream;

create table warehouse.mart_reach_week as
select week as week_start_date, code as country_code_iso3, source as source_country_code_iso3,
    60 as n_documents, 40 as n_stories, 2 as n_stories_r1, 8 as n_stories_r2, 10 as n_stories_r3,
    20 as n_stories_r4, 10::float8 as reach_index, 'LIST1' as rank_list_id, '2026-07-01'::date as rank_list_date
from week, watched, unnest(array['world', 'C20']) as source;

create table intermediate.int_attention_totals as
select week as week_start_date, 'C20' as source_country_code_iso3, 'english' as stream, 'o1' as outlet_family,
    5000::bigint as n_all_documents
from week;
create table intermediate.int_attention_counts as
select week_start_date, code as country_code_iso3, source_country_code_iso3, stream, outlet_family,
    40::bigint as n_documents
from intermediate.int_attention_totals, watched;

create table warehouse.mart_share_of_voice as
with sets as (
    select source, array_agg(code order by code) as codes
    from watched, unnest(array['world', 'C20', 'C2']) as source where code <> source group by source
)
select week as week_start_date, code as country_code_iso3, source as source_country_code_iso3, stream,
    40::bigint as n_documents, 5000::bigint as n_all_documents, 80::float8 as attention_balanced_per_10000,
    80::float8 as attention_pooled_per_10000, 1::float8 / cardinality(codes) as share_of_voice,
    1::float8 / cardinality(codes) - 0.1 as share_of_voice_low,
    1::float8 / cardinality(codes) + 0.1 as share_of_voice_high,
    1::float8 / cardinality(codes) as share_of_voice_pooled, codes as compared_country_codes_iso3,
    null::text as suppressed_reason
from week, sets, unnest(codes) as code, unnest(array['english', 'translation', 'all']) as stream;

-- C20 has enough stories and outlets, C21 has not.
create table intermediate.int_tone_units as
select country_code_iso3, story_id, first_date, 0.2::float8 as z
from warehouse.mart_story_week where series = 'foreign';
create table warehouse.mart_tone_premium as
select week as week_start_date, code as country_code_iso3, source as source_area, stratum,
    case source when 'C20' then 60 else 20 end as n_stories, case source when 'C20' then 12 else 9 end as n_outlets,
    case source when 'C20' then 0.2::float8 end as tone_premium,
    case source when 'C20' then -0.1::float8 end as tone_premium_low,
    case source when 'C20' then 0.5::float8 end as tone_premium_high, 5 as n_peers,
    case source when 'C20' then 0.1::float8 end as tone_premium_over_peers,
    case source when 'C20' then -0.3::float8 end as tone_premium_over_peers_low,
    case source when 'C20' then 0.5::float8 end as tone_premium_over_peers_high,
    case source when 'C21' then 'under_30_stories' end as suppressed_reason
from week, watched, unnest(array['C20', 'C21']) as source, unnest(array['native', 'translated']) as stratum;

-- Eight pillars, 1/36 to 8/36 on the own side and the other way round on the foreign one; C20 is too thin.
create table seeds.pillars as select 'pillar ' || n as pillar from generate_series(1, 8) as n;
create table warehouse.mart_message_gap as
with pillars as (
    select n, n / 36::float8 as p, (9 - n) / 36::float8 as q from generate_series(1, 8) as n
),
divergence as (
    select sum(p * log(2::numeric, (8 * n)::numeric / 36)::float8 + q * log(2::numeric, (8 * (9 - n))::numeric / 36)::float8) / 2
        as bits
    from pillars
)
select week as week_start_date, code as country_code_iso3, source as source_country_code_iso3,
    'all' as language_code_iso639_3, 'pillar ' || n as pillar, case source when 'world' then p end as owned_share,
    case source when 'world' then q end as foreign_share, case source when 'world' then ln(p / q) end as log_ratio,
    case source when 'world' then bits end as js_divergence_bits, case source when 'world' then 0.01::float8 end as p_value,
    case source when 'world' then 0.04::float8 end as log_ratio_p_value,
    150 as n_owned_stories, case source when 'world' then 400 else 40 end as n_foreign_stories,
    case source when 'C20' then 'under_100_foreign_stories' end as suppressed_reason
from week, watched, pillars, divergence, unnest(array['world', 'C20']) as source;

create table warehouse.mart_dyad_pulse as
select week as week_start_date, code as actor1_country_code_iso3, 'C30' as actor2_country_code_iso3,
    'english' as stream, media, verbal + 30 as n_signals, verbal as n_verbal_cooperation,
    15 as n_material_cooperation, 10 as n_verbal_conflict, 5 as n_material_conflict, 0.4::float8 as balance,
    0.3::float8 as material_share, 120 as n_root_events, 50000::bigint as n_world_root_events,
    2.8::float8 as goldstein_median, 0.4::float8 as balance_confidence_20, 0.4::float8 as balance_confidence_80,
    null::text as suppressed_reason
from week, watched, (values ('third', 30), ('party', 10)) as signals (media, verbal)
union all
select week, code, 'C30', 'english', 'unknown', 8, 8, 0, 0, 0, null, null, 120, 50000, null, null, null, 'under_10_signals'
from week, watched;

grant select on all tables in schema warehouse, staging, intermediate, computed to tiengvang_builder;
grant select on seeds.pillars to tiengvang_builder;
