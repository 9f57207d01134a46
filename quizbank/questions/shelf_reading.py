"""Keeps the shelf of a process current: read once, then followed by the logs that are written with every change.

Whatever changes what a list knows of a question writes a line of ``question_history`` in the same transaction; counts
of uses are told by ``search_changes``. Each request reads the lines that are new since the last, on a connection of
its own: what is not committed yet is on nobody's shelf.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Integer, Select, cast, func, select, text
from sqlalchemy.orm import InstrumentedAttribute

from quizbank.questions.models import Question, QuestionDoubt, QuestionHistory, QuestionStatistics, QuestionVersion
from quizbank.questions.shelf import CURRENT, PUBLISHED, UNKNOWN, Shelf, ShelfRow, shelf_of
from quizbank.questions.states import QuestionState
from repository.search.models import SearchChange

AT_ONCE = 500
ENOUGH_ANSWERS = 20
LOOK_BACK = 5_000
GOOD_FOR_SECONDS = 86_400
NONE, YES, NO = "-", "yes", "no"
KIND = "question"
Ids = Sequence[int] | None
Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Ages:
    """PostgreSQL: every transaction before ``finished`` has ended, every one that has begun is before ``begun``."""

    finished: int
    begun: int


@dataclass
class LogReader:
    """Reads each line of a log once, also those that are committed after lines with higher numbers.

    SQLite has one writer, so numbers come in order. PostgreSQL gives numbers out before transactions end: lines are
    read again from ``settled`` on until no transaction that might hold a lower number is under way.
    """

    lines: Query
    id: InstrumentedAttribute[int]
    settled: int = 0
    seen: set[int] = field(default_factory=set)
    waiting: tuple[int, int | None] | None = None

    def start(self, connection: Connection) -> None:
        """Take everything until now as read."""
        last = connection.scalar(self.lines.with_only_columns(func.max(self.id))) or 0
        self.settled, self.waiting = max(last - LOOK_BACK, 0), None
        self.seen = {id for id, _ in self._new(connection)}

    def read(self, connection: Connection, ages: Ages | None) -> set[int]:
        """The things that the new lines are about."""
        found = [(id, thing) for id, thing in self._new(connection) if id not in self.seen]
        self.seen.update(id for id, _ in found)
        self._settle(ages)
        return {thing for _, thing in found}

    def _new(self, connection: Connection) -> Sequence[Any]:
        return connection.execute(self.lines.where(self.id > self.settled)).all()

    def _settle(self, ages: Ages | None) -> None:
        high = max(self.seen, default=self.settled)
        if ages is not None:
            waiting, bound = self.waiting or (high, None)
            is_over = bound is not None and ages.finished >= bound
            self.waiting = None if is_over else (waiting, bound or (ages.begun if self.waiting else None))
            high = waiting if is_over else self.settled
        if high > self.settled:
            self.settled = high
            self.seen = {id for id in self.seen if id > high}


class Keeper:
    """The shelf of one database in this process. Threads take turns in following; a shelf itself never changes."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self.engine = engine
        self.clock = clock
        self.lock = threading.Lock()
        self.shelf: Shelf | None = None
        self.followed_at = 0.0
        self.logs = (
            LogReader(select(QuestionHistory.id, QuestionHistory.question_id), QuestionHistory.id),
            LogReader(select(SearchChange.id, SearchChange.thing_id).where(SearchChange.kind == KIND), SearchChange.id),
        )

    def current(self) -> Shelf:
        """The bank as it is committed now."""
        with self.lock, self.engine.connect() as connection:
            now = self.clock()
            if self.shelf is None or now - self.followed_at > GOOD_FOR_SECONDS:
                for log in self.logs:
                    log.start(connection)
                self.shelf = shelf_of(read_rows(connection))
            else:
                ages = _ages(connection) if self.engine.dialect.name == "postgresql" else None
                changed = sorted(set().union(*(log.read(connection, ages) for log in self.logs)))
                if changed:
                    self.shelf = self.shelf.with_rows(list(read_rows(connection, changed)), changed)
            self.followed_at = now
            return self.shelf


_keepers: WeakKeyDictionary[Engine, Keeper] = WeakKeyDictionary()


