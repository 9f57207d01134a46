"""The tables of the index: a schema of its own, made anew by every rebuild and swapped in by its name."""

from sqlalchemy import Connection

from repository.search.text import TEXT_VERSION

LAYOUT = f"3.{TEXT_VERSION}"
"""Grows with the tables, the rows and the normaliser: an index of another layout counts as missing."""

LIVE, NEXT, OLD = "hoclieu_search", "hoclieu_search_next", "hoclieu_search_old"

TABLES = (
    """CREATE TABLE documents (ident bigint NOT NULL, facts bytea NOT NULL, words tsvector NOT NULL)
        WITH (toast_tuple_target = 128)""",
    "ALTER TABLE documents ALTER facts SET STORAGE PLAIN",
    "CREATE TABLE weights (ident bigint NOT NULL, weights integer[] NOT NULL)",
    "ALTER TABLE weights ALTER weights SET STORAGE EXTERNAL",
    """CREATE TABLE texts (ident bigint NOT NULL, title text NOT NULL, shown text NOT NULL, run text NOT NULL,
        private_run text NOT NULL)""",
    "CREATE TABLE terms (term text NOT NULL, documents integer NOT NULL)",
    "CREATE TABLE facet_values (facet integer NOT NULL, code integer NOT NULL, joined text NOT NULL)",
    """CREATE TABLE state (layout text NOT NULL, generation text NOT NULL, version bigint NOT NULL,
        documents bigint NOT NULL, change_id bigint)""",
    "CREATE TABLE lexicon (bytes bytea NOT NULL)",
    "CREATE TABLE fresh_titles (id bigint PRIMARY KEY, title text NOT NULL)",
    "CREATE TABLE left_out (kind text NOT NULL, id bigint NOT NULL, reason text NOT NULL, PRIMARY KEY (kind, id))",
)
"""``documents`` is narrow: what is not read for every match stands beside it, or out of line."""

INDEXES = (
    "ALTER TABLE documents ADD PRIMARY KEY (ident)",
    "ALTER TABLE weights ADD PRIMARY KEY (ident)",
    "ALTER TABLE texts ADD PRIMARY KEY (ident)",
    "ALTER TABLE terms ADD PRIMARY KEY (term)",
    "ALTER TABLE facet_values ADD PRIMARY KEY (facet, code)",
    "CREATE INDEX documents_words ON documents USING gin (words) WITH (fastupdate = off)",
)


def begin_next(connection: Connection) -> None:
    """Empty tables beside those in use; what follows in this transaction speaks of them."""
    for statement in (
        f"DROP SCHEMA IF EXISTS {NEXT} CASCADE",
        "CREATE EXTENSION IF NOT EXISTS intarray",
        f"CREATE SCHEMA {NEXT}",
        f"SET LOCAL search_path TO {NEXT}, public",
        "SET LOCAL maintenance_work_mem TO '256MB'",
        *TABLES,
    ):
        connection.exec_driver_sql(statement)


def publish_next(connection: Connection) -> None:
    """Make the tables that were filled the ones in use; readers wait for as long as it takes to drop the others."""
    if connection.exec_driver_sql("SELECT to_regnamespace(%s) IS NOT NULL", (LIVE,)).scalar():
        connection.exec_driver_sql(f"ALTER SCHEMA {LIVE} RENAME TO {OLD}")
    connection.exec_driver_sql(f"ALTER SCHEMA {NEXT} RENAME TO {LIVE}")
    connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {OLD} CASCADE")


def speak_of_live(connection: Connection) -> bool:
    """Whether there are tables in use; what follows in this transaction speaks of them."""
    connection.exec_driver_sql(f"SET LOCAL search_path TO {LIVE}, public")
    return bool(connection.exec_driver_sql("SELECT to_regclass('state') IS NOT NULL").scalar())
