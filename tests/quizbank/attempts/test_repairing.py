"""Repairing a key: looked at first, marked again by a job, with the old marks kept."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.attempts import actions, remarking
from quizbank.attempts.actions import repairing
from quizbank.attempts.actions.repairing import Wish
from quizbank.attempts.descriptions import views_of
from quizbank.attempts.models import AttemptResult
from quizbank.attempts.queries import get_sitting
from quizbank.attempts.remarking import list_changes, preview_repair
from quizbank.attempts.standings import get_standings
from quizbank.attempts.statistics import figures_of_questions
from quizbank.questions.actions import revise_question
from quizbank.questions.cards import shown_response
from quizbank.questions.key_repair_models import KeyRepair
from quizbank.questions.rules import QuestionType
from repository.errors import Invalid
from repository.permissions import Role
from repository.services import Services
from tests.builders import an_actor
from tests.quizbank.attempts.builders import LATER, given_assignment
from tests.quizbank.attempts.repairs import (
    AFTER,
    a_lone_practice,
    a_practised,
    item_of,
    join,
    order_of,
    remarks,
    repair,
    repair_in_bank,
    sat,
    work,
)
from tests.quizbank.questions.builders import a_choice, a_new_question


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
    assert figures_of_questions(session)[item_of(session, given)[1].question_id].answers == 0
    standings = get_standings(session, given.teacher, given.assignment.id)
    assert standings.questions[0].count == 0 and standings.questions[0].facility is None


def test_another_version_gives_its_key(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = sat(session, given, "D")
    version = item_of(session, given)[1]
    new = a_new_question(a_choice("Lời dẫn của bản 2?", key="D"), topic=version.topic, level=version.level)
    editor = an_actor(session, Role.EDITOR)
    revise_question(session, editor, version.question_id, new, now=LATER)
    subject = repairing.bank_subject(session, editor, version.question_id, 1)
    actions.repair_key(session, editor, subject, Wish("version", 2), "Bản 2 đúng.", now=AFTER)
    work(session, services)
    assert attempt.marks == item_of(session, given)[0].marks
    views = views_of(get_sitting(session, given.student, attempt.token), AFTER + dt.timedelta(days=365))
    [shown] = [one.card for one in views if one.question_id == version.question_id]
    key = shown_response(QuestionType(version.type), "D", order_of(session, given, attempt))
    assert (shown.stem_html, shown.key) == (version.stem_html, key)


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
