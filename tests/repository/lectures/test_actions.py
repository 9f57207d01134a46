import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from repository.audit import AuditEntry
from repository.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from repository.jobs import Job
from repository.lectures import actions, queries
from repository.lectures.models import Lecture, LectureHistory
from repository.lectures.receiving import ReceivedFile, receive_file
from repository.lectures.rules import LectureMetadata, LectureState
from repository.permissions import STRANGER, Actor, Role
from repository.search.models import SearchChange
from repository.services import Services
from tests.builders import an_actor
from tests.conftest import NOW
from tests.repository.files.builders import a_scorm_package, a_video
from tests.repository.lectures.builders import TOPIC, a_lecture

METADATA = LectureMetadata(
    title="Nguyên hàm",
    subject="toan",
    abstract="Diện tích $\\int f$ <script>alert(1)</script>",
    grades=(12,),
    topics=(TOPIC,),
    authors=("Lê An",),
)
LINK = replace(METADATA, link_url="https://vidu.example/bai")


@pytest.fixture
def editor(session: Session) -> Actor:
    return an_actor(session, Role.EDITOR)


@pytest.fixture
def reviewer(session: Session) -> Actor:
    return an_actor(session, Role.REVIEWER)


def receive(services: Services, actor: Actor, path: Path) -> ReceivedFile:
    with path.open("rb") as stream:
        return receive_file(actor, stream, path.name, store=services.store, limit_bytes=10**8)


def upload_link(session: Session, services: Services, actor: Actor, new: LectureMetadata = LINK) -> Lecture:
    return actions.upload_lecture(session, actor, new, None, store=services.store, now=NOW)


def events_of(session: Session, lecture: Lecture) -> list[str]:
    query = select(LectureHistory.event).filter_by(lecture_id=lecture.id).order_by(LectureHistory.id)
    return [str(event) for event in session.scalars(query)]


def test_an_upload_becomes_a_draft(session: Session, services: Services, editor: Actor, tmp_path: Path) -> None:
    received = receive(services, editor, a_scorm_package(tmp_path / "a.zip"))
    lecture = actions.upload_lecture(session, editor, METADATA, received, store=services.store, now=NOW)
    version = queries.get_version(session, lecture.current_version_id)
    assert (lecture.state, lecture.published_version_id, version.number) == ("draft", None, 1)
    assert (version.kind, version.standard, version.entry_path) == ("scorm", "SCORM 1.2", "bai/mot.html")
    assert services.store.has(version.file_sha256)


def test_the_abstract_is_cleaned_when_stored(session: Session, services: Services, editor: Actor) -> None:
    version = queries.get_version(session, upload_link(session, services, editor).current_version_id)
    assert "<script" not in version.abstract_html
    assert "<math" in version.abstract_html


def test_duration_comes_from_the_recording(session: Session, services: Services, editor: Actor, tmp_path: Path) -> None:
    received = receive(services, editor, a_video(tmp_path / "a.mp4", 150))
    lecture = actions.upload_lecture(session, editor, METADATA, received, store=services.store, now=NOW)
    assert queries.get_version(session, lecture.current_version_id).duration_minutes == 3


def test_an_upload_has_the_worker_read_the_file(session: Session, services: Services, editor: Actor) -> None:
    lecture = upload_link(session, services, editor)
    assert session.scalars(select(Job.payload).filter_by(kind=actions.PROCESS)).all() == [
        {"version_id": lecture.current_version_id}
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 301),
        ("subject", "khong-co"),
        ("grades", (13,)),
        ("topics", ("toan.l12.khong-co.gi",)),
        ("authors", ("",)),
        ("licence", "cua-toi"),
        ("language", "tieng viet"),
        ("duration_minutes", 0),
        ("year", 999),
        ("link_url", "javascript:alert(1)"),
        ("link_url", "https://a:b@vidu.example/"),
        ("link_url", ""),
    ],
)
def test_unsound_metadata_is_refused_at_its_field(
    session: Session, services: Services, editor: Actor, field: str, value: Any
) -> None:
    with pytest.raises(Invalid) as caught:
        upload_link(session, services, editor, replace(LINK, **{field: value}))
    assert list(caught.value.facts["fields"]) == [field]


