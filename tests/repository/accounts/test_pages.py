import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.app import create_product
from repository.accounts import actions
from repository.accounts.models import ApiToken, Organisation, OrganisationKind, Person, SignInFailure, SignInSession
from repository.accounts.rules import FAILURES_PER_EMAIL, is_password
from repository.permissions import SYSTEM, Actor, Role
from repository.services import Services
from tests.builders import a_person, post
from tests.conftest import NOW
from tests.counting import count_queries

SignIn = Callable[..., tuple[FlaskClient, Actor]]

EMAIL, PASSWORD = "lan@truong.vn", "một mật khẩu dài"
NEW_PASSWORD = "mật khẩu mới khác hẳn"


@pytest.fixture
def lan(session: Session) -> Person:
    person = actions.add_person(
        session, SYSTEM, email=EMAIL, name="Lan", password=PASSWORD, roles=frozenset({Role.STUDENT}), now=NOW
    )
    session.commit()
    return person


def sign_in_by_form(client: FlaskClient, password: str = PASSWORD, goes_to: str = "/account") -> int:
    return post(client, "/sign-in", {"email": EMAIL, "password": password, "next": goes_to}).status_code


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_signing_in_leads_where_one_wanted_to_go(client: FlaskClient, lan: Person) -> None:
    answer = post(client, "/sign-in", {"email": EMAIL, "password": PASSWORD, "next": "/account/tokens"})
    assert (answer.status_code, answer.location) == (303, "/account/tokens")
    assert is_signed_in(client)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_signing_in_never_leads_to_another_site(client: FlaskClient, lan: Person, elsewhere: str) -> None:
    answer = post(client, "/sign-in", {"email": EMAIL, "password": PASSWORD, "next": elsewhere})
    assert answer.location == "/"


def test_a_wrong_password_says_so_and_keeps_the_address(client: FlaskClient, lan: Person) -> None:
    answer = post(client, "/sign-in", {"email": EMAIL, "password": "sai"})
    assert answer.status_code == 401
    assert "không đúng" in answer.text and EMAIL in answer.text
    assert not is_signed_in(client)


def test_a_failed_sign_in_is_remembered_although_it_is_an_error(
    client: FlaskClient, lan: Person, services: Services
) -> None:
    sign_in_by_form(client, "sai")
    with services.sessions() as session:
        assert session.query(SignInFailure).count() == 1


def test_guessing_is_slowed_down(client: FlaskClient, lan: Person, session: Session, services: Services) -> None:
    clock = client.application.extensions["hoclieu"].clock
    session.add_all(SignInFailure(email=EMAIL, address="10.0.0.1", at=clock()) for _ in range(FAILURES_PER_EMAIL))
    session.commit()
    assert sign_in_by_form(client) == 429
    assert not is_signed_in(client)


def test_a_form_from_another_site_signs_nobody_in(client: FlaskClient, lan: Person) -> None:
    answer = client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 400


def test_the_browsers_own_key_survives_signing_in(client: FlaskClient, lan: Person) -> None:
    with client.session_transaction() as cookie:
        cookie["browser"] = "my attempts"
    sign_in_by_form(client)
    with client.session_transaction() as cookie:
        assert cookie["browser"] == "my attempts" and cookie["sid"]


def test_signing_out_ends_the_session_on_the_server(client: FlaskClient, lan: Person, services: Services) -> None:
    sign_in_by_form(client)
    post(client, "/sign-out")
    assert not is_signed_in(client)
    with services.sessions() as session:
        assert session.query(SignInSession).count() == 0


def test_a_signed_in_person_needs_no_form(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.STUDENT)
    assert client.get("/sign-in?next=/account").location == "/account"
    assert client.get("/sign-up").location == "/"


def test_a_student_signs_up_and_is_in(client: FlaskClient, services: Services) -> None:
    answer = post(client, "/sign-up", {"name": "Mai", "email": "mai@vidu.vn", "password": PASSWORD})
    assert answer.status_code == 303 and is_signed_in(client)
    with services.sessions() as session:
        assert session.query(Person).one().roles == {Role.STUDENT}


