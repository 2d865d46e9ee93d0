"""`goodword collect`: visits by hand."""

import click


@click.command()
@click.argument("location", required=False)
@click.option("--due", is_flag=True, help="Only what the schedule asks for now.")
def command(location: str | None, due: bool) -> None:
    """Visit the listings of all locations, or of one (its number or name), and write replies.

    \b
    goodword collect                 everything
    goodword collect "Harbour Café"  one location
    """
    from app.core.settings import Settings
    from jobs import by_hand

    with by_hand.parts(Settings()) as parts:
        by_hand.collect(parts, location, due)
