"""What the console says about a warehouse: for people, and as plain values for machines."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from psycopg.rows import dict_row

from tiengvang.edition.history import read_past, state
from tiengvang.edition.records import editions_folder
from tiengvang.gate_docs import newest_pages
from tiengvang.local import postgres
from tiengvang.local.logins import connection_lines
from tiengvang.local.services import running_services
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import Connection, connect
from tiengvang.windows import DAY, format_instant

LEDGER = """
select source, status, count(*) as files from ops.source_files group by source, status
order by source, status
"""
SUMMARY = """
select
    ops.as_of() as as_of,
    (select world_name from ops.world) as world_name,
    (select is_synthetic from ops.world) as is_synthetic,
    (select max(slot_at) from ops.source_files where status = 'loaded') as newest_slot_at,
    (select count(*) from ops.source_files where status = 'gap') as gaps,
    (select count(*) from ops.source_files where status in ('expected', 'missing', 'refused'))
        as open_files,
    (select count(*) from ops.changed_days where not is_done) as changed_days_open
"""
# Files that somebody delivered: their names in the ledger end with the start of their digest.
REFUSED = """
select
    refused.source,
    regexp_replace(refused.file_name, '@[^@]*$', '') as file_name,
    refused.reason,
    exists (
        select from ops.source_files as other
        where other.source = refused.source and other.status = 'loaded'
            and regexp_replace(other.file_name, '@[^@]*$', '')
                = regexp_replace(refused.file_name, '@[^@]*$', '')
    ) as is_another_in_force
from ops.source_files as refused
where refused.status = 'refused' and refused.file_name ~ '@([0-9a-f]{12}|unreadable)$'
order by refused.slot_at desc, refused.source, refused.file_name
"""
REFUSED_SHOWN, ANSWER_LINES_SHOWN = 10, 12
LAST = {
    "last_build": """
        select build_id, status, reason, as_of_at from ops.builds order by build_id desc
    """,
    "last_publication": """
        select publication_id, build_id, as_of_at, rows_deleted, rows_inserted
        from ops.publications order by publication_id desc
    """,
    "last_edition": """
        select edition_id, status, cadence, period_start, period_end, as_of_at
        from ops.editions where status <> 'draft' order by recorded_at desc
    """,
}


def read_status(settings: Settings, url: str) -> dict[str, Any]:
    """Return what the warehouse holds and how it came, as JSON-ready values; instants in UTC.

    Args:
        settings: gives the home, whose services are listed.
        url: the owner's URL of a prepared warehouse.
    """
    with connect(url, "owner") as connection, connection.cursor(row_factory=dict_row) as cursor:
        status: dict[str, Any] = dict(cursor.execute(SUMMARY).fetchone() or {})
        ledger: dict[str, dict[str, int]] = {}
        for row in cursor.execute(LEDGER).fetchall():
            ledger.setdefault(row["source"], {})[row["status"]] = row["files"]
        status["ledger"] = ledger
        status["refused"] = cursor.execute(REFUSED.encode()).fetchall()
        for name, query in LAST.items():
            status[name] = cursor.execute(f"{query} limit 1".encode()).fetchone()
        if status["last_edition"]:
            status["last_edition"]["files"] = _files(settings, connection, status["last_edition"])
    status["services"] = running_services(settings.home)
    status["embedded_postgres"] = settings.warehouse_url is None and postgres.is_running(
        settings.home
    )
    status["data_docs"] = newest_pages(settings.home)
    plain: dict[str, Any] = json.loads(to_json(status))
    return plain


def describe_status(status: dict[str, Any]) -> str:
    """Write a status in a few lines for a person."""
    world = status["world_name"] or "none yet"
    lines = [
        line("world", f"{world}{' (synthetic)' if status['is_synthetic'] else ''}"),
        line("as of", status["as_of"]),
        line("newest slot", status["newest_slot_at"] or "none"),
    ]
    for source, counts in status["ledger"].items():
        lines.append(line(source, ", ".join(f"{n} {name}" for name, n in counts.items())))
    lines += _describe_open(status)
    lines += _describe_refused(status["refused"])
    for name in LAST:
        row = status[name]
        say = _describe_period if name == "last_edition" else _describe
        lines.append(line(name.removeprefix("last_"), say(row) if row else "none"))
    for door, page in status["data_docs"].items():
        lines.append(line(f"{door} door", page))
    lines.append(line("Airflow", ", ".join(status["services"]) or "down"))
    if status["embedded_postgres"]:
        lines.append(line("Postgres", "running; `tiengvang down` stops it"))
    return "\n".join(lines)


def line(label: str, text: str) -> str:
    """Write one line of a report: its label in a column of its own."""
    return f"{label:<13} {text}"


def _files(settings: Settings, connection: Connection, edition: dict[str, Any]) -> str | None:
    """Say what became of a published edition's files; None for one that was not published."""
    found = read_past(connection, edition_id=edition["edition_id"])
    if not found or found[0].folder is None:
        return None
    return state(editions_folder(settings) / found[0].folder, found[0].manifest_sha256)


