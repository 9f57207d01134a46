"""Say what two questions that are alike are to each other."""

import datetime as dt

from sqlalchemy.orm import Session

from quizbank.permissions import COMPARE_QUESTIONS
from quizbank.questions.descriptions import KIND
from quizbank.questions.likeness_models import QuestionLikeness, Verdict
from quizbank.questions.likeness_queries import get_pair
from repository.audit import record
from repository.permissions import Actor


def decide_pair(
    session: Session, actor: Actor, left_id: int, right_id: int, verdict: Verdict, *, now: dt.datetime
) -> QuestionLikeness:
    """Write a verdict; ``OPEN`` takes one back.

    Raises:
        NotFound: these two were never found to be alike.
    """
    COMPARE_QUESTIONS.require(actor)
    pair = get_pair(session, left_id, right_id)
    before, pair.verdict = pair.verdict, verdict
    is_open = verdict is Verdict.OPEN
    pair.decided_by_id = None if is_open else actor.person_id
    pair.decided_at = None if is_open else now
    record(session, actor, "compare questions", KIND, left_id, now, other=right_id, before=before, verdict=verdict)
    session.flush()
    return pair
