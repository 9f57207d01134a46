"""Makes quizzes for tests: from a bank that has just enough questions."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell
from quizbank.questions.rules import QuestionContent, QuestionType
from quizbank.quizzes import actions
from quizbank.quizzes.models import Quiz
from repository.permissions import Actor
from tests.builders import MOMENT
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import a_choice, a_cluster, a_question, a_short_answer, an_essay

CONTENTS: dict[QuestionType, Callable[[], QuestionContent]] = {
    QuestionType.SINGLE_CHOICE: a_choice,
    QuestionType.MULTIPLE_RESPONSE: lambda: a_choice(key="AC"),
    QuestionType.TRUE_FALSE: a_cluster,
    QuestionType.SHORT_ANSWER: a_short_answer,
    QuestionType.ESSAY: an_essay,
}


def three_parts() -> tuple[Cell, ...]:
    """Four choices, one cluster and two short answers: 3 marks."""
    return (
        a_cell(),
        a_cell(type=QuestionType.TRUE_FALSE, count=1, marks="1"),
        a_cell(type=QuestionType.SHORT_ANSWER, count=2, marks="0.5"),
    )


def fill_bank(session: Session, *cells: Cell, spare: int = 0) -> None:
    """Published questions for every cell, and ``spare`` more for each."""
    for cell in cells:
        for _ in range(cell.count + spare):
            a_question(session, CONTENTS[cell.type](), topic=cell.topic, level=cell.level or "biet")


def a_quiz(
    session: Session, actor: Actor, *cells: Cell, spare: int = 0, codes: tuple[str, ...] = (), title: str = ""
) -> Quiz:
    """A quiz of ``cells`` (unless told otherwise: of three parts, 3 marks) with these variants."""
    matrix = a_matrix(*(cells or three_parts()))
    fill_bank(session, *matrix.cells, spare=spare)
    quiz = actions.build_quiz(session, actor, replace(matrix, title=title or matrix.title), seed=7, now=MOMENT)
    if codes:
        actions.add_variants(session, actor, quiz.id, codes, now=MOMENT)
    return quiz
