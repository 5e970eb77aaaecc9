"""What is no workbook, or one that must not be opened: a clear refusal, within bounds."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from nso_releases import failed, parsed, plans, visitor_rows, workbook, xls_bytes
from openpyxl import load_workbook

from tiengvang.errors import FileRefused, SchemaDrift
from tiengvang.local.world.archive import zip_bytes
from tiengvang.local.world.nso import xlsx_bytes
from tiengvang.local.world.nso_release import Era
from tiengvang.settings import REPOSITORY

MONTH = date(2021, 5, 1)
XLSX = workbook(MONTH, Era.PERSONS)
XLS = xls_bytes(plans(MONTH, Era.PERSONS))
VISITORS_PART, SHEET = "xl/worksheets/sheet4.xml", "Sheet5"


def with_part(name: str, content: bytes | None, workbook: bytes = XLSX) -> bytes:
    """Put a part into an archive, or take it out."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(packed, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        if content is not None:
            new.writestr(name, content)
    return packed.getvalue()


def part(name: str) -> bytes:
    return zipfile.ZipFile(BytesIO(XLSX)).read(name)


def with_strings(content: bytes) -> bytes:
    """Give the workbook a table of shared strings."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    manifest = part("[Content_Types].xml").replace(b"</Types>", entry.encode())
    named = with_part("[Content_Types].xml", manifest)
    return with_part("xl/sharedStrings.xml", content, named)


def renamed_stream(name: str) -> bytes:
    """Give the only stream of a compound file another name, as its directory holds it."""
    old, new = ("\0".join((*text, "")).encode() for text in ("Workbook", name))
    at = XLS.index(old)
    entry = new.ljust(64, b"\0") + (len(new) + 2).to_bytes(2, "little")
    return XLS[:at] + entry + XLS[at + 66 :]


def rows_of(count: int) -> bytes:
    """Return the visitors' sheet with as many rows more, each of one cell."""
    rows = "".join(f'<row r="{n}"><c r="D{n}"><v>1</v></c></row>' for n in range(60, 60 + count))
    return part(VISITORS_PART).replace(b"</sheetData>", f"{rows}</sheetData>".encode())


def entities() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "laugh">{levels}]>'
    return head.encode() + part(VISITORS_PART).replace(
        b"</sheetData>", b'<row r="60"><c r="A60" t="str"><v>&l9;</v></c></row></sheetData>'
    )


def encrypted_member() -> bytes:
    packed = bytearray(zip_bytes("xl/workbook.xml", b"<workbook/>"))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "no bytes at all"),
    "html named xls": (lambda: b"<html><body>404</body></html>", "neither .xlsx nor .xls"),
    "text": (lambda: "Khách quốc tế đến Việt Nam".encode(), "neither .xlsx nor .xls"),
    "too many bytes": (lambda: XLSX + bytes(9 * 1024**2), "expected a workbook of at most"),
    "a zip of something else": (lambda: zip_bytes("a.csv", b"1,2"), "without xl/workbook.xml"),
    "an empty zip": (lambda: b"PK\x05\x06" + bytes(18), "without xl/workbook.xml"),
    "an encrypted member": (encrypted_member, "encrypted"),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"\0"), "bears macros"),
    "macro sheets": (lambda: with_part("xl/macrosheets/s1.xml", b"<x/>"), "bears macros"),
    "an encrypted xls": (lambda: renamed_stream("EncryptedPackage"), "encrypted"),
    "macros in an xls": (lambda: renamed_stream("_VBA_PROJECT_CUR"), "bears macros"),
    "a document": (lambda: renamed_stream("WordDocument"), "without a workbook"),
    "an xlsx without its manifest": (
        lambda: with_part("[Content_Types].xml", None),
        "no readable workbook",
    ),
    "a sheet that is no XML": (lambda: with_part(VISITORS_PART, b"<row"), "no readable workbook"),
    "strings that are no XML": (
        lambda: with_strings(b"<sst"),
        "no readable workbook",
    ),
    "styles that are no XML": (
        lambda: with_part("xl/styles.xml", b"<styleSheet"),
        "no readable workbook",
    ),
    "a compound file's head alone": (lambda: XLS[:600], "no readable workbook"),
}
BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a sheet of 70 MB": (
        lambda: with_part(VISITORS_PART, bytes(70 * 1024**2)),
        "bytes inflated, expected at most",
    ),
    "a part of 9 MB": (
        lambda: with_part("xl/styles.xml", bytes(9 * 1024**2)),
        "bytes inflated, expected at most",
    ),
    "a million rows": (
        lambda: with_part(VISITORS_PART, rows_of(1_000_000)),
        "more than 1000 rows",
    ),
    "entities": (lambda: with_part(VISITORS_PART, entities()), "no readable workbook"),
    "a cell in the last column": (
        lambda: with_part(
            VISITORS_PART,
            part(VISITORS_PART).replace(
                b"</sheetData>",
                b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
            ),
        ),
        f"{SHEET}!XFD1048576: a cell beyond column 100",
    ),
    "a row that no sheet has": (
        lambda: with_part(
            VISITORS_PART,
            part(VISITORS_PART).replace(
                b"</sheetData>",
                b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>',
            ),
        ),
        "no readable workbook|more than 1000 rows",
    ),
}
# Runs in a process of its own, which the system ends where it passes its bounds.
BOUNDED = """
import resource, sys
from pathlib import Path
from tiengvang.errors import FileRefused
from tiengvang.sources.nso.parse import parse_workbook

resource.setrlimit(resource.RLIMIT_AS, (1024**3, 1024**3))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
for path in sys.argv[1:]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    try:
        parse_workbook(Path(path).read_bytes(), "bomb.xlsx")
        reason = "was read"
    except FileRefused as error:
        reason = str(error)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_utime - before, reason, sep="|")
"""


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_workbook_is_refused_with_a_reason(case: str) -> None:
    make, reason = REFUSED[case]
    with pytest.raises(FileRefused, match=reason) as refusal:
        parsed(make(), "02-Bieu.xlsx")
    assert str(refusal.value).startswith("02-Bieu.xlsx")


