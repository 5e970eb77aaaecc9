"""Vietnamese sentences of questions 4 and 7."""

from __future__ import annotations

from tiengvang.edition.brief import Page
from tiengvang.edition.messages import Gap
from tiengvang.edition.relations import Pair
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.vietnamese_labels import LABELS
from tiengvang.edition.texts.vietnamese_words import days, listed, why

NAMED_GAPS = 3


def _week(page: Page) -> str:
    dates = page.brief.facts.week_dates
    return days(page, (dates[0], dates[-1]))


def _pillars(gap: Gap, verdict: str) -> str:
    return listed(LABELS[f"pillar_{name}"].lower() for name in gap.found(verdict))


def messages(page: Page) -> str:
    """Answer question 4."""
    found = page.brief.messages
    gap = found.world
    if found.window is None or gap is None:
        return "Chưa xác định: chưa so sánh được nội dung."
    if not gap.pillars:
        return f"Chưa xác định: {message_reason(page, gap)}.{_not_travelled(page)}"
    span = f"Trong {page.in_force('window_days:both_ends')} ngày {days(page, found.window)}"
    bits = f"{page.numbers.decimal(gap.divergence)} bit, {page.numbers.p_value(gap.p_value or 0)}"
    told, carried = _pillars(gap, "told_more"), _pillars(gap, "carried_more")
    if not gap.is_distinct:
        text = f"cơ cấu trụ cột của báo đối ngoại và của báo nước ngoài chưa khác nhau rõ ({bits})"
    elif not told and not carried:
        text = f"hai cơ cấu khác nhau ({bits}), nhưng chưa trụ cột nào khác rõ"
    else:
        parts = [f"báo đối ngoại nói nhiều hơn báo nước ngoài về {told}"] if told else []
        parts += [f"báo nước ngoài nói nhiều hơn về {carried}"] if carried else []
        text = f"{'; '.join(parts)} ({bits})"
    return f"{span}, {text}.{_not_travelled(page)}"


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _not_travelled(page: Page) -> str:
    """Name the pillars that did not travel, each time within one language."""
    parts = [
        f" Trên báo {_lower(page.numbers.language_name(gap.language))} ở {page.name(gap.area)}, "
        f"{_pillars(gap, 'told_more')} chưa lan tỏa."
        for gap in page.brief.messages.untravelled[:NAMED_GAPS]
    ]
    return "".join(parts)


def message_reason(page: Page, gap: Gap) -> str:
    """Say why a comparison of messages is not shown."""
    counts = {"owned_stories": gap.n_owned, "foreign_stories": gap.n_foreign}
    return why(page, gap.reason, **counts)


def relations(page: Page) -> str:
    """Answer question 7."""
    found = page.brief.relations
    if not found.shown:
        n = page.numbers.count(count_of(one.n_signals for one in found.hidden))
        few = f" {n} cặp có ít hơn." if found.hidden else ""
        return f"Chưa xác định: tuần {_week(page)} chưa cặp nước nào có đủ tín hiệu.{few}"
    parts = " ".join(pair(page, row) for row in found.shown[:3])
    n = page.numbers.count(count_of(one.n_signals for one in found.shown))
    return f"Tuần {_week(page)}, {n} cặp nước (có hướng) đủ điều kiện hiển thị. {parts}"


def pair(page: Page, row: Pair) -> str:
    """Say what one country said and did toward another, against the pair's own year."""
    value = page.numbers.signed(row.balance[0]) if row.balance else ""
    text = f"{page.name(row.actor)} với {page.name(row.target)}: cán cân {value}"
    if row.rank is None:
        text += f" (mới có {page.numbers.count(row.n_compared)} tuần trước đó, chưa đủ để so sánh)"
    else:
        n, weeks = (
            page.numbers.count(n) for n in (round(row.rank * row.n_compared), row.n_compared)
        )
        text += f", cao hơn {n} trong {weeks} tuần trước đó"
    if row.material:
        share, low, high = (page.numbers.percent(end) for end in row.material)
        text += f"; việc làm chiếm {share} số tín hiệu hợp tác (từ {low} đến {high})"
        if row.material_median is not None:
            text += f", trung vị của chính cặp này là {page.numbers.percent(row.material_median)}"
    return f"{text}."
