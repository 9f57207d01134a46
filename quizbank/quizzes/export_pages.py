"""A quiz in any format that questions leave in."""

from flask import request
from werkzeug.wrappers import Response

from quizbank.questions.pages.exporting import show_choice
from quizbank.quizzes import exporting
from quizbank.quizzes.pages import pages
from repository import web

__all__ = ["pages"]


@pages.get("/<int:quiz_id>/export")
def export_quiz(quiz_id: int) -> str:
    quiz = exporting.quiz_with_keys(web.session(), web.actor(), quiz_id)
    return show_choice(quiz.title, request.path, len(quiz.items), f"/quizzes/{quiz_id}")


@pages.post("/<int:quiz_id>/export")
def write_quiz(quiz_id: int) -> Response:
    """Write the quiz, and go to the page of the export."""
    form = request.form.get("format", "")
    made_id = exporting.export_quiz(
        web.session(), web.actor(), quiz_id, form, store=web.services().store, now=web.now()
    )
    return web.go_to(f"/questions/exports/{made_id}")
