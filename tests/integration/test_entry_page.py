"""The entry page says how things stand: what is published, what is held and why, who is silent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from harness import Warehouse
from ops_rows import Ops

from tiengvang import jobs
from tiengvang.edition.entry import write_entry
from tiengvang.edition.records import LATEST
from tiengvang.edition.standing import read_standing
from tiengvang.errors import BuildFailed
from tiengvang.warehouse.connection import connect

PAGES = ("index", "editions")


@pytest.fixture
def ops(new_warehouse: Callable[[str], Warehouse]) -> Ops:
    return Ops(new_warehouse("entry"))


def pages(ops: Ops) -> dict[str, str]:
    with ops.warehouse.active() as settings:
        write_entry(settings, ops.warehouse.url)
    folder: Path = ops.warehouse.home / "editions" / LATEST
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_before_the_first_edition_it_says_so(ops: Ops) -> None:
    found = pages(ops)
    pages_of_each = [f"{language}/{name}.html" for language in ("en", "vi") for name in PAGES]
    assert set(found) == {"index.html", *pages_of_each}
    assert "No edition has been published yet." in found["en/editions.html"]
    assert "No edition has been published yet." in found["en/index.html"]
    assert "Chưa có kỳ công bố nào." in found["vi/index.html"]
    assert "sample &lt;7&gt;" in found["en/index.html"], "no banner of the synthetic world"
    for words in ("No edition has been published yet.", "Chưa có kỳ công bố nào."):
        assert words in found["index.html"]
    subject = ops.edition("e1", "held", date(2026, 7, 13))
    ops.failed("edition", subject, "received_share")
    assert "received_share is &lt;bad&gt;." in pages(ops)["en/index.html"]


def test_a_held_edition_is_told_beside_the_last_good_one(ops: Ops) -> None:
    ops.edition("e1", "published", date(2026, 7, 12))
    before = pages(ops)
    assert '<a href="../../e1/en/index.html">Title of e1</a>' in before["en/index.html"]
    assert "Rose &amp; fell." in before["en/index.html"]
    assert 'class="held"' not in before["en/index.html"]

    subject = ops.edition("e2", "held", date(2026, 7, 13))
    ops.failed("edition", subject, "received_share")
    ops.failed("edition", subject, "n_outlets", "warning")
    held = pages(ops)
    english, vietnamese = held["en/index.html"], held["vi/index.html"]
    assert "The newest edition is held." in english
    assert "13 July 2026, 01:20 UTC" in english
    assert "the last good edition" in english
    assert "received_share is &lt;bad&gt;." in english
    assert "n_outlets" not in english, "a warning holds nothing"
    assert '<a href="../../e1/en/index.html">' in english
    assert "Kỳ mới nhất đang bị tạm giữ." in vietnamese
    assert "received_share không đạt." in vietnamese
    assert '<a href="../../e1/vi/index.html">' in vietnamese
    assert "Kỳ mới nhất đang bị tạm giữ." in held["index.html"]
    assert '<a href="../e1/vi/index.html">' in held["index.html"]

    ops.edition("e3", "published", date(2026, 7, 13))
    after = pages(ops)["en/index.html"]
    assert 'class="held"' not in after
    assert '<a href="../../e3/en/index.html">' in after


def test_an_edition_that_an_override_let_pass_is_held_by_the_answer_alone(ops: Ops) -> None:
    """A rule that failed and was overridden is not why readers have nothing newer."""
    ops.failed("edition", ops.edition("e1", "held", date(2026, 7, 13)), "received_share")
    said = '[{"en": "A person said no.", "vi": "Người được hỏi đã từ chối."}]'
    ops.run("update ops.editions set manifest_sha256 = 'x', reasons = %s", said)
    found = pages(ops)
    assert "A person said no." in found["en/index.html"]
    assert "Người được hỏi đã từ chối." in found["vi/index.html"]
    assert "received_share" not in found["en/index.html"]


def test_an_older_period_asked_for_by_hand_takes_nothing_from_readers(ops: Ops) -> None:
    ops.edition("e1", "published", date(2026, 7, 13))
    ops.edition("e2", "published", date(2026, 6, 13))
    ops.failed("edition", ops.edition("e3", "held", date(2026, 6, 14)), "received_share")
    english = pages(ops)["en/index.html"]
    assert '<a href="../../e1/en/index.html">' in english
    assert 'class="held"' not in english


def test_a_held_build_is_told_until_the_next_one_is_published(ops: Ops) -> None:
    ops.edition("e1", "published", date(2026, 7, 13))
    ops.failed("marts", ops.build("held"), "lost_rows")
    found = pages(ops)
    assert "New data is held." in found["en/index.html"]
    assert "lost_rows is &lt;bad&gt;." in found["en/index.html"]
    assert "Số liệu mới đang bị tạm giữ." in found["vi/index.html"]
    ops.build("failed")  # the next one broke: nothing newer was published
    assert "New data is held." in pages(ops)["en/index.html"]
    ops.build("published")
    assert 'class="held"' not in pages(ops)["en/index.html"]


def test_a_source_is_silent_when_all_its_tables_are(ops: Ops) -> None:
    ops.edition("e1", "published", date(2026, 7, 13))
    row = (
        "insert into ops.source_freshness (source_table, max_loaded_at, as_of_at, status, "
        "silent_after_seconds) values (%s, %s, ops.as_of(), 'pass', %s)"
    )
    ops.run(row, "gdelt.gdelt__documents", "2026-07-12T19:00Z", 6 * 3600)
    ops.run(row, "gdelt.gdelt__events", "2026-07-12T20:00Z", 6 * 3600)
    ops.run(row, "imf.imf__vintages", None, 3600)
    ops.run(row, "oecd.oecd__vintages", "2020-01-01T00:00Z", None)
    assert 'class="held"' not in pages(ops)["en/index.html"]
    ops.run("update ops.world set declared_as_of = '2026-07-13T02:30Z'")
    found = pages(ops)
    assert "the last good edition" not in found["en/index.html"], "nothing newer is held"
    assert "The GDELT Project: nothing new since 12 July 2026, 20:00 UTC." in found["en/index.html"]
    assert "không có gì mới từ 12/07/2026, 20:00 UTC." in found["vi/index.html"]


def test_an_edition_whose_folder_is_gone_is_not_shown(ops: Ops) -> None:
    ops.edition("e1", "published", date(2026, 7, 12))
    ops.edition("e2", "published", date(2026, 7, 13))
    (ops.warehouse.home / "editions" / "e2" / "manifest.json").unlink()
    with ops.warehouse.active() as settings, connect(ops.warehouse.url, "publisher") as connection:
        good = read_standing(connection, settings).good
    assert good is not None
    assert good.edition_id == "e1"


def test_an_edition_whose_manifest_was_altered_is_not_shown(ops: Ops) -> None:
    """Nothing vouches for its files; and one that cannot be read must not end every run."""
    ops.edition("e1", "published", date(2026, 7, 12))
    ops.edition("e2", "published", date(2026, 7, 13))
    manifest = ops.warehouse.home / "editions" / "e2" / "manifest.json"
    recorded = hashlib.sha256(manifest.read_bytes()).hexdigest()
    ops.run("update ops.editions set manifest_sha256 = %s where edition_id = 'e2'", recorded)
    assert '<a href="../../e2/en/index.html">' in pages(ops)["en/index.html"]
    manifest.write_text("{")
    english = pages(ops)["en/index.html"]
    assert '<a href="../../e1/en/index.html">' in english
    assert "e2" not in english


def test_a_run_that_publishes_nothing_writes_it_too(
    new_warehouse: Callable[[str], Warehouse],
) -> None:
    warehouse = new_warehouse("empty_entry")
    with warehouse.active(), pytest.raises(BuildFailed, match="nothing was published yet"):
        jobs.publish_edition(None)
    page = warehouse.home / "editions" / LATEST / "vi" / "index.html"
    assert "Chưa có kỳ công bố nào." in page.read_text(encoding="utf-8")
    assert warehouse.query("select count(*) from ops.notices") == [(0,)]


def test_the_same_standing_gives_the_same_bytes_and_leaves_no_draft(ops: Ops) -> None:
    ops.edition("e1", "published", date(2026, 7, 12))
    assert pages(ops) == pages(ops)
    folder = ops.warehouse.home / "editions" / LATEST
    assert not [path for path in folder.rglob(".*") if path.is_file()]
    assert (folder / "index.html").stat().st_mode & 0o777 == 0o644