def test_a_lecture_goes_from_draft_to_published(
    session: Session, services: Services, editor: Actor, reviewer: Actor
) -> None:
    lecture = upload_link(session, services, editor)
    actions.submit_lecture(session, editor, lecture.id, "Xin thẩm định", now=NOW)
    assert lecture.state == LectureState.IN_REVIEW
    actions.approve_lecture(session, reviewer, lecture.id, "Tốt", now=NOW, version_number=1)
    assert (lecture.state, lecture.published_version_id) == ("published", lecture.current_version_id)
    assert events_of(session, lecture) == ["uploaded", "submitted", "approved"]
    changes = session.execute(select(SearchChange.kind, SearchChange.thing_id)).all()
    assert changes == [("lecture", lecture.id)]


def test_a_returned_lecture_is_a_draft_again(
    session: Session, services: Services, editor: Actor, reviewer: Actor
) -> None:
    lecture = upload_link(session, services, editor)
    actions.submit_lecture(session, editor, lecture.id, now=NOW)
    actions.return_lecture(session, reviewer, lecture.id, "Thiếu tác giả", now=NOW)
    assert lecture.state == LectureState.DRAFT
    assert queries.list_history(session, lecture.id)[0].row.comment == "Thiếu tác giả"


def test_a_published_version_stays_visible_while_a_newer_one_is_in_the_works(
    session: Session, services: Services, editor: Actor
) -> None:
    lecture = a_lecture(session, title="Cũ", created_by_id=editor.person_id)
    published = lecture.published_version_id
    actions.revise_lecture(session, editor, lecture.id, LINK, store=services.store, now=NOW)
    assert (lecture.state, lecture.published_version_id) == ("draft", published)
    assert [card.title for card in queries.list_published(session).cards] == ["Cũ"]


def test_a_revision_keeps_the_file_and_what_was_read_from_it(
    session: Session, services: Services, editor: Actor, tmp_path: Path
) -> None:
    received = receive(services, editor, a_scorm_package(tmp_path / "a.zip", more={"setup.exe": "MZ"}))
    lecture = actions.upload_lecture(session, editor, METADATA, received, store=services.store, now=NOW)
    first = queries.get_version(session, lecture.current_version_id)
    first.text, first.processed_at = "Parabol", NOW
    actions.revise_lecture(session, editor, lecture.id, replace(METADATA, title="Mới"), store=services.store, now=NOW)
    second = queries.get_version(session, lecture.current_version_id)
    assert (second.number, second.title, second.file_sha256, second.text) == (2, "Mới", first.file_sha256, "Parabol")
    assert [row.code for row in queries.warnings_of(session, second.id)] == ["executable"]


def test_a_stale_editor_is_told(session: Session, services: Services, editor: Actor) -> None:
    lecture = upload_link(session, services, editor)
    actions.revise_lecture(session, editor, lecture.id, LINK, store=services.store, now=NOW, based_on=1)
    with pytest.raises(Conflict):
        actions.revise_lecture(session, editor, lecture.id, LINK, store=services.store, now=NOW, based_on=1)


def test_what_is_in_review_can_not_be_changed(session: Session, services: Services, editor: Actor) -> None:
    lecture = upload_link(session, services, editor)
    actions.submit_lecture(session, editor, lecture.id, now=NOW)
    with pytest.raises(Conflict):
        actions.revise_lecture(session, editor, lecture.id, LINK, store=services.store, now=NOW)


def test_a_withdrawn_lecture_is_hidden_and_may_come_back(
    session: Session, services: Services, editor: Actor, reviewer: Actor
) -> None:
    lecture = a_lecture(session, created_by_id=editor.person_id)
    actions.withdraw_lecture(session, reviewer, lecture.id, "Sai kiến thức", now=NOW)
    assert (lecture.state, lecture.published_version_id, lecture.withdrawn_at) == ("withdrawn", None, NOW)
    assert queries.list_published(session).cards == ()
    actions.revise_lecture(session, editor, lecture.id, LINK, store=services.store, now=NOW)
    actions.submit_lecture(session, editor, lecture.id, now=NOW)
    actions.approve_lecture(session, reviewer, lecture.id, now=NOW)
    assert (lecture.state, lecture.withdrawn_at) == ("published", None)


def test_withdrawing_the_published_version_leaves_the_draft(
    session: Session, services: Services, editor: Actor, reviewer: Actor
) -> None:
    lecture = a_lecture(session, created_by_id=editor.person_id)
    actions.revise_lecture(session, editor, lecture.id, LINK, store=services.store, now=NOW)
    actions.withdraw_lecture(session, reviewer, lecture.id, "Sai", now=NOW)
    assert (lecture.state, lecture.published_version_id) == ("draft", None)


