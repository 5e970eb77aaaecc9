-- Schemas, operational tables and raw tables. Idempotent: run at every start by the owner.
-- Runs inside one transaction; roles and grants are in roles.sql.
-- "create table if not exists" changes no table that is there: what a table gained since its first
-- version follows it as an alter that may run again.

create schema if not exists ops;
create schema if not exists raw;
create schema if not exists staging;
create schema if not exists intermediate;
create schema if not exists computed;
create schema if not exists warehouse;
create schema if not exists marts;
create schema if not exists qc;
create schema if not exists seeds;
create schema if not exists analyst;

-- ops: what happened ------------------------------------------------------------------------------

-- One row: the sha256 of schema.sql and roles.sql as they were last applied.
create table if not exists ops.prepared (
    is_only_row boolean primary key default true check (is_only_row),
    sha256 text not null
);

-- One row: which world this warehouse holds. declared_as_of is null for live data.
create table if not exists ops.world (
    is_only_row boolean primary key default true check (is_only_row),
    world_name text not null,
    is_synthetic boolean not null,
    declared_as_of timestamptz,
    calendar jsonb,
    created_at timestamptz not null default clock_timestamp()
);

-- The one clock: real time when live, the declared instant in a sample world.
create or replace function ops.as_of() returns timestamptz language sql stable as $$
    select coalesce((select declared_as_of from ops.world), now())
$$;

-- One row per batch of files that door one judges together.
create table if not exists ops.loads (
    load_id bigint generated always as identity primary key,
    source text not null,
    run_id text not null,
    window_start timestamptz not null,
    window_end timestamptz not null,
    status text not null default 'loading' check (status in ('loading', 'passed', 'quarantined')),
    reason text,
    started_at timestamptz not null default clock_timestamp(),
    judged_at timestamptz
);

-- The ledger: one row per file that must exist, the only truth about what is there.
create table if not exists ops.source_files (
    source text not null,
    table_name text not null,
    file_name text not null,
    stream text,
    slot_at timestamptz not null,
    status text not null default 'expected'
    check (status in ('expected', 'loaded', 'missing', 'empty', 'gap', 'refused')),
    rows_read bigint,
    rows_kept bigint,
    rows_rejected bigint,
    bytes bigint,
    checksum text,
    attempts integer not null default 0,
    reason text,
    load_id bigint references ops.loads (load_id),
    loaded_at timestamptz,
    -- what the file was read with; null on a loaded file: due again, with today's list or grown
    watchlist_digest text,
    first_read_at timestamptz,  -- of a drop folder: since when its bytes are known
    primary key (source, file_name)
);
alter table ops.source_files add column if not exists first_read_at timestamptz;
create index if not exists source_files_slot on ops.source_files (source, slot_at);
create index if not exists source_files_open on ops.source_files (source, slot_at)
where status in ('expected', 'missing', 'refused') or watchlist_digest is null;

-- One row per row that could not be read: where and why, never the row.
create table if not exists ops.rejected_rows (
    source text not null,
    file_name text not null,
    line_number integer not null,
    reason text not null,
    load_id bigint not null,
    place text,  -- of a workbook: sheet and cell; line_number is then that of the reject
    primary key (source, file_name, line_number)
);
alter table ops.rejected_rows add column if not exists place text;

-- One row per source: how far scheduled runs have registered slots.
create table if not exists ops.registrations (
    source text primary key,
    registered_until timestamptz,
    watchlist_version text
);

-- One row per build attempt.
create table if not exists ops.builds (
    build_id bigint generated always as identity primary key,
    as_of_at timestamptz not null,
    project_digest text not null,
    is_full_refresh boolean not null default false,
    status text not null default 'running'
    check (status in ('running', 'published', 'held', 'failed', 'abandoned')),
    reason text,
    started_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz
);

-- One row per day that a load touched; a build claims rows, its publication completes them.
create table if not exists ops.changed_days (
    changed_day_id bigint generated always as identity primary key,
    source text not null,
    day date not null,
    load_id bigint,
    build_id bigint references ops.builds (build_id),
    is_done boolean not null default false
);
create index if not exists changed_days_open on ops.changed_days (day) where not is_done;
create index if not exists changed_days_load on ops.changed_days (load_id) where not is_done;

-- One row per change of the public marts.
create table if not exists ops.publications (
    publication_id bigint generated always as identity primary key,
    build_id bigint not null references ops.builds (build_id),
    as_of_at timestamptz not null,
    project_digest text not null,
    rows_deleted bigint not null,
    rows_inserted bigint not null,
    published_at timestamptz not null default clock_timestamp()
);

