"""`goodword digest`: the digests that are due, by hand."""

import click


@click.command()
@click.option("--now", is_flag=True, help="Also those whose hour has not come today.")
def command(now: bool) -> None:
    """Send the digests that are due; each goes out once a day or week however often this runs."""
    from app.core.settings import Settings
    from jobs import by_hand

    with by_hand.parts(Settings()) as parts:
        by_hand.digest(parts, now)
