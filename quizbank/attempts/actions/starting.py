"""Beginning a sitting: practice by lot, or an assigned quiz."""

import datetime as dt
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt, AttemptItem
from quizbank.attempts.queries import Place
from quizbank.attempts.rules import CLOSE_JOB, GRACE, Mode, Wish, check_wish, deadline_of, variant_of
from quizbank.attempts.selection import choose_versions
from quizbank.classes.models import Assignment
from quizbank.classes.queries import get_assignment, is_member
from quizbank.permissions import PRACTISE, signed_in_id
from quizbank.questions.models import QuestionVersion
from quizbank.quizzes.dice import Dice
from quizbank.quizzes.models import Quiz, QuizItem, QuizVariant, QuizVariantItem
from quizbank.quizzes.shuffling import letters_of, shuffle_options
from repository.audit import record
from repository.curriculum.queries import curriculum
from repository.errors import Conflict, Forbidden, NotFound
from repository.jobs import enqueue
from repository.permissions import Actor

TOKEN_BYTES = 16
PRACTICE_MARKS = Decimal(1)


@dataclass(frozen=True)
class _Asked:
    """A question on its way into an attempt."""

    version_id: int
    marks: Decimal
    option_order: str


def start_practice(session: Session, actor: Actor, wish: Wish, *, chance: random.Random, now: dt.datetime) -> Attempt:
    """Choose published questions by lot and begin; fewer than wished where the bank has fewer.

    The attempt's ``max_marks`` is the number of its questions.

    Raises:
        NotFound: no such subject or topic, or no published question fits.
    """
    PRACTISE.require(actor)
    check_wish(wish)
    curriculum().get_subject(wish.subject)
    chosen = choose_versions(session, wish, chance)
    if not chosen:
        raise NotFound("Chưa có câu hỏi nào hợp với lựa chọn này. Hãy chọn rộng hơn: cả lớp hoặc cả môn.")
    versions = {one.id: one for one in session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(chosen)))}
    seed = chance.getrandbits(62)
    ordered = _with_passages_together([versions[version_id] for version_id in chosen])
    asked = [
        _Asked(version.id, PRACTICE_MARKS, shuffle_options(version.content, Dice("practice", seed, version.id)))
        for version in ordered
    ]
    attempt = Attempt(mode=Mode.PRACTICE, subject=wish.subject, topic=_topic_of(wish), level=wish.level)
    _begin(session, actor, attempt, asked, now=now)
    return attempt


def start_assigned(session: Session, actor: Actor, assignment_id: int, *, now: dt.datetime) -> Attempt:
    """Begin an assigned quiz, or go on with the attempt that is open: two windows begin one.

    Raises:
        Forbidden: not a member of the class.
        Conflict: not open yet, closed, or no attempt left.
    """
    assignment, _ = get_assignment(session, actor, assignment_id)
    if not is_member(session, actor, assignment.class_id):
        raise Forbidden("Chỉ học sinh của lớp mới làm bài này.")
    earlier = _attempts_at(session, actor, assignment)
    if earlier and Place(earlier[-1], assignment).is_open(now):
        return earlier[-1]
    _check_may_start(assignment, len(earlier), now)
    quiz = session.get_one(Quiz, assignment.quiz_id)
    variant, asked = _paper_for(session, actor, assignment)
    deadline_at = deadline_of(now, assignment.duration_minutes, assignment.closes_at)
    attempt = Attempt(
        mode=Mode.ASSIGNED,
        assignment_id=assignment.id,
        quiz_id=quiz.id,
        variant_id=variant,
        number=len(earlier) + 1,
        subject=quiz.subject,
        deadline_at=deadline_at,
    )
    try:
        with session.begin_nested():
            _begin(session, actor, attempt, asked, now=now)
    except IntegrityError:
        return _attempts_at(session, actor, assignment)[-1]
    enqueue(session, CLOSE_JOB, {"attempt_id": attempt.id}, now=now, run_after=deadline_at + GRACE * 2)
    return attempt


