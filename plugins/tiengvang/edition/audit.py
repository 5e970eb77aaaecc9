"""Precision per language, from documents that people read, and which languages are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from tiengvang.edition.brief import Page
from tiengvang.edition.facts import EditionFacts
from tiengvang.edition.sourced import Record, of_rows, records
from tiengvang.edition.texts import english_words, vietnamese_words

LISTED = {"en": english_words.listed, "vi": vietnamese_words.listed}


@dataclass(frozen=True, slots=True)
class LanguageAudit:
    """One language of the period's newest month, with the audit in force on it, if there is one.

    ``precision`` is the share of decided documents that are about the focus, with its 95 % interval.
    """

    language: str
    n_documents: int
    month: date | None
    n_decided: int
    precision: float | None
    interval: tuple[float, float] | None
    is_suppressed: bool


def language_audits(facts: EditionFacts) -> list[LanguageAudit]:
    """Return the languages in which documents pass the gates, the most frequent first."""
    found = [_audit(row) for row in records("audits", facts.audits)]
    return sorted(found, key=lambda audit: (-audit.n_documents, audit.language))


def _audit(row: Record) -> LanguageAudit:
    if pd.isna(row["audit_month_in_force"]):
        return LanguageAudit(
            row["language_code_iso639_3"], row["n_documents"], None, 0, None, None, False
        )
    in_force = dict(row.row.key) | {"audit_month": row["audit_month_in_force"]}
    answers = Record(row, replace(row.row, key=tuple(in_force.items())))
    return LanguageAudit(
        language=row["language_code_iso639_3"],
        n_documents=row["n_documents"],
        month=row["audit_month_in_force"],
        n_decided=answers["n_about"] + answers["n_not_about"],
        precision=answers["precision_share"],
        interval=(answers["precision_low"], answers["precision_high"]),
        is_suppressed=bool(row["is_language_suppressed"]),
    )


def audit_section(page: Page, labels: dict[str, str]) -> dict[str, Any]:
    """Return what the page says of the audit: sentences, and the rows of its table."""
    audits = language_audits(page.brief.facts)
    audited = [audit for audit in audits if audit.precision is not None]
    return {
        "sentences": _sentences(page, labels, audits),
        "rows": [
            (
                page.numbers.language_name(audit.language),
                page.numbers.count(audit.n_documents),
                page.numbers.month(audit.month) if audit.month else "",
                page.numbers.count(audit.n_decided),
                page.numbers.percent(audit.precision),
                _interval(page, audit),
                labels["audit_left_out" if audit.is_suppressed else "audit_counted"],
            )
            for audit in audited
        ],
    }


def _sentences(page: Page, labels: dict[str, str], audits: list[LanguageAudit]) -> list[str]:
    suppressed = [audit for audit in audits if audit.is_suppressed]
    listed = LISTED[page.language]
    if not any(audit.precision is not None for audit in audits):
        return [labels["audit_nobody"]]
    found = [labels["audit_none_suppressed"]]
    if suppressed:
        named = (
            f"{page.numbers.language_name(audit.language)} "
            f"({page.numbers.percent(audit.precision)}, {_interval(page, audit)})"
            for audit in suppressed
        )
        found = [labels["audit_suppressed"].replace("{languages}", listed(named))]
    languages, share = _unaudited(page.brief.facts, audits)
    if languages:
        found.append(
            labels["audit_unaudited"]
            .replace("{languages}", listed(map(page.numbers.language_name, languages)))
            .replace("{share}", page.numbers.percent(share))
        )
    return found


def _unaudited(facts: EditionFacts, audits: list[LanguageAudit]) -> tuple[list[str], float]:
    """Return the languages of what is counted that nobody audited, the most frequent first, and their share.

    What is counted is foreign: a language of domestic outlets alone is not among them.
    """
    read = {audit.language for audit in audits if audit.precision is not None}
    counts = facts.documents["language_code_iso639_3"].value_counts()
    order = sorted(((-int(n), str(code)) for code, n in counts.items()))
    languages = [code for _, code in order if code not in read]
    if not languages:
        return [], 0.0
    n = of_rows(
        int(counts[languages].sum()),
        "documents",
        "select count(*) from documents where language_code_iso639_3 = any({languages}::text[])",
        languages=languages,
    )
    share: float = n / of_rows(int(counts.sum()), "documents", "select count(*) from documents")
    return languages, share


def _interval(page: Page, audit: LanguageAudit) -> str:
    low, high = audit.interval or (float("nan"), float("nan"))
    return f"{page.numbers.percent(low)}–{page.numbers.percent(high)}"
