"""The IMF's positions and the OECD's flows: files, addresses, and answers good and hostile."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiengvang.errors import FileRefused, SchemaDrift
from tiengvang.local.world import partners
from tiengvang.settings import REPOSITORY
from tiengvang.sources import imf, oecd
from tiengvang.sources.partner_statistics import country_of, expected_files
from tiengvang.sources.records import ParsedFile
from tiengvang.sources.sdmx_json import read_message
from tiengvang.sources.vintages import digest_of, exact_number
from tiengvang.windows import Window, parse_instant

TODAY = date(2026, 7, 12)
WATCHED = ["IDN", "MYS", "PHL", "SGP", "THA", "VNM"]


def positions(answer: Any) -> ParsedFile:
    payload = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    return imf.parse_positions(payload, country="VNM", vintage_date=TODAY, file_name="VNM@2026-07")


def flows(text: str | bytes) -> ParsedFile:
    payload = text if isinstance(text, bytes) else text.encode()
    return oecd.parse_flows(payload, country="VNM", vintage_date=TODAY, file_name="VNM@2026-07")


def digest(parsed: ParsedFile) -> str:
    listed = parsed.tables[1]
    return str(listed.rows[0][listed.columns.index("payload_sha256")])


@pytest.mark.parametrize("flow", [imf.FLOW, oecd.FLOW], ids=lambda flow: flow.source)
def test_a_window_has_one_answer_per_watched_country_for_its_last_month(flow: Any) -> None:
    window = Window(parse_instant("2026-05-30"), parse_instant("2026-07-13"))
    files = expected_files(flow, window)
    assert [f.file_name for f in files] == [f"{code}@2026-07" for code in WATCHED]
    assert [country_of(f) for f in files] == WATCHED
    assert {f.slot_at for f in files} == {parse_instant("2026-07-01")}
    assert expected_files(flow, Window(window.end, window.end)) == []


def test_addresses() -> None:
    base = "https://api.imf.org/external/sdmx/3.0"
    assert imf.answer_url(base, "VNM") == (
        f"{base}/data/dataflow/IMF.STA/DIP/%2B/VNM.SCC.INWD_D_NETLA_FALL_ALL.*.A"
        "?attributes=dsd&measures=all"
    )
    base = "https://sdmx.oecd.org/public/rest"
    url = oecd.answer_url(base, "VNM")
    assert url.startswith(f"{base}/data/OECD.DAF.INV,DSD_FDI@DF_FDI_FLOW_CTRY,1.0/")
    assert url.endswith("?format=csvfilewithlabels")
    key = url.rpartition("/")[2].partition("?")[0].split(".")
    assert len(key) == 13
    assert key[8] == "VNM"
    assert imf.answer_url("file:///m", "VNM") == "file:///m/data/dataflow/IMF.STA/DIP/VNM.json"
    assert oecd.answer_url("file:///m", "VNM").endswith("DF_FDI_FLOW_CTRY,1.0/VNM.csv")


@pytest.mark.parametrize("module", [imf, oecd], ids=lambda module: module.SOURCE)
def test_the_blocks_have_the_columns_of_the_raw_tables(module: Any) -> None:
    schema = (REPOSITORY / "plugins/tiengvang/warehouse/schema.sql").read_text(encoding="utf-8")
    blocks = (
        (module.TABLES.observations, module.COLUMNS),
        (module.TABLES.vintages, module.VINTAGE_COLUMNS),
    )
    for table, written in blocks:
        body = schema.split(f"create table if not exists {table} (")[1].split("\n);")[0]
        columns = {line.split()[0] for line in body.strip().splitlines()}
        assert set(written) == columns - {"load_id", "primary"}


# The layout of a recorded answer of the IMF's SDMX 3.0 service, with figures of our own.
MESSAGE: dict[str, Any] = {
    "meta": {},
    "data": {
        "dataSets": [
            {
                "structure": 0,
                "action": "Replace",
                "series": {
                    "0:0:0:0:0": {
                        "attributes": [0, None],
                        "observations": {
                            "0": ["28671060923", None, None],
                            "1": ["-19000000.5", None, None],
                        },
                    },
                    "0:0:0:1:0": {"attributes": [0], "observations": {"1": [None, None, 0]}},
                    "0:0:0:2:0": {"attributes": [0], "observations": {"0": [None], "1": ["12"]}},
                },
            }
        ],
        "structures": [
            {
                "dataSets": [0],
                "links": [
                    {
                        "urn": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=IMF.STA:DIP(12.0.1)",
                        "title": "Dataflow",
                    },
                    {"urn": "urn:sdmx:...DataStructure=IMF.STA:DSD_DIP(12.0.1)"},
                ],
                "dimensions": {
                    "series": [
                        {"id": "COUNTRY", "keyPosition": 0, "roles": [], "values": [{"id": "VNM"}]},
                        {"id": "DV_TYPE", "keyPosition": 1, "values": [{"id": "SCC"}]},
                        {"id": "INDICATOR", "keyPosition": 2,
                         "values": [{"id": "INWD_D_NETLA_FALL_ALL"}]},
                        {"id": "COUNTERPART_COUNTRY", "keyPosition": 3,
                         "values": [{"id": "JPN"}, {"id": "KOR"}, {"id": "G001"}]},
                        {"id": "FREQUENCY", "keyPosition": 4, "values": [{"id": "A"}]},
                    ],
                    "observation": [
                        {"id": "TIME_PERIOD", "keyPosition": 5,
                         "values": [{"value": "2023"}, {"value": "2024"}]}
                    ],
                },
                "measures": {"observation": [{"id": "OBS_VALUE", "roles": []}]},
                "attributes": {
                    "series": [{"id": "SCALE", "values": [{"id": "6"}]}, {"id": "OVERLAP"}],
                    "observation": [{"id": "PRECISION"}, {"id": "STATUS", "values": [{"id": "C"}]}],
                },
            }
        ],
    },
}  # fmt: skip


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the message with one part replaced; ``path`` names keys and places with slashes."""
    message = deepcopy(MESSAGE)
    at: Any = message
    *way, last = path.split("/")
    for step in way:
        at = at[int(step) if isinstance(at, list) else step]
    at[int(last) if isinstance(at, list) else last] = value
    return message


