-- One row per fact-check and version of what its checker says: a rating that changed is a new one.
with reviews as (

    select * from {{ ref('stg_factchecks__reviews') }}

),

feeds as (

    select * from {{ ref('stg_factchecks__feeds') }}

),

phrases as (

    select * from {{ ref('rating_phrases') }}

),

-- Rows that say the same, one after the other, are one version: what changed between them are only
-- lists of this project.
compared as (

    select
        reviews.*,
        feeds.seen_at,
        lag(reviews.content_digest) over (
            partition by reviews.review_id order by reviews.load_id
        ) as digest_before
    from reviews
    inner join feeds on reviews.load_id = feeds.load_id

),

numbered as (

    select
        *,
        sum(case when digest_before = content_digest then 0 else 1 end) over (
            partition by review_id order by load_id
        )::integer as version_number
    from compared

),

-- What lists of this project say of a version is what they said last.
versions as (

    select distinct on (review_id, version_number)
        *,
        min(seen_at) over (partition by review_id, version_number) as version_seen_at,
        min(seen_at) over (partition by review_id) as first_seen_at,
        max(version_number) over (partition by review_id) as n_versions
    from numbered
    order by review_id asc, version_number asc, load_id desc

),

matched as (

    select
        versions.*,
        coalesce(
            whole.rating,
            -- what follows may take a "true" back
            case when head.rating <> 'true' then head.rating end
        ) as phrase_rating
    from versions
    left join phrases as whole on versions.rating_key = whole.rating_key
    left join phrases as head on versions.rating_head_key = head.rating_key

),

-- A number counts where there is no text, and only on a scale whose ends are given.
rated as (

    select
        *,
        case
            when rating_text is not null then coalesce(phrase_rating, 'other')
            when
                rating_value is null
                or rating_best is null
                or rating_worst is null
                or rating_best <= rating_worst
                or rating_value not between rating_worst and rating_best
                then 'other'
            when rating_value = rating_worst then 'false'
            when rating_value = rating_best then 'true'
            else 'mixed'
        end as rating,
        case
            when rating_text is not null and phrase_rating is not null then 'text'
            when
                rating_text is null
                and rating_best > rating_worst
                and rating_value between rating_worst and rating_best
                then 'number'
        end as rating_basis
    from matched

)

select
    review_id,
    version_number,
    n_versions,
    version_number = n_versions as is_latest,
    first_seen_at,
    version_seen_at,
    is_listed,
    claim_review_url,
    {{ address_key('claim_review_url') }} as address_key,
    checker_domain,
    claim_text,
    review_title,
    language_code_iso639_3,
    language_basis,
    rating_text,
    rating,
    rating_basis,
    lag(rating) over version as previous_rating,
    published_on,
    named_country_codes_iso3,
    load_id,
    seen_at
from rated
window version as (partition by review_id order by version_number)
