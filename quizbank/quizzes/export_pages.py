"""A quiz in any format that questions leave in."""

from flask import request

from quizbank.permissions import SEE_QUIZ_KEYS
from quizbank.questions.exporting import export_to_store, questions_of_versions
from quizbank.questions.formats.writers import get_writer
from quizbank.questions.models import QuestionVersion
from quizbank.questions.pages.exporting import MOST_QUESTIONS, show_export
from quizbank.quizzes import queries
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.pages import pages
from repository import web

__all__ = ["pages"]


@pages.get("/<int:quiz_id>/export")
def export_quiz(quiz_id: int) -> str:
    quiz = quiz_with_keys(quiz_id)
    return show_export(quiz.title, request.path, None, "docx", back=f"/quizzes/{quiz_id}")


@pages.post("/<int:quiz_id>/export")
def write_quiz(quiz_id: int) -> str:
    """Write the quiz, and show what its format can't hold beside the way to the file."""
    quiz, writer = quiz_with_keys(quiz_id), get_writer(request.form.get("format", ""))
    questions = questions_of_versions(versions_in_order(quiz))
    made = export_to_store(quiz.title, questions, writer, store=web.services().store, limit=MOST_QUESTIONS)
    return show_export(quiz.title, request.path, made, writer.id, back=f"/quizzes/{quiz_id}")


def quiz_with_keys(quiz_id: int) -> Quiz:
    quiz = queries.get_quiz(web.session(), web.actor(), quiz_id)
    SEE_QUIZ_KEYS.require(web.actor(), quiz)
    return quiz


def versions_in_order(quiz: Quiz) -> list[QuestionVersion]:
    versions = queries.versions_of(web.session(), quiz)
    return [item.version for item in queries.paper_of(quiz, versions)]
