"""What is missing or damaged in the tables is seen, and what updates have worn is mended."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from repository.search.documents import SearchQuery
from repository.search.postgres import upkeep
from repository.search.postgres.index import PostgresIndex
from tests.repository.search.builders import a_document, many_documents
from tests.repository.search.contract.conftest import NewDatabase


@pytest.fixture(scope="module")
def engine(new_database: NewDatabase) -> Engine:
    return new_database()


@pytest.fixture
def index(engine: Engine) -> Iterator[PostgresIndex]:
    """Built, then changed: what updates leave behind is to be as good as what a rebuild does."""
    made = PostgresIndex(engine)
    made.rebuild(many_documents(60), change_id=3)
    made.update([a_document("Sóng cơ", id=900)], [("question", 1), ("lecture", 2)])
    yield made
    made.close()


def run(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL search_path TO hoclieu_search, public")
        connection.exec_driver_sql(statement)


def test_a_sound_index_keeps_its_position(index: PostgresIndex) -> None:
    index.verify()
    assert upkeep.problem_in(index.engine) == ""
    assert index.position() is not None


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("DELETE FROM texts WHERE ident = (SELECT max(ident) FROM texts)", "documents, of which there are"),
        ("DELETE FROM documents WHERE ident = (SELECT max(ident) FROM documents)", "documents, of which there are"),
        (
            "UPDATE weights SET ident = -ident WHERE ident = (SELECT max(ident) FROM weights)",
            "documents, of which there are",
        ),
        ("UPDATE terms SET documents = documents + 1 WHERE term = 'so'", "wrong counts of so"),
        ("UPDATE documents SET words = ts_delete(words, 'so')", "wrong counts of so"),
        ("UPDATE documents SET facts = substr(facts, 2)", "facts that mean nothing"),
        ("DELETE FROM facet_values WHERE facet > 0", "facts that mean nothing"),
        ("UPDATE lexicon SET bytes = 'torn'", "no suggestions"),
        ("DELETE FROM lexicon", "no suggestions"),
        ("DROP INDEX documents_words", "indexes of 6"),
        ("ALTER TABLE weights RENAME TO other", "unreadable"),
    ],
)
def test_what_is_damaged_is_to_be_rebuilt(index: PostgresIndex, damage: str, problem: str) -> None:
    run(index.engine, damage)
    assert problem in upkeep.problem_in(index.engine)
    index.verify()
    assert index.position() is None
    index.rebuild(many_documents(5), change_id=4)
    index.verify()
    assert index.position() is not None


def test_where_there_is_no_index_there_is_nothing_to_look_at(new_database: NewDatabase) -> None:
    index = PostgresIndex(new_database())
    index.verify()
    index.tidy()
    assert index.position() is None


def test_an_index_of_another_layout_is_missing_not_damaged(index: PostgresIndex) -> None:
    run(index.engine, "UPDATE state SET layout = '0.0', change_id = 8")
    index.verify()
    assert index.state().problem == "missing"


def dead_rows(engine: Engine, table: str) -> int:
    engine.dispose()  # a connection that ends reports what it did
    with upkeep.at_once(engine) as connection:
        found = connection.exec_driver_sql(
            "SELECT n_dead_tup FROM pg_stat_all_tables WHERE schemaname = 'hoclieu_search' AND relname = %s", (table,)
        ).scalar()
    return int(found or 0)


def test_rows_that_are_no_more_give_back_their_room(index: PostgresIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "WORN_ROWS", 20)
    for number in range(5):
        index.update(many_documents(60, seed=number))
    index.update([], [("question", 900)])
    assert dead_rows(index.engine, "documents") > 100
    index.tidy()
    assert dead_rows(index.engine, "documents") == 0
    with upkeep.at_once(index.engine) as connection:
        assert (
            connection.exec_driver_sql("SELECT count(*) FROM hoclieu_search.terms WHERE documents <= 0").scalar() == 0
        )
    index.verify()
    assert index.position() is not None
    assert index.find(SearchQuery("hàm số")).total > 0


def test_what_is_hardly_worn_is_left_alone(index: PostgresIndex) -> None:
    index.tidy()
    with upkeep.at_once(index.engine) as connection:
        idle = connection.exec_driver_sql("SELECT count(*) FROM hoclieu_search.terms WHERE documents <= 0").scalar_one()
    assert idle > 0
