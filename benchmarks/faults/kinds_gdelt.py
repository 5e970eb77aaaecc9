"""Faults of GDELT's files, as they were seen or as a change at the publisher would bring them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

from benchmarks.faults.days import FAULT_DAY
from benchmarks.faults.kinds import Kind
from benchmarks.faults.seeding import (
    Rows,
    change_cells,
    change_rows,
    put,
    read_text,
    slots,
    withdraw,
)

from tiengvang.local.world.archive import zip_bytes
from tiengvang.local.world.countries import COUNTRIES
from tiengvang.local.world.faults import TABLES, file_name
from tiengvang.sources.gdelt_gkg import COLUMNS
from tiengvang.windows import DAY, STREAMS

RECORD, OUTLET, URL = map(COLUMNS.index, ("GKGRECORDID", "SourceCommonName", "DocumentIdentifier"))
ISO_OF_FIPS = {country.fips: country.iso2 for country in COUNTRIES.values()}
FLOODING = "lakeshoreledger.example"
LOST_PEER = COUNTRIES["THA"].fips
_COUNTRY = re.compile(r"#([A-Z]{2})#([A-Z]{2})(?=[A-Z0-9]*#)")
Cells = dict[str, str]


def missing_hour(folder: Path) -> None:
    for slot, stream, table in product(slots(hours=(6,)), STREAMS, TABLES):
        withdraw(folder, file_name(slot, stream, table))


def nothing(folder: Path) -> None:
    """Leave the files as they are: nobody reads them."""


def truncated_zip(folder: Path) -> None:
    name = _one_name(0)
    put(folder, name, (folder / "gdeltv2" / name).read_bytes()[:2000])


def doubled_file(folder: Path) -> None:
    text = read_text(folder, _one_name(0))
    put(folder, _one_name(1), zip_bytes(_one_name(1).removesuffix(".zip"), text.encode()))


def dates_shifted(folder: Path) -> None:
    before = f"{FAULT_DAY - DAY:%Y%m%d}"
    change_cells(folder, "gkg", lambda row: {"DATE": before + row["DATE"][8:]})


def column_lost(folder: Path) -> None:
    change_rows(folder, "export", lambda rows: [row[:5] + row[6:] for row in rows])


def decimal_commas(folder: Path) -> None:
    change_cells(folder, "gkg", lambda row: {"V2Tone": row["V2Tone"].replace(".", ",")})


def swapped_codes(folder: Path) -> None:
    def iso(text: str) -> str:
        return _COUNTRY.sub(
            lambda found: "#{0}#{0}".format(ISO_OF_FIPS.get(found[1], found[1])), text
        )

    change_cells(
        folder, "gkg",
        lambda row: {name: iso(row[name]) for name in ("V1Locations", "V2Locations")},
    )  # fmt: skip


def tone_shifted(folder: Path) -> None:
    """Score two points more of positive words, in everything that follows from them."""
    change_cells(folder, "gkg", lambda row: _scored(row, lambda plus, minus: (plus + 2, minus)))


def tone_flipped(folder: Path) -> None:
    def flip(row: Cells) -> Cells:
        tone, *others = row["V2Tone"].split(",")
        return {"V2Tone": ",".join([f"{-float(tone):.15g}", *others])}

    change_cells(folder, "gkg", flip)


def tone_tenfold(folder: Path) -> None:
    change_cells(
        folder, "gkg", lambda row: _scored(row, lambda plus, minus: (10 * plus, 10 * minus))
    )


def duplicated_documents(folder: Path) -> None:
    change_rows(folder, "gkg", lambda rows: [*rows, *_renumbered(rows, len(rows))])


def flooding_outlet(folder: Path) -> None:
    def flood(rows: Rows) -> Rows:
        flooding = _renumbered(rows * 2, len(rows))
        for number, row in enumerate(flooding):
            row[OUTLET] = FLOODING
            row[URL] = f"https://www.{FLOODING}/archive/{row[RECORD]}/{number}"
        return [*rows, *flooding]

    change_rows(folder, "gkg", flood)


def thin_files(folder: Path) -> None:
    change_rows(folder, "gkg", lambda rows: rows[::10])


def themes_empty(folder: Path) -> None:
    change_cells(folder, "gkg", lambda _: {"V1Themes": "", "V2Themes": ""})


def zeros_lost(folder: Path) -> None:
    names = ("EventCode", "EventBaseCode", "EventRootCode")
    change_cells(folder, "export", lambda row: {name: row[name].lstrip("0") for name in names})


def events_in_the_future(folder: Path) -> None:
    def later(row: Cells) -> Cells:
        year = str(int(row["Year"]) + 10)
        day = year + row["SQLDATE"][4:]
        return {"SQLDATE": day, "MonthYear": day[:6], "Year": year}

    change_cells(folder, "export", later)


def coordinates_swapped(folder: Path) -> None:
    places = ("Actor1Geo", "Actor2Geo", "ActionGeo")

    def swap(row: Cells) -> Cells:
        return {
            f"{place}_{name}": row[f"{place}_{other}"]
            for place in places
            for name, other in (("Lat", "Long"), ("Long", "Lat"))
        }

    change_cells(folder, "export", swap)


def lost_peer(folder: Path) -> None:
    """Code every place of a peer as lying nowhere."""

    def drop(text: str) -> str:
        return ";".join(place for place in text.split(";") if f"#{LOST_PEER}#" not in place)

    change_cells(
        folder, "gkg",
        lambda row: {name: drop(row[name]) for name in ("V1Locations", "V2Locations")},
    )  # fmt: skip


def _one_name(place: int) -> str:
    return file_name(list(slots(hours=(18,)))[place], "english", "gkg")


def _scored(row: Cells, score: Callable[[float, float], tuple[float, float]]) -> Cells:
    _, plus, minus, _, *others = row["V2Tone"].split(",")
    positive, negative = score(float(plus), float(minus))
    values = (positive - negative, positive, negative, positive + negative)
    return {"V2Tone": ",".join([*(f"{value:.15g}" for value in values), *others])}


def _renumbered(rows: Rows, first: int) -> Rows:
    """Return copies of documents under new numbers, the first of them given."""
    copies = [list(row) for row in rows]
    for number, row in enumerate(copies, start=first):
        head, dash, tail = row[RECORD].partition("-")
        row[RECORD] = f"{head}{dash}{'T' if tail.startswith('T') else ''}{number}"
    return copies


KINDS = (
    Kind("truncated zip", "of one file only the first 2,000 bytes are there",
         "một tệp chỉ còn 2.000 byte đầu", "reader", "zip", truncated_zip),
    Kind("doubled file", "the file of 18:00 is published as that of 18:15 as well",
         "tệp của khung 18:00 được công bố lần nữa dưới tên khung 18:15", "reader",
         "GKGRECORDID is none of this file's slot", doubled_file),
    Kind("dates shifted by a day", "all documents of the day carry the date of the day before",
         "mọi bài trong ngày ghi ngày hôm trước", "reader", "DATE is not the file's slot",
         dates_shifted),
    Kind("column lost", "the events lack one of 61 columns",
         "tệp sự kiện thiếu một trong 61 cột", "reader", "columns", column_lost),
    Kind("decimal commas", "tones are written with commas, as another locale does",
         "sắc thái viết bằng dấu phẩy thập phân theo ngôn ngữ khác", "reader", "V2Tone is malformed",
         decimal_commas),
    Kind("swapped code system", "places carry ISO 3166 codes instead of FIPS 10-4",
         "địa danh mang mã ISO 3166 thay vì FIPS 10-4", "raw", "document_places.country_code_fips",
         swapped_codes),
    Kind("shifted tone", "the scorer finds two points more of positive words, everywhere",
         "bộ chấm tìm thấy thêm hai điểm từ tích cực ở mọi bài", "raw", "volume.world_tone",
         tone_shifted),
    Kind("flipped tone", "tone has the other sign, its parts are as before",
         "sắc thái đổi dấu, các thành phần giữ nguyên", "raw", "documents.tone_error", tone_flipped),
    Kind("tenfold tone", "tone and its parts are ten times what they were",
         "sắc thái và các thành phần lớn gấp mười", "raw", "volume.world_tone", tone_tenfold),
    Kind("duplicated documents", "every document comes twice, under two numbers",
         "mỗi bài đến hai lần dưới hai số hiệu", "raw", "volume.repeated_url_share",
         duplicated_documents),
    Kind("one outlet floods", "one outlet's archive is crawled: two thirds of all documents are its own",
         "kho lưu trữ của một báo bị quét: hai phần ba số bài là của báo đó", "raw",
         "volume.largest_outlet_share", flooding_outlet),
    Kind("thin files", "the files hold a tenth of the documents, as for weeks in 2017",
         "các tệp chỉ có một phần mười số bài, như nhiều tuần năm 2017", "raw", "volume.rows_read",
         thin_files),
    Kind("themes empty", "no document has a theme", "không bài nào có chủ đề", "raw",
         "documents.has_themes", themes_empty),
    Kind("leading zeros lost", "event codes went through a spreadsheet: 036 became 36",
         "mã sự kiện đi qua bảng tính: 036 thành 36", "raw", "events.is_quad_class_of_code",
         zeros_lost),
    Kind("future dates", "events are dated ten years ahead", "sự kiện ghi ngày sau mười năm", "raw",
         "events.days_ahead", events_in_the_future),
    Kind("columns swapped", "latitudes stand where longitudes belong", "vĩ độ và kinh độ đổi chỗ",
         "raw", "events.action_geo_latitude", coordinates_swapped),
    Kind("lost peer", "no place of Thailand is coded any more",
         "không địa danh nào của Thái Lan còn được mã hóa", "marts", "dimensions.watched_silent",
         lost_peer),
    Kind("missing hour", "the files of one hour do not come",
         "các tệp của một giờ không đến", "edition", "summary.slots_awaited", missing_hour),
    # Another source is read, so that the clock goes on.
    Kind("reading stands still", "nothing of GDELT is read for a day", "cả ngày không đọc gì từ GDELT",
         "edition", "summary.freshness_minutes", nothing, ("imf",)),
)  # fmt: skip
