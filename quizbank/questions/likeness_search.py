"""Find near-duplicates over the whole bank, batch by batch; what changed is compared again.

``schedule_comparison`` writes a job with the change that makes it necessary; the job takes what has no signature of
its newest version, so that it goes on where it was stopped and costs nothing where there is nothing new.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from quizbank.questions.likeness import Numbers, Signatures, distinct, signatures_of
from quizbank.questions.likeness_folding import Folded
from quizbank.questions.likeness_index import (
    Finder,
    InTables,
    all_in_memory,
    bands_of,
    forget_signatures,
    keep_bands,
    keep_signatures,
    promising,
    read_signatures,
    read_uncompared,
    similar,
)
from quizbank.questions.likeness_keys import keys_disagree
from quizbank.questions.likeness_models import QuestionLikeness, QuestionSignature, Verdict
from quizbank.questions.likeness_texts import Compared, Texts, is_one_of, read_compared, table_of
from quizbank.questions.models import Question
from quizbank.questions.states import QuestionState
from repository.db import writing
from repository.jobs import Handler, Job, JobContext, JobState, enqueue

COMPARE = "questions.duplicates"
BATCH = 2_000
FEW = 1_000
BANDS_AT_ONCE = 100_000
DELAY = dt.timedelta(seconds=20)
"""An import writes a batch every moment: one job later does for all of them."""

_SIGNATURES, _LIKENESSES = table_of(QuestionSignature), table_of(QuestionLikeness)
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
    total, texts = count_unsigned(session) + count_uncompared(session), Texts()
    session.rollback()
    sign_all(session, texts, lambda signed: show(signed // 2, max(total, signed)))
    done = 0
    ids, signatures = read_uncompared(session)
    while len(ids):
        waiting = done + len(ids)
        for compared in compare_all(session, texts, ids, signatures):
            done += compared
            show((waiting + done) // 2, waiting)
        ids, signatures = read_uncompared(session)
    session.rollback()
    while forget_withdrawn(writing(session), BATCH):
        session.commit()
    session.commit()
    return done


def sign_all(session: Session, texts: Texts, show: Callable[[int], None]) -> None:
    """Sign whatever has no signature, from the first question to the last; what changes meanwhile plans its own job.

    While a batch is signed, which is arithmetic, the next is read.
    """
    signed = after = 0
    ahead: tuple[list[Compared], Future[Signatures]] | None = None
    with ThreadPoolExecutor(1) as helper:
        while (ids := unsigned_after(writing(session), after)) or ahead:
            compared = read_compared(session, ids)
            texts.keep(compared)
            if ahead:
                keep_signatures(session, ahead[0], ahead[1].result())
            session.commit()
            signed, after = signed + (len(ahead[0]) if ahead else 0), ids[-1] if ids else after
            ahead = (compared, helper.submit(signatures_of, [one.folded.text for one in compared])) if ids else None
            show(signed)
    session.commit()


def compare_all(session: Session, texts: Texts, ids: Numbers, signatures: Signatures) -> Iterator[int]:
    """Have these questions looked up, then compare them batch by batch; yields how many each batch was.

    Nobody is marked as compared before all bands are written: stopped on the way, they are written once more. While a
    batch is compared, which is arithmetic, the next is looked up.
    """
    finder: Finder = all_in_memory(session) if len(ids) > FEW else InTables(session)
    session.rollback()
    keys, owners = bands_of(ids, signatures)
    for start in range(0, len(keys), BANDS_AT_ONCE):
        some = slice(start, start + BANDS_AT_ONCE)
        keep_bands(writing(session), keys[some], owners[some])
        session.commit()
    ahead: Weighed | None = None
    with ThreadPoolExecutor(1) as helper:
        for start in range(0, len(ids) + BATCH, BATCH):
            some, done = slice(start, start + BATCH), ahead
            writing(session)
            ahead = look_up(session, finder, texts, ids[some], signatures[some], helper) if start < len(ids) else None
            compared = keep_compared(session, done) if done else 0
            session.commit()
            if done:
                yield compared


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


def unsigned_after(session: Session, after: int) -> list[int]:
    """The next questions that have no signature of their newest version."""
    query = select(Question.id).outerjoin(QuestionSignature, QuestionSignature.question_id == Question.id)
    query = query.where(is_unsigned(), Question.id > after).order_by(Question.id).limit(BATCH)
    return list(session.scalars(query))


@dataclass(frozen=True)
class Weighed:
    """Questions with those that they may be like: ``pairs`` will be those that are, as ``similar`` gives them."""

    ids: Numbers
    signatures: Signatures
    folded: Mapping[int, Folded]
    pairs: Future[list[tuple[int, int, float]]]


def look_up(
    session: Session, finder: Finder, texts: Texts, ids: Numbers, signatures: Signatures, helper: Executor
) -> Weighed:
    """Look questions up among all others that have signatures, and have what is found compared by ``helper``."""
    rows, others = promising(finder, signatures, ids)
    is_first = _is_first(session, ids[rows], others)
    own, others = _of_two_families(session, ids[rows[is_first]], others[is_first])
    folded = texts.of(session, distinct(np.concatenate([own, others])).tolist())
    return Weighed(ids, signatures, folded, helper.submit(similar, folded, folded, own, others))


def keep_compared(session: Session, weighed: Weighed) -> int:
    """Write what is alike and mark these questions as compared; returns how many.

    What was signed anew since its signature was read is left for later.
    """
    known, current = read_signatures(session, weighed.ids.tolist())
    is_same = (current == weighed.signatures[np.searchsorted(weighed.ids, known)]).all(axis=1)
    same = known[is_same].tolist()
    compared = set(same)
    keep_likenesses(session, same, weighed.folded, [pair for pair in weighed.pairs.result() if pair[0] in compared])
    done = is_one_of("question_signatures.question_id", same)
    session.execute(update(_SIGNATURES).where(done).values(is_compared=True))
    return len(same)


def _is_first(session: Session, own: Numbers, others: Numbers) -> NDArray[np.bool_]:
    """Which pairs are looked at now: with smaller numbers, and with what was compared before. The others come later."""
    larger = distinct(others[others > own]).tolist()
    query = select(QuestionSignature.question_id).where(QuestionSignature.is_compared)
    compared = session.scalars(query.where(is_one_of("question_signatures.question_id", larger))).all()
    return (others < own) | np.isin(others, compared)


def _of_two_families(session: Session, own: Numbers, others: Numbers) -> tuple[Numbers, Numbers]:
    """The pairs without those made of one template: that they are variants is known, and nobody is asked."""
    ids = distinct(np.concatenate([own, others])).tolist()
    query = select(Question.id, Question.family_id).where(is_one_of("questions.id", ids))
    family_of = dict(session.execute(query.where(Question.family_id.is_not(None))).all())
    if not family_of:
        return own, others
    apart = [
        family_of.get(one, -1) != family_of.get(other, -2)
        for one, other in zip(own.tolist(), others.tolist(), strict=True)
    ]
    return own[apart], others[apart]


def keep_likenesses(
    session: Session, ids: Sequence[int], folded: Mapping[int, Folded], pairs: Sequence[tuple[int, int, float]]
) -> None:
    """Write what is alike in place of what was open about these questions; what people decided stays decided."""
    found = {
        (min(one, other), max(one, other)): (similarity, keys_disagree(folded[one], folded[other]))
        for one, other, similarity in pairs
    }
    likeness = QuestionLikeness
    forget_open(session, ids)
    known = session.execute(select(likeness.left_id, likeness.right_id).where(touches(ids)))
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
        session.execute(insert(_LIKENESSES), new)


def touches(ids: Sequence[int]) -> ColumnElement[bool]:
    return or_(is_one_of("question_likenesses.left_id", ids), is_one_of("question_likenesses.right_id", ids))


def forget_open(session: Session, ids: Sequence[int]) -> None:
    """Take what nobody decided about these questions off the list."""
    session.execute(delete(_LIKENESSES).where(touches(ids), _LIKENESSES.c.verdict == Verdict.OPEN))


def forget_withdrawn(session: Session, limit: int) -> int:
    """Take withdrawn questions out of what is looked up, and what was open about them off the list."""
    query = select(Question.id).join(QuestionSignature, QuestionSignature.question_id == Question.id)
    ids = list(session.scalars(query.where(Question.state == QuestionState.WITHDRAWN).limit(limit)))
    if ids:
        forget_signatures(session, ids)
        forget_open(session, ids)
    return len(ids)


HANDLERS: dict[str, Handler] = {COMPARE: compare_job}
