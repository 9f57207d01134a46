"""Repairing a key, and taking a repair back. Nothing that was stored is changed; the job marks again."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizbank.attempts.remarking import REMARK_JOB
from quizbank.attempts.repair import clean_key, is_comparable
from quizbank.permissions import REPAIR_BANK_KEY, REPAIR_QUIZ_KEY, SEE_REPAIRS
from quizbank.questions.descriptions import KIND
from quizbank.questions.key_repair_models import KeyRepair
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.queries import find_version, list_versions, see_question
from quizbank.questions.rulings import CHOOSABLE, Treatment
from quizbank.quizzes.models import Quiz, QuizItem
from quizbank.quizzes.queries import get_quiz
from repository.audit import record
from repository.errors import Conflict, Invalid, NotFound
from repository.jobs import enqueue
from repository.permissions import Actor, Role, is_own, is_staff

MAX_REASON = 2_000
PAGE_SIZE = 20


@dataclass(frozen=True)
class Subject:
    """What is to be repaired: a version of a question, in one quiz or, without one, wherever it was asked."""

    question: Question
    version: QuestionVersion
    quiz_id: int | None = None


@dataclass(frozen=True)
class Wish:
    """What somebody wants to rule. ``to_number`` is the number of a version; ``key`` as it was typed."""

    treatment: str
    to_number: int | None = None
    key: str = ""


def bank_subject(session: Session, actor: Actor, question_id: int, number: int | None) -> Subject:
    """A version of a question of the bank, the published one unless told otherwise.

    Raises:
        Forbidden: neither an editor nor a reviewer.
    """
    question = see_question(session, actor, question_id)
    REPAIR_BANK_KEY.require(actor, question)
    if number is None:
        version_id = question.published_version_id or question.current_version_id
        version = session.get(QuestionVersion, version_id)
    else:
        version = find_version(session, question_id, number)
    if version is None:
        raise NotFound("Không có bản này của câu hỏi.")
    return Subject(question, version)


def quiz_subject(session: Session, actor: Actor, quiz_id: int, position: int) -> Subject:
    """A question of a quiz, for the quiz's sittings only.

    Raises:
        Forbidden: another's quiz.
    """
    quiz = get_quiz(session, actor, quiz_id)
    REPAIR_QUIZ_KEY.require(actor, quiz)
    item = session.get(QuizItem, (quiz_id, position))
    if item is None:
        raise NotFound("Đề này không có câu {position}.", position=position)
    version = session.get_one(QuestionVersion, item.question_version_id)
    return Subject(session.get_one(Question, version.question_id), version, quiz_id)


def replacements_for(session: Session, actor: Actor, subject: Subject) -> list[QuestionVersion]:
    """The versions whose key can mark the same answers, and that the actor may see."""
    question = subject.question
    sees_all = is_staff(actor) or is_own(actor, question)
    return [
        one
        for one in list_versions(session, question.id)
        if one.id != subject.version.id
        and (sees_all or one.id == question.published_version_id)
        and is_comparable(subject.version, one)
    ]


def considered_repair(session: Session, actor: Actor, subject: Subject, wish: Wish, *, now: dt.datetime) -> KeyRepair:
    """The repair that a wish means, sound but not stored.

    Raises:
        Invalid: ``facts["field"]`` says which field is wrong.
    """
    if wish.treatment not in CHOOSABLE:
        raise Invalid("Hãy chọn cách chấm lại.", field="treatment")
    treatment = Treatment(wish.treatment)
    to_version_id = None
    if treatment is Treatment.VERSION:
        fitting = {one.number: one.id for one in replacements_for(session, actor, subject)}
        if (to_version_id := fitting.get(wish.to_number or 0)) is None:
            raise Invalid("Hãy chọn một bản có cùng dạng và cùng thứ tự phương án.", field="to")
    return KeyRepair(
        question_id=subject.question.id,
        quiz_id=subject.quiz_id,
        from_version_id=subject.version.id,
        treatment=treatment,
        to_version_id=to_version_id,
        key=clean_key(subject.version, wish.key) if treatment is Treatment.KEY else "",
        made_by_id=actor.person_id,
        made_at=now,
        reached_id=0,
        gain_count=0,
        loss_count=0,
        stay_count=0,
    )


def repair_key(
    session: Session, actor: Actor, subject: Subject, wish: Wish, reason: str, *, now: dt.datetime
) -> KeyRepair:
    """Rule what counts as right from now on, and have what was marked before marked again.

    The same ruling again is the one that stands: sending a form twice repairs once.
    """
    require_repair(session, actor, subject.question.id, subject.quiz_id)
    repair = considered_repair(session, actor, subject, wish, now=now)
    repair.reason = clean_reason(reason)
    lock_question(session, subject.question.id)
    standing = standing_repair(session, repair)
    if standing is not None and all(
        getattr(standing, name) == getattr(repair, name) for name in ("treatment", "to_version_id", "key")
    ):
        return standing
    return _store(session, actor, repair, "repair key", now)


def undoing_repair(session: Session, actor: Actor, repair_id: int, *, now: dt.datetime) -> KeyRepair:
    """The repair that would take another back, not stored.

    Raises:
        Conflict: it was taken back already, or takes one back itself.
    """
    repair = get_repair(session, actor, repair_id)
    if repair.treatment == Treatment.UNDO or find_undoing(session, repair.id) is not None:
        raise Conflict("Lần sửa đáp án này đã được hoàn tác, hoặc chính nó là một lần hoàn tác.")
    return KeyRepair(
        question_id=repair.question_id,
        quiz_id=repair.quiz_id,
        from_version_id=repair.from_version_id,
        treatment=Treatment.UNDO,
        key="",
        undoes_id=repair.id,
        made_by_id=actor.person_id,
        made_at=now,
        reached_id=0,
        gain_count=0,
        loss_count=0,
        stay_count=0,
    )


def undo_repair(session: Session, actor: Actor, repair_id: int, reason: str, *, now: dt.datetime) -> KeyRepair:
    """Take a repair back by another: what stood before stands again. Both stay in the record."""
    undoing = undoing_repair(session, actor, repair_id, now=now)
    undoing.reason = clean_reason(reason)
    lock_question(session, undoing.question_id)
    return _store(session, actor, undoing, "undo key repair", now)


def get_repair(session: Session, actor: Actor, repair_id: int) -> KeyRepair:
    """A repair, for those who might make it."""
    repair = session.get(KeyRepair, repair_id)
    if repair is None:
        raise NotFound("Không có lần sửa đáp án này.")
    require_repair(session, actor, repair.question_id, repair.quiz_id)
    return repair


def require_repair(session: Session, actor: Actor, question_id: int, quiz_id: int | None) -> None:
    """Refuse whoever may not repair the key of a question there."""
    if quiz_id is not None:
        REPAIR_QUIZ_KEY.require(actor, get_quiz(session, actor, quiz_id))
    else:
        REPAIR_BANK_KEY.require(actor, see_question(session, actor, question_id))


def find_undoing(session: Session, repair_id: int) -> KeyRepair | None:
    return session.scalar(select(KeyRepair).where(KeyRepair.undoes_id == repair_id))


def list_repairs(session: Session, question_id: int, quiz_id: int | None) -> list[KeyRepair]:
    """What was repaired in a question for a quiz, or for the bank, the newest first; for those who may repair."""
    query = select(KeyRepair).where(
        KeyRepair.question_id == question_id, KeyRepair.quiz_id.is_not_distinct_from(quiz_id)
    )
    return list(session.scalars(query.order_by(KeyRepair.id.desc())))


def list_own_repairs(session: Session, actor: Actor, *, after: int | None = None) -> tuple[list[KeyRepair], int | None]:
    """The repairs that the actor might have made, the newest first, and the key of the next page.

    Those of one's own quizzes; for those who keep the bank those of the bank; for administrators all.
    """
    SEE_REPAIRS.require(actor)
    is_mine = and_(Quiz.id.is_not(None), Quiz.deleted_at.is_(None))
    if Role.ADMINISTRATOR not in actor.roles:
        is_mine = and_(is_mine, Quiz.created_by_id == actor.person_id)
    seen = or_(is_mine, KeyRepair.quiz_id.is_(None)) if is_staff(actor) else is_mine
    query = select(KeyRepair).outerjoin(Quiz, Quiz.id == KeyRepair.quiz_id).where(seen)
    if after is not None:
        query = query.where(KeyRepair.id < after)
    found = list(session.scalars(query.order_by(KeyRepair.id.desc()).limit(PAGE_SIZE + 1)))
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None


def standing_repair(session: Session, like: KeyRepair) -> KeyRepair | None:
    """The repair that rules now in the same scope."""
    repairs = [
        one
        for one in list_repairs(session, like.question_id, like.quiz_id)
        if one.from_version_id == like.from_version_id
    ]
    undone = {one.undoes_id for one in repairs}
    return next((one for one in repairs if one.treatment != Treatment.UNDO and one.id not in undone), None)


def lock_question(session: Session, question_id: int) -> None:
    """One repair of a question at a time: of two equal forms sent at once the second finds the first."""
    session.execute(select(Question.id).where(Question.id == question_id).with_for_update())


def clean_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Invalid("Hãy ghi lí do: học sinh sẽ đọc thấy.", field="reason")
    if len(reason) > MAX_REASON:
        raise Invalid("Lí do dài quá {limit} kí tự.", limit=MAX_REASON, field="reason")
    return reason


def _store(session: Session, actor: Actor, repair: KeyRepair, action: str, now: dt.datetime) -> KeyRepair:
    try:
        with session.begin_nested():
            session.add(repair)
    except IntegrityError as error:
        raise Conflict("Lần sửa đáp án này đã được hoàn tác.") from error
    facts = {"quiz": repair.quiz_id, "treatment": str(repair.treatment), "reason": repair.reason}
    record(session, actor, action, KIND, repair.question_id, now, repair=repair.id, **facts)
    enqueue(session, REMARK_JOB, {"repair_id": repair.id}, now=now, created_by_id=actor.person_id)
    return repair
