"""Who used which version of a question: told with links to those who may open the paper, counted for the rest."""

import random
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.attempts import actions, uses
from quizbank.attempts.rules import Wish
from quizbank.attempts.uses import in_use, uses_of
from quizbank.questions.actions import revise_question
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.queries import get_question
from quizbank.questions.states import QuestionState
from quizbank.quizzes.models import Quiz
from repository.errors import Forbidden, NotFound
from repository.permissions import SYSTEM, Actor, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.counting import count_queries
from tests.quizbank.attempts.builders import BROWSER, given_assignment
from tests.quizbank.classes.builders import a_class, an_assignment
from tests.quizbank.matrices.builders import a_cell
from tests.quizbank.questions.builders import a_new_question, a_question
from tests.quizbank.quizzes.builders import a_quiz

SignIn = Callable[..., tuple[FlaskClient, Actor]]


def question_in(session: Session, quiz: Quiz) -> Question:
    """The first question of a paper."""
    version = session.get_one(QuestionVersion, quiz.items[0].question_version_id)
    return get_question(session, version.question_id)


def papers_with_one_question(session: Session, teacher: Actor, how_many: int) -> tuple[Question, list[Quiz]]:
    """Papers of one cell that the bank has one question for."""
    cell = a_cell(count=1)
    quizzes = [a_quiz(session, teacher, cell)]
    question = question_in(session, quizzes[0])
    for _ in range(how_many - 1):
        quizzes.append(a_quiz(session, teacher, cell))
        quizzes[-1].items[0].question_version_id = quizzes[0].items[0].question_version_id
    session.flush()
    return question, quizzes


def test_a_paper_is_told_of_with_its_codes_and_classes(session: Session) -> None:
    given = given_assignment(session, an_actor(session, Role.TEACHER, Role.EDITOR), codes=("101", "102"))
    found = uses_of(session, given.teacher, question_in(session, given.quiz).id)
    [use] = found.quizzes
    assert (use.quiz_id, use.number, use.position, use.codes) == (given.quiz.id, 1, 1, ("101", "102"))
    assert [(one.class_id, one.class_name) for one in use.assigned] == [(given.school_class.id, "12A1")]
    [version] = found.versions
    assert (version.quizzes, version.variants, version.assignments) == (1, 2, 1)
    assert found.others == 0


def test_anothers_paper_is_counted_and_not_named(session: Session) -> None:
    given = given_assignment(session)
    found = uses_of(session, an_actor(session, Role.EDITOR), question_in(session, given.quiz).id)
    assert (found.quizzes, found.others, found.versions[0].quizzes) == ((), 1, 1)


def test_an_administrator_opens_every_paper_but_learns_no_class_of_another(session: Session) -> None:
    given = given_assignment(session)
    found = uses_of(session, an_actor(session, Role.ADMINISTRATOR), question_in(session, given.quiz).id)
    assert [use.quiz_id for use in found.quizzes] == [given.quiz.id]
    assert [(one.class_id, one.class_name) for one in found.quizzes[0].assigned] == [(None, "")]


def test_sittings_and_practices_are_counted_apart(session: Session) -> None:
    given = given_assignment(session)
    actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
    for seed in range(2):
        wish = Wish("toan", count=40)
        actions.start_practice(session, BROWSER, wish, chance=random.Random(seed), now=MOMENT)
    [version] = uses_of(session, SYSTEM, question_in(session, given.quiz).id).versions
    assert (version.sittings, version.practices) == (1, 2)


def test_no_more_sittings_are_counted_than_is_quick(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uses, "MOST_COUNTED", 2)
    question = a_question(session)
    for seed, is_cut in enumerate((False, True, True)):
        actions.start_practice(session, BROWSER, Wish("toan", count=1), chance=random.Random(seed), now=MOMENT)
        found = uses_of(session, SYSTEM, question.id)
        assert (found.versions[0].practices, found.is_cut) == (min(seed + 1, 2), is_cut)