def test_a_sign_up_that_cannot_work_says_why_beside_the_field(client: FlaskClient) -> None:
    answer = post(client, "/sign-up", {"name": "Mai", "email": "mai", "password": PASSWORD})
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text and 'value="Mai"' in answer.text


def test_nobody_signs_up_where_that_is_closed(services: Services) -> None:
    closed = replace(services, settings=replace(services.settings, allow_sign_up=False))
    client = create_product(closed).test_client()
    assert client.get("/sign-up").status_code == 404
    assert post(client, "/sign-up", {"name": "M", "email": "m@v.vn", "password": PASSWORD}).status_code == 404
    assert "/sign-up" not in client.get("/sign-in").text


def test_people_change_their_name_and_language(sign_in: SignIn, services: Services) -> None:
    client, actor = sign_in(Role.TEACHER)
    post(client, "/account", {"name": "Cô Mai", "locale": "en"})
    with services.sessions() as session:
        person = session.get_one(Person, actor.person_id)
    assert (person.name, person.locale) == ("Cô Mai", "en")
    assert '<html lang="en">' in client.get("/account").text


def test_a_new_password_keeps_this_browser_and_ends_the_others(client: FlaskClient, lan: Person) -> None:
    other = client.application.test_client()
    sign_in_by_form(client)
    sign_in_by_form(other)
    post(client, "/account/password", {"old": PASSWORD, "password": NEW_PASSWORD})
    assert is_signed_in(client) and not is_signed_in(other)


def test_a_wrong_old_password_changes_nothing(client: FlaskClient, lan: Person, services: Services) -> None:
    sign_in_by_form(client)
    answer = post(client, "/account/password", {"old": "sai", "password": NEW_PASSWORD})
    assert answer.status_code == 422 and 'id="old-error"' in answer.text
    with services.sessions() as session:
        assert is_password(PASSWORD, session.query(Person).one().password_hash)


def test_a_token_is_shown_once_and_opens_the_api(sign_in: SignIn, client: FlaskClient) -> None:
    owner, _ = sign_in(Role.EDITOR)
    page = post(owner, "/account/tokens", {"name": "máy tải"}).text
    found = re.search(r"<code class=\"token\">(hl_[^<]+)<", page)
    assert found
    assert found[1] not in owner.get("/account/tokens").text
    answer = client.get("/api/curriculum?subject=toan", headers={"Authorization": f"Bearer {found[1]}"})
    assert answer.status_code == 200


