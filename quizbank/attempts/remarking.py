"""Marking sittings again after a repair: first only looked at, then written by a job that goes on after a stop."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, distinct, func, select
from sqlalchemy.orm import Session, aliased

from quizbank.attempts.models import Attempt, AttemptAnswer, AttemptItem, AttemptResult
from quizbank.attempts.repair import Judged, Tally, Total, judge
from quizbank.attempts.repair_models import AttemptRemark
from quizbank.attempts.rules import Mode
from quizbank.attempts.rulings import is_last_remark, settle_totals
from quizbank.attempts.statistics import COUNT_JOB
from quizbank.classes.models import Assignment, SchoolClass
from quizbank.questions.key_repair_models import KeyRepair
from quizbank.questions.key_repairs import rulings_for
from quizbank.questions.models import QuestionVersion
from quizbank.questions.queries import get_version
from quizbank.questions.rulings import Rulings
from quizbank.quizzes.models import Quiz
from repository.accounts.models import Person
from repository.db import writing
from repository.jobs import JobContext, enqueue
from repository.permissions import Actor

REMARK_JOB = "attempts.remark"
BATCH = 200
CHUNK = 1000
PAGE_SIZE = 50


@dataclass(frozen=True)
class Marked:
    """An answer that has been marked, with what it has earned by now. ``number``: of its last remark."""

    attempt_id: int
    quiz_id: int | None
    assignment_id: int | None
    is_submitted: bool
    total: Total
    position: int
    worth: Decimal
    revision: int
    response: str
    judged: Judged
    number: int


@dataclass(frozen=True)
class ChangedRow:
    """A sitting whose marks change. ``name`` is empty for those who may not know it."""

    attempt_id: int
    name: str
    old: Total
    new: Total
    old_item: Judged
    new_item: Judged


@dataclass(frozen=True)
class Preview:
    """What a repair would do. ``running``: how many sittings not yet submitted have this question marked already."""

    tally: Tally
    rows: tuple[ChangedRow, ...]
    after: int | None
    running: int


def marked_answers(version_id: int, quiz_id: int | None) -> Select[*tuple[Any, ...]]:
    """The marked answers to a version, in the order of their sittings; ``marked_of`` reads the rows."""
    last = aliased(AttemptRemark)
    same_place = and_(
        AttemptResult.attempt_id == AttemptItem.attempt_id, AttemptResult.position == AttemptItem.position
    )
    same_answer = and_(
        AttemptAnswer.attempt_id == AttemptResult.attempt_id,
        AttemptAnswer.position == AttemptResult.position,
        AttemptAnswer.revision == AttemptResult.revision,
    )
    query = (
        select(
            *(Attempt.id, Attempt.quiz_id, Attempt.assignment_id, Attempt.submitted_at),
            *(Attempt.marks, Attempt.max_marks, AttemptItem.position, AttemptItem.marks),
            *(AttemptResult.revision, AttemptAnswer.response, AttemptResult.marks, AttemptResult.fraction),
            *(last.number, last.marks, last.fraction, last.is_left_out),
        )
        .select_from(AttemptItem)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(AttemptResult, same_place)
        .outerjoin(AttemptAnswer, same_answer)
        .outerjoin(last, is_last_remark(last, AttemptItem.attempt_id, AttemptItem.position))
        .where(AttemptItem.question_version_id == version_id)
        .order_by(Attempt.id, AttemptItem.position)
    )
    return query if quiz_id is None else query.where(Attempt.quiz_id == quiz_id)


def marked_of(row: Sequence[Any]) -> Marked:
    attempt_id, quiz_id, assignment_id, submitted_at, marks, max_marks, position, worth = row[:8]
    revision, response, first_marks, first_fraction, number, last_marks, last_fraction, is_left_out = row[8:]
    first = Judged(first_marks, first_fraction)
    judged = first if number is None else Judged(last_marks, last_fraction, is_left_out)
    total = Total(marks or Decimal(0), max_marks)
    submitted = submitted_at is not None
    return Marked(
        *(attempt_id, quiz_id, assignment_id, submitted, total, position, worth),
        *(revision, response or "", judged, number or 0),
    )


def preview_repair(session: Session, actor: Actor, repair: KeyRepair, after: int | None = None) -> Preview:
    """What a repair that is only considered would change; who may was asked before.

    Args:
        session: where to look.
        actor: sees the names of their own classes.
        repair: not stored yet; one that undoes another shows what stood before.
        after: the sitting behind which the page of changes starts.
    """
    considered = None if repair.undoes_id else repair
    rulings = rulings_for(session, [repair.from_version_id], without=repair.undoes_id, considered=considered)
    version = get_version(session, repair.from_version_id)
    query = marked_answers(repair.from_version_id, repair.quiz_id)
    tally, running, page = Tally(), 0, list[tuple[Marked, Judged]]()
    for one, new in judged_again(session, query, version, rulings):
        if not one.is_submitted:
            running += 1
            continue
        tally.add(one.total, one.total.with_change(one.judged, new, one.worth))
        if new != one.judged and one.attempt_id > (after or 0) and len(page) <= PAGE_SIZE:
            page.append((one, new))
    names = names_for(session, actor, [one.attempt_id for one, _ in page])
    rows = tuple(
        ChangedRow(
            *(one.attempt_id, names.get(one.attempt_id, ""), one.total),
            *(one.total.with_change(one.judged, new, one.worth), one.judged, new),
        )
        for one, new in page[:PAGE_SIZE]
    )
    return Preview(tally, rows, rows[-1].attempt_id if len(page) > PAGE_SIZE else None, running)


def judged_again(
    session: Session, query: Select[*tuple[Any, ...]], version: QuestionVersion, rulings: Rulings
) -> Iterator[tuple[Marked, Judged]]:
    """Every marked answer with what it earns under the rulings, in constant memory; equal answers are judged once."""
    known: dict[tuple[int | None, str, Decimal], Judged] = {}
    for row in session.execute(query.execution_options(yield_per=CHUNK)):
        one = marked_of(row)
        case = (one.quiz_id, one.response, one.worth)
        if case not in known:
            known[case] = judge(version, rulings.of(version.id, one.quiz_id), one.response, one.worth)
        yield one, known[case]


def names_for(session: Session, actor: Actor, attempt_ids: Sequence[int]) -> dict[int, str]:
    """Attempt -> who sat it, for the sittings of classes that the actor teaches. Marks are nobody else's business.

    Sittings on paper are told by their candidates to the one who made the quiz.
    """
    on_paper = (
        select(Attempt.id, Attempt.candidate)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(Attempt.id.in_(attempt_ids), Attempt.mode == Mode.PAPER, Quiz.created_by_id == actor.person_id)
    )
    query = (
        select(Attempt.id, Person.name)
        .join(Person, Person.id == Attempt.person_id)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(SchoolClass, SchoolClass.id == Assignment.class_id)
        .where(Attempt.id.in_(attempt_ids), SchoolClass.teacher_id == actor.person_id)
    )
    candidates = {attempt_id: name or "" for attempt_id, name in session.execute(on_paper)}
    return {**candidates, **dict(session.execute(query).all())}


def list_changes(
    session: Session, actor: Actor, repair: KeyRepair, after: int | None = None
) -> tuple[list[ChangedRow], int | None]:
    """The answers that a repair marked again, by sitting: before and after. Sums are those of the sittings now."""
    before = aliased(AttemptRemark)
    query = (
        select(Attempt, AttemptRemark, AttemptResult, before)
        .join(AttemptRemark, AttemptRemark.attempt_id == Attempt.id)
        .join(
            AttemptResult,
            and_(AttemptResult.attempt_id == Attempt.id, AttemptResult.position == AttemptRemark.position),
        )
        .outerjoin(
            before,
            and_(
                before.attempt_id == Attempt.id,
                before.position == AttemptRemark.position,
                before.number == AttemptRemark.number - 1,
            ),
        )
        .where(AttemptRemark.repair_id == repair.id, Attempt.id > (after or 0))
        .order_by(Attempt.id, AttemptRemark.number)
        .limit(PAGE_SIZE + 1)
    )
    found = session.execute(query).all()
    names = names_for(session, actor, [row[0].id for row in found])
    rows = [
        ChangedRow(attempt.id, names.get(attempt.id, ""), sum_of(attempt), sum_of(attempt), old, judged_of(remark))
        for attempt, remark, first, former in found
        for old in [judged_of(former) if former else Judged(first.marks, first.fraction)]
    ]
    return rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].attempt_id if len(rows) > PAGE_SIZE else None


def judged_of(remark: AttemptRemark) -> Judged:
    return Judged(remark.marks, remark.fraction, remark.is_left_out)


def sum_of(attempt: Attempt) -> Total:
    return Total(attempt.marks or Decimal(0), attempt.max_marks)


# The job


def remark_attempts(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Mark again what a repair concerns, batch after batch. Begun again, it goes on; run twice, it changes nothing."""
    repair = session.get(KeyRepair, payload["repair_id"])
    total = count_sittings(session, repair) if repair else 0
    session.rollback()
    done = 0
    while (repair := unfinished(session, payload["repair_id"])) is not None:
        looked_at = remark_batch(session, repair, context)
        if not looked_at:
            repair.finished_at = context.now()
            enqueue(session, COUNT_JOB, {}, now=context.now())
            return
        done += looked_at
        session.commit()
        context.progress(done, max(done, total))


