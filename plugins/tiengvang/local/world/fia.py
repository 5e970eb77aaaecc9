"""Yearly tables of registered foreign investment as the agency's CSV files are, with their quirks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from tiengvang.local.world.dice import Dice
from tiengvang.local.world.spec import WorldSpec

FIRST_YEAR, LAST_YEAR = 2015, 2025
FIRST_YEAR_WITH_SHARES = 2016
DASHES_SINCE = 2020  # before, nothing is printed where there is nothing
Language = Literal["vi", "en"]
Figures = tuple[int, Decimal, int, Decimal, int, Decimal]

HEADINGS = {
    "vi": (
        "TT", "{}", " Số dự án cấp mới ", " Vốn đăng ký cấp mới (triệu USD) ",
        " Số lượt dự án điều chỉnh ", " Vốn đăng ký điều chỉnh\n(triệu USD) ",
        " Số lượt góp vốn mua cổ phần ", " Giá trị góp vốn, mua cổ phần \n(triệu USD) ", "Năm",
    ),
    "en": (
        "Order", "{}", "Number of new projects", "Newly registered capital (million USD)",
        "Adjusted project number", "Adjusted capital (million USD)",
        "Number of times of capital contribution to buy shares",
        "Value of capital contribution, share purchase\n(million USD)", "Year",
    ),
}  # fmt: skip
# The agency heads its Vietnamese table of provinces like that of partners.
LABEL_HEADINGS = {
    ("partner", "vi"): "Đối tác", ("partner", "en"): "Country", ("sector", "vi"): "Ngành",
    ("sector", "en"): "Industry", ("province", "vi"): "Đối tác", ("province", "en"): "Provinces",
}  # fmt: skip
FILES = {"partner": "fdi_country_partners_{} .csv", "sector": "fdi_industry_{}.csv",
         "province": "fdi_provinces_{}.csv"}  # fmt: skip
# Vietnamese label, English label, share of the whole.
LABELS = {
    "partner": (
        ("Hàn Quốc", "Korea", 25), ("Xin-ga-po", "Singapore", 22), ("Nhật Bản", "Japan", 18),
        ("Đài Loan", "Taiwan", 9), ("Trung Quốc", "China", 9), ("Hoa Kỳ", "The United States of America", 6),
        ("Thái Lan", "Thailand", 4), ("Malaysia", "Malaysia", 3), ("Phần Lan", "Poland", 1),
        ("Ba Lan", "Poland", 1), ("BritishVirginIslands", "BritishVirginIslands", 2),
    ),
    "sector": (
        ("Công nghiệp chế biến, chế tạo", "Manufacturing and processing industry", 60),
        ("Hoạt động kinh doanh bất động sản", "Real estate business", 20),
        ("Xây dựng", "Construction", 12), ("Giáo dục và đào tạo", "Education and training", 8),
    ),
    "province": (
        ("TP. Hồ Chí Minh", "TP. Ho Chi Minh", 34), ("Hà Nội", "Ha Noi", 22),
        ("Bình Dương", "Binh Duong", 16), ("Bắc Ninh", "Bac Ninh", 14),
        ("Hải Phòng", "Hai Phong", 10), ("Đăk Lăk", "Dak Lak", 4),
    ),
}  # fmt: skip

# Provincial units that are part of another one since then.
MERGED_SINCE = date(2025, 7, 1)
MERGED = {"Bình Dương": "TP. Hồ Chí Minh"}


@dataclass(frozen=True, slots=True)
class FiaLine:
    """One line: a label in both languages, its year, and projects and capital (million US dollars)."""

    label_vi: str
    label_en: str
    year: int
    figures: Figures


def fia_csv(lines: Sequence[FiaLine], breakdown: str, language: Language) -> bytes:
    """Return a file in the agency's layout: a byte order mark, headings of two lines, numbers as shown."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    heading = LABEL_HEADINGS[breakdown, language]
    writer.writerow(name.format(heading) for name in HEADINGS[language])
    for number, line in enumerate(lines, start=1):
        label = line.label_vi if language == "vi" else line.label_en
        cells = [_shown(value, line.year) for value in line.figures]
        padded = f" {label} " if line.year >= DASHES_SINCE else label
        writer.writerow([number, padded, *cells, line.year])
    return text.getvalue().encode("utf-8-sig")


