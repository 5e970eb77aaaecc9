"""GDELT GKG: documents that place a watched country, and totals of every document."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from io import BytesIO
from typing import Any

from tiengvang.sources.gdelt_fields import (
    FLOAT,
    MAX_OUTLET_LENGTH,
    Decoder,
    language,
    notes,
    outlet,
    read_rows,
    slot_stamp,
    without_nul,
    wrong_width,
)
from tiengvang.sources.gdelt_places import count_mentions, salient, subnational
from tiengvang.sources.records import ParsedFile, Rows, SourceFile
from tiengvang.watchlist import Watchlist

MIN_WORDS = 80
NO_COUNTRY = b"none"

COLUMNS = (
    "GKGRECORDID", "DATE", "SourceCollectionIdentifier", "SourceCommonName", "DocumentIdentifier",
    "V1Counts", "V2Counts", "V1Themes", "V2Themes", "V1Locations", "V2Locations", "V1Persons",
    "V2Persons", "V1Organizations", "V2Organizations", "V2Tone", "V2Dates", "V2GCAM",
    "SharingImage", "RelatedImages", "SocialImageEmbeds", "SocialVideoEmbeds", "Quotations",
    "AllNames", "Amounts", "TranslationInfo", "V2Extras",
)  # fmt: skip
DOCUMENT_COLUMNS = (
    "record_id", "slot_at", "stream", "outlet_domain", "url", "title", "language_code_iso639_3",
    "tone", "tone_positive", "tone_negative", "polarity", "activity_density",
    "self_group_density", "word_count", "theme_codes",
)  # fmt: skip
PLACE_COLUMNS = (
    "record_id", "slot_at", "stream", "country_code_fips", "place_mentions",
    "has_subnational_place",
)  # fmt: skip
TOTAL_COLUMNS = (
    "slot_at", "stream", "outlet_domain", "principal_country_code_fips", "documents",
    "documents_80_words", "words", "tone_sum", "tone_square_sum",
)  # fmt: skip
COUNTRY_TOTAL_COLUMNS = (
    "slot_at", "stream", "outlet_domain", "country_code_fips", "salient_documents",
)  # fmt: skip

_WIDTH = len(COLUMNS)
_RECORD, _DATE, _OUTLET, _URL = map(
    COLUMNS.index, ("GKGRECORDID", "DATE", "SourceCommonName", "DocumentIdentifier")
)
_THEMES, _THEMES_2, _PLACES, _TONE, _GCAM, _TRANSLATION, _EXTRAS = map(
    COLUMNS.index,
    ("V1Themes", "V2Themes", "V2Locations", "V2Tone", "V2GCAM", "TranslationInfo", "V2Extras"),
)

# The codebook names six values; genuine rows have a seventh, the word count.
_match_tone = re.compile(
    ",".join([f"({FLOAT})"] * 6).encode() + rb"(?:,([0-9]{1,9}))?"
).fullmatch  # fmt: skip
_find_title = re.compile(rb"<PAGE_TITLE>(.*?)</PAGE_TITLE>").search
# Anything else in these columns is damage, and may be text of a neighbouring personal field.
_is_theme = re.compile(rb"[A-Z0-9_]{1,200}").fullmatch
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def parse(file: SourceFile, data: bytes, watchlist: Watchlist) -> ParsedFile:
    """Read one inflated ``gkg`` file.

    A document is kept if one of its places lies in a watched country. Every document counts once
    in the totals, under its principal country: the one with most place mentions among those with
    at least two and a quarter of all, the alphabetically first of equals, else ``none``. Words
    are those of all documents; tone sums are those of documents of at least 80 words.
    """
    data, nul_bytes = without_nul(data)
    reader = _Reader(file, watchlist)
    # As bytes: of most rows only a few short fields are ever looked at.
    rows_read, rejects = read_rows(BytesIO(data), reader.take)
    return ParsedFile(
        rows_read=rows_read,
        rows_kept=len(reader.documents),
        tables=(
            Rows("raw.gdelt__documents", DOCUMENT_COLUMNS, reader.documents),
            Rows("raw.gdelt__document_places", PLACE_COLUMNS, reader.places),
            Rows("raw.gdelt__outlet_totals", TOTAL_COLUMNS, reader.outlet_totals()),
            Rows(
                "raw.gdelt__outlet_country_totals",
                COUNTRY_TOTAL_COLUMNS,
                reader.outlet_country_totals(),
            ),
        ),
        rejects=rejects,
        bytes_replaced=reader.text.replaced,
        notes=notes(nul_bytes_removed=nul_bytes),
    )


class _Reader:
    def __init__(self, file: SourceFile, watchlist: Watchlist) -> None:
        self.file = file
        self.stamp = slot_stamp(file.slot_at).encode()
        marker = b"T" if file.stream == "translation" else b""
        self.is_record_id = re.compile(rb"%b-%b[0-9]{1,9}" % (self.stamp, marker)).fullmatch
        self.watched = frozenset(code.encode() for code in watchlist.watched_fips)
        self.compared = frozenset(code.encode() for code in watchlist.compared_fips)
        self.text = Decoder()
        self.seen: set[bytes] = set()
        self.documents: list[tuple[Any, ...]] = []
        self.places: list[tuple[Any, ...]] = []
        # By outlet and country; the values are in the order of their columns.
        self.totals: defaultdict[tuple[str, bytes], list[float]]
        self.totals = defaultdict(lambda: [0, 0, 0, 0.0, 0.0])
        self.salient: defaultdict[tuple[str, bytes], int] = defaultdict(int)
        self.outlets: dict[bytes, str] = {}

    def take(self, _number: int, line: bytes) -> str | None:
        """Count a document, keep it if it is watched; or give the reason why it cannot be read."""
        row = _split(line)
        if len(row) != _WIDTH:
            return wrong_width(line.count(b"\t") + 1, _WIDTH)
        record_id = row[_RECORD]
        if not self.is_record_id(record_id):
            return "GKGRECORDID is none of this file's slot and stream"
        if record_id in self.seen:
            return "GKGRECORDID repeats one above"
        if row[_DATE] != self.stamp:
            return "DATE is not the file's slot"
        tone = _match_tone(row[_TONE])
        if tone is None and row[_TONE]:
            return "V2Tone is malformed"
        domain = self.outlets.get(row[_OUTLET]) or self._learn_outlet(row[_OUTLET], row[_URL])
        if len(domain) > MAX_OUTLET_LENGTH:
            return f"SourceCommonName is longer than {MAX_OUTLET_LENGTH}"
        self.seen.add(record_id)
        mentions = count_mentions(row[_PLACES])
        self._count(domain, salient(mentions), tone)
        if not self.watched.isdisjoint(mentions):
            self._keep(row, domain, tone, mentions)
        return None

    def _learn_outlet(self, name: bytes, url: bytes) -> str:
        domain = outlet(self.text(name), "" if name else url.decode(errors="replace"))
        if name:
            self.outlets[name] = domain
        return domain

    def _count(self, domain: str, about: list[bytes], tone: re.Match[bytes] | None) -> None:
        totals = self.totals[domain, about[0] if about else NO_COUNTRY]
        totals[0] += 1
        if tone and tone[7]:
            words = int(tone[7])
            totals[2] += words
            if words >= MIN_WORDS:
                value = float(tone[1])
                totals[1] += 1
                totals[3] += value
                totals[4] += value * value
        for country in about:
            if country in self.compared:
                self.salient[domain, country] += 1

    def _keep(
        self,
        row: list[bytes],
        domain: str,
        tone: re.Match[bytes] | None,
        mentions: dict[bytes, int],
    ) -> None:
        text, slot_at, stream = self.text, self.file.slot_at, self.file.stream
        record_id = row[_RECORD].decode("ascii")
        self.documents.append(
            (
                record_id,
                slot_at,
                stream,
                domain,
                text(row[_URL]),
                _title(text, row[_EXTRAS]),
                language(text(row[_TRANSLATION])),
                *_tone_values(tone),
                _themes(row[_THEMES], row[_THEMES_2]),
            )
        )
        below = subnational(row[_PLACES])
        self.places.extend(
            (
                record_id,
                slot_at,
                stream,
                country.decode("ascii"),
                mentions[country],
                country in below,
            )
            for country in sorted(mentions)
        )

    def outlet_totals(self) -> list[tuple[Any, ...]]:
        """Return one row per outlet and principal country."""
        slot_at, stream = self.file.slot_at, self.file.stream
        return [
            (slot_at, stream, domain, country.decode("ascii"), *self.totals[domain, country])
            for domain, country in sorted(self.totals)
        ]

    def outlet_country_totals(self) -> list[tuple[Any, ...]]:
        """Return one row per outlet and compared country."""
        slot_at, stream = self.file.slot_at, self.file.stream
        return [
            (slot_at, stream, domain, country.decode("ascii"), self.salient[domain, country])
            for domain, country in sorted(self.salient)
        ]


def _split(line: bytes) -> list[bytes]:
    """Return the fields of a row, V2GCAM left empty; another number of them if it has another width."""
    # GCAM is two thirds of a row and never read: find skips it, where split looks at every byte.
    row = line.split(b"\t", _GCAM)
    if len(row) > _GCAM:
        rest = row.pop()
        end = rest.find(b"\t")
        if end >= 0:
            row += (b"", *rest[end + 1 :].split(b"\t"))
    return row


def _tone_values(tone: re.Match[bytes] | None) -> tuple[float | None, ...]:
    """Return the seven values of V2Tone; a missing one is null, never 0."""
    if not tone:
        return (None,) * 7
    return *(float(tone[place]) for place in range(1, 7)), int(tone[7]) if tone[7] else None


def _title(text: Decoder, extras: bytes) -> str | None:
    """Return the page's title, unescaped, on one line and without control characters."""
    match = _find_title(extras)
    if not match:
        return None
    folded = " ".join(html.unescape(text(match[1])).split())
    return _CONTROL.sub("", folded).strip() or None


def _themes(themes: bytes, enhanced: bytes) -> list[str]:
    """Return the distinct codes of V1Themes (``A;B;``) and V2Themes (``A,12;B,40;``), sorted."""
    codes = set(themes.split(b";"))
    codes.update(code.partition(b",")[0] for code in enhanced.split(b";"))
    return sorted(code.decode("ascii") for code in codes if _is_theme(code))
