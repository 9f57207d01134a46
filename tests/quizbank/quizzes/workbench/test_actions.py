from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizbank.questions.likeness_models import QuestionLikeness, Verdict
from quizbank.questions.models import Question, QuestionStatistics, QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.questions.states import QuestionState
from quizbank.quizzes.actions import build_quiz, freeze_quiz
from quizbank.quizzes.assembly.assemble import Why as AssemblyWhy
from quizbank.quizzes.assembly.targets import Targets
from quizbank.quizzes.models import Quiz, QuizEdit, QuizItem
from quizbank.quizzes.queries import find_variant, versions_of
from quizbank.quizzes.selection import PoolTooSmall
from quizbank.quizzes.workbench import actions, steps
from quizbank.quizzes.workbench.alternatives import list_alternatives
from quizbank.quizzes.workbench.queries import Why, history_of, look_at
from quizbank.quizzes.workbench.rules import NO_CELL
from repository.audit import AuditEntry
from repository.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from repository.permissions import STRANGER, Actor, Role
from tests.builders import MOMENT, an_actor
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import a_choice, a_question, a_short_answer, some_questions
from tests.quizbank.quizzes.builders import a_quiz

NOW: dict[str, Any] = {"now": MOMENT}


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


def questions_of(session: Session, quiz: Quiz) -> list[int]:
    versions = versions_of(session, quiz)
    return [versions[item.question_version_id].question_id for item in quiz.items]


def do(take: Callable[..., Any], session: Session, actor: Actor, quiz: Quiz, *more: Any) -> Any:
    """Take a step from what is there now."""
    return take(session, actor, quiz.id, *more, revision=quiz.revision, now=MOMENT)


def answered(session: Session, question: Question, wrong_fraction: float, answers: int = 1000) -> None:
    session.add(
        QuestionStatistics(question_id=question.id, uses=answers, answers=answers, wrong_fraction=wrong_fraction)
    )
    session.flush()


def called(session: Session, verdict: Verdict, *questions: Question) -> None:
    for left, right in pairwise(sorted(question.id for question in questions)):
        session.add(QuestionLikeness(left_id=left, right_id=right, similarity=0.9, is_conflict=False, verdict=verdict))
    session.flush()


# --- swapping and choosing


def test_a_swap_takes_another_question_of_the_cell(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(level="biet"), spare=1)
    before = questions_of(session, quiz)
    assert do(actions.swap_item, session, teacher, quiz, 2) == 2
    after = questions_of(session, quiz)
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True, True]
    assert len(set(after)) == 4


def test_a_swap_takes_the_nearest_in_difficulty(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=1))
    hard, near, easy = some_questions(session, 3, level="biet")
    for question, wrong in ((hard, 0.9), (near, 0.42), (easy, 0.1)):
        answered(session, question, wrong)
    answered(session, session.get_one(Question, questions_of(session, quiz)[0]), 0.4)
    session.commit()
    do(actions.swap_item, session, teacher, quiz, 1)
    assert questions_of(session, quiz) == [near.id]


def test_a_swap_goes_round_all_questions_of_the_cell(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=1), spare=3)
    seen = []
    for _ in range(8):
        do(actions.swap_item, session, teacher, quiz, 1)
        seen += questions_of(session, quiz)
    assert len(set(seen[:4])) == len(set(seen[4:])) == 4


def test_a_swap_without_another_question_is_refused(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    with pytest.raises(Conflict, match="không còn câu"):
        do(actions.swap_item, session, teacher, quiz, 1)
    assert quiz.revision == 1


def test_a_swap_keeps_relatives_apart(session: Session, teacher: Actor) -> None:
    questions = some_questions(session, 2)
    quiz = build_quiz(session, teacher, a_matrix(a_cell(count=2)), seed=1, now=MOMENT)
    called(session, Verdict.VARIANT, *questions, *some_questions(session, 3))
    with pytest.raises(Conflict):
        do(actions.swap_item, session, teacher, quiz, 1)


def test_a_swap_leaves_the_questions_of_other_forms_alone(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=1))
    other = a_quiz(session, teacher, a_cell(count=1))
    other.form_of_id, other.form = quiz.id, 2
    taken = questions_of(session, quiz) + questions_of(session, other)
    if len(set(taken)) == 1:
        do(actions.swap_item, session, teacher, other, 1)
    with pytest.raises(Conflict):
        do(actions.swap_item, session, teacher, quiz, 1)


