"""Two hundred invented people, put where sources name people; and words that are kept as published."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from tiengvang.local.world import nso_folder
from tiengvang.local.world.registers import Delivery, as_csv
from tiengvang.registers.catalogue import REGISTERS

# Every word of a canary begins with MARK, every word that is kept as published with KEPT: no other text has
# either.
MARK, KEPT = "zqx", "zqk"
_SYLLABLES = ("lor", "van", "mit", "eru", "bas", "ion", "que", "dal", "phi", "nor")
CANARIES = 200
NUMBER = 912_345_670  # a telephone number as a spreadsheet keeps it, without its first zero
PADDING = 250


def _word(number: int) -> str:
    return MARK + "".join(_SYLLABLES[int(digit)] for digit in f"{number:03}")


def canary(number: int) -> str:
    """A name, an e-mail address or an author's tag, by turns."""
    name = f"{_word(number).title()} {_word(number + 500).title()}"
    match number % 3:
        case 0:
            return name
        case 1:
            return f"{_word(number)}@{_word(number + 500)}.example"
        case _:
            return f"By {name} (@{_word(number)})"


ALL = [canary(number) for number in range(CANARIES)]


class Canaries:
    """Hands out canaries by place and remembers which were planted where."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}
        self._left = cycle(ALL)

    def next(self, place: str) -> str:
        text = next(self._left)
        self.planted.setdefault(text, place)
        return text


# Columns from 0 that hold people, or what people wrote, by the codebooks.
GKG_PERSONAL = {
    11: "persons", 12: "persons", 13: "organisations", 14: "organisations", 18: "image",
    19: "images", 20: "embeds", 21: "videos", 22: "quotations", 23: "names", 24: "amounts",
}  # fmt: skip
EVENT_PERSONAL = {
    6: "actor name", 8: "group", 9: "ethnicity", 10: "religion", 11: "religion", 16: "actor name",
    18: "group", 19: "ethnicity", 20: "religion", 21: "religion", 36: "place", 44: "place", 52: "place",
}  # fmt: skip
MENTION_PERSONAL = {15: "extras"}
PAGE_TITLE = ("<PAGE_TITLE>", f"<PAGE_TITLE>{KEPT}title ")


def spoil_slot(path: Path, people: Canaries, *, has_rejects: bool = False) -> None:
    """Put canaries into every row of a slot's file; with ``has_rejects`` rows that cannot be read too."""
    with zipfile.ZipFile(path) as archive:
        member = archive.namelist()[0]
        lines = archive.read(member).decode().splitlines()
    table = next(name for name in ("export", "mentions", "gkg") if name in path.name)
    columns = {"export": EVENT_PERSONAL, "mentions": MENTION_PERSONAL, "gkg": GKG_PERSONAL}[table]
    rows = []
    for line in lines:
        fields = line.split("\t")
        for column, what in columns.items():
            if column < len(fields):
                fields[column] = people.next(f"{table} {what}")
        if table == "gkg" and len(fields) == 27:
            author = people.next("gkg author")
            fields[26] = fields[26].replace(*PAGE_TITLE) + (
                f"<PAGE_AUTHORS>{author}</PAGE_AUTHORS><PAGE_LINKS>https://a.example/{author}</PAGE_LINKS>"
            )
            fields[4] = f"{fields[4]}?{KEPT}address"
        rows.append("\t".join(fields))
    if has_rejects:
        # Pages that nobody watches: the rows that cannot be read stay a small share of the file.
        *others, last = _padding(rows[0], table)
        rows += others
        half = len(rows[0].split("\t")) // 2
        rows.append("\t".join([people.next(f"{table} reject")] * half))
        shifted = last.split("\t")
        shifted[{"export": 26, "mentions": 1, "gkg": 15}[table]] = people.next(f"{table} shifted")
        rows.append("\t".join(shifted))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, "".join(f"{row}\n" for row in rows))


