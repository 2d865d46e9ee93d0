"""`goodword sources`: what can be read, and by what right."""

from __future__ import annotations

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(as_json: bool) -> None:
    """List every source: its key, its right to be read, what it can do.

    \b
    goodword sources
    goodword sources --json
    """
    import json

    from scrapers import registry

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
