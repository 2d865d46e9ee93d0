"""`goodword sample`: the sample town."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Port on 127.0.0.1; the setting sample_port by default.",
)
@click.option("--move", metavar="NAME", help="Tell the town to move on, and stop there.")
@click.option("--moves", is_flag=True, help="List what the town can be told to do.")
def command(port: int | None, move: str | None, moves: bool) -> None:
    """Serve the sample town: six small directories to look around in.

    \b
    goodword sample                     serve it on 127.0.0.1
    goodword sample --move new_review   somebody writes a new review
    """
    from werkzeug.serving import make_server

    from app.core.clock import utc_now
    from app.core.settings import Settings
    from app.sample import town
    from app.sample.server import create_town

    settings = Settings()
    memory = town.Town(settings.data_dir / "town.json", utc_now)
    known = town.data()["moves"]
    if moves:
        for name, says in known.items():
            click.echo(f"{name:<14}{says}")
        return
    if move is not None:
        if move not in known:
            raise click.BadParameter(f"the town knows {', '.join(known)}", param_hint="--move")
        click.echo(memory.move(move))
        return
    server = make_server(
        "127.0.0.1", port or settings.sample_port, create_town(memory), threaded=True
    )
    click.echo(f"The sample town is at http://127.0.0.1:{server.port}/ (Ctrl-C stops it)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
