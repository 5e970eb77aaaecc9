"""What holds for any bytes: nothing is lost, nothing but a refusal is raised, nobody is named."""

from functools import partial

import pytest
from gdelt_rows import (
    EXPORT,
    GKG,
    MENTIONS,
    WATCHLIST,
    check_schema,
    document,
    event,
    mention,
    place,
    table,
)
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.errors import FileRefused
from tiengvang.sources import gdelt, gdelt_export, gdelt_gkg, gdelt_mentions

PARSERS = {
    "export": partial(gdelt_export.parse, EXPORT),
    "mentions": partial(gdelt_mentions.parse, MENTIONS),
    "gkg": partial(gdelt_gkg.parse, GKG),
}
FILES = {"export": EXPORT, "mentions": MENTIONS, "gkg": GKG}
TABLES = sorted(FILES)
CANARY = "Canary O'Neill"

# The places, from 0, of the columns that a product about coverage needs; the codebooks' order.
NEEDED = {
    "export": {0, 1, 7, 12, 13, 14, 17, 22, 23, 24, *range(25, 35), 37, 45, 51, 53, 54, 56, 57, 58,
               59, 60},
    "mentions": {0, 1, 2, 3, 4, 5, 6, 10, 11, 13, 14},
    "gkg": {0, 1, 3, 4, 7, 8, 10, 15, 25, 26},
}  # fmt: skip
WIDTHS = {"export": 61, "mentions": 16, "gkg": 27}
TEXT = {
    "export": {7, 12, 13, 14, 17, 22, 23, 24, 26, 27, 28, 37, 45, 53, 54, 58, 60},
    "mentions": {4, 5},
    "gkg": {3, 4},
}


def good(table_name, number):
    return {"export": event, "mentions": mention, "gkg": document}[table_name](number)


@st.composite
def files(draw, table_name):
    """Good rows, rows with one field replaced by anything, rows of another width, and noise."""
    fields = st.binary(max_size=12).filter(lambda value: b"\n" not in value)
    rows = []
    for number in range(draw(st.integers(0, 8))):
        row = good(table_name, number)
        match draw(st.sampled_from(["good", "repeat", "field", "cut", "noise"])):
            case "repeat":
                row = good(table_name, 0)
            case "field":
                parts = row.split(b"\t")
                parts[draw(st.integers(0, len(parts) - 1))] = draw(fields)
                row = b"\t".join(parts)
            case "cut":
                row = row[: draw(st.integers(0, len(row)))]
            case "noise":
                row = draw(st.binary(max_size=40))
        rows.append(row)
    return b"\n".join(rows) + draw(st.sampled_from([b"", b"\n", b"\r\n", b"\n\n"]))


def counted(table_name, parsed):
    """Rows that the totals count."""
    match table_name:
        case "export":
            return sum(row["events"] for row in table(parsed, "event_totals"))
        case "mentions":
            return table(parsed, "mention_totals")[0]["mentions"]
        case _:
            return sum(row["documents"] for row in table(parsed, "outlet_totals"))


def check_counts(table_name, data):
    parsed = PARSERS[table_name](data, WATCHLIST)
    text = data.replace(b"\0", b"")
    assert parsed.rows_read == len(text.split(b"\n")) - (text.endswith(b"\n") or not text)
    assert counted(table_name, parsed) == parsed.rows_read - len(parsed.rejects)
    assert parsed.rows_kept == len(parsed.tables[0].rows) <= counted(table_name, parsed)
    lines = [reject.line_number for reject in parsed.rejects]
    assert lines == sorted(set(lines))
    assert all(1 <= line <= parsed.rows_read for line in lines)
    if table_name == "mentions":
        late = table(parsed, "mention_totals")[0]["too_late_mentions"]
        assert parsed.rows_kept + late == counted(table_name, parsed)
    check_schema(parsed)


@pytest.mark.parametrize("table_name", TABLES)
@given(data=st.data())
def test_every_row_is_counted_or_a_reject(table_name, data):
    check_counts(table_name, data.draw(files(table_name)))


@pytest.mark.parametrize("table_name", TABLES)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_counted(table_name, data):
    check_counts(table_name, data)


@pytest.mark.parametrize("table_name", TABLES)
@given(data=st.data())
def test_nothing_but_a_refusal_is_raised(table_name, data):
    payload = data.draw(files(table_name) | st.binary(max_size=200))
    parsed = PARSERS[table_name](payload, WATCHLIST)
    if len(parsed.rejects) > 0.05 * parsed.rows_read:
        with pytest.raises(FileRefused, match=FILES[table_name].file_name):
            gdelt.parse(FILES[table_name], payload, WATCHLIST)
    else:
        assert gdelt.parse(FILES[table_name], payload, WATCHLIST) == parsed


@pytest.mark.parametrize("table_name", TABLES)
def test_columns_that_are_not_needed_leave_no_trace(table_name):
    plain = PARSERS[table_name](good(table_name, 0), WATCHLIST)
    fields = good(table_name, 0).split(b"\t")
    for column in set(range(WIDTHS[table_name])) - NEEDED[table_name]:
        fields[column] = CANARY.encode()
    assert PARSERS[table_name](b"\t".join(fields), WATCHLIST) == plain
    assert plain.rows_kept == 1


@pytest.mark.parametrize(
    ("table_name", "column"),
    [(name, column) for name in TABLES for column in sorted(NEEDED[name] - TEXT[name])],
)
def test_a_shifted_name_is_not_kept_nor_told(table_name, column):
    fields = good(table_name, 0).split(b"\t")
    fields[column] = CANARY.encode()
    parsed = PARSERS[table_name](b"\t".join(fields), WATCHLIST)
    assert "Canary" not in repr(parsed)
    assert parsed.rows_read == 1


def test_of_the_extras_only_the_title_is_read():
    extras = (
        f"<PAGE_AUTHORS>{CANARY}</PAGE_AUTHORS><PAGE_TITLE>A title</PAGE_TITLE>"
        f"<PAGE_LINKS>http://a.example/{CANARY}</PAGE_LINKS>"
    )
    parsed = PARSERS["gkg"](document(0, c26=extras), WATCHLIST)
    assert table(parsed, "documents")[0]["title"] == "A title"
    assert "Canary" not in repr(parsed)


@given(st.integers(0, 7), st.sampled_from(['"', '""', "'", "\\", '"\\']), st.sampled_from(TABLES))
def test_quotes_never_merge_rows(number, quote, table_name):
    rows = [good(table_name, position) for position in range(8)]
    free = {"export": 6, "mentions": 15, "gkg": 22}[table_name]
    fields = rows[number].split(b"\t")
    fields[free] = quote.encode() + b"text"
    rows[number] = b"\t".join(fields)
    parsed = PARSERS[table_name](b"\n".join(rows), WATCHLIST)
    assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (8, 8, ())


CODES = st.sampled_from(["VM", "TH", "US", "FR", "JA"])


@given(st.lists(st.lists(CODES, max_size=12), max_size=6))
def test_order_of_places_does_not_matter_and_each_document_counts_once(documents):
    def totals(reverse):
        rows = [
            document(n, c10=";".join(place(1, c, c) for c in sorted(codes, reverse=reverse)))
            for n, codes in enumerate(documents)
        ]
        parsed = PARSERS["gkg"](b"\n".join(rows), WATCHLIST)
        return [rows.rows for rows in parsed.tables]

    assert totals(False) == totals(True)
    assert sum(row[4] for row in totals(False)[2]) == len(documents)
