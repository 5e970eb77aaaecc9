"""The cells of those workbooks: titles, headings of one or four rows, totals, headings of sections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from tiengvang.local.world.nso_release import Era, Licences, Release, Visitors

Cells = dict[tuple[int, int], str | float]
Line = tuple[str, str, str]  # section, group, label

TITLE = "Khách quốc tế đến Việt Nam"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WORDS = {
    "total": "TỔNG SỐ",
    "mode": "Phân theo phương tiện đến",
    "purpose": "Phân theo mục đích đến",
    "market": "Phân theo một số nước và vùng lãnh thổ",
    "province": "Phân theo một số địa phương",
}
ENGLISH = {
    "total": "TOTAL",
    "mode": "By means of transport",
    "market": "By citizenship and geographical territory",
    "province": "By province",
}
ONE_CELL = {Era.PURPOSES, Era.ONE_CELL_HEADINGS}
IN_PERSONS = {Era.PERSONS, Era.TOTALS_SLIPPED, Era.ENGLISH}
WITHOUT_ADJUSTED = {Era.PURPOSES, Era.ONE_CELL_HEADINGS, Era.MONTH_BEFORE}


@dataclass(slots=True)
class Sheet:
    """A sheet to be written: cells by row and column from 1, and the spans that are merged."""

    name: str
    cells: Cells = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


def other_sheets(month: date) -> list[Sheet]:
    """Return sheets that a reader must pass by: transport, investment abroad, a table by quarter."""
    first = (1, 1)
    plans = [
        Sheet("Van tai", {first: "14. Vận tải hành khách và hàng hoá", (7, 1): "TỔNG SỐ"}),
        Sheet("DTRNN", {first: "13. Đầu tư của Việt Nam ra nước ngoài được cấp phép"}),
    ]
    if month.month % 3 == 0:
        title = f"39. {TITLE} các quý năm {month.year}"
        plans.append(Sheet("KQTquy", {first: title, (9, 1): "TỔNG SỐ", (9, 3): 1.0}))
    return plans


def visitor_sheet(release: Release, era: Era) -> Sheet:
    """Return the table of visitors as the era prints it."""
    month, is_december = release.month, release.month.month == 12
    labels = 1 if is_december and era not in ONE_CELL else 2
    sheet = Sheet("42.KQTthang" if is_december else f"Sheet{month.month}")
    words = ENGLISH if era == Era.ENGLISH else WORDS
    columns = list(_visitor_columns(release, era))
    sheet.cells[1, 1] = _visitor_title(month, era)
    if era != Era.ENGLISH:
        unit = "Lượt người" if era in IN_PERSONS else "Nghìn lượt người; %"
        sheet.cells[3, labels + len(columns)] = unit
    for number, (headings, _) in enumerate(columns, start=labels + 1):
        for row, heading in enumerate(headings, start=4):
            if heading:
                sheet.cells[row, number] = heading
    row = 9
    for section, group, label in _visitor_lines(release.estimate, era):
        is_heading = not label
        text = words[section] if is_heading or section == "total" else label
        sheet.cells[row, 1 if is_heading or section == "total" else labels] = text
        for number, (_, value_of) in enumerate(columns, start=labels + 1):
            value = None if is_heading else value_of((section, group, label))
            slipped = era == Era.TOTALS_SLIPPED and section == "total"
            if value is not None:
                sheet.cells[row + slipped, number] = value
        row += 1
    return sheet


def _visitor_title(month: date, era: Era) -> str:
    if era == Era.ENGLISH:
        return (
            f"41. International visitors to Vietnam in {MONTHS[month.month - 1]}"
            f" and {month.month} months of {month.year}"
        )
    return f"15. {TITLE}" + (f" tháng 12 và năm {month.year}" if month.month == 12 else "")


def _visitor_lines(visitors: Visitors, era: Era) -> Iterator[Line]:
    yield ("total", "", "total")
    parts = ("purpose", visitors.purposes) if era == Era.PURPOSES else ("mode", visitors.modes)
    yield (parts[0], "", "")
    yield from ((parts[0], "", label) for label in parts[1])
    yield ("market", "", "")
    for continent, markets in visitors.markets.items():
        if era != Era.PURPOSES:
            yield ("market", "", continent)
        yield from (("market", continent, label) for label in markets)


def _persons(visitors: Visitors, line: Line) -> float:
    section, group, label = line
    if section == "total":
        return sum(visitors.modes.values())
    if section == "purpose":
        return visitors.purposes.get(label, 0)
    if section == "mode":
        return visitors.modes.get(label, 0)
    markets = visitors.markets.get(group or label, {})
    return markets.get(label, 0) if group else sum(markets.values())


def _visitor_columns(
    release: Release, era: Era
) -> Iterator[tuple[list[str | float], Callable[[Line], float | None]]]:
    """Yield each column's rows of headings and what it prints on a line."""
    month, year = release.month.month, release.month.year
    before, year_before = (month - 2) % 12 + 1, year - (month == 1)
    thousand = era not in IN_PERSONS

    def count(visitors: Visitors) -> Callable[[Line], float | None]:
        def value(line: Line) -> float | None:
            persons = _persons(visitors, line)
            return (round(persons / 1000, 3) if thousand else persons) or None

        return value

    def index(visitors: Visitors, base: Visitors) -> Callable[[Line], float | None]:
        def value(line: Line) -> float | None:
            least = _persons(base, line)
            return 100 * _persons(visitors, line) / least if least else None

        return value

    now, past = release.estimate, release.month_before
    to_month = index(now, past)
    to_year = index(now, release.year_ago)
    whole = index(release.year_to_date, release.year_before)
    through = {3: "quý I", 12: ""}.get(month, f"{month} tháng")
    if era in ONE_CELL:
        span = f"{through}\nnăm {year}".strip()
        yield [f"Ước tính\ntháng {month}\nnăm {year}"], count(now)
        if month > 1:
            yield [f"Thực hiện\n{span}"], count(release.year_to_date)
        yield [f"Tháng {month}\nnăm {year} so\nvới tháng {before}\nnăm {year_before} (%)"], to_month
        yield [f"Tháng {month} năm\n{year} so với\ncùng kỳ năm {year - 1} (%)"], to_year
        if month > 1:
            base = f"năm {year - 1}" if month == 12 else f"cùng kỳ năm \n{year - 1}"
            yield [f"{span} \nso với \n{base} (%)"], whole
        return
    if era == Era.ENGLISH:
        # As it was printed in September 2020: the month before under the name of the month itself.
        name = MONTHS[month - 1]
        yield ["Performance", name, year], count(past)
        yield ["Estimate", name, year], count(now)
        yield ["Estimate", f"{month} months", year], count(release.year_to_date)
        base = f"in {year - 1} (%)"
        yield [f"{name[:4]}. {year}", "versus", "same period", base], to_year
        yield [f"{month} months of", f"{year - 1} versus", "same period", base], whole
        return
    yield ["Thực hiện", f"tháng {before}", "năm", year_before], count(past)
    yield ["Ước tính", f"tháng {month}", "năm", year], count(now)
    if month == 1:
        yield ["Tháng 1 năm", f"{year} so với", f"tháng 12 năm {year_before}", "(%)"], to_month
        yield ["Tháng 1 năm", f"{year} so với", "cùng kỳ năm", "trước (%)"], to_year
        return
    if month == 12:
        yield ["Ước tính", "năm ", year], count(release.year_to_date)
        yield ["Tháng 12 năm", f"{year} so với", "cùng kỳ năm", "trước (%)"], to_year
        yield [f"Năm {year}", " so với", "năm ", f"{year - 1} (%)"], whole
    else:
        yield ["Cộng dồn", through, "năm", year], count(release.year_to_date)
        yield ["So với cùng kỳ năm trước", f"Tháng {month}", "năm", year], to_year
        yield ["", through, "năm", year], whole