-- One row per edition that was rendered or held; a draft is being rendered, or its run was killed;
-- a proposed one is rendered and waits for a person's answer.
create table if not exists ops.editions (
    edition_id text primary key,
    publication_id bigint not null references ops.publications (publication_id),
    status text not null check (status in ('draft', 'proposed', 'published', 'held')),
    reasons jsonb not null default '[]',
    cadence text not null check (cadence in ('daily', 'weekly')),
    period_start date not null,
    period_end date not null,
    as_of_at timestamptz not null,
    folder text,
    manifest_sha256 text,
    recorded_at timestamptz not null default clock_timestamp()
);
alter table ops.editions drop constraint if exists editions_status_check;
alter table ops.editions add constraint editions_status_check
check (status in ('draft', 'proposed', 'published', 'held'));

-- What offices decided to publish although a check of door three failed; see edition/overrides.py.
alter table ops.editions add column if not exists overrides jsonb not null default '[]';

-- One row per override: an office and never a person, why, for which rules, until when.
create table if not exists ops.overrides (
    override_id bigint generated always as identity primary key,
    office text not null check (office <> ''),
    reason text not null check (reason <> ''),
    rules text[] not null check (cardinality(rules) > 0),
    given_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > given_at),
    recorded_at timestamptz not null default clock_timestamp()
);

-- Which corrections an edition prints; see edition/corrections.py.
alter table ops.editions add column if not exists corrections bigint[] not null default '{}';

-- One row per correction: an office and never a person says what was wrong in a published edition.
create table if not exists ops.corrections (
    correction_id bigint generated always as identity primary key,
    edition_id text not null references ops.editions (edition_id),
    office text not null check (office <> ''),
    wrong_en text not null check (wrong_en <> ''),
    wrong_vi text not null check (wrong_vi <> ''),
    reason text not null check (reason <> ''),
    given_at timestamptz not null,
    recorded_at timestamptz not null default clock_timestamp()
);
-- A row that withdraws another has that row's words, and an office, reason and instant of its own.
alter table ops.corrections
add column if not exists withdraws bigint unique references ops.corrections (correction_id);

-- One row per number of a published edition that a later one found different, as data files write
-- it; today is null where it may no longer be given, column_name empty where a whole row is gone.
create table if not exists ops.restatements (
    restatement_id bigint generated always as identity primary key,
    found_by text not null references ops.editions (edition_id) on delete cascade,
    edition_id text not null references ops.editions (edition_id),
    file_name text not null,
    row_key text not null,
    column_name text not null,
    published text not null,
    today text,
    reasons text[] not null check (cardinality(reasons) > 0),
    unique (found_by, edition_id, file_name, row_key, column_name)
);

-- One row per expectation that a door judged.
create table if not exists ops.gate_results (
    gate_result_id bigint generated always as identity primary key,
    door text not null check (door in ('raw', 'marts', 'edition')),
    subject text not null,
    suite text not null,
    expectation text not null,
    column_name text,
    severity text not null check (severity in ('critical', 'warning', 'info')),
    is_success boolean not null,
    observed text,
    sentence_en text not null,
    sentence_vi text not null,
    judged_at timestamptz not null default clock_timestamp()
);
create index if not exists gate_results_subject on ops.gate_results (door, subject);

-- One row per source and check of freshness by dbt.
create table if not exists ops.source_freshness (
    source_table text primary key,
    max_loaded_at timestamptz,
    as_of_at timestamptz not null,
    age_seconds double precision,
    status text not null,
    silent_after_seconds double precision  -- dbt's first threshold; null where the table has none
);
alter table ops.source_freshness add column if not exists silent_after_seconds double precision;

-- One row per notice to operators, once per cause; ended_at null while any of its causes lasts.
create table if not exists ops.notices (
    notice_id bigint generated always as identity primary key,
    kind text not null
    check (kind in ('edition_published', 'edition_held', 'build_held', 'source_silent')),
    subject text not null,
    causes text[] not null check (cardinality(causes) > 0),
    title text not null,
    body text not null,
    runbook text not null,
    begun_at timestamptz not null,
    ended_at timestamptz,
    recorded_at timestamptz not null default clock_timestamp()
);

-- One row per notice and channel that was set when the notice was made.
create table if not exists ops.notice_deliveries (
    notice_id bigint not null references ops.notices (notice_id),
    channel text not null check (channel in ('webhook', 'email')),
    attempts integer not null default 0,
    delivered_at timestamptz,
    problem text,  -- of the last attempt, without any address
    primary key (notice_id, channel)
);

-- raw: what files said ----------------------------------------------------------------------------
-- Every row carries (slot_at, stream), which names its file, and the load that brought it.

