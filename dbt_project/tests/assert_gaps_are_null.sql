-- A gap is never a zero, nor is a language that an audit suppressed; a quiet day is never a gap.
select
    country_code_iso3,
    source_country_code_iso3,
    coverage_date
from {{ ref('mart_coverage_day') }}
where
    {{ in_changed_days('mart_coverage_day') }}
    and (
        (slots_received = 0 or coalesce(suppressed_reason, '') = 'language_suppressed')
        <> (n_documents is null)
        or (n_documents is null) <> (n_outlets is null)
        or (slots_received = 0 and suppressed_reason is distinct from 'no_slot_received')
        or (n_documents = 0 and tone_mean is not null)
        or slots_received > slots_expected
    )