def fdi_sheet(release: Release, era: Era) -> Sheet:
    """Return the table of licensed investment as the era prints it."""
    month, day = release.month, release.cut_off_day
    is_english, has_adjusted = era == Era.ENGLISH, era not in WITHOUT_ADJUSTED
    words = ENGLISH if is_english else WORDS
    sheet = Sheet(f"{month.month + 3}.DTNN")
    cells = sheet.cells
    if is_english:
        name = MONTHS[month.month - 1]
        cells[1, 1] = f"22. Licensed FDI projects from January 01 to {name} {day}, {month.year}"
        cells[3, 5] = "Mill USD"
        headings = [
            ("No. of projects", "(Project)"),
            ("Newly registered", "capital"),
            ("Registered capital ", "for adjustment"),
        ]
    else:
        cells[1, 1] = (
            "9. Đầu tư trực tiếp của nước ngoài được cấp phép từ"
            f" 01/01- {day}/{month.month}/{month.year}"
        )
        headings = [("Số dự án ", "(Dự án)"), ("Số vốn đăng ký", "(Triệu USD)")]
        if has_adjusted:
            cells[3, 5] = "Triệu USD"
            headings[1:] = [("Vốn đăng ký", "cấp mới"), ("Vốn đăng ký", "điều chỉnh")]
    for column, pair in enumerate(headings, start=3):
        cells[4, column], cells[5, column] = pair
    cells[7, 1] = words["total"]
    _licences(cells, 7, release.licensed, has_adjusted)
    row = 8
    by_country = "By country and geographical territory" if is_english else words["market"]
    for heading, listed in (
        (words["province"], release.provinces),
        (by_country, release.partners),
    ):
        cells[row, 1] = heading
        for label, licences in listed.items():
            row += 1
            cells[row, 2] = label
            _licences(cells, row, licences, has_adjusted)
        row += 1
    return sheet


def _licences(cells: Cells, row: int, licences: Licences, has_adjusted: bool) -> None:
    cells[row, 3] = licences.projects
    if licences.new_capital is not None:
        cells[row, 4] = licences.new_capital
    if has_adjusted and licences.adjusted_capital is not None:
        cells[row, 5] = licences.adjusted_capital
