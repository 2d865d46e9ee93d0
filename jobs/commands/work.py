"""`goodword work`: the worker."""

import click


@click.command()
@click.option("--tick", default=5.0, show_default=True, help="Seconds between two looks.")
def command(tick: float) -> None:
    """Do on schedule what is due: visits, audits, suggestions, replies, digests.

    Runs until it is stopped (Ctrl-C or SIGTERM), then finishes what it has in hand.
    """
    from app.core.log import configure
    from app.core.settings import Settings
    from jobs.parts import Parts
    from jobs.worker import Worker

    configure()
    parts = Parts.build(Settings())
    try:
        Worker(parts, tick).run()
    finally:
        parts.close()
