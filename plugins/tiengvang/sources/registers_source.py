"""The registers as the ingest sees them: a folder of templates that offices filled.

A file is checked whole against what earlier files delivered and against the clock, both read once per
batch; the reading itself is pure. Nothing of a refused file is kept, and what was accepted before stays.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any
from zoneinfo import ZoneInfo

from tiengvang.errors import FetchFailed, FileMissing, FileRefused
from tiengvang.http_client import HttpClient
from tiengvang.registers.answers import refusal
from tiengvang.registers.checking import NOBODY_KNOWS, Delivery, Receipt, check, named_register
from tiengvang.registers.codes import Known
from tiengvang.registers.declaration import Said
from tiengvang.registers.indicators import KPIS, UNITS
from tiengvang.registers.personal import personal
from tiengvang.registers.table import LIMIT_BYTES
from tiengvang.settings import Settings
from tiengvang.sources.drop_folder import (
    DIGEST_LENGTH,
    DropFolderSource,
    Identity,
    own_name,
    stamped,
)
from tiengvang.sources.folder_files import content_digest, shown_name
from tiengvang.sources.records import ParsedFile, Rows, SourceFile
from tiengvang.warehouse.connection import Connection
from tiengvang.warehouse.load import Received

SOURCE = "registers"
UNREADABLE = "unreadable"
# Old formats and workbooks with macros are listed to be answered.
SUFFIXES = frozenset({".csv", ".xlsx", ".xlsm", ".xls"})
PERSONAL_NAME = Said(
    "a file name with an e-mail address or a telephone or personal number",
    "tên tệp có địa chỉ thư điện tử, số điện thoại hoặc số cá nhân",
)
OFFICE_NAME = Said("a name that is about no person", "tên tệp không nói về cá nhân")
HEAD = ("file_name", "row_number", "office", "template_version")


# Those of a load that is not judged yet count: it may be of the same run.
_CODES = """
    select code, unit_kind, told_in, recorded_on, received_at, file_name
    from (
        select unit_code as code, unit_kind, 'units' as told_in, recorded_on, received_at, file_name, load_id
        from raw.registers__units
        union all
        select kpi_code, unit_kind, 'kpis', recorded_on, received_at, file_name, load_id
        from raw.registers__kpis
    ) as told
    join ops.loads using (load_id)
    where loads.status <> 'quarantined'
"""


def identify(name: str, payload: bytes) -> Identity:
    """Say which register a file fills; its day is that on which it came."""
    return Identity(named_register(payload) or UNREADABLE, None)


def name_of(path: Path) -> str:
    """Return what a file is called: its name, or where that is about a person, its content's digest."""
    if personal(PurePath(shown_name(path)).stem) is None:
        return shown_name(path)
    return f"{_unnamed(content_digest(path)[:DIGEST_LENGTH])}{path.suffix.lower()}"


def _unnamed(digest: str) -> str:
    return f"file-{digest}"


def _has_personal_name(file_name: str) -> bool:
    own, _, digest = file_name.rpartition("@")
    return PurePath(own).stem == _unnamed(digest)


def parse_register(
    payload: bytes, file_name: str, *, known: Known = NOBODY_KNOWS, receipt: Receipt | None = None
) -> ParsedFile:
    """Read a file into rows of the raw table of its register; pure.

    Args:
        payload: the file's bytes.
        file_name: the ledger's name.
        known: codes that earlier files delivered.
        receipt: when the file came: nothing in it is of later.

    Raises:
        FileRefused: something of it cannot be taken; ``rejects`` name every place.
    """
    return _parsed(
        check(payload, file_name=own_name(file_name), known=known, receipt=receipt), file_name
    )


def _parsed(delivery: Delivery, file_name: str) -> ParsedFile:
    register = delivery.register
    columns = (*HEAD, *(column.name for column in register.columns))
    common = (delivery.office, register.version)
    rows = [(file_name, number, *common, *values) for number, values in delivery.rows]
    return ParsedFile(len(rows), len(rows), (Rows(register.table, columns, rows),))


