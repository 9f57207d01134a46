"""Looking after the tables in use: whether everything is there that belongs to the index, and room taken back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from repository.search.postgres.facets import Dictionary
from repository.search.postgres.facts import FACTS, facts_from
from repository.search.postgres.rows import quoted
from repository.search.postgres.tables import INDEXES, LAYOUT, LIVE, speak_of_live
from repository.search.postgres.writing import WRITER, take_turn
from repository.search.suggestions.lexicon import EMPTY, Lexicon

SAMPLED_TERMS = 200
WORN_ROWS, WORN_SHARE = 1_000, 0.1
REST_MINUTES = 10
"""A table is not looked after again before: another transaction may still see what could not be removed."""

STATE = "SELECT generation, documents FROM state WHERE layout = %s"
TABLES = """SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM weights), (SELECT count(*) FROM texts),
    (SELECT count(*) FROM documents JOIN weights USING (ident) JOIN texts USING (ident))"""
CONTENTS = """SELECT (SELECT sum(length(words)) FROM documents), (SELECT sum(icount(weights)) FROM weights),
    (SELECT sum(length(title) + length(shown) + length(run) + length(private_run)) FROM texts)"""
"""Every byte is read: what is damaged can't be."""
INDEXED = """SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relnamespace = %s::regnamespace AND c.relname = ANY(%s) AND i.indisvalid"""
FACTS_THERE = "SELECT string_agg(facts, ''), count(*) FILTER (WHERE length(facts) <> %s) FROM documents"
MEANINGS = "SELECT facet, code, joined FROM facet_values"
LEXICON = "SELECT bytes FROM lexicon"
SOME_TERMS = """(SELECT term, documents FROM terms ORDER BY documents DESC LIMIT %s)
    UNION (SELECT term, documents FROM terms ORDER BY random() LIMIT %s)"""
FOUND = """SELECT asked, (SELECT count(*) FROM documents WHERE words @@ asked::tsquery)
    FROM unnest(%s::text[]) AS asked"""
WORN = """SELECT relname FROM pg_stat_all_tables WHERE schemaname = %s
    AND greatest(n_dead_tup, n_mod_since_analyze) > %s + %s * n_live_tup
    AND coalesce(greatest(last_vacuum, last_autovacuum), '-infinity') < now() - make_interval(mins => %s)"""

log = structlog.get_logger("search")


def verify(engine: Engine) -> None:
    """Look at all that is stored. An index of which something is missing or damaged forgets how far it has followed
    the log, so that it is rebuilt. What changes while it is looked at is looked at again, with nobody writing."""
    if not problem_in(engine):
        return
    problem = problem_in(engine, alone=True)
    if problem:
        log.error("search index damaged", problem=problem)
        forget_position(engine)


def tidy(engine: Engine) -> None:
    """Give back the room of rows that are no more, and count anew what the planner goes by, where much has changed."""
    with at_once(engine) as connection:
        worn = [name for (name,) in connection.exec_driver_sql(WORN, (LIVE, WORN_ROWS, WORN_SHARE, REST_MINUTES))]
    if "terms" in worn:
        forget_terms(engine)
    with at_once(engine) as connection:
        for name in worn:
            connection.exec_driver_sql(f"VACUUM (ANALYZE, SKIP_LOCKED) {LIVE}.{name}")
            log.info("search index tidied", table=name)


def problem_in(engine: Engine, *, alone: bool = False) -> str:
    """What is wrong with the tables in use, empty where nothing is; ``alone``: nobody writes meanwhile."""
    try:
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
            if alone:
                take_turn(connection, WRITER)
            if not speak_of_live(connection):
                return ""
            return next(filter(None, (look(connection) for look in LOOKS)), "")
    except DBAPIError as error:
        return f"unreadable: {str(error.orig).splitlines()[0]}"


def tables_disagree(connection: Connection) -> str:
    known = connection.exec_driver_sql(STATE, (LAYOUT,)).first()
    if known is None:
        return ""  # of another layout: that has no position anyway
    there = connection.exec_driver_sql(TABLES).one()
    return "" if set(there) == {known.documents} else f"{known.documents} documents, of which there are {tuple(there)}"


def contents_are_gone(connection: Connection) -> str:
    """Read everything, and see whether facts can be counted and suggestions be made."""
    connection.exec_driver_sql(CONTENTS).one()
    ((facts, odd),) = connection.exec_driver_sql(FACTS_THERE, (FACTS.itemsize,))
    meanings = connection.exec_driver_sql(MEANINGS)
    if odd or not Dictionary.of((facet, code, joined) for facet, code, joined in meanings).knows(facts_from(facts)):
        return "facts that mean nothing"
    dumped = connection.exec_driver_sql(LEXICON).scalar()
    return "no suggestions" if dumped is None or Lexicon.of(bytes(dumped)) is EMPTY else ""


def indexes_are_gone(connection: Connection) -> str:
    tables = ["documents", "weights", "texts", "terms", "facet_values"]
    there = connection.exec_driver_sql(INDEXED, (LIVE, tables)).scalar()
    return "" if there == len(INDEXES) else f"{there} indexes of {len(INDEXES)}"


def counts_are_wrong(connection: Connection) -> str:
    """Of the most frequent words and of some others: whether the index finds as many documents as are counted."""
    connection.exec_driver_sql("SET LOCAL enable_seqscan TO off")
    counted = {
        quoted(term): (term, count)
        for term, count in connection.exec_driver_sql(SOME_TERMS, (SAMPLED_TERMS, SAMPLED_TERMS))
    }
    found = connection.exec_driver_sql(FOUND, (list(counted),))
    wrong = [counted[asked][0] for asked, count in found if counted[asked][1] != count]
    return f"wrong counts of {', '.join(sorted(wrong)[:5])}" if wrong else ""


LOOKS: tuple[Callable[[Connection], str], ...] = (
    tables_disagree,
    indexes_are_gone,
    contents_are_gone,
    counts_are_wrong,
)


def forget_position(engine: Engine) -> None:
    with engine.begin() as connection:
        take_turn(connection, WRITER)
        if speak_of_live(connection):
            connection.exec_driver_sql("UPDATE state SET change_id = NULL")


def forget_terms(engine: Engine) -> None:
    """Terms that no document has any more."""
    with engine.begin() as connection:
        take_turn(connection, WRITER)
        if speak_of_live(connection):
            connection.exec_driver_sql("DELETE FROM terms WHERE documents <= 0")


@contextmanager
def at_once(engine: Engine) -> Iterator[Connection]:
    """A connection on which every statement stands by itself."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
