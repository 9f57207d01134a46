import json
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


def test_matrices_of_before_keep_what_they_said_as_their_first_version(empty: Engine) -> None:
    upgrade(empty, "0013")
    with empty.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO people (id, email, name, password_hash, is_active, created_at)"
            " VALUES (1, 'a@vidu.example', 'A', '', 1, '2026-01-01 00:00:00')"
        )
        connection.exec_driver_sql(
            "INSERT INTO matrices (id, title, subject, grade, programme, duration_minutes, created_by_id, created_at,"
            " updated_at, revision) VALUES (7, 'Đề Vật lý', 'vat-li', 12, 'gdpt-2018', 45, 1, '2026-01-01 00:00:00',"
            " '2026-01-02 00:00:00', 3)"
        )
        connection.exec_driver_sql(
            "INSERT INTO matrix_cells (matrix_id, position, topic, level, type, count, marks)"
            " VALUES (7, 0, NULL, 'biet', 'single-choice', 4, 0.25)"
        )
    upgrade(empty)
    with empty.connect() as connection:
        (row,) = connection.exec_driver_sql(
            "SELECT matrices.folded_title, sharing, matrix_versions.revision, data, saved_by_id FROM matrices"
            " JOIN matrix_versions ON matrix_id = matrices.id"
        )
    assert tuple(row[:3]) == ("de vat li", "private", 3)
    assert json.loads(row[3]) == {
        "title": "Đề Vật lý",
        "subject": "vat-li",
        "grade": 12,
        "programme": "gdpt-2018",
        "duration_minutes": 45,
        "cells": [{"topic": None, "level": "biet", "type": "single-choice", "count": 4, "marks": "0.25"}],
    }
    assert row[4] == 1
