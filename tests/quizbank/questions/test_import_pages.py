"""The import desk: source beside result, doubts marked, mended in place, left out, undone."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.questions import reading
from quizbank.questions.formats.sandbox import ReadingLimits
from quizbank.questions.models import Question, QuestionVersion
from repository.jobs import Worker
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import post
from tests.quizbank.questions.test_importing import a_picture

SignIn = Callable[..., tuple[FlaskClient, Actor]]
OPTIONS = "A. một\nB. hai\nC. ba\nD. bốn"
PAPER = (
    f"Câu 1. Một?\n{OPTIONS}\nĐáp án: A\n\nCâu 2. Hai?\n{OPTIONS}\n\n"
    f"Câu 3. Theo hình vẽ\n![](de/a.png)\n{OPTIONS}\nĐáp án: C\n"
)
DESK = {"text": PAPER, "name": "de.txt", "subject": "toan"}


@pytest.fixture(autouse=True)
def a_busy_machine_has_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file is read at once however busy the machine is that tests run on."""
    monkeypatch.setattr(reading, "QUICK_LIMITS", ReadingLimits(seconds=60, seconds_per_question=0))


@pytest.fixture
def teacher(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.TEACHER)[0]


def pictures() -> tuple[io.BytesIO, str]:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("de/a.png", a_picture())
        archive.writestr("readme.html", "<script>")
    return io.BytesIO(data.getvalue()), "images.zip"


def on_desk(teacher: FlaskClient, data: dict[str, Any]) -> str:
    """Put something on the desk; returns the desk's address."""
    answer = post(teacher, "/questions/import", data)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def count(session: Session) -> int:
    session.rollback()
    return len(session.scalars(select(Question.id)).all())


def work(services: Services) -> None:
    Worker(services.sessions, services.job_handlers, services).run_due(
        ("questions.read_import", "questions.store_import")
    )


def test_source_and_result_stand_side_by_side(teacher: FlaskClient) -> None:
    page = text_of(teacher, on_desk(teacher, DESK))
    assert "Câu 1. Một?" in page and 'class="option is-right"' in page
    assert "<dt>Tìm thấy</dt><dd>3</dd>" in page and "Nhập 1 câu" in page
    assert "Không có đáp án." in page and "Không tìm thấy tệp hình de/a.png." in page


def test_only_the_doubtful_are_shown_on_request(teacher: FlaskClient) -> None:
    desk = on_desk(teacher, DESK)
    page = text_of(teacher, f"{desk}?doubtful=1")
    assert 'id="item-0"' in text_of(teacher, desk) and 'id="item-0"' not in page
    assert 'id="item-1"' in page and 'id="item-2"' in page


def test_a_long_desk_is_paged_by_position(teacher: FlaskClient) -> None:
    text = "\n".join(f"Câu {number}. Số {number}?\n{OPTIONS}\nĐáp án: A" for number in range(1, 31))
    desk = on_desk(teacher, {**DESK, "text": text})
    assert 'id="item-19"' in text_of(teacher, desk) and 'id="item-20"' not in text_of(teacher, desk)
    assert 'id="item-20"' in text_of(teacher, f"{desk}?after=19")