SERIES = "data/dataSets/0/series"
STRUCTURE = "data/structures/0"


def test_positions_are_read_exactly_with_their_status() -> None:
    parsed = positions(MESSAGE)
    assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (5, 5, ())
    figures, vintages = parsed.tables
    assert figures.rows == [
        ("VNM", "JPN", 2023, TODAY, Decimal(28671060923), None),
        ("VNM", "JPN", 2024, TODAY, Decimal("-19000000.5"), None),
        ("VNM", "KOR", 2024, TODAY, None, "C"),
        ("VNM", "G001", 2023, TODAY, None, None),
        ("VNM", "G001", 2024, TODAY, Decimal(12), None),
    ]
    assert vintages.rows[0][0::3] == ("VNM", "IMF.STA:DIP(12.0.1)")


def test_an_answer_without_series_is_empty_and_one_of_another_flow_is_refused() -> None:
    empty = changed("data/dataSets/0", {"structure": 0, "action": "Replace"})
    parsed = positions(empty)
    assert (parsed.rows_read, parsed.rows_kept) == (0, 0)
    assert len(parsed.tables[1].rows) == 1
    for other in ("IMF.STA:CPI(5.0.0)", "IMF.STA:DIP(12.0.1\0)", "DIP"):
        with pytest.raises(FileRefused, match=r"VNM@2026-07: data flow .*, expected IMF\.STA:DIP"):
            positions(changed(f"{STRUCTURE}/links/0/urn", f"urn:x.Dataflow={other}"))


IMF_REFUSED = {
    "nothing": b"",
    "a page": b"<html>busy</html>",
    "deep": b"[" * 100_000,
    "a list": [],
    "no data": {"meta": {}},
    "no structures": changed("data/structures", []),
    "structures of numbers": changed("data/structures", [1]),
    "no such structure": changed("data/dataSets/0/structure", 1),
    "flat": changed("data/dataSets/0/observations", {}),
    "no measure": changed(f"{STRUCTURE}/measures", {"observation": []}),
    "a dimension without an id": changed(f"{STRUCTURE}/dimensions/series/0/id", None),
    "no links": changed(f"{STRUCTURE}/links", []),
}


@pytest.mark.parametrize("answer", IMF_REFUSED.values(), ids=IMF_REFUSED)
def test_what_is_no_message_is_refused(answer: Any) -> None:
    with pytest.raises(FileRefused, match="VNM@2026-07: "):
        positions(answer)


