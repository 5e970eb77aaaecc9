"""What an edition's queries are called where a page leads to their receipts."""

from __future__ import annotations

from tiengvang.edition.locales import Language
from tiengvang.edition.texts.data_files import FILES

# The file that holds what a query of the edition gives, where the two have other names.
OF_QUERY = {
    "voice": "share_of_voice_weeks",
    "tone": "tone_premium",
    "messages": "message_gap",
    "coverage": "coverage_daily",
    "audits": "aboutness_audit",
    "trust": "data_trust",
    "event_versions": "event_records",
    "uplifts": "event_uplifts",
    "uplift_days": "event_uplift_days",
    "uplift_donors": "event_uplift_donors",
    "alerts": "anomaly_alerts",
    "alert_stories": "anomaly_stories",
    "alert_calibrations": "anomaly_calibrations",
    "arrivals": "arrivals_months",
    "registered": "registered_months",
    "leads": "lead_lag",
    "revisions": "outcome_revisions",
    "readiness": "readiness_kpis",
}
# Queries whose rows are in no file of their own.
ONLY_QUERIED = {"provinces": {"en": "Provincial units", "vi": "Đơn vị cấp tỉnh"}}


def query_title(query: str, language: Language) -> str:
    """Name what a query of the edition gives, as the page's links to its receipt do."""
    if query in ONLY_QUERIED:
        return ONLY_QUERIED[query][language]
    file = FILES[OF_QUERY.get(query, query)]
    return file.title_en if language == "en" else file.title_vi
