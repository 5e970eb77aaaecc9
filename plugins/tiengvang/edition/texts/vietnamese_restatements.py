"""The Vietnamese labels of corrections and restatements."""

LABELS = {
    "correction": "Đính chính.",
    "correction_of": "Có số liệu công bố sai trong kỳ",
    "correction_office": "Đơn vị đính chính",
    "correction_reason": "Nguyên nhân",
    "withdrawal": "Rút lại đính chính.",
    "withdrawal_of": "Nội dung sau là nhầm lẫn, nay không còn hiệu lực, trong đính chính kỳ",
    "withdrawal_office": "Đơn vị rút lại",
    "withdrawal_reason": "Lý do rút lại",
    "restated_first": "Không có kỳ nào trước kỳ này để so.",
    "restated_rule": "Số liệu của kỳ trước được so theo đúng những ngày của kỳ đó. Ngày chưa kết thúc khi "
    "công bố, và khoảng thời gian kết thúc giữa tuần, nay không còn nên không so. Lý do là thay đổi có ghi "
    "lại của những gì con số dựa vào; có thể có nhiều lý do.",
    "item_country": "nước",
    "item_market": "thị trường",
    "item_partner": "đối tác",
    "item_total": "tổng số",
}
