"""Airflow's services, started with the commands of docker-compose.yml, and ended completely."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psutil
import psycopg
import pytest
import requests

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))

import page_measures as measured
from harness import Warehouse

from tiengvang.errors import TiengVangError
from tiengvang.local import airflow_home, postgres, service_processes, services
from tiengvang.local.service_processes import Service
from tiengvang.local.world.build import World
from tiengvang.settings import REPOSITORY, Settings, get_settings
from tiengvang.warehouse.connection import connect
from tiengvang.warehouse.setup import prepare

DAGS = {path.stem for path in (REPOSITORY / "dags").glob("*.py")}

# A process that ignores SIGTERM, as does its child, which outlives it.
STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.fork()
os.write(1, b"%d\\n" % os.getpid())
time.sleep(120)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_in(folder: Path) -> list[str]:
    """Every living process that works in a folder: what `down` must not leave."""
    found = []
    for process in psutil.process_iter():
        try:
            if folder in (Path(process.cwd()), *Path(process.cwd()).parents):
                found.append(f"{process.pid} {process.name()}")
        except (psutil.Error, OSError):
            continue
    return found


def service(name: str, home: Path) -> Service:
    return next(found for found in services.read_services(home) if found.name == name)


@pytest.fixture(scope="module")
def upped(tmp_path_factory: pytest.TempPathFactory, small_world: World) -> Iterator[Settings]:
    """All services, on a sample world as a folder, in a path with spaces."""
    folder = tmp_path_factory.mktemp("services")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIENGVANG_HOME", str(folder / "nhà của tôi"))
        patch.setenv("TIENGVANG_AIRFLOW_PORT", str(free_port()))
        patch.setenv("TIENGVANG_GDELT_BASE_URL", small_world.gdelt.as_uri())
        patch.setenv("TIENGVANG_WORLDBANK_BASE_URL", small_world.worldbank.as_uri())
        patch.setenv("TIENGVANG_TRANCO_BASE_URL", small_world.tranco.as_uri())
        for name in ("pageviews", "imf", "oecd", "factchecks"):
            folder = small_world.folder / name
            patch.setenv(f"TIENGVANG_{name.upper()}_BASE_URL", folder.as_uri())
        patch.setenv("TIENGVANG_APPROVAL_HOURS", "1")
        patch.setenv("TIENGVANG_GDELT_DOMAINS_URL", small_world.gdelt_domains.as_uri())
        settings = get_settings()
        prepare(postgres.warehouse_url(settings))
        try:
            services.up(settings, say=lambda _: None)
            yield settings
        finally:
            services.down(settings, say=lambda _: None)


@pytest.fixture(scope="module")
def api(upped: Settings) -> Iterator[requests.Session]:
    """A session of Airflow's only user."""
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(
            f"{address(upped)}/auth/token",
            json={"username": "admin", "password": airflow_home.admin_password(upped.home)},
            timeout=20,
        )
        assert answer.status_code == 201, answer.text
        session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        yield session


def address(settings: Settings) -> str:
    return f"http://127.0.0.1:{settings.airflow_port}"


def get(api: requests.Session, settings: Settings, path: str) -> dict[str, Any]:
    answer = api.get(f"{address(settings)}/api/v2/{path}", timeout=20)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.airflow
def test_all_are_up_and_a_second_up_changes_nothing(upped: Settings) -> None:
    assert services.running_services(upped.home) == list(services.SERVICE_COMMANDS)
    before = services.read_services(upped.home)
    assert services.up(upped, say=pytest.fail) == address(upped)
    assert services.read_services(upped.home) == before


@pytest.mark.airflow
def test_listen_on_this_machine_only(upped: Settings) -> None:
    listening = {
        address
        for found in services.read_services(upped.home)
        for process in found.processes()
        for address in listening_on(process)
    }
    assert ("127.0.0.1", upped.airflow_port) in listening
    assert {ip for ip, _ in listening} == {"127.0.0.1"}


def listening_on(process: psutil.Process) -> set[tuple[str, int]]:
    """Where a process listens; Airflow lets nobody but root look into the one that runs tasks."""
    try:
        connections = process.net_connections("inet")
    except psutil.AccessDenied:
        assert os.geteuid() != 0
        return set()
    return {c.laddr for c in connections if c.status == psutil.CONN_LISTEN}


@pytest.mark.airflow
def test_nothing_is_told_without_the_generated_password(upped: Settings) -> None:
    anonymous = requests.get(f"{address(upped)}/api/v2/dags", timeout=20)
    assert anonymous.status_code == 401
    for password in ("admin", "password"):
        wrong = {"username": "admin", "password": password}
        refused = requests.post(f"{address(upped)}/auth/token", json=wrong, timeout=20)
        assert refused.status_code == 401


