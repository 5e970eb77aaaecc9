"""Configuration has one door, and the example file names exactly what the door lets in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tiengvang.errors import SettingsError
from tiengvang.settings import PREFIX, REPOSITORY, Settings, get_settings
from tiengvang.transform import dbt_environment

EXAMPLE = REPOSITORY / ".env.example"


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)


def test_defaults_need_no_environment() -> None:
    settings = get_settings()
    assert settings.home == REPOSITORY / ".local"
    assert settings.warehouse_url is None
    assert settings.gdelt_base_url.startswith("http://data.gdeltproject.org/")


def test_environment_is_read_when_called(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIENGVANG_HOME", str(tmp_path))
    monkeypatch.setenv("TIENGVANG_GDELT_BASE_URL", "file:///srv/gdelt/")
    settings = get_settings()
    assert settings.home == tmp_path
    assert settings.gdelt_base_url == "file:///srv/gdelt"
    monkeypatch.setenv("TIENGVANG_HOME", "elsewhere")
    assert get_settings().home == REPOSITORY / "elsewhere"


def test_unknown_setting_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIENGVANG_HOEM", "/tmp")
    with pytest.raises(SettingsError, match=r"unknown .* TIENGVANG_HOEM; known are .*HOME"):
        get_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GDELT_BASE_URL", "ftp://host/gdelt"),
        ("WORLDBANK_BASE_URL", "host/v2"),
        ("TRANCO_BASE_URL", "tranco-list.eu"),
        ("PAGEVIEWS_BASE_URL", "wikimedia.org"),
        ("IMF_BASE_URL", "sftp://api.imf.org"),
        ("OECD_BASE_URL", "/data/oecd"),
        ("GDELT_DOMAINS_URL", "/srv/domain-country.csv"),
        ("FACTCHECKS_BASE_URL", "s3://bucket/feed"),
        ("EDITION_TIME", "24:00"),
        ("EDITION_TIME_ZONE", "Asia/Nowhere"),
        ("AIRFLOW_PORT", "0"),
        ("FETCH_WORKERS", "many"),
    ],
)
def test_bad_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"TIENGVANG_{name}", value)
    with pytest.raises(SettingsError, match=f"TIENGVANG_{name}: "):
        get_settings()


def test_a_folder_that_is_not_named_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TIENGVANG_FIA_DIR", "")  # as compose gives what is not set
    assert get_settings().fia_dir is None
    monkeypatch.setenv("TIENGVANG_FIA_DIR", "statistics/fia")
    assert get_settings().fia_dir == REPOSITORY / "statistics" / "fia"
    monkeypatch.setenv("TIENGVANG_FIA_DIR", str(tmp_path))
    assert get_settings().fia_dir == tmp_path


def test_a_site_that_is_not_named_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIENGVANG_NSO_BASE_URL", "")
    assert get_settings().nso_base_url == ""
    monkeypatch.setenv("TIENGVANG_NSO_BASE_URL", "https://site.example/")
    assert get_settings().nso_base_url == "https://site.example"
    monkeypatch.setenv("TIENGVANG_NSO_BASE_URL", "site.example")
    with pytest.raises(SettingsError, match=r"TIENGVANG_NSO_BASE_URL: .*https://"):
        get_settings()


def test_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIENGVANG_WAREHOUSE_URL", "postgresql://me:hidden@host/db")
    settings = get_settings()
    assert "hidden" not in f"{settings!r} {settings} {settings.model_dump()}"
    assert settings.warehouse_url is not None
    assert settings.warehouse_url.get_secret_value().startswith("postgresql://me:hidden@")


def test_example_lists_exactly_the_settings() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    listed = re.findall(rf"^#({PREFIX}\w+)=", text, re.MULTILINE)
    assert sorted(listed) == sorted(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)
    assert not re.search(rf"^{PREFIX}", text, re.MULTILINE), "an example sets nothing by itself"


def test_example_shows_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    without = get_settings()
    text = EXAMPLE.read_text(encoding="utf-8")
    shown = dict(re.findall(rf"^#({PREFIX}\w+)=(.+)$", text, re.MULTILINE))
    assert len(shown) >= 7
    for name, value in shown.items():
        monkeypatch.setenv(name, value)
    assert get_settings() == without


def test_the_models_know_the_time_zone_of_the_editions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIENGVANG_EDITION_TIME_ZONE", "Asia/Tokyo")
    told = dbt_environment(get_settings(), "postgresql://localhost/w")
    assert told["TIENGVANG_EDITION_TIME_ZONE"] == "Asia/Tokyo"
    macro = (REPOSITORY / "dbt_project" / "macros" / "clock.sql").read_text(encoding="utf-8")
    default = Settings.model_fields["edition_time_zone"].default
    assert f'env_var("TIENGVANG_EDITION_TIME_ZONE", "{default}")' in macro
