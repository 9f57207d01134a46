"""The page of the bank's list: facets, chips and orders are addresses, and every address can be shared."""

import html
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizbank.questions.states import QuestionState
from repository.permissions import Actor, Role
from repository.services import Services
from tests.builders import post
from tests.counting import count_queries
from tests.quizbank.questions.builders import a_choice, a_question, a_short_answer, some_questions

SignIn = Callable[..., tuple[FlaskClient, Actor]]
TOPIC = "toan.l12.dai-so-giai-tich.nguyen-ham"
EVERY_FILTER = (
    f"subject=toan&grade=12&topic={TOPIC}&level=hieu&type=single-choice&state=published&text=câu&tag=x&import=1"
    "&licence=cc-by-4.0&organisation=1&doubts=no&explained=yes&used=no"
)


def text_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.get_data(as_text=True)


def links(page: str, css: str) -> dict[str, str]:
    """What links of a class say (their counts aside) -> where they lead."""
    found = re.findall(rf'<a class="{css}" href="([^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return {words(inner): html.unescape(href) for href, inner in found}


def words(markup: str) -> str:
    bare = re.sub(r'<span class="(?:facet-count|visually-hidden)">.*?</span>', "", markup, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", "", bare).split())


def counts(page: str) -> dict[str, int]:
    pattern = r'<a class="facet-value".*?<span>(.*?)</span>\s*<span class="facet-count">([\d.]+)</span>'
    found = re.findall(pattern, page, re.DOTALL)
    return {words(label): int(count.replace(".", "")) for label, count in found}


@pytest.fixture
def editor(sign_in: SignIn, session: Session) -> FlaskClient:
    """A bank of seven and somebody who sees all of it."""
    some_questions(session, 2, topic=TOPIC)
    a_question(session, level="biet", topic="toan.l12.dai-so-giai-tich.tich-phan")
    a_question(session, a_short_answer(), subject="vat-li", state=QuestionState.DRAFT)
    some_questions(session, 3, subject="vat-li", grade=11)
    session.commit()
    return sign_in(Role.EDITOR)[0]


def test_every_facet_value_tells_how_many_it_leaves(editor: FlaskClient) -> None:
    page = text_of(editor, "/questions")
    assert "7 câu hỏi" in page
    told = counts(page)
    assert (told["Toán"], told["Vật lí"], told["Bản nháp"], told["Trả lời ngắn"], told["Lớp 11"]) == (3, 4, 1, 1, 3)
    href = links(page, "facet-value")["Vật lí"]
    narrowed = text_of(editor, href)
    assert "4 câu hỏi" in narrowed
    assert (counts(narrowed)["Toán"], counts(narrowed)["Vật lí"], counts(narrowed)["Lớp 12"]) == (3, 4, 1)


def test_a_chosen_value_leads_back(editor: FlaskClient) -> None:
    page = text_of(editor, "/questions?subject=toan&level=biet")
    assert links(page, "facet-value")["Toán"] == "/questions?level=biet"
    assert links(page, "chip") == {"Toán": "/questions?level=biet", "Biết": "/questions?subject=toan"}
    assert links(page, "chip-all") == {"Bỏ mọi bộ lọc": "/questions"}


def test_another_subject_or_grade_gives_up_the_topic(editor: FlaskClient) -> None:
    page = text_of(editor, f"/questions?subject=toan&topic={TOPIC}&state=published")
    assert links(page, "facet-value")["Vật lí"] == "/questions?state=published&subject=vat-li"


def test_topics_are_a_tree_to_walk_down(editor: FlaskClient) -> None:
    told = counts(text_of(editor, "/questions?subject=toan"))
    assert (told["Nguyên hàm"], told["Tích phân"]) == (2, 1)
    below = text_of(editor, "/questions?subject=toan&topic=toan.l12.dai-so-giai-tich")
    assert "3 câu hỏi" in below and counts(below)["Nguyên hàm"] == 2


def test_orders_keep_the_filters_and_pages_keep_both(sign_in: SignIn, session: Session) -> None:
    some_questions(session, 45, level="hieu")
    session.commit()
    client, _ = sign_in(Role.EDITOR)
    page = text_of(client, "/questions?level=hieu")
    hrefs = [html.unescape(href) for href in re.findall(r'<a href="(/questions\?[^"]*sort=used)"', page)]
    assert hrefs == ["/questions?level=hieu&sort=used"]
    seen: list[str] = []
    address = hrefs[0]
    for _ in range(3):
        page = text_of(client, address)
        seen += re.findall(r'class="row-link" href="/questions/(\d+)"', page)
        following = re.search(r'<a class="button" href="([^"]*)" rel="next"', page)
        if following is None:
            break
        address = html.unescape(following[1])
        assert "level=hieu" in address and "sort=used" in address
    assert len(seen) == len(set(seen)) == 45


def test_the_search_field_keeps_the_filters(editor: FlaskClient) -> None:
    page = text_of(editor, "/questions?subject=toan&sort=oldest")
    form = re.search(r'<form class="hero-search.*?</form>', page, re.DOTALL)
    assert form and 'name="subject" value="toan"' in form[0] and 'name="sort" value="oldest"' in form[0]


@pytest.mark.parametrize(
    "odd",
    [
        "grade=x&import=x&organisation=x&sort=x&after=x&doubts=x",
        "subject=nothing&topic=..&level=%00&after=99999999999999999999",
        "text=%22&sort=used&after=-5_-5",
        "grade=-&topic=-&level=-&licence=-&import=-&organisation=-",
        "import=99999999999999999999999",
        "grade=-7&import=-7",
    ],
)
def test_odd_addresses_get_an_answer(editor: FlaskClient, odd: str) -> None:
    text_of(editor, f"/questions?{odd}")


@pytest.mark.parametrize("role", [Role.TEACHER, Role.EDITOR])
def test_the_list_asks_few_questions_whatever_it_is_narrowed_to(
    sign_in: SignIn, session: Session, services: Services, role: Role
) -> None:
    some_questions(session, 25, passage="Một đoạn", tags=("x",), topic=TOPIC)
    session.commit()
    client, _ = sign_in(role)
    client.get("/questions")
    for query in ("", EVERY_FILTER, "tag=x&text=câu&sort=hardest", "text=câu"):
        with count_queries(services.engine) as queries:
            client.get(f"/questions?{query}")
        assert len(queries) <= 12, queries


def test_programs_may_count_too(editor: FlaskClient) -> None:
    found = editor.get("/api/questions?facets=true&subject=vat-li&sort=oldest&limit=2").get_json()
    assert (found["total"], found["facets"]["subject"], found["facets"]["grade"]) == (
        *(4, {"toan": 3, "vat-li": 4}),
        {"12": 1, "11": 3},
    )
    rest = editor.get(f"/api/questions?subject=vat-li&sort=oldest&limit=2&after={found['next']}").get_json()
    ids = [one["id"] for one in (*found["questions"], *rest["questions"])]
    assert ids == sorted(ids) and len(ids) == 4 and rest["next"] is None and rest["facets"] is None


def test_a_teacher_reads_the_published_stem_in_the_list(sign_in: SignIn, session: Session) -> None:
    question = a_question(session, a_choice("Đã duyệt?"))
    session.commit()
    editor, _ = sign_in(Role.EDITOR)
    teacher, _ = sign_in(Role.TEACHER)
    form = {"type": "single-choice", "stem": "Bản mật?", "part-0": "1", "part-1": "2", "true-1": "yes",
            "subject": "toan", "programme": "gdpt-2018", "grade": "12", "based_on": "1"}  # fmt: skip
    assert post(editor, f"/questions/{question.id}/edit", form).status_code == 303
    assert "Bản mật?" in text_of(editor, "/questions")
    seen = text_of(teacher, "/questions")
    assert "Đã duyệt?" in seen and "Bản mật?" not in seen and "Bản nháp" not in seen