@pytest.mark.airflow
def test_every_dag_file_is_served(upped: Settings, api: requests.Session) -> None:
    assert DAGS
    deadline = time.monotonic() + 90
    while {d["dag_id"] for d in get(api, upped, "dags")["dags"]} != DAGS:
        assert get(api, upped, "importErrors")["import_errors"] == []
        assert time.monotonic() < deadline, get(api, upped, "dags")
        time.sleep(1)
    assert not any(d["is_paused"] for d in get(api, upped, "dags")["dags"])


@pytest.mark.airflow
def test_a_build_follows_a_scheduled_load_through_its_asset(
    upped: Settings, api: requests.Session
) -> None:
    """Nobody triggers anything: the timetable starts the load, the load's asset the build."""
    runs = "dags/build_warehouse/dagRuns"
    deadline = time.monotonic() + 400
    while "success" not in (states := [r["state"] for r in get(api, upped, runs)["dag_runs"]]):
        assert time.monotonic() < deadline, (states, get(api, upped, "dags/ingest_gdelt/dagRuns"))
        time.sleep(2)
    first = min(get(api, upped, runs)["dag_runs"], key=lambda run: run["run_after"])
    assert first["run_type"] == "asset_triggered"
    with psycopg.connect(postgres.warehouse_url(upped)) as connection:
        published = connection.execute("select count(*) from ops.publications").fetchone()
        documents = connection.execute("select count(*) from marts.fct_document_country").fetchone()
    assert published is not None
    assert published[0] >= 1
    assert documents is not None
    assert documents[0] > 0


def await_documents(settings: Settings) -> None:
    """Wait until a build has published what the first load brought."""
    deadline = time.monotonic() + 400
    with psycopg.connect(postgres.warehouse_url(settings), autocommit=True) as connection:
        while True:
            is_there = "select to_regclass('marts.fct_document_country') is not null"
            documents = "select exists (select from marts.fct_document_country)"
            if all(
                connection.execute(query).fetchone() == (True,) for query in (is_there, documents)
            ):
                return
            assert time.monotonic() < deadline, "no build has published documents"
            time.sleep(2)


@pytest.fixture(scope="module")
def proposed(
    upped: Settings, api: requests.Session, small_world: World
) -> tuple[str, dict[str, Any]]:
    """The run of an edition that waits for an answer, and what it returned."""
    await_documents(upped)
    day = f"{small_world.instants[0]:%Y-%m-%d}"
    conf = {"from": f"{small_world.spec.start}T00:00:00Z", "to": f"{day}T00:00:00Z"}
    asked = api.post(
        f"{address(upped)}/api/v2/dags/publish_edition/dagRuns",
        json={"logical_date": None, "conf": conf},
        timeout=20,
    )
    assert asked.status_code == 200, asked.text
    run_id = asked.json()["dag_run_id"]
    tasks = f"dags/publish_edition/dagRuns/{run_id}/taskInstances"
    deadline = time.monotonic() + 300
    while True:
        states = {t["task_id"]: t["state"] for t in get(api, upped, tasks)["task_instances"]}
        if states.get("approve_edition") == "awaiting_input":
            break
        assert "failed" not in states.values(), states
        assert time.monotonic() < deadline, states
        time.sleep(1)
    value = get(api, upped, f"{tasks}/render_edition/xcomEntries/return_value")["value"]
    return run_id, value if isinstance(value, dict) else json.loads(value)


@pytest.mark.airflow
def test_a_person_publishes_exactly_what_was_shown(
    upped: Settings, api: requests.Session, proposed: tuple[str, dict[str, Any]]
) -> None:
    run_id, release = proposed
    assert release["status"] == "proposed"
    draft = Path(release["folder"])
    shown = {path.relative_to(draft): path.read_bytes() for path in draft.rglob("*.*")}
    task = f"dags/publish_edition/dagRuns/{run_id}/taskInstances/approve_edition/-1/hitlDetails"
    question = get(api, upped, task)
    assert question["options"] == ["Publish", "Hold"]
    assert question["defaults"] == ["Hold"]
    assert release["edition_id"] in question["subject"]
    assert f"tiengvang/editions/{draft.name}/vi/index.html" in question["body"]
    # A person reads first. An answer within a second of the question can reach Airflow 3.3 before the end
    # of the process that asked: it then takes the task for lost, and tries it again minutes later.
    time.sleep(8)
    answer = {"chosen_options": ["Publish"], "params_input": {}}
    answered = api.patch(f"{address(upped)}/api/v2/{task}", json=answer, timeout=20)
    assert answered.status_code == 200, answered.text
    deadline = time.monotonic() + 120
    run = f"dags/publish_edition/dagRuns/{run_id}"
    while (state := get(api, upped, run)["state"]) == "running":
        assert time.monotonic() < deadline
        time.sleep(1)
    assert state == "success"
    final = draft.with_name(release["edition_id"])
    assert {path.relative_to(final): path.read_bytes() for path in final.rglob("*.*")} == shown
    assert not draft.exists()
    with psycopg.connect(postgres.warehouse_url(upped)) as connection:
        row = connection.execute(
            "select status from ops.editions where edition_id = %s",
            (release["edition_id"],),
        ).fetchone()
    assert row == ("published",)


