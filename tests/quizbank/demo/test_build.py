"""A library to show is built whole, through the same tables as real work, and goes on after a kill."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt, AttemptAnswer, AttemptItem, AttemptResult
from quizbank.classes.models import Assignment, ClassMember
from quizbank.demo import build
from quizbank.demo.people import ACCOUNTS, PASSWORD
from quizbank.demo.questions.library import all_templates
from quizbank.demo.stages import DemoSize, read_state
from quizbank.item_templates.actions import order_clones
from quizbank.item_templates.descriptions import draft_of_version, template_of
from quizbank.item_templates.generating import draw_next, store_drawn
from quizbank.item_templates.models import KeptTemplate, TemplateClone, TemplateVersion
from quizbank.item_templates.queries import get_version, last_clone_number, list_clones
from quizbank.item_templates.rules import fingerprint_of
from quizbank.item_templates.trying import drawer_of
from quizbank.jobs import open_services
from quizbank.questions.models import Question, QuestionVersion
from quizbank.quizzes.grading import fraction_of
from quizbank.quizzes.models import Quiz, QuizVariant
from repository.accounts.models import Person
from repository.accounts.rules import is_password
from repository.administration.deep_checks import thorough_checks
from repository.db import make_engine, writing
from repository.errors import Conflict
from repository.lectures.models import Lecture
from repository.lectures.rules import LectureKind
from repository.migrations import upgrade
from repository.permissions import SYSTEM
from repository.publishing.models import Record
from repository.services import Services
from repository.settings import Settings
from tests.builders import a_person
from tests.conftest import NOW

TINY = DemoSize("tiny", lectures=72, questions=1_100, students=16, practices=3, months=4)
OTHER = DemoSize("other", lectures=12, questions=100, students=16, practices=1, months=2)


class Killed(Exception):
    """Stands for a kill: nothing after it runs."""


def silent(what: str, done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    data_dir = tmp_path_factory.mktemp("demo")
    url = f"sqlite:///{data_dir / 'hoclieu.sqlite'}"
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
    services = open_services(Settings(data_dir=data_dir, database_url=url, secret_key="x" * 40))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "add_school_life", kill)
        with pytest.raises(Killed):
            build.build_demo(services, TINY, NOW, silent)
    assert build.build_demo(services, TINY, NOW + dt.timedelta(hours=1), silent)
    yield services
    services.engine.dispose()


@pytest.fixture
def library(built: Services) -> Iterator[Session]:
    with built.sessions() as session:
        yield session


def kill(*_: Any) -> None:
    raise Killed


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_killed_build_goes_on_without_doubling_anything(library: Session) -> None:
    assert (count(library, Question), count(library, Lecture)) == (TINY.questions, TINY.lectures)


def test_a_build_that_goes_on_keeps_the_moment_it_began(library: Session) -> None:
    assert read_state(library).began_at == NOW


def test_a_finished_library_is_left_alone(built: Services) -> None:
    assert not build.build_demo(built, TINY, NOW, silent)


def test_a_begun_library_is_not_continued_as_another(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build.Build, "add_content", kill)
    with pytest.raises(Killed):
        build.build_demo(services, OTHER, NOW, silent)
    with pytest.raises(Conflict):
        build.build_demo(services, TINY, NOW, silent)


def test_content_of_somebody_else_is_never_built_over(services: Services) -> None:
    with services.sessions() as session:
        a_person(session)
        session.commit()
    with pytest.raises(Conflict):
        build.build_demo(services, TINY, NOW, silent)


def test_the_installation_is_well(built: Services, library: Session) -> None:
    checks = thorough_checks(library, built, NOW, reads_bytes=True)
    troubles = [check.code for check in checks if not check.is_well]
    assert set(troubles) <= {"worker-late", "files-full"}


def test_a_question_is_a_clone_of_the_template_that_it_was_drawn_from(built: Services, library: Session) -> None:
    rows = library.execute(
        select(QuestionVersion.source_place, TemplateClone.template_id, TemplateClone.number, TemplateVersion)
        .join(TemplateClone, TemplateClone.question_version_id == QuestionVersion.id)
        .join(TemplateVersion, TemplateVersion.id == TemplateClone.template_version_id)
        .order_by(TemplateClone.template_id, TemplateClone.number)
    ).all()
    assert len(rows) > TINY.questions * 0.7
    assert (
        len({row.source_place for row in rows})
        == len({row.template_id for row in rows})
        == count(library, KeptTemplate)
    )
    for _, group in groupby(rows, key=lambda row: row.template_id):
        numbers = [row.number for row in group]
        assert numbers == list(range(1, len(numbers) + 1))
    by_name = {name: template.item for name, template in all_templates()}
    for name, _id, _number, version in rows[::40]:
        item = by_name[name]
        assert item and template_of(version) == item.template and fingerprint_of(item.template) == version.fingerprint


def test_only_clones_of_templates_whose_questions_ask_alike_are_families(library: Session) -> None:
    families = dict(library.execute(select(Question.id, Question.family_id)).all())
    clones = library.execute(
        select(TemplateClone, TemplateVersion.may_meet).join(
            TemplateVersion, TemplateVersion.id == TemplateClone.template_version_id
        )
    ).all()
    expected = {clone.question_id: None if may_meet else clone.template_id for clone, may_meet in clones}
    assert families == dict.fromkeys(families) | expected
    assert {may_meet for _, may_meet in clones} == {True, False}


def test_a_template_of_the_library_makes_more_questions(built: Services, library: Session) -> None:
    busiest = (
        select(TemplateClone.template_id).group_by(TemplateClone.template_id).order_by(func.count().desc()).limit(1)
    )
    template_id = library.scalars(busiest).one()
    before = last_clone_number(library, template_id)
    order = order_clones(writing(library), SYSTEM, template_id, 3, now=NOW)
    version = get_version(library, library.get_one(KeptTemplate, template_id))
    draft = draft_of_version(version)
    drawn = draw_next(drawer_of(draft.template), order)
    store_drawn(library, SYSTEM, order, version, draft, drawn, now=NOW)
    numbers = [row.clone.number for row in list_clones(library, SYSTEM, template_id, after=before)[0]]
    assert order.made_count == len(numbers) == 3 and min(numbers) > before
    library.rollback()


def test_every_published_thing_has_a_living_record(library: Session) -> None:
    questions = library.scalar(select(func.count()).where(Question.published_version_id.is_not(None)))
    lectures = library.scalar(select(func.count()).where(Lecture.published_version_id.is_not(None)))
    living = library.scalar(select(func.count()).where(Record.is_deleted.is_(False)))
    assert living == (questions or 0) + (lectures or 0)


def test_some_things_are_drafts_in_review_and_withdrawn(library: Session) -> None:
    states = set(library.scalars(select(Question.state)))
    assert states == {"draft", "in-review", "published", "withdrawn"}
    assert library.scalar(select(func.count()).where(Record.is_deleted)) or 0 > 0


def test_lectures_of_every_kind_are_there(library: Session) -> None:
    assert set(library.scalars(select(Lecture.kind))) == set(LectureKind)


def test_everybody_on_the_list_can_sign_in(library: Session) -> None:
    hashes = {row.email: row.password_hash for row in library.execute(select(Person.email, Person.password_hash))}
    assert all(is_password(PASSWORD, hashes[account.email]) for account in ACCOUNTS)


def test_nobody_has_an_address_that_could_be_real(library: Session) -> None:
    assert all(email.endswith(".example") for email in library.scalars(select(Person.email)))


def test_quizzes_have_four_codes_and_were_assigned(library: Session) -> None:
    assigned = set(library.scalars(select(Assignment.quiz_id)))
    codes = library.execute(select(QuizVariant.quiz_id, func.count()).group_by(QuizVariant.quiz_id)).all()
    assert assigned and {number for quiz, number in codes if quiz in assigned} == {4}
    assert all(library.get_one(Quiz, quiz).assigned_at for quiz in assigned)


def test_marks_are_the_sum_of_what_was_graded(library: Session) -> None:
    graded = select(func.sum(AttemptResult.marks)).where(AttemptResult.attempt_id == Attempt.id).scalar_subquery()
    rows = library.execute(select(Attempt.marks, graded)).all()
    assert rows and all(Decimal(marks or 0) == Decimal(total) for marks, total in rows)


def test_results_are_those_of_the_grading_rules(library: Session) -> None:
    place = (AttemptResult.attempt_id, AttemptResult.position)
    rows = library.execute(
        select(AttemptResult.fraction, AttemptAnswer.response, QuestionVersion)
        .join(AttemptItem, (AttemptItem.attempt_id == place[0]) & (AttemptItem.position == place[1]))
        .join(AttemptAnswer, (AttemptAnswer.attempt_id == place[0]) & (AttemptAnswer.position == place[1]))
        .join(QuestionVersion, QuestionVersion.id == AttemptItem.question_version_id)
        .limit(400)
    ).all()
    assert rows and all(fraction == fraction_of(version, response) for fraction, response, version in rows)


def test_only_members_sat_the_tests_of_a_class(library: Session) -> None:
    sat = library.execute(
        select(Attempt.person_id, Assignment.class_id).join(Assignment, Assignment.id == Attempt.assignment_id)
    )
    members = library.execute(select(ClassMember.person_id, ClassMember.class_id))
    assert {tuple(row) for row in sat} <= {tuple(row) for row in members}


def test_nobody_sat_before_a_test_opened_or_after_now(library: Session) -> None:
    rows = library.execute(
        select(Attempt.started_at, Attempt.submitted_at, Assignment.opens_at).outerjoin(
            Assignment, Assignment.id == Attempt.assignment_id
        )
    ).all()
    assert all(opens_at is None or started_at >= opens_at for started_at, _, opens_at in rows)
    assert all(submitted_at and submitted_at <= NOW for _, submitted_at, _ in rows)


def test_sittings_span_three_years(library: Session) -> None:
    first, last = library.execute(select(func.min(Attempt.started_at), func.max(Attempt.started_at))).one()
    assert last - first > dt.timedelta(days=700)
