"""What an office answers in the sample world's audit: files as a spreadsheet saves them, and the truth."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tiengvang.local.world.countries import FOCUS, WATCHED
from tiengvang.local.world.dice import Dice
from tiengvang.local.world.spec import WorldSpec, read_wire_slot
from tiengvang.local.world.truth import Truth
from tiengvang.local.world.truth_coverage import find_boilerplate, is_coverage
from tiengvang.local.world.truth_rows import DocumentTruth
from tiengvang.windows import floor_slot

SAMPLE = 50
LEAST_ANSWERS, LEAST_PRECISION = 30, 0.8
COLUMNS = ("record_id", "country_code", "language", "title", "is_about")


def write_audit(spec: WorldSpec, folder: Path, truth: Truth) -> dict[str, Any]:
    """Write the answered templates of the world's first month, as it is known at the first instant.

    Files are ``audit/<month>/audit-<month>-<language>.csv``, with semicolons, answered in Vietnamese.

    Returns:
        The month, answers by language (``about`` and ``labelled``), and which (country, language) a
        correct warehouse suppresses from the month's first day on (``suppressed``).
    """
    month = f"{spec.start:%Y-%m}"
    known = _known(spec, truth)
    base = folder / "audit" / month
    base.mkdir(parents=True)
    found: dict[str, Any] = {"month": month, "languages": {}, "suppressed": []}
    for language, share in spec.audited:
        sample = _sample(known, month, language)
        if not sample:
            continue
        about = _about(Dice(f"{spec.seed}:audit:{language}"), sample, share)
        _write(base / f"audit-{month}-{language}.csv", sample, about)
        found["languages"][language] = {"about": len(about), "labelled": len(sample)}
        if len(sample) >= LEAST_ANSWERS and len(about) < LEAST_PRECISION * len(sample):
            found["suppressed"].append([FOCUS, language])
    return found


def _known(spec: WorldSpec, truth: Truth) -> list[DocumentTruth]:
    """Return what counts of the slots that are over at the first instant, whose backfill ends there."""
    moment = spec.instants[0]
    end = floor_slot(moment)
    documents = [d for d in truth.loaded_documents(moment) if read_wire_slot(d.slot) < end]
    boilerplate = find_boilerplate(documents, WATCHED)
    return [d for d in documents if is_coverage(d, FOCUS, boilerplate)]


def _sample(known: Sequence[DocumentTruth], month: str, language: str) -> list[DocumentTruth]:
    passing = [d for d in known if d.day.startswith(month) and d.outlet.language == language]

    def place(d: DocumentTruth) -> tuple[str, str]:
        name = f"{d.record_id}{month}".encode()
        return hashlib.md5(name, usedforsecurity=False).hexdigest(), d.record_id

    return sorted(passing, key=place)[:SAMPLE]


def _about(dice: Dice, sample: Sequence[DocumentTruth], share: float) -> set[str]:
    drawn = sorted((dice.unit(), d.record_id) for d in sample)
    return {record_id for _, record_id in drawn[: round(share * len(sample))]}


def _write(path: Path, sample: Sequence[DocumentTruth], about: set[str]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for d in sample:
            answer = "có" if d.record_id in about else "không"
            writer.writerow((d.record_id, FOCUS, d.outlet.language, d.title, answer))
