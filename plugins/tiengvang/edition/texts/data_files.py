"""What each data file of an edition holds, and those of its columns that no mart has."""

from __future__ import annotations

from dataclasses import dataclass

from tiengvang.dictionary import Entry
from tiengvang.edition.texts.restated_columns import RESTATED


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file: the mart whose columns it has (none: all are its own), its titles, its sources."""

    mart: str | None
    title_en: str
    title_vi: str
    sources: tuple[str, ...]


GDELT = ("gdelt",)
PROGRAMME = ("registers",)
FILES = {
    "stories": DataFile(
        "mart_story_week", "Stories of the week", "Tin trong tuần", ("gdelt", "tranco")
    ),
    "stories_by_source": DataFile(
        "mart_reach_week", "Stories by country of the press", "Tin theo nước của báo", GDELT
    ),
    "reach": DataFile("mart_reach_week", "Reach", "Mức lan tỏa", ("gdelt", "tranco")),
    "eligibility": DataFile(
        "mart_eligibility_day", "What was left out", "Những gì bị loại ra", GDELT
    ),
    "aboutness_audit": DataFile(
        "mart_aboutness_audit", "Audit by reading", "Kiểm tra bằng cách đọc", GDELT
    ),
    "documents": DataFile("fct_document_country", "Documents", "Bài viết", GDELT),
    "coverage_daily": DataFile("mart_coverage_day", "Coverage by day", "Tin bài theo ngày", GDELT),
    "share_of_voice": DataFile(
        "mart_share_of_voice", "Share of voice, findings", "Tỷ trọng tiếng nói, kết quả", GDELT
    ),
    "share_of_voice_weeks": DataFile(
        "mart_share_of_voice", "Share of voice by week", "Tỷ trọng tiếng nói theo tuần", GDELT
    ),
    "tone_premium": DataFile(
        "mart_tone_premium", "Tone beside the peers", "Sắc thái so với các nước cùng nhóm", GDELT
    ),
    "message_gap": DataFile("mart_message_gap", "Messages", "Thông điệp", GDELT),
    "relations": DataFile("mart_dyad_pulse", "Signals between countries", "Tín hiệu giữa các nước", GDELT),
    "outcomes": DataFile(
        "mart_outcome_year", "Outcomes by year", "Kết quả theo năm", ("worldbank",)
    ),
    "arrivals_months": DataFile(
        "fct_arrivals_month", "International arrivals", "Khách quốc tế đến", ("nso",)
    ),
    "registered_months": DataFile(
        "fct_fdi_registered_month", "Registered capital", "Vốn đăng ký", ("nso",)
    ),
    "outcome_months": DataFile(
        "mart_outcome_month", "Coverage by month", "Tin bài theo tháng", GDELT
    ),
    "outcome_revisions": DataFile(
        "mart_revision_log", "Revised figures", "Số liệu đã sửa", ("nso", "worldbank")
    ),
    "readiness_kpis": DataFile("mart_readiness_kpi", "Readiness", "Chỉ số sẵn sàng", PROGRAMME),
    "readiness_units": DataFile(
        "mart_readiness_unit", "Readiness by unit", "Chỉ số sẵn sàng theo đơn vị", PROGRAMME
    ),
    "events": DataFile("dim_event", "Events", "Sự kiện", PROGRAMME),
    "event_records": DataFile(
        "mart_event_calendar", "Events, every record", "Sự kiện, mọi lần ghi", PROGRAMME
    ),
    "agreements": DataFile("mart_agreement", "Agreements", "Thỏa thuận", PROGRAMME),
    "awards": DataFile("mart_award_edition", "Awards", "Giải thưởng", PROGRAMME),
    "training": DataFile("mart_training_unit", "Training", "Tập huấn", PROGRAMME),
    "claims": DataFile(
        "mart_claim_watch", "Claims", "Thông tin được kiểm chứng", ("factchecks", "registers")
    ),
    "response_clock": DataFile(
        "mart_response_clock", "How fast claims are answered", "Thời gian phản hồi", PROGRAMME
    ),
    "response_curve": DataFile(
        "mart_response_curve", "Share answered by hour", "Tỷ lệ đã phản hồi theo giờ", PROGRAMME
    ),
    "correction_reach": DataFile(
        "mart_correction_reach", "Reach of corrections", "Mức lan tỏa của đính chính",
        ("gdelt", "registers"),
    ),
    "lead_lag": DataFile(
        "mart_lead_lag", "Does coverage lead?", "Tin bài có đi trước không?", ("gdelt", "nso")
    ),
    "anomaly_alerts": DataFile("mart_anomaly_alert", "Unusual days", "Ngày bất thường", GDELT),
    "anomaly_stories": DataFile(
        "mart_anomaly_story", "Stories of unusual days", "Tin của ngày bất thường", GDELT
    ),
    "anomaly_calibrations": DataFile(
        "mart_anomaly_calibration", "How often days seem unusual", "Hiệu chỉnh ngày bất thường", GDELT
    ),
    "tone_shifts": DataFile("mart_tone_shift", "Shifts of tone", "Thay đổi sắc thái", GDELT),
    "event_uplifts": DataFile(
        "mart_event_uplift", "What events moved", "Tác động của sự kiện", ("gdelt", "registers")
    ),
    "event_uplift_days": DataFile(
        "mart_event_uplift_day", "Events, day by day", "Sự kiện theo ngày", ("gdelt", "registers")
    ),
    "event_uplift_donors": DataFile(
        "mart_event_uplift_donor", "Countries compared with", "Các nước đối chứng",
        ("gdelt", "registers"),
    ),
    "data_trust": DataFile("mart_data_trust", "Data trust", "Độ tin cậy", GDELT),
    "gate_results": DataFile(None, "What the doors judged", "Kết quả kiểm tra", ()),
    "restatements": DataFile(None, "Restated numbers", "Số liệu thay đổi sau khi công bố", ()),
}  # fmt: skip


def _own(unit: str, en: tuple[str, str], vi: tuple[str, str]) -> Entry:
    return Entry({"en": en[0], "vi": vi[0]}, {"en": en[1], "vi": vi[1]}, unit)


# By file and column: what an edition computes, or what means something else than in the mart.
OWN = {
    "stories_by_source.n_copies": _own(
        "documents",
        ("Copies", "Documents of the week's stories beyond the first of each."),
        ("Bài đăng lại", "Số bài ngoài bài đầu tiên của mỗi tin trong tuần."),
    ),
    "stories_by_source.n_documents_before": _own(
        "documents",
        ("Documents, week before", "Documents of the week before; null where it had no story."),
        ("Số bài tuần trước", "Số bài của tuần trước; trống nếu tuần đó không có tin nào."),
    ),
    "stories_by_source.n_outlets": _own(
        "families",
        ("Outlets", "Outlet families that carried one of the week's stories."),
        ("Cơ quan báo chí", "Số tòa soạn có đăng tin trong tuần."),
    ),
    "stories_by_source.effective_outlets": _own(
        "ratio",
        ("Effective outlets", "exp(-sum p ln p) of the outlets' shares of the documents."),
        ("Số cơ quan hiệu dụng", "exp(-tổng p ln p) của tỷ lệ số bài theo tòa soạn."),
    ),
    "coverage_daily.is_current": _own(
        "boolean",
        ("In the period", "Whether the day is of the edition's period, not of the one before."),
        ("Thuộc kỳ này", "Ngày thuộc kỳ công bố này hay thuộc kỳ trước."),
    ),
    "coverage_daily.n_documents": _own(
        "documents",
        ("Documents", "Eligible documents of foreign outlets; null on a gap."),
        ("Số bài", "Số bài đủ điều kiện của báo nước ngoài; trống nếu không nhận được dữ liệu."),
    ),
    "coverage_daily.n_documents_unknown_origin": _own(
        "documents",
        ("Documents of unknown origin", "Those of outlets of unknown country; null on a gap."),
        ("Số bài chưa rõ nước", "Số bài của báo chưa rõ nước; trống nếu không nhận được dữ liệu."),
    ),
    "share_of_voice.equal_share": _own(
        "share",
        ("Equal share", "1 by the number of compared countries."),
        ("Mức chia đều", "1 chia cho số nước được so sánh."),
    ),
    "share_of_voice.verdict": _own(
        "text",
        ("Finding", "above, below or unclear: the interval against the equal share, after Holm."),
        ("Kết quả", "above (trên), below (dưới) hoặc unclear (chưa rõ) so với mức chia đều, đã hiệu "
            "chỉnh Holm."),
    ),
    "share_of_voice.share_of_voice_before": _own(
        "share",
        ("Share of voice before", "That of the {window_days:both_ends} days before this window."),
        ("Tỷ trọng tiếng nói trước đó", "Của {window_days:both_ends} ngày trước cửa sổ này."),
    ),
    "share_of_voice.share_of_voice_before_low": _own(
        "share",
        ("Share of voice before, low", "Lower end of its {interval_level:percent} interval."),
        ("Tỷ trọng tiếng nói trước đó, cận dưới", "Cận dưới của khoảng tin cậy {interval_level:percent}."),
    ),
    "share_of_voice.share_of_voice_before_high": _own(
        "share",
        ("Share of voice before, high", "Upper end of its {interval_level:percent} interval."),
        ("Tỷ trọng tiếng nói trước đó, cận trên", "Cận trên của khoảng tin cậy {interval_level:percent}."),
    ),
    "share_of_voice.change": _own(
        "text",
        ("Against {window_days:both_ends} days before", "rose, fell, unclear or cannot_tell, "
        "after Holm's correction."),
        (
            "So với {window_days:both_ends} ngày trước",
            "rose (tăng), fell (giảm), unclear (chưa rõ) hoặc cannot_tell (không thể biết), đã "
            "hiệu chỉnh Holm.",
        ),
    ),
    "gate_results.door": _own(
        "text",
        ("Door", "marts: the build of these figures; edition: the edition itself."),
        ("Cửa kiểm tra", "marts: lần tính các số liệu này; edition: chính kỳ công bố."),
    ),
    "gate_results.suite": _own(
        "code", ("Suite", "Group of expectations."), ("Bộ kiểm tra", "Nhóm các kiểm tra.")
    ),
    "gate_results.expectation": _own(
        "code", ("Expectation", "What kind of rule it is."), ("Kiểm tra", "Loại quy tắc.")
    ),
    "gate_results.column": _own(
        "code", ("Value judged", "The number that the rule is about."), ("Giá trị", "Số được kiểm tra.")
    ),
    "gate_results.severity": _own(
        "text",
        ("Severity", "critical holds an edition, warning is printed on it."),
        ("Mức độ", "critical thì tạm giữ kỳ công bố, warning thì in trong kỳ."),
    ),
    "gate_results.is_success": _own(
        "boolean", ("Held true", "Whether the rule was met."), ("Đạt", "Quy tắc có đạt hay không.")
    ),
    "gate_results.observed": _own(
        "text",
        ("Seen", "What was seen; empty where a rule of the build was met."),
        ("Đã thấy", "Giá trị đã thấy; trống nếu quy tắc của lần tính số liệu đạt."),
    ),
    "gate_results.sentence_en": _own(
        "text", ("In English", "The finding as a sentence."), ("Tiếng Anh", "Kết quả thành câu.")
    ),
    "gate_results.sentence_vi": _own(
        "text", ("In Vietnamese", "The finding as a sentence."), ("Tiếng Việt", "Kết quả thành câu.")
    ),
    **{f"restatements.{name}": _own(*given) for name, given in RESTATED.items()},
}  # fmt: skip
