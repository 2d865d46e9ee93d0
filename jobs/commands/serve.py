"""`goodword serve`: the web pages."""

import click


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.option("--workers", default=1, show_default=True, help="Processes.")
@click.option("--threads", default=4, show_default=True, help="Threads of each.")
def command(bind: str, workers: int, threads: int) -> None:
    """Serve the web pages with gunicorn, until it is stopped."""
    import os
    import sys

    from jobs.running import gunicorn_arguments

    os.execv(sys.executable, gunicorn_arguments(bind, workers, threads))  # noqa: S606
