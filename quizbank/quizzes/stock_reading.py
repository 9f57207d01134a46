"""Keeps the stock of a subject current in this process: read once, then followed by the logs of every change.

What is committed is read on a connection of its own and kept. What a session has changed and not committed yet is read
through that session and laid over it, so that a paper is drawn from the bank as its maker sees it.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from quizbank.questions.models import Question, QuestionDoubt, QuestionStatistics, QuestionVersion
from quizbank.questions.problems import PROBLEMS, Verdict
from quizbank.questions.shelf_reading import GOOD_FOR_SECONDS, ages_of, logs_of_questions
from quizbank.questions.states import QuestionState
from quizbank.quizzes.stock import Place, Stock, StockRow, stock_of

AT_ONCE = 500
HELD = [code for code, (verdict, _message) in PROBLEMS.items() if verdict is Verdict.HOLD]
Query = Select[*tuple[Any, ...]]


class StockKeeper:
    """The stock of one subject of one database. Threads take turns in following; a stock itself never changes."""

    def __init__(self, engine: Engine, subject: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.engine = engine
        self.subject = subject
        self.clock = clock
        self.lock = threading.Lock()
        self.stock: Stock | None = None
        self.read_at = 0.0
        self.pending: set[int] = set()
        self.logs = logs_of_questions()

    def current(self, session: Session) -> Stock:
        """The stock as this session sees it: what is committed now, and what the session itself has changed."""
        with self.lock:
            with self.engine.connect() as connection:
                stock = self._follow(connection)
            own = session.connection()
            changed = sorted({id for log in self.logs for id in log.unread(own)})
        return stock.with_rows(list(read_rows(own, self.subject, changed)), changed) if changed else stock

    def _follow(self, connection: Connection) -> Stock:
        is_server = self.engine.dialect.name == "postgresql"
        if is_server:  # one snapshot for a question and for its versions
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        now = self.clock()
        if self.stock is None or now - self.read_at > GOOD_FOR_SECONDS:
            for log in self.logs:
                log.start(connection)
            self.stock, self.read_at = read_stock(connection, self.subject), now
            self.pending.clear()
            return self.stock
        ages = ages_of(connection) if is_server else None
        self.pending.update(*(log.read(connection, ages) for log in self.logs))
        if self.pending:
            changed = sorted(self.pending)
            self.stock = self.stock.with_rows(list(read_rows(connection, self.subject, changed)), changed)
            self.pending.clear()
        return self.stock


_keepers: WeakKeyDictionary[Engine, dict[str, StockKeeper]] = WeakKeyDictionary()


def stock_for(session: Session, subject: str) -> Stock:
    """What papers of a subject may be drawn from, as this session sees the bank."""
    engine = session.get_bind().engine
    session.flush()
    kept = _keepers.setdefault(engine, {})
    return kept.setdefault(subject, StockKeeper(engine, subject)).current(session)


def read_stock(connection: Connection, subject: str) -> Stock:
    return stock_of(subject, list(_rows(connection, _usable(subject))))


def read_rows(connection: Connection, subject: str, ids: Sequence[int]) -> Iterator[StockRow]:
    """The rows of these questions, by question: one query for each five hundred."""
    for start in range(0, len(ids), AT_ONCE):
        yield from _rows(connection, _usable(subject).where(Question.id.in_(ids[start : start + AT_ONCE])))


def _rows(connection: Connection, query: Query) -> Iterator[StockRow]:
    places: dict[tuple[Any, ...], Place] = {}
    for row in connection.execute(query):
        id, version, published, owner, passage, family, uses, answers, wrong, *where = row
        key = (*where, passage is not None)
        place = places.get(key)
        if place is None:
            programme, grade, topic, level, type, statements = where
            place = places[key] = Place(programme, grade, topic, level, str(type), statements, passage is not None)
        counts = (uses or 0, answers or 0, wrong or 0.0)
        yield StockRow(id, version, published is not None, owner or 0, passage or 0, family or 0, *counts, place)


def _usable(subject: str) -> Query:
    """Published versions, and drafts that no reader of papers doubted: whose they are is told beside them."""
    version, counted = QuestionVersion, QuestionStatistics
    doubts = select(QuestionDoubt.version_id).where(QuestionDoubt.version_id == version.id)
    is_sound_draft = and_(
        Question.published_version_id.is_(None),
        Question.state != QuestionState.WITHDRAWN,
        ~doubts.where(QuestionDoubt.code.in_(HELD)).exists(),
    )
    return (
        select(Question.id, version.id, Question.published_version_id, Question.created_by_id)
        .add_columns(version.passage_version_id, Question.family_id)
        .add_columns(counted.uses, counted.answers, counted.wrong_fraction)
        .add_columns(version.programme, version.grade, version.topic, version.level, version.type)
        .add_columns(version.statement_levels)
        .join(version, version.id == func.coalesce(Question.published_version_id, Question.current_version_id))
        .outerjoin(counted, counted.question_id == Question.id)
        .where(version.subject == subject, or_(Question.published_version_id.is_not(None), is_sound_draft))
        .order_by(Question.id)
    )
