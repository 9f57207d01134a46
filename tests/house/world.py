"""One of everything, each with an owner, and the visitors who knock at every door of the product."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.app import create_product
from quizbank.attempts.actions import repair_key, start_assigned
from quizbank.attempts.actions.repairing import Wish, quiz_subject
from quizbank.item_templates.actions import order_clones
from quizbank.jobs import open_services
from quizbank.questions.bulk import BulkChange
from quizbank.questions.bulk_editing import plan_bulk_edit, start_bulk_edit
from quizbank.questions.export_jobs import write_now_or_later
from quizbank.questions.export_models import QuestionExport
from quizbank.questions.exporting import ask_for_export
from quizbank.questions.queries import QuestionFilter
from quizbank.questions.states import QuestionState
from repository.accounts.actions import create_token
from repository.accounts.models import Organisation, OrganisationKind
from repository.accounts.queries import actor_of
from repository.db import writing
from repository.jobs import Worker, enqueue
from repository.lectures.rules import LectureState
from repository.lectures.uploads import start_upload
from repository.permissions import Actor, Role
from repository.publishing.models import Record
from repository.search.actions import schedule_rebuild
from repository.services import Services
from repository.settings import Settings
from tests.builders import a_person, csrf_of, sign_in_client
from tests.quizbank.classes.builders import a_class, an_assignment
from tests.quizbank.item_templates.builders import a_template
from tests.quizbank.matrices.builders import a_kept_matrix, a_shared_matrix
from tests.quizbank.questions.builders import a_question
from tests.quizbank.questions.papers import an_import_on_the_desk
from tests.quizbank.quizzes.builders import a_quiz
from tests.quizbank.quizzes.papers.bundles import a_bundle
from tests.quizbank.scanning.builders import a_sheet_in_doubt
from tests.repository.lectures.builders import a_lecture
from tests.repository.publishing.builders import some_records

NOW = dt.datetime(2026, 11, 20, 2, 30, tzinfo=dt.UTC)
VISITORS = ("stranger", "student", "teacher", "editor", "reviewer", "administrator", "owner")
OWNERS = {"attempt": "pupil", "draft": "author", "submitted": "author", "upload": "author"}


@dataclass
class World:
    """The product, what is in it (``facts``: name -> id), and a browser for each visitor."""

    services: Services
    app: APIFlask
    facts: dict[str, Any]
    browsers: dict[str, FlaskClient]
    backup: Path
    cookies: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        kept = {name: client.get_cookie("hoclieu") for name, client in self.browsers.items()}
        self.cookies = {name: cookie.value for name, cookie in kept.items() if cookie}

    def restore(self) -> None:
        """Everything as it was before the last visit: the database, and who is signed in where."""
        for name, client in self.browsers.items():
            client.delete_cookie("hoclieu")
            if name in self.cookies:
                client.set_cookie("hoclieu", self.cookies[name])
        self.services.engine.dispose()
        database = self.services.settings.data_dir / "hoclieu.sqlite"
        for suffix in ("-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self.backup, database)

    def visit(self, visitor: str, method: str, address: str, body: dict[str, Any] | None) -> int:
        """Send a request as a browser of this visitor would, and return the status."""
        client = self.browsers[self._who(visitor, address)]
        place = address.format_map(self.facts)
        headers = {"X-CSRFToken": csrf_of(client, "/help"), "Upload-Offset": "0"} if method != "GET" else {}
        sent: dict[str, Any] = {}
        if body is not None:
            is_json = place.startswith("/api/") or "/answers/" in place
            sent = {"json": body} if is_json else {"data": self._filled_in(body)}
        return client.open(place, method=method, headers=headers, **sent).status_code

    def _filled_in(self, form: dict[str, Any]) -> dict[str, Any]:
        return {name: value.format_map(self.facts) if "{" in value else value for name, value in form.items()}

    def _who(self, visitor: str, address: str) -> str:
        if visitor != "owner":
            return visitor
        return next((owner for name, owner in OWNERS.items() if f"{{{name}}}" in address), "master")


def a_world(folder: Path, database_template: str) -> Iterator[World]:
    """A world on SQLite; the caller restores it after every visit that changed something."""
    data_dir = folder / "data"
    data_dir.mkdir()
    shutil.copyfile(database_template, data_dir / "hoclieu.sqlite")
    settings = Settings(
        data_dir=data_dir,
        database_url=f"sqlite:///{data_dir / 'hoclieu.sqlite'}",
        secret_key="a secret of the tests, long enough for anybody",
        packages_origin="http://localhost:8001",
    )
    services = open_services(settings)
    app = create_product(services)
    app.extensions["hoclieu"] = replace(app.extensions["hoclieu"], clock=lambda: NOW)
    with services.sessions() as session:
        people = {visitor: a_person(writing(session), *roles, name=visitor) for visitor, roles in cast().items()}
        facts = fill(session, services, {name: actor_of(person) for name, person in people.items()})
        browsers = {name: sign_in_client(app, session, person) for name, person in people.items()}
        schedule_rebuild(session, now=NOW)
        session.commit()
    Worker(services.sessions, services.job_handlers, services).run_due(("search.rebuild",))
    services.engine.dispose()
    shutil.copyfile(data_dir / "hoclieu.sqlite", folder / "backup.sqlite")
    yield World(services, app, facts, {**browsers, "stranger": app.test_client()}, folder / "backup.sqlite")
    services.engine.dispose()


def cast() -> dict[str, tuple[Role, ...]]:
    """Visitors by role, and the owners: a teacher (master), an editor (author), a student (pupil)."""
    roles = {str(role): (role,) for role in Role}
    return {**roles, "master": (Role.TEACHER,), "author": (Role.EDITOR,), "pupil": (Role.STUDENT,)}


def fill(session: Session, services: Services, people: dict[str, Actor]) -> dict[str, Any]:
    master, author, pupil = people["master"], people["author"], people["pupil"]
    facts: dict[str, Any] = {}
    organisation = Organisation(kind=OrganisationKind.SCHOOL, name="THPT Thử", code="THU", created_at=NOW)
    session.add(organisation)
    session.flush()
    facts.update(organisation=organisation.id, person=pupil.person_id, pupil=pupil.person_id)
    facts["token"] = create_token(session, master, signed_in(master), "máy của tôi", now=NOW)[1].id
    facts.update(lectures_of(session, author))
    some_records(session, 1, NOW)
    facts["record"] = session.scalars(select(Record.id)).one()
    facts["upload"] = start_upload(session, author, "bai.pdf", 100, limit_bytes=1000, now=NOW).id
    facts.update(questions_of(session, services, master))
    facts["template"] = a_template(session, master).id
    facts["generation"] = order_clones(session, master, facts["template"], 3, now=NOW).id
    facts["matrix"] = a_kept_matrix(session, master).id
    facts["shared_matrix"] = a_shared_matrix(session, master).id
    facts["quiz"] = a_quiz(session, master, spare=1, codes=("101",)).id
    facts["papers"] = a_bundle(session, services, master, facts["quiz"], now=NOW).id
    scanned = a_quiz(session, master, codes=("101",))
    sheet = a_sheet_in_doubt(session, services, master, scanned)
    facts.update(scanned=scanned.id, scan=sheet.batch_id, sheet=sheet.id)
    subject = quiz_subject(session, master, facts["quiz"], 2)
    facts["repair"] = repair_key(session, master, subject, Wish("all-right"), "Đề sai.", now=NOW).id
    facts.update(class_of(session, master, pupil))
    facts["job"] = enqueue(session, "search.update", {"kind": "lecture", "ids": []}, now=NOW).id
    return facts


def signed_in(actor: Actor) -> int:
    assert actor.person_id is not None
    return actor.person_id


def lectures_of(session: Session, author: Actor) -> dict[str, int]:
    states = {"lecture": LectureState.PUBLISHED, "draft": LectureState.DRAFT, "submitted": LectureState.IN_REVIEW}
    return {name: a_lecture(session, state=state, created_by_id=author.person_id).id for name, state in states.items()}


def questions_of(session: Session, services: Services, master: Actor) -> dict[str, int]:
    states = {
        "question": QuestionState.PUBLISHED,
        "question_draft": QuestionState.DRAFT,
        "question_submitted": QuestionState.IN_REVIEW,
    }
    made = {name: a_question(session, state=state, by=master).id for name, state in states.items()}
    imported = an_import_on_the_desk(session, services, master)
    edit = start_bulk_edit(session, master, {"ids": [made["question"]]}, now=NOW)
    plan_bulk_edit(session, master, edit.id, BulkChange({"level": "van-dung"}))
    return {**made, "import": imported, "bulk_edit": edit.id, "export": an_export(session, services, master).id}


def an_export(session: Session, services: Services, master: Actor) -> QuestionExport:
    made = ask_for_export(session, master, "Đề", "text", QuestionFilter(), now=NOW)
    write_now_or_later(session, master, made, store=services.store, now=NOW)
    return made


def class_of(session: Session, master: Actor, pupil: Actor) -> dict[str, Any]:
    school_class = a_class(session, master, pupil)
    assignment = an_assignment(session, master, school_class, allowed=3)
    attempt = start_assigned(session, pupil, assignment.id, now=NOW)
    return {
        "class": school_class.id,
        "join_code": school_class.join_code,
        "assignment": assignment.id,
        "attempt": attempt.token,
    }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, database_template: str) -> Iterator[World]:
    if not database_template.endswith(".sqlite"):
        pytest.skip("who may do what is decided above the database: once, on SQLite, is enough")
    yield from a_world(tmp_path_factory.mktemp("world"), database_template)
