"""`goodword sources`: what can be read, and by what right."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option(
    "--pages",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a page about each into this folder (docs/sources).",
)
def command(as_json: bool, pages: Path | None) -> None:
    """List every source: its key, its right to be read, what it can do.

    \b
    goodword sources
    goodword sources --json
    goodword sources --pages docs/sources
    """
    import json

    from scrapers import describe, registry

    if pages:
        pages.mkdir(parents=True, exist_ok=True)
        for source in registry.all_sources():
            (pages / f"{source.key}.md").write_text(describe.page(source), encoding="utf-8")
        return
    for source in registry.all_sources():
        can = sorted(capability.value for capability in source.capabilities)
        if as_json:
            facts = {
                "key": source.key,
                "name": source.name,
                "access": source.access.value,
                "can": can,
                "on": source.default_on,
                "terms": source.terms_url,
                "credentials": list(source.credentials),
            }
            click.echo(json.dumps(facts, ensure_ascii=False))
            continue
        off = "" if source.default_on else "  (off unless switched on)"
        click.echo(f"{source.key:<26}{source.access.value:<18}{', '.join(can)}{off}")
