"""Repairing a key: looked at first, marked again by a job, the old marks kept, and taken back."""

import datetime as dt
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
from quizbank.attempts.models import Attempt, AttemptItem, AttemptResult
from quizbank.attempts.progress import get_progress
from quizbank.attempts.queries import get_sitting
from quizbank.attempts.remarking import REMARK_JOB, list_changes, preview_repair
from quizbank.attempts.repair_models import AttemptRemark, KeyRepair
from quizbank.attempts.rules import Mode
from quizbank.attempts.rules import Wish as Practice
from quizbank.attempts.rulings import settle_totals
from quizbank.attempts.standings import get_standings
from quizbank.attempts.statistics import figures_of_questions
from quizbank.classes.actions import join_class
from quizbank.questions.actions import revise_question
from quizbank.questions.cards import shown_response
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.models import QuizItem
from repository.audit import AuditEntry
from repository.db import writing
from repository.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from repository.jobs import Job, JobContext, Worker
from repository.permissions import STRANGER, Actor, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.conftest import NOW
from tests.quizbank.attempts.builders import BROWSER, LATER, Given, a_practice, given_assignment
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question

AFTER = LATER + dt.timedelta(days=1)


def item_of(session: Session, given: Given, position: int = 1) -> tuple[QuizItem, QuestionVersion]:
    item = session.get_one(QuizItem, (given.quiz.id, position))
    return item, session.get_one(QuestionVersion, item.question_version_id)


def sat(session: Session, given: Given, response: str, student: Actor | None = None) -> Attempt:
    """A submitted sitting whose answer to question 1 of the quiz is this canonical response."""
    student = student or given.student
    attempt = actions.start_assigned(session, student, given.assignment.id, now=MOMENT)
    answer(session, student, attempt, item_of(session, given)[1].id, response)
    return actions.submit_attempt(session, student, attempt.token, now=LATER)


def answer(session: Session, student: Actor, attempt: Attempt, version_id: int, response: str) -> int:
    """Answer the question wherever it stands in this sitting; returns its position."""
    items = get_sitting(session, student, attempt.token).items
    one = next(one for one in items if one.version.id == version_id)
    shown = shown_response(QuestionType(one.version.type), response, one.item.option_order)
    actions.save_answer(session, student, attempt.token, one.item.position, shown, based_on=0, now=LATER)
    return one.item.position


def repair(
    session: Session, given: Given, key: str = "C", *, treatment: str = "key", to: int | None = None
) -> KeyRepair:
    subject = repairing.quiz_subject(session, given.teacher, given.quiz.id, 1)
    return actions.repair_key(session, given.teacher, subject, Wish(treatment, to, key), "Đáp án sai.", now=AFTER)


def repair_in_bank(session: Session, question_id: int, key: str = "C", *, treatment: str = "key") -> KeyRepair:
    reviewer = an_actor(session, Role.REVIEWER)
    subject = repairing.bank_subject(session, reviewer, question_id, None)
    return actions.repair_key(session, reviewer, subject, Wish(treatment, None, key), "Đáp án sai.", now=AFTER)


def work(session: Session, services: Services) -> None:
    """Let the worker mark again, and read anew what it wrote."""
    session.commit()
    Worker(services.sessions, services.job_handlers, services, lambda: NOW).run_due((REMARK_JOB,))
    session.expire_all()
    writing(session)


def context_of(services: Services) -> JobContext:
    return JobContext(1, services, services.sessions, lambda: NOW)


def remarks(session: Session) -> list[tuple[int, Decimal]]:
    found = session.scalars(select(AttemptRemark).order_by(AttemptRemark.attempt_id, AttemptRemark.number))
    return [(one.number, one.marks) for one in found]


def test_marks_follow_the_repaired_key_and_the_old_result_stays(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "C")
    before = attempt.marks or Decimal(0)
    old = [(one.marks, one.graded_at) for one in session.scalars(select(AttemptResult))]
    repair(session, given)
    work(session, services)
    worth = item_of(session, given)[0].marks
    assert attempt.marks == before + worth
    assert [(one.marks, one.graded_at) for one in session.scalars(select(AttemptResult))] == old
    assert remarks(session) == [(1, worth)]


def test_who_had_it_right_by_the_wrong_key_loses(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "B")
    worth = item_of(session, given)[0].marks
    assert attempt.marks == worth
    made = repair(session, given)
    work(session, services)
    assert attempt.marks == 0 and (made.gain_count, made.loss_count, made.stay_count) == (0, 1, 0)


def test_everybody_may_be_right_even_without_an_answer(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "")
    repair(session, given, treatment="all-right")
    work(session, services)
    assert attempt.marks == item_of(session, given)[0].marks


def test_what_is_left_out_counts_neither_for_nor_against(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "B")
    worth, before = item_of(session, given)[0].marks, attempt.max_marks
    repair(session, given, treatment="left-out")
    work(session, services)
    assert attempt.marks == 0 and attempt.max_marks == before - worth
    standings = get_standings(session, given.teacher, given.assignment.id)
    assert standings.questions[0].count == 0 and standings.questions[0].facility is None


def test_another_version_gives_its_key(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "D")
    version = item_of(session, given)[1]
    new = a_new_question(a_choice(version.stem, key="D"), topic=version.topic, level=version.level)
    editor = an_actor(session, Role.EDITOR)
    revise_question(session, editor, version.question_id, new, now=LATER)
    subject = repairing.bank_subject(session, editor, version.question_id, 1)
    actions.repair_key(session, editor, subject, Wish("version", 2), "Bản 2 đúng.", now=AFTER)
    work(session, services)
    assert attempt.marks == item_of(session, given)[0].marks


