"""The template that an office fills: a CSV file per language, and a page that explains it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from itertools import groupby
from pathlib import Path

import pandas as pd

from tiengvang.audit.answers import read_answers
from tiengvang.audit.sample import SampledDocument
from tiengvang.edition.data_files import csv_bytes
from tiengvang.windows import format_instant

HEADER = ("record_id", "country_code", "language", "url", "title", "seen", "is_about")
EXPLANATION = "README.md"
_SAID = {True: "yes", False: "no", None: "unsure"}


def write_templates(folder: Path, sample: Sequence[SampledDocument], month: date) -> dict[str, int]:
    """Write one template per language of a sample, and the explanation.

    Answers that a template in the folder holds already are kept for the documents that are still
    sampled, so drawing again loses no work.

    Returns:
        The number of documents by path of the written templates.

    Raises:
        FileRefused: a template that is there cannot be read; nothing of it is overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, int] = {}
    for language, group in groupby(sample, key=lambda document: document.language_code):
        documents = list(group)
        path = folder / f"audit-{month:%Y-%m}-{language}.csv"
        path.write_bytes(_template(documents, _kept_answers(path)))
        written[str(path)] = len(documents)
    text = files("tiengvang.audit").joinpath("explanation.md").read_text(encoding="utf-8")
    (folder / EXPLANATION).write_text(text.replace("{month}", f"{month:%Y-%m}"), encoding="utf-8")
    return written


def _template(documents: Sequence[SampledDocument], answers: Mapping[str, str]) -> bytes:
    rows = [
        (
            document.record_id,
            document.country_code,
            document.language_code,
            document.url,
            document.title,
            format_instant(document.seen_at),
            answers.get(document.record_id, ""),
        )
        for document in documents
    ]
    return csv_bytes(pd.DataFrame(rows, columns=list(HEADER), dtype="object"))


def _kept_answers(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    answers = read_answers(path.read_bytes(), file_name=path.name)
    return {answer.record_id: _SAID[answer.is_about] for answer in answers if answer.is_answered}
