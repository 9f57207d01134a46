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

from sqlalchemy import Connection, Engine, Integer, Select, String, cast, func, select, text, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from quizbank.questions.models import Question, QuestionDoubt, QuestionHistory, QuestionStatistics, QuestionVersion
from quizbank.questions.shelf import CURRENT, PUBLISHED, UNKNOWN, Names, Shelf, ShelfRow, joined, shelf_of
from quizbank.questions.states import QuestionState
from repository.search.models import SearchChange

AT_ONCE = 500
WINDOW = 10_000
ENOUGH_ANSWERS = 20
LOOK_BACK = 200_000
"""PostgreSQL: more lines than one transaction writes, the undoing of the largest import included."""
GOOD_FOR_SECONDS = 86_400
PUBLISHED_STATE = str(QuestionState.PUBLISHED)
NONE, YES, NO = "-", "yes", "no"
KIND = "question"
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
        look_back = LOOK_BACK if connection.dialect.name == "postgresql" else 0
        self.settled, self.waiting = max(last - look_back, 0), None
        self.seen = {id for id, _ in self._new(connection)}

    def read(self, connection: Connection, ages: Ages | None) -> set[int]:
        """The things that the new lines are about."""
        found = [(id, thing) for id, thing in self._new(connection) if id not in self.seen]
        self.seen.update(id for id, _ in found)
        self._settle(ages)
        return {thing for _, thing in found}

    def unread(self, connection: Connection) -> set[int]:
        """The things that lines are about which only this connection sees yet; they stay unread."""
        return {thing for id, thing in self._new(connection) if id not in self.seen}

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


def logs_of_questions() -> tuple[LogReader, LogReader]:
    """Readers of the two logs that tell of every change: of questions, and of their counts."""
    return (
        LogReader(select(QuestionHistory.id, QuestionHistory.question_id), QuestionHistory.id),
        LogReader(select(SearchChange.id, SearchChange.thing_id).where(SearchChange.kind == KIND), SearchChange.id),
    )


class Keeper:
    """The shelf of one database in this process. Threads take turns in following; a shelf itself never changes.

    ``pending``: questions that the logs told of and whose rows have not been read yet: reading them may fail.
    """

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self.engine = engine
        self.clock = clock
        self.lock = threading.Lock()
        self.shelf: Shelf | None = None
        self.followed_at = 0.0
        self.pending: set[int] = set()
        self.logs = logs_of_questions()

    def current(self) -> Shelf:
        """The bank as it is committed now."""
        with self.lock, self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":  # one snapshot for a question and for its versions
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            now = self.clock()
            if self.shelf is None or now - self.followed_at > GOOD_FOR_SECONDS:
                for log in self.logs:
                    log.start(connection)
                self.shelf = read_shelf(connection)
                self.pending.clear()
            else:
                ages = ages_of(connection) if self.engine.dialect.name == "postgresql" else None
                self.pending.update(*(log.read(connection, ages) for log in self.logs))
                if self.pending:
                    changed = sorted(self.pending)
                    self.shelf = self.shelf.with_rows(list(read_rows(connection, changed)), changed)
                    self.pending.clear()
            self.followed_at = now
            return self.shelf


_keepers: WeakKeyDictionary[Engine, Keeper] = WeakKeyDictionary()


def shelf_of_bank(engine: Engine) -> Shelf:
    """The shelf of this database, as it is committed now."""
    return _keepers.setdefault(engine, Keeper(engine)).current()


def ages_of(connection: Connection) -> Ages:
    snapshot = text(
        "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint FROM pg_current_snapshot() s"
    )
    return Ages(*connection.execute(snapshot).one())


def read_shelf(connection: Connection) -> Shelf:
    """The whole bank, some thousand questions at a time, so that reading takes little memory beside the columns."""
    names, last = Names(), connection.scalar(select(func.max(Question.id))) or 0
    ranges = (range(start, start + WINDOW) for start in range(1, last + 1, WINDOW))
    return joined([shelf_of(_rows(connection, ids), names) for ids in ranges], names)


def read_rows(connection: Connection, ids: Sequence[int]) -> Iterator[ShelfRow]:
    """The rows of these questions, by question: five queries for each five hundred."""
    for start in range(0, len(ids), AT_ONCE):
        yield from _rows(connection, ids[start : start + AT_ONCE])


def _rows(connection: Connection, ids: Sequence[int]) -> Iterator[ShelfRow]:
    placed = {row[0]: row[1:] for row in _all(connection, _of(_PLACES, QuestionVersion.question_id, ids))}
    bare = {id for (id,) in _all(connection, _of(_UNEXPLAINED, QuestionVersion.question_id, ids))}
    doubted = {id for (id,) in _all(connection, _of(_DOUBTED, QuestionVersion.question_id, ids))}
    counted = _all(connection, _of(_USED, QuestionStatistics.question_id, ids))
    used = {id: (uses, _wrong(answers, fraction)) for id, uses, answers, fraction in counted}
    query = _of(_questions(connection), Question.id, ids).order_by(Question.id)
    for id, state, current, published, owner, organisation, imported, changed_at, public_at in _all(connection, query):
        uses, wrong = used.get(id, (0, UNKNOWN))
        for version, faces, shown_state, at in _faces(current, published, state, changed_at, public_at):
            subject, grade, topic, level, kind, licence = placed[version]
            small = (
                *(subject, str(grade or NONE), level or NONE, kind, shown_state),
                *(YES if version in doubted else NO, NO if version in bare else YES, YES if uses else NO),
                *(licence or NONE, str(organisation or NONE)),
            )
            row = (id, version, faces, owner or 0, at, uses, wrong, topic or NONE, str(imported or NONE), small)
            yield ShelfRow(*row)


def _all(connection: Connection, query: Query) -> Sequence[tuple[Any, ...]]:
    """The rows as the driver gives them, all numbers and texts: a third faster than row objects."""
    cursor = connection.execute(query).cursor
    return cursor.fetchall() if cursor is not None else ()


Face = tuple[int, int, str, int]


def _faces(
    current: int | None, published: int | None, state: str, changed_at: int, public_at: int | None
) -> list[Face]:
    """The versions that somebody meets: id, faces, the state they show, when they changed."""
    if current is None:
        return []
    if current == published and state == PUBLISHED_STATE:
        return [(current, CURRENT | PUBLISHED, state, changed_at)]
    faces = [(current, CURRENT, state, changed_at)]
    if published is not None:
        faces.append((published, PUBLISHED, PUBLISHED_STATE, public_at or changed_at))
    return faces


def _of(query: Query, column: InstrumentedAttribute[int], ids: Sequence[int]) -> Query:
    if isinstance(ids, range):
        return query.where(column >= ids.start, column < ids.stop)
    return query.where(column.in_(ids))


def _seconds(connection: Connection, column: InstrumentedAttribute[Any]) -> Any:
    if connection.dialect.name == "sqlite":
        return cast(func.strftime("%s", column), Integer)
    return cast(func.floor(func.extract("epoch", column)), Integer)


def _questions(connection: Connection) -> Query:
    return select(
        Question.id,
        type_coerce(Question.state, String),
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
    type_coerce(QuestionVersion.type, String),
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
