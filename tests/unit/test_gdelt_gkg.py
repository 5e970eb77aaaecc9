import pytest
from gdelt_rows import GKG, SLOT, STAMP, document, lines_of, place, table

from tiengvang.sources import gdelt, gdelt_gkg
from tiengvang.sources.gdelt import source_file


def parse(*rows):
    return gdelt_gkg.parse(*lines_of(GKG, *rows))


def places(*codes):
    return ";".join(place(1, code, code) for code in codes)


def test_a_document_becomes_one_row():
    parsed = parse(document(4, c25="srclc:vie;eng:GT-VIE 1.0"))
    assert table(parsed, "documents") == [
        {
            "record_id": f"{STAMP}-4",
            "slot_at": SLOT,
            "stream": "english",
            "outlet_domain": "paper.example",
            "url": "https://paper.example/1",
            "title": "Thành phố",
            "language_code_iso639_3": "vie",
            "tone": 1.5,
            "tone_positive": 3.0,
            "tone_negative": 1.5,
            "polarity": 4.5,
            "activity_density": 20.0,
            "self_group_density": 0.5,
            "word_count": 100,
            "theme_codes": ["ECON_FDI", "TOURISM", "TRADE"],
        }
    ]
    by_country = [
        (row["country_code_fips"], row["place_mentions"], row["has_subnational_place"])
        for row in table(parsed, "document_places")
    ]
    assert by_country == [("JA", 1, False), ("VM", 2, True)]


@pytest.mark.parametrize(
    ("field", "mentions"),
    [
        (place(1, "SF", "VM"), {"VM": 1}),
        (place(4, "RS", "VM44"), {"VM": 1}),
        (place(1, "VM", "TH"), {"TH": 1}),
        (place(1, "VM", ""), {"VM": 1}),
        (place(1, "", "VM"), {"VM": 1}),
        (place(1, "VM", "VM") + "#extra", {"VM": 1}),
        ("1#Vietnam#VM;1#Viet", {"VM": 1}),
        ("1#Vietnam#V", {}),
        ("1#Vietnam#VM#", {"VM": 1}),
        ("1#Viet#nam#VM#VM#1#2#3#4;" + place(1, "VM", "VM"), {"VM": 1}),
        (place(1, "VNM", "VNM"), {}),
        (place(1, "vm", "vm"), {}),
        (place(1, "VM", "VM") + ";", {"VM": 1}),
        (place(1, "VM", "VM", name="") + ";;" + place(3, "US", "USIL"), {"VM": 1, "US": 1}),
        ("", {}),
    ],
)
def test_the_country_of_a_place_is_read_from_the_left_and_adm1_wins(field, mentions):
    assert gdelt_gkg.count_mentions(field.encode()) == {
        code.encode(): count for code, count in mentions.items()
    }


@pytest.mark.parametrize(
    ("kind", "is_below"), [(1, False), (2, True), (3, True), (4, True), (5, True)]
)
def test_a_place_below_the_country_is_noticed(kind, is_below):
    parsed = parse(document(c10=place(kind, "VM", "VM44")))
    (row,) = table(parsed, "document_places")
    assert row["has_subnational_place"] is is_below


@pytest.mark.parametrize(
    ("codes", "principal", "compared"),
    [
        (["VM"], "none", []),
        (["VM", "VM"], "VM", ["VM"]),
        (["VM", "VM", "JA"], "VM", ["VM"]),
        (["VM"] * 2 + ["US"] * 6, "US", ["VM"]),
        (["VM"] * 2 + ["US"] * 7, "US", []),
        (["VM", "VM", "TH", "TH"], "TH", ["TH", "VM"]),
        (["US", "US", "FR", "FR", "BR", "BR", "VM", "VM"], "BR", ["FR", "VM"]),
        (["VM", "VM", "TH", "US", "GM", "CH", "UK", "IT", "SP"], "none", []),
        (["VM", "VM", "TH", "US", "GM", "CH", "UK", "IT"], "VM", ["VM"]),
        ([], "none", []),
    ],
)
def test_salience_gives_the_principal_and_the_compared_countries(codes, principal, compared):
    parsed = parse(document(c10=places(*codes)))
    (totals,) = table(parsed, "outlet_totals")
    assert (totals["principal_country_code_fips"], totals["documents"]) == (principal, 1)
    salient = table(parsed, "outlet_country_totals")
    assert [row["country_code_fips"] for row in salient] == compared
    assert all(row["salient_documents"] == 1 for row in salient)


def test_the_mended_country_is_the_watched_one():
    parsed = parse(document(c10=places("FR") + ";" + place(1, "YM", "VM")))
    assert parsed.rows_kept == 1
    assert parse(document(c10=place(1, "VM", "RS"))).rows_kept == 0


def test_totals_are_of_every_document():
    parsed = parse(
        document(0, c15="1.5,3,1.5,4.5,20,0.5,100"),
        document(1, c15="-2,3,5,8,20,0.5,80", c3="PAPER.example"),
        document(2, c15="9,9,0,9,20,0.5,79"),
        document(3, c15=""),
        document(4, c15="9,9,0,9,20,0.5"),
        document(5, c15="0.5,1,0.5,1.5,20,0.5,200", c10=""),
    )
    keys = ("outlet_domain", "principal_country_code_fips", "documents", "documents_80_words")
    sums = ("words", "tone_sum", "tone_square_sum")
    found = [tuple(row[key] for key in keys + sums) for row in table(parsed, "outlet_totals")]
    assert found == [
        ("paper.example", "VM", 5, 2, 259, -0.5, 6.25),
        ("paper.example", "none", 1, 1, 200, 0.5, 0.25),
    ]
    assert (parsed.rows_read, parsed.rows_kept) == (6, 5)
    (salient,) = table(parsed, "outlet_country_totals")
    assert (salient["country_code_fips"], salient["salient_documents"]) == ("VM", 5)


