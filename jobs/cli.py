"""The `goodword` command: one file per sub-command in `jobs/commands`, imported when needed."""

from __future__ import annotations

import importlib
import pkgutil

import click

from jobs import commands


class CommandFolder(click.Group):
    """A group whose commands are the files of `jobs/commands`; `parse_address.py` is
    `parse-address`. Each file holds a click command named `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = (module.name for module in pkgutil.iter_modules(commands.__path__))
        return sorted(name.replace("_", "-") for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        return module.command


@click.command(cls=CommandFolder)
@click.version_option(package_name="goodword")
def main() -> None:
    """Reviews, replies and listings of local businesses."""
