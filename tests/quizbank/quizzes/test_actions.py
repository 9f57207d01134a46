import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy.orm import Session

from quizbank.questions.likeness_models import QuestionLikeness, Verdict
from quizbank.questions.models import Question, QuestionDoubt, QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.questions.states import QuestionState
from quizbank.quizzes import actions
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.queries import find_variant, get_quiz, list_quizzes, paper_of, versions_of
from quizbank.quizzes.selection import PoolTooSmall, Short
from repository.errors import Conflict, Forbidden, HocLieuError, Invalid, NotFound, NotSignedIn
from repository.permissions import STRANGER, Actor, Role
from tests.builders import an_actor
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import a_choice, a_question, some_questions
from tests.quizbank.quizzes.builders import a_quiz, fill_bank, three_parts


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


def orders_of(session: Session, quiz: Quiz, code: str) -> list[tuple[int, str]]:
    return [(one.item_position, one.option_order) for one in find_variant(session, quiz.id, code).items]


def test_a_quiz_fills_its_matrix(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    versions = versions_of(session, quiz)
    assert [versions[item.question_version_id].type for item in quiz.items] == [
        *[QuestionType.SINGLE_CHOICE] * 4,
        QuestionType.TRUE_FALSE,
        *[QuestionType.SHORT_ANSWER] * 2,
    ]
    assert [item.part for item in quiz.items] == [1, 1, 1, 1, 2, 3, 3]
    assert sum(item.marks for item in quiz.items) == 3


def test_the_same_seed_gives_the_same_quiz(session: Session, teacher: Actor, now: dt.datetime) -> None:
    fill_bank(session, *three_parts(), spare=9)
    matrix = a_matrix(*three_parts())
    first, again, other = (actions.build_quiz(session, teacher, matrix, seed=seed, now=now).items for seed in (5, 5, 6))
    assert [item.question_version_id for item in first] == [item.question_version_id for item in again]
    assert [item.question_version_id for item in first] != [item.question_version_id for item in other]


def test_questions_are_pinned_to_the_version_of_the_day(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, a_cell(count=1))
    version = session.get_one(QuestionVersion, quiz.items[0].question_version_id)
    session.get_one(Question, version.question_id).published_version_id = None
    session.flush()
    session.expire_all()
    assert quiz.items[0].question_version_id == version.id


@pytest.mark.parametrize("state", [QuestionState.DRAFT, QuestionState.IN_REVIEW])
def test_only_published_questions_are_drawn(
    session: Session, teacher: Actor, state: QuestionState, now: dt.datetime
) -> None:
    a_question(session, state=state)
    with pytest.raises(PoolTooSmall):
        actions.build_quiz(session, teacher, a_matrix(a_cell(count=1)), seed=1, now=now)


def test_ones_own_drafts_are_drawn_on_request(session: Session, teacher: Actor, now: dt.datetime) -> None:
    own = a_question(session, state=QuestionState.DRAFT, by=teacher)
    a_question(session, state=QuestionState.DRAFT, by=an_actor(session, Role.TEACHER))
    a_question(session, state=QuestionState.WITHDRAWN, by=teacher)
    matrix = a_matrix(a_cell(count=1))
    quiz = actions.build_quiz(session, teacher, matrix, seed=1, now=now, with_own_drafts=True)
    assert [item.question_version_id for item in quiz.items] == [own.current_version_id]


def test_drafts_that_were_doubted_are_not_drawn(session: Session, teacher: Actor, now: dt.datetime) -> None:
    doubted = a_question(session, state=QuestionState.DRAFT, by=teacher)
    session.add(QuestionDoubt(version_id=doubted.current_version_id, position=0, code="missing-figure", facts={}))
    session.flush()
    with pytest.raises(PoolTooSmall):
        actions.build_quiz(session, teacher, a_matrix(a_cell(count=1)), seed=1, now=now, with_own_drafts=True)


@pytest.mark.parametrize("elsewhere", [{"subject": "vat-li"}, {"grade": 11}, {"programme": "ct-2006"}])
def test_questions_from_elsewhere_are_not_drawn(
    session: Session, teacher: Actor, elsewhere: dict[str, Any], now: dt.datetime
) -> None:
    a_question(session, **elsewhere)
    with pytest.raises(PoolTooSmall):
        actions.build_quiz(session, teacher, a_matrix(a_cell(count=1)), seed=1, now=now)


def test_a_cell_that_names_a_topic_goes_by_its_grade(session: Session, teacher: Actor, now: dt.datetime) -> None:
    topic = "toan.l11.dai-so-giai-tich"
    a_question(session, grade=11, topic=f"{topic}.day-so")
    quiz = actions.build_quiz(session, teacher, a_matrix(a_cell(topic=topic, count=1)), seed=1, now=now)
    assert len(quiz.items) == 1


def test_every_short_cell_is_listed_and_nothing_is_written(session: Session, teacher: Actor, now: dt.datetime) -> None:
    some_questions(session, 3, level="biet")
    matrix = a_matrix(a_cell(level="biet", count=5), a_cell(level="hieu", count=1))
    with pytest.raises(PoolTooSmall) as caught:
        actions.build_quiz(session, teacher, matrix, seed=1, now=now)
    assert caught.value.short == (Short(0, 5, 3), Short(1, 1, 0))
    assert list_quizzes(session, teacher) == ([], None)


def test_a_wrong_matrix_builds_nothing(session: Session, teacher: Actor, now: dt.datetime) -> None:
    with pytest.raises(Invalid, match=r"cells\[0\]\.count"):
        actions.build_quiz(session, teacher, a_matrix(a_cell(count=0)), seed=1, now=now)


def test_a_seed_that_no_database_holds_is_refused(session: Session, teacher: Actor, now: dt.datetime) -> None:
    with pytest.raises(Invalid):
        actions.build_quiz(session, teacher, a_matrix(), seed=2**63, now=now)


def test_questions_of_a_passage_stand_side_by_side(session: Session, teacher: Actor, now: dt.datetime) -> None:
    for passage in ("Đoạn một.", "Đoạn hai."):
        for level in ("biet", "hieu"):
            a_question(session, a_choice(), passage=passage, level=level)
    matrix = a_matrix(a_cell(level="biet", count=2), a_cell(level="hieu", count=2))
    quiz = actions.build_quiz(session, teacher, matrix, seed=1, now=now)
    versions = versions_of(session, quiz)
    passages = [versions[item.question_version_id].passage_version_id for item in quiz.items]
    assert passages[0] == passages[1] != passages[2] == passages[3]


def called(session: Session, verdict: Verdict, *questions: Question) -> None:
    for left, right in pairwise(sorted(question.id for question in questions)):
        session.add(QuestionLikeness(left_id=left, right_id=right, similarity=0.9, is_conflict=False, verdict=verdict))
    session.flush()


@pytest.mark.parametrize("verdict", [Verdict.SAME, Verdict.VARIANT])
def test_variants_of_one_question_never_stand_in_one_quiz(
    session: Session, teacher: Actor, now: dt.datetime, verdict: Verdict
) -> None:
    relatives = some_questions(session, 9)
    [other] = some_questions(session, 1)
    called(session, verdict, *relatives)
    quiz = actions.build_quiz(session, teacher, a_matrix(a_cell(count=2)), seed=1, now=now)
    asked = {version.question_id for version in versions_of(session, quiz).values()}
    assert other.id in asked and len(asked & {question.id for question in relatives}) == 1
    with pytest.raises(PoolTooSmall):
        actions.build_quiz(session, teacher, a_matrix(a_cell(count=3)), seed=1, now=now)


def test_what_is_open_or_different_may_stand_together(session: Session, teacher: Actor, now: dt.datetime) -> None:
    first, second, third = some_questions(session, 3)
    called(session, Verdict.DIFFERENT, first, second)
    called(session, Verdict.OPEN, second, third)
    assert len(actions.build_quiz(session, teacher, a_matrix(a_cell(count=3)), seed=1, now=now).items) == 3


def test_variants_hold_every_question_once(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("101", "102"))
    first, second = orders_of(session, quiz, "101"), orders_of(session, quiz, "102")
    assert sorted(position for position, _ in first) == [1, 2, 3, 4, 5, 6, 7]
    assert first != second


def test_a_code_that_exists_stays_as_it_is(session: Session, teacher: Actor, now: dt.datetime) -> None:
    quiz = a_quiz(session, teacher, codes=("101",))
    before = orders_of(session, quiz, "101")
    actions.add_variants(session, teacher, quiz.id, ["101", "102"], now=now)
    assert orders_of(session, quiz, "101") == before
    assert [variant.code for variant in quiz.variants] == ["101", "102"]


def test_a_code_can_be_taken_away(session: Session, teacher: Actor, now: dt.datetime) -> None:
    quiz = a_quiz(session, teacher, codes=("101", "102"))
    actions.remove_variant(session, teacher, quiz.id, "101", now=now)
    assert [variant.code for variant in quiz.variants] == ["102"]
    with pytest.raises(NotFound):
        actions.remove_variant(session, teacher, quiz.id, "101", now=now)


def test_a_paper_numbers_its_questions_within_each_part(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("101",))
    paper = paper_of(quiz, versions_of(session, quiz), find_variant(session, quiz.id, "101"))
    assert [one.number for one in paper] == [1, 2, 3, 4, 1, 1, 2]


def test_a_deleted_quiz_comes_back(session: Session, teacher: Actor, now: dt.datetime) -> None:
    quiz = a_quiz(session, teacher)
    actions.delete_quiz(session, teacher, quiz.id, now=now)
    with pytest.raises(NotFound):
        get_quiz(session, teacher, quiz.id)
    actions.restore_quiz(session, teacher, quiz.id, now=now)
    assert get_quiz(session, teacher, quiz.id).title == quiz.title


CHANGES: list[Callable[[Session, Actor, int, dt.datetime], object]] = [
    lambda db, actor, id, now: actions.add_variants(db, actor, id, ["109"], now=now),
    lambda db, actor, id, now: actions.remove_variant(db, actor, id, "101", now=now),
    lambda db, actor, id, now: actions.delete_quiz(db, actor, id, now=now),
]


@pytest.mark.parametrize("change", CHANGES)
def test_an_assigned_quiz_never_changes(
    session: Session, teacher: Actor, change: Callable[..., object], now: dt.datetime
) -> None:
    quiz = a_quiz(session, teacher, spare=2, codes=("101",))
    actions.freeze_quiz(session, teacher, quiz.id, now=now)
    with pytest.raises(Conflict):
        change(session, teacher, quiz.id, now)


@pytest.mark.parametrize(
    "change",
    [
        *CHANGES,
        lambda db, actor, id, now: get_quiz(db, actor, id),
        lambda db, actor, id, now: actions.freeze_quiz(db, actor, id, now=now),
        lambda db, actor, id, now: actions.restore_quiz(db, actor, id, now=now),
    ],
)
@pytest.mark.parametrize(
    ("role", "refusal"), [(None, NotSignedIn), (Role.STUDENT, Forbidden), (Role.TEACHER, Forbidden)]
)
def test_a_quiz_is_closed_to_others(
    session: Session,
    teacher: Actor,
    change: Callable[..., object],
    role: Role | None,
    refusal: type[HocLieuError],
    now: dt.datetime,
) -> None:
    quiz = a_quiz(session, teacher, spare=1, codes=("101",))
    with pytest.raises(refusal):
        change(session, an_actor(session, role) if role else STRANGER, quiz.id, now)


@pytest.mark.parametrize(("role", "refusal"), [(None, NotSignedIn), (Role.STUDENT, Forbidden)])
def test_those_who_do_not_teach_build_no_quiz(
    session: Session, role: Role | None, refusal: type[HocLieuError], now: dt.datetime
) -> None:
    with pytest.raises(refusal):
        actions.build_quiz(session, an_actor(session, role) if role else STRANGER, a_matrix(), seed=1, now=now)