-- One row per GKG document that places a watched country (focus or peer).
create table if not exists raw.gdelt__documents (
    record_id text primary key,
    slot_at timestamptz not null,
    stream text not null,
    outlet_domain text not null,
    url text not null,
    title text,
    language_code_iso639_3 text not null,
    tone double precision,
    tone_positive double precision,
    tone_negative double precision,
    polarity double precision,
    activity_density double precision,
    self_group_density double precision,
    word_count integer,
    theme_codes text[] not null,
    load_id bigint not null
);
create index if not exists documents_file on raw.gdelt__documents (slot_at, stream);

-- One row per kept document and country among its place mentions (every country, watched or not).
create table if not exists raw.gdelt__document_places (
    record_id text not null,
    slot_at timestamptz not null,
    stream text not null,
    country_code_fips text not null,
    place_mentions integer not null,
    has_subnational_place boolean not null,
    load_id bigint not null,
    primary key (record_id, country_code_fips)
);
create index if not exists document_places_file on raw.gdelt__document_places (slot_at, stream);

-- One row per file, outlet and principal country of a document: every document counts once.
create table if not exists raw.gdelt__outlet_totals (
    slot_at timestamptz not null,
    stream text not null,
    outlet_domain text not null,
    principal_country_code_fips text not null,
    documents integer not null,
    documents_80_words integer not null,
    words bigint not null,
    tone_sum double precision not null,
    tone_square_sum double precision not null,
    load_id bigint not null,
    primary key (slot_at, stream, outlet_domain, principal_country_code_fips)
);

-- One row per file, outlet and compared country: documents that are about it by the salience rule.
create table if not exists raw.gdelt__outlet_country_totals (
    slot_at timestamptz not null,
    stream text not null,
    outlet_domain text not null,
    country_code_fips text not null,
    salient_documents integer not null,
    load_id bigint not null,
    primary key (slot_at, stream, outlet_domain, country_code_fips)
);

-- One row per event that involves a watched country (actor or place).
create table if not exists raw.gdelt__events (
    global_event_id bigint primary key,
    slot_at timestamptz not null,
    stream text not null,
    event_date date,
    is_root_event boolean not null,
    event_code text not null,
    event_base_code text not null,
    event_root_code text not null,
    quad_class smallint not null,
    goldstein_scale double precision,
    num_mentions integer not null,
    num_sources integer not null,
    num_articles integer not null,
    tone_mean double precision,
    actor1_country_code_cameo text,
    actor1_type_codes text[] not null,
    actor2_country_code_cameo text,
    actor2_type_codes text[] not null,
    actor1_geo_country_code_fips text,
    actor2_geo_country_code_fips text,
    action_geo_type smallint,
    action_geo_country_code_fips text,
    action_geo_adm1_code text,
    action_geo_feature_id text,
    action_geo_latitude double precision,
    action_geo_longitude double precision,
    url text not null,
    outlet_domain text,
    load_id bigint not null
);
create index if not exists events_file on raw.gdelt__events (slot_at, stream);

-- One row per file and quad class (0: the row gives none): every event counts once.
create table if not exists raw.gdelt__event_totals (
    slot_at timestamptz not null,
    stream text not null,
    quad_class smallint not null,
    events integer not null,
    root_pair_events integer not null,
    load_id bigint not null,
    primary key (slot_at, stream, quad_class)
);

-- One row per mention of a kept event, at most seven days after the event was first seen.
create table if not exists raw.gdelt__mentions (
    slot_at timestamptz not null,
    stream text not null,
    line_number integer not null,
    global_event_id bigint not null,
    event_slot_at timestamptz not null,
    mention_type smallint not null,
    outlet_domain text not null,
    url text not null,
    sentence_number integer,
    is_in_raw_text boolean,
    confidence_percent smallint,
    document_tone double precision,
    language_code_iso639_3 text not null,
    load_id bigint not null,
    primary key (slot_at, stream, line_number)
);
create index if not exists mentions_event on raw.gdelt__mentions (global_event_id);
create index if not exists mentions_event_slot on raw.gdelt__mentions (event_slot_at);

-- Mentions whose event's files are not settled yet. Same columns: a promotion moves the row.
create table if not exists raw.gdelt__pending_mentions (
    like raw.gdelt__mentions including all
);

-- One row per mentions file: every mention counts once.
create table if not exists raw.gdelt__mention_totals (
    slot_at timestamptz not null,
    stream text not null,
    mentions integer not null,
    too_late_mentions integer not null,
    load_id bigint not null,
    primary key (slot_at, stream)
);

-- One row per World Bank answer that differed from the one before it: a vintage.
create table if not exists raw.worldbank__vintages (
    indicator_code text not null,
    vintage_date date not null,
    payload_sha256 text not null,
    publisher_updated_date date,
    load_id bigint not null,
    primary key (indicator_code, vintage_date)
);