@pytest.mark.airflow
def test_the_desk_is_behind_airflows_login(
    upped: Settings, api: requests.Session, proposed: tuple[str, dict[str, Any]]
) -> None:
    """Asked as anybody, with a broken token, and as the one who may."""
    run_id, release = proposed
    run = urlencode({"dag_id": "publish_edition", "run_id": run_id})
    draft = Path(release["folder"])
    folder = draft.name if draft.is_dir() else release["edition_id"]
    paths = ["", f"run?{run}", f"editions/{folder}/en/index.html"]
    for path in paths:
        page = f"{address(upped)}/tiengvang/{path}"
        anonymous = requests.get(page, timeout=20)
        assert anonymous.status_code == 401
        assert anonymous.json() == {"detail": "Not authenticated"}
        broken = requests.get(page, headers={"Authorization": "Bearer e30.e30.x"}, timeout=20)
        assert broken.status_code in (401, 403)
        assert "<html" not in broken.text
        known = api.get(page, timeout=20)
        assert known.status_code == 200
        assert release["edition_id"] in known.text
    traversal = f"{address(upped)}/tiengvang/editions/%2e%2e/secrets/pgpass"
    assert api.get(traversal, timeout=20).status_code == 404


@pytest.fixture
def signed_in(upped: Settings, browser: Any) -> Iterator[Callable[..., Any]]:
    """Open pages of Airflow after signing in as a person does; nothing is asked of other hosts."""
    contexts: list[Any] = []
    elsewhere: list[str] = []

    def opened(screen: tuple[int, int], scheme: str) -> Any:
        width, height = screen
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((f"{address(upped)}/", "data:", "blob:", "about:"))
                else elsewhere.append(request.url)
            ),
        )
        page.goto(f"{address(upped)}/")
        page.locator("input[name=username]").fill("admin")
        page.locator("input[name=password]").fill(airflow_home.admin_password(upped.home))
        page.locator("button[type=submit]").click()
        page.wait_for_url(lambda url: "/auth/" not in url)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert elsewhere == []


@pytest.mark.airflow
@pytest.mark.browser
@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("screen", "scheme"), [((1200, 900), "light"), ((1200, 900), "dark"), ((360, 740), "light")]
)
def test_the_desk_is_a_page_of_airflow(
    upped: Settings,
    proposed: tuple[str, dict[str, Any]],
    signed_in: Callable[..., Any],
    screen: tuple[int, int],
    scheme: str,
    tmp_path: Path,
) -> None:
    run_id, release = proposed
    page = signed_in(screen, scheme)
    page.goto(f"{address(upped)}/plugin/tiengvang")
    desk = page.frame_locator("iframe")
    desk.get_by_role("heading", name="GDELT's slots, the last 14 days").wait_for()
    frame = next(f for f in page.frames if f.url.startswith(f"{address(upped)}/tiengvang/"))
    measured.unfold(frame)
    assert measured.axe(frame) == []
    # what surrounds the desk is Airflow's, and moderate there
    around = [found for found in measured.axe(page) if not found.startswith(("minor", "moderate"))]
    assert around == []
    frame.evaluate("document.querySelector('.muted').style.color = '#bbb8'")
    assert any("color-contrast" in found for found in measured.axe(frame)), "axe would find it"
    frame.evaluate("document.querySelector('.muted').style.color = ''")
    stops = measured.stops(page, frame)
    assert [number for number, _ in stops] == list(range(len(stops)))
    assert len(stops) > 5
    assert {outline for _, outline in stops[1:]} == {"solid"}
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ground = frame.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (ground == "rgb(18, 23, 28)") is (scheme == "dark")
    assert desk.locator("table.heat td.loaded").count() > 0
    page.screenshot(path=tmp_path / "desk.png")
    assert (tmp_path / "desk.png").stat().st_size > 20_000
    desk.get_by_role("link", name="Tiếng Việt", exact=True).click()
    desk.get_by_role("heading", name="Những gì bị tạm giữ, và vì sao").wait_for()
    desk.get_by_role("link", name="Đọc bản tiếng Việt").first.click()
    desk.locator("p.headline").wait_for()
    assert release["edition_id"] in desk.locator("p.meta").first.inner_text()
    run = quote(run_id, safe="")
    page.goto(f"{address(upped)}/dags/publish_edition/runs/{run}/plugin/tiengvang_run")
    left = page.frame_locator("iframe").locator("#run")
    left.get_by_role("heading", name="This run").wait_for()
    assert release["edition_id"] in left.inner_text()


