"""What sittings and papers tell about questions: how much they are used, how hard they are. Counted by night."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.attempts.models import AttemptItem
from quizbank.attempts.rulings import judged_now
from quizbank.questions.descriptions import KIND
from quizbank.questions.models import QuestionStatistics, QuestionVersion
from quizbank.quizzes.models import QuizItem
from repository.db import writing
from repository.jobs import Job, JobContext, JobState, enqueue
from repository.search.actions import schedule_update

COUNT_JOB = "attempts.count-answers"
COUNT_AFTER = dt.timedelta(hours=24)
BATCH = 500
WORTH_USES = 1.1
WORTH_FRACTION = 0.02


@dataclass(frozen=True)
class Figures:
    uses: int = 0
    answers: int = 0
    wrong_fraction: float = 0.0


def schedule_count(session: Session, *, now: dt.datetime) -> None:
    """Have the answers counted within a day, unless that is planned already."""
    planned = select(Job.id).where(Job.kind == COUNT_JOB, Job.state == JobState.QUEUED).limit(1)
    if session.scalar(planned) is None:
        enqueue(session, COUNT_JOB, {}, now=now, run_after=now + COUNT_AFTER)


def count_answers(session: Session, payload: dict[str, Any], context: JobContext) -> None:
    """Count everything anew, keep what has changed worth telling, and have the index look at it again."""
    told = {row.question_id: row for row in session.scalars(select(QuestionStatistics))}
    known = {id: Figures(row.uses, row.answers, row.wrong_fraction) for id, row in told.items()}
    counted = figures_of_questions(session)
    changed = {id: new for id, new in counted.items() if is_worth_telling(known.get(id, Figures()), new)}
    session.rollback()
    writing(session)
    for ids in batches(sorted(changed)):
        for id in ids:
            session.merge(QuestionStatistics(question_id=id, **vars(changed[id])))
        session.flush()
        session.expunge_all()
    schedule_update(session, KIND, changed, now=context.now())


def batches(ids: list[int]) -> Iterator[list[int]]:
    yield from (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def figures_of_questions(session: Session) -> Mapping[int, Figures]:
    """Question -> figures over all its versions, in three queries. Left unanswered or left out is not wrong."""
    uses: dict[int, int] = defaultdict(int)
    for item in (AttemptItem, QuizItem):
        stood = (
            select(QuestionVersion.question_id, func.count())
            .join(item, item.question_version_id == QuestionVersion.id)
            .group_by(QuestionVersion.question_id)
        )
        for id, count in session.execute(stood):
            uses[id] += count
    now = judged_now()
    graded = (
        select(QuestionVersion.question_id, func.count(), func.avg(now.c.fraction))
        .join(AttemptItem, AttemptItem.question_version_id == QuestionVersion.id)
        .join(now, (now.c.attempt_id == AttemptItem.attempt_id) & (now.c.position == AttemptItem.position))
        .where(now.c.revision > 0, now.c.is_left_out.is_(False))
        .group_by(QuestionVersion.question_id)
    )
    answered = {id: (count, 1 - float(right)) for id, count, right in session.execute(graded)}
    return {id: Figures(count, *answered.get(id, (0, 0.0))) for id, count in uses.items()}


def is_worth_telling(known: Figures, new: Figures) -> bool:
    """Whether a search would show or rank it otherwise: a tenth more uses, or another difficulty."""
    is_used_more = new.uses > known.uses * WORTH_USES or new.uses < known.uses
    is_otherwise = abs(new.wrong_fraction - known.wrong_fraction) >= WORTH_FRACTION
    return is_used_more or (is_otherwise and new.answers > 0)