def write_fia(spec: WorldSpec, folder: Path) -> dict[str, Any]:
    """Write the folder that a user would fill, ``fia/``, and return the truth: capital by year.

    Sums by partner, sector and province agree. Beside the six files lie ``world.json``, which says whose
    they are, and a text that is no table.
    """
    base = folder / "fia"
    base.mkdir(parents=True)
    wholes = {year: whole_of_year(spec.seed, year) for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    for breakdown, labels in LABELS.items():
        lines = [line for year in wholes for line in _units(_split(wholes[year], year, labels))]
        for language in ("vi", "en"):
            path = base / FILES[breakdown].format(language)
            path.write_bytes(fia_csv(lines, breakdown, "vi" if language == "vi" else "en"))
    marker = {"world_name": spec.name, "is_synthetic": True}
    (base / "world.json").write_text(json.dumps(marker), "utf-8")
    (base / "readme.txt").write_text("Registered foreign investment, invented.\n", "utf-8")
    return {
        str(year): {"new_capital_usd_million": str(whole[1]), "new_projects": whole[0]}
        for year, whole in wholes.items()
    }


def figures_by_label(seed: int, year: int, breakdown: str) -> dict[str, Figures]:
    """Return a year's planted figures by Vietnamese label; they add up to ``whole_of_year``."""
    lines = _split(whole_of_year(seed, year), year, LABELS[breakdown])
    return {line.label_vi: line.figures for line in lines}


def whole_of_year(seed: int, year: int) -> Figures:
    """Return a year's planted sums, in the order of a line's figures."""
    dice = Dice(f"{seed}:fia:{year}")
    shares = year >= FIRST_YEAR_WITH_SHARES
    return (
        dice.between(1_700, 3_900), _cents(12_000 + 8_000 * dice.unit()),
        dice.between(800, 1_400), _cents(5_000 + 5_000 * dice.unit()),
        dice.between(2_500, 9_900) if shares else 0,
        _cents(3_500 + 9_000 * dice.unit()) if shares else Decimal(0),
    )  # fmt: skip


def _units(lines: list[FiaLine]) -> list[FiaLine]:
    """Add units that were merged by a year's end to the one that they are part of."""
    parts = {MERGED[line.label_vi]: line for line in lines
             if line.label_vi in MERGED and line.year >= MERGED_SINCE.year}  # fmt: skip
    return [
        replace(line, figures=plus(line.figures, parts[line.label_vi].figures))
        if line.label_vi in parts
        else line
        for line in lines
        if line not in parts.values()
    ]


def plus(first: Figures, second: Figures) -> Figures:
    """Return the figures of two labels together."""
    a, b, c, d, e, f = first
    return (
        a + second[0], b + second[1], c + second[2], d + second[3], e + second[4], f + second[5],
    )  # fmt: skip


def _split(whole: Figures, year: int, labels: Sequence[tuple[str, str, int]]) -> list[FiaLine]:
    """Split a year's figures by share; the last label takes what rounding leaves."""
    lines: list[FiaLine] = []
    left = whole
    for vietnamese, english, share in labels[:-1]:
        part = _part(whole, share)
        left = _less(left, part)
        lines.append(FiaLine(vietnamese, english, year, part))
    # More was withdrawn from one label's running projects than added, and as much added to the first's.
    first, second = lines[0], lines[-1]
    back = second.figures[3] * 2
    lines[0] = _moved(first, back)
    lines[-1] = _moved(second, -back)
    vietnamese, english, _ = labels[-1]
    return [*lines, FiaLine(vietnamese, english, year, left)]


def _moved(line: FiaLine, adjusted_capital: Decimal) -> FiaLine:
    a, b, c, d, e, f = line.figures
    return replace(line, figures=(a, b, c, d + adjusted_capital, e, f))


def _part(whole: Figures, share: int) -> Figures:
    a, b, c, d, e, f = whole
    return (
        a * share // 100, _cents(float(b) * share / 100), c * share // 100,
        _cents(float(d) * share / 100), e * share // 100, _cents(float(f) * share / 100),
    )  # fmt: skip


def _less(left: Figures, part: Figures) -> Figures:
    a, b, c, d, e, f = left
    return (a - part[0], b - part[1], c - part[2], d - part[3], e - part[4], f - part[5])


def _shown(value: int | Decimal, year: int) -> str:
    if not value:
        return " -   " if year >= DASHES_SINCE else ""
    text = f"{abs(value):,}" if year > FIRST_YEAR + 1 else str(abs(value))
    return text if value > 0 else f"({text})"


def _cents(value: float) -> Decimal:
    return Decimal(round(value * 100)) / 100