-- One row per indicator, country or aggregate, year and vintage.
create table if not exists raw.worldbank__observations (
    indicator_code text not null,
    country_code_wb text not null,
    observation_year smallint not null,
    vintage_date date not null,
    value numeric,
    load_id bigint not null,
    primary key (indicator_code, country_code_wb, observation_year, vintage_date)
);

-- One row per country or aggregate of the World Bank's own list.
create table if not exists raw.worldbank__countries (
    country_code_wb text primary key,
    country_code_iso2 text not null,
    country_name text not null,
    region_id text not null,
    is_aggregate boolean not null,
    load_id bigint not null
);

-- One row per kept rank of a list of popular sites; a list is that of its day.
create table if not exists raw.tranco__ranks (
    load_id bigint not null,
    list_date date not null,
    rank integer not null,
    list_id text not null,
    domain text not null,
    primary key (list_date, rank)
);

-- One row per Wikipedia article and day for which the source has a count; other days are unknown,
-- not zero.
create table if not exists raw.pageviews__article_days (
    project text not null,
    article_title text not null,
    view_date date not null,
    views_count bigint not null,
    load_id bigint not null,
    primary key (project, article_title, view_date)
);

-- One row per IMF answer about a country that differed from the one before it: a vintage.
create table if not exists raw.imf__vintages (
    country_code_iso3 text not null,
    vintage_date date not null,
    payload_sha256 text not null,
    dataflow text not null,
    load_id bigint not null,
    primary key (country_code_iso3, vintage_date)
);

-- One row per country, counterpart (country or group), year and vintage: direct investment in the
-- country.
create table if not exists raw.imf__positions (
    country_code_iso3 text not null,
    counterpart_code text not null,
    position_year smallint not null,
    vintage_date date not null,
    value_usd numeric,
    status_code text,
    load_id bigint not null,
    primary key (country_code_iso3, counterpart_code, position_year, vintage_date)
);

-- One row per OECD answer about a country that differed from the one before it: a vintage.
create table if not exists raw.oecd__vintages (
    country_code_iso3 text not null,
    vintage_date date not null,
    payload_sha256 text not null,
    dataflow text,
    load_id bigint not null,
    primary key (country_code_iso3, vintage_date)
);

-- One row per country, reporting investor, kind of entity, year and vintage: what flowed to the
-- country.
create table if not exists raw.oecd__flows (
    country_code_iso3 text not null,
    reporter_code text not null,
    entity_type text not null,
    flow_year smallint not null,
    vintage_date date not null,
    value_usd numeric,
    status_code text,
    confidentiality_code text,
    load_id bigint not null,
    primary key (country_code_iso3, reporter_code, entity_type, flow_year, vintage_date)
);

-- One row per line of a file of the Foreign Investment Agency's yearly tables, as printed: capital
-- in million US dollars, null where nothing is printed. Each version of a file is kept.
create table if not exists raw.fia__registered (
    file_name text not null,
    line_number integer not null,
    received_at timestamptz not null,
    language_code_iso639_3 text not null,
    breakdown text not null,
    is_total boolean not null,
    label text not null,
    registered_year smallint not null,
    new_projects integer,
    new_capital_usd_million numeric,
    adjusted_projects integer,
    adjusted_capital_usd_million numeric,
    share_purchases integer,
    share_purchase_capital_usd_million numeric,
    load_id bigint not null,
    primary key (file_name, line_number)
);

-- One row per figure of a UN Tourism download, as printed: times unit_multiplier it is trips or US
-- dollars. Each version of a file is kept.
create table if not exists raw.un_tourism__observations (
    file_name text not null,
    line_number integer not null,
    received_at timestamptz not null,
    member_name text not null,
    indicator_code text not null,
    reporter_area_code text not null,
    reporter_area_name text not null,
    partner_area_name text not null,
    observation_year smallint not null,
    value numeric not null,
    unit text not null,
    unit_multiplier numeric not null,
    load_id bigint not null,
    primary key (file_name, line_number)
);

-- One row per figure of the National Statistics Office's table of visitors, as printed:
-- arrivals_count in persons, null for an index (123.67 is +23.67 %). Each workbook is kept.
create table if not exists raw.nso__visitors (
    file_name text not null,
    sheet text not null,
    cell text not null,
    release_month date not null,
    period_month date not null,
    period_kind text not null,
    status text not null,
    status_printed text,
    measure text not null,
    breakdown text not null,
    group_label text,
    label text not null,
    value_printed double precision not null,
    unit_printed text,
    unit_evidence text,
    arrivals_count double precision,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, sheet, cell)
);

-- One row per figure of its table of licensed investment, from 1 January to the cut-off date:
-- projects, and capital in million US dollars. What is not listed is not zero.
create table if not exists raw.nso__fdi (
    file_name text not null,
    sheet text not null,
    cell text not null,
    release_month date not null,
    period_month date not null,
    cut_off_date date not null,
    breakdown text not null,
    label text not null,
    measure text not null,
    value_printed double precision not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, sheet, cell)
);

