"""`goodword export`: what an organization has, as CSV or JSON Lines."""

from __future__ import annotations

import click

KINDS = ("locations", "listings", "reviews", "findings")


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json")
@click.option("--organization", metavar="NAME", help="Needed where there are several.")
def command(kind: str, form: str, organization: str | None) -> None:
    """Write all locations, listings, reviews or findings to standard output.

    \b
    goodword export reviews > reviews.jsonl
    goodword export locations --format csv > locations.csv
    """
    import itertools
    import json

    from app.core import sheets
    from app.core.db import Database, scope
    from app.core.settings import Settings
    from app.exports.queries import EXPORTS
    from jobs.organizations import named

    database = Database(Settings().url)
    with database.session(write=False) as session:
        scope(session, named(session, organization).id)
        rows = EXPORTS[kind](session)
        if form == "json":
            for row in rows:
                click.echo(json.dumps(row, ensure_ascii=False, default=str))
            return
        first = next(rows, None)
        if first is not None:
            click.echo(sheets.to_csv(list(first), itertools.chain([first], rows)), nl=False)
