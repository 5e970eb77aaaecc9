"""The console script ``tiengvang``. Heavy modules are imported by the commands that need them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Literal, cast

import click

from tiengvang.cli_audit import audit
from tiengvang.cli_edition import edition, verify
from tiengvang.cli_registers import registers
from tiengvang.cli_warehouse import Instant, prepared_url
from tiengvang.errors import TiengVangError

if TYPE_CHECKING:
    from tiengvang.windows import Window

CONTEXT = {"help_option_names": ["-h", "--help"]}


class Console(click.Group):
    """Prints an error that the product raises on purpose as one clear message, exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was given."""
        try:
            return super().invoke(ctx)
        except TiengVangError as error:
            click.echo(f"tiengvang: {error}", err=True)
            ctx.exit(1)


@click.group(cls=Console, context_settings=CONTEXT)
@click.version_option(package_name="tiengvang")
def main() -> None:
    """Tiếng Vang: how the world's press covers a country, gated before it is published."""


main.add_command(audit)
main.add_command(edition)
main.add_command(registers)
main.add_command(verify)


@main.command()
@click.option("--bi-login", is_flag=True, help="Create the reading login on a given server too.")
def init(bi_login: bool) -> None:
    """Create this home's warehouse, Airflow's database and secrets."""
    from tiengvang import cli_reports
    from tiengvang.local import logins, runs
    from tiengvang.settings import get_settings

    settings = get_settings()
    url = runs.ready(settings)
    if bi_login or settings.warehouse_url is None:
        logins.ensure_bi_login(settings.home, url)
    click.echo(f"ready: {settings.home}")
    click.echo(cli_reports.describe_connection(settings))


@main.command()
@click.option(
    "--world",
    type=click.Choice(["sample", "long"]),
    default="sample",
    show_default=True,
    help="Two weeks of quarter-hours, or six years of three slots a day.",
)
def demo(world: str) -> None:
    """Run everything once on a bundled sample world. It ends with a published edition."""
    from tiengvang.local import chain

    _show_outcome(chain.demo(click.echo, world_kind=world))


@main.command()
def live() -> None:
    """Run everything once on the live sources: the last 24 hours."""
    from tiengvang.local import chain

    _show_outcome(chain.live(click.echo))


@main.command()
@click.argument("dag_id")
@click.option("--from", "start", type=Instant(), help="First instant of the window.")
@click.option("--to", "end", type=Instant(), help="Instant after the window's last.")
def run(dag_id: str, start: Any, end: Any) -> None:
    """Run one DAG to its end in this process. For a window if one is given."""
    window = _window(start, end)
    from tiengvang.local import runs

    result = runs.run_dag(dag_id, window)
    click.echo(f"{dag_id}: {result.state} ({result.seconds:.0f} s, log {result.log})")
    result.require_success()


@main.command()
def up() -> None:
    """Start Airflow, which goes on in the background."""
    from tiengvang import cli_reports
    from tiengvang.local import airflow_home, logins, runs, secret_files, services
    from tiengvang.settings import get_settings
    from tiengvang.warehouse.connection import connect

    settings = get_settings()
    url = runs.ready(settings)
    if settings.warehouse_url is None:
        logins.ensure_bi_login(settings.home, url)
    with connect(url, "owner") as connection:
        schedule = services.has_schedule(settings, connection)
    address = services.up(settings, schedule=schedule, say=click.echo)
    if not schedule:
        click.echo(
            "This home holds a sample world, which no live source continues: nothing runs by schedule. "
            "For live data give it a home of its own (TIENGVANG_HOME)."
        )
    users = secret_files.secret_path(settings.home, airflow_home.USERS_SECRET)
    click.echo(
        cli_reports.line("Airflow", f"{address}  user {airflow_home.ADMIN}, password in {users}")
    )
    click.echo(cli_reports.describe_connection(settings))


@main.command()
def down() -> None:
    """Stop Airflow and the embedded server with all their processes."""
    from tiengvang.local import services
    from tiengvang.settings import get_settings

    services.down(get_settings(), say=click.echo)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(as_json: bool) -> None:
    """Say what the warehouse holds and what was last published."""
    from tiengvang import cli_reports
    from tiengvang.settings import get_settings

    settings = get_settings()
    report = cli_reports.read_status(settings, prepared_url())
    if as_json:
        click.echo(cli_reports.to_json(report))
        return
    click.echo(cli_reports.describe_status(report))
    click.echo(cli_reports.describe_connection(settings))


@main.command(context_settings={**CONTEXT, "ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def psql(arguments: tuple[str, ...]) -> None:
    """Open psql on the public marts, read-only; arguments go to psql."""
    from tiengvang import cli_sql
    from tiengvang.local.logins import reader_url
    from tiengvang.settings import get_settings

    prepared_url()
    settings = get_settings()
    command, environment = cli_sql.psql_command(reader_url(settings), settings.pg_bin)
    sys.stdout.flush()
    os.execvpe(command, [command, *arguments], {**os.environ, **environment})  # noqa: S606


@main.command()
@click.option(
    "--role",
    type=click.Choice(["reader", "owner"]),
    default="reader",
    show_default=True,
    help="Who asks: reader sees the public marts and writes nothing.",
)
@click.argument("query")
def sql(role: str, query: str) -> None:
    """Print the answer to one SQL statement as CSV."""
    from tiengvang import cli_sql
    from tiengvang.local.logins import reader_url
    from tiengvang.settings import get_settings

    owner = prepared_url()
    url = owner if role == "owner" else reader_url(get_settings())
    for chunk in cli_sql.as_csv(url, cast("Literal['reader', 'owner']", role), query):
        click.echo(chunk, nl=False)


@main.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def clean(yes: bool) -> None:
    """Stop everything and delete this home, data included."""
    from tiengvang.local import cleaning
    from tiengvang.settings import get_settings

    settings = get_settings()
    cleaning.require_own_home(settings.home)
    if settings.home.exists() and not yes and sys.stdin.isatty():
        click.confirm(f"Delete {settings.home} with warehouse and editions?", abort=True)
    cleaning.clean(settings, say=click.echo)


@main.command(context_settings={**CONTEXT, "ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> None:
    """Run the benchmarks; arguments go to them."""
    from tiengvang.settings import REPOSITORY

    if not (REPOSITORY / "benchmarks").is_dir():
        raise TiengVangError(f"no benchmarks in {REPOSITORY}: they come with the repository")
    os.chdir(REPOSITORY)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "benchmarks.bench", *arguments])  # noqa: S606


def _window(start: Any, end: Any) -> Window | None:
    from tiengvang.windows import Window

    if start is None and end is None:
        return None
    if start is None or end is None:
        raise click.UsageError("a window needs both --from and --to")
    try:
        return Window(start, end)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _show_outcome(found: dict[str, Any]) -> None:
    from tiengvang import cli_reports
    from tiengvang.settings import get_settings

    if found:
        click.echo(cli_reports.describe_edition(cli_reports.read_edition(found)))
    click.echo(cli_reports.describe_connection(get_settings()))


if __name__ == "__main__":
    main()
