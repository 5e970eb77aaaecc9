"""What the notes say of earlier editions, in both languages; each says what the other says."""

from __future__ import annotations

from datetime import timedelta

from tiengvang.edition.locales import Language, Numbers
from tiengvang.edition.restated import HeldAgainst
from tiengvang.edition.texts.data_files import FILES
from tiengvang.edition.texts.entry import SOURCE_NAMES

SAID: dict[Language, dict[str, str]] = {
    "en": {
        "kind_daily": "daily brief",
        "kind_weekly": "weekly brief",
        "held": "Edition {edition} ({kind}, {first} to {last}, data as of {instant})",
        "none": "{held}: {n} numbers were compared, and none would be different today.",
        "one": "{held}: of {n} numbers that it published, one would be different today.",
        "many": "{held}: of {n} numbers that it published, {m} would be different today.",
        "moved": "Not compared, because their newest window has moved on since: {files}.",
        "altered": "{held} could not be compared: its files are not those that were published.",
        "too_old": "{held} could not be compared: it does not record what it was made from.",
        "definitions": "Definitions changed since edition {edition}: the method is version {now}, it was "
        "{before}. {moved}",
        "moved_none": "No number that was published would be different for it.",
        "moved_one": "One number that was published is different with it.",
        "moved_many": "{m} numbers that were published are different with it.",
        "row_gone": "the whole row is no longer given",
        "points": "{points} points",
        "true": "yes",
        "false": "no",
        "late_slots": "quarter-hours that came late",
        "closed_slots": "quarter-hours that will not come",
        "later_days": "documents of the days that followed",
        "audit": "answers of the audit by reading",
        "registers": "what offices delivered since",
        "revised": "a newer release: {source}",
        "method": "another version of the method",
        "project": "other models, lists or code",
        "unknown": "not known",
    },
    "vi": {
        "kind_daily": "bản tin ngày",
        "kind_weekly": "bản tin tuần",
        "held": "Kỳ {edition} ({kind}, {first} đến {last}, số liệu đến {instant})",
        "none": "{held}: đã so {n} con số, nay không con số nào khác đi.",
        "one": "{held}: trong {n} con số đã công bố, nay có một con số khác đi.",
        "many": "{held}: trong {n} con số đã công bố, nay có {m} con số khác đi.",
        "moved": "Không so, vì khoảng thời gian mới nhất của các số liệu này nay đã dời đi: {files}.",
        "altered": "{held}: không so được, vì các tệp không còn đúng như khi công bố.",
        "too_old": "{held}: không so được, vì kỳ này không ghi được tạo ra từ những gì.",
        "definitions": "Định nghĩa đã thay đổi từ kỳ {edition}: phương pháp nay là phiên bản {now}, trước là "
        "{before}. {moved}",
        "moved_none": "Không con số nào đã công bố vì thế mà khác đi.",
        "moved_one": "Có một con số đã công bố khác đi cùng với thay đổi này.",
        "moved_many": "Có {m} con số đã công bố khác đi cùng với thay đổi này.",
        "row_gone": "cả dòng không còn",
        "points": "{points} điểm phần trăm",
        "true": "có",
        "false": "không",
        "late_slots": "khung 15 phút đến muộn",
        "closed_slots": "khung 15 phút không bao giờ có",
        "later_days": "bài của những ngày sau đó",
        "audit": "kết quả kiểm tra bằng cách đọc",
        "registers": "những gì các đơn vị gửi thêm",
        "revised": "bản công bố mới hơn của nguồn: {source}",
        "method": "phiên bản phương pháp khác",
        "project": "mô hình, danh mục hoặc mã nguồn khác",
        "unknown": "chưa rõ",
    },
}
REVISED = "revised_"


def against(language: Language, numbers: Numbers, held: HeldAgainst) -> str:
    """Say of an earlier edition how many of its numbers would be different today, and what nobody can say."""
    said, m = SAID[language], len(held.restatements)
    text = said["held"].format(
        edition=held.edition_id,
        kind=said[f"kind_{held.cadence}"],
        first=numbers.day(held.period_start),
        last=numbers.day(held.period_end - timedelta(days=1)),
        instant=numbers.instant(held.as_of_at),
    )
    key = held.problem or ("none" if m == 0 else "one" if m == 1 else "many")
    sentence = said[key].format(held=text, n=numbers.count(held.n_compared), m=numbers.count(m))
    if not held.moved:
        return sentence
    files = "; ".join(title(language, name) for name in held.moved)
    return f"{sentence} {said['moved'].format(files=files)}"


def title(language: Language, file: str) -> str:
    """Return what a data file is called."""
    return FILES[file].title_en if language == "en" else FILES[file].title_vi


def definitions(language: Language, numbers: Numbers, held: HeldAgainst) -> str:
    """Say that the method has another version than in an earlier edition; empty where it has the same."""
    if held.problem is not None or held.methods == held.methods_before:
        return ""
    said = SAID[language]
    m = sum("method" in one.reasons for one in held.restatements)
    moved = said["moved_none" if m == 0 else "moved_one" if m == 1 else "moved_many"]
    return said["definitions"].format(
        edition=held.edition_id,
        before=", ".join(held.methods_before),
        now=", ".join(held.methods),
        moved=moved.format(m=numbers.count(m)),
    )


def reason(language: Language, code: str) -> str:
    """Write a reason's code in words."""
    if code.startswith(REVISED):
        source = code.removeprefix(REVISED)
        return SAID[language]["revised"].format(source=SOURCE_NAMES[language].get(source, source))
    return SAID[language][code]
