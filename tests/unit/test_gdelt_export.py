from datetime import date

import pytest
from gdelt_rows import EXPORT, SLOT, event, lines_of, table

from tiengvang.errors import SchemaDrift
from tiengvang.sources import gdelt, gdelt_export

FOREIGN = {"c7": "FRA", "c53": "FR"}


def parse(*rows):
    return gdelt_export.parse(*lines_of(EXPORT, *rows))


def test_an_event_becomes_one_row():
    parsed = parse(event(7, c12="GOV", c14="MIL", c22="BUS", c37="VM"))
    assert table(parsed, "events") == [
        {
            "global_event_id": 7,
            "slot_at": SLOT,
            "stream": "english",
            "event_date": date(2026, 7, 21),
            "is_root_event": True,
            "event_code": "042",
            "event_base_code": "042",
            "event_root_code": "04",
            "quad_class": 1,
            "goldstein_scale": 1.9,
            "num_mentions": 10,
            "num_sources": 2,
            "num_articles": 10,
            "tone_mean": -2.5,
            "actor1_country_code_cameo": "VNM",
            "actor1_type_codes": ["GOV", "MIL"],
            "actor2_country_code_cameo": "JPN",
            "actor2_type_codes": ["BUS"],
            "actor1_geo_country_code_fips": "VM",
            "actor2_geo_country_code_fips": None,
            "action_geo_type": 4,
            "action_geo_country_code_fips": "VM",
            "action_geo_adm1_code": "VM44",
            "action_geo_feature_id": "-3714993",
            "action_geo_latitude": 21.0333,
            "action_geo_longitude": 105.85,
            "url": "https://www.Paper.example/story?id=1",
            "outlet_domain": "paper.example",
        }
    ]
    assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (1, 1, ())


@pytest.mark.parametrize(
    ("changes", "is_kept"),
    [
        ({}, False),
        ({"c7": "VNM"}, True),
        ({"c17": "SGP"}, True),
        ({"c37": "VM"}, True),
        ({"c45": "SN"}, True),
        ({"c53": "RP"}, True),
        ({"c7": "VM"}, False),
        ({"c53": "VNM"}, False),
        ({"c53": "VN"}, False),
        ({"c5": "VNM", "c38": "VM44"}, False),
    ],
)
def test_watched_are_cameo_actors_and_fips_places(changes, is_kept):
    parsed = parse(event(**{**FOREIGN, **changes}))
    assert parsed.rows_kept == is_kept
    assert table(parsed, "event_totals")[0]["events"] == 1


def test_every_event_is_counted_by_quad_class():
    parsed = parse(
        event(1),
        event(2, **FOREIGN),
        event(3, **FOREIGN, c17="FRA"),
        event(4, **FOREIGN, c17=""),
        event(5, c25="0", c29="4"),
        event(6, c29=""),
    )
    totals = [
        (row["quad_class"], row["events"], row["root_pair_events"])
        for row in table(parsed, "event_totals")
    ]
    assert totals == [(0, 1, 1), (1, 4, 2), (4, 1, 0)]
    assert [row["quad_class"] for row in table(parsed, "events")] == [1, 4, 0]


def test_what_is_missing_is_null():
    parsed = parse(event(c1="", c17="", c30="", c34="", c51="", c54="", c56="", c57="", c58=""))
    (row,) = table(parsed, "events")
    nulls = {name for name, value in row.items() if value is None}
    assert nulls == {
        "event_date",
        "goldstein_scale",
        "tone_mean",
        "actor2_country_code_cameo",
        "actor1_geo_country_code_fips",
        "actor2_geo_country_code_fips",
        "action_geo_type",
        "action_geo_adm1_code",
        "action_geo_feature_id",
        "action_geo_latitude",
        "action_geo_longitude",
    }


