"""The long world: months enough, a thin calendar, and effects that are planted as the truth says."""

from __future__ import annotations

import csv
import hashlib
import json
import math
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from scipy import stats

from tiengvang.cli import main
from tiengvang.inflate import inflate
from tiengvang.local.world import attention
from tiengvang.local.world.countries import FOCUS, WATCHED
from tiengvang.local.world.long import plan, rates
from tiengvang.local.world.long.files import last_day, plan_gaps, write_long_files
from tiengvang.local.world.long.rates import Day, Rates
from tiengvang.local.world.long.truth import describe_plan
from tiengvang.local.world.nso_folder import release_months
from tiengvang.local.world.outlets import BY_DOMAIN
from tiengvang.local.world.spec import WORLDS, WorldSpec
from tiengvang.local.world.visitor_series import persons, shifted
from tiengvang.sources import gdelt
from tiengvang.sources.gdelt_gkg import COUNTRY_TOTAL_COLUMNS
from tiengvang.watchlist import SEEDS, watchlist_on
from tiengvang.windows import SlotCalendar

LONG = WORLDS["long"]
LAST = last_day(LONG)
SHORT = replace(LONG, start=LAST - timedelta(days=49), days=50)
LIMIT = 50_000_000
MARKET = ("Châu Á", attention.MARKET)


class Written(NamedTuple):
    folder: Path
    truth: dict[str, Any]


