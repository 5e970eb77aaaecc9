"""What a person's answer makes of a proposed edition; rendering and asking are tried elsewhere."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from harness import Warehouse

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

import edition_frames as sample

from tiengvang import jobs
from tiengvang.edition import approval, records
from tiengvang.edition.render import render_edition
from tiengvang.errors import BuildFailed, GateFailed
from tiengvang.settings import get_settings
from tiengvang.warehouse.connection import connect

EDITION = "VNM-2026-07-12-weekly-1"


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rendered") / "edition"
    render_edition(sample.facts(), sample.request(), folder)
    return folder


@pytest.fixture(scope="module")
def published(new_warehouse: Callable[[str], Warehouse]) -> Warehouse:
    """A warehouse with a publication."""
    warehouse = new_warehouse("approval")
    with psycopg.connect(warehouse.url) as connection:
        connection.execute(
            "insert into ops.builds (as_of_at, project_digest, status) "
            "values ('2026-07-12', 'd', 'published')"
        )
        connection.execute(
            "insert into ops.publications (build_id, as_of_at, project_digest, rows_deleted, "
            "rows_inserted) values (1, '2026-07-12', 'd', 0, 1)"
        )
    return warehouse


@pytest.fixture
def draft(published: Warehouse, rendered: Path) -> Iterator[Path]:
    """An edition as a run proposed it: rendered, recorded, waiting."""
    with published.active(TIENGVANG_APPROVAL_HOURS="8") as settings:
        folder, _ = records.folders(settings, EDITION)
        shutil.rmtree(folder.parent, ignore_errors=True)
        shutil.copytree(rendered, folder)
        with connect(published.url, "publisher") as connection:
            connection.execute("delete from ops.editions")
            connection.execute(
                "insert into ops.editions (edition_id, publication_id, status, cadence, "
                "period_start, period_end, as_of_at) "
                "values (%s, 1, 'draft', 'weekly', '2026-07-05', '2026-07-12', '2026-07-12')",
                (EDITION,),
            )
            records.propose(connection, EDITION, folder)
        yield folder


def recorded(warehouse: Warehouse) -> tuple[object, ...]:
    (row,) = warehouse.query("select status, reasons from ops.editions")
    return row


def contents(folder: Path) -> dict[Path, bytes]:
    found = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert found
    return found


def test_a_yes_moves_what_was_shown_into_place_once(published: Warehouse, draft: Path) -> None:
    shown = contents(draft)
    first = jobs.conclude_edition(EDITION, True, True)
    assert first["status"] == "published"
    assert contents(Path(first["folder"])) == shown
    assert not draft.exists()
    assert recorded(published) == ("published", [])
    again = jobs.conclude_edition(EDITION, False, True)
    assert again == {**first, "is_new": False}
    assert recorded(published) == ("published", [])


def test_a_no_holds_it_and_is_no_failure(published: Warehouse, draft: Path) -> None:
    held = jobs.conclude_edition(EDITION, False, True)
    assert held["status"] == "held"
    assert [path.name for path in draft.parent.iterdir()] == [
        "latest"
    ]  # which says that it is held
    assert recorded(published) == ("held", [{**approval.REFUSED, "observed": ""}])


def test_no_answer_holds_it_and_fails_the_run(published: Warehouse, draft: Path) -> None:
    with pytest.raises(GateFailed, match=f"{EDITION} is held: Nobody answered in time"):
        jobs.conclude_edition(EDITION, False, False)
    assert recorded(published) == ("held", [{**approval.UNANSWERED, "observed": ""}])


@pytest.mark.parametrize("file", ["vi/index.html", "manifest.json"])
@pytest.mark.parametrize("is_removed", [True, False])
def test_what_was_not_shown_is_not_published(
    published: Warehouse, draft: Path, file: str, is_removed: bool
) -> None:
    if is_removed:
        (draft / file).unlink()
    else:
        (draft / file).write_bytes((draft / file).read_bytes() + b" ")
    with pytest.raises(GateFailed, match="changed or removed"):
        jobs.conclude_edition(EDITION, True, True)
    assert recorded(published)[0] == "held"


def test_a_run_killed_after_its_rename_is_ended_by_the_next_try(
    published: Warehouse, draft: Path
) -> None:
    final = draft.rename(draft.with_name(EDITION))
    assert jobs.conclude_edition(EDITION, True, True)["folder"] == str(final)
    assert recorded(published)[0] == "published"


def test_a_no_after_such_a_run_leaves_nothing_among_the_published(
    published: Warehouse, draft: Path
) -> None:
    final = draft.rename(draft.with_name(EDITION))
    jobs.conclude_edition(EDITION, False, True)
    assert recorded(published)[0] == "held"
    assert not final.exists()


def test_a_newer_edition_ends_the_wait(published: Warehouse, draft: Path) -> None:
    with connect(published.url, "publisher") as connection:
        approval.supersede(connection, get_settings())
    assert recorded(published)[0] == "held"
    assert not draft.exists()
    with pytest.raises(GateFailed, match="newer edition was due"):
        jobs.conclude_edition(EDITION, True, True)


def test_housekeeping_leaves_what_waits(published: Warehouse, draft: Path) -> None:
    with connect(published.url, "publisher") as connection:
        assert records.sweep(connection, get_settings()) == []
    assert draft.is_dir()
    assert recorded(published)[0] == "proposed"


def test_the_question_names_the_edition_and_where_to_read_it(draft: Path) -> None:
    text = jobs.approval_question(EDITION)
    assert f"**{EDITION}**" in text
    assert "2026-07-06 - 2026-07-13" in text
    for language in ("en", "vi"):
        assert f"(tiengvang/editions/{draft.name}/{language}/index.html)" in text
    assert "Held if nobody answers within 8 h." in text
    assert "giả lập" in text


def test_an_edition_that_never_was_is_named(published: Warehouse, draft: Path) -> None:
    with pytest.raises(BuildFailed, match="no edition VNM-1"):
        jobs.conclude_edition("VNM-1", True, True)
