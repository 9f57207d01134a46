"""Papers to print from the browser: the same words and order as the files, one code after the other."""

from flask import request

from quizbank.quizzes import queries
from quizbank.quizzes.papers import wording
from quizbank.quizzes.papers.pages import pages
from quizbank.quizzes.papers.queries import papers_of
from repository import web
from repository.markup import render

__all__ = ["pages"]


@pages.get("/<int:quiz_id>/papers")
def print_papers(quiz_id: int) -> str:
    """One code, all codes, or without codes the quiz as it is."""
    quiz = queries.get_quiz(web.session(), web.actor(), quiz_id)
    wanted = request.args.get("code")
    return web.render(
        "quizbank/quizzes/print_papers.html",
        quiz=quiz,
        papers=papers_of(web.session(), web.actor(), quiz_id, () if wanted is None else (wanted,)),
        wording=wording,
        html_of=html_of,
    )


def html_of(source: str) -> str:
    return render(source).html
