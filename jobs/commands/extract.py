"""`goodword extract`: saved pages and API answers turned into listings and reviews."""

import click


@click.command()
@click.option("--source", help="Read every line as this source; otherwise the URL's host chooses.")
def command(source: str | None) -> None:
    """Read pages as JSON Lines and write what each says of a business.

    \b
    Each line holds a url and one of html, path (a file, gzip allowed) or json (an API's answer).
    Relative dates are resolved against seen_at.

    \b
    echo '{"id": 1, "url": "https://cafe.example/", "path": "page.html.gz",
           "seen_at": "2026-11-21T12:00:00Z"}' | goodword extract
    """
    import sys

    from jobs.lines import run_lines
    from scrapers.extract import extract

    sys.exit(run_lines(sys.stdin, sys.stdout, lambda given: extract(given, source)))
