"""Faults of statistics, lists and registers, each in a newer file than the one that was read before."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace as changed
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.faults.days import SPEC
from benchmarks.faults.kinds import Kind
from benchmarks.faults.seeding import change_json, replace

from tiengvang.local.world.archive import zip_bytes
from tiengvang.local.world.countries import COUNTRIES
from tiengvang.local.world.gdelt_domains import LIST_PATH
from tiengvang.local.world.nso import sheets, xlsx_bytes
from tiengvang.local.world.nso_folder import file_name, planned_release
from tiengvang.local.world.nso_release import Era, Visitors
from tiengvang.sources import oecd

JULY = date(2026, 7, 1)
GDP = "NY.GDP.MKTP.CD"
ISO_OF_FIPS = {country.fips: country.iso2 for country in COUNTRIES.values()}
Row = dict[str, Any]


def gdp_in_thousands(folder: Path) -> None:
    _change_indicator(folder, GDP, lambda row: row["value"] and row["value"] / 1000)


def countries_lost(folder: Path) -> None:
    kept = set(sorted(COUNTRIES)[::2])
    _change_indicator(
        folder, GDP, lambda row: row["value"] if row["countryiso3code"] in kept else None
    )


def newest_year_thousandfold(folder: Path) -> None:
    def value(row: Row) -> Any:
        is_newest = (row["countryiso3code"], row["date"]) == ("VNM", "2024")
        return row["value"] * 1000 if is_newest else row["value"]

    _change_indicator(folder, GDP, value)


def rank_list_cut(folder: Path) -> None:
    newest = sorted((folder / "tranco/api/lists/date").glob("*.json"))[-1]
    list_id = json.loads(newest.read_text("utf-8"))["list_id"]
    path = folder / "tranco/download_daily" / f"{list_id}.zip"
    member, lines = _unzipped(path)
    replace(path, zip_bytes(member, b"".join(lines[: len(lines) * 3 // 4])))


def domains_recoded(folder: Path) -> None:
    member, lines = _unzipped(folder / LIST_PATH)

    def recoded(line: bytes) -> bytes:
        site, code, count = line.decode().split(",")
        return f"{site},{ISO_OF_FIPS.get(code, code)},{count}".encode()

    replace(folder / LIST_PATH, zip_bytes(member, b"".join(map(recoded, lines))))


def positions_in_millions(folder: Path) -> None:
    def divided(answer: Row) -> Row:
        for series in answer["data"]["dataSets"][0]["series"].values():
            for observation in series["observations"].values():
                observation[0] = observation[0] and str(float(observation[0]) / 1e6)
        return answer

    for path in _files(folder / "imf", "json"):
        change_json(path, divided)


def flows_cut(folder: Path) -> None:
    for path in _files(folder / "oecd" / "data" / oecd.DATAFLOW, "csv"):
        lines = path.read_bytes().splitlines(keepends=True)
        replace(path, b"".join(lines[: len(lines) * 3 // 4]))


def visitors_thousandfold(folder: Path) -> None:
    release = planned_release(SPEC.seed, JULY)
    multiplied = changed(
        release,
        estimate=_thousandfold(release.estimate),
        month_before=_thousandfold(release.month_before),
        year_to_date=_thousandfold(release.year_to_date),
        year_ago=_thousandfold(release.year_ago),
        year_before=_thousandfold(release.year_before),
    )
    replace(folder / "nso" / file_name(JULY), xlsx_bytes(sheets(multiplied, Era.PERSONS)))


def capital_in_thousands(folder: Path) -> None:
    """Change new capital alone, in the one breakdown by partner."""
    path = folder / "fia" / "fdi_country_partners_vi .csv"
    head, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
    for row in rows:
        if row[3].strip(" -"):
            row[3] = f"{float(row[3].replace(',', '')) * 1000:.2f}"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *rows])
    replace(path, text.getvalue().encode("utf-8-sig"))


def feed_cut(folder: Path) -> None:
    def half(feed: Row) -> Row:
        elements = feed["dataFeedElement"]
        return {**feed, "dataFeedElement": elements[: len(elements) // 2]}

    for path in (folder / "factchecks").glob("*.json"):
        if path.name != "world.json":
            change_json(path, half)


def register_in_the_future(folder: Path) -> None:
    path = folder / "registers" / "training.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    lines[-1] = lines[-1].rpartition(";")[0] + ";2062-04-29"
    replace(path, "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig"))


def _change_indicator(folder: Path, code: str, value: Callable[[Row], Any]) -> None:
    def change(answer: list[Any]) -> list[Any]:
        head, rows = answer
        return [{**head, "lastupdated": "2026-08-01"}, [{**r, "value": value(r)} for r in rows]]

    for path in (folder / "worldbank/v2/country/all/indicator").glob(f"{code}*.json"):
        change_json(path, change)


def _files(folder: Path, ending: str) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob(f"*.{ending}")) if path.name != "world.json")


def _thousandfold(visitors: Visitors) -> Visitors:
    return Visitors(
        {mode: value * 1000 for mode, value in visitors.modes.items()},
        {
            continent: {market: value * 1000 for market, value in listed.items()}
            for continent, listed in visitors.markets.items()
        },
    )


def _unzipped(path: Path) -> tuple[str, list[bytes]]:
    with zipfile.ZipFile(path) as archive:
        member = archive.namelist()[0]
        return member, archive.read(member).splitlines(keepends=True)


KINDS = (
    Kind("thousandfold unit", "the World Bank gives output in thousands of dollars",
         "Ngân hàng Thế giới ghi GDP theo nghìn đô la", "raw",
         "worldbank_revision.vast_change_share", gdp_in_thousands, ("worldbank",)),
    Kind("countries lost", "the World Bank's answer has no output for every second country",
         "Ngân hàng Thế giới không có GDP của một nửa số nước", "raw",
         "worldbank_revision.kept_share", countries_lost, ("worldbank",)),
    Kind("rank list cut", "the month's list of ranks ends after three quarters",
         "danh sách xếp hạng của tháng chỉ có ba phần tư", "raw", "tranco_revision.length_ratio",
         rank_list_cut, ("tranco",)),
    Kind("outlet list recoded", "the list of outlets by country carries ISO codes instead of FIPS",
         "danh sách báo theo nước mang mã ISO thay vì FIPS", "raw",
         "gdelt_domains_revision.same_country_share", domains_recoded, ("gdelt_domains",)),
    Kind("unit multiplier ignored", "the IMF's positions come in millions of dollars",
         "số liệu IMF ghi theo triệu đô la", "raw", "imf_revision.vast_change_share",
         positions_in_millions, ("imf",)),
    Kind("download cut", "the OECD's download ends after three quarters of its lines",
         "tệp OECD chỉ có ba phần tư số dòng", "raw", "oecd_revision.kept_share", flows_cut, ("oecd",)),
    Kind("visitors thousandfold", "the month's workbook counts a thousand visitors where one came",
         "tệp của tháng đếm một nghìn khách thay vì một", "raw", "nso_visitors.month_count",
         visitors_thousandfold, ("nso",)),
    Kind("capital thousandfold", "the agency's table by partner gives new capital in thousands",
         "bảng theo đối tác ghi vốn mới theo nghìn đô la", "raw",
         "fia_registered.new_capital_usd_million", capital_in_thousands, ("fia",)),
    Kind("feed cut", "the feed of fact-checks holds half of its reviews",
         "nguồn kiểm chứng chỉ còn một nửa số bài", "raw", "factchecks.length_ratio", feed_cut,
         ("factchecks",)),
    Kind("typed year", "an office records a row in the year 2062", "một cơ quan ghi dòng năm 2062",
         "reader", "expected not after", register_in_the_future, ("registers",)),
    Kind("newest year thousandfold", "the focus country's newest output is a thousand times too large",
         "GDP năm mới nhất của quốc gia trọng tâm lớn gấp nghìn lần", "marts",
         "outcomes.gdp_change_factor", newest_year_thousandfold, ("worldbank",)),
)  # fmt: skip