def test_every_version_tells_of_its_own_papers(session: Session) -> None:
    editor = an_actor(session, Role.EDITOR)
    question = question_in(session, a_quiz(session, editor, a_cell(count=1)))
    revise_question(session, editor, question.id, a_new_question(), now=MOMENT)
    found = uses_of(session, editor, question.id)
    assert [(one.number, one.quizzes) for one in found.versions] == [(2, 0), (1, 1)]


def test_a_paper_thrown_away_is_no_use(session: Session) -> None:
    editor = an_actor(session, Role.EDITOR)
    quiz = a_quiz(session, editor, a_cell(count=1))
    question = question_in(session, quiz)
    assert in_use(session, question.id).quizzes == 1
    quiz.deleted_at = MOMENT
    session.flush()
    found = uses_of(session, editor, question.id)
    assert (found.quizzes, found.others, found.versions[0].quizzes, in_use(session, question.id).quizzes) == (
        (),
        0,
        0,
        0,
    )


def test_papers_come_page_by_page_each_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uses, "PAGE_SIZE", 3)
    teacher = an_actor(session, Role.EDITOR)
    question, quizzes = papers_with_one_question(session, teacher, 7)
    seen: list[int] = []
    after = None
    for _ in range(4):
        page = uses_of(session, teacher, question.id, after=after)
        seen += [use.quiz_id for use in page.quizzes]
        after = page.after
        if after is None:
            break
    assert seen == [quiz.id for quiz in reversed(quizzes)]


def test_uses_are_for_the_maker_and_those_who_prepare_content(session: Session) -> None:
    maker, other = an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER)
    public, draft = a_question(session, by=maker), a_question(session, by=maker, state=QuestionState.DRAFT)
    assert uses_of(session, maker, public.id).versions[0].number == 1
    with pytest.raises(Forbidden):
        uses_of(session, other, public.id)
    with pytest.raises(NotFound):
        uses_of(session, other, draft.id)


def test_an_editor_is_warned_before_changing_what_papers_have(sign_in: SignIn, session: Session) -> None:
    given = given_assignment(session)
    question, unused = question_in(session, given.quiz).id, a_question(session).id
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    page = client.get(f"/questions/{question}/edit").get_data(as_text=True)
    assert "Đang dùng trong 1 đề" in page and "1 đề trong số đó đã giao cho lớp." in page
    assert "Đang dùng" not in client.get(f"/questions/{unused}/edit").get_data(as_text=True)
    assert "Đang dùng trong 1 đề; 1 đề đã giao." in client.get(f"/questions/{question}").get_data(as_text=True)


def test_the_warning_counts_a_paper_of_two_classes_once(session: Session) -> None:
    given = given_assignment(session)
    an_assignment(session, given.teacher, a_class(session, given.teacher), given.quiz)
    found = in_use(session, question_in(session, given.quiz).id)
    assert (found.quizzes, found.assigned) == (1, 1)


def test_the_page_asks_few_questions_however_many_papers(sign_in: SignIn, session: Session, services: Services) -> None:
    session.commit()
    client, editor = sign_in(Role.EDITOR)
    question, _ = papers_with_one_question(session, editor, 9)
    address = f"/questions/{question.id}/uses"
    session.commit()
    with count_queries(services.engine) as queries:
        page = client.get(address).get_data(as_text=True)
    assert page.count('class="row-link"') == 9
    assert len(queries) <= 12, queries


def test_programs_learn_the_same(sign_in: SignIn, session: Session) -> None:
    session.commit()
    client, editor = sign_in(Role.EDITOR)
    question, quizzes = papers_with_one_question(session, editor, 2)
    session.commit()
    found = client.get(f"/api/questions/{question.id}/uses").get_json()
    assert [use["quiz_id"] for use in found["quizzes"]] == [quizzes[1].id, quizzes[0].id]
    assert (found["versions"][0]["quizzes"], found["others"], found["next"], found["is_cut"]) == (2, 0, None, False)
