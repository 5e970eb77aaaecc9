{#- 72 hours and four words: as the grouping of stories has them. -#}
{{ config(meta={'public': true}) }}

with cases as (

    select * from {{ ref('fct_response_case') }}

),

pages as (

    select * from {{ ref('stg_measuring__case_pages') }}

),

-- Read twice, by index: as one block each would be read whole.
titles as not materialized (

    select * from {{ ref('stg_reading__document_titles') }}

),

focus as (

    select country_code_iso3
    from {{ ref('dim_country') }}
    where watch_role = 'focus'

),

documents as not materialized (

    select fct_document_country.*
    from {{ ref('fct_document_country') }} as fct_document_country
    inner join focus on fct_document_country.country_code_iso3 = focus.country_code_iso3

),

found as (

    select
        pages.case_code,
        pages.page,
        titles.record_id,
        titles.slot_at,
        titles.title_key,
        titles.title_word_count
    from pages
    inner join titles on pages.record_id = titles.record_id

),

-- Stories are apart by series, so that copies abroad of an office's own page are another story.
linked as (

    select
        case_code,
        page,
        record_id
    from found
    union
    select
        found.case_code,
        found.page,
        titles.record_id
    from found
    inner join titles
        on
            found.title_key = titles.title_key
            and titles.slot_at
            between found.slot_at - interval '72 hours' and found.slot_at + interval '72 hours'
    where found.title_word_count >= 4

),

stories as (

    select distinct
        linked.case_code,
        linked.page,
        documents.country_code_iso3,
        documents.story_id
    from linked
    inner join documents on linked.record_id = documents.record_id
    where documents.story_id is not null

),

-- What was published before a statement cannot have carried it.
carriers as (

    select
        stories.case_code,
        stories.page,
        documents.record_id,
        documents.story_id,
        documents.slot_at,
        documents.outlet_domain,
        documents.outlet_family,
        documents.source_country_code_iso3
    from stories
    inner join documents
        on
            stories.country_code_iso3 = documents.country_code_iso3
            and stories.story_id = documents.story_id
    inner join cases on stories.case_code = cases.case_code
    where
        documents.is_eligible
        and (stories.page = 'claim' or documents.slot_at >= cases.statement_at)

),

counted as (

    select
        case_code,
        count(distinct story_id) filter (where page = 'claim') as n_claim_stories,
        count(distinct outlet_family) filter (where page = 'claim') as n_claim_families,
        count(distinct story_id) filter (where page = 'statement') as n_statement_stories,
        count(distinct outlet_family) filter (where page = 'statement') as n_statement_families
    from carriers
    group by case_code

),

firsts as (

    select distinct on (case_code)
        case_code,
        slot_at,
        outlet_domain,
        source_country_code_iso3
    from carriers
    where page = 'statement'
    order by case_code asc, slot_at asc, record_id asc

),

seen as (

    select
        case_code,
        bool_or(page = 'claim') as has_claim,
        bool_or(page = 'statement') as has_statement
    from found
    group by case_code

),

judged as (

    select
        cases.*,
        coalesce(seen.has_claim, false) as has_claim,
        coalesce(seen.has_statement, false) and cases.statement_at is not null as has_statement
    from cases
    left join seen on cases.case_code = seen.case_code

),

measured as (

    select
        judged.case_code,
        judged.claim_url,
        judged.statement_at,
        judged.statement_url,
        case when judged.has_claim then coalesce(counted.n_claim_stories, 0) end
            as n_claim_stories,
        case when judged.has_claim then coalesce(counted.n_claim_families, 0) end
            as n_claim_families,
        case when judged.has_statement then coalesce(counted.n_statement_stories, 0) end
            as n_statement_stories,
        case when judged.has_statement then coalesce(counted.n_statement_families, 0) end
            as n_statement_families,
        firsts.slot_at as first_foreign_at,
        firsts.outlet_domain as first_foreign_outlet_domain,
        firsts.source_country_code_iso3 as first_foreign_country_code_iso3,
        case
            when judged.statement_at is null then 'no_statement'
            when judged.claim_url is null then 'no_claim_url'
            when judged.statement_url is null then 'no_statement_url'
            when not judged.has_claim then 'claim_not_received'
            when not judged.has_statement then 'statement_not_received'
            when coalesce(counted.n_claim_families, 0) = 0 then 'claim_not_carried_abroad'
        end as suppressed_reason
    from judged
    left join counted on judged.case_code = counted.case_code
    left join firsts on judged.case_code = firsts.case_code

)

select
    case_code,
    claim_url,
    statement_url,
    n_claim_stories::integer as n_claim_stories,
    n_claim_families::integer as n_claim_families,
    n_statement_stories::integer as n_statement_stories,
    n_statement_families::integer as n_statement_families,
    case
        when
            suppressed_reason is null
            then n_statement_families::double precision / n_claim_families
    end as correction_reach_ratio,
    statement_at,
    first_foreign_at,
    (extract(epoch from first_foreign_at - statement_at) / 3600)::double precision
        as first_foreign_hours,
    first_foreign_outlet_domain,
    first_foreign_country_code_iso3,
    suppressed_reason,
    '{{ var("method_version") }}' as method_version
from measured
