"""The registers of the response clock: the log of cases, and the target time."""

from __future__ import annotations

from decimal import Decimal

from tiengvang.registers.declaration import (
    Column,
    Register,
    Said,
    needs,
    not_before,
    only_when,
    together,
)

STATEMENTS = ("statement", "correct_ourselves")


def _instant(name: str, heading_vi: str, about: Said, *, is_required: bool = False) -> Column:
    return Column(name, "instant", heading_vi, about, is_required=is_required)


def _url(name: str, heading_vi: str, about: Said) -> Column:
    return Column(name, "url", heading_vi, about, is_required=False)


RESPONSES = Register(
    name="responses",
    title=Said("Response log", "Nhật ký phản hồi"),
    about=Said(
        "One row per case, as far as it has come; when it goes on, a new row with all of it.",
        "Mỗi vụ việc một dòng, đến bước hiện tại; khi có bước mới, thêm một dòng mới đầy đủ.",
    ),
    own_columns=(
        Column(
            "case_code", "code", "Mã vụ việc", Said("Short code that stays.", "Mã ngắn, không đổi.")
        ),
        _url(
            "claim_review_url", "Địa chỉ bài kiểm chứng",
            Said("Address of the fact-check.", "Địa chỉ bài kiểm chứng thông tin."),
        ),
        _url(
            "claim_url", "Địa chỉ thông tin",
            Said("Address at which the claim stands.", "Địa chỉ đăng thông tin."),
        ),
        _instant(
            "seen_at", "Thời điểm phát hiện",
            Said("Instant at which the office saw it.", "Thời điểm đơn vị phát hiện."),
            is_required=True,
        ),
        _instant(
            "triaged_at", "Thời điểm phân loại",
            Said("Instant at which it was sorted.", "Thời điểm phân loại."),
        ),
        _instant(
            "decided_at", "Thời điểm quyết định",
            Said("Instant of the decision.", "Thời điểm quyết định."),
        ),
        Column(
            "decision", "choice", "Quyết định",
            Said(
                "`statement`, `no_statement` or `correct_ourselves` (the fault was ours).",
                "`statement` ra tuyên bố, `no_statement` không trả lời, `correct_ourselves` tự đính "
                "chính (lỗi của ta).",
            ),
            is_required=False,
            choices=("statement", "no_statement", "correct_ourselves"),
        ),
        _instant(
            "statement_at", "Thời điểm ra tuyên bố",
            Said("Instant at which the statement was published.", "Thời điểm công bố tuyên bố."),
        ),
        _url(
            "statement_url", "Địa chỉ tuyên bố",
            Said("Address of the statement.", "Địa chỉ tuyên bố."),
        ),
    ),
    key=("case_code",),
    rules=(
        not_before("triaged_at", "seen_at"),
        not_before("decided_at", "seen_at"),
        not_before("decided_at", "triaged_at"),
        not_before("statement_at", "decided_at"),
        *together("decision", "decided_at"),
        only_when("statement_at", "decision", STATEMENTS),
        needs("statement_url", "statement_at"),
    ),
    examples=(
        {
            "case_code": "2026-017", "claim_url": "https://example.org/claim",
            "seen_at": "2026-06-29T08:30+07:00", "triaged_at": "2026-06-29T10:00+07:00",
            "decided_at": "2026-06-29T15:00+07:00", "decision": "statement",
            "statement_at": "2026-06-30T09:00+07:00",
            "statement_url": "https://example.org/statement",
            "valid_on": "2026-06-30", "recorded_on": "2026-07-01",
        },
        {
            "case_code": "2026-018", "seen_at": "2026-06-30T16:05+07:00",
            "valid_on": "2026-06-30", "recorded_on": "2026-07-01",
        },
    ),
)  # fmt: skip

RESPONSE_TARGETS = Register(
    name="response_targets",
    title=Said("Target time to respond", "Thời hạn phản hồi"),
    about=Said(
        "Hours from seeing a case to its statement, and since when that is the target.",
        "Số giờ từ khi phát hiện đến khi ra tuyên bố, và từ khi nào áp dụng.",
    ),
    own_columns=(
        Column(
            "target_hours", "number", "Thời hạn (giờ)",
            Said("Hours, above 0 and up to 8784.", "Số giờ, lớn hơn 0 và đến 8784."),
            minimum=Decimal("0.01"), maximum=Decimal(8784),
        ),
    ),
    key=("valid_on",),
    examples=(
        {"target_hours": "24", "valid_on": "2026-01-01", "recorded_on": "2026-07-01"},
    ),
)  # fmt: skip
