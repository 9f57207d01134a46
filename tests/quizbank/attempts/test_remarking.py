"""Marking again survives stops, races and repetition; what was repaired is told, recorded and taken back."""

import random
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.attempts import actions, remarking
from quizbank.attempts.actions import repairing
from quizbank.attempts.actions.repairing import Subject, Wish
from quizbank.attempts.descriptions import views_of
from quizbank.attempts.models import AttemptResult
from quizbank.attempts.progress import get_progress
from quizbank.attempts.queries import get_sitting
from quizbank.attempts.remarking import preview_repair
from quizbank.attempts.repair_models import AttemptRemark
from quizbank.attempts.rules import Wish as Practice
from quizbank.attempts.rulings import settle_totals
from quizbank.attempts.standings import get_standings
from quizbank.attempts.statistics import figures_of_questions
from quizbank.questions.cards import shown_response
from quizbank.questions.key_repair_models import KeyRepair
from quizbank.questions.models import Question
from quizbank.questions.rules import QuestionType
from repository.audit import AuditEntry
from repository.db import writing
from repository.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from repository.jobs import Job, JobContext
from repository.permissions import STRANGER, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.conftest import NOW
from tests.quizbank.attempts.builders import BROWSER, LATER, a_practice, given_assignment
from tests.quizbank.attempts.repairs import (
    AFTER,
    a_practised,
    answer,
    context_of,
    item_of,
    join,
    order_of,
    remarks,
    repair,
    repair_in_bank,
    sat,
    work,
)
from tests.quizbank.questions.builders import a_choice, a_question


def test_sending_the_form_twice_repairs_once(session: Session) -> None:
    given = given_assignment(session)
    assert repair(session, given).id == repair(session, given).id
    assert repair(session, given, "D").id != repair(session, given, "C").id


def test_running_the_job_twice_changes_nothing(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "C")
    made = repair(session, given)
    work(session, services)
    marks, counted = attempt.marks, made.gain_count
    made.finished_at, made.reached_id = None, 0
    session.commit()
    with services.sessions() as again:
        remarking.remark_attempts(again, {"repair_id": made.id}, context_of(services))
        again.commit()
    session.expire_all()
    assert attempt.marks == marks and len(remarks(session)) == 1 and made.gain_count == counted


class Killed(Exception):
    pass


