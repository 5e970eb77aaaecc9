"""The local upstream answers as the sources would at its instant, and ends with its parent."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psutil
import pytest
import requests

from tiengvang.errors import TiengVangError
from tiengvang.local.upstream import Upstream, running_upstream
from tiengvang.local.world import World, WorldSpec, build_world, lay_out_mirror
from tiengvang.local.world.countries import COUNTRIES
from tiengvang.local.world.faults import transient_path
from tiengvang.sources import gdelt, imf, oecd, pageviews
from tiengvang.sources.pageviews import Article
from tiengvang.windows import SLOT, SlotCalendar, Window

SPEC = WorldSpec(days=2, documents_per_slot=2)
FIRST, LAST = SPEC.instants
FDI = "country/all/indicator/BX.KLT.DINV.CD.WD"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    # A space in the path, as in "My Documents".
    return build_world(SPEC, tmp_path_factory.mktemp("up stream") / "world")


@pytest.fixture(scope="module")
def first(world: World) -> Upstream:  # type: ignore[misc]
    with running_upstream(world.folder, FIRST) as upstream:
        yield upstream


@pytest.fixture(scope="module")
def last(world: World) -> Upstream:  # type: ignore[misc]
    with running_upstream(world.folder, LAST) as upstream:
        yield upstream


def get(url: str, **asked: str | int) -> requests.Response:
    return requests.get(url, params=asked, timeout=10)


def test_files_are_served_as_they_are_on_disk(world: World, last: Upstream) -> None:
    paths = sorted(world.gdelt.glob("20260629*.zip"))[:40]
    assert len(paths) == 40
    with requests.Session() as session:
        for path in paths:
            answer = session.get(f"{last.gdelt_base_url}/{path.name}", timeout=10)
            if answer.status_code == 503:
                answer = session.get(f"{last.gdelt_base_url}/{path.name}", timeout=10)
            assert answer.status_code == 200
            assert answer.content == path.read_bytes()


def test_the_list_of_outlets_is_served_and_nothing_beside_it(world: World, last: Upstream) -> None:
    answer = get(last.gdelt_domains_url)
    assert answer.status_code == 200
    assert answer.content == world.gdelt_domains.read_bytes()
    beside = last.gdelt_domains_url.rpartition("/")[0]
    assert get(f"{beside}/world.json").json()["world_name"] == SPEC.name
    for path in ("other.zip", "../truth.json", "%2e%2e/truth.json", ""):
        assert get(f"{beside}/{path}").status_code == 404


def test_what_is_not_published_yet_is_not_there(
    world: World, first: Upstream, last: Upstream
) -> None:
    late = [f.file_name for f in world.truth.faults if f.kind == "late_slot"]
    never = [f.file_name for f in world.truth.faults if f.published_at is None]
    assert (len(late), len(never)) == (3, 4)
    for name in late:
        assert get(f"{first.gdelt_base_url}/{name}").status_code == 404
        assert get(f"{last.gdelt_base_url}/{name}").status_code == 200
    for name in never:
        assert get(f"{last.gdelt_base_url}/{name}").status_code == 404
    future = "20260630120000.export.CSV.zip"
    assert get(f"{first.gdelt_base_url}/{future}").status_code == 404
    assert get(f"{last.gdelt_base_url}/{future}").status_code == 200


def test_lists_name_what_is_published_at_this_address(
    world: World, first: Upstream, last: Upstream
) -> None:
    lines = get(f"{first.gdelt_base_url}/masterfilelist.txt").text.splitlines()
    names = [line.rpartition("/")[2] for line in lines]
    assert max(names)[:14] == "20260630001500"
    assert not {f.file_name for f in world.truth.faults if f.kind == "late_slot"} & set(names)
    newest = get(f"{last.gdelt_base_url}/lastupdate.txt").text.splitlines()
    assert [line.rpartition("/")[2] for line in newest] == [
        "20260701010000.export.CSV.zip",
        "20260701010000.mentions.CSV.zip",
        "20260701010000.gkg.csv.zip",
    ]
    for line in newest:
        size, digest, url = line.split(" ")
        assert url.startswith(last.gdelt_base_url)
        content = get(url).content
        md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
        assert (len(content), md5) == (int(size), digest)
    # The translation stream lags by a slot.
    lagging = get(f"{first.gdelt_base_url}/lastupdate-translation.txt").text
    assert lagging.count("20260630000000.translation.") == 3


def test_one_file_is_busy_once(world: World) -> None:
    with running_upstream(world.folder, LAST) as upstream:
        url = f"{upstream.base_url}/{transient_path(SPEC)}"
        answers = [get(url) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 200, 200]
    assert answers[0].headers["Retry-After"] == "0"


def test_pageviews_are_too_many_once(world: World) -> None:
    with running_upstream(world.folder, LAST) as upstream:
        sentosa = Article("en.wikipedia", "Sentosa")
        june = pageviews.article_url(
            upstream.pageviews_base_url, sentosa, date(2026, 6, 1), date(2026, 6, 29)
        )
        answers = [get(june) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 200, 200]
    assert answers[0].headers["Retry-After"] == "0"
    assert answers[0].headers["Content-Type"] == "text/plain"
    assert len(answers[1].json()["items"]) == 29


def test_direct_investment_is_answered_as_its_publishers_do(last: Upstream) -> None:
    positions = get(imf.answer_url(last.imf_base_url, "VNM"))
    assert positions.json()["data"]["structures"][0]["measures"]
    unknown = get(imf.answer_url(last.imf_base_url, "VNM").replace("DIP", "DOT"))
    assert (unknown.status_code, unknown.content) == (204, b"")
    flows = get(oecd.answer_url(last.oecd_base_url, "VNM"))
    assert flows.text.startswith("STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,Reference")
    assert len(flows.text.splitlines()[0].split(",")) == 44
    nothing = get(oecd.answer_url(last.oecd_base_url, "XXX"))
    assert (nothing.status_code, nothing.text) == (404, "NoRecordsFound")
    for path in (
        "imf/data/dataflow/IMF.STA/DIP/../../../../../truth",
        "oecd/data/../../truth.json",
    ):
        assert get(f"{last.base_url}/{path}").status_code in (204, 404)


def test_the_world_tells_the_instant_it_is_served_at(first: Upstream, last: Upstream) -> None:
    for upstream, at in ((first, "2026-06-30T00:20:00Z"), (last, "2026-07-01T01:20:00Z")):
        for base in (
            upstream.gdelt_base_url,
            upstream.worldbank_base_url,
            upstream.tranco_base_url,
            upstream.pageviews_base_url,
            upstream.imf_base_url,
            upstream.oecd_base_url,
            upstream.factchecks_base_url,
        ):
            served = get(f"{base}/world.json").json()
            assert served["as_of"] == at
            assert served["world_name"] == SPEC.name
            assert served["is_synthetic"] is True
            assert len(served["outlets"]) > 50
            assert SlotCalendar.from_json(served["calendar"]) == SPEC.calendar


def test_world_bank_answers_have_the_shape_of_the_source(last: Upstream) -> None:
    base = last.worldbank_base_url
    head, rows = get(f"{base}/{FDI}", format="json", per_page=32500).json()
    assert set(head) == {"page", "pages", "per_page", "total", "sourceid", "lastupdated"}
    assert head["total"] == len(rows) == (len(COUNTRIES) + 3) * 11
    assert set(rows[0]) == {
        "indicator", "country", "countryiso3code", "date", "value", "unit", "obs_status", "decimal",
    }  # fmt: skip
    values = [row["value"] for row in rows]
    assert None in values
    assert min(v for v in values if v is not None) < 0
    head, countries = get(f"{base}/country", format="json", per_page=400).json()
    aggregates = {c["id"] for c in countries if c["region"]["id"] == "NA"}
    assert aggregates == {"EAS", "EUU", "WLD"}
    assert {c["id"] for c in countries} - aggregates == set(COUNTRIES)
    error = get(f"{base}/country/all/indicator/NO.SUCH.CODE", format="json")
    assert error.status_code == 200
    assert error.json()[0]["message"][0]["id"] == "120"


def test_world_bank_queries_are_cut_as_asked(last: Upstream) -> None:
    base = last.worldbank_base_url
    gdp = f"{base}/country/all/indicator/NY.GDP.MKTP.CD"
    pages = [get(gdp, format="json", per_page=32500, page=n).json() for n in (1, 2)]
    assert [head["page"] for head, _ in pages] == [1, 2]
    assert all(head["pages"] == 2 for head, _ in pages)
    keys = [(r["countryiso3code"], r["date"]) for _, rows in pages for r in rows]
    assert len(keys) == len(set(keys)) == pages[0][0]["total"]
    _, rows = get(f"{base}/country/VNM;THA/indicator/SP.POP.TOTL", date="2020:2021").json()
    assert {(r["countryiso3code"], r["date"]) for r in rows} == {
        ("VNM", "2020"), ("VNM", "2021"), ("THA", "2020"), ("THA", "2021"),
    }  # fmt: skip
    assert get(f"{base}/{FDI}").json()[0]["per_page"] == 50
    assert get(f"{base}/{FDI}", page=99).json()[1] == []
    assert "message" in get(f"{base}/{FDI}", per_page="many").json()[0]


def test_one_value_is_revised_without_a_new_date_of_update(
    world: World, first: Upstream, last: Upstream
) -> None:
    revision = world.truth.summary["worldbank"]["revision"]
    answers = []
    for upstream in (first, last):
        head, rows = get(f"{upstream.worldbank_base_url}/{FDI}", per_page=32500).json()
        answers.append((head["lastupdated"], {(r["countryiso3code"], r["date"]): r for r in rows}))
    (updated, before), (updated_again, after) = answers
    assert updated == updated_again
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {(revision["country_code_iso3"], str(revision["year"]))}
    key = changed.pop()
    assert before[key]["value"] == revision["value_before"]
    assert after[key]["value"] == revision["value_after"]


def test_files_of_the_layout_hold_the_same_rows(world: World, last: Upstream) -> None:
    folder = world.worldbank / "country" / "all" / "indicator"
    names = ["NY.GDP.MKTP.CD.json", "NY.GDP.MKTP.CD.page2.json"]
    on_disk = [json.loads((folder / name).read_text("utf-8")) for name in names]
    gdp = f"{last.worldbank_base_url}/country/all/indicator/NY.GDP.MKTP.CD"
    assert on_disk == [get(gdp, per_page=32500, page=n).json() for n in (1, 2)]


@pytest.mark.parametrize(
    "path",
    [
        "truth.json",
        "gdeltv2/../truth.json",
        "worldbank/v2/country/all/indicator/../../../../x",
        "x",
    ],
)
def test_nothing_else_of_the_folder_is_served(last: Upstream, path: str) -> None:
    session = requests.Session()
    request = requests.Request("GET", f"{last.base_url}/").prepare()
    request.url = f"{last.base_url}/{path}"
    assert b"documents" not in session.send(request, timeout=10).content


def test_two_runs_on_one_connection_and_head(last: Upstream, world: World) -> None:
    name = "20260629000000.export.CSV.zip"
    with requests.Session() as session:
        head = session.head(f"{last.gdelt_base_url}/{name}", timeout=10)
        assert int(head.headers["Content-Length"]) == (world.gdelt / name).stat().st_size
        assert head.content == b""
        body = session.get(f"{last.gdelt_base_url}/{name}", timeout=10)
        assert body.content == (world.gdelt / name).read_bytes()


def test_small_files_do_not_wait_for_acknowledgements(last: Upstream, world: World) -> None:
    names = sorted(p.name for p in world.gdelt.glob("20260630*.zip"))[:200]
    with requests.Session() as session:
        began = time.perf_counter()
        for name in names:
            assert session.get(f"{last.gdelt_base_url}/{name}", timeout=10).status_code == 200
        spent = time.perf_counter() - began
    # A delayed acknowledgement costs 40 ms; a file takes about one.
    assert spent / len(names) < 0.02


def wait_until_gone(process_id: int, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not psutil.pid_exists(process_id):
            return True
        if psutil.Process(process_id).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


def test_the_server_ends_with_the_block(world: World) -> None:
    with running_upstream(world.folder, LAST) as upstream:
        assert psutil.pid_exists(upstream.process_id)
    assert wait_until_gone(upstream.process_id)


def test_the_server_ends_when_its_parent_is_killed(world: World) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from tiengvang.local.upstream import running_upstream\n"
        "from tiengvang.windows import parse_instant\n"
        "with running_upstream(Path(sys.argv[1]), parse_instant(sys.argv[2])) as upstream:\n"
        "    print(upstream.process_id, flush=True)\n"
        "    time.sleep(60)\n"
    )
    package_parent = str(Path(sys.modules["tiengvang"].__file__ or "").parents[1])
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(world.folder), LAST.isoformat()],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": package_parent},
    )
    assert parent.stdout is not None
    with parent.stdout:
        server = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert wait_until_gone(server)


def test_a_folder_without_a_world_is_said_so(tmp_path: Path) -> None:
    with (
        pytest.raises(TiengVangError, match="holds no folder gdeltv2"),
        running_upstream(tmp_path, LAST),
    ):
        pass


def test_a_mirror_of_given_files_is_served_whole(tmp_path: Path, world: World) -> None:
    slot = datetime(2026, 6, 29, tzinfo=UTC)
    calendar = SlotCalendar({"english": (Window(slot, slot + timedelta(minutes=15)),)})
    names = ("export.CSV", "mentions.CSV", "gkg.csv")
    files = [world.gdelt / f"20260629000000.{name}.zip" for name in names]
    plain = tmp_path / "20260629001500.export.CSV"
    plain.write_bytes(b"plain\n")
    base = lay_out_mirror(
        [*files, plain], tmp_path / "mirror", as_of=LAST, calendar=calendar, world_name="two slots"
    )
    assert base == tmp_path / "mirror" / "gdeltv2"
    description = json.loads((base / "world.json").read_text())
    assert description["is_synthetic"] is False
    assert description["calendar"] == {
        "english": [["2026-06-29T00:00:00Z", "2026-06-29T00:15:00Z"]]
    }
    with running_upstream(tmp_path / "mirror", LAST) as upstream:
        for path in (*files, plain):
            assert get(f"{upstream.gdelt_base_url}/{path.name}").content == path.read_bytes()
        listed = get(f"{upstream.gdelt_base_url}/masterfilelist.txt").text
        assert [line.rpartition("/")[2] for line in listed.splitlines()] == sorted(
            path.name for path in files
        )
    with pytest.raises(ValueError, match="no files"):
        lay_out_mirror([], tmp_path / "none", as_of=LAST, calendar=None, world_name="nothing")


@pytest.mark.real_data
def test_genuine_slots_are_laid_out_and_read(tmp_path: Path, real_data: Path) -> None:
    files = [p for p in (real_data / "gdelt" / "slots").iterdir() if p.name[:1] == "2"]
    stamps = {p.name[:14] for p in files}
    slots = [datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC) for stamp in stamps]
    paths = {p.name: p for p in files}
    as_of = datetime(2026, 7, 21, 8, 50, tzinfo=UTC)
    base = lay_out_mirror(
        files, tmp_path / "mirror", as_of=as_of, calendar=None, world_name="genuine"
    )
    entries = {}
    for name in gdelt.MASTER_LISTS.values():
        entries.update(gdelt.read_list((base / name).read_bytes().splitlines()))
    assert len(entries) == sum(p.suffix == ".zip" for p in files) == 6
    for slot in slots:
        for file in gdelt.expected_files(Window(slot, slot + SLOT), SlotCalendar()):
            for name in paths.keys() & set(gdelt.paths(file)):
                gdelt.check_listed(file, (base / name).read_bytes(), entries.get(name))
                del paths[name]
    assert not paths, "a file has another name than the slot's"
    assert len(files) > 10
    with running_upstream(tmp_path / "mirror", as_of) as upstream:
        assert get(f"{upstream.gdelt_base_url}/world.json").json()["calendar"] is None
        for path in files:
            assert get(f"{upstream.gdelt_base_url}/{path.name}").content == path.read_bytes()