def test_what_lies_on_the_desk_is_in_no_bank(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    on_desk(teacher, DESK)
    assert count(session) == 0


def test_doubts_are_mended_in_place_and_all_is_imported(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    desk = on_desk(teacher, DESK)
    source = f"Câu 2. Hai?\n{OPTIONS}\nĐáp án: B"
    mended = post(teacher, f"{desk}/items/1/source", {"source": source, "next": f"{desk}?doubtful=1"})
    assert mended.location == f"{desk}?doubtful=1#item-1"
    post(teacher, f"{desk}/pictures", {"pictures": pictures()})
    assert "Nhập 3 câu" in text_of(teacher, desk) and "Đã sửa" in text_of(teacher, desk)
    assert post(teacher, f"{desk}/store").status_code == 303
    assert count(session) == 3
    assert "Xem 3 câu đã nhập" in text_of(teacher, desk)
    stems = session.scalars(select(QuestionVersion.stem).order_by(QuestionVersion.id)).all()
    assert "(media:" in stems[2] and session.scalars(select(QuestionVersion.source_place)).first() == "line 1 (Câu 1)"


def test_a_question_that_was_not_read_is_typed(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    desk = on_desk(teacher, {**DESK, "text": "Câu 1. Tính tổng"})
    assert "Câu 1. Tính tổng" in text_of(teacher, f"{desk}/items/0")
    fields = {"type": "short-answer", "stem": "Tính", "part-0": "2,5", "subject": "toan", "programme": "gdpt-2018"}
    refused = post(teacher, f"{desk}/items/0", {**fields, "part-0": "hai", "answer_kind": "numeric"})
    assert refused.status_code == 422 and "không phải là số" in refused.get_data(as_text=True)
    assert post(teacher, f"{desk}/items/0", {**fields, "answer_kind": "numeric"}).status_code == 303
    post(teacher, f"{desk}/store")
    session.rollback()
    assert session.scalars(select(QuestionVersion.type)).all() == ["short-answer"]


def test_a_question_may_be_left_out_and_its_twin_comes_in_instead(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    desk = on_desk(teacher, {**DESK, "text": f"{PAPER}\nCâu 4. Một?\n{OPTIONS}\nĐáp án: A\n"})
    assert "Câu này đã có trong kho (de.txt, line 1)." in text_of(teacher, desk)
    post(teacher, f"{desk}/items/0/left-out", {"left_out": "yes"})
    page = text_of(teacher, desk)
    assert "Người nhập đã bỏ câu này." in page and "Câu này đã có trong kho" not in page
    post(teacher, f"{desk}/items/0/left-out", {"left_out": "no"})
    assert "Câu này đã có trong kho" in text_of(teacher, desk)
    post(teacher, f"{desk}/items/0/left-out", {"left_out": "yes"})
    post(teacher, f"{desk}/store")
    session.rollback()
    assert session.scalars(select(QuestionVersion.source_place)).all() == ["line 22 (Câu 4)"]


def test_what_was_left_out_may_be_mended_after_the_import(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    desk = on_desk(teacher, DESK)
    post(teacher, f"{desk}/store")
    assert count(session) == 1
    post(teacher, f"{desk}/items/1/source", {"source": f"Câu 2. Hai?\n{OPTIONS}\nĐáp án: B"})
    assert post(teacher, f"{desk}/items/0/source", {"source": "Câu 1"}).status_code == 409
    post(teacher, f"{desk}/store")
    assert count(session) == 2
    assert "Xem 2 câu đã nhập" in text_of(teacher, desk)


def test_a_mended_source_is_one_question(teacher: FlaskClient) -> None:
    desk = on_desk(teacher, DESK)
    for source in ("", f"Câu 2. Hai?\n{OPTIONS}\nĐáp án: B\nCâu 3. Ba?\n{OPTIONS}\nĐáp án: B", "x" * 100_001):
        assert post(teacher, f"{desk}/items/1/source", {"source": source}).status_code == 422


def test_what_a_table_said_of_a_question_it_keeps_when_it_is_mended(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    text = f"Câu 1. Một?\n{OPTIONS}\nCâu 2. Hai?\nA. một\nB.\nC. ba\nD. bốn\nBẢNG ĐÁP ÁN\n1.A 2.C"
    desk = on_desk(teacher, {**DESK, "text": text})
    post(teacher, f"{desk}/items/1/source", {"source": f"Câu 2. Hai?\n{OPTIONS}"})
    post(teacher, f"{desk}/store")
    session.rollback()
    versions = session.scalars(select(QuestionVersion).order_by(QuestionVersion.id)).all()
    assert [version.content.key for version in versions] == ["A", "C"]


def test_files_may_be_uploaded_one_several_or_in_a_zip(teacher: FlaskClient) -> None:
    one = (io.BytesIO(PAPER.encode("utf-16")), "De_2019.txt")
    page = text_of(teacher, on_desk(teacher, {"subject": "toan", "paper": one}))
    assert "De_2019.txt" in page and "Câu 1. Một?" in page
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("toan/a.txt", PAPER)
        archive.writestr("toan/de/a.png", a_picture())
        archive.writestr("broken.txt", b"\xff\x00")
    page = text_of(teacher, on_desk(teacher, {"paper": (io.BytesIO(data.getvalue()), "de.zip")}))
    assert "toan/a.txt" in page and "Không đọc được tệp này" in page and "Không tìm thấy tệp hình" not in page
    both = [(io.BytesIO(PAPER.encode()), "a.txt"), (io.BytesIO(PAPER.replace("Hai", "Ba").encode()), "b.txt")]
    page = text_of(teacher, on_desk(teacher, {"subject": "toan", "paper": both}))
    assert "<dt>Tìm thấy</dt><dd>6</dd>" in page and "b.txt" in page


def test_the_source_file_is_kept_and_given_back(teacher: FlaskClient) -> None:
    desk = on_desk(teacher, DESK)
    answer = teacher.get(f"{desk}/source", buffered=True)
    assert answer.get_data(as_text=True) == PAPER
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.content_type == "application/octet-stream"


def test_a_subject_that_nobody_says_keeps_questions_out_until_the_file_is_read_again(
    teacher: FlaskClient, services: Services
) -> None:
    desk = on_desk(teacher, {"text": PAPER})
    assert "Không rõ câu thuộc môn nào." in text_of(teacher, desk)
    post(teacher, f"{desk}/read", {"subject": "toan"})
    assert "Đang đọc" in text_of(teacher, desk) and 'data-state="reading"' in text_of(teacher, desk)
    work(services)
    assert "Nhập 1 câu" in text_of(teacher, desk)
    assert post(teacher, f"{desk}/read", {"subject": "magic"}).status_code == 422


def test_a_large_file_is_read_and_stored_by_the_worker(
    teacher: FlaskClient, session: Session, services: Services
) -> None:
    session.commit()
    text = "\n".join(f"Câu {number}. Số {number}?\n{OPTIONS}\nĐáp án: A" for number in range(1, 301))
    desk = on_desk(teacher, {**DESK, "text": text})
    assert "Trang tự làm mới" in text_of(teacher, desk)
    assert post(teacher, f"{desk}/store").status_code == 409
    work(services)
    assert "Nhập 300 câu" in text_of(teacher, desk)
    post(teacher, f"{desk}/store")
    assert "Đã nhập 0 câu, còn 300." in text_of(teacher, desk) and count(session) == 0
    work(services)
    assert count(session) == 300
    assert "Xem 300 câu đã nhập" in text_of(teacher, desk)


def test_the_whole_import_is_undone(teacher: FlaskClient, session: Session) -> None:
    session.commit()
    desk = on_desk(teacher, DESK)
    post(teacher, f"{desk}/store")
    assert post(teacher, f"{desk}/undo").status_code == 303
    session.rollback()
    assert session.scalars(select(Question.state)).all() == ["withdrawn"]
    assert "đã được hoàn tác" in text_of(teacher, desk)
    assert post(teacher, f"{desk}/undo").status_code == 409
    assert post(teacher, f"{desk}/store").status_code == 409


def test_an_import_that_nobody_wants_is_discarded(teacher: FlaskClient, services: Services, session: Session) -> None:
    session.commit()
    text = "\n".join(f"Câu {number}. Số {number}?\n{OPTIONS}\nĐáp án: A" for number in range(1, 301))
    desk = on_desk(teacher, {**DESK, "text": text})
    post(teacher, f"{desk}/undo")
    work(services)
    assert "<dt>Tìm thấy</dt><dd>0</dd>" in text_of(teacher, desk)


def test_an_empty_desk_says_what_to_do(teacher: FlaskClient) -> None:
    answer = post(teacher, "/questions/import", {"text": " ", "subject": "magic"})
    assert answer.status_code == 422
    assert "Hãy dán đề vào đây" in answer.get_data(as_text=True)
    answer = post(teacher, "/questions/import", {**DESK, "subject": "magic"})
    assert answer.status_code == 422 and "Hãy chọn môn." in answer.get_data(as_text=True)
    assert post(teacher, "/questions/import", {**DESK, "format": "magic"}).status_code == 422


def test_a_file_that_can_not_be_read_is_refused_with_the_reason(teacher: FlaskClient) -> None:
    paper = (io.BytesIO(b"PK\x03\x04\xff\xfe"), "de.docx")
    answer = post(teacher, "/questions/import", {"subject": "toan", "paper": paper})
    assert answer.status_code == 422
    assert "ZIP" in answer.get_data(as_text=True)


def test_hostile_text_stays_text(teacher: FlaskClient) -> None:
    text = PAPER.replace("Một?", "<script>alert(1)</script>")
    page = text_of(teacher, on_desk(teacher, {**DESK, "text": text, "name": '"><script>'}))
    assert "<script>alert" not in page and '"><script>' not in page
    assert "<script>alert" not in text_of(teacher, on_desk(teacher, {**DESK, "text": text}) + "/items/0")


def test_the_way_back_stays_on_this_site(teacher: FlaskClient) -> None:
    desk = on_desk(teacher, DESK)
    answer = post(teacher, f"{desk}/items/0/left-out", {"left_out": "yes", "next": "https://vidu.example/"})
    assert answer.location == f"{desk}#item-0"


def test_imports_belong_to_their_makers(teacher: FlaskClient, sign_in: SignIn, client: FlaskClient) -> None:
    desk = on_desk(teacher, DESK)
    other, reviewer = sign_in(Role.TEACHER)[0], sign_in(Role.REVIEWER)[0]
    for address in (desk, f"{desk}/source", f"{desk}/items/0"):
        assert other.get(address).status_code == 404
        assert client.get(address).status_code == 404
    for step in ("store", "undo", "read", "pictures", "items/0/left-out", "items/0/source", "items/0"):
        assert post(other, f"{desk}/{step}").status_code == 404, step
        assert post(reviewer, f"{desk}/{step}").status_code == 403, step
    assert sign_in(Role.EDITOR)[0].get(desk).status_code == 200
    assert post(sign_in(Role.STUDENT)[0], "/questions/import", DESK).status_code == 403


def test_every_doubt_is_marked_at_its_place(teacher: FlaskClient) -> None:
    page = text_of(teacher, on_desk(teacher, {"text": f"Câu 1. Số?\n{OPTIONS.replace('ba', 'một')}\nĐáp án: B\n"}))
    assert '<mark><span class="doubt-number">1</span>A. một</mark>' in page
    assert page.count('class="option is-doubtful"') == 2


def test_doubts_lead_from_one_to_the_next_across_pages(teacher: FlaskClient) -> None:
    paper = "".join(f"Câu {n}. Số {n}?\n{OPTIONS}\n{'' if n in (3, 20, 31) else 'Đáp án: A'}\n\n" for n in range(1, 33))
    desk = on_desk(teacher, {"text": paper, "subject": "toan"})
    page = text_of(teacher, desk)
    assert f'data-before="" data-after="{desk}?after=29#item-30"' in page
    assert f'class="button button-quiet" href="{desk}?after=29#item-30"' in page
    assert f'data-before="{desk}?after=18#item-19" data-after=""' in text_of(teacher, f"{desk}?after=29")
