"""Find near-duplicates over the whole bank, batch by batch; what changed is compared again.

``schedule_comparison`` writes a job with the change that makes it necessary; the job takes what has no signature of
its newest version, so that it goes on where it was stopped and costs nothing where there is nothing new.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from quizbank.questions.likeness import folded_text, keys_disagree
from quizbank.questions.likeness_index import (
    Finder,
    InTables,
    Numbers,
    Texts,
    all_in_memory,
    forget_signatures,
    keep_signatures,
    promising,
    read_compared,
    read_signatures,
    similar,
)
from quizbank.questions.likeness_models import QuestionLikeness, QuestionSignature, Verdict
from quizbank.questions.models import Question
from quizbank.questions.states import QuestionState
from repository.db import writing
from repository.jobs import Handler, Job, JobContext, JobState, enqueue

COMPARE = "questions.duplicates"
BATCH = 1_000
FEW = 1_000
DELAY = dt.timedelta(seconds=20)
"""An import writes a batch every moment: one job later does for all of them."""

Show = Callable[[int, int], None]


def schedule_comparison(session: Session, *, now: dt.datetime) -> None:
    """Have the bank compared soon, unless that is planned already."""
    planned = select(Job.id).where(Job.kind == COMPARE, Job.state == JobState.QUEUED).limit(1)
    if session.scalar(planned) is None:
        enqueue(session, COMPARE, {}, now=now, run_after=now + DELAY)


def compare_job(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Compare what is new; stopped, it goes on with what is left."""
    compare_bank(session, context.progress)


def compare_bank(session: Session, show: Show) -> int:
    """Compare every question that was not compared as it is now, and commit batch after batch; returns how many.

    Args:
        session: one without changes of its own.
        show: told how many are done, and of how many, between batches.
    """
    total, texts = count_unsigned(session) + count_uncompared(session), Texts(session)
    session.rollback()
    signed = 0
    while batch := sign_batch(writing(session), texts, BATCH):
        session.commit()
        signed += batch
        show(signed // 2, max(total, signed))
    waiting = count_uncompared(session)
    finder: Finder = all_in_memory(session) if waiting > FEW else InTables(session)
    session.rollback()
    done = 0
    while batch := compare_batch(writing(session), finder, texts, BATCH):
        session.commit()
        done += batch
        show((max(waiting, done) + done) // 2, max(waiting, done))
    session.commit()
    while forget_withdrawn(writing(session), BATCH):
        session.commit()
    session.commit()
    return done


def is_unsigned() -> ColumnElement[bool]:
    signature = QuestionSignature
    return (
        (Question.state != QuestionState.WITHDRAWN)
        & Question.current_version_id.is_not(None)
        & or_(signature.version_id.is_(None), signature.version_id != Question.current_version_id)
    )


def count_unsigned(session: Session) -> int:
    query = select(func.count()).select_from(Question)
    joined = query.outerjoin(QuestionSignature, QuestionSignature.question_id == Question.id)
    return session.scalar(joined.where(is_unsigned())) or 0


def count_uncompared(session: Session) -> int:
    return session.scalar(select(func.count()).where(QuestionSignature.is_compared.is_(False))) or 0


def sign_batch(session: Session, texts: Texts, limit: int) -> int:
    """Write the signatures of the next questions that have none of their newest version; returns how many."""
    query = select(Question.id).outerjoin(QuestionSignature, QuestionSignature.question_id == Question.id)
    ids = list(session.scalars(query.where(is_unsigned()).order_by(Question.id).limit(limit)))
    compared = read_compared(session, ids)
    folded = [folded_text(one.content) for one in compared]
    keep_signatures(session, compared, folded)
    texts.keep(compared, folded)
    return len(ids)


def compare_batch(session: Session, finder: Finder, texts: Texts, limit: int) -> int:
    """Compare the next questions that have signatures with all others that have; returns how many."""
    query = select(QuestionSignature.question_id).where(QuestionSignature.is_compared.is_(False))
    ids = list(session.scalars(query.order_by(QuestionSignature.question_id).limit(limit)))
    if not ids:
        return 0
    known, signatures = read_signatures(session, ids)
    rows, others = promising(finder, signatures, known)
    is_first = _is_first(session, known[rows], others)
    rows, others = rows[is_first], others[is_first]
    folded = texts.of([*ids, *others.tolist()])
    pairs = similar([folded.get(id_, "") for id_ in ids], folded, rows, others)
    keep_likenesses(session, ids, [(ids[row], other, similarity) for row, other, similarity in pairs])
    done = update(QuestionSignature).where(QuestionSignature.question_id.in_(ids)).values(is_compared=True)
    session.execute(done)
    return len(ids)


def _is_first(session: Session, own: Numbers, others: Numbers) -> NDArray[np.bool_]:
    """Which pairs are looked at now: with smaller numbers, and with what was compared before. The others come later."""
    larger = np.unique(others[others > own]).tolist()
    query = select(QuestionSignature.question_id).where(QuestionSignature.is_compared)
    compared = list(session.scalars(query.where(QuestionSignature.question_id.in_(larger)))) if larger else []
    return (others < own) | np.isin(others, compared)


def keep_likenesses(session: Session, ids: Sequence[int], pairs: Sequence[tuple[int, int, float]]) -> None:
    """Write what is alike in place of what was open about these questions; what people decided stays decided."""
    contents = {one.question_id: one.content for one in read_compared(session, _questions_of(pairs))}
    found = {
        (min(one, other), max(one, other)): (similarity, keys_disagree(contents[one], contents[other]))
        for one, other, similarity in pairs
        if one in contents and other in contents
    }
    likeness = QuestionLikeness
    touches = or_(likeness.left_id.in_(ids), likeness.right_id.in_(ids))
    session.execute(delete(likeness).where(touches, likeness.verdict == Verdict.OPEN))
    known = session.execute(select(likeness.left_id, likeness.right_id).where(touches))
    decided = {(left, right) for left, right in known}
    new = []
    for (left, right), (similarity, is_conflict) in sorted(found.items()):
        values = {"similarity": similarity, "is_conflict": is_conflict}
        if (left, right) in decided:
            session.execute(
                update(likeness).where(likeness.left_id == left, likeness.right_id == right).values(**values)
            )
        else:
            new.append({"left_id": left, "right_id": right, "verdict": Verdict.OPEN, **values})
    if new:
        session.execute(insert(likeness), new)


def _questions_of(pairs: Sequence[tuple[int, int, float]]) -> list[int]:
    return sorted({id_ for one, other, _ in pairs for id_ in (one, other)})


def forget_withdrawn(session: Session, limit: int) -> int:
    """Take withdrawn questions out of what is looked up, and what was open about them off the list."""
    query = select(Question.id).join(QuestionSignature, QuestionSignature.question_id == Question.id)
    ids = list(session.scalars(query.where(Question.state == QuestionState.WITHDRAWN).limit(limit)))
    if ids:
        forget_signatures(session, ids)
        likeness = QuestionLikeness
        touches = or_(likeness.left_id.in_(ids), likeness.right_id.in_(ids))
        session.execute(delete(likeness).where(touches, likeness.verdict == Verdict.OPEN))
    return len(ids)


HANDLERS: dict[str, Handler] = {COMPARE: compare_job}
