"""Vietnamese sentences of questions 1 to 3."""

from __future__ import annotations

from collections.abc import Iterable

from tiengvang.edition.brief import Page
from tiengvang.edition.premium import Premium, Stratum
from tiengvang.edition.sourced import count_of
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
        return (
            f"Tuần {_week(page)} không có tin nào của báo chí nước ngoài về {page.focus}.{partial}"
        )
    original, times = week.original_share, page.numbers.decimal(week.multiplier, 2)
    return (
        f"Tuần {_week(page)}, {count(week.n_outlets)} cơ quan báo chí nước ngoài đăng "
        f"{count(week.n_documents)} bài về {page.focus}, gồm {count(week.n_stories)} tin khác nhau; "
        f"trung bình mỗi tin được đăng {times} lần, bài gốc chiếm "
        f"{page.numbers.percent(original)}.{partial}"
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
        else f" {page.numbers.count(week.n_outlets)} cơ quan báo chí đã đăng, độ đa dạng tương đương "
        f"{page.numbers.decimal(week.effective_outlets, 0)} cơ quan đăng đều nhau."
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
        f"được ít nhất một trang bậc 1 đăng: tỷ lệ {page.numbers.percent(week.pickup_rate)}."
    )


def _hosts(found: Iterable[Host | Premium]) -> int:
    return count_of(one.n_outlets for one in found)


def _n(page: Page, found: Iterable[Host | Premium]) -> str:
    return page.numbers.count(_hosts(found))


def voice(page: Page) -> str:
    """Answer question 2."""
    found = page.brief.voice
    if found.window is None or not found.hosts:
        return "Chưa xác định: chưa tính được tỷ trọng tiếng nói."
    shown = found.shown
    if not shown:
        return f"Chưa xác định theo từng nước: {_hidden_hosts(page)}.{_world(page)}"
    parts = []
    for verdict, word in (("above", "cao hơn"), ("below", "thấp hơn")):
        hosts = [host for host in shown if host.verdict == verdict]
        if hosts:
            names = listed(page.name(host.area) for host in hosts[:NAMED_HOSTS])
            rest = (
                f" và {page.numbers.count(_hosts(hosts) - NAMED_HOSTS)} nước khác"
                if len(hosts) > NAMED_HOSTS
                else ""
            )
            parts.append(f"{word} rõ rệt tại {names}{rest}")
    unclear = [host for host in shown if host.verdict == "unclear"]
    if unclear:
        parts.append(f"chưa thấy khác biệt rõ tại {_n(page, unclear)} trong {_n(page, shown)} nước")
    hidden = f" Không hiển thị: {_hidden_hosts(page)}." if found.hidden else ""
    return (
        f"Trong {page.in_force('window_days:both_ends')} ngày {days(page, found.window)}, so với "
        "mức chia đều giữa các nước được so sánh, "
        f"tỷ trọng tiếng nói của {page.focus} {'; '.join(parts)}.{_world(page)}{hidden}"
    )


def _world(page: Page) -> str:
    for host in page.brief.voice.hosts:
        if host.area == WORLD and host.estimate:
            share, low, high = (page.numbers.percent(end, 1) for end in host.estimate)
            return (
                f" Tính chung thế giới ngoài các nước được so sánh: {share} (từ {low} đến {high})."
            )
    return ""


def _hidden_hosts(page: Page) -> str:
    hidden = page.brief.voice.hidden
    if not hidden:
        return "không nước nào có bài"
    parts = [
        f"{page.name(host.area)}: {why(page, host.reason, outlets=host.n_outlets)}"
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
        return "tỷ trọng tiếng nói chưa có kỳ trước để so sánh"
    parts = []
    for change in ("rose", "fell"):
        hosts = [host for host in compared if host.change == change]
        if hosts:
            names = listed(page.name(host.area) for host in hosts[:NAMED_HOSTS])
            parts.append(
                f"{LABELS[change]} tại {_n(page, hosts)} trong {_n(page, compared)} nước ({names})"
            )
    if not parts:
        return f"tỷ trọng tiếng nói chưa thay đổi rõ tại {_n(page, compared)} nước so sánh được"
    return f"tỷ trọng tiếng nói {' và '.join(parts)}"


def tone(page: Page) -> str:
    """Answer question 3."""
    found = page.brief.tone
    if found.window is None:
        return "Chưa xác định: chưa tính được chênh lệch sắc thái."
    span = f"{page.in_force('window_days:both_ends')} ngày {days(page, found.window)}"
    if not found.shown:
        if alone := _hosts(row for row in found.premiums if row.premium is not None):
            return (
                f"Chưa xác định: tại {page.numbers.count(alone)} nơi {page.focus} có đủ tin, chưa nước cùng "
                "nhóm nào đủ tin."
            )
        return f"Chưa xác định: trong {span} chưa nước nào đủ tin và cơ quan báo chí."
    return f"Trong {span}, {tone_verdicts(page)}."


def tone_verdicts(page: Page) -> str:
    """Say where the tone is colder or warmer than about the peers; begins in lower case."""
    shown = page.brief.tone.shown
    if not shown:
        return "sắc thái chưa xác định được"
    parts: list[str] = []
    for verdict in ("colder", "warmer"):
        rows = [row for row in shown if row.verdict == verdict]
        if rows:
            names = listed(
                f"{page.name(row.area)} ({LABELS[f'stratum_{row.stratum}']})"
                for row in rows[:NAMED_HOSTS]
            )
            than = "" if parts else "so với khi viết về các nước cùng nhóm "
            parts.append(f"{LABELS[verdict]} {than}tại {names}")
    if not parts:
        n = _n(page, shown)
        return (
            f"sắc thái chưa khác rõ so với khi viết về các nước cùng nhóm, trong {n} phép so sánh"
        )
    return f"sắc thái {', '.join(parts)}"


def tone_of(page: Page, stratum: Stratum) -> str:
    """State one stratum's chart."""
    rows = page.brief.tone.of(stratum)
    shown = [row for row in rows if row.estimate]
    if not shown:
        return "Không nước nào đủ điều kiện hiển thị."
    hidden = len(rows) - len(shown)
    rest = f" {hidden} nơi khác không đủ điều kiện hiển thị." if hidden else ""
    if len(shown) == 1:
        return f"{_tone_row(page, shown[0])}.{rest}"
    return f"Từ {_tone_row(page, shown[0])} đến {_tone_row(page, shown[-1])}.{rest}"


def _tone_row(page: Page, row: Premium) -> str:
    value, low, high = (page.numbers.signed(end) for end in row.estimate or ())
    return f"{page.name(row.area)} {value} ({low} … {high})"
