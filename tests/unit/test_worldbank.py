"""The World Bank source: weeks, addresses, and answers genuine, generated and hostile."""

from __future__ import annotations

import csv
import json
import os
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.errors import FileRefused, SchemaDrift
from tiengvang.settings import REPOSITORY
from tiengvang.sources import worldbank
from tiengvang.sources.records import ParsedFile
from tiengvang.windows import Window, parse_instant

GDP = "NY.GDP.MKTP.CD"
VINTAGE = date(2026, 7, 13)
REAL_DATA = Path(os.environ.get("TIENGVANG_REAL_DATA") or REPOSITORY.parent / "shared" / "data")
GENUINE = REAL_DATA / "statistics" / "worldbank"
needs_genuine_files = pytest.mark.skipif(
    not GENUINE.is_dir(), reason="the genuine World Bank answers are not on this machine"
)


def row(iso3: Any = "VNM", year: Any = "2024", value: Any = 1, **other: Any) -> dict[str, Any]:
    return {
        "indicator": {"id": GDP, "value": "GDP (current US$)"},
        "country": {"id": "VN", "value": "Viet Nam"},
        "countryiso3code": iso3,
        "date": year,
        "value": value,
        "unit": "",
        "obs_status": "",
        "decimal": 0,
    } | other


def page(rows: Any, number: int = 1, pages: int = 1, total: Any = None, **header: Any) -> bytes:
    head = {
        "page": number,
        "pages": pages,
        "per_page": 32500,
        "total": len(rows) if total is None else total,
        "sourceid": "2",
        "lastupdated": "2026-07-01",
    }
    return json.dumps([head | header, rows]).encode()


def parse(*payloads: bytes) -> ParsedFile:
    return worldbank.parse_observations(
        payloads, code=GDP, vintage_date=VINTAGE, file_name="GDP@2026-W29"
    )


def values(parsed: ParsedFile) -> dict[tuple[str, int], Decimal | None]:
    block = parsed.tables[0]
    assert block.table == "raw.worldbank__observations"
    assert block.columns[1:3] == ("country_code_wb", "observation_year")
    return {(line[1], line[2]): line[4] for line in block.rows}


def digest(*payloads: bytes) -> str:
    """The digest by which an answer's vintage is told from the one before."""
    parsed = worldbank.parse_observations(
        payloads, code=GDP, vintage_date=date(2026, 7, 20), file_name="f"
    )
    _, vintages = parsed.tables
    return str(vintages.rows[0][vintages.columns.index("payload_sha256")])


def many(count: int) -> list[dict[str, Any]]:
    return [row(year=str(1900 + number), value=number) for number in range(count)]


def files_of(start: str, end: str) -> list[tuple[str, str, datetime]]:
    window = Window(parse_instant(start), parse_instant(end))
    found = list(worldbank.expected_files(window))
    assert all(file.source == "worldbank" and file.stream is None for file in found)
    return [(file.table_name, file.file_name, file.slot_at) for file in found]


def test_a_week_has_the_list_of_countries_and_every_indicator() -> None:
    monday = datetime(2026, 7, 6, tzinfo=UTC)
    assert files_of("2026-07-08T10:00:00Z", "2026-07-13T00:00:00Z") == [
        ("countries", "countries@2026-W28", monday),
        ("observations", "BX.KLT.DINV.CD.WD@2026-W28", monday),
        ("observations", "NY.GDP.MKTP.CD@2026-W28", monday),
        ("observations", "SP.POP.TOTL@2026-W28", monday),
        ("observations", "ST.INT.ARVL@2026-W28", monday),
        ("observations", "ST.INT.RCPT.CD@2026-W28", monday),
    ]