def test_a_question_of_a_passage_is_swapped_for_its_sibling(session: Session, teacher: Actor) -> None:
    some_questions(session, 5)
    siblings = [a_question(session, passage="Đoạn chung.") for _ in range(3)]
    quiz = build_quiz(session, teacher, a_matrix(a_cell(count=8)), seed=1, now=MOMENT)
    place = questions_of(session, quiz).index(siblings[0].id) + 1
    spare = a_question(session, passage="Đoạn chung.")
    some_questions(session, 3)
    do(actions.swap_item, session, teacher, quiz, place)
    assert questions_of(session, quiz)[place - 1] == spare.id


def test_a_swap_of_a_locked_question_is_refused(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, spare=2)
    do(actions.lock_item, session, teacher, quiz, 1, True)
    for take, more in ((actions.swap_item, ()), (actions.replace_item, (1,)), (actions.remove_item, ())):
        with pytest.raises(Conflict, match="khoá"):
            do(take, session, teacher, quiz, 1, *more)
    do(actions.lock_item, session, teacher, quiz, 1, False)
    do(actions.swap_item, session, teacher, quiz, 1)


def test_a_question_is_replaced_by_a_chosen_one(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=2), spare=12)
    listed = list_alternatives(session, teacher, quiz.id, 1)
    assert (listed.count, len(listed.shown)) == (12, 10)
    chosen = listed.shown[7].drawn.question_id
    do(actions.replace_item, session, teacher, quiz, 1, chosen)
    assert questions_of(session, quiz)[0] == chosen


def test_a_question_of_another_cell_or_used_already_is_no_choice(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(level="biet", count=2), spare=1)
    other = a_question(session, level="hieu")
    for question_id in (other.id, questions_of(session, quiz)[1], 10**6):
        with pytest.raises(Conflict):
            do(actions.replace_item, session, teacher, quiz, 1, question_id)


def test_alternatives_say_what_stood_there_before(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=1), spare=1)
    [first] = questions_of(session, quiz)
    do(actions.swap_item, session, teacher, quiz, 1)
    [shown] = list_alternatives(session, teacher, quiz.id, 1).shown
    assert shown.drawn.question_id == first and shown.stood_here


def test_a_true_false_question_with_levels_is_swapped_for_one_with_the_same(session: Session, teacher: Actor) -> None:
    cell = replace(a_cell(type=QuestionType.TRUE_FALSE, count=1), level=None, statements=(("biet", 2), ("hieu", 2)))
    quiz = a_quiz(session, teacher, a_cell(type=QuestionType.TRUE_FALSE, count=1), spare=2)
    versions = list(session.scalars(select(QuestionVersion)))
    mine = quiz.items[0].question_version_id
    other = next(one for one in versions if one.id != mine)
    for one in versions:
        one.statement_levels = "biet:2 hieu:2" if one.id in (mine, other.id) else "biet:4"
    quiz.cells[0].statements = "biet:2 hieu:2"
    session.flush()
    assert quiz.cells[0].cell.statements == cell.statements
    listed = list_alternatives(session, teacher, quiz.id, 1)
    assert [one.version.id for one in listed.shown] == [other.id]


# --- marks, places


