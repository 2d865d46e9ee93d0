"""The revisions build exactly the tables that the code declares, on both databases."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.tables import metadata
from migrations import config


def test_the_newest_revision_equals_the_declared_tables(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_every_revision_can_be_taken_back_and_done_again(database, database_url):
    command.downgrade(config(database_url), "base")
    command.upgrade(config(database_url), "head")
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
