"""Saving, checking, submitting: nothing is lost, nothing is changed twice, and of two windows one wins."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.attempts import actions
from quizbank.attempts.models import Attempt, AttemptAnswer, AttemptResult
from quizbank.attempts.queries import find_answer, get_sitting
from quizbank.attempts.rules import GRACE, AttemptClosed, StaleAnswer
from repository.db import writing
from repository.errors import Forbidden, HocLieuError, Invalid, NotFound
from repository.permissions import STRANGER, Actor, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.quizbank.attempts.builders import BROWSER, LATER, a_practice, given_assignment

END = MOMENT + dt.timedelta(minutes=45)


def save(session: Session, attempt: Attempt, response: str, based_on: int, *, actor: Actor = BROWSER) -> AttemptAnswer:
    return actions.save_answer(session, actor, attempt.token, 1, response, based_on=based_on, now=LATER)


def shown_key(session: Session, attempt: Attempt, position: int = 1, actor: Actor = BROWSER) -> str:
    item = get_sitting(session, actor, attempt.token).items[position - 1]
    return "ABCD"[item.item.option_order.index(item.version.content.key)]


def test_answers_are_only_added(session: Session) -> None:
    attempt = a_practice(session)
    for revision, response in enumerate("ABA"):
        assert save(session, attempt, response, revision).revision == revision + 1
    assert len(session.scalars(select(AttemptAnswer)).all()) == 3


def test_an_old_window_does_not_win_and_learns_what_stands(session: Session) -> None:
    attempt = a_practice(session)
    save(session, attempt, "A", 0)
    with pytest.raises(StaleAnswer) as refusal:
        save(session, attempt, "B", 0)
    assert refusal.value.facts["response"] == "A" and refusal.value.facts["revision"] == 1


def test_the_same_answer_again_adds_nothing(session: Session) -> None:
    attempt = a_practice(session)
    first = save(session, attempt, "A", 0)
    assert save(session, attempt, "A", 0).revision == first.revision == 1


def test_nothing_over_nothing_is_nothing(session: Session) -> None:
    assert save(session, a_practice(session), "", 0).revision == 0


def test_an_answer_can_be_taken_back(session: Session) -> None:
    attempt = a_practice(session)
    save(session, attempt, "A", 0)
    assert save(session, attempt, "", 1).response == ""
    assert get_sitting(session, BROWSER, attempt.token).unanswered == [1, 2, 3]


def test_a_letter_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(Invalid):
        save(session, a_practice(session), "E", 0)


def test_a_question_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(NotFound):
        actions.save_answer(session, BROWSER, a_practice(session).token, 9, "A", based_on=0, now=LATER)


def test_of_two_windows_at_the_same_moment_one_wins(session: Session, services: Services) -> None:
    attempt = a_practice(session)
    session.commit()
    barrier, outcomes = Barrier(2), []

    def window(response: str) -> None:
        with services.sessions() as own:
            barrier.wait(10)
            try:
                save(writing(own), attempt, response, 0)
                own.commit()
                outcomes.append("won")
            except StaleAnswer:
                own.rollback()
                outcomes.append("lost")

    windows = [Thread(target=window, args=(letter,)) for letter in "AB"]
    for one in windows:
        one.start()
    for one in windows:
        one.join(30)
    assert sorted(outcomes) == ["lost", "won"]
    assert len(session.scalars(select(AttemptAnswer)).all()) == 1


def test_a_race_that_only_the_key_sees_is_lost_politely(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where both windows have read before either writes, the primary key decides."""
    attempt = a_practice(session)
    save(session, attempt, "A", 0)
    session.expunge_all()
    readings: list[AttemptAnswer | None] = [None]

    def blind_at_first(*where: Any) -> AttemptAnswer | None:
        return readings.pop() if readings else find_answer(*where)

    monkeypatch.setattr("quizbank.attempts.actions.answering.find_answer", blind_at_first)
    with pytest.raises(StaleAnswer) as refusal:
        save(session, attempt, "B", 0)
    assert refusal.value.facts["response"] == "A"


def test_a_checked_question_is_final(session: Session) -> None:
    attempt = a_practice(session)
    save(session, attempt, shown_key(session, attempt), 0)
    result = actions.check_answer(session, BROWSER, attempt.token, 1, now=LATER)
    assert result.fraction == 1
    assert actions.check_answer(session, BROWSER, attempt.token, 1, now=LATER) is result
    with pytest.raises(AttemptClosed):
        save(session, attempt, "A", 1)


def test_an_unanswered_question_can_be_checked_and_earns_nothing(session: Session) -> None:
    attempt = a_practice(session)
    assert actions.check_answer(session, BROWSER, attempt.token, 2, now=LATER).fraction == 0
    assert attempt.submitted_at is None