def _padding(row: str, table: str) -> list[str]:
    """Return rows of which no one is kept: of events and pages elsewhere, with ids of their own."""
    made = []
    for number in range(PADDING):
        fields = row.split("\t")
        if table == "gkg":
            stream = "T" if "-T" in row.split("\t")[0] else ""
            fields[0] = f"{fields[1]}-{stream}{9000 + number}"
            fields[9] = fields[10] = ""
            fields[26] = f"<PAGE_TITLE>Elsewhere {number}</PAGE_TITLE>"
        elif table == "export":
            fields[0] = str(9_000_000_000 + number)
            for column in (5, 7, 15, 17, 37, 45, 53):
                fields[column] = ""
        else:
            fields[0] = str(9_000_000_000 + number)
        made.append("\t".join(fields))
    return made


def spoil_worldbank(path: Path, people: Canaries) -> None:
    """Put people into every row of an answer, under keys that are not read."""
    head, rows = json.loads(path.read_text("utf-8"))
    named = [
        {
            **row,
            "author": people.next("worldbank author"),
            "contact": people.next("worldbank contact"),
        }
        for row in rows
    ]
    path.write_text(json.dumps([head, named]), "utf-8")


def spoil_imf(path: Path, people: Canaries) -> None:
    """Name who sends a message in its head."""
    message = json.loads(path.read_text("utf-8"))
    contact = {"name": people.next("imf contact"), "emails": [people.next("imf contact")]}
    message["meta"] = {"sender": {"id": "IMF", "contacts": [contact]}}
    path.write_text(json.dumps(message), "utf-8")


def spoil_oecd(path: Path, people: Canaries) -> None:
    """Add a column of comments to an answer in CSV."""
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*rows[0], "COMMENT_OBS"])
    writer.writerows([*row, people.next("oecd comment")] for row in rows[1:])
    path.write_text(text.getvalue(), "utf-8")


def spoil_workbook(payload: bytes, people: Canaries) -> bytes:
    """Name people where a workbook does: properties, notes, another sheet, the foot of a table."""
    book = load_workbook(io.BytesIO(payload))
    book.properties.creator = people.next("workbook creator")
    book.properties.lastModifiedBy = people.next("workbook editor")
    for sheet in book.worksheets:
        note = people.next("workbook note")
        sheet["A1"].comment = Comment(note, people.next("workbook note's author"))
    other = book.create_sheet("Người lập biểu")
    other.append(["Người lập biểu", people.next("workbook sheet")])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def write_nso(folder: Path, seed: int, people: Canaries) -> None:
    """Fill a folder with three months' workbooks that name people."""
    for month in (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)):
        payload = spoil_workbook(nso_folder.workbook(seed, month), people)
        (folder / nso_folder.file_name(month)).write_bytes(payload)
    torn = f"PK\x03\x04{people.next('workbook that cannot be read')}".encode()
    (folder / "02-Bieu-6.2026.xlsx").write_bytes(torn)


def spoil_fia(folder: Path, people: Canaries) -> None:
    """Sign every table at its foot, as offices do; such a line is no line of the table."""
    for path in folder.glob("*.csv"):
        foot = f",Người lập biểu: {people.next('signed table')},,,,,,,\r\n"
        path.write_bytes(path.read_bytes() + foot.encode())


def write_registers(folder: Path, day: date, people: Canaries) -> dict[str, str]:
    """Add what names people to a folder of registers; return which file is ``taken`` or ``refused``."""
    row = {
        "kpi_code": "site_province", "unit_code": "01-2008", "is_met": True, "status": "reported",
        "evidence": f"{KEPT}evidence", "valid_on": day, "recorded_on": day,
    }  # fmt: skip

    def table(office: str, *rows: dict[str, Any]) -> bytes:
        return as_csv(Delivery("", "readiness_units", office, rows, day))

    office = f"{KEPT}office"
    good = table(office, row)
    texts = {
        f"{KEPT}file.csv": (good, "taken"),
        "address-in-a-cell.csv": (table(office, {**row, "evidence": ALL[1]}), "refused"),
        "address-as-office.csv": (table(ALL[4], row), "refused"),
        "names-for-codes.csv": (
            table(office, *({**row, column: people.next(f"register {column}")} for column in row)),
            "refused",
        ),
        "more-columns.csv": (_with_column(good, people), "refused"),
        "another-template.csv": (
            good.replace(b"readiness_units", people.next("register name").encode()), "refused",
        ),
        "another-version.csv": (
            good.replace(b"version;1", f"version;{people.next('version')}".encode()), "refused",
        ),
        "signed.xlsx": (_signed_workbook(day, people), "taken"),
        "number-in-a-cell.xlsx": (_signed_workbook(day, people, topic=NUMBER), "refused"),
        "signed-below.xlsx": (_signed_workbook(day, people, has_foot=True), "refused"),
    }  # fmt: skip
    for name, (payload, _) in texts.items():
        (folder / name).write_bytes(payload)
    (folder / f"{ALL[7]}.csv").write_bytes(good.replace(b"01-2008", b"11-2008"))
    return {name: outcome for name, (_, outcome) in texts.items()}