IMF_REJECTED = {
    "another country": (f"{STRUCTURE}/dimensions/series/0/values/0/id", "THA", "COUNTRY is 'THA'"),
    "reported": (f"{STRUCTURE}/dimensions/series/1/values/0/id", "O", "DV_TYPE is 'O'"),
    "quarters": (f"{STRUCTURE}/dimensions/series/4/values/0/id", "Q", "FREQUENCY is 'Q'"),
    "no such place": (f"{STRUCTURE}/dimensions/observation/0/values", [], "outside its 0 values"),
    "a name that cannot be stored": (
        f"{STRUCTURE}/dimensions/series/0", {"id": "A\0", "keyPosition": 0, "values": []},
        "a position of 'A\\x00' is outside its 0 values",
    ),
    "no text": (f"{STRUCTURE}/dimensions/series/0/values/0", {"id": 7}, "is int, expected str"),
    "no list": (f"{SERIES}/0:0:0:0:0/observations", {"0": "5"}, "is str, expected list"),
    "half a year": (f"{STRUCTURE}/dimensions/observation/0/values/1/value", "2024-S1", "TIME_PERIOD"),
    "short key": (SERIES, {"0:0:0:0": {"observations": {}}}, "4 positions, expected 5"),
    "no number": (f"{SERIES}/0:0:0:0:0/observations", {"0": ["12,5"]}, "OBS_VALUE is '12,5'"),
    "infinite": (f"{SERIES}/0:0:0:0:0/observations", {"0": ["Infinity"]}, "OBS_VALUE"),
    "a megabyte of digits": (f"{SERIES}/0:0:0:0:0/observations", {"0": ["1e999999"]}, "OBS_VALUE"),
    "true": (f"{SERIES}/0:0:0:0:0/observations", {"0": [True]}, "a cell is bool"),
    "twice": (f"{SERIES}/0:0:0:1:0/observations", {"0": ["1"], "00": ["2"]}, "KOR 2023 came before"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "value", "reason"), IMF_REJECTED.values(), ids=IMF_REJECTED)
def test_observations_that_cannot_be_read_are_named(path: str, value: Any, reason: str) -> None:
    with pytest.raises(SchemaDrift) as refused:
        positions(changed(path, value))
    assert reason in str(refused.value)


def test_one_bad_observation_among_many_is_a_reject() -> None:
    message = partners.imf_message(7, "VNM")
    message["data"]["dataSets"][0]["series"]["0:0:0:3:0"]["observations"]["2"] = ["n/a"]
    parsed = positions(message)
    assert parsed.rows_read == parsed.rows_kept + 1 > 800
    assert [r.reason for r in parsed.rejects] == ["OBS_VALUE is 'n/a', expected a number"]


def test_nan_is_no_value() -> None:
    for cell in ("NaN", float("nan")):
        parsed = positions(changed(f"{SERIES}/0:0:0:0:0/observations/0", [cell, None, 0]))
        assert parsed.tables[0].rows[0][4:] == (None, "C")


def test_positions_of_the_sample_world_are_the_planted_ones() -> None:
    parsed = positions(partners.imf_message(7, "VNM"))
    planted = {i.partner: i.positions for i in partners.investments(7, "VNM")}
    found: dict[str, list[Any]] = {}
    for _, partner, _, _, value, status in parsed.tables[0].rows:
        found.setdefault(partner, []).append(value)
        assert (status == "C") == (value is None) == (partner == partners.CONFIDENTIAL)
    world = found.pop(partners.WORLD_GROUP)
    assert found.pop(partners.CONFIDENTIAL) == [None] * len(partners.YEARS)
    assert found == {p: list(v) for p, v in planted.items() if p != partners.CONFIDENTIAL}
    assert world[-1] == sum(values[-1] for values in planted.values())


HEADER = ["STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"] + [
    name for pair in partners.OECD_COLUMNS for name in pair
]
FLOW_ID = "OECD.DAF.INV:DSD_FDI@DF_FDI_FLOW_CTRY(1.0)"
LINE: dict[str, str] = {
    **next(iter(partners.oecd_rows(7, "VNM"))),
    "STRUCTURE": "DATAFLOW", "STRUCTURE_ID": FLOW_ID, "ACTION": "I",
    "STRUCTURE_NAME": "FDI flows by counterpart area, BMD4",
    "REF_AREA": "KOR", "TIME_PERIOD": "2023", "OBS_VALUE": "-12.5", "CONF_STATUS": "F",
}  # fmt: skip


def table(*lines: dict[str, str], header: list[str] = HEADER, delimiter: str = ",") -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(header)
    for line in lines:
        writer.writerow([line.get(name, "") for name in header])
    return text.getvalue()


