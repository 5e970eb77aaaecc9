"""Vietnamese sentences of the programme: events, agreements, awards and training."""

from __future__ import annotations

from tiengvang.edition.brief import Page
from tiengvang.edition.charts_programme import shown_events
from tiengvang.edition.programme import WEEKS_AHEAD, WEEKS_BACK, Row
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.vietnamese_words import capital, days, listed
from tiengvang.edition.untrusted import plain_text

NAMED = 3


def programme(page: Page) -> str:
    """Answer what was planned and signed."""
    found = page.brief.programme
    if not (found.events or found.agreements or found.awards or found.training):
        return (
            "Chưa xác định: chưa cơ quan nào gửi sổ đăng ký sự kiện, thỏa thuận, giải thưởng hay tập huấn. "
            "Cách gửi có trong hướng dẫn vận hành ingest_registers."
        )
    return answer(*_events(page), _signed(page))


def calendar(page: Page) -> str:
    """State the calendar."""
    each = [
        f"{_name(row)}, {_span(page, row)}"
        + ("" if row["is_registered_before"] else ", chỉ đăng ký khi đã bắt đầu")
        for row in shown_events(page)
    ]
    return f"{'; '.join(each)}." if each else _events(page)[0]


def _name(row: Row) -> str:
    return plain_text(row["name_vi"], 80)


def _span(page: Page, row: Row) -> str:
    return days(page, (row["starts_on"], row["ends_on"]))


def _events(page: Page) -> tuple[str, ...]:
    found = page.brief.programme
    if not found.events:
        return (
            "Chưa xác định sắp có gì: chưa cơ quan nào gửi sổ đăng ký sự kiện; cách gửi có trong hướng dẫn "
            "vận hành ingest_registers.",
        )
    if not found.near:
        return (
            f"Không có sự kiện đã đăng ký nào trong {WEEKS_BACK} tuần qua và {WEEKS_AHEAD} tuần tới; tất cả "
            f"có {page.numbers.count(count_of(found.events))} sự kiện.",
        )
    parts = []
    if found.under_way:
        names = listed(_name(row) for row in found.under_way[:NAMED])
        parts.append(
            f"{page.numbers.count(count_of(found.under_way))} sự kiện đang diễn ra ({names})"
        )
    if found.ahead:
        following = found.ahead[0]
        parts.append(
            f"{page.numbers.count(count_of(found.ahead))} sự kiện bắt đầu trong {WEEKS_AHEAD} tuần tới, "
            f"gần nhất là {_name(following)} ngày {page.numbers.day(following['starts_on'])}"
        )
    else:
        parts.append(f"chưa đăng ký sự kiện nào cho {WEEKS_AHEAD} tuần tới")
    if found.over:
        n = page.numbers.count(count_of(found.over))
        parts.append(f"{n} sự kiện vừa kết thúc hoặc còn được theo dõi")
    late = count_of(found.late)
    said = (
        f"{page.numbers.count(late)} trong {page.numbers.count(count_of(found.near))} "
        "sự kiện này chỉ được đăng ký sau khi đã bắt đầu: kết quả đo các sự kiện đó chỉ có tính thăm dò."
        if late
        else "Tất cả đều được đăng ký trước khi bắt đầu."
    )
    return f"{capital('; '.join(parts))}.", said


def _signed(page: Page) -> str:
    found = page.brief.programme
    signed = found.new_agreements
    if not found.agreements:
        return "Chưa biết thỏa thuận nào."
    if not signed:
        return (
            "Không có thỏa thuận hay cấp độ quan hệ đối tác nào ghi ngày trong "
            f"{page.in_force('agreement_days')} ngày qua."
        )
    names = listed(
        f"{page.name(row['partner_country_code_iso3'])} ngày {page.numbers.day(row['signed_on'])}"
        for row in signed[:NAMED]
    )
    rest = " và nước khác" if len(signed) > NAMED else ""
    n = page.numbers.count(count_of(signed))
    return (
        f"Trong {page.in_force('agreement_days')} ngày qua có {n} thỏa thuận hoặc nâng cấp quan hệ "
        f"đối tác: {names}{rest}."
    )
