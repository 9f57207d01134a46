"""Beginning to practise, and beginning what a teacher has assigned."""

import datetime as dt
import random
from collections import Counter
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.attempts import actions
from quizbank.attempts.models import Attempt, AttemptItem
from quizbank.attempts.queries import get_sitting
from quizbank.attempts.rules import Wish
from quizbank.attempts.selection import choose_versions, places_to_practise, subjects_to_practise
from quizbank.questions.states import QuestionState
from repository.db import writing
from repository.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from repository.jobs import Job, Worker
from repository.permissions import STRANGER, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.quizbank.attempts.builders import BROWSER, LATER, a_practice, given_assignment
from tests.quizbank.questions.builders import a_choice, a_question

TOPIC = "toan.l12.dai-so-giai-tich.nguyen-ham-tich-phan"
CHANCE = random.Random(5)


def practise(session: Session, wish: Wish) -> Attempt:
    return actions.start_practice(session, BROWSER, wish, chance=random.Random(1), now=MOMENT)


def test_only_published_questions_are_practised(session: Session) -> None:
    a_question(session, state=QuestionState.DRAFT)
    with pytest.raises(NotFound):
        practise(session, Wish("toan"))


def test_fewer_questions_than_wished_are_told_by_the_marks(session: Session) -> None:
    for _ in range(3):
        a_question(session)
    assert practise(session, Wish("toan", count=10)).max_marks == 3


def test_practice_keeps_to_grade_topic_and_level(session: Session) -> None:
    wanted = a_question(session, topic=TOPIC, level="hieu", grade=12)
    a_question(session, topic=TOPIC, level="biet", grade=12)
    a_question(session, topic=None, level="hieu", grade=11)
    for wish in (Wish("toan", topic=TOPIC, level="hieu"), Wish("toan", grade=12, level="hieu")):
        attempt = practise(session, wish)
        items = session.scalars(select(AttemptItem).where(AttemptItem.attempt_id == attempt.id)).all()
        assert [item.question_version_id for item in items] == [wanted.published_version_id]


def test_a_strand_holds_its_topics(session: Session) -> None:
    a_question(session, topic=TOPIC)
    assert practise(session, Wish("toan", topic="toan.l12.dai-so-giai-tich")).max_marks == 1
    with pytest.raises(NotFound):
        practise(session, Wish("toan", topic="toan.l12.dai-so"))


def test_a_subject_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(NotFound):
        practise(session, Wish("ma-thuat"))


def test_no_number_of_questions_is_refused(session: Session) -> None:
    with pytest.raises(Invalid):
        practise(session, Wish("toan", count=0))


def test_options_are_shuffled_so_that_their_order_betrays_nothing(session: Session) -> None:
    attempt = a_practice(session, count=40)
    orders = session.scalars(select(AttemptItem.option_order).where(AttemptItem.attempt_id == attempt.id)).all()
    places = Counter(order.index("B") for order in orders)
    assert len(places) == 4


def test_questions_of_one_passage_stand_together(session: Session) -> None:
    for number in range(6):
        a_question(session, passage="Đoạn văn chung." if number % 2 else "")
    sitting = get_sitting(session, BROWSER, practise(session, Wish("toan")).token)
    places = [one.item.position for one in sitting.items if one.version.passage_version_id]
    assert places == list(range(places[0], places[0] + 3))


def test_a_stranger_without_a_browser_key_can_not_own_a_practice(session: Session) -> None:
    a_question(session)
    with pytest.raises(NotSignedIn):
        actions.start_practice(session, STRANGER, Wish("toan"), chance=CHANCE, now=MOMENT)


def test_a_bank_full_of_drafts_still_gives_what_is_published(session: Session) -> None:
    for number in range(40):
        a_question(session, state=QuestionState.PUBLISHED if number % 10 == 0 else QuestionState.DRAFT)
    assert len(choose_versions(session, Wish("toan", count=4), random.Random(1))) == 4
    assert len(choose_versions(session, Wish("toan", count=10), random.Random(1))) == 4


def test_every_lot_draws_other_questions(session: Session) -> None:
    for _ in range(30):
        a_question(session)
    drawn = [choose_versions(session, Wish("toan", count=8), random.Random(seed)) for seed in range(6)]
    assert all(len(set(one)) == 8 for one in drawn)
    assert len({tuple(sorted(one)) for one in drawn}) == 6