def _describe_open(status: dict[str, Any]) -> list[str]:
    """Write how many files are still asked for, by state, and how to see why one was refused."""
    counts = {
        name: sum(files.get(name, 0) for files in status["ledger"].values())
        for name in ("expected", "missing", "refused")
    }
    which = ", ".join(f"{n} {name}" for name, n in counts.items() if n) or "0"
    lines = [line("open files", f"{which}; {status['gaps']} closed as gaps")]
    if counts["refused"] > len(status["refused"]):
        query = "select file_name, reason from ops.source_files where status = 'refused'"
        lines.append(line("why refused", f'tiengvang sql --role owner "{query}"'))
    return lines


def _describe_period(edition: dict[str, Any]) -> str:
    """Write what became of an edition, its days (the last one included), and its files."""
    last = date.fromisoformat(str(edition["period_end"])) - DAY
    files = f", files {edition['files']}" if edition.get("files") else ""
    return (
        f"{edition['edition_id']}: {edition['status']}, {edition['cadence']}, "
        f"{edition['period_start']} to {last}, as of {edition['as_of_at']}{files}"
    )


def _describe_refused(refused: list[dict[str, Any]]) -> list[str]:
    """Write which delivered files were refused, and what is to be corrected in them."""
    lines: list[str] = []
    for file in refused[:REFUSED_SHOWN]:
        in_force = ", another version of it is in force" if file["is_another_in_force"] else ""
        lines.append(line("refused", f"{file['source']}: {file['file_name']}{in_force}"))
        answers = [line for line in (file["reason"] or "").splitlines() if line.strip()]
        lines += [f"               {line}" for line in answers[:ANSWER_LINES_SHOWN]]
        if len(answers) > ANSWER_LINES_SHOWN:
            lines.append(
                "               ... the others: ops.source_files.reason, ops.rejected_rows"
            )
    if len(refused) > REFUSED_SHOWN:
        lines.append(line("refused", f"and {len(refused) - REFUSED_SHOWN} more files"))
    return lines


def describe_editions(editions: list[dict[str, Any]]) -> str:
    """Write editions in a line or two each: id, status, files, period, clock, and the folder."""
    lines = []
    for one in editions:
        words = [one["edition_id"], one["status"], *([one["files"]] if one["files"] else [])]
        words += ["corrected"] if one["is_corrected"] else []
        last = one["period_end"] - DAY
        lines.append(
            f"{'  '.join(words)}  {one['period_start']} to {last}, as of "
            f"{format_instant(one['as_of_at'])}"
        )
        lines += [f"  {one['folder']}"] if one["folder"] else []
    return "\n".join(lines) or "there is no edition yet"


def read_edition(edition: dict[str, Any]) -> dict[str, Any]:
    """Return the newest edition as JSON-ready values, with the files of its folder.

    Args:
        edition: what ``edition.records.newest_edition`` returns.
    """
    folder = edition.get("folder")
    files: list[str] = []
    if folder and Path(folder).is_dir():
        found = (path for path in Path(folder).rglob("*") if path.is_file())
        files = sorted(path.relative_to(folder).as_posix() for path in found)
    plain: dict[str, Any] = json.loads(to_json({**edition, "files": files}))
    return plain


def describe_edition(edition: dict[str, Any]) -> str:
    """Write an edition in a few lines: what it is, where it lies, how to open it."""
    last = date.fromisoformat(edition["period_end"]) - DAY
    lines = [
        f"edition {edition['edition_id']}: {edition['status']}, {edition['cadence']}, "
        f"{edition['period_start']} to {last}"
    ]
    lines += [f"  {reason.get('en', reason)}" for reason in edition["reasons"] or ()]
    folder = edition.get("folder")
    if folder:
        lines.append(f"folder  {folder}")
        pages = [name for name in edition["files"] if name.endswith("/index.html")]
        lines += [f"open    {(Path(folder) / name).as_uri()}" for name in pages]
        lines += [] if pages else ["        its files are gone: a backup has them"]
    if edition.get("entry"):
        lines.append(f"newest  {Path(edition['entry']).as_uri()}")
    return "\n".join(lines)


def describe_connection(settings: Settings) -> str:
    """Write how to connect psql or a BI tool, read-only."""
    return "\n".join(line(*each) for each in connection_lines(settings).items())


def to_json(value: Any) -> str:
    """Write values as JSON; instants as ISO 8601 UTC, days as ISO days."""
    return json.dumps(value, default=_plain, indent=2, ensure_ascii=False)


def _plain(value: Any) -> str:
    return format_instant(value) if hasattr(value, "hour") else str(value)


def _describe(row: dict[str, Any]) -> str:
    first, *rest = row.items()
    return f"{first[1]}: " + ", ".join(f"{k} {v}" for k, v in rest if v is not None)
