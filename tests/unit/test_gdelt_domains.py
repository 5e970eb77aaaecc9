"""GDELT's lists of outlets by country: months, both layouts, and lists good and hostile."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from gdelt_rows import genuine_folder
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.errors import FileRefused, SchemaDrift
from tiengvang.local.world.archive import zip_bytes
from tiengvang.settings import REPOSITORY
from tiengvang.sources import gdelt_domains
from tiengvang.sources.records import ParsedFile, SourceFile
from tiengvang.windows import Window, parse_instant

JULY = SourceFile(
    "gdelt_domains", "countries", "countries@2026-07", None, datetime(2026, 7, 1, tzinfo=UTC)
)
HEADER = "domain,countrycode,cnt"
COUNTED = [
    f"site{number}.example,{code},{number * 9}" for number in range(1, 31) for code in ("VM", "US")
]
NAMED = [f"site{number}.example\tVM\tVietnam" for number in range(1, 31)]


def parse(text: str | bytes) -> ParsedFile:
    payload = text if isinstance(text, bytes) else text.encode()
    return gdelt_domains.parse(payload, file=JULY, name="outlets")


def counted(lines: list[str], end: str = "\n") -> str:
    return "".join(f"{line}{end}" for line in [HEADER, *lines])


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-07-13T00:00:00Z", "2026-07-13T00:00:00Z", []),
        ("2026-07-13T00:00:00Z", "2026-07-20T00:00:00Z", ["2026-07"]),
        ("2026-06-29T00:00:00Z", "2026-07-01T00:00:00Z", ["2026-06"]),
        ("2015-02-18T23:00:00Z", "2026-07-01T00:15:00Z", ["2026-07"]),
    ],
)
def test_a_window_has_the_list_of_its_last_month(start: str, end: str, months: list[str]) -> None:
    window = Window(parse_instant(start), parse_instant(end))
    files = list(gdelt_domains.expected_files(window))
    assert [file.file_name for file in files] == [f"countries@{month}" for month in months]
    assert files in ([], [JULY]) or months == ["2026-06"]


@pytest.mark.parametrize(
    "url",
    [
        "https://host.example/a/News-outlets.2015.csv",
        "https://host.example/News-outlets.2015.TXT?download=1",
        "file:///srv/News-outlets.2015.csv.zip",
    ],
)
def test_a_list_is_called_like_its_file(url: str) -> None:
    assert gdelt_domains.list_name(url) == "News-outlets.2015"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_counted_list_is_read_zipped_or_plain(end: str) -> None:
    plain = counted(COUNTED, end).encode()
    for payload in (plain, plain.removesuffix(b"\n"), zip_bytes("outlets.csv", plain)):
        parsed = parse(payload)
        assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (60, 60, ())
        (block,) = parsed.tables
        assert block.rows[0] == ("outlets", "site1.example", "VM", 9)
        assert [f"{d},{c},{n}" for _, d, c, n in block.rows] == COUNTED


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_list_of_names_has_no_counts(end: str) -> None:
    parsed = parse(end.join(NAMED) + end)
    assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (30, 30, ())
    rows = parsed.tables[0].rows
    assert rows[6] == ("outlets", "site7.example", "VM", None)
    # A header of another publication of that layout costs one line.
    headed = parse("Domain\tFIPSCountryCode\tCountryHumanName\n" + "\n".join(NAMED))
    assert [reject.line_number for reject in headed.rejects] == [1]
    assert headed.tables[0].rows == rows


def test_the_block_has_the_columns_of_the_raw_table() -> None:
    (block,) = parse(counted(COUNTED)).tables
    schema = (REPOSITORY / "plugins/tiengvang/warehouse/schema.sql").read_text(encoding="utf-8")
    body = schema.split(f"create table if not exists {block.table} (")[1].split("\n);")[0]
    columns = {line.split()[0] for line in body.strip().splitlines()}
    assert set(block.columns) == columns - {"load_id", "primary"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("unknown,US,500", "no domain"),
        ("tiếng.example,US,5", "no domain"),
        ("a b.example,US,5", "no domain"),
        (",US,5", "no domain"),
        ("..,US,5", "no domain"),
        (f"{'a' * 64}.example,US,5", "no domain"),
        ("a.example,us,5", "no FIPS code"),
        ("a.example,USA,5", "no FIPS code"),
        ("a.example,,5", "no FIPS code"),
        ("a.example,US,0", "no number above 0"),
        ("a.example,US,-5", "no number above 0"),
        ("a.example,US,5.0", "no number above 0"),
        ("a.example,US,٧", "no number above 0"),
        ("a.example,US,1000000000000000000", "no number above 0"),
        ("a.example,US", "2 columns"),
        ("a.example,US,5,", "4 columns"),
        ("", "1 columns"),
        ("site3.example,VM,8", "came before"),
    ],
)
def test_what_says_nothing_of_a_site_is_a_reject_with_its_line(line: str, reason: str) -> None:
    parsed = parse(counted([*COUNTED[:8], line, *COUNTED[8:]]))
    assert (parsed.rows_read, parsed.rows_kept) == (61, 60)
    (reject,) = parsed.rejects
    assert reject.line_number == 10
    assert reason in reject.reason
    assert not line or line not in reject.reason


@pytest.mark.parametrize(
    "name", ["www.Site.example", "360NOBS.COM", "site.example.", "a_b.example"]
)
def test_names_are_kept_as_published(name: str) -> None:
    assert parse(counted([f"{name},US,5"])).tables[0].rows == [("outlets", name, "US", 5)]


REFUSED = {
    "nothing": (b"", "no lines"),
    "an empty member": (zip_bytes("outlets.csv", b""), "no lines"),
    "only a header": (f"{HEADER}\n".encode(), "no lines below the header"),
    "another header": (b"domain,country,count\n" + COUNTED[0].encode(), "line 1: neither"),
    "no header": ("\n".join(COUNTED).encode(), "line 1: neither"),
    "a page": (b"<!doctype html>\n<p>Not found</p>\n", "line 1: neither"),
    "cut zip": (zip_bytes("outlets.csv", counted(COUNTED).encode())[:150], "no readable zip"),
}


@pytest.mark.parametrize(("payload", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_list_is_refused_by_name(payload: bytes, reason: str) -> None:
    with pytest.raises(FileRefused) as refused:
        parse(payload)
    assert str(refused.value).startswith("countries@2026-07")
    assert reason in str(refused.value)


def test_too_many_rejects_refuse_the_list() -> None:
    spoiled = [line.replace("VM", "vm") for line in COUNTED[:8]]
    with pytest.raises(SchemaDrift, match=r"4 of 60 rows .*5%; first in line 2: the country code"):
        parse(counted([*spoiled, *COUNTED[8:]]))


@given(st.binary(max_size=120), st.sampled_from([b"", f"{HEADER}\n".encode(), b"a.b\tUS\tx\n"]))
def test_any_bytes_are_read_or_refused(payload: bytes, start: bytes) -> None:
    try:
        parsed = parse(start + payload)
    except FileRefused:
        return
    assert parsed.rows_read == parsed.rows_kept + len(parsed.rejects) > 0


HOST = st.from_regex(r"[a-zA-Z0-9][a-z0-9-]{0,20}\.[a-z]{2,8}\.?", fullmatch=True)
FIPS = st.from_regex(r"[A-Z]{2}", fullmatch=True)
COUNT = st.integers(1, 10**18 - 1)


@given(st.dictionaries(st.tuples(HOST, FIPS), COUNT, min_size=1, max_size=30))
def test_every_counted_list_comes_back_as_it_was_written(
    counts: dict[tuple[str, str], int],
) -> None:
    lines = [f"{domain},{code},{count}" for (domain, code), count in counts.items()]
    rows = parse(zip_bytes("outlets.csv", counted(lines).encode())).tables[0].rows
    assert {(domain, code): count for _, domain, code, count in rows} == counts


def test_the_genuine_list_is_read() -> None:
    path = genuine_folder().parent / "reach" / "gdelt_domain_country_2015_2021.csv.zip"
    if not path.is_file():
        pytest.skip(f"no genuine list at {path}")
    parsed = parse(path.read_bytes())
    assert (parsed.rows_read, parsed.rows_kept) == (538_949, 538_944)
    assert {reject.reason for reject in parsed.rejects} == {"the name is no domain"}
    rows = parsed.tables[0].rows
    assert len({domain for _, domain, _, _ in rows}) == 169_925
    assert min(count for *_, count in rows) == 6  # the publisher's query drops up to five
    assert ("outlets", "00221.info", "SG", 18_097) in rows[:3]