@pytest.fixture(scope="module")
def days() -> list[Day]:
    drawn = list(Rates(LONG.seed, LAST).days(LONG.start))
    return [d for d in drawn if not plan.PAUSE[0] <= d.day < plan.PAUSE[1]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("long")
    return Written(folder, write_long_files(SHORT, folder, plan_gaps(SHORT)))


def digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def test_all_worlds_can_be_asked_for() -> None:
    (option,) = [p for p in main.commands["demo"].params if p.name == "world"]
    assert list(option.type.choices) == list(WORLDS)  # type: ignore[attr-defined]
    assert len({spec.name for spec in WORLDS.values()}) == len(WORLDS)
    assert [spec.name.partition("-")[0] for spec in WORLDS.values()] == list(WORLDS)
    assert WORLDS["sample"] == WorldSpec()


def test_more_than_sixty_months_have_coverage_and_open_borders(days: list[Day]) -> None:
    counted = Counter(d.day.replace(day=1) for d in days)
    whole = {month for month, n in counted.items() if n == (shifted(month, 1) - month).days}
    released = set(release_months(LONG.read_at[0]))
    both = {
        month for month in whole & released if not date(2020, 2, 1) <= month <= date(2022, 3, 1)
    }
    assert len(both) > 60
    assert 6 * 365 <= len(days) <= 6 * 366 + 31


def test_its_calendar_has_the_slots_of_its_files_and_no_others(written: Written) -> None:
    calendar = SlotCalendar.from_json(json.loads(json.dumps(SHORT.calendar.as_json())))
    assert calendar == SHORT.calendar
    expected = {file.file_name for file in gdelt.expected_files(SHORT.window, calendar)}
    lost = {fault.file_name for fault in plan_gaps(SHORT)}
    assert expected - lost == {path.name for path in written.folder.glob("*.zip")}
    assert len(lost) == 3
    assert lost < expected
    assert len(expected) == 50 * 9
    closed = datetime(2021, 6, 1, 6, tzinfo=UTC)
    assert not LONG.calendar.expects("english", closed)
    assert calendar.days_like_one == 64
    assert WorldSpec().calendar.days_like_one == 1


def test_files_hold_what_the_truth_counts(written: Written) -> None:
    watchlist = watchlist_on(LAST)
    codes = dict(_fips())
    found: Counter[tuple[str, str]] = Counter()
    watched = 0
    for file in gdelt.expected_files(SHORT.window, SHORT.calendar):
        path = written.folder / file.file_name
        if file.table_name != "gkg" or not path.exists():
            continue
        data = inflate(path.read_bytes(), file_name=file.file_name, limit_bytes=LIMIT)
        parsed = gdelt.parse(file, data, watchlist)
        assert not parsed.rejects
        watched += parsed.rows_kept
        (block,) = [b for b in parsed.tables if b.columns == COUNTRY_TOTAL_COLUMNS]
        for _, _, domain, fips, documents in block.rows:
            found[BY_DOMAIN[domain].country_iso3 or "", codes[fips]] += documents
    planted = {
        (host, country): count
        for host, of in written.truth["salient"].items()
        for country, count in of.items()
        if count
    }
    assert {key: n for key, n in found.items() if key[0] != FOCUS} == planted
    documents = sum(map(sum, written.truth["documents"].values()))
    stories = sum(map(sum, written.truth["stories"].values()))
    assert stories < documents < watched
    assert len(written.truth["days"]) == 50


def test_another_process_with_another_hash_seed_writes_the_same(
    written: Written, tmp_path: Path
) -> None:
    code = (
        "import sys; from dataclasses import replace; from datetime import date\n"
        "from pathlib import Path\n"
        "from tiengvang.local.world.long.files import plan_gaps, write_long_files\n"
        "from tiengvang.local.world.spec import WORLDS\n"
        f"spec = replace(WORLDS['long'], start=date.fromisoformat('{SHORT.start}'), days=50)\n"
        "write_long_files(spec, Path(sys.argv[1]), plan_gaps(spec))"
    )
    parent = str(Path(sys.modules["tiengvang"].__file__ or "").parents[1])
    environment = {"PYTHONPATH": parent, "PYTHONHASHSEED": "12345"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=environment, check=True)
    assert digest(tmp_path) == digest(written.folder)


def test_donors_are_those_of_the_watchlist_by_their_codes() -> None:
    with (SEEDS / "watchlist.csv").open(encoding="utf-8") as file:
        donors = {r["country_code_iso3"] for r in csv.DictReader(file) if r["role"] == "donor"}
    assert set(plan.DONORS) <= donors
    assert len(plan.DONORS) >= 40
    codes = {iso3: fips for fips, iso3 in _fips()}
    assert {iso3: codes[iso3] for iso3 in plan.DONORS} == plan.DONORS
    most = max(len(p.event.hosts.split()) for p in plan.EVENTS if p.uplift)
    assert len(plan.DONORS) - most >= 19
    assert not set(plan.DONORS) & set(WATCHED)


def test_an_uplift_is_planted_in_its_window_and_nowhere_else(
    days: list[Day], monkeypatch: pytest.MonkeyPatch
) -> None:
    described = {event["code"]: event for event in describe_plan(LONG)["events"]}
    fair = described["spring-fair"]
    assert fair["is_registered_before"]
    assert not described["drum-festival"]["is_registered_before"]
    assert {e["uplift"] for e in described.values()} == {0.0, plan.UPLIFT}
    monkeypatch.setattr(rates, "EVENTS", ())
    without = {d.day: d for d in Rates(LONG.seed, LAST).days(LONG.start)}
    key = (fair["host"], FOCUS)
    inside = [d for d in days if fair["starts_on"] <= f"{d.day}" <= fair["window_ends_on"]]
    assert len(inside) == 28
    more = _mean([d.pages[key] for d in inside]) / _mean(
        [without[d.day].pages[key] for d in inside]
    )
    assert math.log(more) == pytest.approx(fair["uplift"], abs=0.15)
    others = [d for d in days if d not in inside]
    assert [d.pages[key] for d in others] == [without[d.day].pages[key] for d in others]


def test_spikes_are_two_and_a_half_times_the_day_and_five_more(days: list[Day]) -> None:
    spikes = [(day, host, usual) for day in days for host, usual in day.usual.items()]
    assert len(spikes) == len(plan.SPIKES)
    for day, host, usual in spikes:
        assert day.pages[host, FOCUS] == round(2.5 * usual) + 5
    assert spikes[-1][0].day == LAST


def test_arrivals_follow_the_press_of_one_host_by_two_months(days: list[Day]) -> None:
    pages: Counter[date] = Counter()
    for day in days:
        pages[day.day.replace(day=1)] += day.pages[plan.LEADING_HOST, FOCUS]
    months = [m for m in sorted(pages) if m >= date(2022, 4, 1)][:-3]
    press = [math.log(pages[m]) for m in months]

    def follow(months_later: int) -> float:
        arrived = [shifted(m, months_later) for m in months]
        logs = [
            math.log(persons(LONG.seed, m, *MARKET) / persons(LONG.seed + 1, m, *MARKET))
            for m in arrived
        ]
        return float(stats.pearsonr(press, logs).statistic)

    assert follow(attention.LEAD_MONTHS) > 0.3
    assert follow(attention.LEAD_MONTHS) > max(follow(0), follow(1))


def test_the_tone_of_a_host_shifts_on_a_day(written: Written) -> None:
    (shift, _) = describe_plan(LONG)["tone_shifts"]
    assert shift == {"host": "JPN", "since": f"{LAST - timedelta(days=20)}", "points": -2.0}
    tones: dict[bool, list[float]] = {True: [], False: []}
    for path in sorted(written.folder.glob("*.translation.gkg.csv.zip")):
        data = inflate(path.read_bytes(), file_name=path.name, limit_bytes=LIMIT).decode()
        for row in data.splitlines():
            cells = row.split("\t")
            is_of_host = BY_DOMAIN[cells[3]].country_iso3 == "JPN"
            if is_of_host and "#VM#" in cells[10]:
                tones[cells[1][:8] >= shift["since"].replace("-", "")].append(
                    float(cells[15].split(",")[0])
                )
    assert len(tones[True]) > 100
    assert _mean(tones[True]) - _mean(tones[False]) == pytest.approx(-2.0, abs=0.6)


def _mean(values: list[Any]) -> float:
    return math.fsum(values) / len(values)


def _fips() -> list[tuple[str, str]]:
    with (SEEDS / "fips_codes.csv").open(encoding="utf-8") as file:
        return [
            (row["country_code_fips"], row["country_code_iso3"])
            for row in csv.DictReader(file)
            if row["mapping"] == "primary"
        ]