def unfinished(session: Session, repair_id: int) -> KeyRepair | None:
    """The repair, held by this transaction so that two workers don't count the same sittings."""
    session.expunge_all()
    query = select(KeyRepair).where(KeyRepair.id == repair_id, KeyRepair.finished_at.is_(None))
    return writing(session).scalar(query.with_for_update(key_share=True))


def count_sittings(session: Session, repair: KeyRepair) -> int:
    query = select(func.count(distinct(AttemptItem.attempt_id))).where(
        AttemptItem.question_version_id == repair.from_version_id, AttemptItem.attempt_id > repair.reached_id
    )
    if repair.quiz_id is not None:
        query = query.join(Attempt, Attempt.id == AttemptItem.attempt_id).where(Attempt.quiz_id == repair.quiz_id)
    return session.scalar(query) or 0


def remark_batch(session: Session, repair: KeyRepair, context: JobContext) -> int:
    """Look at the next sittings again; returns how many that were. What stands now decides, not the repair alone."""
    attempts = next_attempts(session, repair)
    if not attempts:
        return 0
    version = get_version(session, repair.from_version_id)
    rulings = rulings_for(session, [version.id])
    query = marked_answers(version.id, repair.quiz_id).where(Attempt.id.in_(list(attempts)))
    tally, changed = Tally(), dict[int, Attempt]()
    for one, new in list(judged_again(session, query, version, rulings)):
        if one.is_submitted:
            tally.add(one.total, one.total.with_change(one.judged, new, one.worth))
        if new == one.judged:
            continue
        ruling = rulings.of(version.id, one.quiz_id)
        cause = max(repair.id, ruling.repair_id if ruling else 0)
        session.add(remark_of(one.attempt_id, one.position, one.number + 1, cause, new, context))
        if one.is_submitted:
            changed[one.attempt_id] = attempts[one.attempt_id]
    settle_totals(session, list(changed.values()))
    repair.reached_id = max(attempts)
    repair.gain_count += tally.gains
    repair.loss_count += tally.losses
    repair.stay_count += tally.stays
    return len(attempts)


def next_attempts(session: Session, repair: KeyRepair) -> dict[int, Attempt]:
    """The next sittings that have the question, locked in the order of their ids."""
    has_question = select(AttemptItem.attempt_id).where(AttemptItem.question_version_id == repair.from_version_id)
    query = select(Attempt).where(Attempt.id.in_(has_question), Attempt.id > repair.reached_id)
    if repair.quiz_id is not None:
        query = query.where(Attempt.quiz_id == repair.quiz_id)
    query = query.order_by(Attempt.id).limit(BATCH).with_for_update().execution_options(populate_existing=True)
    return {one.id: one for one in session.scalars(query)}


def remark_of(
    attempt_id: int, position: int, number: int, repair_id: int, judged: Judged, context: JobContext
) -> AttemptRemark:
    return AttemptRemark(
        attempt_id=attempt_id,
        position=position,
        number=number,
        repair_id=repair_id,
        marks=judged.marks,
        fraction=judged.fraction,
        is_left_out=judged.is_left_out,
        graded_at=context.now(),
    )
