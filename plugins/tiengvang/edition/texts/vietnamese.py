"""The Vietnamese original."""

from __future__ import annotations

import pandas as pd

from tiengvang.edition.brief import Page, TrustItem
from tiengvang.edition.outcomes import CHARTED, latest
from tiengvang.edition.texts.vietnamese_labels import LABELS as LABELS


def _list(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} và {parts[-1]}"


def title(page: Page) -> str:
    """Name the page."""
    return f"{page.focus} trên báo chí thế giới"


def period(page: Page) -> str:
    """Write the period's first and last day."""
    dates = page.brief.facts.dates
    if len(dates) == 1:
        return page.numbers.day(dates[0])
    return f"{page.numbers.day(dates[0])} – {page.numbers.day(dates[-1])}"


def headline(page: Page) -> str:
    """Say in one line what changed."""
    brief, change = page.brief, page.brief.change
    if not brief.has_data:
        return "Kỳ này không nhận được số liệu nào, nên chưa thể nói gì."
    now = page.numbers.count(brief.numbers["n_documents"])
    counted = f"{now} bài về {page.focus} trên báo chí nước ngoài"
    if change.verdict == "cannot_tell" or change.ratio is None:
        return f"{counted}; chưa có kỳ trước trọn vẹn để so sánh."
    if change.verdict == "unclear":
        return f"Chưa thấy thay đổi rõ so với kỳ trước: {counted}. {_moved(page)}"
    share = page.numbers.percent(abs(change.ratio - 1))
    verb = LABELS[change.verdict]
    return (
        f"Lượng bài trên báo chí nước ngoài {verb} {share}: {now} bài về {page.focus}. "
        f"{_moved(page)}"
    )


def _moved(page: Page) -> str:
    rows = page.brief.by_source
    compared = rows[rows["change"].isin(["rose", "fell", "unclear"])]
    if compared.empty:
        return "Chưa nước nào đủ số liệu để so sánh riêng."
    parts = [
        f"{LABELS[verb]} ở {_list(page.names(found))}"
        for verb in ("rose", "fell")
        if (found := list(compared[compared["change"] == verb]["source_country_code_iso3"]))
    ]
    if not parts:
        return f"Trong {len(compared)} nước so sánh được, chưa nước nào thay đổi rõ."
    return f"Trong {len(compared)} nước so sánh được: {', '.join(parts)}."


def trust_value(page: Page, item: TrustItem) -> str:
    """Write a trust component's value."""
    if item.value is None:
        return LABELS["cannot_tell"]
    if item.key != "freshness":
        return page.numbers.percent(item.value, 2 if item.key == "rejected_rows" else 1)
    minutes = round(item.value)
    if minutes < 60:
        return f"{minutes} phút"
    if minutes < 48 * 60:
        return f"{minutes // 60} giờ {minutes % 60} phút"
    return f"{minutes // 1440} ngày"


def answers(page: Page) -> dict[str, str]:
    """Answer each section's question in one or two sentences, by section."""
    return {
        "coverage": _coverage(page),
        "tone": _tone(page),
        "peers": _peers(page),
        "outcomes": _outcomes(page),
        "trust": _trust(page),
    }


def _coverage(page: Page) -> str:
    brief = page.brief
    rows = brief.by_source[brief.by_source["source_country_code_iso3"] != "unknown"]
    rows = rows[rows["n_documents"].fillna(0) > 0]
    if rows.empty:
        return "Không có bài nước ngoài nào để hiển thị."
    top = [
        f"{page.name(code)} ({page.numbers.count(n)})"
        for code, n in zip(
            rows["source_country_code_iso3"].head(3), rows["n_documents"].head(3), strict=True
        )
    ]
    return (
        f"{page.numbers.count(brief.numbers['n_documents'])} bài của "
        f"{page.numbers.count(brief.numbers['n_outlets'])} cơ quan báo chí tại {len(rows)} nước; "
        f"nhiều nhất từ {_list(top)}."
    )