def test_flows_are_dollars_and_negative_ones_are_real() -> None:
    blank = LINE | {"TIME_PERIOD": "2024", "OBS_VALUE": "", "OBS_STATUS": "M", "CONF_STATUS": "C"}
    units = LINE | {"REF_AREA": "USA", "OBS_VALUE": "7", "UNIT_MULT": "0"}
    parsed = flows("\ufeff" + table(LINE, blank, units))
    assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (3, 3, ())
    assert parsed.tables[0].rows == [
        ("VNM", "KOR", "ALL", 2023, TODAY, Decimal(-12500000), "A", "F"),
        ("VNM", "KOR", "ALL", 2024, TODAY, None, "M", "C"),
        ("VNM", "USA", "ALL", 2023, TODAY, Decimal(7), "A", "F"),
    ]
    assert parsed.tables[1].rows[0][3] == FLOW_ID


def test_columns_may_be_in_any_order_and_without_labels_or_confidentiality() -> None:
    names = [name for name in reversed(HEADER) if name in {*oecd.NEEDED, "ACTION"}]
    assert flows(table(LINE, header=names)).tables[0].rows[0][5:] == (Decimal(-12500000), "A", None)


OECD_REJECTED = {
    "inward": ({"MEASURE_PRINCIPLE": "DI"}, "MEASURE_PRINCIPLE is 'DI', expected DO"),
    "another host": ({"COUNTERPART_AREA": "THA"}, "COUNTERPART_AREA is 'THA', expected VNM"),
    "other money": ({"UNIT_MEASURE": "XDC"}, "UNIT_MEASURE is 'XDC'"),
    "positions": ({"STRUCTURE_ID": "OECD.DAF.INV:DSD_FDI@DF_FDI_POS_CTRY(1.0)"}, "STRUCTURE_ID"),
    "a quarter": ({"TIME_PERIOD": "2023-Q1"}, "TIME_PERIOD is '2023-Q1'"),
    "no reporter": ({"REF_AREA": ""}, "REF_AREA is ''"),
    "no number": ({"OBS_VALUE": "1 000"}, "OBS_VALUE is '1 000'"),
    "no power": ({"UNIT_MULT": "million"}, "UNIT_MULT is 'million'"),
    "a sentence": ({"OBS_STATUS": "see note"}, "is no code"),
}


@pytest.mark.parametrize(("change", "reason"), OECD_REJECTED.values(), ids=OECD_REJECTED)
def test_a_line_that_cannot_be_read_is_a_reject_with_its_number(
    change: dict[str, str], reason: str
) -> None:
    others = [LINE | {"TIME_PERIOD": str(year)} for year in range(1980, 2020)]
    parsed = flows(table(*others[:20], LINE | change, *others[20:]))
    assert (parsed.rows_read, parsed.rows_kept) == (41, 40)
    (reject,) = parsed.rejects
    assert reject.line_number == 22
    assert reason in reject.reason


def test_a_repeated_line_and_one_of_another_width_are_rejects() -> None:
    others = [LINE | {"TIME_PERIOD": str(year)} for year in range(1980, 2020)]
    parsed = flows(table(*others, LINE, LINE) + "DATAFLOW,x\r\n")
    assert [(r.line_number, r.reason) for r in parsed.rejects] == [
        (43, "KOR ALL 2023 came before"),
        (44, "2 columns, expected 44"),
    ]


OECD_REFUSED: dict[str, tuple[str | bytes, str]] = {
    "nothing": (b"", "line 1: 0 columns"),
    "a sentence": ("NoRecordsFound", "line 1: 0 columns .* begins 'NoRecordsFound'"),
    "a page": ("<html>\n<p>busy</p>", "begins '<html>'"),
    "semicolons": (table(LINE, delimiter=";"), "line 1: 0 columns"),
    "a column twice": (table(LINE, header=[*HEADER, "OBS_VALUE"]), "line 1: 2 columns OBS_VALUE"),
    "Latin letters": (table(LINE | {"STRUCTURE_NAME": "é"}).encode("latin-1"), "no CSV in UTF-8"),
    "open quote": (table(LINE) + '"DATAFLOW', "no CSV in UTF-8"),
    "too many": (table(LINE, LINE | {"FREQ": "Q"}), "1 of 2 lines cannot be read.*FREQ is 'Q'"),
    "two flows": (
        table(LINE, LINE | {"REF_AREA": "USA", "STRUCTURE_ID": FLOW_ID.replace("1.0", "2.0")}),
        "2 data flows",
    ),
}


@pytest.mark.parametrize(("text", "reason"), OECD_REFUSED.values(), ids=OECD_REFUSED)
def test_what_is_no_such_table_is_refused(text: str | bytes, reason: str) -> None:
    with pytest.raises(FileRefused, match=rf"(?s)VNM@2026-07.*{reason}"):
        flows(text)


