"""Vietnamese sentences of question 6: what is unusual, and whether to believe it."""

from __future__ import annotations

from collections.abc import Iterable

from tiengvang.edition.alerts import Alert, Row
from tiengvang.edition.brief import Page
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.vietnamese_labels import LABELS
from tiengvang.edition.texts.vietnamese_words import days, listed, why

NAMED = 2


def alerts(page: Page) -> str:
    """Answer question 6; what keeps both halves from an answer is said once."""
    found = page.brief.alerts
    reasons = [why(page, found.reason), why(page, found.shift_reason or "no_premium")]
    if found.n_series_days and not (found.n_judged or found.n_tones) and reasons[0] == reasons[1]:
        span = days(page, (found.first, found.last))
        return (
            f"Chưa xác định trong các ngày {span} có ngày nào khác thường hay sắc thái có chuyển dịch không: "
            f"{reasons[0]}."
        )
    return answer(_stories(page), _tone(page))


def findings(page: Page) -> dict[str, str]:
    """State the calendar."""
    return {"alerts": _stories(page)}


def notes(page: Page) -> list[str]:
    """Say which days were not judged, and how often an alert means nothing."""
    return [text.strip() for text in (_gaps(page), _false(page)) if text]


def _stories(page: Page) -> str:
    found, count = page.brief.alerts, page.numbers.count
    span = days(page, (found.first, found.last))
    if not found.n_series_days:
        return f"Chưa xác định: không ngày nào trong các ngày {span} được đánh giá."
    if not found.n_judged:
        reason = why(page, found.reason)
        return f"Chưa xác định trong các ngày {span} có ngày nào khác thường không: {reason}."
    of = f"{count(found.n_judged)} lượt xét của {count(found.n_series)} chuỗi, mỗi chuỗi mỗi ngày một lượt"
    if not found.alerts:
        return f"Không có gì khác thường trong các ngày {span}: không cảnh báo nào trong {of}."
    shown = "; ".join(_alert(page, alert) for alert in found.alerts[:NAMED])
    rest = _count(found.alerts) - NAMED
    more = f"; và {count(rest)} cảnh báo khác" if rest > 0 else ""
    text = f"{count(_count(found.alerts))} cảnh báo trong các ngày {span}: {shown}{more}."
    return f"{text}{_trust(page)} Đó là kết quả của {of}."


def _count(found: Iterable[Alert]) -> int:
    return count_of(alert.row for alert in found)


def _alert(page: Page, alert: Alert) -> str:
    numbers, row = page.numbers, alert.row
    where = row["source_country_code_iso3"]
    place = "trên thế giới" if where == "world" else f"ở {page.name(where)}"
    about = f"về {page.name(row['country_code_iso3'])} {place}"
    if row["pillar"] != "all":
        pillar = LABELS["pillar_" + row["pillar"]].lower()
        about = f"về {page.name(row['country_code_iso3'])}, trụ cột {pillar},"
    usual = numbers.decimal(row["n_stories_expected"], 0)
    return f"{numbers.count(row['n_stories'])} tin {about} ngày {numbers.day(alert.day)} (thường lệ {usual})"


def _trust(page: Page) -> str:
    found = page.brief.alerts
    if not found.doubted:
        return " Dữ liệu những ngày đó không có gì ngăn việc coi đây là tin tức."
    components = sorted({key for alert in found.doubted for key in alert.doubts})
    what = listed(LABELS[f"doubt_{key}"] for key in components)
    return (
        f" Với {page.numbers.count(_count(found.doubted))} cảnh báo, hãy xem dữ liệu trước: {what}."
    )


def _gaps(page: Page) -> str:
    n = page.brief.alerts.n_uncounted
    return (
        f" {page.numbers.count(n)} ngày không được đánh giá: {why(page, 'slots_missing')}."
        if n
        else ""
    )


def _false(page: Page) -> str:
    found = page.brief.alerts
    if found.alarms_per_100 is None or found.false_expected is None:
        return ""
    numbers = page.numbers
    return (
        f" Trong {page.in_force('alert_calibration_days')} ngày trước đó, kể cả khi có tin thật, "
        "cứ 100 lượt xét có "
        f"{numbers.decimal(found.alarms_per_100, 2)} cảnh báo: với số lượt xét ở đây là "
        f"{numbers.decimal(found.false_expected, 1)}."
    )


def _tone(page: Page) -> str:
    found, count = page.brief.alerts, page.numbers.count
    if not found.n_tones:
        reason = why(page, found.shift_reason or "no_premium")
        return f"Chưa xác định sắc thái có chuyển dịch không: {reason}."
    if not found.shifts:
        return f"Không thấy sắc thái chuyển dịch trong {count(found.n_tones)} phép so sánh."
    shown = listed(_shift(page, row) for row in found.shifts[:NAMED])
    rest = count_of(found.shifts) - NAMED
    more = f", cùng {count(rest)} trường hợp khác" if rest > 0 else ""
    return (
        f"Sắc thái chuyển dịch trong {count(count_of(found.shifts))} trên {count(found.n_tones)} "
        f"phép so sánh: {shown}{more}."
    )


def _shift(page: Page, row: Row) -> str:
    numbers = page.numbers
    return (
        f"{LABELS[row['shift_direction']]} ở {page.name(row['source_country_code_iso3'])} "
        f"({LABELS['stratum_' + row['stratum']]}) {numbers.decimal(abs(row['tone_shift']), 2)} "
        f"từ khoảng {numbers.day(row['changed_on'])}"
    )
