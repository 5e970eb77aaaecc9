"""The words of the entry page and of notices, in both languages; each says what the other says."""

from __future__ import annotations

from tiengvang.edition.locales import Language

ENTRY: dict[Language, dict[str, str]] = {
    "en": {
        "language": "English",
        "title": "The newest edition",
        "nothing": "No edition has been published yet.",
        "good": "The newest edition is published, and nothing newer is held.",
        "old": "What stands below is the last good edition.",
        "edition_held": "The newest edition is held.",
        "edition_held_more": "It was due with data as of {instant} and was not published, because:",
        "build_held": "New data is held.",
        "build_held_more": "The figures of {instant} did not pass the checks; what was published before "
        "stays, because:",
        "source_silent": "A source is silent.",
        "source_silent_more": "What rests on it is not newer than this:",
        "silent": "{source}: nothing new since {instant}.",
        "open": "Open this edition",
        "edition": "Edition",
        "data_until": "data as of",
        "kind_daily": "Daily brief",
        "kind_weekly": "Weekly brief",
        "overridden": "It was published although a check failed, on an office’s decision; the edition "
        "says whose, why and until when.",
        "checked": "Checked at {instant}. An edition is due every day: where that is more than a day "
        "ago, the product itself has stopped.",
        "synthetic_name": "Synthetic data",
        "synthetic": "Synthetic data. Every outlet, document and figure here is invented.",
        "synthetic_more": "The sample world “{world}” exists to try the product. Do not quote it.",
        "kinds": "Why there is nothing newer",
        "past": "All editions, as they were published",
        "past_none": "No edition has been published yet.",
        "back": "The newest edition",
        "corrected": "corrected",
        "correction": "Correction.",
        "correction_of": "A published figure was wrong, in edition {edition}:",
        "correction_by": "Corrected by {office}, {instant}.",
        "correction_reason": "How it came about:",
        "withdrawal": "Correction withdrawn.",
        "withdrawal_of": "A correction of edition {edition} was a mistake and no longer holds:",
        "withdrawal_by": "Withdrawn by {office}, {instant}.",
        "withdrawal_reason": "Why it is withdrawn:",
    },
    "vi": {
        "language": "Tiếng Việt",
        "title": "Kỳ công bố mới nhất",
        "nothing": "Chưa có kỳ công bố nào.",
        "good": "Kỳ mới nhất đã được công bố, không có kỳ nào mới hơn bị tạm giữ.",
        "old": "Dưới đây là kỳ công bố đạt yêu cầu gần nhất.",
        "edition_held": "Kỳ mới nhất đang bị tạm giữ.",
        "edition_held_more": "Kỳ này có số liệu đến {instant} và chưa được công bố, vì:",
        "build_held": "Số liệu mới đang bị tạm giữ.",
        "build_held_more": "Số liệu lúc {instant} không qua được kiểm tra; số liệu đã công bố trước đó giữ "
        "nguyên, vì:",
        "source_silent": "Có nguồn ngừng cập nhật.",
        "source_silent_more": "Số liệu dựa trên nguồn này không mới hơn thời điểm sau:",
        "silent": "{source}: không có gì mới từ {instant}.",
        "open": "Mở kỳ công bố này",
        "edition": "Kỳ công bố",
        "data_until": "số liệu đến",
        "kind_daily": "Bản tin ngày",
        "kind_weekly": "Bản tin tuần",
        "overridden": "Kỳ này được công bố dù có kiểm tra không đạt, theo quyết định của một đơn vị; "
        "trong kỳ có ghi đơn vị nào, vì sao và đến khi nào.",
        "checked": "Kiểm tra lúc {instant}. Mỗi ngày có một kỳ công bố: nếu đã quá một ngày kể từ "
        "lúc đó thì chính hệ thống đang ngừng chạy.",
        "synthetic_name": "Dữ liệu giả lập",
        "synthetic": "Dữ liệu giả lập. Mọi cơ quan báo chí, bài viết và con số ở đây đều không có "
        "thật.",
        "synthetic_more": "Thế giới mẫu “{world}” chỉ dùng để chạy thử sản phẩm. Không được trích dẫn.",
        "kinds": "Vì sao chưa có kỳ mới hơn",
        "past": "Mọi kỳ công bố, đúng như khi công bố",
        "past_none": "Chưa có kỳ công bố nào.",
        "back": "Kỳ công bố mới nhất",
        "corrected": "đã đính chính",
        "correction": "Đính chính.",
        "correction_of": "Có số liệu công bố sai trong kỳ {edition}:",
        "correction_by": "Đơn vị đính chính: {office}, {instant}.",
        "correction_reason": "Nguyên nhân:",
        "withdrawal": "Rút lại đính chính.",
        "withdrawal_of": "Đính chính kỳ {edition} sau đây là nhầm lẫn, nay không còn hiệu lực:",
        "withdrawal_by": "Đơn vị rút lại: {office}, {instant}.",
        "withdrawal_reason": "Lý do rút lại:",
    },
}

SOURCE_NAMES: dict[Language, dict[str, str]] = {
    "en": {
        "gdelt": "The GDELT Project",
        "worldbank": "World Bank",
        "tranco": "Tranco’s list of popular sites",
        "pageviews": "Wikimedia’s pageviews",
        "imf": "International Monetary Fund",
        "oecd": "OECD",
        "factchecks": "Feed of fact-checks",
        "nso": "National Statistics Office",
    },
    "vi": {
        "gdelt": "The GDELT Project",
        "worldbank": "Ngân hàng Thế giới",
        "tranco": "Danh sách trang phổ biến của Tranco",
        "pageviews": "Lượt xem của Wikimedia",
        "imf": "Quỹ Tiền tệ Quốc tế",
        "oecd": "OECD",
        "factchecks": "Nguồn tin kiểm chứng",
        "nso": "Cục Thống kê",
    },
}
