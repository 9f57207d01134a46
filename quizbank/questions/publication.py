"""What the world is told when questions become public, and when they cease to be: index and records."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizbank.questions.descriptions import KIND, read_records
from quizbank.questions.likeness_search import schedule_comparison
from quizbank.questions.models import Question
from quizbank.questions.states import QuestionEvent, QuestionState
from quizbank.questions.storing import add_history, set_versions
from repository.permissions import Actor
from repository.publishing.actions import publish_records, withdraw_records
from repository.search.actions import schedule_update

BATCH = 500


def publish_versions(
    session: Session, actor: Actor, pairs: Sequence[tuple[int, int]], *, now: dt.datetime, has_history: bool = False
) -> None:
    """Make these versions the published ones of their questions: state, history, records, index."""
    if not pairs:
        return
    values = {"state": QuestionState.PUBLISHED, "published_at": now, "withdrawn_at": None, "updated_at": now}
    set_versions(session, pairs, "published_version_id", **values)
    if not has_history:
        add_history(session, actor, pairs, QuestionEvent.APPROVED, now=now)
    ids = [question_id for question_id, _ in pairs]
    for start in range(0, len(ids), BATCH):
        publish_records(session, actor, KIND, read_records(session, ids[start : start + BATCH]), now=now)
    schedule_update(session, KIND, ids, now=now)


def withdraw_questions(session: Session, actor: Actor, questions: Sequence[Question], *, now: dt.datetime) -> None:
    """Take questions out of use; quizzes that have them keep the version they are pinned to."""
    public = [question.id for question in questions if question.published_version_id is not None]
    ids = [question.id for question in questions]
    values = {"state": QuestionState.WITHDRAWN, "published_version_id": None, "withdrawn_at": now, "updated_at": now}
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        session.execute(update(Question).where(Question.id.in_(some)).values(values))
    if public:
        withdraw_records(session, actor, KIND, public, now=now)
    schedule_update(session, KIND, public, now=now)
    schedule_comparison(session, now=now)
    session.expire_all()
