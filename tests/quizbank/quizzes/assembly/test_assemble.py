"""Papers from the real bank: what targets leave out, what is locked, what is remembered."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from quizbank.questions.models import QuestionStatistics
from quizbank.questions.rules import Part, QuestionContent, QuestionType
from quizbank.quizzes.assembly.assemble import Form, assemble
from quizbank.quizzes.assembly.feasibility import check_feasible
from quizbank.quizzes.assembly.goals import curve, goals_of, informations
from quizbank.quizzes.assembly.papers import papers_of
from quizbank.quizzes.assembly.records import targets_of, why_of
from quizbank.quizzes.assembly.supplies import Locked
from quizbank.quizzes.assembly.targets import NO_TARGETS, Information, Passages, Targets
from quizbank.quizzes.building import build_forms, build_quiz
from quizbank.quizzes.priors import prior_of
from quizbank.quizzes.queries import versions_of
from quizbank.quizzes.selection import PoolTooSmall
from quizbank.quizzes.stock_reading import stock_for
from repository.errors import Conflict, Forbidden, Invalid
from repository.permissions import SYSTEM, Actor, Role
from tests.builders import an_actor
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import a_question, some_questions
from tests.quizbank.quizzes.assembly.builders import Small, a_material, a_statement_cell
from tests.quizbank.quizzes.builders import a_quiz, fill_bank, three_parts

MATRIX = a_matrix(a_cell(count=2))
EXPECTED = [24, 39, 48, 57, 31, 52, 34, 47, 32]
EXPECTED_FORMS = [
    [1, 3, 4, 18, 28, 32, 36, 46, 50],
    [2, 15, 22, 29, 33, 40, 55, 57, 58],
    [10, 21, 24, 31, 34, 41, 47, 51, 52],
]


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


def ids_of(form: Form) -> set[int]:
    return {one.candidate.question_id for one in form.chosen}


def counted(session: Session, question_id: int, *, uses: int = 0, wrong: float = 0.5) -> None:
    session.add(QuestionStatistics(question_id=question_id, uses=uses, answers=5000, wrong_fraction=wrong))
    session.flush()


def test_what_stood_in_ones_newest_quizzes_is_left_out(session: Session, teacher: Actor, now: dt.datetime) -> None:
    first, second, third, fourth = (one.id for one in some_questions(session, 4))
    quiz = build_quiz(session, teacher, MATRIX, seed=1, now=now)
    used = {version.question_id for version in versions_of(session, quiz).values()}
    [form] = assemble(session, teacher, MATRIX, Targets(last_quizzes=1))
    assert ids_of(form) == {first, second, third, fourth} - used
    [other] = assemble(session, an_actor(session, Role.TEACHER), MATRIX, Targets(last_quizzes=1), 1)
    assert ids_of(other) == used


def test_what_was_used_since_a_day_is_left_out(session: Session, teacher: Actor, now: dt.datetime) -> None:
    some_questions(session, 3)
    quiz = build_quiz(session, teacher, MATRIX, seed=1, now=now)
    with pytest.raises(PoolTooSmall):
        assemble(session, teacher, MATRIX, Targets(unused_since=now.date()))
    assert assemble(session, teacher, MATRIX, Targets(unused_since=now.date() + dt.timedelta(days=1)))
    quiz.assigned_at = now + dt.timedelta(days=3)
    session.flush()
    with pytest.raises(PoolTooSmall):
        assemble(session, teacher, MATRIX, Targets(unused_since=now.date() + dt.timedelta(days=2)))


def test_what_was_used_often_is_left_out(session: Session, teacher: Actor) -> None:
    often, *rest = (one.id for one in some_questions(session, 3))
    counted(session, often, uses=9)
    [form] = assemble(session, teacher, MATRIX, Targets(most_uses=8))
    assert ids_of(form) == set(rest)


def test_a_wide_cell_takes_from_as_many_topics_as_it_can(session: Session, teacher: Actor) -> None:
    strand = "toan.l12.dai-so-giai-tich"
    some_questions(session, 30, topic=f"{strand}.nguyen-ham")
    rare = a_question(session, topic=f"{strand}.tich-phan").id
    matrix = a_matrix(a_cell(topic=strand, count=2))
    assert all(rare in ids_of(assemble(session, teacher, matrix, seed=seed)[0]) for seed in range(5))
    loose = [assemble(session, teacher, matrix, Targets(is_spread=False), seed)[0] for seed in range(5)]
    assert not all(rare in ids_of(form) for form in loose)


def test_a_difficulty_is_met_and_the_swaps_say_so(session: Session, teacher: Actor) -> None:
    for number, question in enumerate(some_questions(session, 30)):
        counted(session, question.id, wrong=0.2 if number % 2 else 0.7)
    targets = Targets(difficulty=0.8, tolerance=0.02)
    [form] = assemble(session, teacher, a_matrix(a_cell(count=4)), targets, 1)
    assert form.goals["difficulty"] == pytest.approx(0.8, abs=0.02)
    assert {one.why.how for one in form.chosen} == {"drawn", "swapped"}
    assert all(one.why.of == 30 and 1 <= one.why.rank <= 30 for one in form.chosen)


def test_locked_questions_stay_and_count(session: Session, teacher: Actor) -> None:
    ids = [one.id for one in some_questions(session, 6)]
    for place, id in enumerate(ids):
        counted(session, id, wrong=0.2 if place < 3 else 0.7)
    matrix, targets = a_matrix(a_cell(count=2)), Targets(difficulty=0.55, tolerance=0.02)
    [form] = assemble(session, teacher, matrix, targets, locked=[Locked(0, ids[0])])
    assert len(form.chosen) == 1 and ids_of(form) < set(ids[3:])
    assert form.goals["difficulty"] == pytest.approx(0.55, abs=0.02)
    with pytest.raises(Conflict):
        assemble(session, teacher, matrix, locked=[Locked(0, id) for id in ids[:3]])
    with pytest.raises(Invalid):
        assemble(session, teacher, matrix, locked=[Locked(0, ids[0])], forms=2)


def an_essay(number: int) -> QuestionContent:
    return QuestionContent(QuestionType.ESSAY, f"Đọc và trả lời câu {number}.", (), explanation="Ý chính: một điểm.")


def test_the_questions_of_a_reading_text_come_all_or_not_at_all(session: Session, teacher: Actor) -> None:
    for text in range(3):
        for number in range(5 if text else 4):
            a_question(session, an_essay(10 * text + number), passage=f"Ngữ liệu {text}", level="hieu")
    matrix = a_matrix(a_cell(type=QuestionType.ESSAY, level="hieu", count=5, marks="0.8"))
    for seed in range(5):
        [form] = assemble(session, teacher, matrix, seed=seed)
        assert len({one.candidate.passage for one in form.chosen}) == 1
        assert {one.why.how for one in form.chosen} == {"passage"}
    three = a_matrix(a_cell(type=QuestionType.ESSAY, level="hieu", count=3, marks="0.8"))
    assert "passages" in [one.key for one in check_feasible(session, teacher, three).relaxations]
    assert len(assemble(session, teacher, three, Targets(passages=Passages.NONE))[0].chosen) == 3


def test_forms_of_whole_passages_lack_what_is_told_and_as_many_as_can_be_are_offered(
    session: Session, teacher: Actor
) -> None:
    for text, size in enumerate((5, 5, 3)):
        for number in range(size):
            a_question(session, an_essay(10 * text + number), passage=f"Ngữ liệu {text}", level="hieu")
    matrix = a_matrix(a_cell(type=QuestionType.ESSAY, level="hieu", count=5, marks="0.8"))
    report = check_feasible(session, teacher, matrix, forms=4)
    assert [(one.wanted, one.available) for one in report.shortages] == [(20, 13)]
    assert [one.key for one in report.relaxations] == ["forms~2"]
    assert len(assemble(session, teacher, matrix, forms=2)) == 2


def test_forms_are_quizzes_of_one_paper(session: Session, teacher: Actor, now: dt.datetime) -> None:
    fill_bank(session, *three_parts(), spare=9)
    first, second, third = build_forms(session, teacher, a_matrix(*three_parts()), seed=5, now=now, forms=3)
    assert [(one.form, one.form_of_id) for one in (first, second, third)] == [(1, None), (2, first.id), (3, first.id)]
    questions = [version.question_id for one in (first, second) for version in versions_of(session, one).values()]
    assert len(set(questions)) == len(questions) == 14


def test_a_quiz_remembers_what_was_aimed_at_and_why(session: Session, teacher: Actor, now: dt.datetime) -> None:
    some_questions(session, 5)
    quiz = build_quiz(session, teacher, MATRIX, seed=1, now=now, targets=Targets(last_quizzes=3))
    session.expire_all()
    assert targets_of(quiz) == Targets(last_quizzes=3)
    assert set(why_of(quiz)) == {item.question_version_id for item in quiz.items}
    assert sorted(why.rank for why in why_of(quiz).values()) == [1, 2]


def test_statement_cells_are_kept_with_the_quiz(session: Session, teacher: Actor, now: dt.datetime) -> None:
    levels = ("biet", "biet", "hieu", "van-dung")
    parts = tuple(Part(f"ý {number}", is_true=True, level=level) for number, level in enumerate(levels))
    for number in range(3):
        content = QuestionContent(QuestionType.TRUE_FALSE, f"Xét các ý {number}.", parts)
        a_question(session, content, level="hieu")
    cell = replace(a_statement_cell(2, (("biet", 4), ("hieu", 2), ("van-dung", 2))), marks=Decimal(1))
    quiz = build_quiz(session, teacher, a_matrix(cell), seed=1, now=now)
    session.expire_all()
    assert quiz.cells[0].cell == cell


def test_those_who_do_not_teach_assemble_nothing(session: Session) -> None:
    student = an_actor(session, Role.STUDENT)
    for ask in (assemble, check_feasible):
        with pytest.raises(Forbidden):
            ask(session, student, MATRIX)


@pytest.mark.parametrize("forms", [0, -1, 49])
def test_so_many_forms_are_refused(session: Session, forms: int) -> None:
    with pytest.raises(Invalid):
        assemble(session, SYSTEM, MATRIX, NO_TARGETS, forms=forms)


def test_information_is_highest_where_a_question_is_neither_easy_nor_hard(session: Session) -> None:
    ids = [one.id for one in some_questions(session, 3, level="hieu")]
    for id, wrong in zip(ids, (0.05, 0.45, 0.75), strict=True):
        counted(session, id, wrong=wrong)
    easy, middle, hard = informations(stock_for(session, "toan"), 0.0).tolist()
    assert middle > easy and middle > hard


def test_the_curve_of_information_agrees_with_the_prior() -> None:
    shares, values = curve("short-answer", "hieu", (), 0.2)
    assert shares.tolist() == sorted(shares)
    prior = prior_of("short-answer", "hieu").right_fraction
    assert shares[50] == pytest.approx(prior, abs=1e-5)
    assert values.max() == pytest.approx(0.25, abs=0.01)


def test_a_band_of_information_is_met(session: Session, teacher: Actor) -> None:
    for number, question in enumerate(some_questions(session, 20, level="hieu")):
        counted(session, question.id, wrong=0.45 if number % 2 else 0.1)
    matrix = a_matrix(a_cell(level="hieu", count=4))
    [form] = assemble(session, teacher, matrix, Targets(information=(Information(0.0, 0.55, 9.0),)), 3)
    assert form.goals["information+0"] >= 0.55


@pytest.mark.recorded
def test_the_same_paper_on_every_machine_and_python() -> None:
    """Ranks, sums and swaps are whole numbers: this paper was written down once, and must never change."""
    numbers = range(60)
    questions = [Small(frozenset({one % 3, one % 2}), wrong=(one * 37 % 80) / 100 + 0.1) for one in numbers]
    material = a_material(questions, [a_cell(count=4), a_cell(count=3), a_cell(count=2)], seed=2026, is_spread=True)
    goals = goals_of(material.stock, material.cells, Targets(difficulty=0.6, tolerance=0.004), ())
    [made] = papers_of(material, goals)
    assert [row for row, _ in made.items] == EXPECTED
    assert set(made.swapped) == {39, 48, 52}
    forms = [sorted(row for row, _ in one.items) for one in papers_of(material, (), 3)]
    assert forms == EXPECTED_FORMS


def test_a_quiz_can_still_be_made_by_the_builders_of_other_tests(session: Session, teacher: Actor) -> None:
    assert len(a_quiz(session, teacher).items) == 7
