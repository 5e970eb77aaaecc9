"""Every text of an edition as it is written, and the numbers in it that no place decides: for tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tiengvang import edition
from tiengvang.metric_texts import MARK
from tiengvang.metrics import Registry

TEXTS = Path(edition.__file__).parent / "texts"
TEMPLATES = Path(edition.__file__).parent / "templates"
ASKED = re.compile(r"""in_force\(["']([\w:]+)["']\)""")
DIGITS = r"(?<![\w.,])\d+(?:[.,]\d+)*"
ENGLISH = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen"
    "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?"
    "|half|halves|twice|third|thirds|quarters?|fifths?|tenths?|both|couple"
)
# "năm" is five only before what can be counted; else it is a year.
VIETNAMESE = (
    "hai|ba|bốn|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|tỷ(?! (?:lệ|số|trọng|suất))|nửa|rưỡi|đôi|vài"
    "|năm(?= (?:ngày|tuần|tháng|năm|quý|kỳ|giờ|phút|từ|tin|bài|nước|cơ quan|tòa soạn|điều|lần|chuỗi|cặp))"
)
NUMBER = re.compile(rf"{DIGITS}|(?<!\w)(?:{ENGLISH}|{VIETNAMESE})(?!\w)", re.I)

# Numbers that decide nothing, each by the reason why: a text may hold these and no others.
NO_THRESHOLD = {
    "an end or the middle of a scale": (
        r"(?<![\d.,])[01](?![.,]?\d)",
        r"100(?=, (?:dotted|chấm chấm))",
    ),
    "what shares or rates are given in": (
        r"in 100 unrelated|trên 100 cặp",
        r"(?:of|per) 100 series-days|(?:cứ|trên) 100 ngày-chuỗi",
        r"per 10,000|trên 10\.000",
        r"[Pp]hần trăm",
    ),
    "a unit of money or persons": (
        r"\b[mb]illion(?= (?:US\$|a year|of new capital|arrivals)| *$)",
        r"(?:triệu|tỷ)(?= (?:USD|lượt)| *$)",
    ),
    "how the source cuts its files": (
        r"[Qq]uarter-hours?|quarter of an hour",
        r"15 phút",
    ),
    "a quarter of a year": (r"\bquarters?(?= of capital| outside| *$)|capital: quarters",),
    "days of a week": (r"of the 7 days|trong 7 ngày của tuần",),
    "the two ends, sides, streams or parts that a thing has": (
        r"\bboth\b",
        r"two (?:streams|parties|countries|releases|years to date|mixes|kinds of coverage)",
        r"one of the two",
        r"(?:cả )?hai (?:luồng|bên|nước|chuỗi|phía|bản|số lũy kế|cơ cấu|lôgarit|trang)",
        r"(?:cả hai|Hai nhóm báo)(?!\w)",
    ),
    "those named right before": (r"the three are never|ba loại không bao giờ",),
    "who is neither of two": (r"third countries|nước thứ ba",),
    "the share that a column is named after": (
        r"^half$|^nửa$|^một nửa$|^nine tenths$|^chín phần mười$",
        r"½ and 9⁄10|½ và 9⁄10",
    ),
    "a name": (
        r"\btier 1\b|Tier-1|bậc 1\b",
        r"^(?:34|63) (?:provincial units|đơn vị cấp tỉnh)$",
        r"tháng 1 đến",
        r"ISO 639-3|CC BY 4\.0",
    ),
    "a year of the calendar": (r"since 2016|từ năm 2016",),
    "measured, in docs/methods/anomalies.md and lead_lag.md": (
        r"half of the one-day spikes of two and a half times",
        r"một nửa số đỉnh một ngày gấp hai lần rưỡi",
        r"with five years|với năm năm số liệu",
    ),
    "an example": (r"one event told in two languages is two stories|bằng hai thứ tiếng là hai tin",),
}
REASONED = [re.compile(one) for patterns in NO_THRESHOLD.values() for one in patterns]


def typed(text: str) -> list[str]:
    """Return the numbers of a text, in digits or words, that stand for no threshold and have no reason."""
    rest = MARK.sub("¤", text)
    for pattern in REASONED:
        rest = pattern.sub("¤", rest)
    return NUMBER.findall(rest)


def of_registry(registry: Registry) -> Iterator[tuple[str, str]]:
    """Yield each text of the registry of metrics with its place."""
    groups = {
        "metric": [
            (name, texts)
            for name, one in registry.metrics.items()
            for texts in (one.names, one.formulas, one.grains, one.guards)
        ],
        "section": [
            (name, texts)
            for name, one in registry.sections.items()
            for texts in (one.questions, one.names)
        ],
        "guard": list(registry.guards.items()),
        "head": list(registry.heads.items()),
        "unit": list(registry.units.items()),
        "source": list(registry.sources.items()),
        "title": [
            (name, one.texts)
            for group in (registry.charts, registry.tables, registry.labels)
            for name, one in group.items()
        ],
    }
    for kind, found in groups.items():
        for name, texts in found:
            for language, text in texts.items():
                yield f"metrics.yml, {kind} {name}, {language}", text


def of_modules() -> Iterator[tuple[str, str]]:
    """Yield each text in the modules of words with its place; a computed part of a sentence is ``{}``."""
    for path in sorted(TEXTS.glob("*.py")):
        yield from strings(ast.parse(path.read_text(encoding="utf-8")), path.name)


def strings(tree: ast.Module, name: str) -> Iterator[tuple[str, str]]:
    """Yield the strings of a module that can be printed: no docstrings, keys, names or parts of others."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        skipped |= {id(one) for one in _not_printed(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [one.value if isinstance(one, ast.Constant) else "{}" for one in node.values]
            yield f"{name}:{node.lineno}", "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in skipped:
                yield f"{name}:{node.lineno}", node.value


def _not_printed(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
        return [one.value for one in node.body[:1] if isinstance(one, ast.Expr)]
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None]
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.JoinedStr):
        return list(node.values)
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "in_force":
        return list(node.args)
    return []


def of_templates() -> Iterator[tuple[str, str]]:
    """Yield the words of each template, without tags and without what the program puts in."""
    for path in sorted(TEMPLATES.glob("*.j2")):
        text = re.sub(r"<style>.*?</style>|\{%.*?%\}|\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        yield path.name, re.sub(r"<[^>]*>", "\n", re.sub(r"\{\{.*?\}\}", "{}", text))


def asked(path: Path) -> list[str]:
    """Return the thresholds that a module's sentences or a template ask for, as they ask."""
    return ASKED.findall(path.read_text(encoding="utf-8"))


def marks_of_modules() -> set[str]:
    """Return every threshold that a sentence asks for."""
    return {
        mark for path in (*TEXTS.glob("*.py"), *TEMPLATES.glob("*.j2")) for mark in asked(path)
    }