class RegistersSource(DropFolderSource):
    """The folder ``TIENGVANG_REGISTERS_DIR``; a day is that of the editions' time zone."""

    def __init__(self, settings: Settings, client: HttpClient) -> None:
        DropFolderSource.__init__(
            self,
            name=SOURCE,
            folder=settings.registers_dir,
            suffixes=SUFFIXES,
            limit_bytes=LIMIT_BYTES,
            identify=identify,
            read=parse_register,
            # A file may come before the one that lists its codes.
            ask_again_for=timedelta(days=30),
            name_of=name_of,
        )
        self.zone = ZoneInfo(settings.edition_time_zone)
        self.known = Known(frozenset(), {})

    def prepare(self, connection: Connection, files: list[SourceFile]) -> None:
        """Read the clock, and the codes that earlier files and those of this batch deliver."""
        DropFolderSource.prepare(self, connection, files)
        found: list[tuple[Any, ...]] = connection.execute(_CODES).fetchall()
        quarantined = _quarantined(connection)
        for file in files:
            if file.file_name not in quarantined:
                found += self._told(file)
        units = {code for code, _, told_in, *_ in found if told_in == UNITS.name}
        kpis = [row for row in found if row[2] == KPIS.name]
        # The statement in force, as `register_versions` says: not that of the file that is read last.
        kinds = {code: kind for code, kind, *_ in sorted(kpis, key=lambda row: row[3:])}
        self.known = Known(frozenset(units), kinds)

    def parse(self, file: SourceFile, fetched: Any) -> tuple[ParsedFile, Received]:
        """Read a file's rows, and stamp them with the instant at which it was received.

        Raises:
            FileRefused: something of it cannot be taken.
        """
        payload: bytes = fetched
        if _has_personal_name(file.file_name):
            raise refusal(own_name(file.file_name), PERSONAL_NAME, OFFICE_NAME)
        parsed = parse_register(
            payload, file.file_name, known=self.known, receipt=self._receipt(file)
        )
        received = Received(len(payload), hashlib.sha256(payload).hexdigest(), "")
        return stamped(parsed, self.received_at(file)), received

    def _receipt(self, file: SourceFile) -> Receipt:
        """Return when a file came: nothing in it can be of later."""
        return Receipt(self.received_at(file), self.zone)

    def _told(self, file: SourceFile) -> list[tuple[Any, ...]]:
        """Return the codes that a file delivers, as ``_CODES`` does; none where it is refused."""
        delivery = self._delivered(file)
        if delivery is None:
            return []
        names = [column.name for column in delivery.register.columns]
        received_at: datetime = self.received_at(file)
        told = []
        for _, values in delivery.rows:
            row = dict(zip(names, values, strict=True))
            code = row["unit_code" if delivery.register is UNITS else "kpi_code"]
            told.append(
                (
                    code,
                    row["unit_kind"],
                    delivery.register.name,
                    row["recorded_on"],
                    received_at,
                    file.file_name,
                )
            )
        return told

    def _delivered(self, file: SourceFile) -> Delivery | None:
        """Return what a file of units or KPIs delivers; None: another file, or one that is refused."""
        if file.table_name not in (UNITS.name, KPIS.name) or _has_personal_name(file.file_name):
            return None
        name = own_name(file.file_name)
        try:
            return check(self.fetch(file), file_name=name, receipt=self._receipt(file))
        except (FileRefused, FileMissing, FetchFailed):
            return None


def _quarantined(connection: Connection) -> frozenset[str]:
    """Return the files whose load door one refused: only a run by hand reads them again."""
    rows: list[Any] = connection.execute(
        """
        select file.file_name from ops.source_files as file
        join ops.loads as load on load.load_id = file.load_id and load.status = 'quarantined'
        where file.source = %s and file.status = 'refused'
        """,
        (SOURCE,),
    ).fetchall()
    return frozenset(name for (name,) in rows)
