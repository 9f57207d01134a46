"""Everything that changes a quiz. A quiz that was given to a class never changes again."""

import datetime as dt

from sqlalchemy.orm import Session

from quizbank.permissions import EDIT_QUIZ, MAKE_QUIZ
from quizbank.quizzes.building import build_quiz as build_quiz
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.queries import editable_quiz as editable_quiz
from quizbank.quizzes.queries import get_quiz
from quizbank.quizzes.variant_actions import add_variants as add_variants
from quizbank.quizzes.variant_actions import remove_variant as remove_variant
from quizbank.quizzes.variant_actions import reshuffle_variants as reshuffle_variants
from repository.audit import record
from repository.errors import NotFound
from repository.permissions import Actor


def delete_quiz(session: Session, actor: Actor, quiz_id: int, *, now: dt.datetime) -> None:
    """Put a quiz away that no class has got; ``restore_quiz`` takes it back."""
    quiz = editable_quiz(session, actor, quiz_id)
    quiz.deleted_at = now
    record(session, actor, "delete-quiz", "quiz", quiz.id, now)


def restore_quiz(session: Session, actor: Actor, quiz_id: int, *, now: dt.datetime) -> Quiz:
    """Undo ``delete_quiz``."""
    MAKE_QUIZ.require(actor)
    quiz = session.get(Quiz, quiz_id)
    if quiz is None:
        raise NotFound("Không có đề này.")
    EDIT_QUIZ.require(actor, quiz)
    quiz.deleted_at = None
    record(session, actor, "restore-quiz", "quiz", quiz.id, now)
    return quiz


def freeze_quiz(session: Session, actor: Actor, quiz_id: int, *, now: dt.datetime) -> Quiz:
    """Make a quiz immutable because a class gets it. Assigning calls this in its own transaction."""
    quiz = get_quiz(session, actor, quiz_id)
    if quiz.assigned_at is None:
        quiz.assigned_at = now
        record(session, actor, "freeze-quiz", "quiz", quiz.id, now)
    return quiz