def _check_may_start(assignment: Assignment, used: int, now: dt.datetime) -> None:
    if now < assignment.opens_at:
        raise Conflict("Bài này chưa mở.", opens_at=assignment.opens_at.isoformat())
    if now >= assignment.closes_at:
        raise Conflict("Bài này đã đóng.", closes_at=assignment.closes_at.isoformat())
    if used >= assignment.attempts_allowed:
        raise Conflict("Bạn đã làm đủ {allowed} lượt của bài này.", allowed=assignment.attempts_allowed)


def _attempts_at(session: Session, actor: Actor, assignment: Assignment) -> Sequence[Attempt]:
    query = select(Attempt).where(Attempt.assignment_id == assignment.id, Attempt.person_id == actor.person_id)
    return session.scalars(query.order_by(Attempt.number)).all()


def _paper_for(session: Session, actor: Actor, assignment: Assignment) -> tuple[int | None, list[_Asked]]:
    """The student's variant, or, of a quiz without variants, its items with options in an order of their own."""
    person_id = signed_in_id(actor)
    items = _items_of(session, assignment.quiz_id)
    variants = session.scalars(
        select(QuizVariant.id).where(QuizVariant.quiz_id == assignment.quiz_id).order_by(QuizVariant.id)
    ).all()
    if not variants:
        return None, [
            _Asked(version.id, item.marks, _own_order(version, assignment.id, person_id))
            for item, version in items.values()
        ]
    variant = variants[variant_of(person_id, assignment.id, len(variants))]
    ordered = session.scalars(
        select(QuizVariantItem).where(QuizVariantItem.variant_id == variant).order_by(QuizVariantItem.position)
    )
    return variant, [
        _Asked(items[one.item_position][1].id, items[one.item_position][0].marks, one.option_order) for one in ordered
    ]


def _items_of(session: Session, quiz_id: int) -> Mapping[int, tuple[QuizItem, QuestionVersion]]:
    rows = session.execute(
        select(QuizItem, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == QuizItem.question_version_id)
        .where(QuizItem.quiz_id == quiz_id)
        .order_by(QuizItem.position)
    )
    return {item.position: (item, version) for item, version in rows}


def _own_order(version: QuestionVersion, assignment_id: int, person_id: int) -> str:
    content = version.content
    return shuffle_options(content, Dice("assigned", assignment_id, person_id, version.id)) or letters_of(content)


def _begin(session: Session, actor: Actor, attempt: Attempt, asked: Sequence[_Asked], *, now: dt.datetime) -> None:
    attempt.token = secrets.token_urlsafe(TOKEN_BYTES)
    attempt.person_id = actor.person_id
    attempt.browser_key = None if actor.is_signed_in else actor.browser_key
    attempt.started_at = now
    attempt.max_marks = sum((one.marks for one in asked), Decimal(0))
    session.add(attempt)
    session.flush()
    session.add_all(
        AttemptItem(
            attempt_id=attempt.id,
            position=position,
            question_version_id=one.version_id,
            marks=one.marks,
            option_order=one.option_order,
        )
        for position, one in enumerate(asked, 1)
    )
    session.flush()
    record(session, actor, "start-attempt", "attempt", attempt.id, now, mode=attempt.mode)


def _topic_of(wish: Wish) -> str | None:
    if wish.topic:
        return wish.topic
    return f"{wish.subject}.l{wish.grade:02d}" if wish.grade is not None else None


def _with_passages_together(versions: Sequence[QuestionVersion]) -> list[QuestionVersion]:
    """The questions of one passage side by side, where the first of them stands."""
    blocks: dict[tuple[str, int], list[QuestionVersion]] = {}
    for version in versions:
        passage = version.passage_version_id
        blocks.setdefault(("version", version.id) if passage is None else ("passage", passage), []).append(version)
    return [version for block in blocks.values() for version in block]