def test_flows_of_the_sample_world_are_the_planted_ones() -> None:
    rows = list(partners.oecd_rows(7, "VNM"))
    lines = [{**LINE, **row} for row in rows]
    parsed = flows(table(*lines))
    planted = {i.partner: i.flows for i in partners.investments(7, "VNM")}
    found = {
        (reporter, year): value
        for _, reporter, entity, year, _, value, *_ in parsed.tables[0].rows
        if entity == "ALL" and value is not None
    }
    assert found == {
        (partner, year): planted[partner][place]
        for partner in partners.OECD_REPORTERS
        if partner != partners.CONFIDENTIAL
        for place, year in enumerate(partners.YEARS)
    }
    assert {year for (_, year), value in found.items() if value < 0} == {2020}


def test_vintages_are_told_apart_by_what_they_say_and_not_by_how() -> None:
    first = digest(positions(MESSAGE))
    written = changed(f"{SERIES}/0:0:0:0:0/observations/0", ["2.8671060923E10", None, None])
    silent = changed(f"{SERIES}/0:0:0:2:0/observations", {"1": ["12.0"]})
    revised = changed(f"{SERIES}/0:0:0:0:0/observations/0", ["28671060924", None, None])
    opened = changed(f"{SERIES}/0:0:0:1:0/observations/1", [None, None, None])
    assert digest(positions(written)) == digest(positions(silent)) == first
    assert len({first, digest(positions(revised)), digest(positions(opened))}) == 3
    other = LINE | {"REF_AREA": "USA"}
    assert digest(flows(table(LINE, other))) == digest(flows(table(other, LINE)))
    assert digest(flows(table(LINE))) != digest(flows(table(LINE | {"OBS_VALUE": "-12.51"})))


@given(st.decimals(min_value=-(10**20), max_value=10**20, places=3))
def test_a_number_is_the_same_however_it_is_written(value: Decimal) -> None:
    written = [str(value), f"{value:f}000" if "." in f"{value:f}" else f"{value:f}", f"{value:E}"]
    numbers = [exact_number(text) for text in written]
    assert numbers == [value] * 3
    assert len({digest_of([("JPN", number)]) for number in numbers}) == 1


@pytest.mark.parametrize("read", [positions, flows], ids=["imf", "oecd"])
def test_any_bytes_are_read_or_refused(read: Callable[[Any], ParsedFile]) -> None:
    @given(st.binary(max_size=200))
    def check(payload: bytes) -> None:
        with pytest.raises(FileRefused):
            read(payload)

    check()


@given(st.sampled_from(HEADER), st.text(max_size=12), st.integers(0, 2))
def test_a_table_with_any_cell_replaced_is_counted_or_refused(
    column: str, text: str, place: int
) -> None:
    lines = [LINE | {"TIME_PERIOD": str(year)} for year in (2021, 2022, 2023)]
    lines[place][column] = text
    try:
        parsed = flows(table(*lines))
    except FileRefused:
        return
    assert parsed.rows_read == parsed.rows_kept + len(parsed.rejects) == 3
    stored = [cell for block in parsed.tables for row in block.rows for cell in row]
    assert not any("\0" in cell for cell in stored if isinstance(cell, str))


LEAVES = [
    "data/structures/0/dimensions/series/3/values", "data/structures/0/dimensions/series",
    "data/structures/0/dimensions/observation", "data/structures/0/attributes/observation",
    "data/structures/0/attributes", "data/structures/0/measures/observation", "data/dataSets",
    "data/dataSets/0/series", f"{SERIES}/0:0:0:0:0/observations", f"{SERIES}/0:0:0:1:0",
    f"{SERIES}/0:0:0:1:0/observations/1", "data/structures/0/links", "data",
]  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["0", "1", "id", "value", "values", "0:0"]), inner, max_size=3),  # noqa: E501
    max_leaves=6,
)  # fmt: skip


@given(st.sampled_from(LEAVES), JSON)
def test_a_message_with_any_part_replaced_is_counted_or_refused(path: str, value: Any) -> None:
    payload = json.dumps(changed(path, value)).encode()
    try:
        message = read_message(payload, file_name="f")
        parsed = imf.parse_positions(payload, country="VNM", vintage_date=TODAY, file_name="f")
    except FileRefused:
        return
    assert parsed.rows_read == parsed.rows_kept + len(parsed.rejects) == len(message.observations)
