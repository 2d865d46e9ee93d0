"""`goodword migrate`: the database brought to the newest revision."""

import click


@click.command()
def command() -> None:
    """Make the database, or bring it to what this version needs."""
    from app.core.settings import Settings
    from migrations import upgrade

    upgrade(Settings().url)
    click.echo("The database is up to date.")
