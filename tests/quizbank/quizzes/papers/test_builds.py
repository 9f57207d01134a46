"""Bundles: who may have what, what the worker makes, and when it is gone."""

import io
from dataclasses import replace
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.quizzes.models import Quiz, QuizVariant
from quizbank.quizzes.papers.builds import (
    MOST_WAITING,
    ask_for_papers,
    file_of,
    get_build,
    list_builds,
    places_of,
    with_codes,
)
from quizbank.quizzes.papers.jobs import EXPIRE, build_papers, expire_papers
from quizbank.quizzes.papers.models import KEPT, PaperBuild
from quizbank.quizzes.papers.wishes import Form
from quizbank.quizzes.variant_actions import remove_variant
from repository.errors import Conflict, Forbidden, Invalid, NotFound
from repository.files.store import ORPHAN_AGE
from repository.jobs import Job, JobContext
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.quizbank.quizzes.builders import a_quiz
from tests.quizbank.quizzes.papers.bundles import Quiet, a_bundle, a_wish, made


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


@pytest.fixture
def quiz(session: Session, teacher: Actor) -> Quiz:
    return a_quiz(session, teacher, codes=("101", "102"))


def opened(services: Services, build: PaperBuild) -> ZipFile:
    return ZipFile(io.BytesIO(services.store.path(file_of(build, services.store, MOMENT)).read_bytes()))


def test_the_worker_makes_what_was_asked_for(session: Session, services: Services, teacher: Actor, quiz: Quiz) -> None:
    build = a_bundle(session, services, teacher, quiz.id, a_wish(Form.HTML, Form.WORD, codes=("102", "101")))
    assert build.state(MOMENT) == "ready" and build.count == build.total_count == 4
    names = ["De-102.docx", "De-101.docx", "De-102.html", "De-101.html", "DOC-TRUOC.txt"]
    assert opened(services, build).namelist() == names


def test_without_codes_all_are_meant(session: Session, services: Services, teacher: Actor, quiz: Quiz) -> None:
    build = a_bundle(session, services, teacher, quiz.id, a_wish(codes=()))
    assert build.wanted["codes"] == ["101", "102"]


def test_the_same_quiz_gives_the_same_bytes(session: Session, services: Services, teacher: Actor, quiz: Quiz) -> None:
    wish = a_wish(*Form, with_solutions=True)
    first, second = (a_bundle(session, services, teacher, quiz.id, wish) for _ in range(2))
    assert first.file_sha256 == second.file_sha256


def test_the_heading_is_what_the_teacher_says(session: Session, services: Services, teacher: Actor, quiz: Quiz) -> None:
    wish = a_wish(Form.HTML, school="Trường Sông Hồng", note="")
    said = opened(services, a_bundle(session, services, teacher, quiz.id, wish)).read("De-101.html").decode()
    assert "TRƯỜNG SÔNG HỒNG" in said and "Giám thị" not in said


def test_forms_lend_their_codes(session: Session, services: Services, teacher: Actor, quiz: Quiz) -> None:
    other = a_quiz(session, teacher, codes=("201",))
    other.form_of_id, other.form = quiz.id, 2
    session.flush()
    build = a_bundle(session, services, teacher, quiz.id, a_wish(codes=("201", "101")))
    assert opened(services, build).namelist()[:2] == ["De-201.html", "De-101.html"]


def test_missing_codes_are_made_and_others_stay(session: Session, teacher: Actor, quiz: Quiz) -> None:
    before = session.scalars(select(QuizVariant.id).order_by(QuizVariant.id)).all()
    with_codes(session, teacher, quiz.id, ("101", "103"), now=MOMENT)
    assert list(places_of(session, quiz)) == ["101", "102", "103"]
    assert session.scalars(select(QuizVariant.id).order_by(QuizVariant.id)).all()[:2] == before


def test_a_code_that_is_not_there_is_not_found(session: Session, teacher: Actor, quiz: Quiz) -> None:
    with pytest.raises(NotFound):
        ask_for_papers(session, teacher, quiz.id, a_wish(codes=("999",)), now=MOMENT)


