"""Vietnamese sentences of questions 4 and 7."""

from __future__ import annotations

from tiengvang.edition.brief import Page
from tiengvang.edition.messages import WORLD, Gap
from tiengvang.edition.relations import MIN_COMPARED_WEEKS, Pair
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.vietnamese_labels import LABELS
from tiengvang.edition.texts.vietnamese_words import capital, days, listed, why

NAMED_GAPS, NAMED_PAIRS = 3, 3


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
        return answer(f"Chưa xác định: {message_reason(page, gap)}.", _not_travelled(page))
    told, carried = _pillars(gap, "told_more"), _pillars(gap, "carried_more")
    own = f"báo đối ngoại của {page.focus}"
    if not gap.is_distinct:
        text = f"cơ cấu trụ cột của {own} và của báo nước ngoài chưa khác nhau rõ"
    elif not told and not carried:
        text = f"cơ cấu trụ cột của {own} và của báo nước ngoài khác nhau, nhưng chưa trụ cột nào khác rõ"
    else:
        parts = [f"{own} viết nhiều hơn báo nước ngoài về {told}"] if told else []
        than = "" if told else f" {own}"
        parts += [f"báo nước ngoài viết nhiều hơn{than} về {carried}"] if carried else []
        text = "; ".join(parts)
    bits = f"{page.numbers.decimal(gap.divergence)} bit, {page.numbers.p_value(gap.p_value or 0)}"
    span = (
        f"Tính trong {page.in_force('window_days:both_ends')} ngày {days(page, found.window)}; "
        f"khoảng cách thông điệp {bits}."
    )
    return answer(f"{capital(text)}.", _not_travelled(page), span)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _not_travelled(page: Page) -> str:
    """Name the pillars that did not travel, within one language, and the places where they did not."""
    found: dict[tuple[str, frozenset[str]], list[Gap]] = {}
    for gap in page.brief.messages.untravelled[:NAMED_GAPS]:
        found.setdefault((gap.language, frozenset(gap.found("told_more"))), []).append(gap)
    return "".join(
        f" Trên báo {_lower(page.numbers.language_name(language))} {_places(page, gaps)}, "
        f"{_pillars(gaps[0], 'told_more')} chưa lan tỏa."
        for (language, _), gaps in found.items()
    )


def _places(page: Page, gaps: list[Gap]) -> str:
    hosts = [page.name(gap.area) for gap in gaps if gap.area != WORLD]
    whole = ["toàn thế giới"] if len(hosts) < len(gaps) else []
    near = [f"ở {listed(hosts)}"] if hosts else []
    return ", cũng như ".join([*whole, *near])


def message_reason(page: Page, gap: Gap) -> str:
    """Say why a comparison of messages is not shown."""
    counts = {"owned_stories": gap.n_owned, "foreign_stories": gap.n_foreign}
    return why(page, gap.reason, **counts)


def relations(page: Page) -> str:
    """Answer question 7."""
    found = page.brief.relations
    if not found.shown:
        n = page.numbers.count(count_of(one.n_signals for one in found.hidden))
        few = f" {n} cặp có tín hiệu nhưng chưa đủ." if found.hidden else ""
        return f"Chưa xác định: tuần {_week(page)} chưa cặp nước nào có đủ tín hiệu.{few}"
    n = page.numbers.count(count_of(one.n_signals for one in found.shown))
    week = f"Trong tuần {_week(page)}, {n} cặp nước (có hướng) có đủ tín hiệu."
    ranked = [row for row in found.shown if row.rank is not None]
    named_pairs = [pair(page, row) for row in (ranked or found.shown)[:NAMED_PAIRS]]
    if ranked:
        return answer(named_pairs[0], *named_pairs[1:], week)
    return answer(
        "Chưa xác định hành động có nhiều hơn thường lệ hay không: chưa cặp nước nào có đủ "
        f"{MIN_COMPARED_WEEKS} tuần trước đó để so sánh.",
        *named_pairs,
        week,
    )


def pair(page: Page, row: Pair) -> str:
    """Say what one country said and did toward another, against the pair's own year."""
    text = f"{page.name(row.actor)} với {page.name(row.target)}: "
    if row.material:
        share, low, high = (page.numbers.percent(end) for end in row.material)
        text += f"hành động chiếm {share} số tín hiệu hợp tác (từ {low} đến {high})"
        if row.material_median is not None:
            text += f", trung vị của chính cặp này là {page.numbers.percent(row.material_median)}"
        text += "; "
    text += f"cán cân {page.numbers.signed(row.balance[0]) if row.balance else ''}"
    if row.rank is None:
        return f"{text}."
    n, weeks = (page.numbers.count(n) for n in (round(row.rank * row.n_compared), row.n_compared))
    return f"{text}, cao hơn {n} trong {weeks} tuần trước đó."
