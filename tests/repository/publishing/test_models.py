from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from repository.db import make_engine
from repository.migrations import upgrade
from tests.conftest import IS_POSTGRES

pytestmark = pytest.mark.skipif(IS_POSTGRES, reason="migrates an empty file of its own")

LINE = (
    "INSERT INTO record_events (seq, record_id, event, at, actor_name, payload_sha256, previous_hash, hash)"
    " VALUES (1, 1, 'publish', '2026-11-20', '', '', '', '')"
)


@pytest.mark.parametrize("statement", ["UPDATE record_events SET actor_name = 'x'", "DELETE FROM record_events"])
def test_a_migrated_database_protects_the_log_too(tmp_path: Path, statement: str) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    upgrade(engine)
    with engine.connect() as connection:
        connection.execute(text("PRAGMA foreign_keys = OFF"))
        connection.commit()
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text(LINE))
        with pytest.raises(DatabaseError, match="only ever added to"):
            connection.execute(text(statement))
    engine.dispose()
