"""Answering, checking and ending a sitting."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt, AttemptAnswer, AttemptItem, AttemptResult
from quizbank.attempts.queries import Place, SittingItem, find_answer, get_place, sitting_of
from quizbank.attempts.repair import judge
from quizbank.attempts.repair_models import AttemptRemark
from quizbank.attempts.rules import CLOSE_JOB, GRACE, AttemptClosed, Mode, StaleAnswer, clean_response
from quizbank.attempts.rulings import settle_totals
from quizbank.attempts.statistics import schedule_count
from quizbank.classes.actions import close_assignment
from quizbank.classes.models import Assignment
from quizbank.questions.cards import canonical_response, shown_response
from quizbank.questions.models import QuestionVersion
from quizbank.questions.rules import QuestionType
from repository.audit import record
from repository.errors import Forbidden, NotFound
from repository.jobs import enqueue
from repository.permissions import SYSTEM, Actor


def save_answer(
    session: Session, actor: Actor, token: str, position: int, response: str, *, based_on: int, now: dt.datetime
) -> AttemptAnswer:
    """Add an answer. The key (attempt, position, revision) lets one of two windows win.

    Saving the same response again adds nothing, so that a repeated request does no harm.

    Args:
        session: a writer's.
        actor: the one who sits.
        token: the attempt's address.
        position: of the question, from 1.
        response: in shown letters.
        based_on: the revision that the window last saw; 0 for none.
        now: the moment of saving.

    Raises:
        StaleAnswer: another window has saved since; ``facts`` hold its answer.
        AttemptClosed: submitted, past the deadline, or this question was checked already.
        Invalid: the question has no such option.
    """
    place = get_place(session, actor, token, lock="answer")
    _check_open(place, now)
    item, kind = _item_at(session, place.attempt, position)
    _check_not_final(session, place.attempt, position)
    canonical = canonical_response(kind, clean_response(kind, response, len(item.option_order)), item.option_order)
    current = find_answer(session, place.attempt.id, position)
    revision = current.revision if current else 0
    if canonical == (current.response if current else ""):
        return current or AttemptAnswer(position=position, revision=0, response="", saved_at=now)
    if based_on != revision:
        raise _stale(current, kind, item.option_order)
    return _add_answer(session, item, kind, canonical, revision + 1, now)


def check_answer(session: Session, actor: Actor, token: str, position: int, *, now: dt.datetime) -> AttemptResult:
    """Practice: make an answer final and grade it; after the last one the attempt is over. Twice is once.

    Raises:
        Forbidden: an assigned sitting is graded as a whole.
    """
    place = get_place(session, actor, token, lock="submit")
    if place.attempt.mode != Mode.PRACTICE:
        raise Forbidden("Bài được giao chỉ chấm khi nộp cả bài.")
    items = {one.item.position: one for one in sitting_of(session, place).items}
    if position not in items:
        raise NotFound("Bài này không có câu {position}.", position=position)
    if (known := items[position].result) is not None:
        return known
    _check_open(place, now)
    result = _grade(session, items[position], now)
    if all(one.result or one.item.position == position for one in items.values()):
        _finish(session, actor, place.attempt, at=now, now=now)
    return result


def submit_attempt(session: Session, actor: Actor, token: str, *, now: dt.datetime) -> Attempt:
    """End the sitting and grade it. Submitting twice is submitting once; after the deadline it counts as of then."""
    place = get_place(session, actor, token, lock="submit")
    return _close(session, actor, place, now=now)


def close_overdue(session: Session, attempt_id: int, *, now: dt.datetime) -> bool:
    """End and grade a sitting that ran out of time; for the worker. Whether there was anything to do."""
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update()
    attempt = session.scalars(query).first()
    if attempt is None:
        return False
    assignment = session.get(Assignment, attempt.assignment_id) if attempt.assignment_id else None
    place = Place(attempt, assignment)
    if not place.is_overdue(now):
        return False
    _close(session, SYSTEM, place, now=now)
    return True


def end_assignment(session: Session, actor: Actor, assignment_id: int, *, now: dt.datetime) -> Assignment:
    """Close an assignment now; every sitting that still runs is ended and graded with what was saved."""
    assignment = close_assignment(session, actor, assignment_id, now=now)
    running = select(Attempt.id).where(Attempt.assignment_id == assignment.id, Attempt.submitted_at.is_(None))
    for attempt_id in session.scalars(running):
        enqueue(session, CLOSE_JOB, {"attempt_id": attempt_id}, now=now, run_after=now + GRACE * 2)
    return assignment


def _close(session: Session, actor: Actor, place: Place, *, now: dt.datetime) -> Attempt:
    attempt = place.attempt
    if attempt.submitted_at is not None:
        return attempt
    for one in sitting_of(session, place).items:
        if one.result is None:
            _grade(session, one, now)
    deadline = place.deadline_at
    return _finish(session, actor, attempt, at=min(now, deadline) if deadline else now, now=now)


def _finish(session: Session, actor: Actor, attempt: Attempt, *, at: dt.datetime, now: dt.datetime) -> Attempt:
    settle_totals(session, [attempt])
    attempt.submitted_at = max(at, attempt.started_at)
    schedule_count(session, now=now)
    record(session, actor, "submit-attempt", "attempt", attempt.id, now)
    return attempt


def _grade(session: Session, one: SittingItem, now: dt.datetime) -> AttemptResult:
    """The result by the key that was pinned; where a repair rules otherwise, a remark beside it."""
    place = {"attempt_id": one.item.attempt_id, "position": one.item.position}
    pinned = judge(one.version, None, one.response, one.item.marks)
    result = AttemptResult(**place, revision=one.revision, marks=pinned.marks, fraction=pinned.fraction, graded_at=now)
    session.add(result)
    ruled = judge(one.version, one.ruling, one.response, one.item.marks)
    if one.ruling and ruled != pinned:
        remark = AttemptRemark(**place, number=1, repair_id=one.ruling.repair_id, **vars(ruled), graded_at=now)
        session.add(remark)
    return result


def _add_answer(
    session: Session, item: AttemptItem, kind: QuestionType, canonical: str, revision: int, now: dt.datetime
) -> AttemptAnswer:
    answer = AttemptAnswer(
        attempt_id=item.attempt_id, position=item.position, revision=revision, response=canonical, saved_at=now
    )
    try:
        with session.begin_nested():
            session.add(answer)
    except IntegrityError:
        raise _stale(find_answer(session, item.attempt_id, item.position), kind, item.option_order) from None
    return answer


def _stale(current: AttemptAnswer | None, kind: QuestionType, option_order: str) -> StaleAnswer:
    return StaleAnswer(
        "Câu này đã được trả lời ở một cửa sổ khác.",
        revision=current.revision if current else 0,
        response=shown_response(kind, current.response, option_order) if current else "",
        saved_at=current.saved_at.isoformat() if current else None,
    )


def _check_open(place: Place, now: dt.datetime) -> None:
    submitted_at = place.attempt.submitted_at
    if submitted_at is not None:
        raise AttemptClosed("Bài đã nộp, không sửa được nữa.", submitted_at=submitted_at.isoformat())
    if not place.is_open(now):
        raise AttemptClosed("Đã hết giờ làm bài. Những câu đã lưu trước đó đều được tính.", submitted_at=None)


def _check_not_final(session: Session, attempt: Attempt, position: int) -> None:
    query = select(AttemptResult.revision).where(
        AttemptResult.attempt_id == attempt.id, AttemptResult.position == position
    )
    if session.scalar(query.limit(1)) is not None:
        raise AttemptClosed("Câu này đã kiểm tra, không sửa được nữa.", submitted_at=None)


def _item_at(session: Session, attempt: Attempt, position: int) -> tuple[AttemptItem, QuestionType]:
    row = session.execute(
        select(AttemptItem, QuestionVersion.type)
        .join(QuestionVersion, QuestionVersion.id == AttemptItem.question_version_id)
        .where(AttemptItem.attempt_id == attempt.id, AttemptItem.position == position)
    ).first()
    if row is None:
        raise NotFound("Bài này không có câu {position}.", position=position)
    return row[0], QuestionType(row[1])
