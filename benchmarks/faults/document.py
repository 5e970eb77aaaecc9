"""The committed tables of what the doors said of faulty and of clean days."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.faults.clean import CleanDay
from benchmarks.faults.kinds import Kind
from benchmarks.faults.run import Held

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "faults_at_the_door.md"
WIDTH = 130
DOORS = {
    "reader": ("the reader", "khi đọc tệp"),
    "raw": ("door one, the load", "cửa một, lượt nạp"),
    "marts": ("door two, the build", "cửa hai, bản dựng"),
    "edition": ("door three, the edition", "cửa ba, ấn bản"),
}
INTRODUCTION = """
What the doors hold of data that arrives broken, and what they hold of data that does not: measured,
because a check is only believed after it was seen to refuse. Written by `python -m benchmarks.faults
--write` from what was refused; nothing here is typed. `make test` seeds every kind of fault again, reads
the same day without a fault, and fails where a line differs; the {days} clean days before it are read
again by `python -m benchmarks.faults` alone, because each costs a whole build.

Each fault is seeded into the files of one day, as a publisher or a network would break them, after {days}
clean days. The day is then read, judged, built, judged, published and judged as a daily run does it, up to
the first door that holds it. A fault counts as held where the rule that was expected is among the rules
that failed; others that failed beside it are named. The world is invented and thin: two hours a day of
four quarter-hours each, some 400 documents a day, beside statistics, lists and registers in full. So it
says which rule sees which fault, and not how small a fault may be in genuine files: there, bounds that
follow from history are narrower, because there is more of it.

*Tiếng Việt: bảng thứ hai tóm tắt từng loại lỗi bằng tiếng Việt với câu mà người đọc sẽ thấy. Lý do của bước
đọc tệp chỉ dành cho người vận hành và viết bằng tiếng Anh.*
"""
KINDS_HEAD = (
    "| Kind | What was done | Expected at | Rule | Held | Beside it | Printed |",
    "| Loại lỗi | Việc đã làm | Nơi giữ lại | Kết quả | Câu in ra |",
)
CLEAN_HEAD = "| Day | Loads judged | Loads held | Files refused | Build | Edition |"


def write(found: Mapping[Kind, Held], days: Sequence[CleanDay]) -> str:
    """Return the document's text."""
    held = sum(seen.reason(kind) is not None for kind, seen in found.items())
    parts = [
        "# Faults at the door",
        _wrapped(INTRODUCTION.format(days=len(days) - 1)),
        f"## {len(found)} kinds of fault, {held} held for the reason that was expected",
        _table(KINDS_HEAD[0], (english_line(*pair) for pair in found.items())),
        "## Tiếng Việt",
        _table(KINDS_HEAD[1], (vietnamese_line(*pair) for pair in found.items())),
        f"## {len(days)} clean days, {sum(not day.is_clean for day in days)} held",
        _wrapped(
            "The last of them is the day of the faults, without one. New lists, a new month's "
            "workbook and the week's statistics arrive with it."
        ),
        _table(CLEAN_HEAD, map(clean_line, days)),
    ]
    return "\n\n".join(parts) + "\n"


def english_line(kind: Kind, seen: Held) -> str:
    """Return a kind's line of the first table."""
    reason = seen.reason(kind)
    beside = sorted({r.rule for r in seen.reasons} - {kind.rule}) if kind.where != "reader" else []
    rule = f"“{kind.rule}”" if kind.where == "reader" else f"`{kind.rule}`"
    cells = [
        kind.name,
        kind.done_en,
        DOORS[kind.where][0],
        rule,
        "yes" if reason else _elsewhere(seen),
        ", ".join(f"`{name}`" for name in beside),
        reason.english if reason else "",
    ]
    return _line(cells)


def vietnamese_line(kind: Kind, seen: Held) -> str:
    """Return a kind's line of the second table."""
    reason = seen.reason(kind)
    printed = (reason.vietnamese or reason.english) if reason else ""
    result = "giữ lại" if reason else "không giữ lại"
    return _line([kind.name, kind.done_vi, DOORS[kind.where][1], result, printed])


def clean_line(day: CleanDay) -> str:
    """Return a clean day's line."""
    return _line(
        [
            f"{day.day}",
            f"{day.loads_judged}",
            f"{day.loads_held}",
            f"{day.files_refused}",
            day.build,
            day.edition,
        ]
    )


def _elsewhere(seen: Held) -> str:
    if seen.where is None:
        return "no"
    return f"no; held at {DOORS[seen.where][0]}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _table(head: str, lines: Iterable[str]) -> str:
    rule = _line(["---"] * (head.count("|") - 1))
    return "\n".join([head, rule, *lines])


def _wrapped(text: str) -> str:
    return "\n\n".join(
        textwrap.fill(" ".join(paragraph.split()), WIDTH, break_on_hyphens=False)
        for paragraph in text.strip().split("\n\n")
    )
