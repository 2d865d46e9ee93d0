"""`goodword import`: locations and listings from a file that was exported, or made elsewhere."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("kind", type=click.Choice(["locations", "listings"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organization", metavar="NAME", help="Needed where there are several.")
def command(kind: str, file: Path, organization: str | None) -> None:
    """Take in locations (CSV) or listings with their passports (CSV or JSON).

    Nothing is stored where a row of the file is wrong; each is named with its reason.

    \b
    goodword import locations locations.csv
    """
    from app.core.db import Database, scope
    from app.core.errors import UserError
    from app.core.settings import Settings
    from app.exports.taking_in import TAKING_IN
    from jobs.organizations import named
    from scrapers import registry

    database = Database(Settings().url)
    try:
        with database.begin() as session:
            scope(session, named(session, organization).id)
            click.echo(TAKING_IN[kind](session, file.read_bytes(), registry))
    except UserError as error:
        raise click.ClickException(str(error)) from None