-- One row per sum or period of those tables that was tried; units as printed, periods as 202009.
create table if not exists raw.nso__checks (
    file_name text not null,
    sheet text not null,
    cell text not null,
    release_month date not null,
    table_name text not null,
    check_name text not null,
    measure text not null,
    period_month date not null,
    period_kind text not null,
    expected double precision,
    found double precision,
    tolerance double precision not null,
    is_ok boolean not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, table_name, sheet, cell, check_name)
);

-- One row per domain and country of a list of what outlets write about; it only shows disagreement.
create table if not exists raw.gdelt_domains__countries (
    load_id bigint not null,
    list_name text not null,
    domain text not null,
    country_code_fips text not null,
    place_mentions bigint,
    primary key (load_id, domain, country_code_fips)
);

-- One row per file of answers that an office gave and document: is it about the country? Null: it
-- cannot be told. A corrected file is a load of its own, and the rows before it stay.
create table if not exists raw.audit__labels (
    load_id bigint not null,
    country_code_iso3 text not null,
    language_code_iso639_3 text not null,
    audit_month date not null,
    office text not null,
    record_id text not null,
    is_about boolean,
    primary key (load_id, record_id)
);

-- registers: what offices deliver in templates, one table per register. One row per delivered row;
-- every delivery is kept, and nothing is taken back by leaving it out. Null: not stated, never 0.

-- One row per delivered row on a ministry or other central office, as one delivery states it.
create table if not exists raw.registers__units (
    file_name text not null,
    row_number integer not null,
    office text not null,
    template_version integer not null,
    unit_code text not null,
    unit_kind text not null,
    name_en text not null,
    name_vi text not null,
    ended_on date,
    valid_on date not null,
    recorded_on date not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, row_number)
);

-- One row per delivered row on a readiness KPI, as one delivery defines it.
create table if not exists raw.registers__kpis (
    file_name text not null,
    row_number integer not null,
    office text not null,
    template_version integer not null,
    kpi_code text not null,
    unit_kind text not null,
    name_en text not null,
    name_vi text not null,
    definition_en text not null,
    definition_vi text not null,
    merger_rule text not null,
    valid_on date not null,
    recorded_on date not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, row_number)
);

-- One row per delivered row on a KPI and the day by which a share of the units was to meet it.
create table if not exists raw.registers__targets (
    file_name text not null,
    row_number integer not null,
    office text not null,
    template_version integer not null,
    kpi_code text not null,
    target_percent numeric not null,
    due_on date not null,
    source_title text not null,
    source_url text,
    is_verified boolean not null,
    valid_on date not null,
    recorded_on date not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, row_number)
);

-- One row per delivered row on a KPI, unit and day: whether the unit met it.
create table if not exists raw.registers__readiness_units (
    file_name text not null,
    row_number integer not null,
    office text not null,
    template_version integer not null,
    kpi_code text not null,
    unit_code text not null,
    is_met boolean,
    evidence text,
    status text not null,
    valid_on date not null,
    recorded_on date not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, row_number)
);

-- One row per delivered row on a KPI, population of units and day: how many met it, or the share.
create table if not exists raw.registers__readiness_totals (
    file_name text not null,
    row_number integer not null,
    office text not null,
    template_version integer not null,
    kpi_code text not null,
    population_version text not null,
    numerator integer,
    denominator integer,
    reported_percent numeric,
    evidence text,
    status text not null,
    valid_on date not null,
    recorded_on date not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, row_number)
);

-- One row per delivered row on an event or campaign.
create table if not exists raw.registers__events (
    file_name text not null,
    row_number integer not null,
    office text not null,
    template_version integer not null,
    event_code text not null,
    kind text not null,
    name_en text not null,
    name_vi text not null,
    starts_on date not null,
    ends_on date not null,
    host_countries text not null,
    outcomes text not null,
    window_days integer not null,
    valid_on date not null,
    recorded_on date not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, row_number)
);

-- One row per delivered row on an agreement or partnership tier with a country.
create table if not exists raw.registers__agreements (
    file_name text not null,
    row_number integer not null,
    office text not null,
    template_version integer not null,
    partner_code_iso3 text not null,
    kind text not null,
    tier text,
    title_en text not null,
    title_vi text not null,
    signed_on date,
    is_verified boolean not null,
    source_url text,
    valid_on date not null,
    recorded_on date not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, row_number)
);

-- One row per delivered row on an edition of an award.
create table if not exists raw.registers__awards (
    file_name text not null,
    row_number integer not null,
    office text not null,
    template_version integer not null,
    award_code text not null,
    edition_number integer not null,
    name_en text not null,
    name_vi text not null,
    held_on date,
    n_works integer,
    n_languages integer,
    n_prizes integer,
    valid_on date not null,
    recorded_on date not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, row_number)
);

