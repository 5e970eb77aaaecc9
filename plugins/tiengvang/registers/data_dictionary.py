"""The data dictionary of the registers in English and Vietnamese, as rows of a sheet and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files

from tiengvang.registers.catalogue import REGISTERS
from tiengvang.registers.codes import provinces
from tiengvang.registers.declaration import Column, Register, Said

HEADINGS = (
    "column", "cột", "type", "kiểu", "required / bắt buộc", "meaning", "ý nghĩa",
    "values / giá trị", "example / ví dụ",
)  # fmt: skip
KINDS: Mapping[str, Said] = {
    "text": Said("text, up to 2,000 letters", "chữ, không quá 2.000 ký tự"),
    "code": Said("code without spaces", "mã không có dấu cách"),
    "choice": Said("one of the values", "một trong các giá trị"),
    "list": Said("values separated by spaces", "các giá trị cách nhau bằng dấu cách"),
    "day": Said("day, 2026-07-01", "ngày, 2026-07-01"),
    "instant": Said(
        "instant with offset, 2026-07-01T08:30+07:00",
        "thời điểm kèm múi giờ, 2026-07-01T08:30+07:00",
    ),
    "yes_no": Said("yes or no", "có hoặc không"),
    "whole": Said("whole number", "số nguyên"),
    "number": Said("number with a decimal point", "số, dùng dấu chấm thập phân"),
    "percent": Said("per cent, 0 to 100", "phần trăm, từ 0 đến 100"),
    "url": Said("address on the web", "địa chỉ trên mạng"),
}


def dictionary_rows(register: Register) -> list[tuple[str, ...]]:
    """Return the dictionary of one register: headings, then a row per column."""
    return [HEADINGS, *(_row(register, column) for column in register.columns)]


def province_rows() -> list[tuple[str, ...]]:
    """Return the codes of the provincial units since 2008 with the days on which they existed."""
    head = ("province / tỉnh, thành phố", "tên", "from / từ", "before / trước ngày")
    return [
        head,
        *(
            (unit.province_id, unit.name_vi, f"{unit.valid_from}", f"{unit.valid_to or ''}")
            for unit in provinces().values()
        ),
    ]


def page() -> str:
    """Return the dictionary of all registers as a page in Markdown."""
    way_in = files("tiengvang.registers").joinpath("way_in.md").read_text(encoding="utf-8")
    parts = [way_in, *("\n".join(_section(register)) for register in REGISTERS.values())]
    provincial = "\n".join(
        ["## Provincial units / Mã tỉnh, thành phố", "", *_table(province_rows())]
    )
    return "\n".join([*parts, provincial])


def _section(register: Register) -> Iterator[str]:
    yield f"## {register.name}: {register.title.en} / {register.title.vi}"
    yield f"\n{register.about.en}\n{register.about.vi}\n"
    key = ", ".join(f"`{name}`" for name in register.key)
    yield f"Version / phiên bản {register.version}. One statement per / mỗi nội dung theo: {key}.\n"
    yield from _table(dictionary_rows(register))
    if register.rules:
        yield "\n| column | expected | cần |\n| --- | --- | --- |"
        for rule in register.rules:
            yield f"| `{rule.column}` | {rule.expected.en} | {rule.expected.vi} |"
    yield ""


def _row(register: Register, column: Column) -> tuple[str, ...]:
    kind = KINDS[column.kind]
    values = " ".join(column.choices) or {
        "country": "ISO 3166-1 alpha-3", "unit": "units, provinces", "kpi": "kpis", None: "",
    }[column.codes]  # fmt: skip
    examples = (row[column.name] for row in register.examples if column.name in row)
    return (
        column.name, column.heading_vi, kind.en, kind.vi,
        "yes / có" if column.is_required else "no / không",
        column.about.en, column.about.vi, values, next(examples, ""),
    )  # fmt: skip


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return [lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]
