"""Vietnamese sentences of question 9, its last part: does coverage run ahead?"""

from __future__ import annotations

from collections.abc import Iterable

from tiengvang.edition.brief import Page
from tiengvang.edition.leads import OUTCOMES, Lead, Outcome
from tiengvang.edition.sourced import count_of
from tiengvang.edition.texts.vietnamese_words import listed, why

LISTED = 3
LABELS = {
    "k_leads": "Xanh: tương quan giữa các biến động bất ngờ của hai chuỗi. Bên phải số 0: mức đưa tin "
    "sớm hơn bấy nhiêu tháng (với vốn: quý); bên trái: muộn hơn. Dải xám: vùng mà "
    "{lead_p:rest_of_100} trên 100 cặp không "
    "liên quan không vượt ra ở bất kỳ độ trễ nào. Nét đứt nhạt: tương quan thô, không đáng tin, vì hầu "
    "như chuỗi nào có mùa vụ cũng cho hệ số cao.",
    "source_leads": "Nguồn: Dự án GDELT, Wikimedia, Cục Thống kê.",
    "lead_stories": "tin trên báo chí nước đó",
    "lead_interest": "độc giả bách khoa",
    "lead_arrivals": "lượng khách",
    "lead_registered_capital": "vốn đăng ký",
    "lead_association": "có liên hệ",
    "lead_none_detected": "không thấy",
    "lead_cannot_tell": "chưa xác định",
}
OUTCOME_WORDS: dict[Outcome, str] = {
    "arrivals": "lượng khách",
    "registered_capital": "vốn đăng ký",
}
PERIODS: dict[Outcome, str] = {"arrivals": "tháng", "registered_capital": "quý"}


def _count(found: Iterable[Lead]) -> int:
    return count_of(pair.n_periods for pair in found)


def leads(page: Page) -> str:
    """Say whether coverage runs ahead; "association" is the strongest word."""
    found = page.brief.leads
    unknown = "Chưa xác định mức đưa tin hay mức quan tâm có đi trước lượng khách hoặc vốn đầu tư hay không"
    if not found.pairs:
        return f"{unknown}: chưa nước nào có số liệu của cả hai."
    if not found.judged:
        missing = [lack for outcome in OUTCOMES if (lack := _missing(page, outcome))]
        return f"{unknown}: {'; '.join(missing)}."
    n = _count(found.judged)
    rest = _count(pair for pair in found.pairs if not pair.is_judged)
    left = f" {page.numbers.count(rest)} cặp khác chưa xác định được." if rest else ""
    pairs = (
        f"Trong {page.numbers.count(n)} cặp xét được giữa mức đưa tin hoặc mức quan tâm và lượng khách "
        "hoặc vốn đăng ký"
    )
    if not found.associations:
        return f"{pairs}, không thấy cặp nào có liên hệ.{left}"
    said = [_association(page, lead) for lead in found.associations[:LISTED]]
    more = _count(found.associations) - len(said)
    if more:
        said.append(f"{page.numbers.count(more)} cặp khác trong bảng")
    return f"{pairs}, {page.numbers.count(_count(found.associations))} cặp có liên hệ: {listed(said)}.{left}"


def findings(page: Page) -> dict[str, str]:
    """State the chart of leads."""
    return {"leads": leads(page)}


def lead_panel(page: Page, lead: Lead) -> str:
    """Title the panel of one pair."""
    first = "tin" if lead.leading == "stories" else "độc giả bách khoa"
    n = f"{page.numbers.count(lead.n_periods)} {PERIODS[lead.outcome]}"
    return f"{page.name(lead.partner)}: {first}, {OUTCOME_WORDS[lead.outcome]} ({n})"


def _missing(page: Page, outcome: Outcome) -> str:
    """Say what the pair with the longest history lacks."""
    lead = page.brief.leads.longest(outcome)
    if lead is None:
        return ""
    place, period = page.name(lead.partner), PERIODS[outcome]
    if lead.reason != "short_history":
        reason = why(page, f"lead_{lead.reason}")
        return f"{OUTCOME_WORDS[outcome]} của {place}: {reason}"
    most = (
        f"chưa nước nào có được {period} nào"
        if not lead.n_periods
        else f"nhiều nhất là {place} với {page.numbers.count(lead.n_periods)} {period}"
    )
    needed = page.numbers.count(lead.n_needed)
    return f"với {OUTCOME_WORDS[outcome]} cần {needed} {period} có số liệu của cả hai, {most}"


def _association(page: Page, lead: Lead) -> str:
    best = lead.strongest
    assert best is not None and lead.q_value is not None  # noqa: S101, PT018  (an association has both)
    place, outcome = page.name(lead.partner), OUTCOME_WORDS[lead.outcome]
    first = (
        f"số tin trên báo chí {place}"
        if lead.leading == "stories"
        else f"lượt đọc bài bách khoa về {page.focus} bằng ngôn ngữ của {place}"
    )
    n = f"{page.numbers.count(abs(best.periods))} {PERIODS[lead.outcome]}"
    moved = (
        f"đi trước {outcome} của nước này {n}"
        if best.periods > 0
        else f"đi sau {outcome} của nước này {n}"
        if best.periods < 0
        else f"cùng biến động với {outcome} của nước này trong một {PERIODS[lead.outcome]}"
    )
    figures = f"hệ số tương quan {page.numbers.signed(best.correlation)}"
    return (
        f"{first} {moved} ({figures}, {page.numbers.p_value(lead.q_value)} xét mọi cặp"
        f"{_gain(page, lead)})"
    )


def _gain(page: Page, lead: Lead) -> str:
    if lead.gain is None:
        return ""
    share = page.numbers.percent(abs(lead.gain))
    return (
        f"; biết trước số này giúp giảm {share} sai số bình phương của dự báo"
        if lead.gain > 0
        else "; biết trước số này không giúp dự báo tốt hơn"
    )