def test_marks_of_one_question_are_set(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    do(actions.set_marks, session, teacher, quiz, {3: Decimal("0.5"), 1: Decimal("0.25")})
    assert [str(item.marks) for item in quiz.items][:4] == ["0.25", "0.25", "0.50", "0.25"]
    with pytest.raises(Invalid):
        do(actions.set_marks, session, teacher, quiz, {1: Decimal(0)})


def test_marks_that_do_not_change_are_no_step(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    do(actions.set_marks, session, teacher, quiz, {1: Decimal("0.250")})
    assert quiz.revision == 1 and history_of(session, quiz.id)[:2] == ("", "")


def test_marks_of_a_part_are_dealt_out(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    assert do(actions.spread_part, session, teacher, quiz, 3, Decimal(3)) == 6
    assert [item.marks for item in quiz.items if item.part == 3] == [Decimal("1.5")] * 2


def test_a_question_moves_inside_its_part(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    before = questions_of(session, quiz)
    assert do(actions.move_item, session, teacher, quiz, 1, 2) == 3
    assert questions_of(session, quiz) == [before[1], before[2], before[0], *before[3:]]
    with pytest.raises(Conflict):
        do(actions.move_item, session, teacher, quiz, 5, 1)


# --- adding and removing


def test_an_added_question_takes_its_cell_and_its_marks(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(level="biet"), a_cell(level="hieu", count=1, marks="0.5"))
    added = a_question(session, level="hieu")
    assert do(actions.add_question, session, teacher, quiz, added.id) == 6
    assert (quiz.items[5].cell, quiz.items[5].marks) == (1, Decimal("0.5"))


def test_an_added_question_goes_where_questions_are_lacking(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(level="biet", count=2), a_cell(count=2, level="biet", marks="0.5"))
    do(actions.remove_item, session, teacher, quiz, 4)
    do(actions.add_question, session, teacher, quiz, a_question(session, level="biet").id)
    assert [item.cell for item in quiz.items] == [0, 0, 1, 1]


def test_an_added_question_that_fits_no_cell_has_none(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(level="biet"))
    added = [a_question(session, level="van-dung"), a_question(session, a_short_answer())]
    for question in added:
        do(actions.add_question, session, teacher, quiz, question.id)
    assert [(item.part, item.cell) for item in quiz.items][4:] == [(1, NO_CELL), (3, NO_CELL)]
    elsewhere = a_question(session, programme="ct-2006", level="biet")
    do(actions.add_question, session, teacher, quiz, elsewhere.id)
    assert [item.cell for item in quiz.items].count(NO_CELL) == 3


def test_a_question_without_a_cell_is_swapped_for_its_like(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(level="biet", count=1))
    first, second = some_questions(session, 2, level="van-dung")
    do(actions.add_question, session, teacher, quiz, first.id)
    do(actions.swap_item, session, teacher, quiz, 2)
    assert questions_of(session, quiz)[1] == second.id


def test_an_added_question_stands_beside_its_passage(session: Session, teacher: Actor) -> None:
    first = a_question(session, passage="Đoạn chung.", level="biet")
    quiz = a_quiz(session, teacher, a_cell(level="biet", count=5))
    other = a_question(session, passage="Đoạn chung.", level="biet")
    if first.id not in questions_of(session, quiz):
        do(actions.add_question, session, teacher, quiz, first.id)
    place = questions_of(session, quiz).index(first.id) + 1
    assert do(actions.add_question, session, teacher, quiz, other.id) == place + 1


@pytest.mark.parametrize(
    "elsewhere", [{"state": QuestionState.DRAFT}, {"state": QuestionState.WITHDRAWN}, {"subject": "vat-li"}]
)
def test_what_may_not_be_used_is_not_added(session: Session, teacher: Actor, elsewhere: dict[str, Any]) -> None:
    quiz = a_quiz(session, teacher)
    with pytest.raises(Conflict):
        do(actions.add_question, session, teacher, quiz, a_question(session, **elsewhere).id)


def test_a_quiz_of_own_drafts_takes_another(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    quiz.uses_own_drafts = True
    do(actions.add_question, session, teacher, quiz, a_question(session, by=teacher, state=QuestionState.DRAFT).id)
    with pytest.raises(Conflict):
        do(actions.add_question, session, teacher, quiz, a_question(session, state=QuestionState.DRAFT).id)


def test_nothing_is_added_twice_nor_beside_its_relative(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    first = session.get_one(Question, questions_of(session, quiz)[0])
    with pytest.raises(Conflict, match="đã có"):
        do(actions.add_question, session, teacher, quiz, first.id)
    relative = a_question(session)
    called(session, Verdict.SAME, first, relative)
    with pytest.raises(Conflict, match="biến thể"):
        do(actions.add_question, session, teacher, quiz, relative.id)


def test_what_another_form_asks_is_not_added(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(level="biet", count=1))
    other = a_quiz(session, teacher, a_cell(level="van-dung", count=1))
    other.form_of_id = quiz.id
    with pytest.raises(Conflict, match="cùng bộ"):
        do(actions.add_question, session, teacher, quiz, questions_of(session, other)[0])


def test_a_quiz_has_at_most_two_hundred_questions(
    session: Session, teacher: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiz = a_quiz(session, teacher)
    monkeypatch.setattr(steps, "MOST_QUESTIONS", 7)
    with pytest.raises(Conflict, match="7"):
        do(actions.add_question, session, teacher, quiz, a_question(session).id)


def test_a_question_is_removed(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    before = questions_of(session, quiz)
    assert do(actions.remove_item, session, teacher, quiz, 7) == 6
    assert do(actions.remove_item, session, teacher, quiz, 1) == 1
    assert questions_of(session, quiz) == before[1:6]
    assert [item.position for item in quiz.items] == [1, 2, 3, 4, 5]


# --- drawing anew


def test_drawing_anew_keeps_what_is_locked(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, spare=9)
    before = questions_of(session, quiz)
    do(actions.lock_item, session, teacher, quiz, 2, True)
    do(actions.draw_again, session, teacher, quiz)
    after = questions_of(session, quiz)
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, *[False] * 5]
    assert [item.part for item in quiz.items] == [1, 1, 1, 1, 2, 3, 3]


def test_drawing_anew_takes_the_same_where_there_is_no_other(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=3), spare=1)
    before = questions_of(session, quiz)
    do(actions.draw_again, session, teacher, quiz)
    assert len(set(questions_of(session, quiz)) & set(before)) >= 2


def test_one_cell_is_drawn_anew(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, spare=9)
    before = questions_of(session, quiz)
    assert do(actions.draw_again, session, teacher, quiz, 2) == 6
    assert questions_of(session, quiz)[:5] == before[:5]
    assert not set(questions_of(session, quiz)[5:]) & set(before)


def test_drawing_anew_fills_what_was_removed_and_keeps_what_was_added(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(level="biet"), spare=9)
    added = a_question(session, level="van-dung")
    do(actions.remove_item, session, teacher, quiz, 1)
    do(actions.add_question, session, teacher, quiz, added.id)
    do(actions.draw_again, session, teacher, quiz)
    assert len(quiz.items) == 5 and added.id in questions_of(session, quiz)


def test_drawing_anew_keeps_relatives_of_what_stays_away(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=1), a_cell(count=1, type=QuestionType.SHORT_ANSWER))
    kept = session.get_one(Question, questions_of(session, quiz)[1])
    relatives = some_questions(session, 4)
    called(session, Verdict.VARIANT, kept, *relatives)
    do(actions.lock_item, session, teacher, quiz, 2, True)
    before = questions_of(session, quiz)
    do(actions.draw_again, session, teacher, quiz)
    assert questions_of(session, quiz) == before


def test_drawing_anew_where_all_is_locked_is_refused(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=1), spare=3)
    do(actions.lock_item, session, teacher, quiz, 1, True)
    with pytest.raises(Conflict):
        do(actions.draw_again, session, teacher, quiz)
    with pytest.raises(Invalid):
        do(actions.draw_again, session, teacher, quiz, 1)


def test_a_bank_that_shrank_is_told_by_its_short_cells(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=2))
    for question in session.scalars(select(Question)):
        question.published_version_id, question.state = None, QuestionState.WITHDRAWN
    session.commit()
    from quizbank.quizzes import stock_reading

    stock_reading._keepers.clear()
    with pytest.raises(PoolTooSmall) as caught:
        do(actions.draw_again, session, teacher, quiz)
    assert [(short.cell, short.wanted, short.available) for short in caught.value.short] == [(0, 2, 0)]


def test_what_is_drawn_anew_meets_what_the_quiz_was_aimed_at(session: Session, teacher: Actor) -> None:
    for wrong in (0.1, 0.3, 0.5, 0.7, 0.9):
        for question in some_questions(session, 8, level="biet"):
            answered(session, question, wrong)
    matrix, targets = a_matrix(a_cell(count=6)), Targets(difficulty=0.4, tolerance=0.05)
    quiz = build_quiz(session, teacher, matrix, seed=3, now=MOMENT, targets=targets)
    do(actions.lock_item, session, teacher, quiz, 1, True)
    for _ in range(3):
        do(actions.draw_again, session, teacher, quiz)
        known = [item.estimate for item in look_at(session, teacher, quiz.id).items]
        shares = [one.right_fraction for one in known if one is not None]
        assert sum(shares) / 6 == pytest.approx(0.4, abs=0.051)


def test_a_cell_that_holds_more_than_it_wants_lets_others_be_drawn(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(level="biet", count=2), a_cell(level="hieu", count=1), spare=4)
    do(actions.add_question, session, teacher, quiz, a_question(session, level="biet").id)
    before = questions_of(session, quiz)
    do(actions.draw_again, session, teacher, quiz, 1)
    after = questions_of(session, quiz)
    assert sorted(set(before) - set(after)) == [before[2]] and len(after) == 4


def test_the_same_steps_give_the_same_paper(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(), spare=20)
    again = build_quiz(session, teacher, a_matrix(a_cell()), seed=quiz.seed, now=MOMENT)
    for one in (quiz, again):
        do(actions.draw_again, session, teacher, one)
    assert questions_of(session, quiz) == questions_of(session, again)


# --- codes, windows, who may


def test_codes_follow(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=2), spare=1, codes=("101", "102"))
    added = a_question(session, a_choice(options=("một", "hai", "ba", "Tất cả các đáp án trên")), level="biet")
    do(actions.add_question, session, teacher, quiz, added.id)
    do(actions.remove_item, session, teacher, quiz, 1)
    for code in ("101", "102"):
        items = {one.item_position: one.option_order for one in find_variant(session, quiz.id, code).items}
        assert sorted(items) == [1, 2]
        assert items[2][3] == "D"


def test_locking_and_marks_leave_the_codes_as_they_are(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("101",))
    before = [(one.position, one.item_position) for one in find_variant(session, quiz.id, "101").items]
    kept = find_variant(session, quiz.id, "101").items[0]
    do(actions.lock_item, session, teacher, quiz, 1, True)
    do(actions.set_marks, session, teacher, quiz, {1: Decimal(1)})
    after = find_variant(session, quiz.id, "101").items
    assert [(one.position, one.item_position) for one in after] == before and after[0] is kept


STEPS: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
    (actions.lock_item, (1, True)),
    (actions.swap_item, (1,)),
    (actions.replace_item, (1, 1)),
    (actions.move_item, (1, 1)),
    (actions.set_marks, ({1: Decimal(1)},)),
    (actions.spread_part, (1, Decimal(1))),
    (actions.add_question, (1,)),
    (actions.remove_item, (1,)),
    (actions.draw_again, ()),
    (steps.undo_step, ()),
    (steps.redo_step, ()),
]


@pytest.mark.parametrize(("take", "more"), STEPS)
def test_an_assigned_quiz_never_changes(
    session: Session, teacher: Actor, take: Callable[..., Any], more: tuple[Any, ...]
) -> None:
    quiz = a_quiz(session, teacher, spare=2)
    do(actions.lock_item, session, teacher, quiz, 2, True)
    freeze_quiz(session, teacher, quiz.id, now=MOMENT)
    with pytest.raises(Conflict, match="giao cho lớp"):
        do(take, session, teacher, quiz, *more)


@pytest.mark.parametrize(("take", "more"), STEPS)
def test_strangers_change_nothing(
    session: Session, teacher: Actor, take: Callable[..., Any], more: tuple[Any, ...]
) -> None:
    quiz = a_quiz(session, teacher, spare=2)
    for stranger, refusal in (
        (an_actor(session, Role.TEACHER), Forbidden),
        (an_actor(session, Role.STUDENT), Forbidden),
        (an_actor(session, Role.ADMINISTRATOR), Forbidden),
        (STRANGER, NotSignedIn),
    ):
        with pytest.raises(refusal):
            do(take, session, stranger, quiz, *more)
    assert quiz.revision == 1


@pytest.mark.parametrize(("take", "more"), STEPS)
def test_an_old_window_changes_nothing(
    session: Session, teacher: Actor, take: Callable[..., Any], more: tuple[Any, ...]
) -> None:
    quiz = a_quiz(session, teacher, spare=2)
    do(actions.lock_item, session, teacher, quiz, 2, True)
    with pytest.raises(steps.OldWindow) as caught:
        take(session, teacher, quiz.id, *more, revision=1, **NOW)
    assert caught.value.facts["revision"] == 2


def meanwhile(session: Session, quiz: Quiz, **values: Any) -> None:
    """Somebody else changes the row, unseen by this session."""
    query = update(Quiz).where(Quiz.id == quiz.id).values(**values)
    session.execute(query, execution_options={"synchronize_session": False})


def test_of_two_that_come_at_once_one_wins(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    bench = steps.open_bench(session, teacher, quiz.id, 1)
    meanwhile(session, quiz, revision=2)
    with pytest.raises(steps.OldWindow):
        steps.take_step(session, teacher, bench, "remove", bench.lines[1:], now=MOMENT)
    assert len(quiz.items) == 7


def test_a_quiz_that_was_assigned_a_moment_ago_is_not_changed(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    bench = steps.open_bench(session, teacher, quiz.id, 1)
    meanwhile(session, quiz, assigned_at=MOMENT)
    with pytest.raises(Conflict):
        steps.take_step(session, teacher, bench, "remove", bench.lines[1:], now=MOMENT)


def test_a_position_that_is_not_there_is_not_found(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    for position in (0, 8, -1):
        with pytest.raises(NotFound):
            do(actions.swap_item, session, teacher, quiz, position)


def test_each_step_leaves_a_line_in_the_trail(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, spare=2)
    do(actions.swap_item, session, teacher, quiz, 1)
    do(steps.undo_step, session, teacher, quiz)
    session.flush()
    trail = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert trail[-2:] == ["swap-on-workbench", "undo-on-workbench"]


# --- why a question stands there


def test_every_question_says_how_it_came(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(level="biet"), spare=9)
    first, second = questions_of(session, quiz)[:2]
    do(actions.swap_item, session, teacher, quiz, 1)
    do(
        actions.replace_item,
        session,
        teacher,
        quiz,
        2,
        list_alternatives(session, teacher, quiz.id, 2).shown[1].drawn.question_id,
    )
    do(actions.add_question, session, teacher, quiz, a_question(session, level="van-dung").id)
    why = [item.why for item in look_at(session, teacher, quiz.id).items]
    assert [one.kind for one in why] == ["swap", "choose", "draw", "draw", "add"]
    assert [one.instead_of for one in why] == [first, second, None, None, None]
    assert why[2].assembly == AssemblyWhy("drawn", 3, 13)
    do(steps.undo_step, session, teacher, quiz)
    do(actions.draw_again, session, teacher, quiz)
    assert {item.why for item in look_at(session, teacher, quiz.id).items} == {Why("redraw")}


def test_edits_go_with_their_quiz(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    do(actions.lock_item, session, teacher, quiz, 1, True)
    assert session.scalars(select(QuizEdit.kind)).all() == ["lock"]
    assert session.scalars(select(QuizItem.is_locked).where(QuizItem.position == 1)).one()
