"""Making questions of a template: numbers, duplicates, families; stopped at any moment nothing is lost or doubled."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from quizbank.item_templates import generating
from quizbank.item_templates.actions import order_clones, revise_template
from quizbank.item_templates.descriptions import draft_of_version, template_of
from quizbank.item_templates.jobs import GENERATE, make_clones, schedule_clones
from quizbank.item_templates.models import KeptTemplate, TemplateClone, TemplateGeneration
from quizbank.item_templates.queries import find_origin, get_version, list_clones
from quizbank.item_templates.rules import ItemTemplate, TemplatePart
from quizbank.item_templates.trying import clone_of, drawer_of, try_out
from quizbank.questions.models import Question, QuestionHistory, QuestionVersion
from quizbank.questions.rules import QuestionType
from repository.accounts.models import RoleGrant
from repository.errors import Invalid
from repository.jobs import Job, JobContext, Worker
from repository.permissions import SYSTEM, Actor, Role
from repository.services import Services
from tests.builders import an_actor
from tests.quizbank.item_templates.builders import a_draft, a_sum, a_template
from tests.quizbank.questions.builders import a_question

NOW = dt.datetime(2026, 11, 20, 2, 30, tzinfo=dt.UTC)


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


def ordered(session: Session, actor: Actor, template: KeptTemplate, count: int, first: int | None = None) -> int:
    """An order for the worker, committed; returns its id."""
    generation = order_clones(session, actor, template.id, count, first=first, now=NOW)
    schedule_clones(session, actor, generation, now=NOW)
    session.commit()
    return generation.id


def run_jobs(services: Services) -> None:
    Worker(services.sessions, services.job_handlers, services).run_due((GENERATE,))


def made(session: Session, services: Services, actor: Actor, template: KeptTemplate, *order: Any) -> TemplateGeneration:
    """An order and what became of it."""
    generation_id = ordered(session, actor, template, *order)
    run_jobs(services)
    session.expire_all()
    return session.get_one(TemplateGeneration, generation_id)


def counts(one: TemplateGeneration) -> tuple[int, int, int, int]:
    return one.made_count, one.known_count, one.duplicate_count, one.unlucky_count


def numbers_of(session: Session, template: KeptTemplate) -> list[int]:
    return [row.clone.number for row in list_clones(session, SYSTEM, template.id, limit=1_000)[0]]


def test_clones_are_drafts_of_one_family_and_lead_back(session: Session, services: Services, teacher: Actor) -> None:
    template = a_template(session, teacher, name="Cộng")
    done = made(session, services, teacher, template, 3)
    rows, _ = list_clones(session, SYSTEM, template.id)
    assert (done.finished_at is not None, counts(done)) == (True, (3, 0, 0, 0))
    for row in rows:
        assert (row.question.state, row.question.created_by_id) == ("draft", teacher.person_id)
        assert (row.question.family_id, row.template_version) == (template.id, 1)
        assert (row.version.source_file, row.version.source_place) == ("Cộng", f"clone {row.clone.number}")
        content = clone_of(a_version(session, template), row.clone.number).content
        assert content is not None and row.version.stem == content.stem
    events = session.scalars(select(QuestionHistory.event)).all()
    assert events == ["generated"] * 3


def families_of(session: Session) -> list[int | None]:
    return list(session.scalars(select(Question.family_id).order_by(Question.id)))


def test_clones_that_may_meet_are_no_family_but_lead_back(session: Session, services: Services, teacher: Actor) -> None:
    template = a_template(session, teacher, may_meet=True)
    made(session, services, teacher, template, 3)
    assert families_of(session) == [None] * 3
    [first, *_] = list_clones(session, SYSTEM, template.id)[0]
    origin = find_origin(session, teacher, first.question.id)
    assert origin is not None and (origin.template_id, origin.number) == (template.id, first.clone.number)


def test_a_new_version_says_of_older_clones_too_whether_they_may_meet(
    session: Session, services: Services, teacher: Actor, now: dt.datetime
) -> None:
    template, other = a_template(session, teacher), a_template(session, teacher)
    made(session, services, teacher, template, 2)
    made(session, services, teacher, other, 1)
    draft = draft_of_version(get_version(session, template))
    revise_template(session, teacher, template.id, replace(draft, may_meet=True), now=now)
    assert families_of(session) == [None, None, other.id]
    revise_template(session, teacher, template.id, draft, now=now)
    assert families_of(session) == [template.id, template.id, other.id]


def a_version(session: Session, template: KeptTemplate) -> ItemTemplate:
    return template_of(get_version(session, template))


def test_orders_go_on_behind_the_last_number(session: Session, services: Services, teacher: Actor) -> None:
    template = a_template(session, teacher)
    made(session, services, teacher, template, 3)
    assert made(session, services, teacher, template, 2).first_number > 3 - 1
    numbers = numbers_of(session, template)
    assert len(numbers) == len(set(numbers)) == 5


def test_the_same_numbers_are_made_once(session: Session, services: Services, teacher: Actor) -> None:
    template = a_template(session, teacher)
    first = made(session, services, teacher, template, 4, 10)
    again = made(session, services, teacher, template, 6, 10)
    assert counts(first)[0] + counts(first)[2] == 4
    assert again.known_count == first.made_count and again.next_number == 16
    assert set(numbers_of(session, template)) <= set(range(10, 16))


def test_an_order_of_certain_numbers_looks_at_all_of_them(
    session: Session, services: Services, teacher: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generating, "MOST_IN_VAIN", 5)
    template = a_template(session, teacher, a_sum("a = integer(1, 2)\nb = 1"))
    first = made(session, services, teacher, template, 30, 1)
    again = made(session, services, teacher, template, 30, 1)
    assert (first.next_number, first.made_count, first.duplicate_count) == (31, 2, 28)
    assert (again.next_number, again.made_count, again.known_count) == (31, 0, 2)


def test_a_small_template_ends_when_it_has_no_other_question(
    session: Session, services: Services, teacher: Actor
) -> None:
    template = a_template(session, teacher, a_sum("a = integer(1, 3)\nb = 1"))
    done = made(session, services, teacher, template, 10)
    assert done.finished_at is not None
    assert (done.made_count, done.unlucky_count) == (3, 0)
    assert done.duplicate_count == done.next_number - 1 - 3 >= generating.MOST_IN_VAIN


def test_options_in_another_order_make_no_other_question(
    session: Session, services: Services, teacher: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generating, "BATCH", 3)
    few = ItemTemplate(
        QuestionType.SINGLE_CHOICE,
        "Số nào là ${@ a @}$?",
        "a = pick([1, 5])",
        key=TemplatePart(value="a"),
        parts=tuple(TemplatePart(value=value) for value in ("a + 1", "a + 2", "a + 3")),
    )
    template = a_template(session, teacher, few)
    done = made(session, services, teacher, template, 5)
    assert (done.made_count, done.finished_at is not None) == (2, True)
    assert try_out(a_draft(few), 1, 1).different == 2


def test_what_the_bank_asks_already_is_passed_over(session: Session, services: Services, teacher: Actor) -> None:
    template = a_template(session, teacher, a_sum("a = integer(1, 2)\nb = 1"))
    content = clone_of(a_version(session, template), 1).content
    assert content is not None
    a_question(session, content, grade=6)
    done = made(session, services, teacher, template, 2)
    assert (done.made_count, 1 in numbers_of(session, template)) == (1, False)


def test_unlucky_numbers_are_counted_and_passed_over(session: Session, services: Services, teacher: Actor) -> None:
    tight = a_sum("a = integer(1, 5000)\nb = 1\nrequire a % 1000 == 0\nrequire a != 5000")
    template = a_template(session, teacher, tight)
    done = made(session, services, teacher, template, 3, 1)
    assert done.made_count + done.unlucky_count + done.duplicate_count == 3


def test_room_bounds_all_orders_together(session: Session, services: Services, teacher: Actor) -> None:
    template = a_template(session, teacher, room=4)
    assert made(session, services, teacher, template, 3).made_count == 3
    last = made(session, services, teacher, template, 3)
    assert (last.made_count, last.finished_at is not None) == (1, True)
    assert made(session, services, teacher, template, 3).made_count == 0


def test_a_new_version_makes_new_numbers_and_leaves_old_clones(
    session: Session, services: Services, teacher: Actor
) -> None:
    template = a_template(session, teacher)
    made(session, services, teacher, template, 2)
    before = session.execute(select(QuestionVersion.id, QuestionVersion.stem)).all()
    revise_template(session, teacher, template.id, a_draft(), now=NOW)
    made(session, services, teacher, template, 2)
    after = session.execute(select(QuestionVersion.id, QuestionVersion.stem)).all()
    assert after[:2] == before and len(after) == 4
    assert [row.template_version for row in list_clones(session, SYSTEM, template.id)[0]] == [1, 1, 2, 2]


def test_who_may_no_longer_write_questions_makes_no_more(session: Session, services: Services, teacher: Actor) -> None:
    template = a_template(session, teacher)
    generation_id = ordered(session, teacher, template, 3)
    for grant in session.scalars(select(RoleGrant).filter_by(person_id=teacher.person_id)):
        session.delete(grant)
    session.commit()
    run_jobs(services)
    session.expire_all()
    done = session.get_one(TemplateGeneration, generation_id)
    assert (done.finished_at is not None, done.made_count) == (True, 0)


def test_two_orders_at_once_make_every_number_once(session: Session, services: Services, teacher: Actor) -> None:
    """What one has stored since the other looked is seen; the unique key settles the rest."""
    template = a_template(session, teacher)
    ids = [ordered(session, teacher, template, 5, 1), ordered(session, teacher, template, 5, 1)]
    run_jobs(services)
    session.expire_all()
    done = [session.get_one(TemplateGeneration, id_) for id_ in ids]
    assert done[0].made_count == done[1].known_count
    numbers = numbers_of(session, template)
    assert len(numbers) == len(set(numbers)) == done[0].made_count


def test_an_order_ends_after_many_numbers(
    session: Session, services: Services, teacher: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generating, "MOST_NUMBERS", 100)
    template = a_template(session, teacher, a_sum("a = integer(1, 2)\nb = 1"))
    done = made(session, services, teacher, template, 500, 1)
    assert (done.made_count, done.next_number, done.finished_at is not None) == (2, 101, True)


def test_nobody_orders_a_fourth_time_before_one_is_done(session: Session, services: Services, teacher: Actor) -> None:
    template = a_template(session, teacher)
    for _ in range(3):
        ordered(session, teacher, template, 1)
    with pytest.raises(Invalid) as refused:
        ordered(session, teacher, template, 1)
    assert set(refused.value.facts["fields"]) == {"count"}
    ordered(session, SYSTEM, template, 1)
    run_jobs(services)
    ordered(session, teacher, template, 1)


def test_unsound_questions_are_not_made(session: Session) -> None:
    draw = drawer_of(a_sum(stem="{@ 'Tính' if a > 50 else '' @}", explanation="{@ a @}"))
    drawn = [content for number in range(1, 60) if (content := draw(number))]
    assert 0 < len(drawn) < 59
    assert {content.stem for content in drawn} == {"Tính"}


def test_drafts_of_others_are_not_shown(session: Session, services: Services, teacher: Actor) -> None:
    template = a_template(session, teacher)
    made(session, services, teacher, template, 2)
    other = an_actor(session, Role.TEACHER)
    assert len(list_clones(session, teacher, template.id)[0]) == 2
    assert list_clones(session, other, template.id)[0] == []
    question = session.scalars(select(Question).order_by(Question.id)).first()
    assert question is not None
    question.published_version_id = question.current_version_id
    session.flush()
    assert [row.question.id for row in list_clones(session, other, template.id)[0]] == [question.id]


class Killed(BaseException):
    """The process is gone: nothing after this runs."""


def test_killed_at_any_statement_it_goes_on_without_loss_or_doubles(
    session: Session, services: Services, teacher: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generating, "BATCH", 2)
    statements_left = [0]

    def count_down(*_arguments: Any) -> None:
        statements_left[0] -= 1
        if statements_left[0] == 0:
            raise Killed

    kills = 0
    while True:
        template = a_template(session, teacher)
        generation_id = ordered(session, teacher, template, 4)
        job = session.scalars(select(Job.id).order_by(Job.id.desc())).first()
        session.rollback()
        context = JobContext(job or 0, services, services.sessions, lambda: NOW)
        statements_left[0] = 1 + kills
        event.listen(services.engine, "before_cursor_execute", count_down)
        try:
            with services.sessions() as own:
                make_clones(own, {"generation_id": generation_id}, context)
            was_killed = False
        except Killed:
            was_killed = True
        finally:
            event.remove(services.engine, "before_cursor_execute", count_down)
        with services.sessions() as own:
            make_clones(own, {"generation_id": generation_id}, context)
        check_whole(session, template, generation_id)
        if not was_killed:
            break
        kills += 3
    assert kills > 30


def check_whole(session: Session, template: KeptTemplate, generation_id: int) -> None:
    session.expire_all()
    done = session.get_one(TemplateGeneration, generation_id)
    numbers = numbers_of(session, template)
    family = session.scalars(select(Question.id).filter_by(family_id=template.id)).all()
    clones = session.scalars(select(TemplateClone.question_id).filter_by(template_id=template.id)).all()
    assert done.finished_at is not None
    assert done.made_count == len(numbers) == len(set(numbers)) == 4
    assert sorted(family) == sorted(clones)
    session.rollback()
