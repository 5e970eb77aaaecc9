"""The Vietnamese labels of alerts and shifts of tone."""

LABELS = {
    "q_alerts": "Có gì khác thường không, và đó là tin tức hay lỗi dữ liệu?",
    "nav_alerts": "Khác thường",
    "k_alerts": "Mỗi cột là một tuần, mỗi ô là một ngày. Xanh: nhiều tin hơn thường lệ, đậm nhất từ 3 độ "
    "lệch chuẩn; xám: ít hơn. Số trong khung cam: số chuỗi có cảnh báo. Gạch chéo: không đánh giá.",
    "h_alert_list": "Các cảnh báo và tin đứng sau",
    "alert_list_rule": "Cảnh báo khó xảy ra do ngẫu nhiên nhất đứng trước. Một tin chạm đến nhiều chuỗi sẽ "
    "sinh nhiều cảnh báo: các cảnh báo trong một ngày có thể là một sự kiện.",
    "col_alert_series": "Chuỗi theo dõi",
    "col_alert_trust": "Tin tức hay lỗi dữ liệu?",
    "alert_no_doubt": "dữ liệu trong ngày không có gì đáng ngờ",
    "alert_doubt": "hãy xem dữ liệu trước: {what}",
    "doubt_slots": "thiếu khung giờ",
    "doubt_unknown_outlets": "nhiều cơ quan báo chí chưa rõ nước",
    "doubt_boilerplate": "nhiều văn bản khuôn mẫu",
    "doubt_duplicates": "tỷ lệ bài đăng lại khác thường",
    "alert_behind": "{n} tòa soạn",
    "k_tone_shifts": "Mức chênh hằng ngày của 28 ngày gần nhất so với 84 ngày trước đó. Chưa so với các nước "
    "cùng nhóm.",
    "no_shift": "không chuyển dịch",
    "alert_yes": "có cảnh báo",
    "alert_no": "không cảnh báo",
}
