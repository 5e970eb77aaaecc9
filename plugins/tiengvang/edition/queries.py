"""One query of the public marts per frame of an edition.

Each is bound with ``focus``, ``period_start``, ``period_end``, ``previous_start``, ``week`` (the
Monday of the last whole ISO week), ``as_of_date`` and the lengths of what is looked back on.
"""

# ruff: noqa: S608  (names come from columns.py; values are bound)

from __future__ import annotations

from tiengvang.edition.queries_analysis_alerts import ALERT_QUERIES
from tiengvang.edition.queries_analysis_leads import LEAD_QUERIES
from tiengvang.edition.queries_analysis_uplifts import UPLIFT_QUERIES
from tiengvang.edition.queries_outcomes import OUTCOME_QUERIES, WATCHED
from tiengvang.edition.queries_outcomes import columns_of as _list
from tiengvang.edition.queries_registers import REGISTER_QUERIES


def _newest_window(mart: str) -> str:
    """Select the last Monday whose window was over when the period ended."""
    return f"""(
        select max(week_start_date) from marts.{mart}
        where country_code_iso3 = %(focus)s and window_end_date < %(period_end)s
          and week_start_date >= %(period_end)s::date - 14
    )"""


QUERIES = {
    "countries": f"""
        select {_list("countries")} from marts.dim_country order by country_code_iso3
    """,
    "coverage": f"""
        select {_list("coverage")} from marts.mart_coverage_day
        where coverage_date >= %(previous_start)s and coverage_date < %(period_end)s
          and country_code_iso3 = %(focus)s
        order by source_country_code_iso3, coverage_date
    """,
    "trust": f"""
        select {_list("trust")} from marts.mart_data_trust
        where trust_date >= %(previous_start)s and trust_date < %(period_end)s
        order by trust_date, stream
    """,
    # A story's copies come up to 72 hours after its first document.
    "documents": f"""
        select {_list("documents")} from marts.fct_document_country
        where country_code_iso3 = %(focus)s and is_eligible
          and slot_date >= least(%(week)s::date, %(period_start)s)
          and slot_date < greatest(%(week)s::date + 10, %(period_end)s)
        order by record_id
    """,
    "stories": f"""
        select {_list("stories")} from marts.mart_story_week
        where country_code_iso3 = %(focus)s and series = 'foreign'
          and first_date >= %(week)s and first_date < %(week)s::date + 7
        order by story_id
    """,
    "reach": f"""
        select {_list("reach")} from marts.mart_reach_week
        where country_code_iso3 = %(focus)s
          and week_start_date in (%(week)s::date, %(week)s::date - 7)
        order by week_start_date, source_country_code_iso3
    """,
    # A language's newest month in the period, beside the answers that are in force in it.
    "audits": """
        select distinct on (months.language_code_iso639_3)
            months.language_code_iso639_3, months.audit_month, months.n_documents,
            months.audit_month_in_force, answers.n_labelled, answers.n_about, answers.n_not_about,
            answers.n_undecided, answers.agreement_share, answers.precision_share,
            answers.precision_low, answers.precision_high, months.is_language_suppressed,
            months.method_version
        from marts.mart_aboutness_audit as months
        left join marts.mart_aboutness_audit as answers
            on answers.country_code_iso3 = months.country_code_iso3
            and answers.language_code_iso639_3 = months.language_code_iso639_3
            and answers.audit_month = months.audit_month_in_force
        where months.country_code_iso3 = %(focus)s and months.n_documents > 0
          and months.audit_month > %(period_start)s::date - interval '1 month'
          and months.audit_month < %(period_end)s
        order by months.language_code_iso639_3, months.audit_month desc
    """,
    "eligibility": f"""
        select {_list("eligibility")} from marts.mart_eligibility_day
        where country_code_iso3 = %(focus)s
          and coverage_date >= %(week)s and coverage_date < %(week)s::date + 7
        order by coverage_date, stream
    """,
    "voice": f"""
        select {_list("voice")} from marts.mart_share_of_voice
        where {WATCHED} and source_country_code_iso3 <> %(focus)s and stream = 'all'
          and week_start_date >= %(period_end)s::date - %(voice_days)s
          and window_end_date < %(period_end)s
        order by week_start_date, source_country_code_iso3, country_code_iso3
    """,
    "tone": f"""
        select {_list("tone")} from marts.mart_tone_premium
        where country_code_iso3 = %(focus)s and source_area <> %(focus)s
          and week_start_date = {_newest_window("mart_tone_premium")}
        order by source_area, stratum
    """,
    "messages": f"""
        select {_list("messages")} from marts.mart_message_gap
        where country_code_iso3 = %(focus)s and source_country_code_iso3 <> %(focus)s
          and week_start_date = {_newest_window("mart_message_gap")}
        order by source_country_code_iso3, language_code_iso639_3, pillar
    """,
    # The year before of those pairs alone that can be shown in the week.
    "relations": f"""
        with pairs as (
            select distinct actor1_country_code_iso3, actor2_country_code_iso3
            from marts.mart_dyad_pulse
            where week_start_date = %(week)s and suppressed_reason is null
              and %(focus)s in (actor1_country_code_iso3, actor2_country_code_iso3)
        )
        select {_list("relations", "pulse.")}
        from marts.mart_dyad_pulse as pulse
        left join pairs using (actor1_country_code_iso3, actor2_country_code_iso3)
        where %(focus)s in (actor1_country_code_iso3, actor2_country_code_iso3)
          and (
            week_start_date = %(week)s
            or (
              pairs.actor1_country_code_iso3 is not null
              and week_start_date >= %(week)s::date - %(relation_days)s
              and week_start_date < %(week)s
            )
          )
        order by
            actor1_country_code_iso3, actor2_country_code_iso3, stream, media, week_start_date
    """,
    **OUTCOME_QUERIES,
    **LEAD_QUERIES,
    **REGISTER_QUERIES,
    **ALERT_QUERIES,
    **UPLIFT_QUERIES,
}
