"""`goodword backup`: the database and the keys, in one file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Copy the database and the keys of this installation into a new zip FILE.

    It may run while Goodword works. To restore, unpack it into an empty data folder. With
    PostgreSQL, copy the database with pg_dump; the keys are copied here all the same.

    \b
    goodword backup goodword-2026-11-21.zip
    """
    from app.core.errors import UserError
    from app.core.settings import Settings
    from jobs.backup import back_up

    try:
        click.echo(back_up(Settings(), file))
    except UserError as error:
        raise click.ClickException(str(error)) from None