def shelf_of_bank(engine: Engine) -> Shelf:
    """The shelf of this database, as it is committed now."""
    return _keepers.setdefault(engine, Keeper(engine)).current()


def _ages(connection: Connection) -> Ages:
    snapshot = text(
        "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s"
    )
    return Ages(*connection.execute(snapshot).one())


def read_rows(connection: Connection, ids: Ids = None) -> Iterator[ShelfRow]:
    """The rows of these questions, or of all, by question: a few queries for each five hundred, or for all."""
    if ids is None:
        yield from _rows(connection, None)
        return
    for start in range(0, len(ids), AT_ONCE):
        yield from _rows(connection, ids[start : start + AT_ONCE])


def _rows(connection: Connection, ids: Ids) -> Iterator[ShelfRow]:
    placed = {row[0]: row[1:] for row in connection.execute(_of(_PLACES, QuestionVersion.question_id, ids))}
    bare = set(connection.scalars(_of(_UNEXPLAINED, QuestionVersion.question_id, ids)))
    doubted = set(connection.scalars(_of(_DOUBTED, QuestionVersion.question_id, ids)))
    counted = connection.execute(_of(_USED, QuestionStatistics.question_id, ids))
    used = {row.question_id: (row.uses, _wrong(row.answers, row.wrong_fraction)) for row in counted}
    query = _of(_questions(connection), Question.id, ids).order_by(Question.id)
    for one in connection.execute(query):
        for version_id, faces, state, changed_at in _faces(one):
            subject, grade, topic, level, kind, licence = placed[version_id]
            uses, wrong = used.get(one.id, (0, UNKNOWN))
            facets = (
                *(subject, str(grade or NONE), topic or NONE, level or NONE, str(kind), str(state)),
                *(YES if version_id in doubted else NO, NO if version_id in bare else YES, YES if uses else NO),
                *(licence or NONE, str(one.import_id or NONE), str(one.organisation_id or NONE)),
            )
            yield ShelfRow(one.id, version_id, faces, one.created_by_id or 0, changed_at, uses, wrong, facets)


def _faces(one: Any) -> Iterator[tuple[int, int, str, int]]:
    """The versions that somebody meets: id, faces, the state they show, when they changed."""
    is_one = one.published_version_id == one.current_version_id and one.state == QuestionState.PUBLISHED
    if one.current_version_id is not None:
        yield one.current_version_id, CURRENT | PUBLISHED if is_one else CURRENT, one.state, one.changed_at
    if one.published_version_id is not None and not is_one:
        yield one.published_version_id, PUBLISHED, QuestionState.PUBLISHED, one.made_public_at or one.changed_at


def _of(query: Query, column: InstrumentedAttribute[int], ids: Ids) -> Query:
    return query if ids is None else query.where(column.in_(ids))


def _seconds(connection: Connection, column: InstrumentedAttribute[Any]) -> Any:
    if connection.dialect.name == "sqlite":
        return cast(func.strftime("%s", column), Integer)
    return cast(func.floor(func.extract("epoch", column)), Integer)


def _questions(connection: Connection) -> Query:
    return select(
        Question.id,
        Question.__table__.c.state,
        Question.current_version_id,
        Question.published_version_id,
        Question.created_by_id,
        Question.organisation_id,
        Question.import_id,
        _seconds(connection, Question.updated_at).label("changed_at"),
        _seconds(connection, Question.published_at).label("made_public_at"),
    )


_PLACES = select(
    QuestionVersion.id,
    QuestionVersion.subject,
    QuestionVersion.grade,
    QuestionVersion.topic,
    QuestionVersion.level,
    QuestionVersion.type,
    QuestionVersion.licence,
)
_UNEXPLAINED = select(QuestionVersion.id).where(QuestionVersion.explanation == "")
_DOUBTED = select(QuestionDoubt.version_id).join(QuestionVersion, QuestionVersion.id == QuestionDoubt.version_id)
_USED = select(
    QuestionStatistics.question_id,
    QuestionStatistics.uses,
    QuestionStatistics.answers,
    QuestionStatistics.wrong_fraction,
)


def _wrong(answers: int, fraction: float) -> int:
    return round(fraction * 1000) if answers >= ENOUGH_ANSWERS else UNKNOWN
