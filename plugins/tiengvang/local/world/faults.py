"""What goes wrong at the sample world's source, on purpose, and what the ledger must say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tiengvang.local.world.archive import zip_bytes
from tiengvang.local.world.spec import PUBLICATION_LAG, WorldSpec, wire_slot
from tiengvang.windows import DAY, format_instant, parse_instant

TABLES = ("export", "mentions", "gkg")
_SUFFIX = {"export": "export.CSV", "mentions": "mentions.CSV", "gkg": "gkg.csv"}
# A missing file is asked for again for a day, then it is a gap.
RETRY = timedelta(days=1)
BUSY_FACTOR = 12
WRONG_WIDTH_ROWS = {"gkg": 2, "mentions": 1}


def file_name(slot: datetime, stream: str, table: str) -> str:
    """Return GDELT's name of a slot's file."""
    mark = "translation." if stream == "translation" else ""
    return f"{wire_slot(slot)}.{mark}{_SUFFIX[table]}.zip"


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault of one file. ``published_at`` is None for a file that never appears."""

    kind: str
    file_name: str
    slot_at: datetime
    stream: str
    table_name: str
    published_at: datetime | None
    final_status: str
    rows_rejected: int = 0
    is_listed: bool = True

    def status(self, as_of: datetime) -> str:
        """Return the ledger status that a load at an instant must end with."""
        if self.published_at is None or self.published_at > as_of:
            return "missing" if as_of - self.slot_at <= RETRY else "gap"
        return self.final_status

    def as_json(self, instants: tuple[datetime, ...]) -> dict[str, object]:
        """Return the fault for ``truth.json``, with the status due at each instant."""
        return {
            "kind": self.kind,
            "file_name": self.file_name,
            "slot_at": format_instant(self.slot_at),
            "stream": self.stream,
            "table_name": self.table_name,
            "published_at": format_instant(self.published_at) if self.published_at else None,
            "final_status": self.final_status,
            "rows_rejected": self.rows_rejected,
            "is_listed": self.is_listed,
            "status": {format_instant(moment): self.status(moment) for moment in instants},
        }

    @classmethod
    def from_json(cls, value: dict[str, object]) -> Fault:
        """Read what ``as_json`` wrote."""
        published = value["published_at"]
        return cls(
            kind=str(value["kind"]),
            file_name=str(value["file_name"]),
            slot_at=parse_instant(str(value["slot_at"])),
            stream=str(value["stream"]),
            table_name=str(value["table_name"]),
            published_at=parse_instant(str(published)) if published else None,
            final_status=str(value["final_status"]),
            rows_rejected=int(str(value["rows_rejected"])),
            is_listed=bool(value["is_listed"]),
        )


def published_at(slot: datetime, stream: str) -> datetime:
    """Return when a slot's files normally appear."""
    return slot + PUBLICATION_LAG[stream]


# kind, day of the world, time of day, stream, table, final ledger status, rejects
_SINGLE_FILES = (
    ("listed_but_absent", 5, "14:15", "translation", "gkg", "gap", 0),
    ("zero_byte_member", 4, "10:30", "english", "mentions", "empty", 0),
    ("bad_crc", 6, "18:00", "translation", "gkg", "refused", 0),
    ("schema_drift", 8, "05:45", "english", "export", "refused", 0),
    ("wrong_width_rows", 9, "12:00", "english", "gkg", "loaded", WRONG_WIDTH_ROWS["gkg"]),
    ("wrong_width_rows", 9, "12:00", "english", "mentions", "loaded", WRONG_WIDTH_ROWS["mentions"]),
    ("broken_utf8", 10, "16:00", "english", "gkg", "loaded", 0),
)


def plan_faults(spec: WorldSpec) -> dict[str, Fault]:
    """Return the faults by file name.

    In a world shorter than two weeks the days wrap round, so that every kind still occurs before
    the last day.
    """
    if not spec.has_faults:
        return {}

    def at(day: int, clock: str) -> datetime:
        hours, minutes = map(int, clock.split(":"))
        days = timedelta(days=day % (spec.days - 1), hours=hours, minutes=minutes)
        return spec.window.start + days

    first, _ = spec.instants
    midnight = spec.window.start + (spec.days - 1) * DAY
    late, never = midnight - timedelta(hours=2, minutes=30), at(3, "08:00")
    faults = []
    for table in TABLES:
        arrival = first + timedelta(hours=9, minutes=20)
        faults.append(Fault("late_slot", file_name(late, "english", table), late, "english",
                            table, arrival, "loaded"))  # fmt: skip
        faults.append(Fault("never_published", file_name(never, "english", table), never, "english",
                            table, None, "gap", is_listed=False))  # fmt: skip
    for kind, day, clock, stream, table, final_status, rejects in _SINGLE_FILES:
        slot = at(day, clock)
        appears = None if kind == "listed_but_absent" else published_at(slot, stream)
        name = file_name(slot, stream, table)
        faults.append(Fault(kind, name, slot, stream, table, appears, final_status, rejects))
    return {fault.file_name: fault for fault in faults}


def busy_slots(faults: dict[str, Fault]) -> set[tuple[datetime, str]]:
    """Return the slots that need many rows, so that few bad ones do not get a file refused."""
    return {(f.slot_at, f.stream) for f in faults.values() if f.kind == "wrong_width_rows"}


def transient_path(spec: WorldSpec) -> str:
    """Return the path whose first request is answered with 503."""
    slot = spec.window.start + timedelta(hours=6)
    return f"gdeltv2/{file_name(slot, 'translation', 'export')}"


def pack(name: str, content: bytes, fault: Fault | None) -> bytes:
    """Return the zip of a file's text, spoilt as its fault says."""
    member = name.removesuffix(".zip")
    kind = fault.kind if fault else ""
    if kind == "zero_byte_member":
        return zip_bytes(member, b"")
    if kind == "bad_crc":
        return zip_bytes(member, content, crc=0)
    if kind == "schema_drift":
        rows = [row.rpartition(b"\t")[0] for row in content.split(b"\n")[:-1]]
        return zip_bytes(member, b"".join(row + b"\n" for row in rows))
    if kind == "wrong_width_rows" and fault:
        rows = content.split(b"\n")[:-1]
        for n in range(fault.rows_rejected):
            # A cut copy, so that nothing real is lost with the reject.
            rows.insert(3 + 4 * n, rows[n].rpartition(b"\t")[0])
        return zip_bytes(member, b"".join(row + b"\n" for row in rows))
    if kind == "broken_utf8":
        return zip_bytes(member, _break_utf8(content))
    return zip_bytes(member, content)


def _break_utf8(content: bytes) -> bytes:
    """Put bytes that are no UTF-8 into the title of the first page that places the focus."""
    place = content.find(b"#VM#")
    title = content.find(b"<PAGE_TITLE>", max(place, 0)) + len(b"<PAGE_TITLE>")
    return content[:title] + b"\xc3\x28\xff " + content[title:]
