"""Hundreds of workbooks with one thing wrong: what is read is what stands there, or it is noticed."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from nso_releases import failed, fdi_rows, parsed, plans, visitor_rows, xls_bytes
from openpyxl.utils.cell import coordinate_to_tuple

from tiengvang.errors import FileRefused
from tiengvang.local.world.nso import xlsx_bytes
from tiengvang.local.world.nso_layout import Sheet
from tiengvang.local.world.nso_release import Era
from tiengvang.sources.nso.grid import address
from tiengvang.sources.records import ParsedFile

MONTHS = {
    Era.PURPOSES: date(2010, 6, 1),
    Era.ONE_CELL_HEADINGS: date(2018, 4, 1),
    Era.MONTH_BEFORE: date(2018, 10, 1),
    Era.ADJUSTED_CAPITAL: date(2019, 12, 1),
    Era.PERSONS: date(2021, 2, 1),
    Era.TOTALS_SLIPPED: date(2020, 5, 1),
    Era.ENGLISH: date(2020, 9, 1),
}
TOTALS_ROW = {"visitors": 9, "fdi": 7}
Place = tuple[int, int]
Mutation = Callable[[random.Random, Sheet, Sheet], None]


def some_count(dice: random.Random, sheet: Sheet) -> Place:
    """Return a cell of arrivals of the first section, which is summed in every layout."""
    one_cell = any("\n" in str(value) for (row, _), value in sheet.cells.items() if row == 4)
    is_december = (4, 2) in sheet.cells
    last = 4 if one_cell or is_december else 5  # indices stand further right
    return dice.choice([
        (row, column)
        for (row, column), value in sheet.cells.items()
        if 10 <= row <= 13 and 2 <= column <= last and isinstance(value, (int, float))
    ])  # fmt: skip


def put(value: Any) -> Mutation:
    def mutate(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
        visitors.cells[some_count(dice, visitors)] = value

    return mutate


def scaled(factor: float) -> Mutation:
    def mutate(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
        place = some_count(dice, visitors)
        visitors.cells[place] = round(float(visitors.cells[place]) * factor + 3, 3)

    return mutate


def without_count(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    del visitors.cells[some_count(dice, visitors)]


def labelled(sheet: Sheet, text: str) -> list[Place]:
    return [place for place, value in sheet.cells.items() if str(value).startswith(text)]


def without_label(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    row = some_count(dice, visitors)[0]
    for column in (1, 2):
        if isinstance(visitors.cells.get((row, column)), str):
            del visitors.cells[row, column]


def label_twice(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    column = 2 if isinstance(visitors.cells.get((11, 2)), str) else 1
    visitors.cells[12, column] = visitors.cells[11, column]


def relabelled(begins: tuple[str, ...], text: str | None) -> Mutation:
    """Change the first label of either sheet that begins like one of these; None: take it away."""

    def mutate(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
        sheets = (visitors, fdi)
        found = [(s, p) for s in sheets for begin in begins for p in labelled(s, begin)]
        sheet, place = found[0]
        if text is None:
            del sheet.cells[place]
        else:
            sheet.cells[place] = text

    return mutate


def without_heading(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    columns = {column for (row, column) in visitors.cells if 4 <= row <= 7 and column > 2}
    column = dice.choice(sorted(columns))
    for row in range(4, 8):
        visitors.cells.pop((row, column), None)


def heading_of_another_month(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    places = [p for p, value in visitors.cells.items() if 4 <= p[0] <= 7 and _number(value)]
    place = dice.choice(places)
    text = str(visitors.cells[place])
    number = _number(text)
    visitors.cells[place] = text.replace(number, str(int(number) % 12 + 1), 1)


def _number(value: object) -> str:
    words = str(value).replace("\n", " ").split()
    return next((word for word in words if word.isdecimal() and len(word) <= 2), "")


def heading_of_another_year(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    year = str(max(int(word) for word in _words(visitors) if len(word) == 4 and word.isdecimal()))
    places = [p for p, v in visitors.cells.items() if 4 <= p[0] <= 7 and year in str(v)]
    place = dice.choice(places)
    visitors.cells[place] = str(visitors.cells[place]).replace(year, "2007")


def _words(sheet: Sheet) -> list[str]:
    return [w for (row, _), v in sheet.cells.items() if 4 <= row <= 7 for w in str(v).split()]


def merged_over(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    """Merge cells as openpyxl does: all but the first lose what they held."""
    _, column = some_count(dice, visitors)
    del visitors.cells[12, column], visitors.cells[13, column]


def merged_headings(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    # The second of two headings is that of an estimate in every layout but one.
    for row in range(4, 8):
        visitors.cells.pop((row, 4 if (row, 2) not in visitors.cells else 3), None)


def title_twice(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    fdi.cells[1, 1] = visitors.cells[1, 1]


def without_title(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    del dice.choice([visitors, fdi]).cells[1, 1]


def in_fdi(row: int, column: int, change: Callable[[Any], Any]) -> Mutation:
    def mutate(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
        fdi.cells[row, column] = change(fdi.cells[row, column])

    return mutate


def moved_down(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    for sheet in (visitors, fdi):
        from_row = dice.randint(2, 7 if sheet is fdi else 9)
        sheet.cells = {
            (row + (2 if row >= from_row else 0), column): value
            for (row, column), value in sheet.cells.items()
        }


def moved_right(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    for sheet in (visitors, fdi):
        sheet.cells = {(row, column + 1): value for (row, column), value in sheet.cells.items()}


def renamed(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    visitors.name, fdi.name = "Trang tính", "Sheet (2)"


def note_below(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    visitors.cells[max(row for row, _ in visitors.cells) + 2, 1] = (
        "Nguồn: Cục Quản lý xuất nhập cảnh"
    )


def dashes(dice: random.Random, visitors: Sheet, fdi: Sheet) -> None:
    fdi.cells[max(row for row, _ in fdi.cells), 4] = "-"


HEADINGS = ("Phân theo phương tiện", "Phân theo mục đích", "By means")
NOTICED: dict[str, Mutation] = {
    "twice as many": scaled(2),
    "a little more": scaled(1),
    "in another unit": scaled(1000),
    "in the other unit": scaled(0.001),
    "text": put("1.234,5"),
    "a number in words": put("chín"),
    "negative": put(-5.0),
    "without bounds": put("1e999"),
    "a formula that nobody computed": put("=1+1"),
    "no figure": without_count,
    "no label": without_label,
    "a label twice": label_twice,
    "no label of totals": relabelled(("TỔNG SỐ", "TOTAL"), None),
    "another label of totals": relabelled(("TỔNG SỐ", "TOTAL"), "CỘNG"),
    "no heading of a section": relabelled(HEADINGS, None),
    "an unknown section": relabelled(HEADINGS, "Phân theo tuổi"),
    "no continent": relabelled(("Châu Á", "Asia", "CHND"), None),
    "no heading of a column": without_heading,
    "a heading of another month": heading_of_another_month,
    "a heading of another year": heading_of_another_year,
    "figures merged": merged_over,
    "headings merged": merged_headings,
    "one title on two sheets": title_twice,
    "no title": without_title,
    "fdi: fewer in total": in_fdi(7, 4, lambda value: value / 2),
    "fdi: more in total": in_fdi(7, 4, lambda value: value * 2),
    "fdi: half a project": in_fdi(9, 3, lambda value: value + 0.5),
    "fdi: negative": in_fdi(9, 4, lambda value: -value),
    "fdi: text": in_fdi(9, 4, lambda value: f"{value}"),
    "fdi: formula": in_fdi(9, 4, lambda value: "=D10+D11"),
    "fdi: another heading": in_fdi(5, 4, lambda value: "thực hiện"),
    "fdi: no such day": in_fdi(1, 1, lambda title: title.replace("20", "45", 1)),
    "fdi: another month": in_fdi(1, 1, lambda title: f"{title[:-4]}1999"),
}  # fmt: skip
HARMLESS: dict[str, Mutation] = {
    "rows moved down": moved_down,
    "columns moved right": moved_right,
    "sheets renamed": renamed,
    "a note below": note_below,
    "a dash": dashes,
}


def mutated(era: Era, mutation: Mutation, seed: int) -> list[Sheet]:
    written = plans(MONTHS[era], era, seed)
    visitors = written[-1]
    fdi = written[-2]
    mutation(random.Random(f"{era.name}-{seed}"), visitors, fdi)
    return written


def write(written: list[Sheet], seed: int) -> bytes:
    return xls_bytes(written) if seed % 2 else xlsx_bytes(written)


def figures(read: ParsedFile) -> set[tuple[Any, ...]]:
    """Return what was read without where it stood."""
    apart = {"file_name", "sheet", "cell", "status_printed", "unit_printed", "unit_evidence"}
    found = [*visitor_rows(read), *fdi_rows(read)]
    return {tuple(value for name, value in row.items() if name not in apart) for row in found}


def check_provenance(read: ParsedFile, written: list[Sheet]) -> None:
    """Every figure is the number of the cell that it names, and every number is accounted for."""
    assert read.rows_read == read.rows_kept + len(read.rejects)
    sheets = {plan.name: plan.cells for plan in written}
    kept: dict[str, set[Place]] = {}
    for row in (*visitor_rows(read), *fdi_rows(read)):
        place = coordinate_to_tuple(row["cell"])
        assert sheets[row["sheet"]][place] == pytest.approx(row["value_printed"], rel=1e-12)
        assert place not in kept.setdefault(row["sheet"], set())
        kept[row["sheet"]].add(place)
    rejected = {reject.place for reject in read.rejects}
    for sheet, places in kept.items():
        first = min(row for row, _ in places)
        for (row, column), value in sheets[sheet].items():
            if row >= first and not isinstance(value, str) and (row, column) not in places:
                assert f"{sheet}!{address(row, column)}" in rejected


@pytest.mark.parametrize("era", MONTHS)
@pytest.mark.parametrize("name", NOTICED)
def test_what_is_wrong_is_noticed(name: str, era: Era) -> None:
    seed = list(NOTICED).index(name) + list(MONTHS).index(era)
    before = failed(parsed(write(plans(MONTHS[era], era, seed), seed)))
    written = mutated(era, NOTICED[name], seed)
    try:
        read = parsed(write(written, seed))
    except FileRefused:
        return
    assert read.rejects or failed(read) - before
    check_provenance(read, written)


@pytest.mark.parametrize("era", MONTHS)
@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_not_matter_changes_nothing(name: str, era: Era) -> None:
    for seed in (0, 1):
        clean = parsed(write(plans(MONTHS[era], era, seed), seed))
        written = mutated(era, HARMLESS[name], seed)
        read = parsed(write(written, seed))
        assert read.rejects == ()
        assert figures(clean) - figures(read) == set() or name == "a dash"
        assert figures(read) <= figures(clean)
        assert len(failed(read)) == len(failed(clean))


@pytest.mark.parametrize(
    ("span", "is_harmless"),
    [
        ("A1:G1", True),  # as genuine titles are merged, and headings over two columns
        ("F4:G4", True),
        ("A9:B9", True),
        ("D4:E4", False),
        ("C4:G7", False),
        ("D9:E9", False),
        ("D9:D11", False),
        ("C11:E13", False),
        ("A15:C16", False),
    ],
)
def test_cells_that_are_merged_elsewhere_are_noticed(span: str, is_harmless: bool) -> None:
    written = plans(MONTHS[Era.MONTH_BEFORE], Era.MONTH_BEFORE)
    clean = parsed(xlsx_bytes(written))
    written[-1].merged.append(span)
    read = parsed(xlsx_bytes(written))
    if is_harmless:
        assert figures(read) == figures(clean)
    assert bool(read.rejects or failed(read)) != is_harmless


@pytest.mark.parametrize("seed", range(120))
def test_broken_bytes_end_in_a_reading_or_a_refusal(seed: int) -> None:
    dice = random.Random(seed)
    era = dice.choice(list(MONTHS))
    payload = bytearray(write(plans(MONTHS[era], era, seed), seed))
    if seed % 3 == 0:
        del payload[dice.randrange(len(payload)) :]
    elif seed % 3 == 1:
        for _ in range(dice.randint(1, 20)):
            payload[dice.randrange(len(payload))] = dice.randrange(256)
    else:
        start = dice.randrange(len(payload))
        payload[start : start + dice.randint(1, 5_000)] = dice.randbytes(dice.randint(0, 100))
    try:
        read = parsed(bytes(payload))
    except FileRefused:
        return
    assert read.rows_read == read.rows_kept + len(read.rejects)


@pytest.mark.parametrize("value", [date(2021, 5, 1), True, "#REF!"])
def test_dates_truth_and_errors_are_no_figures(value: object) -> None:
    written = plans(MONTHS[Era.PERSONS], Era.PERSONS)
    written[-1].cells[11, 4] = value  # type: ignore[assignment]
    (reject,) = parsed(xlsx_bytes(written)).rejects
    assert reject.place == f"{written[-1].name}!D11"
    assert "where a number belongs" in reject.reason
