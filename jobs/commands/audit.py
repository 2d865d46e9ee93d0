"""`goodword audit`: audits by hand."""

import click


@click.command()
@click.argument("location", required=False)
def command(location: str | None) -> None:
    """Compare all locations, or one (its number or name), with what their listings said last."""
    from app.core.settings import Settings
    from jobs import by_hand

    with by_hand.parts(Settings()) as parts:
        by_hand.audit(parts, location)
