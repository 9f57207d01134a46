"""Questions asked about sittings. Another's sitting does not exist."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload

from quizbank.attempts.models import Attempt, AttemptAnswer, AttemptItem, AttemptResult
from quizbank.attempts.repair_models import AttemptRemark
from quizbank.attempts.rules import Mode, ReviewAfter, accepts_answers, earliest, is_overdue, may_show_key
from quizbank.attempts.rulings import current_remarks
from quizbank.classes.models import Assignment
from quizbank.permissions import SIT_ATTEMPT
from quizbank.questions.cards import shown_response
from quizbank.questions.key_repairs import rulings_for
from quizbank.questions.models import QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.questions.rulings import Ruling
from quizbank.quizzes.models import Quiz
from repository.errors import NotFound
from repository.permissions import Actor


@dataclass(frozen=True)
class Place:
    """An attempt with what bounds it: its assignment and its quiz's title, where it has them."""

    attempt: Attempt
    assignment: Assignment | None = None
    quiz_title: str = ""

    @property
    def deadline_at(self) -> dt.datetime | None:
        return earliest(self.attempt.deadline_at, self.assignment.closes_at if self.assignment else None)

    def is_open(self, now: dt.datetime) -> bool:
        return accepts_answers(now, self.deadline_at, self.attempt.submitted_at)

    def is_overdue(self, now: dt.datetime) -> bool:
        return is_overdue(now, self.deadline_at, self.attempt.submitted_at)

    def shows_key(self, now: dt.datetime, *, is_checked: bool = False) -> bool:
        return may_show_key(
            Mode(self.attempt.mode),
            now=now,
            submitted_at=self.attempt.submitted_at,
            is_checked=is_checked,
            review_after=ReviewAfter(self.assignment.review_after) if self.assignment else None,
            closes_at=self.assignment.closes_at if self.assignment else None,
        )


@dataclass(frozen=True)
class SittingItem:
    """A question of a sitting with the current answer and, once graded, its result.

    ``ruling``: a repair of its key that stands; ``remark``: what counts instead of the result where it was marked
    again.
    """

    item: AttemptItem
    version: QuestionVersion
    answer: AttemptAnswer | None = None
    result: AttemptResult | None = None
    ruling: Ruling | None = None
    remark: AttemptRemark | None = None

    @property
    def marks(self) -> Decimal | None:
        """What it earns now; None while it isn't graded."""
        graded = self.remark or self.result
        return graded.marks if graded else None

    @property
    def revision(self) -> int:
        return self.answer.revision if self.answer else 0

    @property
    def response(self) -> str:
        """The current canonical response; empty where there is none."""
        return self.answer.response if self.answer else ""

    @property
    def shown_response(self) -> str:
        return shown_response(QuestionType(self.version.type), self.response, self.item.option_order)


@dataclass(frozen=True)
class Sitting:
    place: Place
    items: tuple[SittingItem, ...]

    @property
    def attempt(self) -> Attempt:
        return self.place.attempt

    @property
    def unanswered(self) -> list[int]:
        return [one.item.position for one in self.items if not one.response]

    @property
    def marks(self) -> Decimal:
        return sum((one.marks for one in self.items if one.marks is not None), Decimal(0))


def get_place(session: Session, actor: Actor, token: str, *, lock: str = "") -> Place:
    """The actor's attempt with this token.

    Args:
        session: where to look.
        actor: the one who sits.
        token: the attempt's address.
        lock: ``answer`` lets others answer meanwhile but nobody submit; ``submit`` lets nobody do either.
    """
    query = (
        select(Attempt, Assignment, Quiz.title)
        .outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
        .outerjoin(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Attempt.token == token)
    )
    if lock:
        query = query.with_for_update(of=Attempt, read=lock == "answer").execution_options(populate_existing=True)
    row = session.execute(query).first()
    if row is None or not SIT_ATTEMPT.allows(actor, row[0]):
        raise NotFound("Không có lượt làm bài này, hoặc nó của người khác.")
    return Place(row[0], row[1], row[2] or "")


def get_sitting(session: Session, actor: Actor, token: str) -> Sitting:
    """The actor's attempt with its questions, current answers and results: a constant number of queries."""
    return sitting_of(session, get_place(session, actor, token))


def sitting_of(session: Session, place: Place) -> Sitting:
    attempt_id = place.attempt.id
    rows = session.execute(
        select(AttemptItem, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == AttemptItem.question_version_id)
        .where(AttemptItem.attempt_id == attempt_id)
        .order_by(AttemptItem.position)
        .options(lazyload(QuestionVersion.tags))
    )
    pairs = [(item, version) for item, version in rows]
    answers = current_answers(session, attempt_id)
    results = current_results(session, attempt_id)
    rulings = rulings_for(session, [version.id for _, version in pairs])
    remarks = current_remarks(session, attempt_id)
    return Sitting(
        place,
        tuple(
            SittingItem(
                *(item, version, answers.get(item.position), results.get(item.position)),
                *(rulings.of(version.id, place.attempt.quiz_id), remarks.get(item.position)),
            )
            for item, version in pairs
        ),
    )


def current_answers(session: Session, attempt_id: int) -> Mapping[int, AttemptAnswer]:
    """Position -> the answer of the highest revision."""
    query = select(AttemptAnswer).where(AttemptAnswer.attempt_id == attempt_id)
    return {one.position: one for one in session.scalars(query.order_by(AttemptAnswer.revision))}


def current_results(session: Session, attempt_id: int) -> Mapping[int, AttemptResult]:
    query = select(AttemptResult).where(AttemptResult.attempt_id == attempt_id)
    return {one.position: one for one in session.scalars(query.order_by(AttemptResult.revision))}


def find_answer(session: Session, attempt_id: int, position: int) -> AttemptAnswer | None:
    """The current answer to one question."""
    query = select(AttemptAnswer).where(AttemptAnswer.attempt_id == attempt_id, AttemptAnswer.position == position)
    return session.scalars(query.order_by(AttemptAnswer.revision.desc()).limit(1)).first()
