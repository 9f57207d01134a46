"""Whatever a teacher does on the workbench, undoing gives the same paper back, and redoing what was done."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions.models import Question
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.actions import add_variants, build_quiz
from quizbank.quizzes.models import Quiz, QuizEdit, QuizItem, QuizVariantItem
from quizbank.quizzes.queries import variants_with_items
from quizbank.quizzes.workbench import actions, steps
from quizbank.quizzes.workbench.queries import history_of
from repository.errors import Conflict, Invalid
from repository.permissions import Actor, Role
from tests.builders import MOMENT, an_actor
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import a_question
from tests.quizbank.quizzes.builders import a_quiz, fill_bank

CELLS = (
    a_cell(level="biet", count=3),
    a_cell(level="hieu", count=2),
    a_cell(type=QuestionType.SHORT_ANSWER, count=2, marks="0.5"),
)
Paper = list[tuple[Any, ...]]
KINDS = ("lock", "unlock", "swap", "choose", "move", "marks", "spread", "add", "remove", "redraw")


@dataclass(frozen=True)
class Step:
    """``place`` and ``what`` are taken round what the quiz has."""

    kind: str
    place: int
    what: int


STEPS = st.lists(st.builds(Step, st.sampled_from(KINDS), st.integers(0, 30), st.integers(0, 30)), max_size=8)


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


@pytest.fixture
def bank(session: Session, teacher: Actor) -> list[int]:
    """Questions for every cell and some to spare, a few of which share passages."""
    fill_bank(session, *CELLS, spare=2)
    for passage in ("Đoạn một.", "Đoạn hai."):
        for level in ("biet", "hieu", "hieu"):
            a_question(session, passage=passage, level=level)
    session.commit()
    return list(session.scalars(select(Question.id).order_by(Question.id)))


def paper_of(session: Session, quiz: Quiz) -> Paper:
    query = select(
        QuizItem.position,
        QuizItem.part,
        QuizItem.cell,
        QuizItem.question_version_id,
        QuizItem.marks,
        QuizItem.is_locked,
    )
    return [tuple(row) for row in session.execute(query.where(QuizItem.quiz_id == quiz.id).order_by(QuizItem.position))]


def codes_of(session: Session, quiz: Quiz) -> Paper:
    session.expire_all()
    variants = variants_with_items(session, quiz.id)
    return [(one.code, [(i.item_position, i.option_order) for i in one.items]) for one in variants]


def take(session: Session, actor: Actor, quiz: Quiz, bank: list[int], step: Step) -> None:
    count = len(paper_of(session, quiz))
    place = step.place % count + 1
    question = bank[step.what % len(bank)]
    todo: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
        "lock": (actions.lock_item, (place, True)),
        "unlock": (actions.lock_item, (place, False)),
        "swap": (actions.swap_item, (place,)),
        "choose": (actions.replace_item, (place, question)),
        "move": (actions.move_item, (place, step.what - 15)),
        "marks": (actions.set_marks, ({place: Decimal(step.what) / 4},)),
        "spread": (actions.spread_part, (step.place % 4, Decimal(step.what) / 4)),
        "add": (actions.add_question, (question,)),
        "remove": (actions.remove_item, (place,)),
        "redraw": (actions.draw_again, (step.what % 4 if step.what < 15 else None,)),
    }
    action, arguments = todo[step.kind]
    action(session, actor, quiz.id, *arguments, revision=quiz.revision, now=MOMENT)


def check_sound(session: Session, quiz: Quiz, codes: int) -> None:
    """Positions without gaps, parts in order, no question twice, and every code asks every question once."""
    paper = paper_of(session, quiz)
    assert [row[0] for row in paper] == list(range(1, len(paper) + 1))
    assert [row[1] for row in paper] == sorted(row[1] for row in paper)
    assert len({row[3] for row in paper}) == len(paper)
    places = session.scalars(select(QuizVariantItem.item_position).order_by(QuizVariantItem.item_position))
    mine = [one for _, items in codes_of(session, quiz) for one, _ in items]
    assert sorted(mine) == sorted([row[0] for row in paper] * codes)
    assert set(places) >= set(mine)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=STEPS)
def test_undoing_everything_gives_the_same_paper_and_redoing_gives_it_back(
    session: Session, teacher: Actor, bank: list[int], taken: list[Step]
) -> None:
    quiz = build_quiz(session, teacher, a_matrix(*CELLS), seed=7, now=MOMENT)
    add_variants(session, teacher, quiz.id, ["101"], now=MOMENT)
    states = [(paper_of(session, quiz), codes_of(session, quiz))]
    for step in taken:
        before = quiz.revision
        try:
            take(session, teacher, quiz, bank, step)
        except (Conflict, Invalid):
            assert quiz.revision == before
        if quiz.revision != before:
            check_sound(session, quiz, 1)
            states.append((paper_of(session, quiz), codes_of(session, quiz)))
    for state in reversed(states[:-1]):
        steps.undo_step(session, teacher, quiz.id, revision=quiz.revision, now=MOMENT)
        assert (paper_of(session, quiz), codes_of(session, quiz)) == state
    with pytest.raises(Conflict):
        steps.undo_step(session, teacher, quiz.id, revision=quiz.revision, now=MOMENT)
    for state in states[1:]:
        steps.redo_step(session, teacher, quiz.id, revision=quiz.revision, now=MOMENT)
        assert (paper_of(session, quiz), codes_of(session, quiz)) == state
    with pytest.raises(Conflict):
        steps.redo_step(session, teacher, quiz.id, revision=quiz.revision, now=MOMENT)


def lock(session: Session, actor: Actor, quiz: Quiz, position: int) -> None:
    actions.lock_item(session, actor, quiz.id, position, True, revision=quiz.revision, now=MOMENT)


def test_a_new_step_takes_the_place_of_those_undone(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    for position in (1, 2, 3):
        lock(session, teacher, quiz, position)
    for _ in range(2):
        steps.undo_step(session, teacher, quiz.id, revision=quiz.revision, now=MOMENT)
    assert history_of(session, quiz.id)[:2] == ("lock", "lock")
    actions.move_item(session, teacher, quiz.id, 1, 1, revision=quiz.revision, now=MOMENT)
    assert history_of(session, quiz.id)[:2] == ("move", "")
    query = select(QuizEdit.number, QuizEdit.kind).where(QuizEdit.quiz_id == quiz.id).order_by(QuizEdit.number)
    assert [tuple(row) for row in session.execute(query)] == [(1, "lock"), (2, "move")]


def test_undo_and_redo_say_what_they_turned_and_where(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    lock(session, teacher, quiz, 3)
    undone = steps.undo_step(session, teacher, quiz.id, revision=quiz.revision, now=MOMENT)
    redone = steps.redo_step(session, teacher, quiz.id, revision=quiz.revision, now=MOMENT)
    assert undone == redone == ("lock", 3)
    assert quiz.revision == 4


def test_undoing_an_added_question_leads_to_where_it_stood(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    added = a_question(session)
    actions.add_question(session, teacher, quiz.id, added.id, revision=quiz.revision, now=MOMENT)
    kind, position = steps.undo_step(session, teacher, quiz.id, revision=quiz.revision, now=MOMENT)
    assert kind == "add" and position == 5
