"""Many questions moved to another organisation: records say so, nothing else changes, and all of it comes back."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.questions.bulk import BulkChange, BulkState
from quizbank.questions.bulk_editing import begin_applying, begin_undoing, plan_bulk_edit, start_bulk_edit
from quizbank.questions.bulk_jobs import WORK, work_now_or_later
from quizbank.questions.bulk_models import BulkEdit, BulkEditItem
from quizbank.questions.descriptions import KIND, read_records
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.queries import list_history
from quizbank.questions.shelf_reading import Keeper
from quizbank.questions.states import QuestionState
from repository.accounts.actions import add_organisation
from repository.accounts.models import Organisation, OrganisationKind, RoleGrant
from repository.audit import AuditEntry
from repository.errors import Forbidden
from repository.jobs import Job, Worker
from repository.permissions import SYSTEM, Actor, Role
from repository.publishing.actions import DELIVER, publish_records
from repository.publishing.models import Record, RecordEvent
from repository.search.models import SearchChange
from repository.services import Services
from tests.builders import MOMENT, an_actor, post
from tests.conftest import NOW, SignIn
from tests.quizbank.questions.builders import a_question
from tests.quizbank.questions.test_shelf_reading import facet


@pytest.fixture
def editor(session: Session) -> Actor:
    return an_actor(session, Role.EDITOR)


@pytest.fixture
def offices(session: Session) -> list[Organisation]:
    return [
        add_organisation(session, SYSTEM, kind=OrganisationKind.DEPARTMENT, name=name, code=code, now=MOMENT)
        for name, code in (("Sở Bắc Hà", "so-bac-ha"), ("Sở Nam Hà", "so-nam-ha"))
    ]


def owned(session: Session, office: Organisation | None, **more: Any) -> Question:
    question = a_question(session, **more)
    question.organisation_id = office.id if office else None
    session.flush()
    if question.published_version_id:
        publish_records(session, SYSTEM, KIND, read_records(session, [question.id]), now=MOMENT)
    return question


def planned(session: Session, actor: Actor, ids: list[int], code: str) -> BulkEdit:
    edit = start_bulk_edit(session, actor, {"ids": ids}, now=MOMENT)
    return plan_bulk_edit(session, actor, edit.id, BulkChange({}, organisation=code))


def applied(session: Session, actor: Actor, ids: list[int], code: str) -> BulkEdit:
    edit = planned(session, actor, ids, code)
    begin_applying(session, actor, edit.id, edit.plan_number, now=NOW)
    work_now_or_later(session, actor, edit, now=NOW)
    return edit


def undo(session: Session, actor: Actor, edit: BulkEdit) -> None:
    begin_undoing(session, actor, edit.id, now=NOW)
    work_now_or_later(session, actor, edit, now=NOW)


def fates(session: Session, edit: BulkEdit, *, of_undo: bool = False) -> list[str]:
    column = BulkEditItem.undo_outcome if of_undo else BulkEditItem.outcome
    query = select(column).where(BulkEditItem.bulk_edit_id == edit.id).order_by(BulkEditItem.question_id)
    return [str(outcome) for outcome in session.scalars(query)]


def owners(session: Session) -> list[int | None]:
    session.expire_all()
    return list(session.scalars(select(Question.organisation_id).order_by(Question.id)))


def publishers(session: Session) -> list[Any]:
    return [record.dublin_core["publisher"] for record in session.scalars(select(Record).order_by(Record.thing_id))]


def test_every_state_is_moved_without_a_new_version_and_records_say_so(
    session: Session, editor: Actor, offices: list[Organisation]
) -> None:
    north, south = offices
    states = (QuestionState.PUBLISHED, QuestionState.DRAFT, QuestionState.IN_REVIEW, QuestionState.WITHDRAWN)
    questions = [owned(session, north, state=state) for state in states]
    there = owned(session, south)
    before, versions = publishers(session), session.scalar(select(func.count()).select_from(QuestionVersion))
    edit = applied(session, editor, [one.id for one in (*questions, there)], "so-nam-ha")
    assert fates(session, edit) == ["changed"] * 4 + ["same"]
    assert owners(session) == [south.id] * 5
    assert [session.get_one(Question, one.id).state for one in questions] == list(states)
    assert session.scalar(select(func.count()).select_from(QuestionVersion)) == versions
    assert edit.summary == [{"field": "organisation", "old": "Sở Bắc Hà", "new": "Sở Nam Hà", "count": 4}]
    assert publishers(session) == [["Sở Nam Hà"]] * 2 != before
    undo(session, editor, edit)
    assert owners(session) == [north.id] * 4 + [south.id] and publishers(session) == before


def test_platforms_index_history_and_audit_are_told(
    session: Session, editor: Actor, offices: list[Organisation]
) -> None:
    public, draft = owned(session, offices[0]), owned(session, offices[0], state=QuestionState.DRAFT)
    events = session.scalar(select(func.max(RecordEvent.seq))) or 0
    edit = applied(session, editor, [public.id, draft.id], "so-nam-ha")
    told = session.scalars(select(RecordEvent.event).where(RecordEvent.seq > events)).all()
    assert [str(event) for event in told] == ["update"]
    assert session.scalars(select(Job).filter_by(kind=DELIVER)).first() is not None
    assert session.scalars(select(SearchChange.thing_id).filter_by(kind=KIND)).all() == [public.id]
    line = list_history(session, draft.id)[0].row
    assert (line.event, line.comment, line.actor_id) == ("bulk-edited", f"#{edit.id}", editor.person_id)
    audited = select(AuditEntry.actor_id).where(AuditEntry.thing_kind == "bulk edit")
    assert session.scalars(audited).all() == [editor.person_id]


def test_what_somebody_moved_since_is_left_alone(session: Session, editor: Actor, offices: list[Organisation]) -> None:
    north, south = offices
    questions = [owned(session, north) for _ in range(3)]
    edit = planned(session, editor, [one.id for one in questions], "so-nam-ha")
    session.get_one(Question, questions[0].id).organisation_id = None
    begin_applying(session, editor, edit.id, edit.plan_number, now=NOW)
    work_now_or_later(session, editor, edit, now=NOW)
    assert fates(session, edit) == ["newer", "changed", "changed"]
    session.get_one(Question, questions[1].id).organisation_id = None
    session.flush()
    undo(session, editor, edit)
    assert fates(session, edit, of_undo=True) == ["None", "newer", "restored"]
    assert owners(session) == [None, None, north.id] and south.id


def test_questions_may_be_nobodys(session: Session, editor: Actor, offices: list[Organisation]) -> None:
    question = owned(session, offices[0])
    edit = applied(session, editor, [question.id], "")
    assert owners(session) == [None] and publishers(session) == [["Bộ Giáo dục và Đào tạo"]]
    undo(session, editor, edit)
    assert owners(session) == [offices[0].id]


def test_only_editors_move_questions(session: Session, offices: list[Organisation]) -> None:
    teacher = an_actor(session, Role.TEACHER)
    own = owned(session, offices[0], by=teacher)
    with pytest.raises(Forbidden):
        planned(session, teacher, [own.id], "so-nam-ha")


@pytest.mark.parametrize("step", ["apply", "undo"])
def test_who_is_no_editor_any_more_moves_nothing(
    session: Session, services: Services, offices: list[Organisation], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    editor, question = an_actor(session, Role.EDITOR, Role.TEACHER), owned(session, offices[0])
    if step == "undo":
        edit = applied(session, editor, [question.id], "so-nam-ha")
    monkeypatch.setattr("quizbank.questions.bulk_jobs.QUICK_QUESTIONS", 0)
    if step == "undo":
        undo(session, editor, edit)
    else:
        edit = applied(session, editor, [question.id], "so-nam-ha")
    expected = owners(session)
    for grant in session.scalars(select(RoleGrant).filter_by(person_id=editor.person_id, role=Role.EDITOR)):
        session.delete(grant)
    session.commit()
    Worker(services.sessions, services.job_handlers, services).run_due((WORK,))
    assert owners(session) == expected
    assert fates(session, edit, of_undo=step == "undo") == ["not-allowed"]
    now_teacher = Actor(editor.person_id, editor.name, frozenset({Role.TEACHER}))
    with pytest.raises(Forbidden):
        planned(session, now_teacher, [question.id], "so-nam-ha")


def test_the_worker_moves_many_and_the_list_follows(
    session: Session, services: Services, editor: Actor, offices: list[Organisation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizbank.questions.bulk_jobs.QUICK_QUESTIONS", 1)
    monkeypatch.setattr("quizbank.questions.bulk_jobs.BATCH", 2)
    keeper, ids = Keeper(services.engine), [owned(session, offices[0]).id for _ in range(5)]
    session.commit()
    assert facet(keeper.current(), "organisation") == [str(offices[0].id)] * 5
    edit = applied(session, editor, ids, "so-nam-ha")
    session.commit()
    Worker(services.sessions, services.job_handlers, services).run_due((WORK,))
    session.expire_all()
    assert edit.state == BulkState.DONE and owners(session) == [offices[1].id] * 5
    assert facet(keeper.current(), "organisation") == [str(offices[1].id)] * 5


def test_an_editor_moves_questions_on_the_page(sign_in: SignIn, session: Session, offices: list[Organisation]) -> None:
    session.commit()
    client: FlaskClient = sign_in(Role.EDITOR)[0]
    question = owned(session, offices[0])
    session.commit()
    address = post(client, "/questions/bulk-edits", {"id": question.id}).headers["Location"]
    page = client.get(address).text
    assert "Hoặc chuyển đơn vị" in page and '<option value="so-nam-ha">Sở Nam Hà</option>' in page
    wrong = post(client, address, {"step": "move", "organisation": "so-khong-co"})
    assert wrong.status_code == 422 and "Không có đơn vị nào mang mã này." in wrong.text and "so-khong-co" in wrong.text
    post(client, address, {"step": "move", "organisation": "so-nam-ha"})
    page = client.get(address).text
    assert "<del>Sở Bắc Hà</del> → <ins>Sở Nam Hà</ins>" in page and "Không câu nào có bản mới" in page
    post(client, f"{address}/apply", {"plan": "1"})
    session.rollback()
    assert owners(session) == [offices[1].id]
    assert "Chuyển đơn vị" in client.get("/questions/bulk-edits").text
    post(client, f"{address}/undo")
    session.rollback()
    assert owners(session) == [offices[0].id]


def test_a_teacher_is_not_offered_to_move(sign_in: SignIn, session: Session, offices: list[Organisation]) -> None:
    session.commit()
    client, teacher = sign_in(Role.TEACHER)
    question = owned(session, offices[0], by=teacher)
    session.commit()
    address = post(client, "/questions/bulk-edits", {"id": question.id}).headers["Location"]
    assert "chuyển đơn vị" not in client.get(address).text
    assert post(client, address, {"step": "move", "organisation": "so-nam-ha"}).status_code == 403