-- One row per delivered row on a training session and unit (null: no unit was stated).
create table if not exists raw.registers__training (
    file_name text not null,
    row_number integer not null,
    office text not null,
    template_version integer not null,
    session_code text not null,
    held_on date not null,
    topic_en text not null,
    topic_vi text not null,
    unit_code text,
    n_participants integer,
    valid_on date not null,
    recorded_on date not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, row_number)
);

-- One row per delivered row on a case of the response log, as far as it has come.
create table if not exists raw.registers__responses (
    file_name text not null,
    row_number integer not null,
    office text not null,
    template_version integer not null,
    case_code text not null,
    claim_review_url text,
    claim_url text,
    seen_at timestamptz not null,
    triaged_at timestamptz,
    decided_at timestamptz,
    decision text,
    statement_at timestamptz,
    statement_url text,
    valid_on date not null,
    recorded_on date not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, row_number)
);

-- One row per delivered row on the target time to respond, and the day from which it holds.
create table if not exists raw.registers__response_targets (
    file_name text not null,
    row_number integer not null,
    office text not null,
    template_version integer not null,
    target_hours numeric not null,
    valid_on date not null,
    recorded_on date not null,
    received_at timestamptz not null,
    load_id bigint not null,
    primary key (file_name, row_number)
);

-- Whether a row takes back what was stated under its key; null: it does not.
alter table raw.registers__units add column if not exists is_withdrawn boolean;
alter table raw.registers__kpis add column if not exists is_withdrawn boolean;
alter table raw.registers__targets add column if not exists is_withdrawn boolean;
alter table raw.registers__readiness_units add column if not exists is_withdrawn boolean;
alter table raw.registers__readiness_totals add column if not exists is_withdrawn boolean;
alter table raw.registers__events add column if not exists is_withdrawn boolean;
alter table raw.registers__agreements add column if not exists is_withdrawn boolean;
alter table raw.registers__awards add column if not exists is_withdrawn boolean;
alter table raw.registers__training add column if not exists is_withdrawn boolean;
alter table raw.registers__responses add column if not exists is_withdrawn boolean;
alter table raw.registers__response_targets add column if not exists is_withdrawn boolean;

-- One row per feed of fact-checks that was read: what it held, and what became of it.
create table if not exists raw.factchecks__feeds (
    seen_at timestamptz not null,
    elements_count integer not null,
    reviews_count integer not null,
    kept_count integer not null,
    unlisted_count integer not null,
    duplicate_count integer not null,
    rejected_count integer not null,
    bad_date_count integer not null,
    load_id bigint not null,
    primary key (load_id)
);

-- One row per fact-check of a listed checker and feed in which it came, differed from the feed in
-- force before, or was gone (is_listed false). No claimant, no author, no person.
create table if not exists raw.factchecks__reviews (
    review_id text not null,
    content_digest text not null,
    row_digest text not null,
    is_listed boolean not null,
    claim_review_url text not null,
    checker_domain text not null,
    claim_text text not null,
    review_title text,
    language_code_iso639_3 text,
    language_basis text,
    rating_text text,
    rating_key text,
    rating_head_key text,
    rating_value double precision,
    rating_best double precision,
    rating_worst double precision,
    published_on date,
    named_country_codes_iso3 text not null,
    load_id bigint not null,
    primary key (review_id, load_id)
);

-- One row per publisher that is not listed, and feed: how many reviews, nothing of what they say.
-- Kept for the feed in force and the one after it.
create table if not exists raw.factchecks__publishers (
    publisher_domain text not null,
    reviews_count integer not null,
    load_id bigint not null,
    primary key (load_id, publisher_domain)
);

-- The fictional outlets of a sample world; empty in a live warehouse.
create table if not exists raw.sample__outlets (
    outlet_domain text primary key,
    outlet_name text not null,
    country_code_iso3 text not null,
    language_code_iso639_3 text not null,
    outlet_type text not null
);

-- computed: what the Python steps of a build make of its models -----------------------------------
-- The builder deletes and inserts the claimed days, as dbt's models do; no reader sees them.

-- One row per outlet domain that was ever seen.
create table if not exists computed.outlet_domains (
    outlet_domain text primary key,
    registered_domain text not null,
    public_suffix text not null
);

-- One row per kept document: its title, cleaned, and what it is compared by.
create table if not exists computed.document_titles (
    record_id text primary key,
    slot_at timestamptz not null,
    stream text not null,
    title_text text,
    title_key text,
    url_key text not null,
    title_word_count integer not null,
    named_country_codes_iso3 text[] not null
);
create index if not exists document_titles_slot on computed.document_titles (slot_at);
-- An address can be longer than what a B-tree takes.
create index if not exists document_titles_url on computed.document_titles using hash (url_key);

