"""`goodword import`: locations, listings and reviews from a file that was exported elsewhere."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("kind", type=click.Choice(["locations", "listings", "reviews"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organization", metavar="NAME", help="Needed where there are several.")
@click.option("--listing", metavar="URL", help="The page that reviews belong to.")
def command(kind: str, file: Path, organization: str | None, listing: str | None) -> None:
    """Take in locations (CSV), listings with their passports (CSV or JSON), or the reviews of one
    listing (CSV or JSON, as a platform exports them).

    Nothing is stored where a row of the file is wrong; each is named with its reason.

    \b
    goodword import locations locations.csv
    goodword import reviews reviews.json --listing https://example.com/our-page
    """
    from app.core.db import Database, scope
    from app.core.errors import UserError
    from app.core.settings import Settings
    from app.exports import taking_in
    from jobs.connecting import connector_for
    from jobs.organizations import named
    from scrapers import registry

    settings = Settings()
    database = Database(settings.url)
    try:
        with database.begin() as session:
            scope(session, named(session, organization).id)
            if kind == "reviews":
                export = connector_for(settings).export
                done = taking_in.reviews(session, file.read_bytes(), registry, listing, export)
            else:
                done = taking_in.TAKING_IN[kind](session, file.read_bytes(), registry)
            click.echo(done)
    except UserError as error:
        raise click.ClickException(str(error)) from None