@pytest.mark.parametrize("at", ["before a commit", "after a commit"])
def test_a_killed_job_goes_on_and_counts_nobody_twice(
    session: Session, services: Services, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    monkeypatch.setattr(remarking, "BATCH", 2)
    question, attempts = a_practised(session, 5)
    made = repair_in_bank(session, question.id)
    session.commit()
    batches: list[int] = []

    def settle(db: Session, changed: Any) -> None:
        settle_totals(db, changed)
        batches.append(1)
        if at == "before a commit" and len(batches) == 2:
            raise Killed

    def progress(*_: Any) -> None:
        if at == "after a commit" and len(batches) == 2:
            raise Killed

    monkeypatch.setattr("quizbank.attempts.remarking.settle_totals", settle)
    context = context_of(services)
    monkeypatch.setattr(JobContext, "progress", progress)
    with services.sessions() as killed, pytest.raises(Killed):
        remarking.remark_attempts(killed, {"repair_id": made.id}, context)
    session.expire_all()
    assert made.finished_at is None and made.gain_count == (2 if at == "before a commit" else 4)
    session.rollback()
    work(session, services)
    assert [one.marks for one in attempts] == [1] * 5 and remarks(session) == [(1, Decimal(1))] * 5
    assert made.gain_count == 5 and made.finished_at is not None


def test_who_submits_while_the_job_runs_is_marked_by_the_new_key(
    session: Session, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = given_assignment(session)
    late = an_actor(session, Role.STUDENT)
    join(session, given, late)
    sat(session, given, "C")
    attempt = actions.start_assigned(session, late, given.assignment.id, now=MOMENT)
    answer(session, late, attempt, item_of(session, given)[1].id, "C")
    made = repair(session, given)
    session.commit()

    def submit_meanwhile(*_: Any) -> None:
        with services.sessions() as theirs:
            actions.submit_attempt(writing(theirs), late, attempt.token, now=LATER)
            theirs.commit()

    monkeypatch.setattr(JobContext, "progress", submit_meanwhile)
    with services.sessions() as db:
        remarking.remark_attempts(db, {"repair_id": made.id}, context_of(services))
        db.commit()
    session.expire_all()
    assert attempt.marks == item_of(session, given)[0].marks and len(remarks(session)) == 2


def test_a_submission_on_its_way_when_the_key_is_repaired_is_not_missed(session: Session, services: Services) -> None:
    """The submission has read the old ruling and not committed yet when repair and job begin."""
    given = given_assignment(session)
    attempt = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
    answer(session, given.student, attempt, item_of(session, given)[1].id, "C")
    session.commit()
    writing(session)
    actions.submit_attempt(session, given.student, attempt.token, now=LATER)
    session.flush()

    def repair_and_mark() -> None:
        with services.sessions() as theirs:
            made = repair(writing(theirs), given)
            theirs.commit()
            remarking.remark_attempts(theirs, {"repair_id": made.id}, context_of(services))
            theirs.commit()

    other = Thread(target=repair_and_mark)
    other.start()
    other.join(0.5)
    session.commit()
    other.join(20)
    session.expire_all()
    assert not other.is_alive() and attempt.marks == item_of(session, given)[0].marks


def test_two_equal_forms_sent_at_once_repair_once(session: Session, services: Services) -> None:
    given = given_assignment(session)
    session.commit()
    start = Barrier(2)

    def send() -> None:
        with services.sessions() as theirs:
            start.wait()
            repair(writing(theirs), given)
            theirs.commit()

    senders = [Thread(target=send) for _ in range(2)]
    for one in senders:
        one.start()
    for one in senders:
        one.join(20)
    assert len(session.scalars(select(KeyRepair)).all()) == 1


def test_later_attempts_are_marked_by_the_repaired_key(session: Session) -> None:
    given = given_assignment(session, allowed=2)
    repair(session, given)
    assert sat(session, given, "C").marks == item_of(session, given)[0].marks
    assert sat(session, given, "B").marks == 0
    assert [one.marks for one in session.scalars(select(AttemptResult)) if one.marks] == [
        item_of(session, given)[0].marks
    ]


def test_practice_that_goes_on_follows_the_repair_at_every_check(session: Session, services: Services) -> None:
    attempt = a_practice(session, count=2)
    first, second = get_sitting(session, BROWSER, attempt.token).items
    answer(session, BROWSER, attempt, first.version.id, "C")
    actions.check_answer(session, BROWSER, attempt.token, 1, now=LATER)
    repair_in_bank(session, first.version.question_id)
    repair_in_bank(session, second.version.question_id, treatment="all-right")
    work(session, services)
    assert attempt.marks is None and get_sitting(session, BROWSER, attempt.token).marks == 1
    actions.check_answer(session, BROWSER, attempt.token, 2, now=LATER)
    assert attempt.marks == 2


def test_undoing_brings_the_old_marks_back_and_keeps_everything(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "C")
    made = repair(session, given)
    work(session, services)
    undoing = actions.undo_repair(session, given.teacher, made.id, "Nhầm đề.", now=AFTER)
    work(session, services)
    worth = item_of(session, given)[0].marks
    assert attempt.marks == 0 and remarks(session) == [(1, worth), (2, 0)]
    causes = session.scalars(select(AttemptRemark.repair_id).order_by(AttemptRemark.number)).all()
    assert causes == [made.id, undoing.id]
    assert undoing.loss_count == 1 and len(session.scalars(select(KeyRepair)).all()) == 2


def test_undoing_the_later_of_two_brings_the_earlier_back(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "C")
    repair(session, given, "C")
    later = repair(session, given, "D")
    work(session, services)
    assert attempt.marks == 0
    looked_at = repairing.undoing_repair(session, given.teacher, later.id, now=AFTER)
    assert preview_repair(session, given.teacher, looked_at).tally.gains == 1
    actions.undo_repair(session, given.teacher, later.id, "Nhầm.", now=AFTER)
    work(session, services)
    assert attempt.marks == item_of(session, given)[0].marks


def test_nothing_is_undone_twice(session: Session) -> None:
    given = given_assignment(session)
    made = repair(session, given)
    undoing = actions.undo_repair(session, given.teacher, made.id, "Nhầm.", now=AFTER)
    for id in (made.id, undoing.id):
        with pytest.raises(Conflict):
            actions.undo_repair(session, given.teacher, id, "Nhầm.", now=AFTER)


def test_who_sat_is_told_what_changed_and_why(session: Session, services: Services) -> None:
    given = given_assignment(session, review_after="submit")
    attempt = sat(session, given, "C")
    repair(session, given)
    work(session, services)
    views = views_of(get_sitting(session, given.student, attempt.token), NOW)
    [told] = [view for view in views if view.note]
    assert told.note and told.note.reason == "Đáp án sai." and told.note.is_finished
    assert told.note.old and told.note.new and told.note.old.marks == 0 and told.note.new.marks == told.card.marks
    assert told.card.key == shown_response(QuestionType.SINGLE_CHOICE, "C", order_of(session, given, attempt))


def test_standings_statistics_and_progress_follow(session: Session, services: Services) -> None:
    given = given_assignment(session)
    sat(session, given, "C")
    version = item_of(session, given)[1]
    assert figures_of_questions(session)[version.question_id].wrong_fraction == 1
    before = get_standings(session, given.teacher, given.assignment.id).questions[0]
    assert (before.facility, before.mistake, before.key) == (0, "C", "B")
    repair(session, given)
    work(session, services)
    after = get_standings(session, given.teacher, given.assignment.id).questions[0]
    assert (after.facility, after.mistake, after.key) == (1, "", "C")
    assert figures_of_questions(session)[version.question_id].wrong_fraction == 0
    assert session.scalar(select(Job).where(Job.kind == "attempts.count-answers", Job.run_after <= NOW))


def test_topics_that_were_weak_by_a_wrong_key_are_weak_no_more(session: Session, services: Services) -> None:
    browser = an_actor(session, Role.STUDENT)
    questions = [a_question(session, a_choice(key="B"), topic="toan.l12.ham-so") for _ in range(3)]
    attempt = actions.start_practice(session, browser, Practice("toan", count=3), chance=random.Random(1), now=MOMENT)
    for question in questions:
        answer(session, browser, attempt, question.published_version_id or 0, "C")
    actions.submit_attempt(session, browser, attempt.token, now=LATER)
    assert [line.count for line in get_progress(session, browser, now=NOW).weak_topics] == [3]
    for question in questions:
        repair_in_bank(session, question.id)
    work(session, services)
    assert get_progress(session, browser, now=NOW).weak_topics == ()


def test_a_repair_is_in_the_audit_with_its_reason(session: Session) -> None:
    given = given_assignment(session)
    made = repair(session, given)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "repair key")).one()
    assert entry.actor_id == given.teacher.person_id and entry.details["reason"] == "Đáp án sai."
    assert entry.details["repair"] == made.id and entry.details["quiz"] == given.quiz.id


