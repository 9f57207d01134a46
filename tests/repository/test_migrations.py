from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from repository.db import Base, make_engine
from repository.migrations import is_current, upgrade
from tests.conftest import IS_POSTGRES

pytestmark = pytest.mark.skipif(IS_POSTGRES, reason="migrates an empty file of its own")


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    return make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")


def test_the_history_ends_in_the_tables_of_the_models(empty: Engine, app: object) -> None:
    upgrade(empty)
    with empty.connect() as connection:
        opts = {"compare_type": True, "include_name": is_no_virtual_table}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def is_no_virtual_table(name: str | None, _kind: str, _parents: object) -> bool:
    """SQLite lists what FTS5 keeps its words in as tables; no model describes them."""
    return not (name or "").startswith("question_words")


def test_upgrading_twice_changes_nothing(empty: Engine) -> None:
    upgrade(empty)
    upgrade(empty)
    assert is_current(empty)


def test_an_upgrade_that_fails_leaves_no_half_database(empty: Engine) -> None:
    with pytest.raises(Exception, match="nowhere"):
        upgrade(empty, "nowhere")
    assert inspect(empty).get_table_names() == []