def test_a_citation_has_no_outlet_domain():
    (row,) = table(parse(event(c60="A paper, London/Monitoring")), "events")
    assert (row["url"], row["outlet_domain"]) == ("A paper, London/Monitoring", None)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"c0": ""}, "GLOBALEVENTID is malformed"),
        ({"c0": "1_0"}, "GLOBALEVENTID is malformed"),
        ({"c0": "9" * 19}, "GLOBALEVENTID is malformed"),
        ({"c1": "2026072"}, "SQLDATE is malformed"),
        ({"c1": "20260231"}, "SQLDATE is no day of the calendar"),
        ({"c25": "2"}, "IsRootEvent is malformed"),
        ({"c29": "5"}, "QuadClass is malformed"),
        ({"c30": "nan"}, "GoldsteinScale is malformed"),
        ({"c31": ""}, "NumMentions is malformed"),
        ({"c32": "1.5"}, "NumSources is malformed"),
        ({"c33": "99999999999"}, "NumArticles is malformed"),
        ({"c34": "inf"}, "AvgTone is malformed"),
        ({"c51": "x"}, "ActionGeo_Type is malformed"),
        ({"c56": "48#"}, "ActionGeo_Lat is malformed"),
        ({"c57": "1e999"}, "ActionGeo_Long is malformed"),
        ({"c59": "20260721084500"}, "DATEADDED is not the file's slot"),
        ({"c59": "2026"}, "DATEADDED is malformed"),
        ({"c6": "A\tB"}, "62 columns, expected 61"),
    ],
)
@pytest.mark.parametrize("watched", [{}, FOREIGN])
def test_a_row_that_cannot_be_read_is_a_reject(changes, reason, watched):
    parsed = parse(event(1), event(**{"number": 2, **watched, **changes}))
    assert [(reject.line_number, reject.reason) for reject in parsed.rejects] == [(2, reason)]
    assert (parsed.rows_read, parsed.rows_kept) == (2, 1)


def test_the_later_of_two_equal_ids_is_a_reject():
    parsed = parse(event(1, c26="010"), event(1, c26="020"))
    assert [row["event_code"] for row in table(parsed, "events")] == ["010"]
    assert parsed.rejects[0].reason == "GLOBALEVENTID repeats one above"


def test_a_reject_does_not_take_the_id_of_a_good_row():
    parsed = parse(event(1, c59="20260721084500"), event(1))
    assert (parsed.rows_kept, len(parsed.rejects)) == (1, 1)


def test_quotes_are_text():
    parsed = parse(event(1, c6='"OPEN'), event(2, c16='CLOSED"'), event(3, c60='http://a.b/"'))
    assert (parsed.rows_read, parsed.rows_kept) == (3, 3)
    assert table(parsed, "events")[2]["url"] == 'http://a.b/"'


def test_only_newlines_end_a_row():
    parsed = parse(event(1, c60="http://a.b/\x0b\x0c\x1c\x85\u2028x"))
    assert (parsed.rows_read, parsed.rows_kept) == (1, 1)


def test_an_empty_line_is_a_reject_and_a_final_newline_is_not():
    file, data, watchlist = lines_of(EXPORT, event(1), b"", event(2))
    for text in (data, data[:-1]):
        parsed = gdelt_export.parse(file, text, watchlist)
        assert [(r.line_number, r.reason) for r in parsed.rejects] == [
            (2, "1 columns, expected 61")
        ]
        assert parsed.rows_read == 3


def test_an_empty_file_has_no_rows():
    parsed = gdelt.parse(*lines_of(EXPORT))
    assert (parsed.rows_read, parsed.rows_kept, parsed.rejects) == (0, 0, ())
    assert [len(rows.rows) for rows in parsed.tables] == [0, 0]


def test_broken_bytes_are_replaced_and_counted_and_nul_removed():
    data = event(1, c60="http://a.b/\ufffd") + b"\xff\xc3\0\n"
    parsed = gdelt_export.parse(EXPORT, data, lines_of(EXPORT)[2])
    assert table(parsed, "events")[0]["url"] == "http://a.b/\ufffd\ufffd\ufffd"
    assert (parsed.bytes_replaced, parsed.notes) == (2, {"nul_bytes_removed": 1})


def test_five_percent_of_rejects_are_taken_and_more_is_drift():
    good = [event(number) for number in range(19)]
    assert len(gdelt.parse(*lines_of(EXPORT, *good, b"x")).rejects) == 1
    with pytest.raises(
        SchemaDrift,
        match=r"^20260721083000\.export\.CSV\.zip: 1 of 19 rows cannot be read \(5\.3%\), expected"
        r" at most 5%; first in line 19: 1 columns, expected 61$",
    ):
        gdelt.parse(*lines_of(EXPORT, *good[:18], b"x"))