def test_practice_ends_with_its_last_question(session: Session) -> None:
    attempt = a_practice(session, count=2)
    save(session, attempt, shown_key(session, attempt), 0)
    for position in (1, 2):
        actions.check_answer(session, BROWSER, attempt.token, position, now=LATER)
    assert attempt.submitted_at == LATER
    assert attempt.marks == 1 and attempt.max_marks == 2


def test_only_a_question_of_the_sitting_can_be_checked(session: Session) -> None:
    with pytest.raises(NotFound):
        actions.check_answer(session, BROWSER, a_practice(session).token, 9, now=LATER)


def test_an_assigned_question_can_not_be_checked(session: Session) -> None:
    given = given_assignment(session)
    attempt = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
    with pytest.raises(Forbidden):
        actions.check_answer(session, given.student, attempt.token, 1, now=LATER)


def test_submitting_grades_every_question_with_its_own_marks(session: Session) -> None:
    given = given_assignment(session)
    attempt = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
    key = shown_key(session, attempt, actor=given.student)
    save(session, attempt, key, 0, actor=given.student)
    actions.submit_attempt(session, given.student, attempt.token, now=LATER)
    assert attempt.marks == Decimal("0.25") and attempt.max_marks == Decimal(3)
    assert len(session.scalars(select(AttemptResult)).all()) == 7


def test_submitting_twice_is_submitting_once(session: Session) -> None:
    attempt = a_practice(session)
    actions.submit_attempt(session, BROWSER, attempt.token, now=LATER)
    actions.submit_attempt(session, BROWSER, attempt.token, now=LATER + GRACE)
    assert attempt.submitted_at == LATER
    assert len(session.scalars(select(AttemptResult)).all()) == 3


def test_nothing_is_saved_after_submission(session: Session) -> None:
    attempt = a_practice(session)
    actions.submit_attempt(session, BROWSER, attempt.token, now=LATER)
    with pytest.raises(AttemptClosed):
        save(session, attempt, "A", 0)


def test_nothing_is_saved_after_the_deadline_and_its_grace(session: Session) -> None:
    given = given_assignment(session)
    attempt = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)

    def save_at(now: dt.datetime, response: str, based_on: int) -> AttemptAnswer:
        return actions.save_answer(session, given.student, attempt.token, 1, response, based_on=based_on, now=now)

    assert save_at(END + GRACE, "A", 0).revision == 1
    with pytest.raises(AttemptClosed):
        save_at(END + GRACE + dt.timedelta(seconds=1), "B", 1)


def test_a_late_submission_counts_as_of_the_deadline(session: Session) -> None:
    given = given_assignment(session)
    attempt = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
    actions.submit_attempt(session, given.student, attempt.token, now=END + dt.timedelta(hours=3))
    assert attempt.submitted_at == END


def test_closing_waits_for_the_deadline_and_happens_once(session: Session) -> None:
    given = given_assignment(session)
    attempt = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
    assert not actions.close_overdue(session, attempt.id, now=END)
    assert actions.close_overdue(session, attempt.id, now=END + GRACE * 2)
    assert not actions.close_overdue(session, attempt.id, now=END + GRACE * 2)
    assert attempt.submitted_at == END
    assert not actions.close_overdue(session, 999_999, now=END)


def test_a_teacher_who_closes_early_ends_every_sitting(session: Session) -> None:
    given = given_assignment(session)
    attempt = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
    actions.end_assignment(session, given.teacher, given.assignment.id, now=LATER)
    with pytest.raises(AttemptClosed):
        late = LATER + GRACE + dt.timedelta(seconds=1)
        actions.save_answer(session, given.student, attempt.token, 1, "A", based_on=0, now=late)
    actions.close_overdue(session, attempt.id, now=LATER + GRACE * 2)
    assert attempt.submitted_at == LATER


def test_a_student_may_not_close_an_assignment(session: Session) -> None:
    given = given_assignment(session)
    with pytest.raises(Forbidden):
        actions.end_assignment(session, given.student, given.assignment.id, now=LATER)


def test_anothers_sitting_does_not_exist(session: Session) -> None:
    attempt = a_practice(session, an_actor(session, Role.STUDENT))
    strangers = (STRANGER, BROWSER, an_actor(session, Role.STUDENT), an_actor(session, Role.ADMINISTRATOR))
    doings: list[Callable[[Actor], object]] = [
        lambda actor: save(session, attempt, "A", 0, actor=actor),
        lambda actor: actions.check_answer(session, actor, attempt.token, 1, now=LATER),
        lambda actor: actions.submit_attempt(session, actor, attempt.token, now=LATER),
        lambda actor: get_sitting(session, actor, attempt.token),
    ]
    for actor in strangers:
        for do in doings:
            with pytest.raises(HocLieuError) as refusal:
                do(actor)
            assert refusal.value.status == 404


def test_another_browser_is_another_stranger(session: Session) -> None:
    attempt = a_practice(session)
    with pytest.raises(NotFound):
        save(session, attempt, "A", 0, actor=Actor(browser_key="another browser"))
