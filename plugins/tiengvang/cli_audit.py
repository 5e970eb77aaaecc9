"""The console's commands of the labelled audit: draw a sample, take answers in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tiengvang.cli_warehouse import prepared_url


class Month(click.ParamType[Any]):
    """A calendar month, ``YYYY-MM``."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the month as its first day."""
        from tiengvang.audit.sample import read_month

        try:
            return read_month(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.group()
def audit() -> None:
    """Check by reading whether documents are about the country."""


@audit.command()
@click.option("--month", type=Month(), required=True, help="Month to audit, such as 2026-06.")
@click.option("--language", help="Only this language, an ISO 639-3 code such as vie.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the templates.")
def sample(month: Any, language: str | None, out: Path | None) -> None:
    """Write templates of up to 50 documents per language. An office answers them."""
    from tiengvang.audit.sample import focus_country, read_sample
    from tiengvang.audit.template import EXPLANATION, write_templates
    from tiengvang.errors import TiengVangError
    from tiengvang.local.logins import reader_url
    from tiengvang.settings import get_settings
    from tiengvang.warehouse.connection import connect

    settings = get_settings()
    prepared_url()
    with connect(reader_url(settings), "owner") as connection:
        connection.read_only = True
        country = focus_country(connection)
        documents = read_sample(connection, country, month, language)
    if not documents:
        named = f" in {language}" if language else ""
        raise TiengVangError(
            f"no document about {country}{named} of {month:%Y-%m} passes the gates"
        )
    folder = out or settings.home / "audit" / f"{month:%Y-%m}"
    for path, count in write_templates(folder, documents, month).items():
        click.echo(f"{count:>3} documents  {path}")
    click.echo(f"explained in   {folder / EXPLANATION}")


@audit.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--office", required=True, help="Who answered: an office, never a person.")
def load(files: tuple[Path, ...], office: str) -> None:
    """Take answered templates in; the next build follows them."""
    from tiengvang.audit.loading import load_answers
    from tiengvang.settings import get_settings

    for loaded in load_answers(get_settings(), prepared_url(), files, office):
        file = loaded.file
        what = f"{file.name}: {file.language_code} of {file.month:%Y-%m}, {len(file.given)} answers"
        click.echo(what if loaded.is_new else f"{what}, known already: nothing changed")
    click.echo("The next build follows: it is scheduled, or `tiengvang run build_warehouse`.")
