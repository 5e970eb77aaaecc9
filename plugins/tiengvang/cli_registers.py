"""The console's commands of the registers: write the templates, check what was filled."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def registers() -> None:
    """Write the registers' templates; check files that were filled."""


@registers.command()
@click.option(
    "--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the templates; it is made where it is not there.",
)  # fmt: skip
def templates(folder: Path) -> None:
    """Write every template as CSV and XLSX, with a data dictionary. In both languages."""
    from tiengvang.registers.templates import write_templates

    for path in write_templates(folder):
        click.echo(str(path))


@registers.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def check(files: tuple[Path, ...]) -> None:
    """Check filled templates; nothing is taken in. Exit code 1 where one would be refused.

    Codes of ministries and KPIs, and days and instants to come, are checked when a file is taken in.
    """
    from tiengvang.errors import FileRefused, TiengVangError
    from tiengvang.registers.checking import check as check_file
    from tiengvang.registers.table import LIMIT_BYTES
    from tiengvang.sources.folder_files import read_bytes

    refused = 0
    for path in files:
        try:
            delivery = check_file(read_bytes(path, LIMIT_BYTES), file_name=path.name)
        except FileRefused as error:
            refused += 1
            click.echo(f"{path.name}: would be refused / sẽ không được nhận")
            for reject in error.rejects:
                click.echo(f"  {reject.reason}")
            if not error.rejects:
                click.echo(f"  {error}")
            continue
        count, name = len(delivery.rows), delivery.register.name
        click.echo(f"{path.name}: {name}, {count} rows can be taken / {count} dòng nhận được")
    if refused:
        raise TiengVangError(f"{refused} of {len(files)} files / {refused} trong {len(files)} tệp")
