{{ config(meta={'public': true}) }}

with reviews as (

    select * from {{ ref('int_claim_reviews_rated') }}

),

feeds as (

    select * from {{ ref('stg_factchecks__feeds') }}

),

checkers as (

    select * from {{ ref('int_fact_checkers') }}

),

watchlist as (

    select * from {{ ref('watchlist') }}

),

phrases as (

    select max(list_version) as rating_list_version from {{ ref('rating_phrases') }}

),

responses as (

    select * from {{ ref('int_claim_responses_latest') }}

),

watched as (

    select
        country_code_iso3,
        role
    from watchlist
    where
        role in ('focus', 'peer')
        and {{ utc_date(as_of()) }} >= valid_from
        and ({{ utc_date(as_of()) }} < valid_to or valid_to is null)

),

first_feed as (

    select {{ utc_date('min(seen_at)') }} as feed_date from feeds

),

rating_changes as (

    select
        review_id,
        max(version_seen_at) as rating_changed_at
    from reviews
    where rating <> previous_rating
    group by review_id

),

-- What a checker was before its last other rating, whatever else changed since.
previous_ratings as (

    select distinct on (review_id)
        review_id,
        previous_rating
    from reviews
    where rating <> previous_rating
    order by review_id asc, version_number desc

),

latest as (

    select
        *,
        coalesce(published_on, {{ utc_date('first_seen_at') }}) as checked_on
    from reviews
    where is_latest

),

about as (

    select
        latest.review_id,
        array_agg(watched.country_code_iso3 order by watched.country_code_iso3)
            as watched_country_codes_iso3,
        bool_or(watched.role = 'focus') as is_about_focus
    from latest
    inner join watched
        on
            string_to_array(latest.named_country_codes_iso3, ' ')
            @> array[watched.country_code_iso3]
    group by latest.review_id

),

-- A site may have signed two codes; the first class by this order is its class on that day.
classed as (

    select
        latest.review_id,
        min(checkers.checker_name) as checker_name,
        (array_agg(checkers.checker_class order by array_position(
            array['self', 'governmental', 'independent'], checkers.checker_class
        )))[1] as checker_class,
        string_agg(checkers.network, ' ' order by checkers.network) as checker_networks,
        bool_and(checkers.is_verified) as is_checker_verified
    from latest
    inner join checkers
        on
            latest.checker_domain = checkers.checker_domain
            and (checkers.valid_from is null or latest.checked_on >= checkers.valid_from)
            and (checkers.valid_to is null or latest.checked_on < checkers.valid_to)
    group by latest.review_id

),

-- A review that is gone was there in the last feed before the one that lacked it.
last_feeds as (

    select
        latest.review_id,
        max(feeds.seen_at) as last_seen_at
    from latest
    inner join feeds on latest.is_listed or latest.load_id > feeds.load_id
    group by latest.review_id

),

joined as (

    select
        latest.*,
        classed.checker_name,
        classed.checker_class,
        classed.checker_networks,
        classed.is_checker_verified,
        last_feeds.last_seen_at,
        previous_ratings.previous_rating as rating_before,
        rating_changes.rating_changed_at,
        about.watched_country_codes_iso3,
        about.is_about_focus,
        phrases.rating_list_version,
        responses.response_seen_at,
        responses.statement_at,
        responses.declined_at,
        coalesce(responses.n_cases, 0) as n_cases,
        coalesce(
            responses.response_seen_at,
            least(latest.first_seen_at, latest.published_on::timestamp at time zone 'UTC')
        ) as opened_at,
        case
            when responses.statement_at is not null then 'answered'
            when responses.declined_at is not null then 'declined'
            when responses.n_cases is not null then 'open'
            when not coalesce(about.is_about_focus, false) then null
            when
                latest.published_on
                < first_feed.feed_date - {{ var('claim_backlog_days') }}
                then 'before_watch'
            else 'open'
        end as answer_status
    from latest
    cross join first_feed
    cross join phrases
    left join about on latest.review_id = about.review_id
    left join classed on latest.review_id = classed.review_id
    left join last_feeds on latest.review_id = last_feeds.review_id
    left join rating_changes on latest.review_id = rating_changes.review_id
    left join previous_ratings on latest.review_id = previous_ratings.review_id
    left join responses on latest.address_key = responses.address_key
    where about.review_id is not null or responses.address_key is not null

),

timed as (

    select
        *,
        case answer_status
            when 'open' then {{ as_of() }}
            when 'answered' then statement_at
            when 'declined' then declined_at
        end as open_until
    from joined

)

select
    review_id,
    claim_review_url,
    checker_domain,
    checker_name,
    checker_class,
    checker_networks,
    is_checker_verified,
    coalesce(checker_class = 'independent', false) as is_headline,
    claim_text,
    review_title,
    language_code_iso639_3,
    rating,
    rating_text,
    rating_basis,
    rating_before,
    rating_changed_at,
    published_on,
    first_seen_at,
    last_seen_at,
    is_listed,
    coalesce(watched_country_codes_iso3, '{}') as watched_country_codes_iso3,
    coalesce(is_about_focus, false) as is_about_focus,
    answer_status,
    n_cases,
    response_seen_at,
    statement_at as answered_at,
    case
        when open_until is not null
            then floor(extract(epoch from open_until - opened_at) / 86400)::integer
    end as days_open,
    rating_list_version,
    '{{ var("method_version") }}' as method_version
from timed