-- One row per site and day on which it was one of several mirrors of one outlet.
create table if not exists computed.outlet_mirrors (
    registered_domain text not null,
    family_date date not null,
    outlet_family text not null,
    primary key (registered_domain, family_date)
);
create index if not exists outlet_mirrors_day on computed.outlet_mirrors (family_date);

-- One row per document that was scored on text which pages of other titles carry too.
create table if not exists computed.boilerplate_documents (
    record_id text primary key,
    slot_date date not null
);
create index if not exists boilerplate_documents_day on computed.boilerplate_documents (slot_date);

-- One row per watched country and document that is about it: the story that it belongs to.
create table if not exists computed.story_documents (
    country_code_iso3 text not null,
    series text not null,
    record_id text not null,
    slot_at timestamptz not null,
    slot_date date not null,
    story_id text not null,
    primary key (country_code_iso3, record_id)
);
create index if not exists story_documents_day on computed.story_documents (slot_date);
create index if not exists story_documents_story
on computed.story_documents (country_code_iso3, story_id);

-- One row per story id that was in use once and is another one's now: a late document was earlier.
create table if not exists computed.story_aliases (
    country_code_iso3 text not null,
    series text not null,
    old_story_id text not null,
    story_id text not null,
    primary key (country_code_iso3, series, old_story_id)
);

-- One row per week, watched country, source country or `world`, and stream.
create table if not exists computed.share_of_voice (
    week_start_date date not null,
    country_code_iso3 text not null,
    source_country_code_iso3 text not null,
    stream text not null,
    n_outlets integer not null,
    n_documents bigint not null,
    n_all_documents bigint not null,
    attention_balanced double precision,
    attention_pooled double precision,
    sov_balanced double precision,
    sov_balanced_low double precision,
    sov_balanced_high double precision,
    sov_pooled double precision,
    compared_country_codes_iso3 text[] not null,
    suppressed_reason text,
    primary key (week_start_date, country_code_iso3, source_country_code_iso3, stream)
);

-- One row per week, watched country, source country or `region:<name>`, and stratum.
create table if not exists computed.tone_premiums (
    week_start_date date not null,
    country_code_iso3 text not null,
    source_country_code_iso3 text not null,
    stratum text not null,
    n_stories integer not null,
    n_families integer not null,
    premium double precision,
    premium_low double precision,
    premium_high double precision,
    n_peers integer not null,
    premium_vs_peers double precision,
    premium_vs_peers_low double precision,
    premium_vs_peers_high double precision,
    suppressed_reason text,
    primary key (week_start_date, country_code_iso3, source_country_code_iso3, stratum)
);

-- One row per week, watched country, source country or `world`, language or `all`, and pillar.
create table if not exists computed.message_gaps (
    week_start_date date not null,
    country_code_iso3 text not null,
    source_country_code_iso3 text not null,
    language_code_iso639_3 text not null,
    pillar text not null,
    owned_share double precision,
    foreign_share double precision,
    log_ratio double precision,
    log_ratio_p_value double precision,
    js_divergence_bits double precision,
    p_value double precision,
    n_owned_stories integer not null,
    n_foreign_stories integer not null,
    suppressed_reason text,
    primary key (
        week_start_date, country_code_iso3, source_country_code_iso3, language_code_iso639_3, pillar
    )
);

-- One row per week of the response log: how fast the cases of 365 days were answered, as was known
-- then. Times in hours; a `..._reason` says why a quantity is null.
create table if not exists computed.response_clock (
    week_start_date date primary key,
    window_start_date date not null,
    window_end_date date not null,
    n_cases integer not null,
    n_open integer not null,
    n_statements integer not null,
    n_no_statement integer not null,
    n_decided integer not null,
    n_correct_ourselves integer not null,
    median_hours double precision,
    median_hours_low double precision,
    median_hours_high double precision,
    median_reason text,
    p90_hours double precision,
    p90_hours_low double precision,
    p90_hours_high double precision,
    p90_reason text,
    n_with_target integer not null,
    within_target_share double precision,
    within_target_share_low double precision,
    within_target_share_high double precision,
    no_statement_within_target_share double precision,
    within_target_reason text,
    own_error_share double precision,
    own_error_share_low double precision,
    own_error_share_high double precision,
    own_error_reason text,
    suppressed_reason text
);

-- One row per such week and hour since a claim was seen at which a curve steps.
create table if not exists computed.response_curve (
    week_start_date date not null,
    hours integer not null,
    n_waiting integer not null,
    statement_share double precision not null,
    statement_share_low double precision,
    statement_share_high double precision,
    no_statement_share double precision not null,
    no_statement_share_low double precision,
    no_statement_share_high double precision,
    primary key (week_start_date, hours)
);

