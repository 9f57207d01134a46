import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from repository.lectures.rules import LectureState
from repository.permissions import Role
from repository.services import Services
from tests.builders import csrf_of
from tests.conftest import SignIn
from tests.repository.files.builders import a_pdf, a_scorm_package
from tests.repository.lectures.builders import a_kept_lecture

METADATA = {"title": "Quang hợp", "subject": "sinh-hoc", "grades": [11], "authors": ["Lê An"]}


@pytest.fixture
def editor(sign_in: SignIn) -> FlaskClient:
    client, _ = sign_in(Role.EDITOR)
    client.environ_base["HTTP_X_CSRFTOKEN"] = csrf_of(client)
    return client


def upload(client: FlaskClient, path: Path, metadata: dict[str, Any] | None = None) -> Any:
    parts = {"metadata": json.dumps(metadata or METADATA), "file": (io.BytesIO(path.read_bytes()), path.name)}
    return client.post("/api/lectures", data=parts)


def test_a_lecture_is_uploaded_in_one_request(editor: FlaskClient, tmp_path: Path) -> None:
    answer = upload(editor, a_scorm_package(tmp_path / "bai.zip"))
    assert answer.status_code == 201
    made = answer.get_json()
    assert (made["state"], made["kind"], made["title"], made["file_name"]) == ("draft", "scorm", "Quang hợp", "bai.zip")
    assert editor.get(f"/api/lectures/{made['id']}").get_json() == made


def test_a_title_may_be_left_to_the_package(editor: FlaskClient, tmp_path: Path) -> None:
    answer = upload(editor, a_scorm_package(tmp_path / "bai.zip"), {"subject": "toan"})
    assert answer.get_json()["title"] == "Đạo hàm"


def test_a_link_is_uploaded_as_json(editor: FlaskClient) -> None:
    answer = editor.post("/api/lectures", json={**METADATA, "link_url": "https://vidu.example/"})
    assert (answer.status_code, answer.get_json()["kind"]) == (201, "link")


def test_a_file_is_replaced_by_its_bytes(editor: FlaskClient, tmp_path: Path) -> None:
    made = upload(editor, a_scorm_package(tmp_path / "a.zip")).get_json()
    pdf = a_pdf(tmp_path / "b.pdf").read_bytes()
    answer = editor.put(f"/api/lectures/{made['id']}/file?name=b.pdf", data=pdf).get_json()
    assert (answer["version"], answer["kind"], answer["title"]) == (2, "pdf", "Quang hợp")


def test_refused_metadata_names_its_fields(editor: FlaskClient) -> None:
    answer = editor.post("/api/lectures", json={"title": "", "subject": "x", "grades": ["a"]})
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert "grades" in answer.get_json()["facts"]["fields"]


def test_a_refused_file_names_its_reason(editor: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"MZ\x90")
    answer = upload(editor, tmp_path / "a.exe")
    assert (answer.status_code, answer.get_json()["facts"]["reason"]) == (422, "executable")


def test_steps_are_taken_by_api(sign_in: SignIn, services: Services) -> None:
    client, _ = sign_in(Role.ADMINISTRATOR)
    client.environ_base["HTTP_X_CSRFTOKEN"] = csrf_of(client)
    lecture = a_kept_lecture(services, state=LectureState.DRAFT)
    states = []
    for step, comment in (("submit", ""), ("return", "Sửa"), ("submit", ""), ("approve", ""), ("withdraw", "Sai")):
        answer = client.post(f"/api/lectures/{lecture.id}/{step}", json={"comment": comment})
        states.append(answer.get_json()["state"])
    assert states == ["in-review", "draft", "in-review", "published", "withdrawn"]


def test_anybody_lists_what_is_published(client: FlaskClient, services: Services) -> None:
    a_kept_lecture(services, title="Thấy")
    a_kept_lecture(services, title="Không thấy", state=LectureState.DRAFT)
    assert [found["title"] for found in client.get("/api/lectures").get_json()["lectures"]] == ["Thấy"]


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "/api/lectures"),
        ("PUT", "/api/lectures/1"),
        ("PUT", "/api/lectures/1/file"),
        ("POST", "/api/lectures/1/submit"),
        ("POST", "/api/uploads"),
        ("PATCH", "/api/uploads/x"),
        ("DELETE", "/api/uploads/x"),
    ],
)
def test_a_stranger_changes_nothing(client: FlaskClient, services: Services, method: str, address: str) -> None:
    a_kept_lecture(services)
    headers = {"X-CSRFToken": csrf_of(client), "Upload-Offset": "0"}
    json_body = {**METADATA, "file_name": "a", "size_bytes": 1}
    assert client.open(address, method=method, json=json_body, headers=headers).status_code == 401


# Uploads in pieces


def begin(client: FlaskClient, size_bytes: int) -> str:
    answer = client.post("/api/uploads", json={"file_name": "bai.zip", "size_bytes": size_bytes})
    assert answer.status_code == 201
    return str(answer.get_json()["id"])


def send(client: FlaskClient, upload_id: str, piece: bytes, offset: int) -> Any:
    return client.patch(f"/api/uploads/{upload_id}", data=piece, headers={"Upload-Offset": str(offset)})


def test_an_upload_goes_on_after_a_cut(editor: FlaskClient, tmp_path: Path, services: Services) -> None:
    content = a_scorm_package(tmp_path / "a.zip").read_bytes()
    upload_id = begin(editor, len(content))
    assert send(editor, upload_id, content[:100], 0).get_json()["offset"] == 100
    assert editor.get(f"/api/uploads/{upload_id}").get_json()["offset"] == 100
    assert send(editor, upload_id, content[100:], 100).get_json()["offset"] == len(content)
    made = editor.post("/api/lectures", json={**METADATA, "upload": upload_id})
    assert (made.status_code, made.get_json()["kind"]) == (201, "scorm")
    assert not list((services.settings.data_dir / "uploads").iterdir())


def test_a_piece_at_the_wrong_place_is_told_the_right_one(editor: FlaskClient) -> None:
    upload_id = begin(editor, 10)
    send(editor, upload_id, b"abc", 0)
    answer = send(editor, upload_id, b"abc", 0)
    assert (answer.status_code, answer.get_json()["facts"]["offset"]) == (409, 3)


def test_more_than_announced_is_refused(editor: FlaskClient) -> None:
    assert send(editor, begin(editor, 2), b"abc", 0).status_code == 413


def test_an_unfinished_upload_makes_no_lecture(editor: FlaskClient) -> None:
    upload_id = begin(editor, 10)
    assert editor.post("/api/lectures", json={**METADATA, "upload": upload_id}).status_code == 409


def test_somebody_elses_upload_does_not_exist(editor: FlaskClient, sign_in: SignIn) -> None:
    upload_id = begin(editor, 10)
    other, _ = sign_in(Role.EDITOR)
    other.environ_base["HTTP_X_CSRFTOKEN"] = csrf_of(other)
    assert other.get(f"/api/uploads/{upload_id}").status_code == 404
    assert send(other, upload_id, b"abc", 0).status_code == 404


def test_an_upload_may_be_given_up(editor: FlaskClient) -> None:
    upload_id = begin(editor, 10)
    assert editor.delete(f"/api/uploads/{upload_id}").status_code == 204
    assert editor.get(f"/api/uploads/{upload_id}").status_code == 404


def test_more_than_the_limit_is_not_begun(editor: FlaskClient) -> None:
    assert editor.post("/api/uploads", json={"file_name": "a", "size_bytes": 10**13}).status_code == 413