def test_another_teacher_has_no_part_in_it(session: Session, services: Services, teacher: Actor, quiz: Quiz) -> None:
    other = an_actor(session, Role.TEACHER)
    build = a_bundle(session, services, teacher, quiz.id)
    with pytest.raises(Forbidden):
        ask_for_papers(session, other, quiz.id, a_wish(), now=MOMENT)
    with pytest.raises(Forbidden):
        with_codes(session, other, quiz.id, ("105",), now=MOMENT)
    with pytest.raises(NotFound):
        get_build(session, other, build.id)
    assert list_builds(session, other, quiz.id) == ([], None)


def test_nobody_waits_for_many(session: Session, teacher: Actor, quiz: Quiz) -> None:
    for _ in range(MOST_WAITING):
        ask_for_papers(session, teacher, quiz.id, a_wish(), now=MOMENT)
    with pytest.raises(Conflict):
        ask_for_papers(session, teacher, quiz.id, a_wish(), now=MOMENT)


def test_a_sheet_that_the_codes_do_not_fit_is_refused_at_once(session: Session, teacher: Actor, quiz: Quiz) -> None:
    with pytest.raises(Invalid):
        ask_for_papers(session, teacher, quiz.id, a_wish(Form.SHEET, code_digits=4), now=MOMENT)


def test_who_may_no_longer_see_the_quiz_gets_nothing(
    session: Session, services: Services, teacher: Actor, quiz: Quiz
) -> None:
    build = ask_for_papers(session, teacher, quiz.id, a_wish(Form.KEYS), now=MOMENT)
    quiz.created_by_id = an_actor(session, Role.TEACHER).person_id
    build = made(session, services, build)
    assert build.state(MOMENT) == "refused" and build.trouble and build.file_sha256 is None


def test_a_code_that_was_taken_away_meanwhile_is_said(
    session: Session, services: Services, teacher: Actor, quiz: Quiz
) -> None:
    build = ask_for_papers(session, teacher, quiz.id, a_wish(), now=MOMENT)
    remove_variant(session, teacher, quiz.id, "101", now=MOMENT)
    build = made(session, services, build)
    assert build.trouble is not None and build.trouble["facts"] == {"code": "101"}


def test_a_finished_bundle_is_not_made_again(session: Session, services: Services, teacher: Actor, quiz: Quiz) -> None:
    build = a_bundle(session, services, teacher, quiz.id)
    build.title = "Tên khác"
    before = build.file_sha256
    assert made(session, services, build).file_sha256 == before


def test_a_bundle_is_swept_after_a_day(session: Session, services: Services, teacher: Actor, quiz: Quiz) -> None:
    build = a_bundle(session, services, teacher, quiz.id)
    name = build.file_sha256 or ""
    job = session.scalars(select(Job).where(Job.kind == EXPIRE)).one()
    assert job.run_after == MOMENT + KEPT and build.state(MOMENT + KEPT) == "expired"
    later = replace(a_context(services), clock=lambda: MOMENT.replace(year=MOMENT.year + 50) + ORPHAN_AGE)
    expire_papers(session, job.payload, later)
    assert not services.store.has(name) and session.get_one(PaperBuild, build.id).file_sha256 is None
    with pytest.raises(NotFound):
        file_of(build, services.store, MOMENT)


def a_context(services: Services) -> JobContext:
    return Quiet(0, services, services.sessions, lambda: MOMENT)


def test_a_bundle_that_is_gone_is_left_alone(session: Session, services: Services) -> None:
    build_papers(session, {"build_id": 99}, a_context(services))
    expire_papers(session, {"build_id": 99}, a_context(services))


def test_the_list_is_paged(session: Session, teacher: Actor, quiz: Quiz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizbank.quizzes.papers.builds.PAGE_SIZE", 2)
    ids = [ask_for_papers(session, teacher, quiz.id, a_wish(), now=MOMENT).id for _ in range(3)]
    first, after = list_builds(session, teacher, quiz.id)
    rest, end = list_builds(session, teacher, quiz.id, after=after)
    assert [build.id for build in (*first, *rest)] == ids[::-1] and end is None
