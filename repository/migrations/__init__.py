"""One line of history for the tables of both packages, run by Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

HERE = Path(__file__).resolve().parent


def migration_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    return config


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest version of the tables."""
    newest = ScriptDirectory.from_config(migration_config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to ``revision``, in one transaction; two processes that try at once take turns."""
    config = migration_config()
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(8101945)")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
