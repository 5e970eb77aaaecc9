"""Notices to operators: a new edition, a held edition or build, a silent source; nothing else.

Each is recorded in ``ops.notices`` once per cause, whether or not anybody is told: turning a channel on
later repeats nothing. A cause that lasts gives no second notice; after it ended it may begin again.
A notice is sent at least once: a run that is killed after sending and before recording sends it again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tiengvang.edition.records import MANIFEST, editions_folder
from tiengvang.edition.standing import Cause, Standing
from tiengvang.edition.texts.notices import held_notice, new_edition_notice
from tiengvang.errors import TiengVangError
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import Connection, connect

if TYPE_CHECKING:
    from tiengvang.notice_channels import Channel

LOG = logging.getLogger(__name__)
MAX_ATTEMPTS = 20
PER_RUN = 10
RUNBOOKS = {
    "edition_published": "publish_edition",
    "edition_held": "publish_edition",
    "build_held": "build_warehouse",
}

OPEN = "select notice_id, kind, causes from ops.notices where ended_at is null"
NEWEST = """
select edition_id, folder, as_of_at from ops.editions as edition
where status = 'published' and not exists (
    select from ops.notices where kind = 'edition_published' and subject = edition.edition_id
) and recorded_at = (select max(recorded_at) from ops.editions where status = 'published')
"""
DUE = """
select channel, kind, subject, causes, title, body, runbook, begun_at, notices.notice_id
from ops.notice_deliveries join ops.notices using (notice_id)
where delivered_at is null and attempts < %s and channel = any (%s)
order by notice_id, channel limit %s
"""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice as a channel sends it; ``body`` has both languages."""

    kind: str
    subject: str
    causes: tuple[str, ...]
    title: str
    body: str
    runbook: str
    begun_at: datetime
    notice_id: int = 0  # given by its record


def notify(settings: Settings, url: str, standing: Standing) -> int:
    """Record what began and what ended, and send what is not delivered yet.

    What cannot be delivered is logged and tried again by later runs, 20 times in all.

    Returns:
        The number of deliveries that succeeded.
    """
    channels = _channels(settings)
    with connect(url, "publisher", autocommit=True) as connection:
        # Not held by a transaction: what was sent is recorded at once.
        connection.execute("select pg_advisory_lock(hashtext('tiengvang.notices'))")
        with connection.transaction():
            _end(connection, standing)
            for begun in (
                *_new_editions(connection, settings, standing),
                *_new_causes(connection, settings, standing),
            ):
                _record(connection, channels, begun)
        return _deliver(connection, channels)


def _channels(settings: Settings) -> Sequence[Channel]:
    if settings.notice_webhook_url is None and not settings.notice_email_to:
        return ()
    from tiengvang.notice_channels import open_channels  # brings an HTTP client

    return open_channels(settings)


def _end(connection: Connection, standing: Standing) -> None:
    current = {(cause.kind, cause.rule) for cause in standing.causes}
    rows: list[Any] = connection.execute(OPEN).fetchall()
    over = [
        notice_id
        for notice_id, kind, causes in rows
        if not any((kind, cause) in current for cause in causes)
    ]
    connection.execute(
        "update ops.notices set ended_at = ops.as_of() where notice_id = any (%s)", (over,)
    )


def _new_editions(
    connection: Connection, settings: Settings, standing: Standing
) -> Iterator[Notice]:
    row: Any = connection.execute(NEWEST).fetchone()
    if row is None:
        return
    edition_id, folder, as_of_at = row
    path = editions_folder(settings) / folder / MANIFEST
    if path.is_file():
        manifest = json.loads(path.read_text(encoding="utf-8"))
        place = f"{settings.editions_url or 'editions'}/{folder}"
        text = new_edition_notice(standing, edition_id, manifest, place)
        yield _notice(settings, "edition_published", edition_id, (edition_id,), text, as_of_at)


def _new_causes(connection: Connection, settings: Settings, standing: Standing) -> Iterator[Notice]:
    rows: list[Any] = connection.execute(OPEN).fetchall()
    told = {(kind, cause) for _, kind, causes in rows for cause in causes}
    groups: dict[tuple[str, str], list[Cause]] = {}
    for cause in standing.causes:
        if (cause.kind, cause.rule) not in told:
            groups.setdefault((cause.kind, cause.subject), []).append(cause)
    for (kind, subject), causes in groups.items():
        begun_at = max(cause.since_at for cause in causes)
        rules = tuple(sorted({cause.rule for cause in causes}))
        yield _notice(settings, kind, subject, rules, held_notice(standing, causes), begun_at)


def _notice(
    settings: Settings,
    kind: str,
    subject: str,
    causes: tuple[str, ...],
    text: tuple[str, str],
    begun_at: datetime,
) -> Notice:
    runbook = f"{settings.runbooks_url}/{RUNBOOKS.get(kind, f'ingest_{subject}')}.md"
    title, body = text
    return Notice(kind, subject, causes, title, f"{body}\n\nRunbook: {runbook}", runbook, begun_at)


def _record(connection: Connection, channels: Sequence[Channel], notice: Notice) -> None:
    # An edition is an instant: nothing about it lasts that could end.
    row: Any = connection.execute(
        """
        insert into ops.notices (kind, subject, causes, title, body, runbook, begun_at, ended_at)
        values (%s, %s, %s, %s, %s, %s, %s, case when %s = 'edition_published' then ops.as_of() end)
        returning notice_id
        """,
        (
            notice.kind, notice.subject, list(notice.causes), notice.title, notice.body,
            notice.runbook, notice.begun_at, notice.kind,
        ),
    ).fetchone()  # fmt: skip
    for channel in channels:
        connection.execute(
            "insert into ops.notice_deliveries (notice_id, channel) values (%s, %s)",
            (row[0], channel.name),
        )


def _deliver(connection: Connection, channels: Sequence[Channel]) -> int:
    by_name = {channel.name: channel for channel in channels}
    rows: list[Any] = connection.execute(DUE, (MAX_ATTEMPTS, list(by_name), PER_RUN)).fetchall()
    delivered = 0
    for name, kind, subject, causes, *rest in rows:
        notice = Notice(kind, subject, tuple(causes), *rest)
        problem = None
        try:
            by_name[name].send(notice)
            delivered += 1
        except (OSError, ValueError, TiengVangError) as error:
            # What a channel raises of its own names no address; of others the kind alone is kept.
            problem = str(error) if isinstance(error, TiengVangError) else type(error).__name__
            LOG.warning("notice %d by %s was not delivered: %s", notice.notice_id, name, problem)
        connection.execute(
            """
            update ops.notice_deliveries set attempts = attempts + 1, problem = %s,
                delivered_at = case when %s::text is null then clock_timestamp() end
            where notice_id = %s and channel = %s
            """,
            (problem, problem, notice.notice_id, name),
        )
    return delivered