@pytest.mark.parametrize(
    ("start", "end", "weeks"),
    [
        ("2026-07-13T00:00:00Z", "2026-07-13T00:00:00Z", []),
        ("2026-07-13T00:00:00Z", "2026-07-13T00:15:00Z", ["2026-W29"]),
        ("2026-07-12T23:45:00Z", "2026-07-13T00:15:00Z", ["2026-W28", "2026-W29"]),
        ("2020-12-28T00:00:00Z", "2021-01-05T00:00:00Z", ["2020-W53", "2021-W01"]),
        ("2026-07-13T05:00:00+07:00", "2026-07-13T06:00:00+07:00", ["2026-W28"]),
    ],
)
def test_weeks_begin_on_mondays_in_utc(start: str, end: str, weeks: list[str]) -> None:
    assert [n for t, n, _ in files_of(start, end) if t == "countries"] == [
        f"countries@{week}" for week in weeks
    ]


def test_the_code_is_read_back_from_the_ledgers_name() -> None:
    window = Window(parse_instant("2026-07-13"), parse_instant("2026-07-14"))
    codes = [worldbank.indicator_of(file) for file in worldbank.expected_files(window)]
    assert codes == ["countries", *worldbank.INDICATORS]


@pytest.mark.parametrize(
    ("base", "code", "number", "url"),
    [
        (
            "https://api.worldbank.org/v2",
            GDP,
            2,
            "https://api.worldbank.org/v2/country/all/indicator/NY.GDP.MKTP.CD"
            "?format=json&per_page=32500&page=2&date=2000:2026",
        ),
        (
            "http://127.0.0.1:1/v2",
            "countries",
            1,
            "http://127.0.0.1:1/v2/country?format=json&per_page=400&page=1",
        ),
        ("file:///m", GDP, 1, "file:///m/country/all/indicator/NY.GDP.MKTP.CD.json"),
        ("file:///m", GDP, 3, "file:///m/country/all/indicator/NY.GDP.MKTP.CD.page3.json"),
        ("file:///m", "countries", 1, "file:///m/country.json"),
        ("file:///m", "countries", 2, "file:///m/country.page2.json"),
    ],
)
def test_addresses(base: str, code: str, number: int, url: str) -> None:
    assert worldbank.page_url(base, code, number, (2000, 2026)) == url


@needs_genuine_files
@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "code", "nulls", "newest"),
    [
        ("wb_fdi.json", "BX.KLT.DINV.CD.WD", 10, Decimal("20170000000")),
        ("wb_gdp_total.json", GDP, 25, Decimal("476388230307.175")),
    ],
)
def test_genuine_answers_are_read_exactly(
    name: str, code: str, nulls: int, newest: Decimal
) -> None:
    payload = (GENUINE / name).read_bytes()
    parsed = worldbank.parse_observations(
        [payload], code=code, vintage_date=VINTAGE, file_name=name
    )
    # Spelled as in the bytes, without a parser between.
    wire = [part.split(b",")[0] for part in payload.split(b'"value":')]
    wire = [part.decode() for part in wire if part[:1] not in (b'"', b"[")]
    assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (65, 65, ())
    found = values(parsed)
    assert ["null" if value is None else str(value) for value in found.values()] == wire
    assert list(found) == [("VNM", year) for year in range(2024, 1959, -1)]
    assert sum(value is None for value in found.values()) == nulls
    assert found["VNM", 2024] == newest
    assert parsed.tables[1].rows[0][3] == date(2025, 10, 7)


@needs_genuine_files
@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("wb_co2_emissions.json", "175: Invalid format: The indicator was not found"),
        ("wb_unesco_mean_schooling.json", "120: Invalid value"),
        ("wb_unesco_expected_schooling.json", "120: Invalid value"),
    ],
)
def test_genuine_errors_under_status_200_are_refused(name: str, text: str) -> None:
    payload = (GENUINE / name).read_bytes()
    for call in (parse, lambda p: worldbank.page_count(p, file_name=name)):
        with pytest.raises(FileRefused, match=text):
            call(payload)


