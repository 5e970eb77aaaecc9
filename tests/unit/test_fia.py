"""The Foreign Investment Agency's yearly tables: layout, numbers, rejects, bad files, genuine files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tiengvang.errors import FileRefused
from tiengvang.local.world.fia import FILES, FiaLine, fia_csv, write_fia
from tiengvang.local.world.spec import WorldSpec
from tiengvang.sources.fia import COLUMNS, identify, parse_registered
from tiengvang.sources.fia_lines import FIGURES, is_total, read_figure

LINES = (
    FiaLine("Hàn Quốc", "Korea", 2015, (702, Decimal("2678.517"), 260, Decimal("4048.4"), 0, Decimal(0))),
    FiaLine("Lào", "Laos", 2017, (1, Decimal("0.5"), 2, Decimal("-27.47"), 1319, Decimal("7745.84"))),
    FiaLine("Áo", "Austria", 2022, (0, Decimal(0), 1, Decimal("3.1"), 0, Decimal(0))),
)  # fmt: skip
VI = fia_csv(LINES, "partner", "vi")
NAME = "fdi_country_partners_vi .csv@0123456789ab"


def rows(payload: bytes, name: str = NAME) -> list[dict[str, Any]]:
    table = parse_registered(payload, name).tables[0]
    assert table.columns == COLUMNS
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def edited(change: Callable[[str], str], payload: bytes = VI) -> bytes:
    text = payload.decode("utf-8-sig")
    changed = change(text)
    assert changed != text
    return changed.encode()


def test_figures_are_read_as_printed() -> None:
    first, second, third = rows(VI)
    assert [first[name] for name in FIGURES] == [
        702,
        Decimal("2678.517"),
        260,
        Decimal("4048.4"),
        None,
        None,
    ]
    assert [second[name] for name in FIGURES[3:]] == [Decimal("-27.47"), 1319, Decimal("7745.84")]
    assert [third[name] for name in FIGURES] == [0, 0, 1, Decimal("3.1"), 0, 0]
    assert [(row["label"], row["registered_year"]) for row in (first, second, third)] == [
        ("Hàn Quốc", 2015), ("Lào", 2017), ("Áo", 2022),
    ]  # fmt: skip
    # the headings take three lines: two of them hold a line break
    assert [row["line_number"] for row in (first, second, third)] == [4, 5, 6]


@pytest.mark.parametrize(
    ("breakdown", "language", "code"),
    [(b, *pair) for b in FILES for pair in (("vi", "vie"), ("en", "eng"))],
)
def test_the_name_says_what_the_labels_are(breakdown: str, language: Any, code: str) -> None:
    name = FILES[breakdown].format(language) + "@0123456789ab"
    parsed = parse_registered(fia_csv(LINES, breakdown, language), name)
    found = rows(fia_csv(LINES, breakdown, language), name)
    assert {(row["breakdown"], row["language_code_iso639_3"]) for row in found} == {
        (breakdown, code)
    }
    assert parsed.notes["heading_disagrees"] == ((breakdown, language) == ("province", "vi"))


def test_a_name_that_says_nothing_leaves_it_to_the_heading() -> None:
    assert {row["breakdown"] for row in rows(fia_csv(LINES, "sector", "en"), "x.csv@0")} == {
        "sector"
    }
    with pytest.raises(FileRefused, match="expected one of"):
        parse_registered(VI, "partners by industry.csv@0")


def test_columns_may_stand_in_another_order() -> None:
    records = list(csv.reader(io.StringIO(VI.decode("utf-8-sig"), newline="")))
    text = io.StringIO()
    csv.writer(text).writerows(record[::-1] for record in records)
    same = rows(text.getvalue().encode())
    assert [{**row, "line_number": 0} for row in same] == [
        {**row, "line_number": 0} for row in rows(VI)
    ]


def test_identity_is_the_newest_year() -> None:
    assert identify("x.csv", VI).begins_at == datetime(2022, 1, 1, tzinfo=UTC)
    assert identify("x.csv", VI.replace(b"\n", b"\r\n")).begins_at == datetime(
        2022, 1, 1, tzinfo=UTC
    )
    assert identify("fdi 2019.csv", b"").begins_at is None


@pytest.mark.parametrize(
    ("cell", "is_count", "expected"),
    [
        ("", True, None), ("  ", False, None), (" -   ", True, 0), ("–", False, 0),
        ("(21.20)", False, Decimal("-21.20")), ("-0.9", False, Decimal("-0.9")),
        ("1,319", True, 1319), ("7.0", True, 7), ("12,447.05", False, Decimal("12447.05")),
        ("1.5", True, "a count is not whole, or negative"), ("-3", True, "a count is not whole, or negative"),
        ("1,5", False, "no number"), ("12,34", False, "no number"), ("1.234,5", False, "no number"),
        ("(-5)", False, "no number"), ("--5", False, "no number"), ("1e5", False, "no number"),
        ("٣", True, "no number"), ("=A1", False, "no number"), ("9" * 10, True, "no number"),
        ("1,000,000,000", True, "no number"), ("n/a", False, "no number"),
    ],
)  # fmt: skip
def test_one_cell(cell: str, is_count: bool, expected: object) -> None:
    assert read_figure(cell, is_count=is_count) == expected


@given(st.decimals(-999_999, 999_999, places=3, allow_nan=False))
def test_every_printed_number_is_read_exactly(value: Decimal) -> None:
    assert read_figure(f" {value:,} ", is_count=False) == value
    assert read_figure(f"({abs(value):,})", is_count=False) == -abs(value)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Lào", "", "no label of printable letters"),
        ("Lào", "L\x07o", "no label of printable letters"),
        ("Lào", "L" * 201, "no label of printable letters"),
        (",2017", ",17", "year: expected four digits from 1988 to 2100"),
        (",2017", ",1900", "year: expected four digits from 1988 to 2100"),
        ("(27.47)", "twenty", "adjusted_capital_usd_million: no number"),
        ("2,Lào,1,0.5,2,(27.47)", "2,Lào,1,0.5,2", "8 fields, expected 9"),
    ],
)
def test_a_line_that_cannot_be_read_is_a_reject(old: str, new: str, reason: str) -> None:
    many = fia_csv(LINES * 20, "partner", "vi")
    parsed = parse_registered(edited(lambda text: text.replace(old, new, 1), many), NAME)
    assert [(reject.line_number, reject.reason) for reject in parsed.rejects] == [(5, reason)]
    assert (parsed.rows_read, parsed.rows_kept) == (60, 59)


def test_a_line_without_any_figure_is_a_reject_and_an_empty_line_is_nothing() -> None:
    many = fia_csv(LINES * 20, "partner", "vi")
    payload = many + b"61,Fiji,,,,,,,2022\n,,,,,,,,\n\n"
    parsed = parse_registered(payload, NAME)
    assert [reject.reason for reject in parsed.rejects] == ["no figure in any column"]
    assert parsed.rows_read == 61


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"", "0 headings"),
        (VI.partition(b"2015")[0][:60], "missing"),
        ("TT,Đối tác\n".encode(), "missing"),
        (edited(lambda text: text.replace("triệu USD", "tỷ đồng")), "unknown"),
        (edited(lambda text: text.replace(" Số dự án cấp mới ", "Năm")), "missing"),
        (VI.replace(b"N\xc4\x83m", b"N\xc4\x83m,N\xc4\x83m"), "each once"),
        (VI.replace(b"2,L", b"2,\0L"), "NUL bytes"),
        (VI.replace(b"2,L", b'2,"L'), "no CSV"),
        (VI[: VI.index(b"\n1,") + 1], "headings and no lines"),
        (edited(lambda text: text.replace(",2017", ",x")), "1 of 3 lines"),
        (b"<html><body>Not found</body></html>", "unknown"),
        (b"PK\x03\x04" + b"\0" * 30, "NUL bytes"),
        ("a,b\n1,2\n".encode("utf-16"), "NUL bytes"),
        (VI + b"1," + b"x" * 200_000, "no CSV: field larger"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(payload: bytes, message: str) -> None:
    with pytest.raises(FileRefused, match=message):
        parse_registered(payload, NAME)


def test_printed_totals_and_repeated_labels_are_noted() -> None:
    half = FiaLine(
        "Tổng số",
        "Total",
        2017,
        (1, Decimal("0.5"), 2, Decimal("-27.47"), 1319, Decimal("7745.84")),
    )
    lines = [*LINES, half, FiaLine("Lào", "Laos", 2015, LINES[0].figures)]
    assert parse_registered(fia_csv(lines, "partner", "vi"), NAME).notes == {
        "heading_disagrees": 0, "labels_twice": 0, "totals_that_differ": 0,
    }  # fmt: skip
    twice = [*lines, FiaLine("Lào", "Laos", 2017, LINES[1].figures)]
    parsed = parse_registered(fia_csv(twice, "partner", "vi"), NAME)
    assert (parsed.notes["labels_twice"], parsed.notes["totals_that_differ"]) == (1, 6)
    assert [row["is_total"] for row in rows(fia_csv(lines, "partner", "vi"))] == [False] * 3 + [
        True,
        False,
    ]
    assert [label for label in ("TỔNG SỐ", "Total:", "Togo", "") if is_total(label)] == [
        "TỔNG SỐ",
        "Total:",
    ]


MUTATIONS = st.lists(
    st.tuples(st.integers(0, len(VI) - 1), st.integers(0, 12), st.binary(max_size=6)),
    min_size=1,
    max_size=4,
)


@settings(max_examples=400)
@given(MUTATIONS)
def test_a_damaged_file_ends_as_rows_and_rejects_or_a_clear_refusal(
    edits: list[tuple[int, int, bytes]],
) -> None:
    payload = VI
    for start, length, inserted in edits:
        payload = payload[:start] + inserted + payload[start + length :]
    try:
        parsed = parse_registered(payload, NAME)
    except FileRefused as error:
        refusal = str(error)
    else:
        refusal = ""
    if refusal:
        assert refusal.startswith("fdi_country_partners_vi .csv")
        return
    assert parsed.rows_read == parsed.rows_kept + len(parsed.rejects)
    assert parsed.rows_kept == len(parsed.tables[0].rows) > 0


def test_the_samples_sums_agree(tmp_path: Path) -> None:
    truth = write_fia(WorldSpec(), tmp_path)
    for breakdown, pattern in FILES.items():
        name = pattern.format("vi")
        found = rows((tmp_path / "fia" / name).read_bytes(), f"{name}@0")
        for year, whole in truth.items():
            parts = [row for row in found if str(row["registered_year"]) == year]
            assert sum(row["new_capital_usd_million"] or 0 for row in parts) == Decimal(
                whole["new_capital_usd_million"]
            ), breakdown
            assert sum(row["new_projects"] or 0 for row in parts) == whole["new_projects"]
    assert any((row["adjusted_capital_usd_million"] or 0) < 0 for row in found)


@pytest.mark.real_data
def test_genuine_files_are_read_whole(real_data: Path) -> None:
    # Newly registered capital of 2022 in million dollars, summed by hand from each table.
    sums = {
        "partner": Decimal("12446.28"),
        "sector": Decimal("12447.00"),
        "province": Decimal("12446.20"),
    }
    counts = {"partner": 834, "sector": 150, "province": 460}
    files = sorted((real_data / "statistics" / "fia").glob("*.csv"))
    assert len(files) == 6
    for path in files:
        parsed = parse_registered(path.read_bytes(), f"{path.name}@0")
        found = rows(path.read_bytes(), f"{path.name}@0")
        breakdown = found[0]["breakdown"]
        assert (parsed.rows_kept, parsed.rejects) == (counts[breakdown], ())
        assert parsed.notes["labels_twice"] == (8 if "partners_en" in path.name else 0)
        of_2022 = [
            row["new_capital_usd_million"] or 0 for row in found if row["registered_year"] == 2022
        ]
        assert sum(of_2022) == sums[breakdown]
        assert {row["registered_year"] for row in found} == set(range(2015, 2023))
        assert all(
            row["share_purchases"] is None for row in found if row["registered_year"] == 2015
        )
