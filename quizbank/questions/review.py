"""Questions at the review desk."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.permissions import REVIEW_QUESTION
from quizbank.questions.descriptions import title_of
from quizbank.questions.models import Question, QuestionHistory, QuestionVersion
from quizbank.questions.queries import count_in_review
from quizbank.questions.states import QuestionEvent, QuestionState
from repository.accounts.models import Person
from repository.lectures.review import ReviewItem, ReviewSource
from repository.permissions import Actor


def read_questions(session: Session, actor: Actor, after: int | None, limit: int) -> list[ReviewItem]:
    """Questions in review with their makers, the longest wait first, in a constant number of queries."""
    query = (
        select(Question, QuestionVersion, Person.name)
        .join(QuestionVersion, QuestionVersion.id == Question.current_version_id)
        .outerjoin(Person, Person.id == QuestionVersion.created_by_id)
        .where(Question.state == QuestionState.IN_REVIEW, Question.id > (after or 0))
        .order_by(Question.id)
        .limit(limit)
    )
    rows = session.execute(query).all()
    submitted = submitted_times(session, [question.id for question, _version, _maker in rows])
    return [
        ReviewItem(
            id=question.id,
            title=title_of(version),
            address=f"/questions/{question.id}",
            subject=version.subject,
            maker=maker or "",
            submitted_at=submitted.get(question.id),
            is_own=not REVIEW_QUESTION.allows(actor, question),
        )
        for question, version, maker in rows
    ]


def submitted_times(session: Session, question_ids: Sequence[int]) -> dict[int, dt.datetime]:
    query = (
        select(QuestionHistory.question_id, func.max(QuestionHistory.at))
        .where(QuestionHistory.question_id.in_(question_ids), QuestionHistory.event == QuestionEvent.SUBMITTED)
        .group_by(QuestionHistory.question_id)
    )
    return dict(session.execute(query).all())


QUESTIONS = ReviewSource(label="Câu hỏi", count=count_in_review, read=read_questions)
