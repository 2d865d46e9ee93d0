"""`goodword run`: everything on one machine."""

import click


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
def command(bind: str) -> None:
    """Bring the database up to date, then run the pages, the worker and the sample town.

    Prints the address; Ctrl-C stops all of them.
    """
    from app.core.settings import Settings
    from jobs import running
    from migrations import upgrade

    settings = Settings()
    host, _, port = bind.rpartition(":")
    pages, town = (host, int(port)), ("127.0.0.1", settings.sample_port)
    for name, address in (("The pages", pages), ("The sample town", town)):
        if running.is_taken(*address):
            raise click.ClickException(f"{name} need port {address[1]}, which is in use.")
    upgrade(settings.url)
    given = settings.base_url if "base_url" in settings.model_fields_set else None
    with running.group(running.environment(bind, given)) as processes:
        processes.start(running.gunicorn_arguments(bind))
        processes.start(running.goodword_arguments("work"))
        processes.start(running.goodword_arguments("sample"))
        well = processes.wait(until=lambda: running.is_taken(*pages))
        if well and not processes.asked_to_stop:
            click.echo(f"Goodword is at http://{bind}/ (Ctrl-C stops it)")
            well = processes.wait()
    if not well:
        raise click.ClickException("One of the processes ended; the others were stopped too.")
    click.echo("Goodword has stopped.")
