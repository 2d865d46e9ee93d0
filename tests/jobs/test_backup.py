"""A backup can be opened, holds everything, and overwrites nothing."""

import shutil
import sqlite3
import zipfile

import pytest

from app.core.errors import UserError
from app.core.settings import Settings
from jobs.backup import back_up


@pytest.fixture
def settings(tmp_path, sqlite_template):
    settings = Settings(data_dir=tmp_path / "data", _env_file=None)
    settings.key("session")
    shutil.copy(sqlite_template, tmp_path / "data" / "goodword.sqlite3")
    return settings


def test_a_backup_holds_a_database_that_opens_and_the_keys(settings, tmp_path):
    file = tmp_path / "copy.zip"
    assert "1 keys" in back_up(settings, file)
    assert file.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(file) as zipped:
        zipped.extractall(tmp_path / "restored")
    assert (tmp_path / "restored" / "session.key").exists()
    connection = sqlite3.connect(tmp_path / "restored" / "goodword.sqlite3")
    assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_file_that_is_there_is_kept(settings, tmp_path):
    file = tmp_path / "copy.zip"
    file.write_text("precious")
    with pytest.raises(UserError, match="there already"):
        back_up(settings, file)
    assert file.read_text() == "precious"


def test_nothing_to_copy_is_said(tmp_path):
    with pytest.raises(UserError, match="no database"):
        back_up(Settings(data_dir=tmp_path, _env_file=None), tmp_path / "copy.zip")
