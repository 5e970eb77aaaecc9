-- 1. What did foreign media publish about us, how much of it is original, who carried it?
-- Báo chí nước ngoài đã đăng gì về ta, bao nhiêu là tin gốc, ai đưa tin?

-- Stories by how many outlet families carried them; beside each, the week's stories, documents and
-- original share.
select
    story.title,
    story.first_outlet_domain,
    story.n_families,
    story.n_documents,
    story.best_tier,
    week.n_stories as stories_of_week,
    week.n_documents as documents_of_week,
    round(week.n_stories::numeric / week.n_documents, 3) as original_share,
    story.first_url,
    story.story_id
from marts.mart_reach_week as week
inner join marts.mart_story_week as story
    on
        week.country_code_iso3 = story.country_code_iso3
        and week.week_start_date <= story.first_date
        and story.first_date < week.week_start_date + 7
where
    week.country_code_iso3 = 'VNM'
    and week.source_country_code_iso3 = 'world'
    and week.week_start_date = (select max(week_start_date) from marts.mart_reach_week)
    and story.series = 'foreign'
order by story.n_families desc, story.n_documents desc, story.story_id asc
limit 20;

-- The same week by the country of the outlets, with the best tier that its stories reached:
select
    source_country_code_iso3,
    n_stories,
    n_documents,
    n_stories_r1,
    n_stories_r2,
    tier1_pickup_rate,
    suppressed_reason
from marts.mart_reach_week
where
    country_code_iso3 = 'VNM'
    and week_start_date = (select max(week_start_date) from marts.mart_reach_week)
order by n_stories desc, source_country_code_iso3 asc;

-- And from a story to its documents and links:
select
    slot_at,
    outlet_domain,
    source_country_code_iso3,
    title,
    url
from marts.fct_document_country
where
    country_code_iso3 = 'VNM'
    and story_id = (
        select story_id from marts.mart_story_week
        where
            country_code_iso3 = 'VNM' and series = 'foreign'
            and first_date >= (select max(week_start_date) from marts.mart_reach_week)
        order by n_families desc, n_documents desc, story_id asc
        limit 1
    )
order by slot_at, record_id;
