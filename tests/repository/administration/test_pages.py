from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from repository import audit
from repository.administration.descriptions import action_label
from repository.db import writing
from repository.jobs import Job, JobState
from repository.permissions import SYSTEM, Actor, Role
from repository.services import Services
from tests.builders import post
from tests.conftest import NOW
from tests.counting import count_queries
from tests.repository.administration.builders import a_job

SignIn = Callable[..., tuple[FlaskClient, Actor]]

PAGES = ["/admin", "/admin/jobs", "/admin/audit", "/admin/health"]


@pytest.mark.parametrize("page", PAGES)
def test_the_operators_pages_are_closed_to_everybody_else(sign_in: SignIn, client: FlaskClient, page: str) -> None:
    editor, _ = sign_in(Role.TEACHER, Role.EDITOR, Role.REVIEWER)
    assert editor.get(page).status_code == 403
    assert client.get(page).location.startswith("/sign-in")


@pytest.mark.parametrize("page", PAGES)
def test_the_operators_pages_open_on_an_empty_installation(sign_in: SignIn, page: str) -> None:
    operator, _ = sign_in(Role.ADMINISTRATOR)
    assert operator.get(page).status_code == 200


def test_a_failed_job_is_shown_and_run_again(sign_in: SignIn, session: Session, services: Services) -> None:
    job = a_job(session, JobState.FAILED, error="OSError: disk full")
    session.commit()
    operator, _ = sign_in(Role.ADMINISTRATOR)
    assert f"/jobs/{job.id}" in operator.get("/admin/jobs?state=failed").text
    assert "disk full" in operator.get(f"/jobs/{job.id}").text
    assert post(operator, f"/admin/jobs/{job.id}/retry").location == f"/jobs/{job.id}"
    with services.sessions() as look:
        assert look.get_one(Job, job.id).state == JobState.QUEUED


def test_an_unknown_state_shows_all_jobs(sign_in: SignIn, session: Session) -> None:
    job = a_job(session)
    session.commit()
    operator, _ = sign_in(Role.ADMINISTRATOR)
    assert f"/jobs/{job.id}" in operator.get("/admin/jobs?state=nonsense").text


def test_who_caused_a_job_watches_it_without_its_inner_details(sign_in: SignIn, services: Services) -> None:
    maker, actor = sign_in(Role.EDITOR)
    with services.sessions() as session:
        job = a_job(
            writing(session),
            JobState.RUNNING,
            created_by_id=actor.person_id,
            done_count=3,
            total_count=9,
            error="secret",
        )
        session.commit()
    page = maker.get(f"/jobs/{job.id}").text
    assert "3 / 9" in page and 'data-over="no"' in page
    assert "secret" not in page and "lecture_id" not in page


@pytest.mark.parametrize("address", ["/jobs/{id}", "/api/jobs/{id}"])
def test_a_job_of_somebody_else_is_not_there(
    sign_in: SignIn, session: Session, client: FlaskClient, address: str
) -> None:
    job = a_job(session)
    session.commit()
    editor, _ = sign_in(Role.EDITOR)
    assert editor.get(address.format(id=job.id)).status_code == 404
    assert client.get(address.format(id=job.id)).status_code == 404


def test_programs_read_how_far_a_job_is(sign_in: SignIn, session: Session) -> None:
    job = a_job(session, JobState.DONE, done_count=9, total_count=9)
    session.commit()
    operator, _ = sign_in(Role.ADMINISTRATOR)
    answer = operator.get(f"/api/jobs/{job.id}").get_json()
    assert (answer["state"], answer["done_count"], answer["is_over"]) == ("done", 9, True)


@pytest.mark.parametrize(
    ("action", "kind", "label"),
    [
        ("revised lecture", "lecture", "Sửa, thành bản mới"),
        ("create-matrix", "matrix", "Tạo ma trận"),
        ("juggle", "quiz", None),
    ],
)
def test_an_action_is_found_as_it_was_recorded(action: str, kind: str, label: str | None) -> None:
    assert action_label(action, kind) == label


def test_the_trail_tells_who_did_what_to_which(sign_in: SignIn, session: Session) -> None:
    audit.record(session, Actor(name="<b>Lan</b>"), "publish", "lecture", 7, NOW, title="<script>alert(1)</script>")
    session.commit()
    operator, _ = sign_in(Role.ADMINISTRATOR)
    page = operator.get("/admin/audit?kind=lecture&thing=7").text
    assert 'href="/lectures/7"' in page and "&lt;b&gt;Lan" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("page", ["/admin/jobs", "/admin/audit"])
def test_a_list_costs_the_same_number_of_queries_however_long(
    sign_in: SignIn, session: Session, services: Services, page: str
) -> None:
    for number in range(60):
        a_job(session)
        audit.record(session, SYSTEM, "publish", "lecture", number, NOW)
    session.commit()
    operator, _ = sign_in(Role.ADMINISTRATOR)
    with count_queries(services.engine) as queries:
        assert operator.get(page).status_code == 200
    assert len(queries) <= 6
