"""Vietnamese words and forms that the sentences share: lists, reasons, spans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from tiengvang.edition.brief import Page

UNITS = {
    "outlets": "cơ quan báo chí",
    "families": "cơ quan báo chí",
    "stories": "tin",
    "signals": "tín hiệu",
    "owned_stories": "tin của báo đối ngoại",
    "foreign_stories": "tin của báo nước ngoài",
    "cases": "vụ việc",
    "decided": "vụ việc đã quyết định",
}
COUNTED = {"families": "outlets"}
REASONS = {
    "no_documents": "không có bài nào về các nước được so sánh",
    "no_peers": "không nước cùng nhóm nào đủ điều kiện hiển thị ở đó",
    "no_rank_list": "chưa nạp danh sách xếp hạng trang",
    "no_slot_received": "không nhận được số liệu",
    "month_not_over": "tháng chưa kết thúc",
    "too_few_slots_received": "tháng đó nhận được quá ít",
    "no_earlier_release": "không có bản công bố tháng trước",
    "not_listed": "không được liệt kê",
    "not_listed_before": "tháng trước không được liệt kê",
    "not_printed": "không in",
    "slots_missing": "nhận được dưới {alert_slots:percent} khung 15 phút",
    "no_count": "phần lớn bài bằng ngôn ngữ bị loại qua kiểm tra",
    "short_history": "lịch sử quá ngắn (cần {alert_least_days} trong {alert_baseline_days} ngày trước đó)",
    "shift_short_history": "lịch sử quá ngắn (cần {shift_least_before} trong "
    "{alert_baseline_days} ngày trước đó)",
    "constant_series": "mọi ngày trước đó đều như nhau",
    "not_calibrated": "lịch sử quá ngắn để biết thế nào là hiếm (cần {alert_series_days} lượt xét)",
    "few_stories": "dưới {alert_stories} tin",
    "few_families": "dưới {alert_families} cơ quan báo chí",
    "no_premium": "quá ít ngày có đủ cơ quan báo chí (cần {shift_least_days} trong {shift_days} ngày)",
    "no_target": "chưa có thời hạn nào có hiệu lực",
    "no_statement_too_often": "quá nhiều vụ việc không trả lời",
    "not_yet_reached": "chưa đến mức đó",
    "no_claim_url": "nhật ký không nêu trang đưa thông tin",
    "no_statement_url": "nhật ký không nêu trang đăng tuyên bố",
    "claim_not_received": "không nhận được trang đưa thông tin",
    "statement_not_received": "không nhận được trang đăng tuyên bố",
    "lead_short_history": "chuỗi số liệu quá ngắn",
    "lead_constant_series": "một bên không bao giờ thay đổi",
    "lead_negative_values": "có số liệu âm",
    "lead_too_few_pairs": "quá nhiều khoảng trống",
    "claim_not_carried_abroad": "không báo nước ngoài nào đưa thông tin",
}


def listed(parts: Iterable[str]) -> str:
    """Join parts as a sentence does."""
    found = list(parts)
    return "".join(found) if len(found) < 2 else f"{', '.join(found[:-1])} và {found[-1]}"


def why(page: Page, reason: str | None, **counts: int) -> str:
    """Say why a value is not shown: the rule's unit, what was found, and what it takes."""
    rule = re.fullmatch(r"under_(\d+)_(\w+)", reason or "")
    if rule and rule[2] in UNITS:
        found = counts.get(COUNTED.get(rule[2], rule[2]))
        needed = page.numbers.count(int(rule[1]))
        n = "" if found is None else f"n = {page.numbers.count(found)}, "
        return f"không đủ {UNITS[rule[2]]} ({n}cần ít nhất {needed})"
    if reason == "not_enough_stories":
        return f"không đủ tin (n = {page.numbers.count(counts.get('stories'))})"
    return page.filled(REASONS.get(reason or "", "không hiển thị"))


def days(page: Page, first_and_last: tuple[date, date]) -> str:
    """Write a span of days: 06/07 – 12/07/2026."""
    return page.numbers.span(*first_and_last, " – ")


def capital(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]