@pytest.mark.parametrize(
    ("role", "refusal"), [(None, NotSignedIn), (Role.STUDENT, Forbidden), (Role.TEACHER, Forbidden)]
)
def test_strangers_repair_nothing(session: Session, role: Role | None, refusal: type[Exception]) -> None:
    given = given_assignment(session)
    stranger = an_actor(session, role) if role else STRANGER
    question_id = item_of(session, given)[1].question_id
    made = repair(session, given)
    subject = Subject(session.get_one(Question, question_id), item_of(session, given)[1], given.quiz.id)
    bank = Subject(subject.question, subject.version)
    for try_it in (
        lambda: repairing.quiz_subject(session, stranger, given.quiz.id, 1),
        lambda: repairing.bank_subject(session, stranger, question_id, None),
        lambda: actions.repair_key(session, stranger, subject, Wish("key", None, "C"), "Vì.", now=AFTER),
        lambda: actions.repair_key(session, stranger, bank, Wish("key", None, "C"), "Vì.", now=AFTER),
        lambda: actions.undo_repair(session, stranger, made.id, "Vì.", now=AFTER),
        lambda: repairing.get_repair(session, stranger, made.id),
    ):
        with pytest.raises(refusal):
            try_it()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_a_repair_needs_a_reason(session: Session, reason: str) -> None:
    given = given_assignment(session)
    subject = repairing.quiz_subject(session, given.teacher, given.quiz.id, 1)
    with pytest.raises(Invalid):
        actions.repair_key(session, given.teacher, subject, Wish("all-right"), reason, now=AFTER)


@pytest.mark.parametrize("treatment", ["", "undo", "nothing"])
def test_only_what_is_offered_can_be_ruled(session: Session, treatment: str) -> None:
    with pytest.raises(Invalid):
        repair(session, given_assignment(session), treatment=treatment)


def test_what_is_not_there_is_not_found(session: Session) -> None:
    given = given_assignment(session)
    reviewer = an_actor(session, Role.REVIEWER)
    with pytest.raises(NotFound):
        repairing.quiz_subject(session, given.teacher, given.quiz.id, 99)
    with pytest.raises(NotFound):
        repairing.bank_subject(session, reviewer, item_of(session, given)[1].question_id, 99)
    with pytest.raises(NotFound):
        repairing.get_repair(session, reviewer, 99)
