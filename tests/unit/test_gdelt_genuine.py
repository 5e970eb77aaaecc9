"""The parsers on every genuine file, against a slow second reading written from the design."""

import html
import re
import zipfile
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache

import pytest
from gdelt_rows import WATCHLIST, check_schema, file_named, genuine_folder, table

from tiengvang.errors import SchemaDrift
from tiengvang.sources import gdelt

pytestmark = pytest.mark.real_data

# Rows read and rows kept with the tests' watch-list: Vietnam and five peers.
WHOLE_FILES = {
    "20150218230000.export.CSV": (2271, 41),
    "20250115141500.export.CSV": (2052, 71),
    "20250115143000.export.CSV": (1568, 69),
    "20250115144500.export.CSV": (1448, 101),
    "20250115150000.export.CSV": (2082, 59),
    "20250115151500.export.CSV": (1050, 12),
    "20250115153000.export.CSV": (1759, 88),
    "20260721081500.translation.export.CSV.zip": (825, 50),
    "20260721081500.translation.gkg.csv.zip": (300, 47),
    "20260721081500.translation.mentions.CSV.zip": (1475, 1471),
    "20260721083000.export.CSV.zip": (898, 66),
    "20260721083000.gkg.csv.zip": (300, 22),
    "20260721083000.mentions.CSV.zip": (2415, 2411),
}
# Samples hold rows of two slots each: every slot is read as a file of its own.
SAMPLES = {
    f"{table_name}-{stream}-100rows.csv": (table_name, stream)
    for table_name in gdelt.TABLES
    for stream in ("en", "translation")
}
CASES = [*WHOLE_FILES, *(f"{name}:{part}" for name in SAMPLES for part in (0, 1))]
TIME_COLUMN = {"export": 59, "mentions": 2, "gkg": 1}


