"""The CSV files behind an edition's charts, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pandas as pd

from tiengvang.edition.brief import Brief
from tiengvang.edition.columns_analysis_uplifts import UPLIFT_LISTS
from tiengvang.edition.columns_registers import LISTS
from tiengvang.edition.restatement_rows import restatements_frame
from tiengvang.windows import format_instant

# What a spreadsheet takes as the start of a formula, also in full width.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def cell(value: Any) -> str:
    """Write one value for a CSV file; null is empty, and text never starts a formula.

    A text that a spreadsheet would run is preceded by an apostrophe; numbers keep their sign.
    """
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, str):
        text = value.replace("\x00", "")
        return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text
    if isinstance(value, datetime):
        return format_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(round(value, 10))
    return str(value)


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write a frame as UTF-8 CSV with a byte-order mark, which spreadsheets need for Vietnamese."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(frame.columns)
    # By column, because a row of mixed types would turn whole numbers into floats.
    columns = [[cell(value) for value in frame[name].tolist()] for name in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode("utf-8-sig")


def gate_frame(brief: Brief) -> pd.DataFrame:
    """Return what the doors judged, one row per expectation."""
    names = [
        "door",
        "suite",
        "expectation",
        "column",
        "severity",
        "is_success",
        "observed",
        "sentence_en",
        "sentence_vi",
    ]
    rows = [result.as_dict() for result in brief.request.gates]
    return pd.DataFrame(rows, columns=names, dtype="object")


def stories_frame(brief: Brief) -> pd.DataFrame:
    """Return the week's stories; without a list of ranks none of them has a tier."""
    stories = brief.facts.stories
    if brief.stories.tiers:
        return stories
    return stories.assign(best_rank=None, best_tier=None)


def host_frame(brief: Brief) -> pd.DataFrame:
    """Return what the edition says of share of voice in each host country."""
    rows = [
        {
            "source_country_code_iso3": host.area,
            "n_outlets": host.n_outlets,
            "n_documents": host.n_documents,
            **_estimate("share_of_voice", host.estimate),
            "equal_share": host.equal_share,
            "verdict": host.verdict,
            **_estimate("share_of_voice_before", host.before),
            "change": host.change,
            "compared_country_codes_iso3": " ".join(host.compared),
            "suppressed_reason": host.reason,
        }
        for host in brief.voice.hosts
    ]
    return pd.DataFrame(rows, dtype="object")


def _estimate(name: str, value: tuple[float, float, float] | None) -> dict[str, float | None]:
    ends = value or (None, None, None)
    return dict(zip((name, f"{name}_low", f"{name}_high"), ends, strict=True))


def _joined(events: pd.DataFrame) -> pd.DataFrame:
    """Write columns of several codes as one text."""
    return events.assign(**{name: [" ".join(codes) for codes in events[name]] for name in LISTS})


def data_frames(brief: Brief) -> dict[str, pd.DataFrame]:
    """Return every data file's rows by its name; none gives tone by outlet, or what is suppressed."""
    facts = brief.facts
    voice = facts.voice.assign(
        compared_country_codes_iso3=[
            " ".join(v) for v in facts.voice["compared_country_codes_iso3"]
        ]
    )
    uplifts = facts.uplifts.assign(
        **{name: [" ".join(codes) for codes in facts.uplifts[name]] for name in UPLIFT_LISTS}
    )
    frames = {
        "stories": stories_frame(brief),
        "stories_by_source": brief.stories.by_source,
        "reach": facts.reach,
        "eligibility": facts.eligibility,
        "aboutness_audit": facts.audits,
        "documents": facts.documents,
        "coverage_daily": brief.daily,
        "share_of_voice": host_frame(brief),
        "share_of_voice_weeks": voice,
        "tone_premium": facts.tone,
        "message_gap": facts.messages,
        "relations": facts.relations,
        "outcomes": facts.outcomes,
        "arrivals_months": facts.arrivals,
        "registered_months": facts.registered,
        "outcome_months": facts.outcome_months,
        "outcome_revisions": facts.revisions,
        "lead_lag": facts.leads,
        "readiness_kpis": facts.readiness,
        "readiness_units": facts.readiness_units,
        "events": _joined(facts.events),
        "event_records": _joined(facts.event_versions),
        "agreements": facts.agreements,
        "awards": facts.awards,
        "training": facts.training,
        "claims": facts.claims,
        "response_clock": facts.response_clock,
        "response_curve": facts.response_curve,
        "correction_reach": facts.correction_reach,
        "anomaly_alerts": facts.alerts,
        "anomaly_stories": facts.alert_stories,
        "anomaly_calibrations": facts.alert_calibrations,
        "tone_shifts": facts.tone_shifts,
        "event_uplifts": uplifts,
        "event_uplift_days": facts.uplift_days,
        "event_uplift_donors": facts.uplift_donors,
        "data_trust": facts.trust,
        "gate_results": gate_frame(brief),
        "restatements": restatements_frame(brief.request.held_against),
    }
    return {f"{name}.csv": frame for name, frame in sorted(frames.items())}
