"""The queries of question 6: what is unusual in the period, and the calendar before it."""

# ruff: noqa: S608  (names come from columns; values are bound)

from __future__ import annotations

from tiengvang.edition.columns_analysis_alerts import CALENDAR_WEEKS
from tiengvang.edition.queries_outcomes import columns_of

FIRST = "least(%(period_start)s::date, %(period_end)s::date - 7)"

ALERT_QUERIES = {
    # Every series of the newest week or the period, before it the focus in the world and all alerts.
    "alerts": f"""
        select {columns_of("alerts")} from marts.mart_anomaly_alert
        where alert_date >= %(period_end)s::date - {7 * CALENDAR_WEEKS}
          and alert_date < %(period_end)s
          and (
            alert_date >= {FIRST} or is_alert
            or (
              country_code_iso3 = %(focus)s and source_country_code_iso3 = 'world'
              and pillar = 'all'
            )
          )
        order by alert_date, country_code_iso3, source_country_code_iso3, pillar
    """,
    "alert_stories": f"""
        select {columns_of("alert_stories")} from marts.mart_anomaly_story
        where alert_date >= {FIRST} and alert_date < %(period_end)s
        order by alert_date, country_code_iso3, source_country_code_iso3, pillar, story_rank
    """,
    "alert_calibrations": f"""
        select {columns_of("alert_calibrations")} from marts.mart_anomaly_calibration
        where month_start_date = (
            select max(month_start_date) from marts.mart_anomaly_calibration
            where month_start_date < %(period_end)s
        )
        order by calibrated_statistic, level_number
    """,
    "tone_shifts": f"""
        select {columns_of("tone_shifts")} from marts.mart_tone_shift
        where country_code_iso3 = %(focus)s and story_date = (
            select max(story_date) from marts.mart_tone_shift where story_date < %(period_end)s
        )
        order by source_country_code_iso3, stratum
    """,
}