Step = Callable[[Session, Actor, int], object]
STEPS: dict[str, tuple[LectureState, Step]] = {
    "submit": (LectureState.DRAFT, lambda s, a, i: actions.submit_lecture(s, a, i, now=NOW)),
    "return": (LectureState.IN_REVIEW, lambda s, a, i: actions.return_lecture(s, a, i, "Sửa", now=NOW)),
    "approve": (LectureState.IN_REVIEW, lambda s, a, i: actions.approve_lecture(s, a, i, now=NOW)),
    "withdraw": (LectureState.PUBLISHED, lambda s, a, i: actions.withdraw_lecture(s, a, i, "Sai", now=NOW)),
    "comment": (LectureState.DRAFT, lambda s, a, i: actions.comment_lecture(s, a, i, "Hay", now=NOW)),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_stranger_takes_no_step(session: Session, name: str) -> None:
    state, step = STEPS[name]
    with pytest.raises(NotSignedIn):
        step(session, STRANGER, a_lecture(session, state=state).id)


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER])
def test_somebody_elses_draft_does_not_exist_for_a_teacher(session: Session, name: str, role: Role) -> None:
    state, step = STEPS[name]
    other = an_actor(session, role)
    with pytest.raises(Forbidden if state is LectureState.PUBLISHED else NotFound):
        step(session, other, a_lecture(session, state=state).id)


@pytest.mark.parametrize("name", ["approve", "return", "withdraw"])
def test_an_editor_does_not_review(session: Session, editor: Actor, name: str) -> None:
    state, step = STEPS[name]
    with pytest.raises(Forbidden):
        step(session, editor, a_lecture(session, state=state).id)


def test_nobody_approves_their_own(session: Session, reviewer: Actor) -> None:
    lecture = a_lecture(session, state=LectureState.IN_REVIEW, created_by_id=reviewer.person_id)
    with pytest.raises(Forbidden):
        actions.approve_lecture(session, reviewer, lecture.id, now=NOW)


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", LectureState)
def test_a_step_out_of_turn_is_a_conflict(session: Session, name: str, state: LectureState) -> None:
    right, step = STEPS[name]
    actor = an_actor(session, Role.ADMINISTRATOR)
    lecture = a_lecture(session, state=state)
    if state is right or name == "comment":
        step(session, actor, lecture.id)
    else:
        with pytest.raises(Conflict):
            step(session, actor, lecture.id)


def test_another_version_than_the_one_looked_at_is_not_approved(session: Session, reviewer: Actor) -> None:
    lecture = a_lecture(session, state=LectureState.IN_REVIEW)
    with pytest.raises(Conflict):
        actions.approve_lecture(session, reviewer, lecture.id, now=NOW, version_number=7)


@pytest.mark.parametrize("name", ["return", "withdraw", "comment"])
def test_a_reason_must_be_given(session: Session, name: str) -> None:
    actor, lecture = an_actor(session, Role.ADMINISTRATOR), a_lecture(session, state=STEPS[name][0])
    step = {"return": actions.return_lecture, "withdraw": actions.withdraw_lecture, "comment": actions.comment_lecture}
    with pytest.raises(Invalid):
        step[name](session, actor, lecture.id, "  ", now=NOW)


@pytest.mark.parametrize("role", [None, Role.STUDENT, Role.REVIEWER])
def test_not_everybody_uploads(session: Session, services: Services, role: Role | None) -> None:
    actor = an_actor(session, role) if role else STRANGER
    with pytest.raises((NotSignedIn, Forbidden)):
        upload_link(session, services, actor)
    with pytest.raises((NotSignedIn, Forbidden)):
        receive_file(actor, io.BytesIO(b"x"), "a", store=services.store, limit_bytes=9)
    assert not list(services.store.root.glob("*/*/*"))


def test_a_teacher_edits_their_own_and_nobody_elses(session: Session, services: Services) -> None:
    teacher, other = an_actor(session, Role.TEACHER), an_actor(session, Role.TEACHER)
    lecture = upload_link(session, services, teacher)
    actions.revise_lecture(session, teacher, lecture.id, LINK, store=services.store, now=NOW)
    with pytest.raises(NotFound):
        actions.revise_lecture(session, other, lecture.id, LINK, store=services.store, now=NOW)


def test_every_change_is_in_the_audit_trail(session: Session, services: Services, editor: Actor) -> None:
    lecture = upload_link(session, services, editor)
    actions.submit_lecture(session, editor, lecture.id, now=NOW)
    trail = session.scalars(select(AuditEntry).filter_by(thing_kind="lecture", thing_id=lecture.id)).all()
    assert [(entry.action, entry.actor_id) for entry in trail] == [
        ("uploaded lecture", editor.person_id),
        ("submitted lecture", editor.person_id),
    ]
