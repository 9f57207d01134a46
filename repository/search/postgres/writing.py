"""Putting documents into the tables: an update in one transaction, a rebuild beside the tables in use in another."""

import multiprocessing
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from repository.errors import Conflict
from repository.search.documents import LeftOut, SearchDocument
from repository.search.embedded.schema import ident_of
from repository.search.engine import Position, Progress, SearchUnavailable
from repository.search.postgres.facets import FILTER, CodeBook
from repository.search.postgres.left_out import keep_left_out
from repository.search.postgres.rows import TITLE, Row, line_of, row_of
from repository.search.postgres.tables import INDEXES, LAYOUT, begin_next, publish_next, speak_of_live
from repository.search.soundness import check_few, fault_of, reason_of
from repository.search.suggestions.building import LexiconBuilder
from repository.search.suggestions.fresh import LECTURE, FreshTitles

BATCH = 200
WRITER, BUILDER = 8101946, 8101947
WAIT_MS = 20_000
LOCK_NOT_AVAILABLE = "55P03"
UNCOUNTED = (TITLE, FILTER)

Made = tuple[list[Row], list[LeftOut]]
"""Rows, and what none could be made of."""


def change(
    engine: Engine,
    documents: Iterable[SearchDocument],
    removed: Iterable[tuple[str, int]],
    position: Position | None,
    left_out: Sequence[LeftOut] = (),
) -> None:
    """Replace and remove documents in one transaction. Of a document given twice, the last counts.

    Args:
        left_out: what could not be read; looked at when all documents were.

    Raises:
        SearchUnavailable: there are no tables to put them into.
    """
    with engine.begin() as connection:
        take_turn(connection, WRITER)
        if not speak_of_live(connection):
            raise SearchUnavailable("Chưa có chỉ mục tìm kiếm.", problem="missing")
        gone = list(removed)
        latest = list(documents)
        rows = {row.ident: row for row in map(sound_row_of, latest)}
        dropped = drop(connection, sorted(rows.keys() | {ident_of(kind, id) for kind, id in gone}))
        add(connection, rows.values())
        recount(connection, counts_of(rows.values()), dropped.lexemes)
        keep_titles(connection, latest, gone)
        keep_left_out(connection, {*gone, *((document.kind, document.id) for document in latest)}, left_out)
        connection.exec_driver_sql(
            "UPDATE state SET version = version + 1, documents = documents + %s", (len(rows) - dropped.documents,)
        )
        if position is not None:
            connection.exec_driver_sql(
                "UPDATE state SET change_id = %s WHERE generation = %s", (position.change_id, position.generation)
            )


@dataclass
class Dropped:
    """How many documents went, and in how many of them each lexeme stood."""

    documents: int
    lexemes: Counter[str]


def drop(connection: Connection, idents: list[int]) -> Dropped:
    dropped = Dropped(0, Counter())
    if not idents:
        return dropped
    connection.exec_driver_sql("DELETE FROM weights WHERE ident = ANY(%s)", (idents,))
    connection.exec_driver_sql("DELETE FROM texts WHERE ident = ANY(%s)", (idents,))
    gone = connection.exec_driver_sql(
        "DELETE FROM documents WHERE ident = ANY(%s) RETURNING tsvector_to_array(words)", (idents,)
    )
    for (lexemes,) in gone:
        dropped.documents += 1
        dropped.lexemes.update(lexeme for lexeme in lexemes if lexeme[0] not in UNCOUNTED)
    return dropped


def add(connection: Connection, rows: Collection[Row]) -> None:
    if rows:
        known = connection.exec_driver_sql("SELECT facet, code, joined FROM facet_values")
        book = CodeBook((facet, code, joined) for facet, code, joined in known)
        add_rows(connection, rows, book)
        add_values(connection, book)


def add_rows(connection: Connection, rows: Iterable[Row], book: CodeBook) -> None:
    kept = list(rows)
    copy_in(connection, "documents", (row.document_line(book) for row in kept))
    copy_in(connection, "weights", (row.weights_line for row in kept))
    copy_in(connection, "texts", (row.texts_line for row in kept))


def add_values(connection: Connection, book: CodeBook) -> None:
    """Write down what the new codes mean."""
    copy_in(connection, "facet_values", (line_of((str(facet), str(code), text)) for facet, code, text in book.new))


def copy_in(connection: Connection, table: str, lines: Iterable[str]) -> None:
    cursor: Any = connection.connection.cursor()
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        copy.write("".join(lines))


def keep_titles(connection: Connection, documents: Iterable[SearchDocument], gone: Iterable[tuple[str, int]]) -> None:
    """Titles that are newer than the lexicon, for suggestions."""
    fresh = FreshTitles().changed(documents)
    ids = [id for kind, id in gone if kind == LECTURE] + list(fresh.titles)
    connection.exec_driver_sql("DELETE FROM fresh_titles WHERE id = ANY(%s::bigint[])", (ids,))
    copy_in(connection, "fresh_titles", (line_of((str(id), title)) for id, title in fresh.titles.items()))


