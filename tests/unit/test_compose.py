"""What docker-compose.yml promises: the laptop's commands, no default password, no open port."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tiengvang.local.airflow_home import COMMON_ENVIRONMENT, airflow_environment
from tiengvang.local.compose_env import fill
from tiengvang.local.services import SERVICE_COMMANDS
from tiengvang.settings import PREFIX, REPOSITORY, Settings

COMPOSE = REPOSITORY / "docker-compose.yml"
EXAMPLE = REPOSITORY / ".env.example"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = compose["services"]
    return found


def test_follows_the_compose_schema(compose: dict[str, Any]) -> None:
    vendored = resources.files("check_jsonschema") / "builtin_schemas/vendor/compose-spec.json"
    schema = json.loads(vendored.read_text(encoding="utf-8"))
    jsonschema.validate(compose, schema)
    wrong = {**compose, "services": {"postgres": {"image": "postgres:18", "portz": []}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema)


def test_starts_the_very_commands_of_the_laptop(services: dict[str, Any]) -> None:
    assert set(services) == {"postgres", "airflow-init", *SERVICE_COMMANDS}
    for name, command in SERVICE_COMMANDS.items():
        assert services[name]["command"] == command
    assert services["airflow-init"]["command"][:2] == ["tiengvang", "init"]
    assert services["postgres"]["image"] == "postgres:18"


def test_configures_airflow_as_the_laptop_does(services: dict[str, Any], tmp_path: Path) -> None:
    laptop = airflow_environment(Settings(home=tmp_path), "postgresql://u:p@127.0.0.1:1/airflow")
    assert COMMON_ENVIRONMENT.items() <= laptop.items()
    for name in (*SERVICE_COMMANDS, "airflow-init"):
        given = services[name]["environment"]
        assert COMMON_ENVIRONMENT.items() <= given.items(), name
        assert set(given) - set(laptop) == {"TIENGVANG_WAREHOUSE_URL"}
        assert set(laptop) <= set(given)


def test_every_secret_is_asked_for_and_written_by_make_env(compose: dict[str, Any]) -> None:
    text = COMPOSE.read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+):\?run make env\}", text))
    offered = set(re.findall(r"^(\w+)=$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert asked == offered
    assert len(asked) == 5
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD$|SECRET|FERNET|CONN|WAREHOUSE_URL", name):
                assert ":?run make env}" in value, name
    other = set(re.findall(r"(?<!\$)\$\{(\w+)", text)) - asked
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert other - known == {"WAREHOUSE_PORT"}


def test_listens_on_this_machine_only(services: dict[str, Any]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_waits_heals_and_keeps(services: dict[str, Any], compose: dict[str, Any]) -> None:
    for name, service in services.items():
        if name == "airflow-init":
            assert service["restart"].startswith("on-failure")
            assert set(service["depends_on"]) == {"postgres"}
            continue
        assert service["restart"] == "unless-stopped", name
        assert service["healthcheck"]["test"][0] == "CMD", name
        if name != "postgres":
            conditions = {k: v["condition"] for k, v in service["depends_on"].items()}
            assert conditions["postgres"] == "service_healthy"
            assert conditions["airflow-init"] == "service_completed_successfully"
            assert ("api-server" in conditions) == (name != "api-server")
    mounted = {v.split(":")[0] for s in services.values() for v in s["volumes"]}
    assert mounted == set(compose["volumes"])


def test_second_database_is_made_with_the_asked_password(compose: dict[str, Any]) -> None:
    script = compose["configs"]["airflow-database"]["content"]
    # Compose would replace a single $ itself.
    assert not re.search(r"(?<!\$)\$(?!\$)", script)
    assert "create database airflow owner airflow" in script
    shell = script.replace("$$", "$")
    assert subprocess.run(["sh", "-n", "-c", shell], check=False).returncode == 0


def test_image_is_built_from_the_lock_by_an_ordinary_user() -> None:
    text = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes" in text
    assert re.search(r"^USER (?!root)\w+", text, re.MULTILINE)
    copied = {
        source for line in re.findall(r"^COPY (.+) \S+$", text, re.M) for source in line.split()
    }
    assert {"requirements.lock", "pyproject.toml", "plugins", "dags", "dbt_project"} <= copied
    allowed = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert allowed[0] == "*"
    assert {f"!{source}" for source in copied} <= set(allowed)


def test_lock_names_versions_and_hashes_but_no_address() -> None:
    lines = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith(" ")]
    assert len(pins) > 100
    assert all(re.match(r"[a-z0-9.\-\[\]]+==\S+", pin) for pin in pins)
    assert all(re.match(r" +--hash=sha256:[0-9a-f]{64}( \\)?$", x) for x in lines if x not in pins)
    assert {pin.split("==")[0] for pin in pins} >= {
        "apache-airflow",
        "dbt-core",
        "great-expectations",
    }


def test_make_env_writes_new_secrets_once(tmp_path: Path) -> None:
    target = tmp_path / ".env"
    script = REPOSITORY / "plugins" / "tiengvang" / "local" / "compose_env.py"
    command = [sys.executable, "-I", str(script), str(EXAMPLE), str(target)]
    subprocess.run(command, check=True, capture_output=True)
    first = target.read_text(encoding="utf-8")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    values = re.findall(r"^\w+=(.*)$", first, re.MULTILINE)
    assert len(values) == len(set(values)) == 5
    assert all(len(value) == 44 for value in values)
    subprocess.run(command, check=True, capture_output=True)
    assert target.read_text(encoding="utf-8") == first
    assert fill("A=\nB=kept\n#C=\n") != fill("A=\nB=kept\n#C=\n")
    assert fill("B=kept\n#C=\n") == "B=kept\n#C=\n"


def test_make_names_its_targets() -> None:
    shown = subprocess.run(
        ["make", "-C", str(REPOSITORY)],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"]},
    ).stdout
    promised = "demo test live up down status psql check bench clean help lock env"
    assert set(promised.split()) <= set(re.findall(r"^  make (\w+) ", shown, re.MULTILINE))