def test_bombs_are_refused_within_a_gigabyte_and_seconds(tmp_path: Path) -> None:
    paths = []
    for number, (make, _) in enumerate(BOMBS.values()):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(make())
        assert path.stat().st_size < 8 * 1024**2
        paths.append(str(path))
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, *paths],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
        env={"PYTHONPATH": str(REPOSITORY / "plugins")},
    )
    answers = [line.split("|", 1) for line in done.stdout.splitlines()]
    assert len(answers) == len(BOMBS)
    for (seconds, found), (_, expected) in zip(answers, BOMBS.values(), strict=True):
        assert any(part in found for part in expected.split("|")), found
        assert float(seconds) < 5, found


def test_a_workbook_is_known_by_its_content_not_by_its_name() -> None:
    for payload, name in ((XLSX, "a.xls"), (XLS, "a.xlsx"), (XLS, "a.doc")):
        assert parsed(payload, name).rows_kept == parsed(XLSX).rows_kept > 100


@pytest.mark.parametrize("whole", [XLSX, XLS], ids=["xlsx", "xls"])
def test_a_truncated_workbook_is_refused(whole: bytes) -> None:
    for tenths in range(1, 10):
        with pytest.raises(FileRefused):
            parsed(whole[: len(whole) * tenths // 10])


def test_a_workbook_without_either_table_is_another_layout() -> None:
    with pytest.raises(SchemaDrift, match="no figure of either table"):
        parsed(xlsx_bytes(plans(MONTH, Era.PERSONS)[:2]))


def test_a_workbook_with_one_table_says_which_is_missing() -> None:
    read = parsed(xlsx_bytes(plans(MONTH, Era.PERSONS)[:3]))
    assert visitor_rows(read) == []
    assert [(reject.place, reject.reason) for reject in read.rejects] == [
        (None, "visitors: no sheet has the table's title")
    ]


def test_a_sheet_whose_declared_size_is_wrong_is_read_whole() -> None:
    declared = part(VISITORS_PART)
    start = declared.index(b'<dimension ref="') + len(b'<dimension ref="')
    end = declared.index(b'"', start)
    wrong = declared[:start] + b"A1:B2" + declared[end:]
    assert parsed(with_part(VISITORS_PART, wrong)).rows_kept == parsed(XLSX).rows_kept


def test_rows_that_are_out_of_order_or_twice_are_not_lost() -> None:
    sheet = part(VISITORS_PART)
    first = sheet.index(b'<row r="11"')
    second = sheet.index(b'<row r="12"')
    end = sheet.index(b"</row>", second) + len(b"</row>")
    swapped = sheet[:first] + sheet[second:end] + sheet[first:second] + sheet[end:]
    assert parsed(with_part(VISITORS_PART, swapped)).rows_kept == parsed(XLSX).rows_kept
    twice = sheet[:end] + sheet[second:end] + sheet[end:]
    with pytest.raises(FileRefused, match=f"{SHEET}!A12: a row that came before"):
        parsed(with_part(VISITORS_PART, twice))


def test_a_formula_with_its_value_counts_as_the_value() -> None:
    """As the publisher's own totals are: the value that was computed is what everyone was shown."""
    book = load_workbook(BytesIO(XLSX))
    value = book[SHEET]["D9"].value
    sheet = part(VISITORS_PART).replace(
        f'<c r="D9" t="n"><v>{value}</v></c>'.encode(),
        f'<c r="D9"><f>SUM(D11:D13)</f><v>{value}</v></c>'.encode(),
    )
    assert sheet != part(VISITORS_PART)
    read = parsed(with_part(VISITORS_PART, sheet))
    assert read.rejects == ()
    assert failed(read) == set()
