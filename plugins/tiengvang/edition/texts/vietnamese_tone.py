"""Vietnamese sentences of question 3: the tone, beside that about the peers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tiengvang.edition.brief import Page
from tiengvang.edition.premium import Premium, Stratum
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.vietnamese_labels import LABELS
from tiengvang.edition.texts.vietnamese_words import capital, days, listed

NAMED_HOSTS = 8


def tone(page: Page) -> str:
    """Answer question 3."""
    found = page.brief.tone
    if found.window is None:
        return "Chưa xác định: chưa tính được chênh lệch sắc thái."
    span = f"{page.in_force('window_days:both_ends')} ngày {days(page, found.window)}"
    if not found.shown:
        if alone := _count(row for row in found.premiums if row.premium is not None):
            return (
                f"Chưa xác định: tại {page.numbers.count(alone)} nơi {page.focus} có đủ tin, chưa nước cùng "
                "nhóm nào đủ tin."
            )
        return f"Chưa xác định: trong {span} chưa nước nào đủ tin và cơ quan báo chí."
    clear, unclear = _told(found.shown)
    parts = [tone_verdicts(page, f" về {page.focus}", _sized)]
    if clear and unclear:
        parts.append(f"{page.numbers.count(_count(unclear))} phép so sánh chưa thấy khác biệt rõ")
    return answer(
        f"{capital('; '.join(parts))}.",
        f"Tính trong {span}, theo độ lệch chuẩn sắc thái của chính cơ quan báo chí.",
    )


def _count(found: Iterable[Premium]) -> int:
    return count_of(one.n_outlets for one in found)


def _told(shown: Iterable[Premium]) -> tuple[list[Premium], list[Premium]]:
    """Split what can be shown into clear differences and the rest."""
    rows = list(shown)
    clear = [row for row in rows if row.verdict in ("colder", "warmer")]
    return clear, [row for row in rows if row.verdict not in ("colder", "warmer")]


def _placed(page: Page, row: Premium) -> str:
    return f"{page.name(row.area)} ({LABELS[f'stratum_{row.stratum}']})"


def _sized(page: Page, row: Premium) -> str:
    value, low, high = (page.numbers.signed(end) for end in row.estimate or ())
    stratum = LABELS[f"stratum_{row.stratum}"]
    return f"{page.name(row.area)} ({stratum}: {value}, từ {low} đến {high})"


def tone_verdicts(
    page: Page, subject: str = "", place: Callable[[Page, Premium], str] = _placed
) -> str:
    """Say where the tone is colder or warmer than about the peers; begins in lower case."""
    shown = page.brief.tone.shown
    if not shown:
        return f"chưa xác định được sắc thái{subject}"
    clear, _ = _told(shown)
    parts: list[str] = []
    for verdict in ("colder", "warmer"):
        rows = [row for row in clear if row.verdict == verdict]
        if rows:
            rest = len(rows) - NAMED_HOSTS
            more = [f"{page.numbers.count(rest)} nơi khác"] if rest > 0 else []
            names = listed([*(place(page, row) for row in rows[:NAMED_HOSTS]), *more])
            than = "" if parts else " so với khi viết về các nước cùng nhóm"
            tone = f" thì {LABELS[verdict]}" if parts else f", sắc thái{subject} {LABELS[verdict]}"
            parts.append(f"trên báo chí {names}{tone}{than}")
    if not parts:
        n = page.numbers.count(_count(shown))
        return f"sắc thái{subject} chưa khác rõ so với khi viết về các nước cùng nhóm, trong {n} phép so sánh"
    return "; ".join(parts)


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
    low, high = (_tone_row(page, row) for row in (shown[0], shown[-1]))
    return f"Thấp nhất: {low}. Cao nhất: {high}.{rest}"


def _tone_row(page: Page, row: Premium) -> str:
    value, low, high = (page.numbers.signed(end) for end in row.estimate or ())
    return f"{page.name(row.area)} {value} (từ {low} đến {high})"
