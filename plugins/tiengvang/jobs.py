"""What each Airflow task calls: plain values in, plain values out, settings read here.

Everything here runs without Airflow too, which is how most of it is tested. Under a scheduler every task
is a process of its own, so each function imports what it alone needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tiengvang.errors import GateFailed
from tiengvang.local.postgres import warehouse_url
from tiengvang.settings import Settings, get_settings
from tiengvang.warehouse.setup import prepare
from tiengvang.windows import Window


def _open() -> tuple[Settings, str]:
    settings = get_settings()
    return settings, warehouse_url(settings)


@contextmanager
def _telling(settings: Settings, url: str) -> Iterator[None]:
    """Tell readers and operators how things stand when this is over, whether it went well or not."""
    try:
        yield
    finally:
        from tiengvang import notices
        from tiengvang.edition import entry

        notices.notify(settings, url, entry.write_entry(settings, url))


def plan(source: str, window: Window | None, interval: Window | None) -> list[dict[str, str]]:
    """Register what must exist and return the batches of due files."""
    from tiengvang import planning
    from tiengvang.sources.registry import open_source

    settings, url = _open()
    prepare(url)
    with open_source(source, settings) as opened:
        return planning.plan(opened, url, window=window, interval=interval)


def fetch_workbooks(window: Window | None, interval: Window | None) -> dict[str, int]:
    """Bring the statistics office's new workbooks into their folder; nothing where no site is set."""
    from tiengvang import planning
    from tiengvang.http_client import HttpClient
    from tiengvang.sources.nso.identity import SOURCE
    from tiengvang.sources.nso_site import bring_workbooks

    settings, url = _open()
    if settings.nso_dir is None or not settings.nso_base_url:
        return {}
    prepare(url)
    if window is None:
        window = planning.posted_since(url, SOURCE, interval)
    with HttpClient(settings.contact, workers=1) as client:
        brought = bring_workbooks(client, settings.nso_base_url, settings.nso_dir, window)
    return brought.as_dict()


def load_batch(source: str, batch: dict[str, str], run_id: str) -> dict[str, int]:
    """Load one batch and return what became of its files."""
    from tiengvang import ingest
    from tiengvang.sources.registry import open_source

    settings, url = _open()
    with open_source(source, settings) as opened:
        outcome = ingest.load_batch(opened, settings, url, run_id, Window.from_dict(batch))
    return outcome.as_dict()


def judge(source: str) -> dict[str, list[int]]:
    """Judge what was loaded and not judged yet: door one."""
    from tiengvang import ingest

    settings, url = _open()
    return ingest.judge(source, settings, url)


def has_changed(source: str) -> bool:
    """Say whether the source has changed days that a build could claim now."""
    from tiengvang.warehouse.connection import connect
    from tiengvang.warehouse.ledger_outcomes import has_open_days

    _, url = _open()
    with connect(url, "loader") as connection:
        return has_open_days(connection, source)


def require_none_quarantined(source: str, verdicts: dict[str, list[int]]) -> None:
    """Stop where a load was quarantined.

    Raises:
        GateFailed: names the loads; the others are in force.
    """
    if verdicts["quarantined"]:
        raise GateFailed(
            f"{source}: load(s) {verdicts['quarantined']} are quarantined, see ops.loads and "
            "ops.gate_results; their files count as missing and are asked for again"
        )


def check_freshness() -> dict[str, str]:
    """Record how old every source is by the warehouse's clock, for `ops.source_freshness`."""
    from tiengvang import freshness

    settings, url = _open()
    with _telling(settings, url):
        return freshness.check(settings, url)


def claim_build() -> int | None:
    """Claim what changed; None when there is nothing to build."""
    from tiengvang import claims

    _, url = _open()
    prepare(url)
    claimed = claims.claim(url)
    return None if claimed is None else claimed.build_id


def transform(build_id: int, step: str) -> dict[str, int]:
    """Run one of the steps that make a claim's candidate marts, see ``build.STEPS``."""
    from tiengvang import build

    settings, url = _open()
    return build.STEPS[step](settings, url, build_id)


def judge_marts(build_id: int) -> int:
    """Judge the candidate marts: door two."""
    from tiengvang import build

    settings, url = _open()
    with _telling(settings, url):
        return build.judge_marts(settings, url, build_id)


def publish_marts(build_id: int) -> dict[str, Any]:
    """Bring what changed to readers."""
    from tiengvang import build

    settings, url = _open()
    with _telling(settings, url):
        published = build.publish(settings, url, build_id)
    return {
        "publication_id": published.publication_id,
        "rows_deleted": published.rows_deleted,
        "rows_inserted": published.rows_inserted,
    }


def publish_edition(window: Window | None) -> dict[str, Any]:
    """Render the newest publication, unless the third door holds it; propose it where a person is asked.

    Raises:
        GateFailed: the edition is held; readers keep the last good one.
    """
    from tiengvang.edition import release

    settings, url = _open()
    with _telling(settings, url):
        released = release.publish_edition(settings, url, window)
    release.require_published(released)
    return released.as_dict()


def approval_question(edition_id: str) -> str:
    """Return what a person should know who is asked whether to publish a proposed edition."""
    from tiengvang.edition import approval

    return approval.question(get_settings(), edition_id)


def conclude_edition(edition_id: str, is_approved: bool, is_answered: bool) -> dict[str, Any]:
    """Publish a proposed edition as it was proposed, or hold it: so it was answered.

    Raises:
        GateFailed: nobody answered, or what was approved is not there any more.
    """
    from tiengvang.edition import approval, release

    settings, url = _open()
    with _telling(settings, url):
        concluded = approval.conclude(
            settings, url, edition_id, is_approved=is_approved, is_answered=is_answered
        )
    if is_approved or not is_answered:
        release.require_published(concluded)
    return concluded.as_dict()


def maintain() -> dict[str, int]:
    """Clean up what killed runs left, and refresh the planner's statistics."""
    from tiengvang.warehouse import maintenance

    settings, url = _open()
    prepare(url)
    return maintenance.maintain(settings, url)