def recount(connection: Connection, added: Counter[str], dropped: Counter[str]) -> None:
    """Keep in how many documents each lexeme stands."""
    added.subtract(dropped)
    changed = {lexeme: count for lexeme, count in sorted(added.items()) if count}
    connection.exec_driver_sql(
        "INSERT INTO terms AS t (term, documents) SELECT * FROM unnest(%s::text[], %s::int[])"
        " ON CONFLICT (term) DO UPDATE SET documents = t.documents + excluded.documents",
        (list(changed), list(changed.values())),
    )


def counts_of(rows: Iterable[Row]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(row.lexemes)
    return counts


def build(
    engine: Engine,
    documents: Iterable[SearchDocument],
    *,
    total: int,
    progress: Progress,
    processes: int,
    change_id: int | None,
    left_out: Sequence[LeftOut] = (),
) -> tuple[int, list[LeftOut]]:
    """New tables beside those in use, then the swap: one transaction, so that of one that failed nothing is left.

    Updates go on into the tables in use until the moment of the swap.

    Returns:
        how many documents are in them, and what could not be taken.

    Raises:
        RuntimeError: so much can't be taken that the documents are not to blame.
    """
    count, refused = 0, list[LeftOut]()
    lexemes: Counter[str] = Counter()
    book, lexicon = CodeBook(), LexiconBuilder()
    with engine.begin() as connection:
        take_turn(connection, BUILDER)
        begin_next(connection)
        for rows, bad in rows_of(told(documents, lexicon), processes):
            refused += bad
            add_rows(connection, rows, book)
            lexemes.update(counts_of(rows))
            count += len(rows)
            progress(count, max(total, count))
        add_values(connection, book)
        copy_in(connection, "terms", (line_of((lexeme, str(amount))) for lexeme, amount in lexemes.items()))
        connection.exec_driver_sql("INSERT INTO lexicon VALUES (%s)", (lexicon.finish().dump(),))
        for statement in INDEXES:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(
            "INSERT INTO state (layout, generation, version, documents, change_id) VALUES (%s, %s, 1, %s, %s)",
            (LAYOUT, uuid4().hex, count, change_id),
        )
        check_few(refused, count + len(refused))
        keep_left_out(connection, (), [*left_out, *refused])
        connection.exec_driver_sql("ANALYZE documents, weights, texts, terms")
        take_turn(connection, WRITER)
        publish_next(connection)
    return count, refused


def take_turn(connection: Connection, lock: int) -> None:
    """Be the only one of all processes and nodes, until the transaction ends.

    Raises:
        Conflict: another is still at it after ``WAIT_MS``.
    """
    connection.exec_driver_sql(f"SET LOCAL lock_timeout TO {WAIT_MS}")
    try:
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (lock,))
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise Conflict("Chỉ mục tìm kiếm đang được một tiến trình khác ghi.") from error
        raise


def rows_of(documents: Iterable[SearchDocument], processes: int) -> Iterator[Made]:
    """The rows of all documents in batches, worked out in this process or in several others."""
    batches = batched(documents)
    if processes <= 1:
        yield from map(make_rows, batches)
        return
    with started(processes) as pool:
        waiting: deque[Future[Made]] = deque()
        for batch in batches:
            waiting.append(pool.submit(make_rows, batch))
            if len(waiting) > 2 * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def started(processes: int) -> Iterator[ProcessPoolExecutor]:
    pool = ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def told(documents: Iterable[SearchDocument], lexicon: LexiconBuilder) -> Iterator[SearchDocument]:
    """The documents as they pass by, known to the lexicon too."""
    for document in documents:
        if fault_of(document) is None:
            lexicon.add(document)
        yield document


def make_rows(documents: Sequence[SearchDocument]) -> Made:
    """The rows of a batch. Of a document given twice, the last counts; of whom nothing can be made is left out."""
    rows: dict[int, Row] = {}
    refused: list[LeftOut] = []
    for document in documents:
        try:
            row = sound_row_of(document)
        except Exception as error:
            refused.append(LeftOut(document.kind, document.id, reason_of(error)))
        else:
            rows[row.ident] = row
    return list(rows.values()), refused


def sound_row_of(document: SearchDocument) -> Row:
    """Raises an exception of whatever kind when nothing can be made of the document."""
    fault = fault_of(document)
    if fault is not None:
        raise ValueError(fault)
    return row_of(document)


def batched(documents: Iterable[SearchDocument]) -> Iterator[list[SearchDocument]]:
    source = iter(documents)
    while batch := list(islice(source, BATCH)):
        yield batch