-- One row per case of the response log, page that it names and kept document at its address.
create table if not exists computed.case_pages (
    case_code text not null,
    page text not null,
    record_id text not null,
    primary key (case_code, page, record_id)
);

-- One row per day and watched series of stories, of the days that are judged.
create table if not exists computed.anomaly_days (
    story_date date not null,
    country_code_iso3 text not null,
    source_country_code_iso3 text not null,
    pillar text not null,
    slots_expected integer not null,
    slots_received integer not null,
    n_stories integer,
    n_families integer,
    expected double precision,
    robust_z double precision,
    count_p double precision,
    statistic double precision,
    p_value double precision,
    q_value double precision,
    is_alert boolean,
    reason text,
    primary key (story_date, country_code_iso3, source_country_code_iso3, pillar)
);
alter table computed.anomaly_days alter column n_stories drop not null;
alter table computed.anomaly_days alter column n_families drop not null;

-- One row per day, focus country, host country and stratum, of the days that are judged.
create table if not exists computed.tone_shift_days (
    story_date date not null,
    country_code_iso3 text not null,
    source_country_code_iso3 text not null,
    stratum text not null,
    n_stories integer not null,
    n_families integer not null,
    premium double precision,
    shift double precision,
    changed_on date,
    direction text,
    statistic double precision,
    p_value double precision,
    q_value double precision,
    is_shift boolean,
    reason text,
    primary key (story_date, country_code_iso3, source_country_code_iso3, stratum)
);

-- One row per statistic (`stories`, `tone`), judged month and level; one with a reason where there
-- is none.
create table if not exists computed.anomaly_calibrations (
    statistic text not null,
    month_start_date date not null,
    level_number integer not null,
    level_from double precision,
    n_series_days integer,
    n_independent integer,
    median double precision,
    fence double precision,
    tail_center double precision,
    tail_scale double precision,
    alarms_per_100 double precision,
    reason text,
    primary key (statistic, month_start_date, level_number)
);

-- One row per registered event, outcome that its register names, and host country or `world`.
create table if not exists computed.event_uplifts (
    event_code text not null,
    outcome text not null,
    source_country_code_iso3 text not null,
    verdict text not null check (verdict in ('clear', 'possible', 'none_detected', 'cannot_tell')),
    suppressed_reason text,
    evidence text not null check (evidence in ('registered', 'exploratory')),
    excluded_country_codes_iso3 text[] not null,
    overlapping_event_codes text[] not null,
    n_fit_days integer not null,
    n_window_days integer not null,
    n_donors integer,
    smallest_p_value double precision,
    pre_fit double precision,
    uplift double precision,
    uplift_low double precision,
    uplift_high double precision,
    interval_level double precision,
    difference double precision,
    rmspe_ratio double precision,
    p_space double precision,
    p_time double precision,
    n_windows_before integer,
    primary key (event_code, outcome, source_country_code_iso3),
    check ((verdict = 'cannot_tell') = (suppressed_reason is not null))
);

-- One row per uplift with a figure and day that it was fitted or looked for in, and those between.
create table if not exists computed.event_uplift_days (
    event_code text not null,
    outcome text not null,
    source_country_code_iso3 text not null,
    attention_date date not null,
    is_window boolean not null,
    attention_per_10000 double precision,
    counterfactual_per_10000 double precision,
    gap_log_points double precision,
    suppressed_reason text,
    primary key (event_code, outcome, source_country_code_iso3, attention_date)
);

-- One row per uplift with a figure and donor that it was compared with.
create table if not exists computed.event_uplift_donors (
    event_code text not null,
    outcome text not null,
    source_country_code_iso3 text not null,
    donor_country_code_iso3 text not null,
    weight double precision not null,
    rmspe_ratio double precision not null,
    primary key (event_code, outcome, source_country_code_iso3, donor_country_code_iso3)
);

-- One row per pair of series (partner country, leading series, outcome) and lag.
create table if not exists computed.lead_lags (
    country_code_iso3 text not null,
    partner_country_code_iso3 text not null,
    leading_series text not null,
    outcome_series text not null,
    lag_periods integer not null,
    rhythm text not null,
    first_period_date date,
    last_period_date date,
    n_periods integer not null,
    n_periods_needed integer not null,
    correlation double precision,
    correlation_threshold double precision,
    raw_correlation double precision,
    strongest_lag_periods integer,
    p_value double precision,
    q_value double precision,
    forecast_gain_share double precision,
    verdict text not null,
    suppressed_reason text,
    primary key (
        country_code_iso3, partner_country_code_iso3, leading_series, outcome_series, lag_periods
    )
);
