"""Vietnamese sentences of question 8: open claims, and how fast answers came."""

from __future__ import annotations

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.claims import Row
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.vietnamese_words import listed, why


def claims(page: Page) -> str:
    """Answer question 8."""
    first, *further = _claims(page)
    return answer(first, _fast(page), *further)


def findings(page: Page) -> dict[str, str]:
    """State the response curve and the reach of answers."""
    return {"response": _clock(page), "reach_of_answers": _reach(page)}


def _claims(page: Page) -> list[str]:
    found = page.brief.claims
    if not found.headline and not found.apart:
        return [
            f"Chưa xác định thông tin nào còn chờ trả lời: chưa đọc được bài kiểm chứng nào về {page.focus}; "
            "cách nạp có trong hướng dẫn vận hành ingest_factchecks."
        ]
    numbers, open_now = page.numbers, found.of("open")
    if not found.n_counted:
        said = [
            f"Không có thông tin nào về {page.focus} do tổ chức độc lập kiểm chứng đang được theo dõi."
        ]
    else:
        waits = open_now and not pd.isna(open_now[0]["days_open"])
        longest = f" (chờ lâu nhất {numbers.count(open_now[0]['days_open'])} ngày)" if waits else ""
        parts = [
            f"{numbers.count(found.count('open'))} đang chờ trả lời{longest}"
            if open_now
            else "không còn thông tin nào chờ trả lời"
        ]
        parts.append(f"{numbers.count(found.count('answered'))} đã được trả lời")
        if declined := found.count("declined"):
            parts.append(f"{numbers.count(declined)} đã có quyết định không trả lời")
        said = [
            f"Trong {numbers.count(found.n_counted)} thông tin về {page.focus} do các tổ chức độc lập kiểm "
            f"chứng từ khi bắt đầu theo dõi, {listed(parts)}."
        ]
    if older := found.count("before_watch"):
        said.append(
            f"Không tính {numbers.count(older)} thông tin cũ hơn, có từ trước khi theo dõi."
        )
    if found.apart:
        n = numbers.count(found.open_apart)
        said.append(f"{n} thông tin đang chờ của các tổ chức kiểm chứng khác được liệt kê riêng.")
    return said


def _fast(page: Page) -> str:
    """Say how fast answers came, in one sentence."""
    row = page.brief.claims.clock
    if row is None:
        return (
            "Chưa xác định tốc độ trả lời: chưa cơ quan nào gửi nhật ký phản hồi; cách gửi có trong hướng "
            "dẫn vận hành ingest_registers."
        )
    n = page.numbers.count(row["n_cases"])
    text = f"{_quantile(page, row, 'median', 'một nửa')}; {_target(page, row)}"
    span = page.in_force("response_days:both_ends")
    return f"Trong {n} vụ việc các đơn vị ghi nhận trong {span} ngày, {text}."


def _clock(page: Page) -> str:
    row = page.brief.claims.clock
    if row is None:
        return _fast(page)
    text = (
        f"Trong {page.numbers.count(row['n_cases'])} vụ việc phát hiện trong "
        f"{page.in_force('response_days:both_ends')} ngày đến "
        f"{page.numbers.day(row['window_end_date'])}, {_quantile(page, row, 'median', 'một nửa')} và "
        f"{_quantile(page, row, 'p90', 'chín phần mười')}; {_target(page, row)}."
    )
    n_open = page.numbers.count(row["n_open"])
    return f"{text} {_own_error(page, row)} {n_open} vụ việc còn mở."


def _quantile(page: Page, row: Row, name: str, share: str) -> str:
    value = row[f"{name}_hours"]
    if pd.isna(value):
        reason = (
            row["suppressed_reason"] if pd.isna(row[f"{name}_reason"]) else row[f"{name}_reason"]
        )
        told = why(page, reason, cases=row["n_cases"])
        return f"chưa xác định khi nào {share} có tuyên bố ({told})"
    return (
        f"{share} có tuyên bố trong {page.numbers.decimal(value, 1)} giờ"
        f"{_ends(page, row, f'{name}_hours')}"
    )


def _ends(page: Page, row: Row, name: str) -> str:
    ends = [row[f"{name}_low"], row[f"{name}_high"]]
    if any(pd.isna(end) for end in ends):
        return ""
    is_share = name.endswith("share")
    low, high = (
        page.numbers.percent(end) if is_share else page.numbers.decimal(end, 1) for end in ends
    )
    return (
        f" (khoảng tin cậy {page.in_force('interval_level:percent')}: từ {low} đến "
        f"{high}{'' if is_share else ' giờ'})"
    )


def _target(page: Page, row: Row) -> str:
    share = row["within_target_share"]
    if pd.isna(share):
        reason = row["within_target_reason"]
        told = why(page, None if pd.isna(reason) else reason, cases=row["n_with_target"])
        return f"chưa xác định tỷ lệ trả lời trong thời hạn ({told})"
    hours = row["target_hours"]
    now = "" if pd.isna(hours) else f"; thời hạn hiện nay là {page.numbers.decimal(hours, 0)} giờ"
    return (
        f"{page.numbers.percent(share)}{_ends(page, row, 'within_target_share')} được trả lời trong thời hạn "
        f"áp dụng lúc thông tin được phát hiện{now}"
    )


def _own_error(page: Page, row: Row) -> str:
    share = row["own_error_share"]
    if pd.isna(share):
        told = why(page, row["own_error_reason"], decided=row["n_decided"])
        return f"Chưa xác định tỷ lệ lỗi của chính đơn vị ({told})."
    decided = f"{page.numbers.count(row['n_decided'])} vụ việc đã có quyết định"
    return (
        f"Đơn vị tự đính chính trong {page.numbers.percent(share)} số {decided}"
        f"{_ends(page, row, 'own_error_share')}."
    )


def _reach(page: Page) -> str:
    found = page.brief.claims
    if not found.measured:
        return (
            "Chưa xác định câu trả lời lan tỏa đến đâu: không vụ việc nào có cả trang đưa thông tin và trang "
            "tuyên bố trong các bài đã nhận."
        )
    carried = count_of(row for row in found.measured if row["correction_reach_ratio"] > 0)
    return (
        f"Trong {page.numbers.count(count_of(found.measured))} câu trả lời theo dõi được, "
        f"{page.numbers.count(carried)} được báo nước ngoài đưa lại."
    )
