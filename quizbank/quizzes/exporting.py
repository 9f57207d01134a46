"""A quiz on its way out: its questions in their order, in any format, at once."""

import datetime as dt

from sqlalchemy.orm import Session

from quizbank.permissions import SEE_QUIZ_KEYS
from quizbank.questions.export_jobs import end_export
from quizbank.questions.exporting import new_export, questions_of_versions, write_to_store
from quizbank.questions.formats.writers import get_writer
from quizbank.questions.models import QuestionVersion
from quizbank.quizzes import queries
from quizbank.quizzes.models import Quiz
from repository.files.store import FileStore
from repository.permissions import Actor


def export_quiz(session: Session, actor: Actor, quiz_id: int, form: str, *, store: FileStore, now: dt.datetime) -> int:
    """Write a quiz with its keys; returns the id of the export.

    Raises:
        Forbidden: another's quiz.
        Invalid: there is no such format.
    """
    quiz, writer = quiz_with_keys(session, actor, quiz_id), get_writer(form)
    made = new_export(session, actor, quiz.title, form, {"quiz": quiz.id}, len(quiz.items), now=now)
    questions = questions_of_versions(versions_in_order(session, quiz))
    end_export(session, made.id, write_to_store(quiz.title, questions, writer, store=store), now=now)
    return made.id


def quiz_with_keys(session: Session, actor: Actor, quiz_id: int) -> Quiz:
    quiz = queries.get_quiz(session, actor, quiz_id)
    SEE_QUIZ_KEYS.require(actor, quiz)
    return quiz


def versions_in_order(session: Session, quiz: Quiz) -> list[QuestionVersion]:
    return [item.version for item in queries.paper_of(quiz, queries.versions_of(session, quiz))]