@cache
def load(case):
    """The file, its bytes, and its rows split without any rule of quoting."""
    name, _, part = case.partition(":")
    if not part:
        path = genuine_folder() / "slots" / name
        file = file_named(name)
        if name.endswith(".zip"):
            with zipfile.ZipFile(path) as archive:
                data = archive.read(archive.namelist()[0])
        else:
            data = path.read_bytes()
    else:
        table_name, stream = SAMPLES[name]
        lines = (genuine_folder() / "samples" / name).read_bytes().splitlines(keepends=True)
        column = TIME_COLUMN[table_name]
        stamps = sorted({line.split(b"\t")[column] for line in lines})
        assert len(stamps) == 2
        stamp = stamps[int(part)]
        data = b"".join(line for line in lines if line.split(b"\t")[column] == stamp)
        slot_at = datetime.strptime(stamp.decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        file = gdelt.source_file(
            table_name, "translation" if stream == "translation" else "english", slot_at
        )
    rows = [line.split("\t") for line in data.decode("utf-8").split("\n")[:-1]]
    return file, data, rows


def cases_of(table_name):
    return [case for case in CASES if table_name in case]


@pytest.mark.parametrize("case", CASES)
def test_every_genuine_row_is_read(case):
    file, data, rows = load(case)
    parsed = gdelt.parse(file, data, WATCHLIST)
    assert parsed.rejects == ()
    assert (parsed.bytes_replaced, parsed.notes) == (0, {})
    assert parsed.rows_read == len(rows) == WHOLE_FILES.get(case, (50,))[0]
    check_schema(parsed)
    if case in WHOLE_FILES:
        assert parsed.rows_kept == WHOLE_FILES[case][1]


def number(text, kind=float):
    return kind(text) if text else None


@pytest.mark.parametrize("case", cases_of("export"))
def test_events_equal_a_second_reading(case):
    file, data, rows = load(case)
    parsed = gdelt.parse(file, data, WATCHLIST)
    kept = []
    totals = defaultdict(lambda: [0, 0])
    for row in rows:
        totals[int(row[29])][0] += 1
        is_pair = row[7] != "" and row[17] != "" and row[7] != row[17]
        totals[int(row[29])][1] += int(row[25] == "1" and is_pair)
        if {row[7], row[17]} & WATCHLIST.watched_cameo or (
            {row[37], row[45], row[53]} & WATCHLIST.watched_fips
        ):
            kept.append(row)
    found = table(parsed, "events")
    assert [event["global_event_id"] for event in found] == [int(row[0]) for row in kept]
    for event, row in zip(found, kept, strict=True):
        assert event["event_date"].strftime("%Y%m%d") == row[1]
        assert event["is_root_event"] == (row[25] == "1")
        assert [event[f"event_{kind}code"] for kind in ("", "base_", "root_")] == row[26:29]
        counts = [event[f"num_{kind}"] for kind in ("mentions", "sources", "articles")]
        assert counts == [int(value) for value in row[31:34]]
        assert (event["goldstein_scale"], event["tone_mean"]) == (float(row[30]), float(row[34]))
        for actor, start in (("actor1", 7), ("actor2", 17)):
            assert event[f"{actor}_country_code_cameo"] == (row[start] or None)
            assert event[f"{actor}_type_codes"] == [c for c in row[start + 5 : start + 8] if c]
        assert event["actor1_geo_country_code_fips"] == (row[37] or None)
        assert event["actor2_geo_country_code_fips"] == (row[45] or None)
        assert event["action_geo_type"] == int(row[51])
        assert event["action_geo_country_code_fips"] == (row[53] or None)
        assert event["action_geo_adm1_code"] == (row[54] or None)
        assert event["action_geo_feature_id"] == (row[58] or None)
        assert event["action_geo_latitude"] == number(row[56])
        assert event["action_geo_longitude"] == number(row[57])
        assert event["url"] == row[60]
        assert (event["outlet_domain"] is None) == (not row[60].startswith("http"))
        assert (event["slot_at"], event["stream"]) == (file.slot_at, file.stream)
    expected = [(file.slot_at, file.stream, quad, *totals[quad]) for quad in sorted(totals)]
    assert list(parsed.tables[1].rows) == expected


@pytest.mark.parametrize("case", cases_of("mentions"))
def test_mentions_equal_a_second_reading(case):
    file, data, rows = load(case)
    parsed = gdelt.parse(file, data, WATCHLIST)
    expected, late = [], 0
    for line_number, row in enumerate(rows, start=1):
        seen_at = datetime.strptime(row[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        if file.slot_at - seen_at > timedelta(days=7):
            late += 1
            continue
        source = re.match("srclc:(...);", row[14])
        expected.append(
            (
                file.slot_at, file.stream, line_number, int(row[0]), seen_at, int(row[3]),
                row[4].lower(), row[5], int(row[6]), row[10] == "1", int(row[11]), float(row[13]),
                source[1] if source else "eng",
            )
        )  # fmt: skip
    assert list(parsed.tables[0].rows) == expected
    assert list(parsed.tables[1].rows) == [(file.slot_at, file.stream, len(rows), late)]


def countries(field):
    """Mentions by country and the countries with a place below them, block by block."""
    mentions, below = Counter(), set()
    for block in filter(None, field.split(";")):
        parts = block.split("#")
        assert len(parts) == 9
        country = parts[3][:2] or parts[2]
        if country:
            mentions[country] += 1
            if parts[0] != "1":
                below.add(country)
    return mentions, below


def about(mentions):
    """Countries of a salience of 0.25 with two mentions, highest first."""
    everything = sum(mentions.values())
    found = [c for c, n in mentions.items() if n >= 2 and Fraction(n, everything) >= Fraction(1, 4)]
    return sorted(sorted(found), key=lambda country: -mentions[country])


@pytest.mark.parametrize("case", cases_of("gkg"))
def test_totals_of_documents_equal_a_second_reading(case):
    file, data, rows = load(case)
    parsed = gdelt.parse(file, data, WATCHLIST)
    totals = defaultdict(lambda: [0, 0, 0, 0.0, 0.0])
    salient = Counter()
    for row in rows:
        found = about(countries(row[10])[0])
        tone = row[15].split(",")
        entry = totals[row[3].lower(), found[0] if found else "none"]
        entry[0] += 1
        entry[2] += int(tone[6])
        if int(tone[6]) >= 80:
            entry[1] += 1
            entry[3] += float(tone[0])
            entry[4] += float(tone[0]) ** 2
        salient.update((row[3].lower(), c) for c in found if c in WATCHLIST.compared_fips)
    measured = {tuple(row[2:4]): list(row[4:]) for row in parsed.tables[2].rows}
    assert measured.keys() == totals.keys()
    for key, values in totals.items():
        assert measured[key] == pytest.approx(values)
    assert {tuple(row[2:4]): row[4] for row in parsed.tables[3].rows} == dict(salient)
    assert sum(row[4] for row in parsed.tables[2].rows) == len(rows)


@pytest.mark.parametrize("case", cases_of("gkg"))
def test_kept_documents_equal_a_second_reading(case):
    file, data, rows = load(case)
    parsed = gdelt.parse(file, data, WATCHLIST)
    kept = [row for row in rows if countries(row[10])[0].keys() & WATCHLIST.watched_fips]
    documents = table(parsed, "documents")
    assert [document["record_id"] for document in documents] == [row[0] for row in kept]
    for document, row in zip(documents, kept, strict=True):
        assert (document["outlet_domain"], document["url"]) == (row[3].lower(), row[4])
        tone = [document[name] for name in parsed.tables[0].columns[7:14]]
        assert tone == [float(value) for value in row[15].split(",")]
        assert document["tone"] == pytest.approx(
            document["tone_positive"] - document["tone_negative"], abs=1e-6
        )
        codes = {*row[7].split(";"), *(theme.split(",")[0] for theme in row[8].split(";"))}
        assert document["theme_codes"] == sorted(codes - {""})
        source = re.match("srclc:(...);", row[25])
        assert document["language_code_iso639_3"] == (source[1] if source else "eng")
        page = row[26].partition("<PAGE_TITLE>")[2].partition("</PAGE_TITLE>")[0]
        assert document["title"] == (" ".join(html.unescape(page).split()) or None)
    expected = [
        (row[0], country, mentions[country], country in below)
        for row in kept
        for mentions, below in [countries(row[10])]
        for country in sorted(mentions)
    ]
    places = [(row[0], *row[3:]) for row in parsed.tables[1].rows]
    assert places == expected


def test_the_old_coding_of_vietnam_is_mended():
    kept = mended = 0
    for case in cases_of("gkg-translation"):
        file, data, rows = load(case)
        for row in table(gdelt.parse(file, data, WATCHLIST), "document_places"):
            kept += row["country_code_fips"] == "VM"
        for row in rows:
            mended += len(re.findall("#(?:SF|RS|YM)#VM[0-9]*#", row[10]))
    assert mended > 0
    assert kept > 0


@pytest.mark.parametrize("case", cases_of("export") + cases_of("gkg"))
def test_no_person_of_a_genuine_file_is_stored(case):
    file, data, rows = load(case)
    personal = {"export": (6, 16), "gkg": (12, 23)}[file.table_name]
    published = {"export": (60,), "gkg": (3, 4, 26)}[file.table_name]
    stored = repr(gdelt.parse(file, data, WATCHLIST)).lower()
    # A name of two words can stand in a title or an address, which are kept as published.
    names = {
        name.split(",")[0].strip()
        for row in rows
        for column in personal
        for name in row[column].split(";")
        if " " in name
    }
    titles = " ".join(html.unescape(row[column]) for row in rows for column in published).lower()
    hidden = {name.lower() for name in names if name and name.lower() not in titles}
    assert hidden
    assert not {name for name in hidden if name in stored}


def test_a_sample_that_another_tool_has_quoted_is_drift_and_its_rows_are_not_merged():
    data = (genuine_folder() / "samples" / "gkg-5rows.csv").read_bytes()
    file = gdelt.source_file("gkg", "english", datetime(2024, 4, 30, 0, 15, tzinfo=UTC))
    with pytest.raises(SchemaDrift, match="5 of 5 rows cannot be read"):
        gdelt.parse(file, data, WATCHLIST)
