"""The console's commands of editions: where they are, and what an office says about one."""

from __future__ import annotations

from typing import Any

import click

from tiengvang.cli_warehouse import Instant, prepared_url
from tiengvang.errors import TiengVangError


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def edition(context: click.Context, as_json: bool) -> None:
    """Say where the newest edition is."""
    if context.invoked_subcommand is not None:
        return
    from tiengvang import cli_reports
    from tiengvang.edition import records
    from tiengvang.settings import get_settings

    found = records.newest_edition(get_settings(), prepared_url())
    if not found:
        raise TiengVangError("there is no edition yet: run `tiengvang demo` or `tiengvang live`")
    report = cli_reports.read_edition(found)
    click.echo(cli_reports.to_json(report) if as_json else cli_reports.describe_edition(report))


@edition.command()
@click.option("--office", required=True, help="Who decides: an office, never a person.")
@click.option("--reason", required=True, help="Why; readers see it in both languages as given.")
@click.option(
    "--until", "expires_at", type=Instant(), required=True, help="When it ends, in 31 days at most."
)
@click.option(
    "--rule", "rules", multiple=True, required=True, help="A rule that may fail; may be repeated."
)
def override(office: str, reason: str, expires_at: Any, rules: tuple[str, ...]) -> None:
    """Let editions be published although a named check of the edition door fails."""
    from tiengvang.edition.overrides import record_override
    from tiengvang.windows import format_instant

    given = record_override(prepared_url(), office, reason, rules, expires_at)
    click.echo(
        f"override {given.override_id}: {', '.join(given.rules)} may fail until "
        f"{format_instant(given.expires_at)}, decided by {given.office}"
    )
    click.echo("Publish with `tiengvang run publish_edition`; the edition prints all of this.")


@edition.command()
@click.argument("edition_id")
@click.option("--office", required=True, help="Who says so: an office, never a person.")
@click.option(
    "--wrong", required=True, help="What was wrong and what is right; readers see it as given."
)
@click.option(
    "--wrong-vi", help="The same for the Vietnamese page, if that is to have its own text."
)
@click.option("--reason", required=True, help="How it came about; readers see it as given.")
def correct(edition_id: str, office: str, wrong: str, wrong_vi: str | None, reason: str) -> None:
    """State that a number which an edition published was wrong; the edition itself stays as it is."""
    from tiengvang.edition.corrections import record_correction
    from tiengvang.edition.entry import write_entry
    from tiengvang.settings import get_settings

    url = prepared_url()
    given = record_correction(url, edition_id, office, wrong, wrong_vi, reason)
    write_entry(get_settings(), url)
    click.echo(f"correction {given.correction_id} of {given.edition_id}, stated by {given.office}")
    click.echo("The entry page says so now; the editions of the next 28 days print it.")


@edition.command()
@click.argument("correction_id", type=int)
@click.option("--office", required=True, help="Who says so: an office, never a person.")
@click.option("--reason", required=True, help="Why; readers see it in both languages as given.")
def withdraw(correction_id: int, office: str, reason: str) -> None:
    """Take a correction back by its number: it was a mistake. What was stated is kept."""
    from tiengvang.edition.corrections import record_withdrawal
    from tiengvang.edition.entry import write_entry
    from tiengvang.settings import get_settings

    url = prepared_url()
    given = record_withdrawal(url, correction_id, office, reason)
    write_entry(get_settings(), url)
    click.echo(f"correction {correction_id} of {given.edition_id} withdrawn by {given.office}")
    click.echo("The entry page says so now; the editions of the next 28 days print it.")


@edition.command("list")
@click.option(
    "--limit", type=click.IntRange(min=1), default=30, show_default=True, help="How many."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_command(limit: int, as_json: bool) -> None:
    """List editions, newest first: period, status, and whether the files are those that were published."""
    from tiengvang import cli_reports
    from tiengvang.edition.history import list_editions
    from tiengvang.settings import get_settings

    found = list_editions(get_settings(), prepared_url(), limit)
    click.echo(cli_reports.to_json(found) if as_json else cli_reports.describe_editions(found))


@edition.command("open")
@click.argument("edition_id")
@click.option("--language", type=click.Choice(["en", "vi"]), default="en", show_default=True)
@click.option("--print", "only_print", is_flag=True, help="Only print where it is.")
def open_command(edition_id: str, language: str, only_print: bool) -> None:
    """Open a published edition as it was, in the browser."""
    from tiengvang.edition.history import page_of
    from tiengvang.settings import get_settings

    page, files = page_of(get_settings(), prepared_url(), edition_id, language)
    click.echo(str(page))
    if files == "altered":
        click.echo("its files are not those that were published: see `tiengvang verify`", err=True)
    if not only_print:
        click.launch(page.as_uri())


@click.command()
@click.argument("edition_id")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(edition_id: str, as_json: bool) -> None:
    """Make a published edition again from its receipts and compare; ends with 1 if a number differs."""
    from dataclasses import asdict

    from tiengvang import cli_reports
    from tiengvang.edition.verification import describe
    from tiengvang.edition.verification import verify as compare
    from tiengvang.settings import get_settings

    found = compare(get_settings(), prepared_url(), edition_id)
    if as_json:
        click.echo(cli_reports.to_json({"is_equal": found.is_equal, **asdict(found)}))
    else:
        click.echo("\n".join(describe(found)))
    if not found.is_equal:
        raise SystemExit(1)
