"""``GET /api/suggest``."""

from collections.abc import Sequence
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from repository.search.documents import Suggestion
from repository.services import Services

FOUND = (
    Suggestion("phương trình", "phrase"),
    Suggestion("Phương trình mặt cầu", "topic", "toan.l12"),
    Suggestion("Nguyễn Thị Hoà", "person"),
    Suggestion("Phương trình bậc hai", "lecture", "7"),
)


@pytest.fixture
def asked(services: Services, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What the index was asked; it always knows the same."""
    questions: list[tuple[str, int]] = []

    def suggest(text: str, *, limit: int = 8) -> Sequence[Suggestion]:
        questions.append((text, limit))
        return FOUND[:limit]

    monkeypatch.setattr(services.search, "suggest", suggest)
    return questions


def test_suggestions_say_what_they_are_and_where_they_lead(client: FlaskClient, asked: list[Any]) -> None:
    found = client.get("/api/suggest?q=phuong tr").get_json()["suggestions"]
    assert [(one["kind"], one["id"], one["url"]) for one in found] == [
        ("phrase", "", "/search?q=ph%C6%B0%C6%A1ng+tr%C3%ACnh"),
        ("topic", "toan.l12", "/search?topic=toan.l12"),
        ("person", "", "/search?q=%22Nguy%E1%BB%85n+Th%E1%BB%8B+Ho%C3%A0%22"),
        ("lecture", "7", "/lectures/7"),
    ]
    assert found[0]["text"] == "phương trình"


def test_the_index_is_asked_for_what_was_typed(client: FlaskClient, asked: list[tuple[str, int]]) -> None:
    assert len(client.get("/api/suggest", query_string={"q": "đạo h", "limit": 2}).get_json()["suggestions"]) == 2
    assert asked == [("đạo h", 2)]


@pytest.mark.parametrize("limit", ["0", "21", "x"])
def test_an_absurd_number_is_refused(client: FlaskClient, asked: list[Any], limit: str) -> None:
    assert client.get(f"/api/suggest?q=a&limit={limit}").status_code == 422
    assert not asked


def test_answers_may_be_kept_for_a_moment_by_one_browser(client: FlaskClient, asked: list[Any]) -> None:
    assert client.get("/api/suggest?q=a").headers["Cache-Control"] == "private, max-age=5"


def test_neither_actor_nor_session_is_looked_up(services: Services, client: FlaskClient, asked: list[Any]) -> None:
    statements: list[str] = []
    event.listen(services.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    client.get("/api/suggest?q=a")
    assert statements == []
