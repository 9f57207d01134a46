from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell
from quizbank.quizzes.models import Quiz
from repository.permissions import Actor, Role
from tests.builders import csrf_of
from tests.conftest import SignIn
from tests.quizbank.matrices.builders import a_cell
from tests.quizbank.questions.builders import a_question
from tests.quizbank.quizzes.builders import a_quiz

Teacher = tuple[FlaskClient, Actor]


@pytest.fixture
def teacher(sign_in: SignIn) -> Teacher:
    return sign_in(Role.TEACHER)


def a_committed_quiz(session: Session, actor: Actor, *cells: Cell, spare: int = 0) -> Quiz:
    quiz = a_quiz(session, actor, *cells, spare=spare)
    session.commit()
    return quiz


class Program:
    """A program that works on one quiz: it keeps the revision that the last answer named."""

    def __init__(self, client: FlaskClient, quiz: Quiz) -> None:
        self.client = client
        self.place = f"/api/quizzes/{quiz.id}"
        self.headers = {"X-CSRFToken": csrf_of(client)}
        self.revision = 1

    def look(self, address: str = "/workbench") -> Any:
        return self.client.get(self.place + address).json

    def send(self, method: str, address: str, *, status: int = 200, **body: Any) -> Any:
        sent = {"revision": self.revision, **body}
        more: dict[str, Any] = {"query_string": sent} if method == "DELETE" else {"json": sent}
        answer = self.client.open(self.place + address, method=method, headers=self.headers, **more)
        assert answer.status_code == status, answer.text
        data: Any = answer.json
        self.revision = data.get("revision", self.revision)
        return data

    def questions(self) -> list[int]:
        return [item["question_id"] for item in self.look()["items"]]


def test_the_workbench_is_told_whole(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    seen = Program(client, a_committed_quiz(session, actor)).look()
    assert (seen["revision"], seen["marks"], seen["known"], seen["undo"]) == (1, "3.00", 0, "")
    assert seen["parts"][0] == {"part": 1, "count": 4, "marks": "1.00"}
    assert [(cell["wanted"], cell["count"]) for cell in seen["cells"]] == [(4, 4), (1, 1), (2, 2)]
    assert seen["prediction"]["low"] < seen["prediction"]["mean"] < seen["prediction"]["high"] <= 3
    assert seen["levels"] == [{"level": "biet", "share": 1.0}]
    first = seen["items"][0]
    assert (first["key"], first["is_locked"], first["origin"], first["estimate"]["answers"]) == ("B", False, "draw", 0)


def test_a_program_does_what_a_teacher_does(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    program = Program(client, a_committed_quiz(session, actor, spare=3))
    at_first = program.questions()
    assert program.send("POST", "/items/1/lock", is_locked=True)["items"][0]["is_locked"]
    swapped = program.send("POST", "/items/2/swap")
    assert swapped["items"][1]["instead_of"] == at_first[1] and swapped["position"] == 2
    assert program.send("POST", "/items/1/move", by=2)["position"] == 3
    assert program.send("PUT", "/items/1/marks", marks="0.5")["items"][0]["marks"] == "0.50"
    assert program.send("PUT", "/parts/3/marks", total="2")["parts"][2]["marks"] == "2.00"
    assert len(program.send("DELETE", "/items/5")["items"]) == 6
    assert program.send("POST", "/redraw")["cells"][1]["count"] == 1
    assert at_first[0] in program.questions()
    for _ in range(7):
        undone = program.send("POST", "/undo")
    assert program.questions() == at_first and undone["undo"] == "" and undone["redo"] == "lock"
    assert program.send("POST", "/redo")["items"][0]["is_locked"]
    assert program.revision == 16 - 0


def test_a_program_chooses_from_alternatives(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    program = Program(client, a_committed_quiz(session, actor, a_cell(count=1), spare=3))
    found = program.look("/items/1/alternatives")
    assert found["count"] == 3 and all(one["estimate"]["right_fraction"] > 0 for one in found["alternatives"])
    chosen = found["alternatives"][2]["question_id"]
    assert program.send("POST", "/items/1/replace", question_id=chosen)["items"][0]["origin"] == "choose"
    assert program.questions() == [chosen]


def test_a_program_searches_and_adds(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_quiz(session, actor, a_cell(level="biet", count=1))
    added = a_question(session, level="van-dung")
    session.commit()
    program = Program(client, quiz)
    [found] = program.look("/candidates?level=van-dung")["candidates"]
    assert (found["question_id"], found["cell"], found["at"]) == (added.id, -1, 0)
    after = program.send("POST", "/items", status=201, question_id=added.id)
    assert after["cells"][-1]["cell"] == -1 and after["position"] == 2
    assert program.look("/candidates?level=van-dung")["candidates"][0]["at"] == 2
    assert client.get(f"{program.place}/candidates?type=poem").status_code == 422


def test_a_program_that_comes_too_late_is_told_the_quiz_as_it_is(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, spare=1)
    late, program = Program(client, quiz), Program(client, quiz)
    program.send("POST", "/items/1/lock", is_locked=True)
    refused = late.send("POST", "/items/1/swap", status=409)
    assert refused["title"] == "old-window"
    assert refused["facts"]["revision"] == 2
    assert refused["facts"]["workbench"]["items"][0]["is_locked"]


def test_a_step_without_a_revision_is_refused(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor)
    headers = {"X-CSRFToken": csrf_of(client)}
    answer = client.post(f"/api/quizzes/{quiz.id}/undo", json={}, headers=headers)
    assert answer.status_code == 422


def test_short_cells_are_listed(teacher: Teacher, session: Session) -> None:
    client, actor = teacher
    quiz = a_committed_quiz(session, actor, a_cell(count=2))
    quiz.cells[0].count = 3
    session.commit()
    refused = Program(client, quiz).send("POST", "/redraw", status=409)
    assert refused["facts"]["short"] == [
        {"cell": 0, "topic": None, "level": None, "type": "single-choice", "wanted": 3, "available": 2}
    ]
