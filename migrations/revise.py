"""Write the next revision from the difference between the tables in code and the revisions so far.

`python -m migrations.revise "Say what changes"`; read what it wrote before committing it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from migrations import config, upgrade


def revise(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/revise.sqlite3"
        upgrade(url)
        settings = config(url)
        count = len(list(ScriptDirectory.from_config(settings).walk_revisions()))
        number = f"{count + 1:04}"
        command.revision(settings, message, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit(f'usage: python -m migrations.revise "What changes"  (in {Path.cwd()})')
    revise(sys.argv[1])
