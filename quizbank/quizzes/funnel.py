"""What the bank has for every place of a subject, narrowed step by step: seen, not used lately, published."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from quizbank.permissions import MAKE_MATRIX
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.questions.states import QuestionState
from quizbank.quizzes.models import Quiz, QuizItem
from repository.permissions import Actor

MOST_QUIZZES = 50


@dataclass(frozen=True)
class FunnelPlace:
    """Questions of one topic, level, type, grade and profile of statements.

    Attributes:
        count: those that the actor may use or is still writing.
        unused: of these, those that stand in none of the actor's last quizzes.
        published: of ``count``, those that were reviewed and published.
        usable: published and unused.
    """

    topic: str | None
    level: str | None
    type: QuestionType
    grade: int | None
    statements: str
    count: int
    unused: int
    published: int
    usable: int


def funnel_of(session: Session, actor: Actor, subject: str, programme: str, last: int) -> Sequence[FunnelPlace]:
    """Every place of a subject where there is a question; ``last``: how many of the actor's newest quizzes count."""
    MAKE_MATRIX.require(actor)
    version = QuestionVersion
    places = (version.topic, version.level, version.type, version.grade, version.statement_levels)
    is_published = Question.published_version_id == version.id
    is_own_draft = and_(
        Question.published_version_id.is_(None),
        Question.current_version_id == version.id,
        Question.created_by_id == actor.person_id,
        Question.state != QuestionState.WITHDRAWN,
    )
    newest = (
        select(Quiz.id)
        .where(Quiz.created_by_id == actor.person_id, Quiz.deleted_at.is_(None))
        .order_by(Quiz.id.desc())
        .limit(min(last, MOST_QUIZZES))
    )
    used = (
        select(QuestionVersion.question_id)
        .join(QuizItem, QuizItem.question_version_id == QuestionVersion.id)
        .where(QuizItem.quiz_id.in_(newest))
    )
    is_unused = version.question_id.not_in(used)
    steps = (is_unused, is_published, and_(is_unused, is_published))
    query = (
        select(*places, func.count(), *(func.sum(case((step, 1), else_=0)) for step in steps))
        .join(Question, Question.id == version.question_id)
        .where(version.subject == subject, version.programme == programme, or_(is_published, is_own_draft))
        .group_by(*places)
    )
    return [
        FunnelPlace(topic, level, QuestionType(type), grade, statements, *counts)
        for topic, level, type, grade, statements, *counts in session.execute(query)
    ]
