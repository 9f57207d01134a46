"""Asking the tables: a few statements, their answers in binary form, joined by PostgreSQL so that numpy reads them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection

from repository.search.documents import LeftOut
from repository.search.embedded.schema import StoredTexts
from repository.search.engine import SearchUnavailable
from repository.search.postgres.facets import Dictionary
from repository.search.postgres.facts import Facts, facts_from
from repository.search.postgres.matching import Attempt
from repository.search.postgres.packing import slot_of, unpacked
from repository.search.postgres.tables import LAYOUT

STATE = "SELECT layout, generation, version, documents, change_id FROM hoclieu_search.state"
LEFT_OUT = "SELECT kind, id, reason FROM hoclieu_search.left_out ORDER BY kind, id"
MEANINGS = "SELECT facet, code, joined FROM hoclieu_search.facet_values"
COUNTS = "SELECT term, documents FROM hoclieu_search.terms WHERE term = ANY(%s) AND documents > 0"
MATCHES = """SELECT (SELECT generation FROM hoclieu_search.state), string_agg(facts, '')
    FROM hoclieu_search.documents d WHERE """
BEST = """SELECT string_agg(int8send(ident), '') FROM (
        SELECT ident FROM hoclieu_search.documents WHERE words @@ %s::text::tsquery LIMIT %s
    ) AS best"""
WEIGHTS = """
    SELECT string_agg(int8send(ident), ''), string_agg(int4send(icount(had)), ''), string_agg(array_send(had), '')
    FROM (
        SELECT ident, weights & ARRAY(
            SELECT slot + level FROM unnest(%s::int[]) slot, generate_series(1, 63) level ORDER BY 1
        ) AS had
        FROM hoclieu_search.weights WHERE ident = ANY(%s::text::bigint[]) OFFSET 0
    ) AS found"""
TEXTS = "SELECT ident, shown FROM hoclieu_search.texts WHERE ident = ANY(%s::text::bigint[])"
NO_SUCH_TABLE = ("42P01", "42703", "3F000")
"""What PostgreSQL says where a table, a column or a schema is not there."""
RUNS = "(SELECT {runs} FROM hoclieu_search.texts t WHERE t.ident = d.ident)"


class Moved(Exception):
    """The index changed between two statements: ask again."""


@dataclass(frozen=True)
class State:
    """Which index it is, how much is in it, and how far it has followed the log."""

    generation: str
    version: int
    documents: int
    change_id: int | None

    @property
    def stamp(self) -> tuple[str, int]:
        return self.generation, self.version


class Reader:
    """The tables in use, over one connection."""

    def __init__(self, connection: PoolProxiedConnection) -> None:
        self._connection: Any = connection.driver_connection

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = (
            self._connection.cursor(binary=True).execute(statement, values or None).fetchall()
        )
        return found

    def state(self) -> State:
        """Raises ``SearchUnavailable`` where there is no index of this layout."""
        for layout, *facts in self.rows(STATE):
            if layout == LAYOUT:
                return State(*facts)
        raise missing()

    def left_out(self) -> tuple[LeftOut, ...]:
        """What should be in the index and can't be."""
        return tuple(LeftOut(*row) for row in self.rows(LEFT_OUT))

    def dictionary(self) -> Dictionary:
        return Dictionary.of(cast("list[tuple[int, int, str]]", self.rows(MEANINGS)))

    def counts(self, lexemes: Sequence[str]) -> dict[str, int]:
        """In how many documents each of the lexemes stands."""
        return dict(cast("list[tuple[str, int]]", self.rows(COUNTS, list(lexemes)))) if lexemes else {}

    def matches(self, attempt: Attempt, generation: str, *, sees_explanations: bool) -> Facts:
        """The facts of all documents that an attempt finds, by ident."""
        where, values = conditions_of(attempt, sees_explanations)
        ((found_in, facts),) = self.rows(MATCHES + where, *values)
        if found_in != generation:
            raise Moved
        found = facts_from(facts)
        return found[np.argsort(found["ident"], kind="stable")]

    def best(self, condition: str, limit: int) -> NDArray[np.int64]:
        """Some documents that meet a condition."""
        ((idents,),) = self.rows(BEST, condition, limit)
        return np.frombuffer(idents or b"", ">i8").astype(np.int64)

    def weights(self, idents: NDArray[np.int64], terms: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """What each document (a row) has of each term (a column; bag and term)."""
        slots = [slot_of(bag, term.encode()) for bag, term in terms]
        if not len(idents) or not slots:
            return np.zeros((len(idents), len(slots)), np.float32)
        ((found, counts, had),) = self.rows(WEIGHTS, slots, array_of(idents.tolist()))
        there = np.frombuffer(found or b"", ">i8")
        if len(there) != len(idents):
            raise Moved
        rows = unpacked(had, np.frombuffer(counts, ">i4").astype(np.int64), slots)
        order = np.argsort(there)
        return rows[order[np.searchsorted(there[order], idents)]]

    def texts(self, idents: Sequence[int]) -> dict[int, StoredTexts]:
        """What is shown of documents; those that are gone by now are left out."""
        return {ident: texts_from(shown) for ident, shown in self.rows(TEXTS, array_of(idents))} if idents else {}


def array_of(numbers: Sequence[int]) -> str:
    """Numbers as PostgreSQL writes an array: quicker than to have each one adapted."""
    return "{" + ",".join(map(str, numbers)) + "}"


def texts_from(shown: str) -> StoredTexts:
    return StoredTexts(*json.loads(shown))


def conditions_of(attempt: Attempt, sees_explanations: bool) -> tuple[str, list[str]]:
    """The condition of an attempt as SQL, and the values in it."""
    runs = RUNS.format(runs="t.run || chr(10) || t.private_run" if sees_explanations else "t.run")
    parts = ["d.words @@ %s::text::tsquery"] if attempt.condition else []
    parts += [f"strpos({runs}, %s) > 0"] * len(attempt.runs) + [f"strpos({runs}, %s) = 0"] * len(attempt.absent_runs)
    values = [attempt.condition] if attempt.condition else []
    return " AND ".join(parts) or "TRUE", [*values, *attempt.runs, *attempt.absent_runs]


def missing() -> SearchUnavailable:
    return SearchUnavailable("Chỉ mục tìm kiếm chưa có, đang được dựng.", problem="missing")


@contextmanager
def reading(engine: Engine) -> Iterator[Reader]:
    """Ask the tables in use, every statement on its own.

    Raises:
        SearchUnavailable: there are none.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            yield Reader(connection.connection)
        except Exception as error:
            if getattr(error, "sqlstate", None) in NO_SUCH_TABLE:
                raise missing() from error
            raise
