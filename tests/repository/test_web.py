"""The door's promises, tried on a small feature of its own that writes one audit row."""

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from apiflask import APIFlask
from flask import Blueprint
from flask.testing import FlaskClient
from sqlalchemy import func, select

from repository import audit, web
from repository.app import WHO_ACTS
from repository.audit import AuditEntry
from repository.errors import Conflict, NotSignedIn
from repository.permissions import ADMINISTER
from repository.services import Services
from tests.builders import csrf_of


@pytest.fixture
def client(services: Services) -> Iterator[FlaskClient]:
    feature = Blueprint("feature", __name__)

    def write_a_row() -> None:
        audit.record(web.session(), web.actor(), "try", "test", 1, web.now())

    @feature.post("/write")
    def write() -> str:
        write_a_row()
        return "written"

    @feature.post("/write-and-fail")
    def write_and_fail() -> str:
        write_a_row()
        web.session().flush()
        raise Conflict("Đã có {name}.", name="nó")

    @feature.post("/write-and-crash")
    def write_and_crash() -> str:
        write_a_row()
        web.session().flush()
        raise ZeroDivisionError

    @feature.post("/write-and-keep")
    def write_and_keep() -> Any:
        write_a_row()
        web.keep_changes()
        return web.answer_error(401, "no", "no")

    @feature.get("/form")
    def form() -> str:
        return web.render("base.html")

    @feature.get("/members")
    def members() -> str:
        ADMINISTER.require(web.actor())
        return "in"

    @feature.get("/api/members")
    def api_members() -> str:
        raise NotSignedIn("Hãy đăng nhập để làm việc này.")

    app: APIFlask = web.create_web_app(services, WHO_ACTS)
    app.register_blueprint(feature)
    yield app.test_client()


def rows(services: Services) -> int:
    with services.sessions() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def send(client: FlaskClient, address: str) -> Any:
    return client.post(address, data={"csrf_token": csrf_of(client, "/form")})


def test_a_success_is_committed(client: FlaskClient, services: Services) -> None:
    assert send(client, "/write").status_code == 200
    assert rows(services) == 1


@pytest.mark.parametrize(("address", "status"), [("/write-and-fail", 409), ("/write-and-crash", 500)])
def test_a_failure_leaves_nothing(client: FlaskClient, services: Services, address: str, status: int) -> None:
    assert send(client, address).status_code == status
    assert rows(services) == 0


def test_a_door_may_keep_what_an_error_must_not_undo(client: FlaskClient, services: Services) -> None:
    assert send(client, "/write-and-keep").status_code == 401
    assert rows(services) == 1


def test_a_form_without_its_token_is_refused(client: FlaskClient, services: Services) -> None:
    assert client.post("/write").status_code == 400
    assert rows(services) == 0


def test_a_refusal_speaks_the_readers_words(client: FlaskClient) -> None:
    assert "Đã có nó." in send(client, "/write-and-fail").get_data(as_text=True)


def test_a_crash_tells_nothing_of_its_inside(client: FlaskClient) -> None:
    assert "ZeroDivision" not in send(client, "/write-and-crash").get_data(as_text=True)


def test_a_stranger_is_led_to_sign_in_and_back(client: FlaskClient) -> None:
    answer = client.get("/members?page=2")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=%2Fmembers%3Fpage%3D2"


def test_a_machine_gets_problem_details(client: FlaskClient) -> None:
    answer = client.get("/api/members")
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.get_json()["title"] == "not-signed-in"


def test_an_unknown_api_token_is_refused(client: FlaskClient) -> None:
    answer = client.get("/members", headers={"Authorization": "Bearer hl_nonsense"})
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")


def test_no_inline_script_may_run(client: FlaskClient) -> None:
    policy = client.get("/form").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe-inline" not in policy


def test_the_session_cookie_is_out_of_reach_of_scripts(client: FlaskClient) -> None:
    cookie = client.get("/form").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_pages_are_compressed_for_whoever_takes_it(client: FlaskClient) -> None:
    answer = client.get("/form", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(answer.get_data())


def test_an_asset_is_addressed_by_its_content(client: FlaskClient) -> None:
    page = client.get("/form").get_data(as_text=True)
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in client.get(address).headers["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["package.json", "../pyproject.toml", "css/../../README.md", "node_modules/x.js", "css"]
)
def test_only_assets_are_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("/lectures/1?x=2", "/lectures/1?x=2"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_going_on_never_leaves_the_site(given: str | None, safe: str) -> None:
    assert web.safe_next(given) == safe