def test_a_teacher_gets_no_draft_of_others_as_the_key(session: Session) -> None:
    given = given_assignment(session)
    version = item_of(session, given)[1]
    new = a_new_question(a_choice(version.stem, key="D"), topic=version.topic, level=version.level)
    revise_question(session, an_actor(session, Role.EDITOR), version.question_id, new, now=LATER)
    with pytest.raises(Invalid):
        repair(session, given, treatment="version", to=2)


def test_a_look_shows_who_gains_and_writes_nothing(session: Session) -> None:
    given = given_assignment(session)
    other = an_actor(session, Role.STUDENT)
    join(session, given, other)
    sat(session, given, "C")
    sat(session, given, "B", other)
    subject = repairing.quiz_subject(session, given.teacher, given.quiz.id, 1)
    considered = repairing.considered_repair(session, given.teacher, subject, Wish("key", None, "C"), now=AFTER)
    preview = preview_repair(session, given.teacher, considered)
    assert (preview.tally.gains, preview.tally.losses, preview.tally.stays) == (1, 1, 0)
    assert [row.name for row in preview.rows] == [given.student.name, other.name]
    assert [row.old.mark < row.new.mark for row in preview.rows] == [True, False]
    assert not session.scalars(select(KeyRepair)).all() and not remarks(session)


def join(session: Session, given: Given, student: Actor) -> None:
    join_class(session, student, given.school_class.join_code, now=MOMENT)


def test_a_look_goes_page_by_page(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remarking, "PAGE_SIZE", 2)
    question, attempts = a_practised(session, 5)
    subject = repairing.bank_subject(session, an_actor(session, Role.REVIEWER), question.id, None)
    actor = an_actor(session, Role.REVIEWER)
    considered = repairing.considered_repair(session, actor, subject, Wish("key", None, "C"), now=AFTER)
    seen: list[int] = []
    after: int | None = 0
    while after is not None and len(seen) < 10:
        preview = preview_repair(session, actor, considered, after)
        seen, after = [*seen, *(row.attempt_id for row in preview.rows)], preview.after
    assert seen == [one.id for one in attempts]


def a_practised(session: Session, count: int, response: str = "C") -> tuple[Question, list[Attempt]]:
    """Submitted practices of one question whose key is B."""
    question = a_question(session, a_choice(key="B"))
    attempts = []
    for number in range(count):
        browser = Actor(browser_key=f"browser {number}")
        attempt = actions.start_practice(
            session, browser, Practice("toan", count=1), chance=random.Random(number), now=MOMENT
        )
        answer(session, browser, attempt, question.published_version_id or 0, response)
        attempts.append(actions.submit_attempt(session, browser, attempt.token, now=LATER))
    return question, attempts


def test_names_are_for_the_teacher_of_the_class_only(session: Session) -> None:
    given = given_assignment(session)
    sat(session, given, "C")
    reviewer = an_actor(session, Role.REVIEWER)
    subject = repairing.bank_subject(session, reviewer, item_of(session, given)[1].question_id, None)
    considered = repairing.considered_repair(session, reviewer, subject, Wish("key", None, "C"), now=AFTER)
    assert [row.name for row in preview_repair(session, reviewer, considered).rows] == [""]


def test_what_the_look_foretold_comes_true(session: Session, services: Services) -> None:
    question, attempts = a_practised(session, 3)
    reviewer = an_actor(session, Role.REVIEWER)
    subject = repairing.bank_subject(session, reviewer, question.id, None)
    considered = repairing.considered_repair(session, reviewer, subject, Wish("key", None, "C"), now=AFTER)
    foretold = preview_repair(session, reviewer, considered)
    made = repair_in_bank(session, question.id)
    work(session, services)
    assert (made.gain_count, made.loss_count, made.stay_count) == (3, 0, 0) and foretold.tally.gains == 3
    assert {row.attempt_id: row.new.marks for row in foretold.rows} == {one.id: one.marks for one in attempts}
    rows, after = list_changes(session, reviewer, made)
    assert [[row.old_item.marks, row.new_item.marks] for row in rows] == [[0, 1]] * 3 and after is None


def test_a_quiz_keeps_to_itself_and_a_bank_repair_reaches_all(session: Session, services: Services) -> None:
    given = given_assignment(session)
    version = item_of(session, given)[1]
    attempt = sat(session, given, "C")
    other = a_lone_practice(session, version, "C")
    repair(session, given, "A")
    work(session, services)
    assert other.marks == 0
    repair_in_bank(session, version.question_id, "C")
    work(session, services)
    assert other.marks == 1, "practice follows the bank"
    assert attempt.marks == 0, "the quiz's own repair goes before the bank's"


def a_lone_practice(session: Session, version: QuestionVersion, response: str) -> Attempt:
    """A practice that happens to ask this question."""
    attempt = Attempt(
        token=f"practice-{version.id}", mode=Mode.PRACTICE, subject="toan", started_at=MOMENT, max_marks=1
    )
    attempt.browser_key = BROWSER.browser_key
    session.add(attempt)
    session.flush()
    session.add(
        AttemptItem(attempt_id=attempt.id, position=1, question_version_id=version.id, marks=1, option_order="ABCD")
    )
    session.flush()
    actions.save_answer(session, BROWSER, attempt.token, 1, response, based_on=0, now=LATER)
    return actions.submit_attempt(session, BROWSER, attempt.token, now=LATER)


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


def order_of(session: Session, given: Given, attempt: Attempt) -> str:
    version = item_of(session, given)[1]
    items = get_sitting(session, given.student, attempt.token).items
    return next(one.item.option_order for one in items if one.version.id == version.id)


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
