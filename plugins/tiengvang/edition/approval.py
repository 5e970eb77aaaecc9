"""A person's answer before publication: what was looked at is what is published, or it is held.

A proposed edition is rendered and whole, in the folder in which it was rendered. The answer moves that
folder into place as it is, so newer loads and publications change nothing in what was agreed to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psycopg.types.json import Jsonb

from tiengvang.edition import records
from tiengvang.edition.records import Release
from tiengvang.errors import BuildFailed
from tiengvang.settings import Settings
from tiengvang.warehouse.connection import Connection, connect

Reason = Mapping[str, str]

REFUSED = {
    "en": "A person was asked whether to publish this edition and said no.",
    "vi": "Người được hỏi đã không đồng ý công bố kỳ này.",
}
UNANSWERED = {
    "en": "Nobody answered in time whether to publish this edition.",
    "vi": "Không có ai trả lời đúng hạn việc có công bố kỳ này hay không.",
}
SUPERSEDED = {
    "en": "A newer edition was due before anybody answered about this one.",
    "vi": "Đến hạn kỳ công bố mới mà chưa có ai trả lời về kỳ này.",
}
ALTERED = {
    "en": "The proposed files were changed or removed before the answer came.",
    "vi": "Các tệp được đề nghị công bố đã bị sửa hoặc xóa trước khi có câu trả lời.",
}


def conclude(
    settings: Settings, url: str, edition_id: str, *, is_approved: bool, is_answered: bool
) -> Release:
    """Publish a proposed edition exactly as it was proposed, or hold it.

    Concluding again changes nothing: what an edition became stays.

    Args:
        settings: gives the home with the edition's files.
        url: the owner's URL of the warehouse.
        edition_id: the edition that was proposed.
        is_approved: whether it may be published.
        is_answered: whether somebody said so. Who it was, Airflow knows: no person is recorded here.

    Raises:
        BuildFailed: there is no such edition.
    """
    with connect(url, "publisher") as connection:
        connection.execute("select pg_advisory_lock(hashtext('tiengvang.edition'))")
        row: Any = connection.execute(
            "select status, reasons, manifest_sha256 from ops.editions where edition_id = %s",
            (edition_id,),
        ).fetchone()
        if row is None:
            raise BuildFailed(f"there is no edition {edition_id}")
        if row[0] != "proposed":
            return records.as_recorded(settings, edition_id, row[0], row[1])
        draft, final = records.folders(settings, edition_id)
        if not is_approved:
            reason = REFUSED if is_answered else UNANSWERED
            return _hold(connection, settings, edition_id, reason)
        # a run that was killed after its rename left the folder in its place
        folder = draft if draft.is_dir() else final
        if not is_as_proposed(folder, row[2]):
            return _hold(connection, settings, edition_id, ALTERED)
        folder.rename(final)
        records.finish(connection, edition_id, final)
        return Release(edition_id, "published", final, (), is_new=True)


def supersede(connection: Connection, settings: Settings) -> None:
    """Hold every edition that still waits: a newer one is about to be made. Commits."""
    rows: list[Any] = connection.execute(
        "select edition_id from ops.editions where status = 'proposed'"
    ).fetchall()
    for (edition_id,) in rows:
        _hold(connection, settings, edition_id, SUPERSEDED)


def is_as_proposed(folder: Path, manifest_sha256: str) -> bool:
    """Say whether a folder's manifest and every file that it lists are those of a digest."""
    try:
        if records.manifest_sha256(folder) != manifest_sha256:
            return False
        manifest = json.loads((folder / records.MANIFEST).read_bytes())
        return all(
            hashlib.sha256((folder / file["path"]).read_bytes()).hexdigest() == file["sha256"]
            for file in manifest["files"]
        )
    except OSError:
        return False


def question(settings: Settings, edition_id: str) -> str:
    """Return what the person who is asked should know, in Markdown and in both languages.

    Raises:
        OSError: the edition's files are not there.
    """
    draft, _ = records.folders(settings, edition_id)
    manifest = json.loads((draft / "manifest.json").read_bytes())
    start, end = manifest["windows"]["period"]
    warnings = [
        result
        for result in manifest["gate_results"]
        if not result["is_success"] and result["severity"] == "warning"
    ]
    lines = [
        f"**{edition_id}**: {start} - {end} (UTC), {manifest['cadence']}, "
        f"as of {manifest['as_of_at']}.",
        "",
        *(
            ["**Synthetic data. Dữ liệu giả lập.**", ""]
            if manifest["world"]["is_synthetic"]
            else []
        ),
        # relative to Airflow's base address, where the plugin serves it
        *(
            f"- [{text}](tiengvang/editions/{draft.name}/{language}/index.html)"
            for language, text in (("en", "Read it in English"), ("vi", "Đọc bản tiếng Việt"))
        ),
        "",
        f"Warnings of the gate / Cảnh báo của cổng kiểm tra: {len(warnings)}",
        *(f"- {result['sentence_en']} / {result['sentence_vi']}" for result in warnings),
        "",
        f"Held if nobody answers within {settings.approval_hours} h. "
        f"Sau {settings.approval_hours} giờ không có trả lời, kỳ này bị tạm giữ.",
        "",
        f"manifest.json: {records.manifest_sha256(draft)}",
    ]
    return "\n".join(lines)


def _hold(connection: Connection, settings: Settings, edition_id: str, reason: Reason) -> Release:
    reasons = [{**reason, "observed": ""}]
    connection.execute(
        """
        update ops.editions set status = 'held', reasons = %s, recorded_at = clock_timestamp()
        where edition_id = %s
        """,
        (Jsonb(reasons), edition_id),
    )
    connection.commit()
    records.remove_folders(settings, edition_id)
    return Release(edition_id, "held", None, tuple(reasons), is_new=True)
