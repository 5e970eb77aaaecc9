"""Vietnamese sentences of the uplifts of events: what moved, what did not, what cannot be told."""

from __future__ import annotations

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.vietnamese_words import listed
from tiengvang.edition.untrusted import plain_text
from tiengvang.edition.uplifts import JudgedEvent, Row, percent_change, why

NAMED = 4
LABELS = {
    "k_uplifts": "Xanh: thực tế. Nét đứt: nếu không có sự kiện, theo các nước bám sát nhất trước"
    " đó. Nền nhạt: cửa sổ theo dõi. Gạch chéo: không dùng. Tuần bắt đầu vào đúng thứ của ngày đầu sự "
    "kiện. Bên dưới là phép thử giả: sai số trong cửa sổ lớn hơn trước bao nhiêu lần, xanh là "
    "{country}, xám là từng nước không có gì xảy ra.",
    "uplift_clear": "rõ ràng",
    "uplift_possible": "có thể",
    "uplift_none_detected": "không phát hiện",
    "uplift_cannot_tell": "không thể kết luận",
    "evidence_registered": "đăng ký trước",
    "evidence_exploratory": "thăm dò",
    "outcome_attention": "mức chú ý",
    "outcome_tone_premium": "chênh lệch sắc thái",
    "outcome_arrivals": "khách quốc tế",
    "outcome_fdi": "đầu tư nước ngoài",
    "uplift_why_not_begun": "sự kiện chưa bắt đầu",
    "uplift_why_window_open": "thời gian theo dõi chưa hết",
    "uplift_why_not_measured_for_donors": "kết quả này không được đếm cho các nước để so sánh",
    "uplift_why_few_documents": "trước sự kiện có chưa tới {uplift_documents} bài mỗi ngày",
    "uplift_why_short_history": "trước sự kiện có chưa đến {uplift_least_days} ngày dùng được",
    "uplift_why_gap_in_window": "thiếu quá nhiều ngày trong cửa sổ theo dõi",
    "uplift_why_constant_series": "chuỗi số không hề thay đổi",
    "uplift_why_poor_pre_fit": "không tổ hợp nước nào bám sát quốc gia trước sự kiện",
    "uplift_why_too_few_donors": "với {n} nước đối chứng không thể có p dưới {p}, và cần "
    "{uplift_donors} nước để có {uplift_p}",
    "no_limit": "không giới hạn",
}


def uplifts(page: Page) -> str:
    """Answer what the events of the last weeks moved, one sentence per event."""
    found = page.brief.uplifts.events
    if not found:
        return (
            "Chưa xác định: không có sự kiện đã đăng ký nào đang diễn ra, còn được theo dõi hay vừa "
            f"hết theo dõi trong {page.in_force('uplift_shown_days:weeks')} tuần qua. Muốn đo "
            "thì phải đăng ký trước khi bắt đầu; cách làm có"
            " trong hướng dẫn vận hành ingest_registers."
        )
    told, opened = ([one for one in found if one.is_open is is_open] for is_open in (False, True))
    sentences = [_event(page, one) for one in told[:NAMED]]
    if len(told) > NAMED:
        sentences.append(f"Bảng còn {page.numbers.count(len(told) - NAMED)} sự kiện nữa.")
    if opened:
        names = listed(plain_text(one.event["name_vi"], 80) for one in opened)
        first = min(opened, key=lambda one: one.event["window_ends_on"]).event
        until = page.numbers.day(first["window_ends_on"])
        which = "" if len(opened) == 1 else f" là sớm nhất ({plain_text(first['name_vi'], 80)})"
        sentences.append(
            f"Chưa thể kết luận về {names}: thời gian theo dõi kéo dài đến ngày {until}{which}."
        )
    return answer(*sentences)


def _event(page: Page, found: JudgedEvent) -> str:
    name = plain_text(found.event["name_vi"], 80)
    if not found.attention:
        return f"{name}: không thể kết luận, {LABELS['uplift_why_not_measured_for_donors']}."
    late = "chỉ để thăm dò vì đăng ký khi đã bắt đầu: " if found.is_exploratory else ""
    parts = "; ".join(_verdict(page, said, rows) for (said, _), rows in found.grouped)
    return f"{name}: {late}{parts}."


def _verdict(page: Page, said: str, rows: list[Row]) -> str:
    row = rows[0]
    press = listed(_press(page, row["source_country_code_iso3"]) for row in rows)
    if said == "cannot_tell":
        because = why(page, LABELS, row)
        return f"trên {press} không thể kết luận, {because}"
    change = page.numbers.change(percent_change(row["uplift_log_points"]), 0)
    doubt = f"{_interval(page, row)}, {page.numbers.p_value(row['p_space_value'])}"
    if said == "none_detected":
        return f"trên {press} không phát hiện tác động đến mức chú ý ({doubt})"
    way = "cao hơn" if row["uplift_log_points"] > 0 else "thấp hơn"
    sure = "rõ ràng" if said == "clear" else "có thể"
    return f"trên {press} mức chú ý {sure} {way} mức suy ra từ các nước khác ({change}; {doubt})"


def _press(page: Page, code: str) -> str:
    return "báo chí thế giới" if code == "world" else f"báo chí {page.name(code)}"


def _interval(page: Page, row: Row) -> str:
    ends = [
        "không giới hạn"
        if pd.isna(row[name])
        else page.numbers.change(percent_change(row[name]), 0)
        for name in ("uplift_low_log_points", "uplift_high_log_points")
    ]
    return f"khoảng tin cậy {page.numbers.percent(row['interval_level'], 1)} từ {ends[0]} đến {ends[1]}"
