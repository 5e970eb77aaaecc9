"""Every text of an edition as it is written, and the numbers in it that no place decides: for tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from tiengvang import edition
from tiengvang.dictionary import Dictionary
from tiengvang.metric_registry import Registry
from tiengvang.metric_texts import MARK
from tiengvang.transform import PROJECT

TEXTS = Path(edition.__file__).parent / "texts"
TEMPLATES = Path(edition.__file__).parent / "templates"
ASKED = re.compile(r"""in_force\(["']([\w:]+)["']\)""")
DIGITS = r"(?<![\w.,])\d+(?:[.,]\d+)*"
ENGLISH = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?"
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
    "an end of another scale, or a class of it": (
        r"-(?:10|100) (?:to|đến) (?:10|100)(?!\d)",
        r"2 material cooperation, 3 verbal conflict, 4 material",
        r"2 hợp tác bằng việc làm, 3 xung đột bằng lời nói, 4 xung",
        r"quad class [234]|nhóm sự kiện [234]",
        r"2 US state, 3 US city, 4 city elsewhere, 5 first",
        r"2 bang của Mỹ, 3 thành phố ở Mỹ, 4 thành phố ở nước khác, 5 đơn",
        r"to 53\b|đến 53\b",
        r"7 is Sunday|7 là Chủ nhật|[Tt]hứ Hai",
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
    "a quarter of a year": (
        r"\bquarters(?= of capital| outside|\.)|(?:capital:|months or) quarters|by quarter:|^quarter$",
    ),
    "days of a week": (r"of the 7 days|trong 7 ngày của tuần",),
    "the two ends, sides, streams or parts that a thing has": (
        r"\bboth\b",
        r"(?:other )?two (?:streams|parties|countries|releases|years to date|mixes|kinds of coverage)",
        r"between the two|other two receipts|The two stand apart|the two series|two or more offices",
        r"two cuts of the total|two consecutive releases|three receipts overlap",
        r"holds the other two|each of the three",
        r"decided twice|either half|the louder half|[Ss]econd half",
        r"one of the two",
        r"(?:cả )?[Hh]ai (?:luồng|bên|nước|chuỗi|phía|bản|số|đầu|khoản|loại|ý kiến|cơ cấu|lôgarit|trang)",
        r"(?:cả hai|Hai nhóm báo|một trong hai|chuỗi thứ hai|hai kết luận|từ hai đơn vị)(?!\w)",
        r"nửa ồn ào|mỗi nửa|nửa kia|Nửa sau",
    ),
    "those named right before": (
        r"the three are never|ba loại không bao giờ|the first three|ba bước đầu",
    ),
    "who is neither of two": (r"third countries|nước thứ ba",),
    "the share that a column is named after": (
        r"^half$|^nửa$|^một nửa$|^nine tenths$|^chín phần mười$",
        r"½ and 9⁄10|½ và 9⁄10",
        r"[Hh]alf (?:answered|of all cases)|[Nn]ửa (?:số vụ|tổng số)",
        r"[Nn]ine tenths (?:answered|of all cases)|[Cc]hín phần mười (?:trả lời|tổng số)",
        r"[Cc]onfidence(?: of at least)? (?:20|80)\b|độ tin cậy(?: ít nhất)? (?:20|80)\b",
    ),
    "a name": (
        r"\btier 1\b|Tier-1|bậc 1\b",
        r"^(?:34|63) (?:provincial units|đơn vị cấp tỉnh)$",
        r"tháng 1 đến",
        r"`[^`]*`",
        r"ISO (?:3166-1|639-3|8601)|alpha-[23]\b|FIPS 10-4|CC BY 4\.0",
        r"(?:three|ba) (?:digits|chữ số)|(?:[Tt]wo|hai)(?:-digit| letters| chữ)",
        r"\bE[1-5]\b",
        r"(?:34|63) (?:units|provincial units|đơn vị)|row of the 63|63 until|34 from",
        r"11 (?:unchanged units|đơn vị không thay đổi)",
    ),
    "a day or year of the calendar": (
        r"since 2016|từ năm 2016",
        r"\d{1,2}/\d{1,2}/\d{4}|30 June 2025|1 July 2025",
        r"(?<![\d,.])(?:19|20)\d\d(?![\d,.]\d)",
    ),
    "how a publisher prints": (
        r"thousands are printed|in thousands(?: of trips and millions)?|tính bằng nghìn",
    ),
    "as its source says": (r"About 8 %|Khoảng 8%",),
    "measured, in docs/methods/anomalies.md and lead_lag.md": (
        r"half of the one-day spikes of two and a half times",
        r"một nửa số đỉnh một ngày gấp hai lần rưỡi",
        r"with five years|với năm năm số liệu",
    ),
    "an example": (
        r"0[.,]10 (?:is about|là tăng khoảng) 10 %(?: more)?, 0[.,]69|gấp đôi",
        r"one event told in two languages is two stories|bằng hai thứ tiếng là hai tin",
    ),
    # last, so that names and days are whole when the others are looked for
    "an end or the middle of a scale": (
        r"(?<![\d.,])[01](?![.,]?\d)",
        r"100(?=, (?:dotted|chấm chấm))",
    ),
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


def of_columns(dictionary: Dictionary) -> Iterator[tuple[str, str]]:
    """Yield each label and text of the dictionary of columns with its place."""
    for name, unit in dictionary.units.items():
        yield from ((f"dictionary.yml, unit {name}, {one}", text) for one, text in unit.items())
    for name, entry in dictionary.entries.items():
        for both in (entry.labels, entry.texts):
            yield from ((f"dictionary.yml, {name}, {one}", text) for one, text in both.items())


def of_models() -> Iterator[tuple[str, str]]:
    """Yield the description of each mart, which is its table's comment, with its place."""
    for path in sorted((PROJECT / "models/marts").rglob("*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ()):
            text = re.sub(r"\{\{.*?\}\}", "{}", model["description"])
            yield f"{path.name}, {model['name']}", " ".join(text.split())


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
        elif id(node) not in skipped and isinstance(getattr(node, "value", None), str):
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
        text = re.sub(
            r"<style>.*?</style>|\{%.*?%\}|\{#.*?#\}",
            "",
            path.read_text(encoding="utf-8"),
            flags=re.DOTALL,
        )
        yield path.name, re.sub(r"<[^>]*>", "\n", re.sub(r"\{\{.*?\}\}", "{}", text))


def asked(path: Path) -> list[str]:
    """Return the thresholds that a module's sentences or a template ask for, as they ask."""
    return ASKED.findall(path.read_text(encoding="utf-8"))


def marks_of_modules() -> set[str]:
    """Return every threshold that a sentence asks for."""
    return {mark for path in (*TEXTS.glob("*.py"), *TEMPLATES.glob("*.j2")) for mark in asked(path)}
