"""The Vietnamese labels of alerts and shifts of tone."""

LABELS = {
    "k_alerts": "Mỗi cột là một tuần, mỗi ô là một ngày. Xanh: nhiều tin hơn thường lệ, đậm "
    "nhất từ {alert_full_sd} độ "
    "lệch chuẩn; xám: ít hơn. Số trong khung cam: số chuỗi có cảnh báo. Gạch chéo: không đánh giá.",
    "alert_list_rule": "Cảnh báo khó xảy ra do ngẫu nhiên nhất đứng trước. Một tin chạm đến nhiều chuỗi sẽ "
    "sinh nhiều cảnh báo: các cảnh báo trong một ngày có thể là một sự kiện.",
    "alert_no_doubt": "dữ liệu trong ngày không có gì đáng ngờ",
    "alert_doubt": "hãy xem dữ liệu trước: {what}",
    "doubt_slots": "thiếu khung giờ",
    "doubt_unknown_outlets": "nhiều cơ quan báo chí chưa rõ nước",
    "doubt_boilerplate": "nhiều văn bản khuôn mẫu",
    "doubt_duplicates": "tỷ lệ bài đăng lại khác thường",
    "alert_behind": "{n} tòa soạn",
    "k_tone_shifts": "Mức chênh hằng ngày của {shift_days} ngày gần nhất so với "
    "{alert_baseline_days} ngày trước đó. Chưa so với các nước "
    "cùng nhóm.",
    "no_shift": "không chuyển dịch",
    "alert_yes": "có cảnh báo",
    "alert_no": "không cảnh báo",
}
