import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, event

from repository.lectures import queries
from repository.lectures.models import Lecture
from repository.lectures.rules import LectureKind, LectureState
from repository.permissions import Role
from repository.search.documents import SearchHit
from repository.services import Services
from tests.builders import post
from tests.conftest import SignIn
from tests.repository.files.builders import a_scorm_package, a_zip
from tests.repository.lectures.builders import TOPIC, a_kept_lecture

FORM = {
    "title": "Đạo hàm của hàm hợp",
    "subject": "toan",
    "grades": "12",
    "topics": TOPIC,
    "authors": "Lê An\nTrần Bình",
}
QUERIES_MAX = 12


@contextmanager
def counted(services: Services) -> Iterator[list[str]]:
    """The statements that run inside the block."""
    statements: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(services.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(services.engine, "before_cursor_execute", note)


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def newest(services: Services) -> Lecture:
    with services.sessions() as session:
        lecture = session.query(Lecture).order_by(Lecture.id.desc()).first()
        assert lecture is not None
        return lecture


def test_a_file_is_uploaded_in_two_steps_and_nothing_is_typed_twice(
    sign_in: SignIn, services: Services, tmp_path: Path
) -> None:
    client, _ = sign_in(Role.EDITOR)
    package = a_scorm_package(tmp_path / "a.zip").read_bytes()
    page = post(client, "/lectures/new", {"file": (io.BytesIO(package), "bai.zip")}).get_data(as_text=True)
    assert 'value="Đạo hàm"' in page and "SCORM 1.2" in page
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token is not None
    answer = post(client, "/lectures/new", {**FORM, "token": token[1]})
    assert answer.status_code == 303
    assert "Đạo hàm của hàm hợp" in text_of(client, answer.headers["Location"])
    assert newest(services).kind == LectureKind.SCORM


def test_a_mistake_in_the_form_keeps_what_was_typed_and_the_file(sign_in: SignIn, tmp_path: Path) -> None:
    client, _ = sign_in(Role.EDITOR)
    package = a_scorm_package(tmp_path / "a.zip").read_bytes()
    page = post(client, "/lectures/new", {"file": (io.BytesIO(package), "bai.zip")}).get_data(as_text=True)
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    answer = post(client, "/lectures/new", {**FORM, "token": token, "subject": ""})
    assert answer.status_code == 422
    assert "Đạo hàm của hàm hợp" in answer.text and token in answer.text and "Hãy chọn môn." in answer.text


def test_the_file_of_somebody_else_can_not_be_claimed(sign_in: SignIn, tmp_path: Path) -> None:
    client, _ = sign_in(Role.EDITOR)
    package = a_scorm_package(tmp_path / "a.zip").read_bytes()
    page = post(client, "/lectures/new", {"file": (io.BytesIO(package), "bai.zip")}).get_data(as_text=True)
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    other, _ = sign_in(Role.EDITOR)
    assert post(other, "/lectures/new", {**FORM, "token": token}).status_code == 422


def test_a_refused_file_says_why(sign_in: SignIn, tmp_path: Path) -> None:
    client, _ = sign_in(Role.EDITOR)
    hostile = a_zip(tmp_path / "a.zip", {"../a": "x"}).read_bytes()
    answer = post(client, "/lectures/new", {"file": (io.BytesIO(hostile), "a.zip")})
    assert answer.status_code == 422
    assert "trỏ ra ngoài thư mục" in answer.text


def test_a_link_is_introduced(sign_in: SignIn, services: Services) -> None:
    client, _ = sign_in(Role.TEACHER)
    step = post(client, "/lectures/new", {"link_url": "https://vidu.example/bai"})
    assert 'value="https://vidu.example/bai"' in step.text
    answer = post(client, "/lectures/new", {**FORM, "link_url": "https://vidu.example/bai"})
    assert "https://vidu.example/bai" in text_of(client, answer.headers["Location"])


def test_an_editor_submits_and_a_reviewer_approves(sign_in: SignIn, services: Services) -> None:
    editor, actor = sign_in(Role.EDITOR)
    reviewer, _ = sign_in(Role.REVIEWER)
    lecture = a_kept_lecture(services, state=LectureState.DRAFT, created_by_id=actor.person_id, title="Sóng cơ")
    post(editor, f"/lectures/{lecture.id}/submit", {"comment": "Xin xem giúp"})
    assert "Sóng cơ" in text_of(reviewer, "/review")
    post(reviewer, f"/lectures/{lecture.id}/approve", {"version": "1"})
    assert newest(services).state == LectureState.PUBLISHED
    assert "Sóng cơ" in text_of(reviewer, "/lectures")


def test_a_reviewer_sees_what_changed(sign_in: SignIn, services: Services, client: FlaskClient) -> None:
    editor, actor = sign_in(Role.EDITOR)
    reviewer, _ = sign_in(Role.REVIEWER)
    lecture = a_kept_lecture(services, created_by_id=actor.person_id, title="Tên cũ")
    form = {**FORM, "title": "Tên mới", "link_url": "https://vidu.example/bai-giang", "based_on": "1"}
    assert post(editor, f"/lectures/{lecture.id}/edit", form).status_code == 303
    page = text_of(reviewer, f"/lectures/{lecture.id}/changes")
    assert re.search(r"<del>.*Tên cũ.*</del>", page) and re.search(r"<ins>.*Tên mới.*</ins>", page)
    assert "Tên cũ" in text_of(client, f"/lectures/{lecture.id}")


def test_a_stranger_sees_what_is_published_and_nothing_else(client: FlaskClient, services: Services) -> None:
    published, draft = a_kept_lecture(services), a_kept_lecture(services, state=LectureState.DRAFT)
    page = text_of(client, f"/lectures/{published.id}")
    assert "Lịch sử" not in page
    for address in ("", "/download", "/changes", "/edit"):
        assert client.get(f"/lectures/{draft.id}{address}").status_code in (302, 404)
    assert client.get(f"/lectures/{published.id}/changes").status_code == 404


@pytest.mark.parametrize("address", ["/lectures/new", "/lectures/mine", "/review"])
def test_a_stranger_is_asked_to_sign_in(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, unquote(answer.headers["Location"])) == (302, f"/sign-in?next={address}")


def test_a_published_lecture_describes_itself_to_machines(client: FlaskClient, services: Services) -> None:
    lecture = a_kept_lecture(services, title='</script><script>alert("x")', topics=(TOPIC,))
    page = text_of(client, f"/lectures/{lecture.id}")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found is not None
    described = json.loads(found[1])
    assert described["name"] == '</script><script>alert("x")'
    assert described["url"].endswith(f"/lectures/{lecture.id}")


def test_a_package_is_framed_on_the_other_origin_in_a_sandbox(client: FlaskClient, services: Services) -> None:
    lecture = a_kept_lecture(services, kind=LectureKind.SCORM)
    page = text_of(client, f"/lectures/{lecture.id}")
    frame = re.search(r"<iframe[^>]+>", page)
    assert frame is not None
    assert 'src="http://localhost:8001/play/' in frame[0]
    assert 'sandbox="allow-scripts allow-same-origin' in frame[0]


@pytest.mark.parametrize("kind", LectureKind)
def test_every_kind_is_shown(client: FlaskClient, services: Services, kind: LectureKind) -> None:
    lecture = a_kept_lecture(services, kind=kind)
    assert 'class="lecture-player"' in text_of(client, f"/lectures/{lecture.id}")


def test_the_list_is_narrowed_and_paged(client: FlaskClient, services: Services) -> None:
    for number in range(queries.PAGE_SIZE + 1):
        a_kept_lecture(services, title=f"Toán {number}", subject="toan")
    a_kept_lecture(services, title="Vật lí lớp 10", subject="vat-li", grades=(10,))
    assert "Vật lí lớp 10" in text_of(client, "/lectures?subject=vat-li&grade=10")
    page = text_of(client, "/lectures?subject=toan")
    assert page.count('class="card"') == queries.PAGE_SIZE
    after = re.search(r"after=(\d+)", page)
    assert after is not None
    assert text_of(client, f"/lectures?subject=toan&after={after[1]}").count('class="card"') == 1


@pytest.mark.parametrize(
    "address", ["/lectures", "/lectures/mine", "/review", "/lectures/{id}", "/lectures/{id}/changes"]
)
def test_a_page_asks_few_questions_however_much_there_is(sign_in: SignIn, services: Services, address: str) -> None:
    client, actor = sign_in(Role.ADMINISTRATOR)
    for state in [LectureState.PUBLISHED, LectureState.IN_REVIEW] * 20:
        lecture = a_kept_lecture(services, state=state, created_by_id=actor.person_id, topics=(TOPIC,), grades=(11, 12))
    with counted(services) as statements:
        text_of(client, address.format(id=lecture.id))
    asked = [text for text in statements if text.lstrip().upper().startswith("SELECT")]
    assert len(asked) <= QUERIES_MAX, "\n\n".join(asked)


def test_pages_of_lectures_are_also_english(client: FlaskClient, services: Services) -> None:
    lecture = a_kept_lecture(services, title="Integrals", authors=(), topics=(TOPIC,))
    client.get("/language/en")
    page = text_of(client, f"/lectures/{lecture.id}").split("<main")[1].split("</main>")[0]
    page = page.replace("Học Liệu", "")
    assert re.findall(r"[^<>]*[ạảấầẩậắằặẹẻẽếềểễệịọỏốồổộớờởợụủứừửựỳỵỷ][^<>]*", page) == []


def test_a_download_leads_to_the_packages_origin(sign_in: SignIn, services: Services, tmp_path: Path) -> None:
    client, _ = sign_in(Role.EDITOR)
    package = a_scorm_package(tmp_path / "a.zip").read_bytes()
    page = post(client, "/lectures/new", {"file": (io.BytesIO(package), "bài 1.zip")}).get_data(as_text=True)
    token = re.findall(r'name="token" value="([^"]+)"', page)[0]
    post(client, "/lectures/new", {**FORM, "token": token})
    address = unquote(client.get(f"/lectures/{newest(services).id}/download").headers["Location"])
    assert re.fullmatch(r"http://localhost:8001/download/[0-9a-f]{64}/bài 1.zip", address)


@pytest.mark.parametrize(
    ("kind", "at", "address"),
    [
        (LectureKind.PDF, "page-12", "#page=12"),
        (LectureKind.PPTX, "slide-5", "#slide-5"),
        (LectureKind.EPUB, "chapter-3", "#part-3"),
        (LectureKind.VIDEO, "second-125", "#t=125"),
    ],
)
def test_a_lecture_opens_at_a_place(
    client: FlaskClient, services: Services, kind: LectureKind, at: str, address: str
) -> None:
    lecture = a_kept_lecture(services, kind=kind)
    html = text_of(client, f"/lectures/{lecture.id}?at={at}")
    assert f'{address}"' in html
    assert f'href="/lectures/{lecture.id}"' in html


def test_a_place_that_is_nonsense_opens_the_beginning(client: FlaskClient, services: Services) -> None:
    lecture = a_kept_lecture(services, kind=LectureKind.PDF)
    assert "#page=" not in text_of(client, f'/lectures/{lecture.id}?at="><script>')


def test_a_lecture_shows_what_is_related(
    client: FlaskClient, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    lecture, other = a_kept_lecture(services), a_kept_lecture(services, title="Tích phân")

    def related(kind: str, id: int, to_kind: str, *, limit: int) -> tuple[SearchHit, ...]:
        found = SearchHit(to_kind, other.id, "Tính $\\frac{1}{2}$ của <b>x</b>", 1.0)
        return (found,) if (kind, id) == ("lecture", lecture.id) else ()

    monkeypatch.setattr(services.search, "related", related)
    html = text_of(client, f"/lectures/{lecture.id}")
    assert "Tích phân" in html and f'href="/questions/{other.id}">Tính <math' in html and "&lt;b&gt;x" in html


def test_without_an_index_lectures_of_the_topic_are_related(client: FlaskClient, services: Services) -> None:
    lecture, _ = a_kept_lecture(services, topics=(TOPIC,)), a_kept_lecture(services, topics=(TOPIC,), title="Tích phân")
    with counted(services) as statements:
        assert "Tích phân" in text_of(client, f"/lectures/{lecture.id}")
    assert len(statements) <= QUERIES_MAX