def test_a_missing_tone_is_null_and_an_old_one_has_no_word_count():
    first, second = table(
        parse(document(0, c15=""), document(1, c15="9,9,0,9,20,0.5")), "documents"
    )
    assert (first["tone"], first["polarity"], first["word_count"]) == (None, None, None)
    assert (second["tone"], second["self_group_density"], second["word_count"]) == (9.0, 0.5, None)


@pytest.mark.parametrize(
    ("extras", "title"),
    [
        ("", None),
        ("<PAGE_TITLE></PAGE_TITLE>", None),
        (
            "<PAGE_LINKS>a&b</PAGE_LINKS><PAGE_TITLE> A  &quot;title&quot; </PAGE_TITLE>",
            'A "title"',
        ),
        ("<PAGE_TITLE>AT&T &bogus; &#x2013; x</PAGE_TITLE>", "AT&T &bogus; \u2013 x"),
        ("<PAGE_TITLE>a&#10;b&#xA0;c\x85d</PAGE_TITLE>", "a b c d"),
        ("<PAGE_TITLE>a&#7;b\x9bc&#0;</PAGE_TITLE>", "abc\ufffd"),
        ("<PAGE_TITLE>never closed", None),
        ("<PAGE_TITLE>first</PAGE_TITLE><PAGE_TITLE>second</PAGE_TITLE>", "first"),
    ],
)
def test_the_title_is_unescaped_on_one_line(extras, title):
    (row,) = table(parse(document(c26=extras)), "documents")
    assert row["title"] == title


def test_only_codes_are_themes():
    (row,) = table(
        parse(document(c7="WB_133_X;;Jane Doe;TAX", c8="TAX,1;<b>,2;jane,3;LAST")), "documents"
    )
    assert row["theme_codes"] == ["LAST", "TAX", "WB_133_X"]


@pytest.mark.parametrize(
    ("name", "url", "domain"),
    [
        ("", "https://www.Some.example/1", "some.example"),
        ("", "a citation", "unknown"),
        ("BBC Monitoring", "as listed", "bbc monitoring"),
    ],
)
def test_an_outlet_without_a_name_is_that_of_the_address(name, url, domain):
    parsed = parse(document(0, c3=name), document(1, c3=name, c4=url))
    assert table(parsed, "documents")[1]["outlet_domain"] == domain
    assert domain in {row["outlet_domain"] for row in table(parsed, "outlet_totals")}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"c0": "20260721084500-1"}, "GKGRECORDID is none of this file's slot and stream"),
        ({"c0": f"{STAMP}-T1"}, "GKGRECORDID is none of this file's slot and stream"),
        ({"c0": f"{STAMP}-0"}, "GKGRECORDID repeats one above"),
        ({"c1": "20260721084500"}, "DATE is not the file's slot"),
        ({"c3": "a" * 254}, "SourceCommonName is longer than 253"),
        ({"c15": "nan,1,1,1,1,1,1"}, "V2Tone is malformed"),
        ({"c15": "1,1,1,1,1,1,1.5"}, "V2Tone is malformed"),
        ({"c15": "1,1,1"}, "V2Tone is malformed"),
        ({"c26": "a\tb"}, "28 columns, expected 27"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_reject(changes, reason):
    parsed = parse(document(0), document(1, **changes))
    assert [(reject.line_number, reject.reason) for reject in parsed.rejects] == [(2, reason)]
    assert (parsed.rows_read, parsed.rows_kept) == (2, 1)
    assert sum(row["documents"] for row in table(parsed, "outlet_totals")) == 1


def test_a_translated_record_belongs_to_the_translation_stream():
    file = source_file("gkg", "translation", SLOT)
    parsed = gdelt.parse(*lines_of(file, document(0, c0=f"{STAMP}-T0")))
    assert table(parsed, "documents")[0]["stream"] == "translation"


def test_quotes_do_not_merge_rows():
    parsed = parse(document(0, c22='"open'), document(1), document(2, c8='THEME",12'))
    assert (parsed.rows_read, parsed.rows_kept) == (3, 3)


def test_broken_bytes_are_counted_where_they_are_kept():
    broken = document(0).replace(b"https://paper.example/1", b"https://paper.example/\xff")
    unseen = document(1, c10="").replace(b"https://paper.example/1", b"https://paper.example/\xff")
    parsed = parse(broken, unseen)
    assert table(parsed, "documents")[0]["url"] == "https://paper.example/\ufffd"
    assert parsed.bytes_replaced == 1


def test_nul_bytes_are_removed_and_counted():
    parsed = parse(document(0).replace(b"Th&#xE0;nh", b"Th\0anh\0"))
    assert table(parsed, "documents")[0]["title"] == "Thanh phố"
    assert parsed.notes == {"nul_bytes_removed": 2}


def test_an_empty_file_has_no_rows():
    parsed = gdelt.parse(*lines_of(GKG))
    assert (parsed.rows_read, [len(rows.rows) for rows in parsed.tables]) == (0, [0, 0, 0, 0])
