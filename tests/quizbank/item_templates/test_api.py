"""Item templates for other programs."""

from typing import Any

import pytest
from sqlalchemy import func, select

from quizbank.item_templates import actions, api
from quizbank.item_templates.drafts import TemplateDraft
from quizbank.questions.models import Question
from repository.db import writing
from repository.jobs import Worker
from repository.services import Services
from tests.builders import csrf_of
from tests.quizbank.conftest import Browser

TEMPLATE = {
    "name": "Mẫu cộng",
    "template": {
        "type": "single-choice",
        "stem": "Tính ${@ a @} + {@ b @}$.",
        "parameters": "a, b = sample(span(2, 99), 2)",
        "key": {"value": "a + b"},
        "parts": [{"value": "a - b", "why": "trừ"}, {"value": "a + b + 1"}, {"value": "a + b - 1"}, {"value": "a * b"}],
    },
    "subject": "toan",
    "grade": 6,
}


def send(browser: Browser, method: str, address: str, body: Any = None) -> Any:
    client, _ = browser
    return client.open(address, method=method, json=body, headers={"X-CSRFToken": csrf_of(client)})


def test_a_template_is_kept_read_revised_and_listed(teacher: Browser) -> None:
    made = send(teacher, "POST", "/api/item-templates", TEMPLATE)
    assert made.status_code == 201
    kept = made.get_json()
    assert (kept["version"], kept["name"], kept["template"]["key"]["value"]) == (1, "Mẫu cộng", "a + b")
    address = f"/api/item-templates/{kept['id']}"
    changed = {**TEMPLATE, "name": "Tên mới", "based_on": 1}
    assert send(teacher, "POST", f"{address}/versions", changed).get_json()["version"] == 2
    assert send(teacher, "POST", f"{address}/versions", changed).status_code == 409
    assert teacher[0].get(address).get_json()["name"] == "Tên mới"
    assert teacher[0].get(f"{address}/versions/1").get_json()["name"] == "Mẫu cộng"
    assert teacher[0].get(f"{address}/versions/9").status_code == 404
    listed = teacher[0].get("/api/item-templates").get_json()
    assert [one["name"] for one in listed["templates"]] == ["Tên mới"] and listed["next"] is None


def test_nothing_is_locked_while_a_template_is_checked(
    teacher: Browser, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = send(teacher, "POST", "/api/item-templates", TEMPLATE).get_json()
    checked = []

    def check(draft: TemplateDraft) -> None:
        with services.sessions() as other:
            writing(other).rollback()
        checked.append(draft.name)

    monkeypatch.setattr(api, "check_draft", check)
    monkeypatch.delattr(actions, "check_draft")
    assert send(teacher, "POST", "/api/item-templates", TEMPLATE).status_code == 201
    assert (
        send(teacher, "POST", f"/api/item-templates/{kept['id']}/versions", {**TEMPLATE, "based_on": 1}).status_code
        == 201
    )
    assert checked == ["Mẫu cộng"] * 2


def test_what_was_read_can_be_sent_back(teacher: Browser) -> None:
    kept = send(teacher, "POST", "/api/item-templates", TEMPLATE).get_json()
    placed = ("subject", "grade", "programme", "topic", "level", "tags")
    names = ("name", "template", *placed, "licence", "room", "may_meet")
    again = send(teacher, "POST", "/api/item-templates", {name: kept[name] for name in names})
    assert again.status_code == 201
    assert again.get_json()["template"] == kept["template"]


def test_a_preview_draws_and_says_what_is_wrong_where(teacher: Browser) -> None:
    drawn = send(teacher, "POST", "/api/item-templates/preview", {**TEMPLATE, "first": 3, "count": 2}).get_json()
    assert [clone["number"] for clone in drawn["clones"]] == [3, 4]
    assert set(drawn["clones"][0]["values"]) == {"a", "b"}
    assert sum(part["is_true"] for part in drawn["clones"][0]["question"]["parts"]) == 1
    assert drawn["different"] > 100 and drawn["faults"] == []
    wrong = {**TEMPLATE, "template": {**TEMPLATE["template"], "parameters": "a = 1\nb = oops(2)"}}  # type: ignore[dict-item]
    [fault] = send(teacher, "POST", "/api/item-templates/preview", wrong).get_json()["faults"]
    assert (fault["field"], fault["line"]) == ("parameters", 2) and "oops" in fault["message"]


def test_what_is_wrong_is_told_by_field(teacher: Browser) -> None:
    wrong = {**TEMPLATE, "subject": "khong-co", "template": {**TEMPLATE["template"], "stem": "{@ x @}"}}  # type: ignore[dict-item]
    answer = send(teacher, "POST", "/api/item-templates", wrong)
    assert answer.status_code == 422
    assert set(answer.get_json()["facts"]["fields"]) == {"subject", "stem"}


def test_questions_are_ordered_and_followed(teacher: Browser, services: Services) -> None:
    kept = send(teacher, "POST", "/api/item-templates", TEMPLATE).get_json()
    address = f"/api/item-templates/{kept['id']}/generations"
    order = send(teacher, "POST", address, {"count": 4})
    assert order.status_code == 202 and order.get_json()["is_over"] is False
    Worker(services.sessions, services.job_handlers, services).run_due(("item_templates.generate",))
    done = teacher[0].get(f"{address}/{order.get_json()['id']}").get_json()
    assert (done["made"], done["wanted"], done["is_over"]) == (4, 4, True)
    with services.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Question)) == 4
    assert send(teacher, "POST", address, {"count": 501}).status_code == 422


def test_a_template_is_put_away_and_taken_out_again(teacher: Browser) -> None:
    address = f"/api/item-templates/{send(teacher, 'POST', '/api/item-templates', TEMPLATE).get_json()['id']}"
    assert send(teacher, "POST", f"{address}/withdraw").get_json()["withdrawn_at"]
    assert send(teacher, "POST", f"{address}/generations", {"count": 2}).status_code == 409
    client, _ = teacher
    listed = [client.get(f"/api/item-templates{query}").get_json()["templates"] for query in ("", "?withdrawn=true")]
    assert [[one["name"] for one in some] for some in listed] == [[], ["Mẫu cộng"]]
    assert send(teacher, "POST", f"{address}/restore").get_json()["withdrawn_at"] is None
    assert send(teacher, "POST", f"{address}/generations", {"count": 2}).status_code == 202