def test_a_revoked_token_opens_nothing(sign_in: SignIn, client: FlaskClient, services: Services) -> None:
    owner, _ = sign_in(Role.EDITOR)
    page = post(owner, "/account/tokens", {"name": "máy tải"}).text
    token = page.partition('class="token">')[2].partition("<")[0]
    with services.sessions() as session:
        token_id = session.query(ApiToken).one().id
    post(owner, f"/account/tokens/{token_id}/revoke")
    assert client.get("/api/jobs/1", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert "máy tải" not in owner.get("/account/tokens").text


def test_a_token_of_somebody_else_is_not_there(sign_in: SignIn, services: Services) -> None:
    owner, _ = sign_in(Role.EDITOR)
    post(owner, "/account/tokens", {"name": "máy tải"})
    with services.sessions() as session:
        token_id = session.query(ApiToken).one().id
    stranger, _ = sign_in(Role.EDITOR)
    assert post(stranger, f"/account/tokens/{token_id}/revoke").status_code == 404


@pytest.mark.parametrize("page", ["/account", "/account/tokens"])
def test_a_stranger_is_asked_to_sign_in_first(client: FlaskClient, page: str) -> None:
    answer = client.get(page)
    assert (answer.status_code, answer.location) == (302, f"/sign-in?next={quote(page, safe='')}")


ADMINISTRATION = [
    ("GET", "/admin/people"),
    ("GET", "/admin/people/new"),
    ("POST", "/admin/people"),
    ("GET", "/admin/people/1"),
    ("POST", "/admin/people/1/roles"),
    ("POST", "/admin/people/1/organisation"),
    ("POST", "/admin/people/1/active"),
    ("POST", "/admin/people/1/password"),
    ("GET", "/admin/organisations"),
    ("GET", "/admin/organisations/new"),
    ("POST", "/admin/organisations"),
]


@pytest.mark.parametrize(("method", "address"), ADMINISTRATION)
def test_administration_is_closed_to_everybody_else(sign_in: SignIn, method: str, address: str) -> None:
    client, _ = sign_in(Role.TEACHER, Role.EDITOR, Role.REVIEWER)
    form = {"name": "A", "email": "a@b.vn", "password": PASSWORD, "kind": "school", "code": "A"}
    answer = client.get(address) if method == "GET" else post(client, address, form)
    assert answer.status_code == 403


def test_an_administrator_adds_a_teacher(sign_in: SignIn, services: Services) -> None:
    client, _ = sign_in(Role.ADMINISTRATOR)
    form = {"name": "Thầy Nam", "email": "nam@truong.vn", "password": PASSWORD, "role": ["teacher", "editor"]}
    answer = post(client, "/admin/people", form, follow_redirects=True)
    assert "Thầy Nam" in answer.text
    with services.sessions() as session:
        assert session.query(Person).filter_by(email="nam@truong.vn").one().roles == {Role.TEACHER, Role.EDITOR}


def test_a_person_that_cannot_be_added_keeps_what_was_entered(sign_in: SignIn) -> None:
    client, _ = sign_in(Role.ADMINISTRATOR)
    form = {"name": "Nam", "email": "nam", "password": PASSWORD, "role": "teacher", "organisation": ""}
    answer = post(client, "/admin/people", form)
    assert answer.status_code == 422
    assert 'value="Nam"' in answer.text and 'value="teacher" checked' in answer.text


def test_roles_access_and_organisation_are_changed_on_one_page(
    sign_in: SignIn, session: Session, services: Services
) -> None:
    person = a_person(session)
    session.commit()
    client, _ = sign_in(Role.ADMINISTRATOR)
    post(client, "/admin/organisations", {"kind": "school", "name": "THPT A", "code": "A1", "province": "2025-07:01"})
    for step, form in (
        ("roles", {"role": "reviewer"}),
        ("organisation", {"organisation": "A1"}),
        ("active", {"is_active": "no"}),
    ):
        assert post(client, f"/admin/people/{person.id}/{step}", form).status_code == 303
    with services.sessions() as look:
        changed = look.get_one(Person, person.id)
        assert changed.roles == {Role.REVIEWER} and not changed.is_active
        assert look.get_one(Organisation, changed.organisation_id).province == "2025-07:01"


def test_an_unknown_organisation_is_said_beside_its_field(sign_in: SignIn, session: Session) -> None:
    person = a_person(session)
    session.commit()
    client, _ = sign_in(Role.ADMINISTRATOR)
    answer = post(client, f"/admin/people/{person.id}/organisation", {"organisation": "không có"})
    assert answer.status_code == 422 and 'id="organisation-error"' in answer.text


@pytest.mark.parametrize("changes", [{"kind": "café"}, {"province": "2025-07:99"}, {"name": ""}])
def test_an_organisation_that_cannot_be_is_refused(sign_in: SignIn, changes: dict[str, str]) -> None:
    client, _ = sign_in(Role.ADMINISTRATOR)
    form = {"kind": "school", "name": "THPT A", "code": "A1", **changes}
    assert post(client, "/admin/organisations", form).status_code == 422


@pytest.mark.parametrize("page", ["/admin/people", "/admin/organisations"])
def test_a_list_costs_the_same_number_of_queries_however_long(
    sign_in: SignIn, session: Session, services: Services, page: str
) -> None:
    for number in range(30):
        a_person(session, Role.TEACHER)
        actions.add_organisation(session, SYSTEM, kind=OrganisationKind.SCHOOL, name="T", code=f"T{number}", now=NOW)
    session.commit()
    client, _ = sign_in(Role.ADMINISTRATOR)
    with count_queries(services.engine) as queries:
        assert client.get(page).status_code == 200
    assert len(queries) <= 6