@needs_genuine_files
@pytest.mark.real_data
def test_the_genuine_arrivals_of_all_countries_survive_the_wire() -> None:
    path = next(GENUINE.glob("API_ST.INT.ARVL*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as handle:
        table = list(csv.DictReader(handle))
    expected = {
        (line["Country Code"], int(year)): Decimal(line[year]) if line[year] else None
        for line in table
        for year in line
        if year and year.isdigit()
    }
    parts = page([row(code, str(year), "@") for code, year in expected]).decode().split('"@"')
    figures = ["null" if value is None else str(value) for value in expected.values()]
    text = "".join(part + figure for part, figure in zip(parts, [*figures, ""], strict=True))
    assert values(parse(text.encode())) == expected
    assert len(expected) == 266 * 65
    assert max(year for (c, year), value in expected.items() if c == "VNM" and value) == 2020


def test_the_blocks_have_the_columns_of_the_raw_tables() -> None:
    parsed = parse(page([row()]))
    schema = (REPOSITORY / "plugins/tiengvang/warehouse/schema.sql").read_text(encoding="utf-8")
    countries = worldbank.parse_countries([page([country()])], file_name="f").tables
    for block in (*parsed.tables, *countries):
        body = schema.split(f"create table if not exists {block.table} (")[1].split("\n);")[0]
        columns = [line.split()[0] for line in body.strip().splitlines()]
        assert list(block.columns) == [c for c in columns if c not in ("load_id", "primary")]
        assert {len(line) for line in block.rows} == {len(block.columns)}


def test_numbers_are_exact_and_nulls_stay_nulls() -> None:
    text = page([row(year="2021"), row(year="2022", value=None), row(year="2023", value=2)])
    text = text.replace(b'"value": 1,', b'"value": 0.1000000000000000055511151231257827,')
    text = text.replace(b'"value": 2,', b'"value": -123456789012345678901234567890.5,')
    assert values(parse(text)) == {
        ("VNM", 2021): Decimal("0.1000000000000000055511151231257827"),
        ("VNM", 2022): None,
        ("VNM", 2023): Decimal("-123456789012345678901234567890.5"),
    }


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("text", "a row is text"),
        (None, "a row is null"),
        (row(value="1.5"), "value is text"),
        (row(value=True), "value is a boolean"),
        (row(value=float("nan")), "value is no finite number"),
        ({k: v for k, v in row().items() if k != "value"}, "value is missing"),
        (row(value=10**70), "value is '1000"),
        (row(year="2024Q1"), "date is '2024Q1'"),
        (row(year="٢٠٢٤"), "date is "),
        (row(year=None), "date is null"),
        (row(iso3=None), "countryiso3code is null"),
        (row(iso3="vnm"), "countryiso3code is 'vnm'"),
        (row(iso3="\ud800"), "countryiso3code is "),
        (row("", country=None), "country.id is null"),
        (row(indicator={"id": "SP.POP.TOTL"}), "indicator.id is 'SP.POP.TOTL'"),
        (row(year="1907"), "VNM 1907 came before"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_reject_with_its_number(bad: Any, reason: str) -> None:
    rows = many(60)
    rows[41] = bad
    parsed = parse(page(rows[:30], 1, 2, total=60), page(rows[30:], 2, 2, total=60))
    assert (parsed.rows_read, parsed.rows_kept) == (60, 59)
    (reject,) = parsed.rejects
    assert reject.line_number == 42
    assert reject.reason.startswith(reason)


@pytest.mark.parametrize("number", ["1e999999", "1e99999999999999999999", "-1e-999999", "9" * 5000])
def test_a_number_of_absurd_size_is_a_reject(number: str) -> None:
    text = page([*many(40), row(year="2024", value=12345678)]).decode()
    parsed = parse(text.replace("12345678", number).encode())
    assert [reject.line_number for reject in parsed.rejects] == [41]


def test_too_many_rejects_refuse_the_answer_whole() -> None:
    bad = [row(value="x")] * 2
    assert len(parse(page([*many(38), *bad])).rejects) == 2
    with pytest.raises(SchemaDrift, match=r"2 of 39 rows .* first: row 38: value is text"):
        parse(page([*many(37), *bad]))


def test_aggregates_without_a_three_letter_code_are_kept_and_counted() -> None:
    region = {"id": "Z4", "value": "East Asia & Pacific"}
    parsed = parse(page([row(), row("", country=region, value=5), row("EAS", country=region)]))
    assert set(values(parsed)) == {("VNM", 2024), ("Z4", 2024), ("EAS", 2024)}
    assert parsed.notes == {"rows_without_iso3": 1}


REFUSED = {
    "nothing": (b"", "no JSON"),
    "xml": (b"\xef\xbb\xbf<?xml version='1.0'?><wb:error/>", "XML or HTML starting with"),
    "html": (b" <html>502 Bad Gateway</html>", "XML or HTML"),
    "text": (b"Service unavailable", "no JSON starting with 'Service unavailable'"),
    "utf-16": ("[{}]".encode("utf-16"), "no JSON"),
    "deep": (b"[" * 100_000, "no JSON"),
    "object": (b"{}", "found an object"),
    "empty list": (b"[]", "found a list"),
    "no header": (b"[1, []]", "found a list"),
    "header alone": (page([])[:-5] + b"]", "nothing after the page header"),
    "rows null": (page([]).replace(b"[]]", b"null]"), "found null after the page header"),
    "three parts": (page([row()])[:-1] + b", 1]", "3 element"),
    "no pages": (page([], pages=0, total=0), "0 pages of data"),
    "no rows": (page([], total=0), "no rows"),
    "too many pages": (page([row()], pages=10**6), "1000000 pages of data"),
    "counts as words": (page([row()], total="many"), "total is 'many'"),
    "no total": (page([row()]).replace(b'"total"', b'"Total"'), "total is null"),
    "page missing": (page([row()], pages=2, total=2), "1 page.s. received, expected 2"),
    "rows missing": (page([row()], total=2), "1 rows received, expected total 2"),
    "second page": (page([row()], number=2), "page 2 received, expected page 1"),
    "odd message": (b'[{"message": 7}]', "error 'without a text'"),
}


@pytest.mark.parametrize(("payload", "text"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_whole_answer_is_refused_with_what_was_found(payload: bytes, text: str) -> None:
    with pytest.raises(FileRefused, match=text):
        parse(payload)
    with pytest.raises(FileRefused, match=text):
        worldbank.parse_countries([payload], file_name="countries@2026-W29")


def test_pages_of_two_publications_are_not_mixed() -> None:
    first = page([row(year="2023")], 1, 2, total=2)
    later = page([row(year="2024")], 2, 2, total=2, lastupdated="2026-07-02")
    with pytest.raises(FileRefused, match="page 2 belongs to another answer"):
        parse(first, later)
    with pytest.raises(FileRefused, match="no page"):
        parse()


def test_the_number_of_pages_is_read_from_the_first() -> None:
    assert worldbank.page_count(page([row()], pages="7", total=9), file_name="f") == 7


def test_the_digest_follows_the_values_alone() -> None:
    rows = [row(year="2022", value=1), row(year="2023", value=2), row("THA", value=3)]
    same = digest(page(rows))
    assert same == parse(page(rows)).tables[1].rows[0][2]
    assert same == digest(page(rows, lastupdated="2026-07-09"))
    assert same == digest(page(rows[2:], 1, 2, total=3), page(rows[:2], 2, 2, total=3))
    assert same == digest(page([*rows, row(year="2025", value=None)]))
    assert same == digest(page(rows).replace(b'"value": 2,', b'"value": 2.00,'))
    for changed in (b'"value": 2.01,', b'"value": 20,', b'"value": -2,', b'"value": null,'):
        assert same != digest(page(rows).replace(b'"value": 2,', changed))
    assert same != digest(page(rows[:2]))


def country(code: str = "VNM", iso2: str = "VN", region: str = "EAS", **other: Any) -> Any:
    return {
        "id": code,
        "iso2Code": iso2,
        "name": " Viet Nam\0 ",
        "region": {"id": region, "iso2code": "Z4", "value": "East Asia & Pacific"},
    } | other


def test_aggregates_are_told_by_their_region() -> None:
    world = country("WLD", "1W", "NA", name="World")
    namibia = country("NAM", "NA", "SSF", name="Namibia")
    payload = page([country(), world, namibia], per_page="400")
    parsed = worldbank.parse_countries([payload], file_name="f")
    assert parsed.tables[0].rows == [
        ("VNM", "VN", "Viet Nam", "EAS", False),
        ("WLD", "1W", "World", "NA", True),
        ("NAM", "NA", "Namibia", "SSF", False),
    ]
    assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (3, 3, ())


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (7, "a row is a number"),
        (country(code=""), "id is ''"),
        (country("AAA", iso2="V N"), "iso2Code is 'V N'"),
        (country("AAA", region=None), "region.id is null"),
        (country("AAA", name="\0"), "name is "),
        (country("B05", name="again"), "B05 came before"),
    ],
)
def test_a_country_that_cannot_be_read_is_a_reject(bad: Any, reason: str) -> None:
    rows = [country(f"B{number:02}") for number in range(30)]
    parsed = worldbank.parse_countries([page([*rows, bad])], file_name="f")
    assert (parsed.rows_read, parsed.rows_kept) == (31, 30)
    assert [reject.line_number for reject in parsed.rejects] == [31]
    assert parsed.rejects[0].reason.startswith(reason)


def test_broken_bytes_in_a_name_are_replaced_and_counted() -> None:
    payload = page([country(name="Vi?t Nam")]).replace(b"?", b"\xff")
    parsed = worldbank.parse_countries([payload], file_name="f")
    assert parsed.bytes_replaced == 1
    assert parsed.tables[0].rows[0][2] == "Vi\ufffdt Nam"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "value", "date", "message", "pages", "country", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={key: JSON | st.just(1) for key in ("page", "pages", "total", "lastupdated")},
)
FIELDS = ("indicator", "country", "countryiso3code", "date", "value", "id", "iso2Code", "region")
BENT_ROWS = st.builds(
    lambda change: row() | country() | change,
    st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=2),
)
ANSWERS = (
    JSON
    | st.tuples(HEADERS, JSON)
    | st.builds(
        lambda rows: [{"page": 1, "pages": 1, "total": len(rows)}, rows],
        st.lists(JSON | BENT_ROWS, max_size=5).map(lambda bent: many(60) + bent),
    )
)


@given(st.lists(ANSWERS.map(lambda value: json.dumps(value).encode()) | st.binary(), max_size=3))
def test_any_bytes_give_all_rows_or_a_refusal(payloads: list[bytes]) -> None:
    for call in (
        lambda: parse(*payloads),
        lambda: worldbank.parse_countries(payloads, file_name="f"),
    ):
        try:
            parsed = call()
        except FileRefused:
            continue
        assert parsed.rows_read == parsed.rows_kept + len(parsed.rejects)
        assert len(parsed.tables[0].rows) == parsed.rows_kept
        numbers = [reject.line_number for reject in parsed.rejects]
        assert numbers == sorted(set(numbers))
        for line in parsed.tables[0].rows:
            assert all("\0" not in v for v in line if isinstance(v, str))
            " ".join(v for v in line if isinstance(v, str)).encode("utf-8")


@given(st.lists(BENT_ROWS, min_size=1, max_size=3))
def test_bent_rows_among_many_are_kept_or_rejected_one_by_one(bent: list[dict[str, Any]]) -> None:
    rows = many(60) + bent
    parsed = parse(page(rows))
    assert parsed.rows_read == len(rows)
    assert parsed.rows_kept + len(parsed.rejects) == len(rows)
    assert parsed.rows_kept >= 60


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["VNM", "THA", "WLD"]), st.integers(1960, 2030)),
        st.none() | st.decimals(-(10**15), 10**15, places=3),
        min_size=1,
    ),
    st.randoms(),
)
def test_what_is_written_is_read_back_and_order_does_not_matter(
    wanted: dict[tuple[str, int], Decimal | None], random: Any
) -> None:
    keys = list(wanted)
    payloads = []
    for _ in range(2):
        text = page([row(code, str(year), "@") for code, year in keys]).decode()
        for key in keys:
            text = text.replace('"@"', "null" if wanted[key] is None else str(wanted[key]), 1)
        payloads.append(text.encode())
        random.shuffle(keys)
    assert values(parse(payloads[0])) == wanted
    assert digest(payloads[0]) == digest(payloads[1])
