"""English sentences of question 10: who is behind plan."""

from __future__ import annotations

from collections.abc import Iterable

from tiengvang.edition.brief import Page
from tiengvang.edition.readiness import Kpi, Population
from tiengvang.edition.sourced import count_of
from tiengvang.edition.tables_readiness import counted, kpi_name, target
from tiengvang.edition.texts.answers import answer
from tiengvang.edition.texts.english_labels_registers import LABELS
from tiengvang.edition.texts.english_words import capital, listed, some
from tiengvang.edition.untrusted import plain_text

NAMED_KPIS, NAMED_UNITS = 3, 10


def readiness(page: Page) -> str:
    """Answer question 10."""
    found = page.brief.readiness
    if not found.kpis:
        return (
            "Cannot tell who is behind plan: no register of readiness was delivered. The runbook "
            "ingest_registers says how to deliver one."
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
        "readiness": f"{'; '.join(each)}." if each else "Nothing was reported.",
        "readiness_map": said or "Nothing is known of a unit.",
    }


def _verdicts(page: Page) -> str:
    found = page.brief.readiness
    behind, unknown = found.of("behind"), found.of("unknown")
    n = _count([*behind, *unknown, *found.of("on_plan")])
    without = _count(found.of("no_target"))
    if not n:
        return f"Cannot tell who is behind plan: none of {some(page, without, 'KPI')} has a target."
    share = f"{page.numbers.count(_count(behind)) if behind else 'None'} of {some(page, n, 'KPI')}"
    text = f"{share} with a target {'are' if len(behind) > 1 else 'is'} behind plan"
    if behind:
        names = [f"{kpi_name(page, kpi)} ({_value(page, kpi)})" for kpi in behind[:NAMED_KPIS]]
        rest = _count(behind) - NAMED_KPIS
        text += f": {listed([*names, f'{page.numbers.count(rest)} more'] if rest > 0 else names)}"
    tails = []
    if unknown:
        which = listed(kpi_name(page, kpi) for kpi in unknown[:NAMED_KPIS])
        tails.append(f"of {page.numbers.count(_count(unknown))} it cannot be told ({which})")
    if without:
        tails.append(
            f"{page.numbers.count(without)} more {'has' if without == 1 else 'have'} no target"
        )
    return f"{text}. {capital(listed(tails))}." if tails else f"{text}."


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
    worst = [plain_text(unit.name_en, 60) for unit in population.most_missing]
    met = page.numbers.count(whole) if whole else "none"
    kpis = some(page, population.n_kpis, "KPI")
    which = "the" if population.n_kpis == 1 else "all"
    text = f"Of the {name} {met} {'meets' if whole == 1 else 'meet'} {which} {kpis}"
    if most:
        who = (
            listed(worst)
            if len(worst) <= NAMED_UNITS
            else page.numbers.count(population.n_most_missing)
        )
        text += (
            f"; {who} {'misses' if len(worst) == 1 else 'miss'} most "
            f"({page.numbers.count(most)}{'' if len(worst) == 1 else ' each'})"
        )
    if not silent:
        return f"{text}."
    have = "has" if silent == 1 else "have"
    return f"{text}; {page.numbers.count(silent)} {have} one that is not known."