def test_the_choice_is_the_same_under_the_same_chance(session: Session) -> None:
    for _ in range(10):
        a_question(session)
    wish = Wish("toan", count=4)
    assert choose_versions(session, wish, random.Random(2)) == choose_versions(session, wish, random.Random(2))


def test_what_there_is_to_practise_is_counted(session: Session) -> None:
    a_question(session, topic=TOPIC)
    a_question(session, topic=None, grade=None)
    assert subjects_to_practise(session) == {"toan": 2}
    assert sum(one.count for one in places_to_practise(session, "toan")) == 2


def test_two_windows_that_start_get_the_same_sitting(session: Session) -> None:
    given = given_assignment(session)
    first = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
    assert actions.start_assigned(session, given.student, given.assignment.id, now=LATER) is first


def test_two_windows_that_start_at_once_get_one_sitting(session: Session, services: Services) -> None:
    given = given_assignment(session)
    session.commit()
    barrier, tokens = Barrier(2), []

    def window() -> None:
        with services.sessions() as own:
            barrier.wait(10)
            attempt = actions.start_assigned(writing(own), given.student, given.assignment.id, now=MOMENT)
            tokens.append(attempt.token)
            own.commit()

    windows = [Thread(target=window) for _ in range(2)]
    for one in windows:
        one.start()
    for one in windows:
        one.join(30)
    assert len(tokens) == 2 and len(set(tokens)) == 1


def test_a_student_sits_one_of_the_variants(session: Session) -> None:
    given = given_assignment(session, codes=("101", "102", "103"))
    attempt = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
    assert attempt.variant_id in {variant.id for variant in given.quiz.variants}
    assert len(get_sitting(session, given.student, attempt.token).items) == 7


def test_the_deadline_is_the_first_of_duration_and_closing(session: Session) -> None:
    closes_at = MOMENT + dt.timedelta(minutes=20)
    given = given_assignment(session, closes_at=closes_at)
    attempt = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
    assert attempt.deadline_at == closes_at


def test_no_more_attempts_than_allowed(session: Session) -> None:
    given = given_assignment(session, allowed=2)
    for number in (1, 2):
        attempt = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
        assert attempt.number == number
        actions.submit_attempt(session, given.student, attempt.token, now=LATER)
    with pytest.raises(Conflict):
        actions.start_assigned(session, given.student, given.assignment.id, now=LATER)


@pytest.mark.parametrize("days", [-1, 101])
def test_nothing_starts_before_opening_or_after_closing(session: Session, days: int) -> None:
    given = given_assignment(session)
    with pytest.raises(Conflict):
        actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT + dt.timedelta(days=days))


def test_the_teacher_does_not_sit_and_others_find_nothing(session: Session) -> None:
    given = given_assignment(session)
    with pytest.raises(Forbidden):
        actions.start_assigned(session, given.teacher, given.assignment.id, now=MOMENT)
    with pytest.raises(NotFound):
        actions.start_assigned(session, an_actor(session, Role.STUDENT), given.assignment.id, now=MOMENT)
    with pytest.raises(NotSignedIn):
        actions.start_assigned(session, STRANGER, given.assignment.id, now=MOMENT)


def test_the_worker_closes_a_sitting_that_ran_out_of_time(session: Session, services: Services) -> None:
    given = given_assignment(session)
    attempt = actions.start_assigned(session, given.student, given.assignment.id, now=MOMENT)
    session.commit()
    much_later = MOMENT + dt.timedelta(hours=2)
    worker = Worker(services.sessions, services.job_handlers, services, clock=lambda: much_later)
    assert worker.run_due(("attempts.close",)) == 1
    session.expire_all()
    assert session.get_one(Attempt, attempt.id).submitted_at == attempt.deadline_at
    assert session.scalars(select(Job.state).where(Job.kind == "attempts.close")).all() == ["done"]


def test_a_choice_of_other_content_has_its_own_order(session: Session) -> None:
    a_question(session, a_choice(keeps_order=True))
    sitting = get_sitting(session, BROWSER, practise(session, Wish("toan")).token)
    assert sitting.items[0].item.option_order == "ABCD"
