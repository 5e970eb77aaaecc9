"""Vietnamese sentences of question 9: visitors and capital by month, and outcomes by year."""

from __future__ import annotations

from tiengvang.edition.brief import Page
from tiengvang.edition.facts import months_before
from tiengvang.edition.markets import (
    TOTAL,
    Market,
    largest_change,
    newest_month,
    total_of,
    year_on_year,
)
from tiengvang.edition.outcomes import CHARTED, latest
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.vietnamese_leads import leads
from tiengvang.edition.texts.vietnamese_words import capital, listed, why

LISTED_MISMATCHES = 3


def outcomes(page: Page) -> str:
    """Answer question 9."""
    return answer(f"{_visitors(page)} {_capital(page)}", _most(page), _stories(page), leads(page))


def findings(page: Page) -> dict[str, str]:
    """State the charts of question 9."""
    found = {
        "visitors": _with_markets(
            page, f"{_visitors(page)} {_most(page)}", page.brief.markets.arrivals, 1.0
        ),
        "registered": _with_markets(page, _capital(page), page.brief.markets.registered, 1e6),
    }
    for outcome in CHARTED:
        text = _outcome(page, outcome)
        found[outcome] = f"{page.focus}: {text}." if text else "Không có giá trị nào."
    return found


def _changed(page: Page, change: float, than: str) -> str:
    if round(float(change), 3) == 0:
        return f"bằng {than}"
    return f"{'tăng' if change > 0 else 'giảm'} {page.numbers.size(change)} so với {than}"


def _visitors(page: Page) -> str:
    total = total_of(page.brief.markets.arrivals)
    month = total.newest if total else None
    if total is None or month is None:
        return f"Chưa xác định số khách quốc tế đến {page.focus}: chưa nạp số liệu tháng nào."
    figure, change = total.figures[month], year_on_year(total, month)
    before = page.numbers.month_name(months_before(month, 12))
    compared = (
        f"; không có số liệu {before} để so sánh"
        if change is None
        else f", {_changed(page, change, 'cùng kỳ năm trước')}"
    )
    estimate = "ước tính, " if figure.row["arrivals_status"] == "estimate" else ""
    release = page.numbers.month_name(figure.row["vintage_month"])
    return (
        f"{capital(page.numbers.month_name(month))}, {page.focus} đón "
        f"{page.numbers.count(round(figure.value or 0))} khách quốc tế "
        f"({estimate}bản công bố {release}){compared}."
    )


def _most(page: Page) -> str:
    """Name the main market that changed most; empty where there is none."""
    main = [market for market in page.brief.markets.arrivals if market.code != TOTAL]
    month = newest_month(page.brief.markets.arrivals)
    if not main or month is None:
        return ""
    most = largest_change(main, month)
    if most is None:
        return "Chưa thị trường lớn nào so sánh được với năm trước."
    market, change = most
    n = page.numbers.count(round(market.value(month) or 0))
    return (
        f"Trong {page.numbers.count(page.brief.markets.n_main)} thị trường chính, "
        f"{page.name(market.code)} thay đổi nhiều nhất: {page.numbers.change(change)}, "
        f"{'còn' if change < 0 else 'đạt'} {n} khách."
    )


def _capital(page: Page) -> str:
    total = total_of(page.brief.markets.registered)
    month = total.newest if total else None
    if total is None or month is None:
        return "Chưa xác định vốn đăng ký: chưa nạp số liệu tháng nào."
    figure, change = total.figures[month], year_on_year(total, month)
    year = month.year - 1
    compared = (
        f"; không so với năm {year} vì năm đó không có số liệu đến cùng ngày"
        if change is None
        else f", {_changed(page, change, f'cùng kỳ năm {year}')}"
    )
    return (
        f"Từ tháng 1 đến ngày {page.numbers.day(figure.row['cut_off_date'])}, vốn đăng ký cấp mới đạt "
        f"{_billion(page, figure.value)} tỷ USD{compared}."
    )


def _billion(page: Page, value: float | None) -> str:
    return page.numbers.decimal(None if value is None else value / 1e9, 2)


def _stories(page: Page) -> str:
    """Say what the press of the market that changed most, or else the largest, carried."""
    main = [market for market in page.brief.markets.arrivals if market.code != TOTAL]
    month = newest_month(page.brief.markets.arrivals)
    if not main or month is None:
        return "Vì vậy mức độ đưa tin chưa có gì để đặt cạnh."
    most = largest_change(main, month)
    market = most[0] if most else main[0]
    name, written = page.name(market.code), page.numbers.month_name(month)
    n, before = market.stories.get(month), market.stories.get(months_before(month, 12))
    if n is None:
        reason = why(page, market.why_no_stories.get(month, "no_slot_received"))
        return f"Chưa xác định số tin trên báo chí {name} trong {written}: {reason}."
    compared = "" if not before else f", {_changed(page, n / before - 1, 'cùng kỳ năm trước')}"
    return f"Trong tháng đó báo chí {name} có {page.numbers.count(n)} tin{compared}."


def _with_markets(page: Page, said: str, found: tuple[Market, ...], unit: float) -> str:
    """Add the newest figure of each market to a sentence."""
    month = newest_month(found)
    rows = [market for market in found if market.code != TOTAL]
    if month is None or not rows:
        return said
    parts = []
    for market in rows:
        value, change = market.value(month), year_on_year(market, month)
        if value is None:
            parts.append(f"{page.name(market.code)} không có số liệu")
            continue
        moved = "" if change is None else f" ({page.numbers.change(change)})"
        parts.append(f"{page.name(market.code)} {page.numbers.count(round(value / unit))}{moved}")
    unit_name = "" if unit == 1 else ", tính bằng triệu USD"
    return f"{said} {listed(parts)}{unit_name}."


def mismatches(page: Page) -> list[str]:
    """Say which printed totals of visitors are not the sum of their parts, the newest first."""
    found = page.brief.markets.mismatches
    said = [
        f"{capital(page.numbers.month_name(one.month))}: tổng số được in "
        f"({page.numbers.count(round(one.total))}) khác tổng của các "
        f"{'châu lục' if one.parts == 'continents' else 'phương tiện đến'} "
        f"({page.numbers.count(round(one.of_parts))})."
        for one in found[:LISTED_MISMATCHES]
    ]
    rest = len(found) - len(said)
    return [*said, f"{page.numbers.count(rest)} tổng số trước đó cũng vậy."] if rest else said


def yearly(page: Page) -> str:
    """Say what the newest yearly figures of the focus are."""
    parts = [part for outcome in CHARTED if (part := _outcome(page, outcome))]
    if not parts:
        return "Chưa xác định: chưa nạp được số liệu năm nào."
    return f"Số liệu mới nhất của {page.focus}: {'; '.join(parts)}."


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
