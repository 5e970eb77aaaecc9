"""Vietnamese sentences of questions 1 and 2."""

from __future__ import annotations

from collections.abc import Iterable

from tiengvang.edition.brief import Page
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.vietnamese_labels import LABELS
from tiengvang.edition.texts.vietnamese_words import capital, days, listed, why
from tiengvang.edition.voice import WORLD, Host

NAMED_HOSTS = 8


def _week(page: Page) -> str:
    dates = page.brief.facts.week_dates
    return days(page, (dates[0], dates[-1]))


def stories(page: Page) -> str:
    """Answer question 1."""
    week, count = page.brief.stories, page.numbers.count
    if week.n_stories is None or week.n_documents is None:
        return f"Chưa xác định: không nhận được số liệu nào của tuần {_week(page)}."
    partial = (
        ""
        if week.days_received == 7
        else f" Chỉ {page.numbers.count(week.days_received)} trong 7 ngày của tuần có số liệu."
    )
    if not week.n_stories:
        return f"Báo chí nước ngoài không có tin nào về {page.focus} trong tuần {_week(page)}.{partial}"
    original, times = week.original_share, page.numbers.decimal(week.multiplier, 2)
    return answer(
        f"{count(week.n_outlets)} cơ quan báo chí nước ngoài đăng {count(week.n_stories)} tin về "
        f"{page.focus} trong tuần {_week(page)}.{partial}",
        f"Kể cả bài đăng lại là {count(week.n_documents)} bài: trung bình mỗi tin được đăng {times} lần, "
        f"bài gốc chiếm {page.numbers.percent(original)}.",
    )


def stories_by_source(page: Page) -> str:
    """Say who carried the stories."""
    week = page.brief.stories
    rows = week.by_source.head(3)
    if rows.empty:
        return "Không có nước nào để hiển thị."
    top = [
        f"{page.name(code)} ({page.numbers.count(n)})"
        for code, n in zip(rows["source_country_code_iso3"], rows["n_documents"], strict=True)
    ]
    diverse = (
        ""
        if week.effective_outlets is None
        else f" {page.numbers.count(week.n_outlets)} cơ quan báo chí đã đăng, đa dạng tương đương "
        f"{page.numbers.decimal(week.effective_outlets, 0)} cơ quan đăng nhiều như nhau."
    )
    return f"Bài đến từ {len(week.by_source)} nước, nhiều nhất từ {listed(top)}.{diverse}"


def reach(page: Page) -> str:
    """Say how far the stories reached."""
    week = page.brief.stories
    if week.n_stories is None:
        return "Chưa xác định: không nhận được số liệu."
    if not week.tiers:
        missing = "Chưa xác định: chưa nạp danh sách xếp hạng trang."
        return missing if week.n_stories else "Không có tin nào."
    return (
        f"{page.numbers.count(week.tiers['R1'])} trong {page.numbers.count(week.n_stories)} tin "
        f"được ít nhất một trang bậc 1 đăng, chiếm {page.numbers.percent(week.pickup_rate)}."
    )


def _hosts(found: Iterable[Host]) -> int:
    return count_of(one.n_outlets for one in found)


def _n(page: Page, found: Iterable[Host]) -> str:
    return page.numbers.count(_hosts(found))


def voice(page: Page) -> str:
    """Answer question 2."""
    found = page.brief.voice
    if found.window is None or not found.hosts:
        return "Chưa xác định: chưa tính được tỷ trọng tiếng nói."
    shown = found.shown
    if not shown:
        return answer(f"Chưa xác định theo từng nước: {_hidden_hosts(page)}.", _world(page))
    n, world = _n(page, shown), _world(page)
    share = f" dành cho {page.focus} mức chú ý"
    than = " mức chia đều giữa các nước được so sánh"
    parts: list[str] = []
    for verdict, word in (("above", "cao hơn"), ("below", "thấp hơn")):
        hosts = [host for host in shown if host.verdict == verdict]
        if hosts:
            names = listed(_some_named(page, [host.area for host in hosts]))
            first, last = (" nước", " mức đó") if parts else (f"/{n} nước{share}", than)
            press = "tại" if parts else "báo chí tại"
            parts.append(f"{press} {_n(page, hosts)}{first} {word} rõ rệt{last} ({names})")
    unclear = [host for host in shown if host.verdict == "unclear"]
    if unclear and parts:
        parts.append(f"tại {_n(page, unclear)} nước chưa thấy khác biệt rõ")
    said = (
        f"{capital('; '.join(parts))}."
        if parts
        else f"Chưa thấy nước nào trong {n} nước có tỷ trọng tiếng nói của {page.focus} khác rõ so với mức "
        "chia đều giữa các nước được so sánh."
    )
    hidden = f"Chưa hiển thị: {_hidden_hosts(page)}." if found.hidden else ""
    return answer(
        said,
        f"Tính trong {page.in_force('window_days:both_ends')} ngày {days(page, found.window)}.",
        world,
        hidden,
    )


def _some_named(page: Page, areas: list[str]) -> list[str]:
    """Name areas, and count those beyond the first."""
    rest = len(areas) - NAMED_HOSTS
    more = [f"{page.numbers.count(rest)} nước khác"] if rest > 0 else []
    return [*(page.name(area) for area in areas[:NAMED_HOSTS]), *more]


def _world(page: Page) -> str:
    for host in page.brief.voice.hosts:
        if host.area == WORLD and host.estimate:
            share, low, high = (page.numbers.percent(end, 1) for end in host.estimate)
            return f" Trên thế giới ngoài các nước được so sánh, tỷ trọng là {share} (từ {low} đến {high})."
    return ""


def _hidden_hosts(page: Page) -> str:
    hidden = page.brief.voice.hidden
    if not hidden:
        return "không nước nào có bài"
    parts = [
        f"{page.name(host.area)}, {why(page, host.reason, outlets=host.n_outlets)}"
        for host in hidden[:NAMED_HOSTS]
    ]
    rest = _hosts(hidden) - NAMED_HOSTS
    return "; ".join(parts) + (f"; {page.numbers.count(rest)} nước khác" if rest > 0 else "")


def voice_finding(page: Page) -> str:
    """State the charts of share of voice."""
    if page.brief.voice.window is None:
        return voice(page)
    return f"{voice(page)} {capital(voice_change(page))}."


def voice_change(page: Page) -> str:
    """Say where share of voice moved against the 28 days before; begins in lower case."""
    compared = [host for host in page.brief.voice.shown if host.change != "cannot_tell"]
    if not compared:
        return "chưa có kỳ trước để so sánh tỷ trọng tiếng nói"
    parts = []
    for change in ("rose", "fell"):
        hosts = [host for host in compared if host.change == change]
        if hosts:
            names = listed(_some_named(page, [host.area for host in hosts]))
            parts.append(
                f"{LABELS[change]} tại {_n(page, hosts)} trong {_n(page, compared)} nước ({names})"
            )
    if not parts:
        return f"tỷ trọng tiếng nói chưa thay đổi rõ tại {_n(page, compared)} nước so sánh được"
    return f"tỷ trọng tiếng nói {' và '.join(parts)}"
