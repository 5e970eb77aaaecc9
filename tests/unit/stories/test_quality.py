"""How well stories are found again, on planted originals, copies and look-alikes."""

from collections import Counter

import pytest
from planted import COPY_KINDS, LANGUAGES, pairs_by_story, plant

from tiengvang.stories.grouping import group_rows


def test_pairwise_precision_and_recall(capsys: pytest.CaptureFixture[str]) -> None:
    planted = plant(6_000, days=7, seed=1)
    kinds = Counter(document.copy_kind for document in planted)
    languages = Counter(document.row.group.rpartition("|")[2] for document in planted)
    assert min(kinds[kind] for kind in COPY_KINDS) > 300
    assert min(languages[language] for language in LANGUAGES) > 1_000

    stories = group_rows(document.row for document in planted)
    found = set(pairs_by_story({record: story for (_, record), story in stories.items()}))
    true = set(pairs_by_story({d.row.record_id: d.story for d in planted}))
    precision = len(found & true) / len(found)
    recall = len(found & true) / len(true)

    by_record = {document.row.record_id: document for document in planted}
    of_kind: Counter[tuple[str, bool]] = Counter()
    for pair in true:
        documents = [by_record[record] for record in pair]
        if any(document.copy_kind is None for document in documents):
            kind = next(d.copy_kind for d in documents if d.copy_kind)
            of_kind[kind, pair in found] += 1
    with capsys.disabled():
        print(
            f"\nstories: {len(planted)} documents, precision {precision:.3f}, recall {recall:.3f}"
        )
        for kind in COPY_KINDS:
            share = of_kind[kind, True] / (of_kind[kind, True] + of_kind[kind, False])
            print(f"  recall of {kind} copies: {share:.3f}")
    assert precision >= 0.95
    assert recall >= 0.80
