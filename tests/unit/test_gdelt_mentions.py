from datetime import UTC, datetime, timedelta

import pytest
from gdelt_rows import MENTIONS, SLOT, lines_of, mention, table

from tiengvang.sources import gdelt, gdelt_mentions


def parse(*rows):
    return gdelt_mentions.parse(*lines_of(MENTIONS, *rows))


def stamp(moment):
    return moment.strftime("%Y%m%d%H%M%S")


def test_a_mention_becomes_one_row():
    parsed = parse(mention(7, c1="20260720010000", c4="Paper.Example"))
    assert table(parsed, "mentions") == [
        {
            "slot_at": SLOT,
            "stream": "english",
            "line_number": 1,
            "global_event_id": 7,
            "event_slot_at": datetime(2026, 7, 20, 1, tzinfo=UTC),
            "mention_type": 1,
            "outlet_domain": "paper.example",
            "url": "https://paper.example/story?id=1",
            "sentence_number": 3,
            "is_in_raw_text": True,
            "confidence_percent": 80,
            "document_tone": -2.5,
            "language_code_iso639_3": "eng",
        }
    ]


@pytest.mark.parametrize(
    ("lateness", "is_kept"),
    [
        (timedelta(0), True),
        (timedelta(days=7), True),
        (timedelta(days=7, seconds=1), False),
        (timedelta(days=365), False),
        (-timedelta(minutes=15), True),
    ],
)
def test_a_mention_is_a_candidate_for_seven_days(lateness, is_kept):
    parsed = parse(mention(c1=stamp(SLOT - lateness)))
    assert parsed.rows_kept == is_kept
    (totals,) = table(parsed, "mention_totals")
    assert (totals["mentions"], totals["too_late_mentions"]) == (1, not is_kept)


def test_rejects_are_not_counted_and_lines_keep_their_numbers():
    parsed = parse(mention(1), b"x", mention(2), mention(3, c1="20260101000000"))
    (totals,) = table(parsed, "mention_totals")
    assert (totals["mentions"], totals["too_late_mentions"]) == (3, 1)
    assert [row["line_number"] for row in table(parsed, "mentions")] == [1, 3]
    assert [(r.line_number, r.reason) for r in parsed.rejects] == [(2, "1 columns, expected 16")]


def test_an_event_can_be_mentioned_twice_in_one_file():
    assert parse(mention(1), mention(1)).rows_kept == 2


@pytest.mark.parametrize(
    ("info", "code"),
    [
        ("", "eng"),
        ("srclc:vie;eng:GT-VIE 1.0", "vie"),
        ("srclc:fra;eng:Moses 2.1.1 / MosesCore Europarl fr-en / GT-FRA 1.0", "fra"),
        ('ABC;"GT-ARA 1.0";', "und"),
    ],
)
def test_the_language_is_the_source_language(info, code):
    rows = table(parse(mention(1, c14=info), mention(2, c14=info)), "mentions")
    assert [row["language_code_iso639_3"] for row in rows] == [code, code]


@pytest.mark.parametrize(
    ("source", "url", "domain"),
    [
        ("", "https://user@www.Some.Example:8080/x", "some.example"),
        ("", "A citation", "unknown"),
        (" ", "http://a.example", "a.example"),
        ("BBC Monitoring", "A citation", "bbc monitoring"),
    ],
)
def test_an_outlet_without_a_name_is_that_of_the_address(source, url, domain):
    rows = table(parse(mention(c4=source, c5="http://other.example/"), mention(c4=source, c5=url)),
                 "mentions")  # fmt: skip
    assert rows[1]["outlet_domain"] == domain


def test_what_is_missing_is_null():
    (row,) = table(parse(mention(c6="", c10="", c11="", c13="")), "mentions")
    nulls = {name for name, value in row.items() if value is None}
    assert nulls == {"sentence_number", "is_in_raw_text", "confidence_percent", "document_tone"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"c0": "x"}, "GLOBALEVENTID is malformed"),
        ({"c1": "2026"}, "EventTimeDate is malformed"),
        ({"c1": "20261301000000"}, "EventTimeDate is no instant of the calendar"),
        ({"c2": "20260721084500"}, "MentionTimeDate is not the file's slot"),
        ({"c3": "12"}, "MentionType is malformed"),
        ({"c4": "a" * 254}, "MentionSourceName is malformed"),
        ({"c6": "9999999999"}, "SentenceID is malformed"),
        ({"c10": "-1"}, "InRawText is malformed"),
        ({"c11": "1000"}, "Confidence is malformed"),
        ({"c13": "NaN"}, "MentionDocTone is malformed"),
        ({"c15": "a\tb"}, "17 columns, expected 16"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_reject(changes, reason):
    parsed = parse(mention(1), mention(2, **changes))
    assert [(reject.line_number, reject.reason) for reject in parsed.rejects] == [(2, reason)]
    assert (parsed.rows_read, parsed.rows_kept) == (2, 1)


def test_an_empty_file_counts_no_mentions():
    parsed = gdelt.parse(*lines_of(MENTIONS))
    assert parsed.rows_read == 0
    assert table(parsed, "mention_totals") == [
        {"slot_at": SLOT, "stream": "english", "mentions": 0, "too_late_mentions": 0}
    ]
