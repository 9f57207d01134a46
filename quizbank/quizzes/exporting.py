"""A quiz on its way out: its questions in their order, in any format, at once."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy.orm import Session

from quizbank.permissions import SEE_QUIZ_KEYS
from quizbank.questions.export_jobs import end_export, written_or_refused
from quizbank.questions.exporting import Named, named_question, new_export
from quizbank.questions.formats.writing import Losses
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
    quiz = quiz_with_keys(session, actor, quiz_id)
    made = new_export(session, actor, quiz.title, form, {"quiz": quiz.id}, len(quiz.items), now=now)
    written = written_or_refused(made, lambda losses: questions_of_quiz(session, quiz, losses), store=store)
    end_export(session, made.id, written, now=now)
    return made.id


def quiz_with_keys(session: Session, actor: Actor, quiz_id: int) -> Quiz:
    quiz = queries.get_quiz(session, actor, quiz_id)
    SEE_QUIZ_KEYS.require(actor, quiz)
    return quiz


def questions_of_quiz(session: Session, quiz: Quiz, losses: Losses) -> Iterator[Named]:
    """The questions in their order, with the keys that count now in this quiz."""
    versions, rulings = queries.versions_of(session, quiz), queries.rulings_of(session, quiz)
    for one in queries.paper_of(quiz, versions, rulings=rulings):
        yield named_question(one.version, one.ruling, losses)
