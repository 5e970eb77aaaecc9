"""The Vietnamese labels: short texts that hold no computed sentence."""

from tiengvang.edition.texts.vietnamese_labels_alerts import LABELS as ALERTS
from tiengvang.edition.texts.vietnamese_labels_registers import LABELS as REGISTERS
from tiengvang.edition.texts.vietnamese_leads import LABELS as LEADS
from tiengvang.edition.texts.vietnamese_restatements import LABELS as RESTATEMENTS
from tiengvang.edition.texts.vietnamese_uplifts import LABELS as UPLIFTS

LABELS = {
    **REGISTERS,
    **ALERTS,
    **UPLIFTS,
    **LEADS,
    **RESTATEMENTS,
    "product": "Tiếng Vang",
    "kind_daily": "Bản tin ngày",
    "kind_weekly": "Bản tin tuần",
    "edition": "Kỳ công bố",
    "published": "Đã công bố",
    "data_until": "Số liệu đến",
    "days_utc": "ngày tính theo giờ UTC",
    "receipt_hint": "Dấu {mark} sau con số dẫn đến chứng từ của số đó.",
    "other_language": "English",
    "pdf": "PDF",
    "print_table": "Bảng số liệu",
    "print_lacking": "[hệ chữ khác]",
    "print_lacking_note": "[hệ chữ khác] thay cho phần chữ mà phông của tệp này không có; trang web "
    "(vi/index.html) và các tệp số liệu của kỳ công bố có đủ.",
    "skip": "Đến phần kết quả",
    "contents": "Mục lục",
    "synthetic": "Dữ liệu giả lập. Mọi cơ quan báo chí, bài viết và con số ở đây đều không có "
    "thật.",
    "synthetic_name": "Dữ liệu giả lập",
    "synthetic_more": "Thế giới mẫu “{world}” chỉ dùng để chạy thử sản phẩm. Không được trích dẫn.",
    "synthetic_print": "DỮ LIỆU GIẢ LẬP – mọi cơ quan báo chí, bài viết, con số đều không có thật",
    "override": "Công bố theo quyết định bỏ qua kiểm tra.",
    "override_failed": "Nếu không có quyết định này, kỳ công bố đã bị tạm giữ, vì:",
    "override_office": "Đơn vị quyết định",
    "override_reason": "Lý do của đơn vị",
    "override_given": "Quyết định lúc",
    "override_until": "có hiệu lực đến",
    "good": "tốt",
    "watch": "cần lưu ý",
    "bad": "kém",
    "cannot_tell": "chưa xác định",
    "q_notes": "Ghi chú",
    "nav_notes": "Ghi chú",
    "k_daily": "Xanh: kỳ này. Xám: kỳ trước. Nhạt, viền đứt: nhận được dưới "
    "{full_day_share:percent} số khung 15 phút"
    " của ngày. Gạch chéo: không nhận được gì, nên không kết luận được gì.",
    "k_outcomes": "Nguồn: Ngân hàng Thế giới; số liệu lấy ngày {vintage}.",
    "k_yearly": "Màu xanh: {country}. Màu xám: các nước so sánh. Vùng tô: {closed_from:year} "
    "đến {closed_to:year}, đại dịch"
    " đóng cửa biên giới. Rỗng: đã sửa so với lần đọc đầu. Đường đứt đoạn ở năm không có số liệu.",
    "k_outcomes_none": "Chưa nạp được giá trị nào của chỉ tiêu này.",
    "k_visitors": "Xanh: khách quốc tế đến. Đường “Số tin”: số tin về {country} trên báo chí của thị trường "
    "đó. 100, chấm chấm, là trung bình của mỗi đường trong {index_months} tháng gần nhất có đủ cả hai; "
    "nơi chưa tháng nào có số tin thì lấy các tháng có số khách. Rỗng: đã sửa, số trước đó có trong bảng. "
    "Vùng tô: biên giới đóng vì đại dịch. Đường đứt ở tháng không có số liệu.",
    "k_registered": "Xanh: vốn đăng ký cấp mới, tính bằng hiệu của hai số lũy kế; dưới số 0 khi số lũy kế"
    " giảm. Xám: số tin về {country}. Gạch chéo: không có số liệu, không phải số không. Vạch đứng: cách"
    " tính thay đổi. Rỗng: đã sửa. Vùng tô: biên giới đóng vì đại dịch. Mỗi ô có thang riêng.",
    "source_nso": "Nguồn: Cục Thống kê, bản công bố {vintage}. Số tin: Dự án GDELT.",
    "source_nso_none": "Chưa nạp bảng số liệu nào của Cục Thống kê.",
    "all_markets": "Tất cả thị trường",
    "all_partners": "Tất cả đối tác",
    "closed_border": "đóng biên giới",
    "break_cut_off": "đổi ngày chốt số liệu",
    "break_adjusted": "có vốn điều chỉnh",
    "no_stories_counted": "Chưa xác định được số tin: chưa có tháng nào nhận đủ.",
    "corrected": "đã đính chính",
    "was": "trước là {value}",
    "status_estimate": "ước tính",
    "status_revised": "đã điều chỉnh",
    "status_confirmed": "in lại, giữ nguyên",
    "k_trust": "Xám: đã nhận. Cam, kèm số khung: thiếu hoặc bị từ chối. Gạch chéo: không nhận "
    "được gì.",
    "stream_english": "Luồng tiếng Anh",
    "stream_translation": "Luồng dịch máy",
    "table": "Mở bảng số liệu",
    "show_rest": "Xem thêm {n} mục",
    "csv": "Số liệu (CSV)",
    "source_gdelt": "Nguồn: Dự án GDELT, ngày theo giờ UTC.",
    "rose": "tăng",
    "fell": "giảm",
    "unclear": "chưa khác rõ",
    "unknown_origin": "Chưa rõ nước",
    "no_data": "không có số liệu",
    "others": "Các nước khác",
    "warnings": "Cảnh báo của cổng kiểm tra",
    "no_warnings": "Cả {n} phép kiểm tra của kỳ này đều đạt.",
    "passed": "{passed}/{n} phép kiểm tra đạt.",
    "data_package": "Mô tả mọi tệp số liệu và mọi cột (Frictionless Data Package)",
    "how_measured": "Cách đo:",
    "metrics_title": "Mỗi con số được đo thế nào",
    "metrics_lead": "Các thước đo đứng sau kỳ công bố này. Con số trong công thức và điều kiện là"
    " những số có hiệu lực khi lập kỳ công bố.",
    "back_to_brief": "Về bản tin",
    "receipt": "Chứng từ số liệu",
    "receipts": "Nguồn gốc số liệu:",
    "manifest": "Chứng từ của kỳ công bố: tệp và mã băm, kết quả kiểm tra, phiên bản",
    "k_stories_by_source": "Xanh: bài gốc, mỗi tin một bài. Xám: bài đăng lại. Vạch đứng: số bài tuần trước."
    " Tin được đăng ở hai nước thì tính ở cả hai.",
    "k_reach": "Thứ hạng là của trang, không phải của bài: nó cho biết trang phổ biến đến đâu, "
    "không cho biết bao nhiêu người đọc tin. Trang tổng hợp không được tính thứ hạng.",
    "k_rank_list": "Danh sách công khai {list}.",
    "k_voice": "Xanh: {country}, dải nhạt và vạch cuối là khoảng tin cậy "
    "{interval_level:percent} theo cơ quan báo "
    "chí. Xám: các nước cùng nhóm, có tên nước cao nhất. Chấm chấm: mức chia đều. Đường đứt ở kỳ không có "
    "giá trị. Thế giới: cơ quan báo chí của mọi nước ngoài nhóm so sánh.",
    "k_tone": "Chấm và đoạn thẳng: mức chênh và khoảng tin cậy {interval_level:percent} theo cơ "
    "quan báo chí. Xanh: "
    "khác 0 sau khi hiệu chỉnh theo số phép so sánh. Xám: chưa khác rõ. Gạch chéo: "
    "không hiển thị, n là số lượng chưa đủ. Gộp: các nước trong vùng quá nhỏ để xét"
    " riêng.",
    "k_messages": "Bên phải số 0: báo đối ngoại viết nhiều hơn báo nước ngoài. Bên trái: ngược lại. "
    "Vạch mảnh: khoảng tin cậy {interval_level:percent}, lấy mức rộng nhất. Xám: chưa khác rõ.",
    "k_relations": "Theo báo chí nước thứ ba, luồng tiếng Anh. Xanh: cán cân hợp tác và xung đột, từ"
    " −1 đến 1; chấm chấm: trung vị {balance_days:weeks} tuần. Đường “Hành động”: tỷ lệ hành động trong "
    "hợp tác, từ 0 đến 1. Dải nhạt: khoảng tin cậy {interval_level:percent} tính từ số đếm. Xám: cán cân "
    "theo báo chí của hai bên. Bên dưới là số tín hiệu: hợp tác hướng lên, xung đột (cam) "
    "hướng xuống; màu đậm là hành động, màu nhạt là lời nói.",
    "relations_short": "Mới có số liệu của {n} trong {balance_days:weeks_both_ends} tuần; trục chỉ vẽ các "
    "tuần đó.",
    "stories_rule": "Tin được nhiều cơ quan báo chí đăng nhất đứng trước; bằng nhau thì xét bậc cao "
    "hơn, rồi tin sớm hơn. Không chọn theo sắc thái. Tin không có tiêu đề chỉ có "
    "trong tệp số liệu.",
    "no_stories": "Không có tin nào của tuần để liệt kê.",
    "all_stories": "Toàn bộ tin trong tuần",
    "all_documents": "Toàn bộ bài của các tin, kèm đường dẫn",
    "audit_suppressed": "Bị loại vì dưới {min_audit_precision:percent} số bài đã đọc thực sự "
    "viết về {country}: {languages}.",
    "audit_none_suppressed": "Không ngôn ngữ nào bị loại.",
    "audit_unaudited": "Được tính nhưng chưa rà soát: {languages} ({share} số bài được tính).",
    "audit_nobody": "Chưa ngôn ngữ nào được rà soát: bài có viết về {country} hay không chỉ dựa vào quy tắc.",
    "audit_counted": "được tính",
    "audit_left_out": "bị loại",
    "left_out_bridge": "Các tin trong tuần có {documents} bài: trong số bài còn lại, {earlier} bài thuộc "
    "các tin có từ trước; {later} bài của các tin trong tuần đến sau tuần đó.",
    "tier_R1": "R1 (đến hạng {tier_1})",
    "tier_R2": "R2 (đến {tier_2})",
    "tier_R3": "R3 (đến {tier_3})",
    "tier_R4": "R4 (dưới nữa, không hạng)",
    "stratum_native": "tiếng Anh",
    "stratum_translated": "dịch máy",
    "colder": "lạnh hơn",
    "warmer": "ấm hơn",
    "above": "cao hơn",
    "below": "thấp hơn",
    "told_more": "báo đối ngoại viết nhiều hơn",
    "carried_more": "báo nước ngoài viết nhiều hơn",
    "no_peers": "không so được",
    "change_rose": "tăng",
    "change_fell": "giảm",
    "change_unclear": "chưa thay đổi rõ",
    "change_cannot_tell": "chưa xác định",
    "media_third": "nước thứ ba",
    "media_party": "hai bên",
    "media_unknown": "chưa rõ",
    "tier_special": "quan hệ đặc biệt",
    "tier_strategic": "đối tác chiến lược",
    "tier_comprehensive": "đối tác toàn diện",
    "tier_comprehensive_strategic": "đối tác chiến lược toàn diện",
    "since": "từ {day}",
    "unverified": "ngày chưa được kiểm chứng",
    "pillar_culture": "Văn hóa",
    "pillar_economy": "Kinh tế",
    "pillar_environment": "Môi trường",
    "pillar_governance": "Quản trị công",
    "pillar_science_digital": "Khoa học & số hóa",
    "pillar_security": "An ninh",
    "pillar_society": "Xã hội",
    "pillar_tourism": "Du lịch",
    "all_languages": "mọi ngôn ngữ",
}