def _tone(page: Page) -> str:
    tone = page.brief.tone
    shown = tone[tone["tone_mean"].notna()]
    hidden = len(tone) - len(shown)
    rest = f" {hidden} nước khác không đủ điều kiện hiển thị." if hidden else ""
    if shown.empty:
        reason = (
            "không nước nào có đủ cơ quan báo chí trong đủ số ngày"
            if hidden
            else "không có bài nào được chấm sắc thái"
        )
        return f"Chưa xác định: {reason}."
    low, high = shown.iloc[0], shown.iloc[-1]
    first = (
        f"{page.numbers.signed(low['tone_mean'])} ({page.name(low['source_country_code_iso3'])})"
    )
    if len(shown) == 1:
        return f"Sắc thái thô trung bình là {first}, nước duy nhất đủ điều kiện hiển thị.{rest}"
    last = (
        f"{page.numbers.signed(high['tone_mean'])} ({page.name(high['source_country_code_iso3'])})"
    )
    return f"Sắc thái thô trung bình từ {first} đến {last}, trong {len(shown)} nước.{rest}"


def _peers(page: Page) -> str:
    rows = page.brief.peers[page.brief.peers["n_documents"].notna()].reset_index(drop=True)
    place = rows.index[rows["is_focus"]]
    if place.empty or len(rows) < 2:
        return "Chưa xác định: không có nước nào để so sánh."
    own = rows.loc[place[0], "n_documents"]
    more = int((rows["n_documents"] > own).sum())
    lead = rows.iloc[0] if more else rows[~rows["is_focus"]].iloc[0]
    return (
        f"{page.focus} đứng thứ {more + 1} trong {len(rows)} nước về số bài: "
        f"{page.numbers.count(own)} bài, so với {page.numbers.count(lead['n_documents'])} bài về "
        f"{page.name(lead['country_code_iso3'])}."
    )


def _outcome(page: Page, outcome: str) -> str | None:
    found = latest(page.brief.facts, outcome, page.brief.request.focus_iso3)
    if found is None:
        return None
    value = page.numbers.decimal(found.value, 1)
    text = {
        "fdi_net_inflow_bop_usd": f"dòng vốn đầu tư trực tiếp vào ròng {value} tỷ USD",
        "tourism_arrivals_count": f"{value} triệu lượt khách quốc tế đến",
        "tourism_receipts_usd": f"thu {value} tỷ USD từ khách quốc tế",
    }[outcome]
    return f"{text} (năm {found.year})"


def _outcomes(page: Page) -> str:
    parts = [part for outcome in CHARTED if (part := _outcome(page, outcome))]
    if not parts:
        return "Chưa xác định: chưa nạp được số liệu năm nào."
    return f"Số liệu mới nhất của {page.focus}: {'; '.join(parts)}."


def _trust(page: Page) -> str:
    numbers = page.brief.numbers
    if pd.isna(numbers["slots_expected"]) or not numbers["slots_expected"]:
        return "Chưa xác định: kỳ này không có khung 15 phút nào phải nhận."
    empty = numbers["days_without_any_slot"]
    tail = f" Có {empty} ngày không nhận được gì." if empty else ""
    return (
        f"Đã nhận {page.numbers.count(numbers['slots_received'])} trên "
        f"{page.numbers.count(numbers['slots_expected'])} khung 15 phút của cả hai luồng.{tail}"
    )


def findings(page: Page) -> dict[str, str]:
    """State each chart's finding for someone who does not see it, by chart."""
    daily = page.brief.daily
    known = daily[daily["is_current"] & daily["n_documents"].notna()]
    gaps = int(daily["n_documents"].isna().sum())
    days = "Không có ngày nào để hiển thị."
    if not known.empty:
        top = known.loc[known["n_documents"].astype("int64").idxmax()]
        low = known.loc[known["n_documents"].astype("int64").idxmin()]
        days = (
            f"Nhiều nhất ngày {page.numbers.day(top['coverage_date'])} "
            f"({page.numbers.count(top['n_documents'])} bài), ít nhất ngày "
            f"{page.numbers.day(low['coverage_date'])} ({page.numbers.count(low['n_documents'])})."
        )
    found = {
        "by_source": _coverage(page),
        "daily": f"{days} {gaps} trên {len(daily)} ngày không có số liệu." if gaps else days,
        "tone": _tone(page),
        "peers": _peers(page),
        "trust": _trust(page),
    }
    for outcome in CHARTED:
        text = _outcome(page, outcome)
        found[outcome] = f"{page.focus}: {text}." if text else "Không có giá trị nào."
    return found