def _with_column(payload: bytes, people: Canaries) -> bytes:
    """Return a file with one more column, headed and filled with people."""
    lines = payload.decode("utf-8-sig").splitlines()
    more = [f"{line};{people.next('register column')}" for line in lines[3:]]
    return "\r\n".join([*lines[:3], *more, ""]).encode("utf-8-sig")


def _signed_workbook(
    day: date, people: Canaries, *, has_foot: bool = False, topic: str | int = "Numbers"
) -> bytes:
    """Return a filled template that names people around its table, and under it with ``has_foot``."""
    register = REGISTERS["training"]
    values = {
        "session_code": "2026-09", "held_on": day, "topic_en": topic, "topic_vi": "Con số",
        "unit_code": "01-2008", "n_participants": 4, "is_withdrawn": None,
        "valid_on": day, "recorded_on": day,
    }  # fmt: skip
    book = Workbook()
    data = book.worksheets[0]
    data.title = "data"
    head = (("template", register.name), ("version", register.version), ("office", f"{KEPT}office"))
    for line in head:
        data.append(line)
    data.append([column.name for column in register.columns])
    data.append([column.heading.vi for column in register.columns])
    data.append([values[column.name] for column in register.columns])
    if has_foot:
        data.append(["Người lập biểu", people.next("register foot")])
    data["A6"].comment = Comment(
        people.next("register note"), people.next("register note's author")
    )
    for name in ("dictionary", "examples"):
        book.create_sheet(name).append([people.next(f"register {name}")])
    book.properties.creator = people.next("register creator")
    book.properties.lastModifiedBy = people.next("register editor")
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def spoil_feed(path: Path, people: Canaries) -> None:
    """Name people in every element of a feed of fact-checks, and in elements that cannot be read."""
    feed = json.loads(path.read_text("utf-8"))
    feed["author"] = {"@type": "Person", "name": people.next("feed author")}
    claimed = 0
    for review in _reviews(feed["dataFeedElement"]):
        person = {
            "@type": "Person", "name": people.next("claimant"),
            "email": people.next("claimant"), "sameAs": f"https://a.example/{people.next('claimant')}",
        }  # fmt: skip
        appearance = {"url": f"https://b.example/{people.next('appearance')}", "author": person}
        review["itemReviewed"] = {"@type": "Claim", "author": person, "appearance": appearance}
        review["creator"] = review["editor"] = review["contributor"] = person
        named = review.get("author")
        if isinstance(named, dict):
            named["employee"] = person
        if isinstance(review.get("claimReviewed"), str):
            review["claimReviewed"] += f" {KEPT}claim"
            claimed += 1
    assert claimed
    unreadable = {"@type": "ClaimReview", "author": {"name": people.next("feed reject")}}
    feed["dataFeedElement"] += [{"item": [unreadable]}, people.next("feed reject"), {"item": 7}]
    path.write_text(json.dumps(feed), "utf-8")


def _reviews(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for part in value:
            yield from _reviews(part)
    if isinstance(value, dict):
        if value.get("@type") == "ClaimReview":
            yield value
        for key in ("item", "@graph"):
            yield from _reviews(value.get(key))
