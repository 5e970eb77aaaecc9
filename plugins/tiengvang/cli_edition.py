"""The console's commands of the edition: where the newest one is, and an office's override."""

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
