"""Releases for the generator of workbooks, and how their rows are looked up."""

from __future__ import annotations

import random
from datetime import date
from io import BytesIO
from typing import Any

import xlwt

from tiengvang.local.world.nso import sheets, xlsx_bytes
from tiengvang.local.world.nso_layout import Sheet
from tiengvang.local.world.nso_release import Era, Licences, Release, Visitors
from tiengvang.sources.nso.parse import CHECKS_TABLE, FDI_TABLE, VISITORS_TABLE, parse_workbook
from tiengvang.sources.records import ParsedFile

MARKETS = {
    "Châu Á": ["CHND Trung Hoa", "Hàn Quốc", "Nhật Bản", "Một số nước khác"],
    "Châu Mỹ": ["Hoa Kỳ", "Ca-na-đa", "Một số nước khác thuộc châu Mỹ"],
    "Châu Âu": ["Liên bang Nga", "Pháp", "Một số nước khác"],
    "Châu Phi": ["Ai Cập"],
}
ENGLISH_MARKETS = {
    "Asia": ["China", "South Korea", "Other countries"],
    "Europe": ["Russia", "France", "Other countries"],
    "Africa": ["Egypt"],
}
MODES = ["Đường không", "Đường biển", "Đường bộ"]
ENGLISH_MODES = ["Airway", "Seaway", "Road"]
PURPOSES = ["Du lịch", "Công việc", "Mục đích khác"]
PROVINCES = ["Hà Nội", "TP. Hồ Chí Minh", "Bắc Ninh"]
PARTNERS = ["Hàn Quốc", "Nhật Bản", "CHND Trung Hoa", "Xin-ga-po"]
FILE = "02-Bieu.xlsx"


def visitors(seed: str, scale: int, era: Era) -> Visitors:
    dice = random.Random(seed)
    english = era is Era.ENGLISH
    listed = ENGLISH_MARKETS if english else MARKETS
    markets = {
        continent: {
            label: dice.randint(scale // 20, scale)
            for label in labels
            if era is not Era.PURPOSES or not label.startswith("Một số")
        }
        for continent, labels in listed.items()
    }
    total = sum(sum(by_label.values()) for by_label in markets.values())
    first, second = total // 2, total // 3
    shares = [first, second, total - first - second]
    modes = ENGLISH_MODES if english else MODES
    return Visitors(
        dict(zip(modes, shares, strict=True)), markets, dict(zip(PURPOSES, shares, strict=True))
    )


def added(one: Visitors, other: Visitors) -> Visitors:
    def plus(a: dict[str, float], b: dict[str, float]) -> dict[str, float]:
        return {label: a[label] + b[label] for label in a}

    markets = {name: plus(one.markets[name], other.markets[name]) for name in one.markets}
    return Visitors(plus(one.modes, other.modes), markets, plus(one.purposes, other.purposes))


def release(month: date, era: Era, seed: int = 0) -> Release:
    """Return a release that adds up; its scale fits the era's unit."""
    scale = 200_000 if era.value < "2020-04" else 9_000
    estimate, before, earlier, year_ago, base = (
        visitors(f"{seed}-{part}", scale, era) for part in range(5)
    )
    two_months = added(estimate, before)
    year = two_months if month.month == 2 else added(two_months, earlier)
    dice = random.Random(f"{seed}-fdi")

    def licences() -> Licences:
        adjusted = round(dice.uniform(-5, 400), 3)
        return Licences(dice.randint(1, 300), round(dice.uniform(10, 900), 3), adjusted)

    provinces = {label: licences() for label in PROVINCES}
    parts = list(provinces.values())
    total = Licences(
        sum(part.projects for part in parts),
        round(sum(part.new_capital or 0 for part in parts), 3),
        round(sum(part.adjusted_capital or 0 for part in parts), 3),
    )
    names = PARTNERS[: len(parts)]
    partners = dict(zip(names, parts, strict=True)) | {PARTNERS[-1]: Licences(0, None, None)}
    return Release(month, estimate, before, year, year_ago, base, total, provinces, partners)


def plans(month: date, era: Era, seed: int = 0) -> list[Sheet]:
    return sheets(release(month, era, seed), era)


def workbook(month: date, era: Era, seed: int = 0) -> bytes:
    return xlsx_bytes(plans(month, era, seed))


def xls_bytes(written: list[Sheet]) -> bytes:
    """Write sheets as an ``.xls`` workbook; text that begins with "=" is a formula."""
    book = xlwt.Workbook()
    for plan in written:
        sheet = book.add_sheet(plan.name, cell_overwrite_ok=True)
        for (row, column), value in plan.cells.items():
            is_formula = isinstance(value, str) and value.startswith("=")
            shown = xlwt.Formula(value[1:]) if is_formula else value
            sheet.write(row - 1, column - 1, shown)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def parsed(payload: bytes, file_name: str = FILE) -> ParsedFile:
    return parse_workbook(payload, file_name)


def rows(read: ParsedFile, table: str) -> list[dict[str, Any]]:
    return [
        dict(zip(block.columns, row, strict=True))
        for block in read.tables
        if block.table == table
        for row in block.rows
    ]


def visitor_rows(read: ParsedFile, **wanted: Any) -> list[dict[str, Any]]:
    return _matching(rows(read, VISITORS_TABLE), wanted)


def fdi_rows(read: ParsedFile, **wanted: Any) -> list[dict[str, Any]]:
    return _matching(rows(read, FDI_TABLE), wanted)


def failed(read: ParsedFile) -> set[tuple[str, str, str]]:
    """Return table, name and place of every check that did not hold."""
    return {
        (row["table_name"], row["check_name"], f"{row['sheet']}!{row['cell']}")
        for row in rows(read, CHECKS_TABLE)
        if not row["is_ok"]
    }


def _matching(found: list[dict[str, Any]], wanted: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]
