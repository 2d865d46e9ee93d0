"""Copying an installation while it works."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from app.core.errors import UserError
from app.core.settings import Settings


def back_up(settings: Settings, file: Path) -> str:
    """Write the database (SQLite) and the keys into a new zip; returns what is in it.

    The zip holds secrets: only its owner may read it. Raises UserError where the file is there
    already or there is nothing to copy.
    """
    url = make_url(settings.url)
    database = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
    if database is not None and not database.exists():
        raise UserError(f"There is no database at {database} yet.")
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UserError(f"{file} is there already. Name a new file.") from None
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}.") from None
    keys = sorted(settings.data_dir.glob("*.key"))
    with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for key in keys:
            zipped.write(key, key.name)
        if database is not None:
            _copy_database(database, zipped)
    what = "the database" if database else "no database (copy it with pg_dump)"
    return f"{file}: {what} and {len(keys)} keys."


def _copy_database(database: Path, zipped: zipfile.ZipFile) -> None:
    with tempfile.TemporaryDirectory(dir=database.parent) as folder:
        copy = Path(folder) / database.name
        # sqlite3's own backup reads a consistent state while others write.
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        zipped.write(copy, database.name)