def test_a_sample_world_has_a_schedule_only_with_an_upstream_of_its_own(
    new_warehouse: Callable[[str], Warehouse], tmp_path: Path
) -> None:
    """`make up` after `make demo`: live sources would refuse every quarter of an hour."""
    live = Settings(home=tmp_path, gdelt_base_url=Settings.model_fields["gdelt_base_url"].default)
    sample = Settings(home=tmp_path, gdelt_base_url="file:///sample/gdeltv2")
    with connect(new_warehouse("schedule").url, "owner") as connection:
        assert services.has_schedule(live, connection), "an empty warehouse may become live"
        connection.execute("insert into ops.world (world_name, is_synthetic) values ('a', true)")
        assert not services.has_schedule(live, connection)
        assert services.has_schedule(sample, connection)
        connection.execute("update ops.world set is_synthetic = false")
        assert services.has_schedule(live, connection)


@pytest.mark.airflow
def test_killed_scheduler_is_replaced_with_all_that_it_started(upped: Settings) -> None:
    before = service("scheduler", upped.home)
    leader = before.leader()
    assert leader is not None
    children = leader.children(recursive=True)
    assert children
    leader.send_signal(signal.SIGKILL)
    leader.wait(10)
    assert "scheduler" not in services.running_services(upped.home)
    services.up(upped, say=lambda _: None)
    after = service("scheduler", upped.home)
    assert after.pid != before.pid
    assert after.leader() is not None
    assert not any(child.is_running() for child in children)


@pytest.mark.airflow
def test_down_leaves_no_process(upped: Settings) -> None:
    """Last of the module: it ends what the others use."""
    assert processes_in(upped.home)
    services.down(upped, say=lambda _: None)
    assert processes_in(upped.home) == []
    assert services.running_services(upped.home) == []
    assert not postgres.is_running(upped.home)
    said: list[str] = []
    services.down(upped, say=said.append)
    assert said == []


def test_taken_port_is_named_and_nothing_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as thief:
        thief.bind(("127.0.0.1", 0))
        thief.listen()
        number = thief.getsockname()[1]
        settings = Settings(home=tmp_path / "home", airflow_port=number)
        with pytest.raises(TiengVangError, match=rf"port {number} .* TIENGVANG_AIRFLOW_PORT"):
            services.require_free_port(settings)
    services.require_free_port(settings)
    assert services.read_services(settings.home) == []


def start_stubborn() -> tuple[Service, list[int]]:
    process = subprocess.Popen(
        [sys.executable, "-c", STUBBORN],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    with process.stdout as out:
        pids = [int(out.readline()), int(out.readline())]
    created = psutil.Process(process.pid).create_time()
    return Service("stubborn", process.pid, created), pids


def test_what_ignores_the_request_to_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_processes, "TERM_SECONDS", 0.3)
    stubborn, pids = start_stubborn()
    assert {process.pid for process in stubborn.processes()} == set(pids)
    assert service_processes.end(stubborn.processes(), again=stubborn.processes) == []
    assert stubborn.processes() == []


def test_orphans_of_a_killed_service_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_processes, "TERM_SECONDS", 0.3)
    stubborn, pids = start_stubborn()
    os.kill(stubborn.pid, signal.SIGKILL)
    os.waitpid(stubborn.pid, 0)
    assert stubborn.leader() is None
    orphan = next(pid for pid in pids if pid != stubborn.pid)
    assert [process.pid for process in stubborn.processes()] == [orphan]
    assert service_processes.end(stubborn.processes()) == []


def test_number_that_was_used_again_is_left_alone() -> None:
    stranger = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True
    )
    try:
        created = psutil.Process(stranger.pid).create_time()
        ours = Service("scheduler", stranger.pid, created - 1000)
        assert ours.leader() is None
        assert ours.processes() == []
        assert service_processes.end(ours.processes()) == []
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()
