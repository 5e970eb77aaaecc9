"""Vietnamese sentences of question 10: who is behind plan."""

from __future__ import annotations

from collections.abc import Iterable

from tiengvang.edition.brief import Page
from tiengvang.edition.readiness import Kpi, Population
from tiengvang.edition.sourced import count_of
from tiengvang.edition.tables_readiness import counted, kpi_name, target
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.vietnamese_labels_registers import LABELS
from tiengvang.edition.texts.vietnamese_words import listed
from tiengvang.edition.untrusted import plain_text

NAMED_KPIS, NAMED_UNITS = 3, 10


def readiness(page: Page) -> str:
    """Answer question 10."""
    found = page.brief.readiness
    if not found.kpis:
        return (
            "Chưa xác định ai chậm kế hoạch: chưa cơ quan nào gửi sổ đăng ký chỉ số sẵn sàng. Cách gửi có "
            "trong hướng dẫn vận hành ingest_registers."
        )
    units = " ".join(_units(page, one) for one in found.populations)
    without = _count(found.of("no_target")) == _count(found.kpis)
    said = [_verdicts(page), units] if without else [units, _verdicts(page)]
    return answer(*(sentence for sentence in said if sentence))


def findings(page: Page) -> dict[str, str]:
    """State the charts of question 10."""
    found = page.brief.readiness
    each = [f"{kpi_name(page, kpi)}: {_value(page, kpi)}" for kpi in found.kpis]
    said = " ".join(_units(page, one) for one in found.populations)
    return {
        "readiness": f"{'; '.join(each)}." if each else "Chưa có báo cáo nào.",
        "readiness_map": said or "Chưa rõ về đơn vị nào.",
    }


def _verdicts(page: Page) -> str:
    found = page.brief.readiness
    behind, unknown = found.of("behind"), found.of("unknown")
    n = _count([*behind, *unknown, *found.of("on_plan")])
    without = _count(found.of("no_target"))
    if not n:
        return (
            f"Chưa xác định ai chậm kế hoạch: cả {page.numbers.count(without)} chỉ tiêu đều không có "
            "mục tiêu."
        )
    if behind:
        names = [f"{kpi_name(page, kpi)} ({_value(page, kpi)})" for kpi in behind[:NAMED_KPIS]]
        rest = _count(behind) - NAMED_KPIS
        more = [f"{page.numbers.count(rest)} chỉ tiêu khác"] if rest > 0 else []
        text = (
            f"{page.numbers.count(_count(behind))} trong {page.numbers.count(n)} chỉ tiêu có mục tiêu đang "
            f"chậm kế hoạch: {listed([*names, *more])}."
        )
    else:
        text = (
            f"Không chỉ tiêu nào trong {page.numbers.count(n)} chỉ tiêu có mục tiêu chậm kế hoạch."
        )
    if unknown:
        which = listed(kpi_name(page, kpi) for kpi in unknown[:NAMED_KPIS])
        text += f" Chưa xác định được {page.numbers.count(_count(unknown))} chỉ tiêu ({which})."
    if without:
        text += f" {page.numbers.count(without)} chỉ tiêu khác không có mục tiêu."
    return text


def _count(found: Iterable[Kpi]) -> int:
    return count_of(kpi.judged for kpi in found)


def _value(page: Page, kpi: Kpi) -> str:
    row = kpi.judged
    if row is None:
        return LABELS["not_reported"]
    return f"{counted(page, LABELS, row)}, {target(page, LABELS, row)}"


def _units(page: Page, population: Population) -> str:
    name = LABELS.get(f"population_{population.version}", population.version)
    whole = population.n_whole
    silent = population.n_silent
    most = population.most_missed
    worst = [plain_text(unit.name_vi, 60) for unit in population.most_missing]
    met = f"{page.numbers.count(whole)} đơn vị đạt" if whole else "chưa đơn vị nào đạt"
    text = f"Trong số {name}, {met} cả {page.numbers.count(population.n_kpis)} chỉ tiêu"
    if most:
        n = page.numbers.count(population.n_most_missing)
        who = listed(worst) if len(worst) <= NAMED_UNITS else f"{n} đơn vị"
        text += (
            f"; {who} có nhiều chỉ tiêu chưa đạt nhất "
            f"({page.numbers.count(most)} chỉ tiêu{'' if len(worst) == 1 else ' mỗi đơn vị'})"
        )
    return (
        f"{text}; {page.numbers.count(silent)} đơn vị còn chỉ tiêu chưa rõ."
        if silent
        else f"{text}."
    )
