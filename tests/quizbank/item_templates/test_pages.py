"""The pages of item templates: list, editor, preview, generation, and what a question's page says of its template."""

import re
import time
from html import unescape

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.item_templates.examples import NAMES
from quizbank.item_templates.models import KeptTemplate, TemplateClone, TemplateVersion
from quizbank.item_templates.pages.editing import library_groups
from quizbank.questions.models import Question
from repository.jobs import Worker
from repository.permissions import Role
from repository.services import Services
from tests.builders import an_actor, post
from tests.counting import count_queries
from tests.quizbank.conftest import Browser
from tests.quizbank.item_templates.builders import a_template

FORM = {
    "name": "Cộng hai số",
    "type": "single-choice",
    "parameters": "a, b = sample(span(2, 9), 2)",
    "stem": "Tính ${@ a @} + {@ b @}$.",
    "key-value": "a + b",
    "part-0-value": "a * b",
    "part-0-why": "nhân thay cho cộng",
    "part-1-value": "abs(a - b)",
    "part-2-value": "a + b + 1",
    "part-3-value": "a + b - 1",
    "subject": "toan",
    "programme": "gdpt-2018",
    "grade": "6",
    "shown_rows": "4",
}


def run_jobs(services: Services) -> None:
    Worker(services.sessions, services.job_handlers, services).run_due(("item_templates.generate",))


def test_a_form_without_javascript_makes_a_template(teacher: Browser, services: Services) -> None:
    client, actor = teacher
    answer = post(client, "/item-templates/new", FORM, follow_redirects=True)
    assert "Đã lưu mẫu câu hỏi" in answer.text
    with services.sessions() as session:
        version = session.scalars(select(TemplateVersion)).one()
        kept = session.get_one(KeptTemplate, version.template_id)
    assert (version.name, version.number, version.subject, version.grade) == ("Cộng hai số", 1, "toan", 6)
    assert kept.created_by_id == actor.person_id


def test_a_preview_shows_five_clones_with_values_key_and_misconceptions(teacher: Browser, services: Services) -> None:
    page = post(teacher[0], "/item-templates/new", {**FORM, "preview": "1"})
    assert page.status_code == 200
    assert [f"Câu số {number}</h3>" in page.text for number in range(1, 7)] == [True] * 5 + [False]
    assert re.search(r"<code>a</code> = \d", page.text)
    assert "Đáp án đúng" in page.text and "nhân thay cho cộng" in page.text
    assert re.search(r"\d+ câu khác nhau trong 200 lần rút thử", page.text)
    with services.sessions() as session:
        assert session.scalar(select(func.count()).select_from(KeptTemplate)) == 0


def test_a_name_that_nothing_reads_is_told(teacher: Browser) -> None:
    sent = {**FORM, "parameters": FORM["parameters"] + "\nspare = a", "preview": "1"}
    assert "không dùng ở đâu: spare." in post(teacher[0], "/item-templates/preview", sent).text
    assert "không dùng ở đâu" not in post(teacher[0], "/item-templates/preview", {**FORM, "preview": "1"}).text


def test_the_next_clones_are_shown_by_a_button(teacher: Browser) -> None:
    page = post(teacher[0], "/item-templates/new", {**FORM, "preview": "1"}).text
    assert 'name="preview" value="6"' in page
    assert "Câu số 6</h3>" in post(teacher[0], "/item-templates/new", {**FORM, "preview": "6"}).text


@pytest.mark.parametrize(
    ("field", "value", "where", "what"),
    [
        ("parameters", "a = 1\nb = a +* 2", "Tham số, dòng 2", "parameters"),
        ("stem", "Tính {@ c @}.", "Lời dẫn, dòng 1", "stem"),
        ("part-1-value", "abs(a -", "Dòng phương án 2, dòng 1", "part-1-value"),
        ("key-value", "a / 0", "Đáp án, dòng 1", "key-value"),
        ("tables", "{", "Bảng dữ liệu phải là JSON", "tables"),
        ("parameters", "a = 1\nb = 2\nrequire a > b", "Điều kiện quá chặt", "parameters"),
        ("subject", "", "Hãy chọn môn", "subject"),
        ("name", "", "Hãy đặt tên", "name"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_what_was_entered_is_kept(
    teacher: Browser, field: str, value: str, where: str, what: str
) -> None:
    answer = post(teacher[0], "/item-templates/new", {**FORM, field: value})
    assert answer.status_code == 422
    assert where in answer.text
    assert f'href="#{what}"' in answer.text and f'id="{what}-error"' in answer.text
    assert "Tính ${@ a @} + {@ b @}$." in answer.text or field == "stem"
    assert "nhân thay cho cộng" in answer.text


def test_rows_are_added_without_javascript(teacher: Browser) -> None:
    page = post(teacher[0], "/item-templates/new", {**FORM, "more": "yes"}).text
    assert 'name="part-5-text"' in page and 'name="part-6-text"' not in page


@pytest.mark.parametrize("name", NAMES)
def test_every_example_opens_with_its_clones_and_can_be_kept(teacher: Browser, name: str) -> None:
    client, _ = teacher
    page = client.get(f"/item-templates/new?example={name}").text
    assert "Câu số 5</h3>" in page and "notice-wrong" not in page and "notice-doubt" not in page
    assert "$" not in page[page.index('id="preview"') :], "a formula that is none"
    sent = {**fields_of(page)}
    assert "Đã lưu mẫu câu hỏi" in post(client, "/item-templates/new", sent, follow_redirects=True).text


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the editor's form."""
    form = page[page.index("data-template-editor") :]
    sent = {
        name: unescape(text)
        for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.S)
    }
    sent |= {
        name: unescape(value) for name, value in re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form)
    }
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return {name: value for name, value in sent.items() if name != "csrf_token"}


def test_questions_are_generated_as_drafts_of_whoever_ordered_them(teacher: Browser, services: Services) -> None:
    client, actor = teacher
    post(client, "/item-templates/new", FORM)
    page = post(client, "/item-templates/1/generations", {"count": "5", "first": ""}, follow_redirects=True)
    assert "Đang sinh câu hỏi" in page.text and "data-job=" in page.text
    run_jobs(services)
    done = client.get("/item-templates/1/generations/1").text
    assert "Đã sinh 5 câu hỏi" in done
    with services.sessions() as session:
        questions = session.scalars(select(Question)).all()
        assert [(one.state, one.created_by_id, one.family_id) for one in questions] == [
            ("draft", actor.person_id, 1)
        ] * 5
    shown = client.get("/item-templates/1").text
    assert len(re.findall(r'class="row-link" href="/questions/\d+"', shown)) == 5


def test_a_question_names_its_template_and_number(teacher: Browser, services: Services) -> None:
    client, _ = teacher
    post(client, "/item-templates/new", FORM)
    post(client, "/item-templates/1/generations", {"count": "2", "first": "7"})
    run_jobs(services)
    with services.sessions() as session:
        clone = session.scalars(select(TemplateClone).order_by(TemplateClone.number)).first()
    assert clone is not None and clone.number == 7
    page = client.get(f"/questions/{clone.question_id}").text
    assert '<a href="/item-templates/1">Cộng hai số</a>, số 7' in page
    assert "Sinh từ mẫu" in page


def test_a_template_whose_questions_may_meet_says_so(teacher: Browser, services: Services) -> None:
    client, _ = teacher
    assert "đứng chung một đề." not in client.get("/item-templates/new").text
    post(client, "/item-templates/new", {**FORM, "may_meet": "yes"})
    assert "Hai câu của mẫu này được đứng chung một đề." in client.get("/item-templates/1").text
    assert 'name="may_meet" value="yes" checked' in client.get("/item-templates/1/edit").text
    post(client, "/item-templates/1/edit", {**FORM, "based_on": "1"})
    assert "Hai câu của cùng một mẫu không bao giờ đứng chung một đề." in client.get("/item-templates/1").text


def test_a_template_of_the_product_is_copied_into_one_of_ones_own(teacher: Browser, session: Session) -> None:
    client, _ = teacher
    product = a_template(session, name="Mẫu của sản phẩm")
    session.commit()
    page = client.get(f"/item-templates/{product.id}").text
    assert f'href="/item-templates/new?from={product.id}"' in page and "Sửa mẫu" not in page
    form = client.get(f"/item-templates/new?from={product.id}").text
    assert 'value="Mẫu của sản phẩm"' in form and "a = integer(1, 99)" in form
    assert 'name="based_on"' not in form and 'action="/item-templates/new"' in form


def test_nobody_copies_a_template_that_they_may_not_see(teacher: Browser, session: Session) -> None:
    hidden = a_template(session, an_actor(session, Role.TEACHER))
    session.commit()
    for number in (hidden.id, 999, "x"):
        assert teacher[0].get(f"/item-templates/new?from={number}").status_code == 404


def test_the_list_is_searched(teacher: Browser) -> None:
    client, _ = teacher
    assert "Tên mẫu có chữ" not in client.get("/item-templates").text
    for name in ("Cộng hai số", "Trừ hai số"):
        post(client, "/item-templates/new", {**FORM, "name": name})
    found = client.get("/item-templates?q=++cộng+&subject=toan&grade=6").text
    assert "Cộng hai số" in found and "Trừ hai số" not in found and 'value="cộng"' in found
    nothing = client.get("/item-templates?subject=vat-li").text
    assert "Không có mẫu nào như vậy" in nothing and "Tên mẫu có chữ" in nothing
    assert "Cộng hai số" in client.get("/item-templates?grade=x").text


def test_a_template_page_shows_the_clone_that_comes_next(teacher: Browser, services: Services) -> None:
    client, _ = teacher
    post(client, "/item-templates/new", FORM)
    assert "Câu số 1 sẽ như sau" in client.get("/item-templates/1").text
    post(client, "/item-templates/1/generations", {"count": "2", "first": "7"})
    run_jobs(services)
    page = client.get("/item-templates/1").text
    assert "Câu số 9 sẽ như sau" in page and "Câu số 9</h3>" in page


def test_clones_of_an_older_version_are_marked(teacher: Browser, services: Services) -> None:
    client, _ = teacher
    post(client, "/item-templates/new", FORM)
    post(client, "/item-templates/1/generations", {"count": "2", "first": ""})
    run_jobs(services)
    assert "từ bản 1 của mẫu" not in client.get("/item-templates/1").text
    changed = {**FORM, "stem": "Tổng ${@ a @} + {@ b @}$ là", "based_on": "1"}
    assert "Đã lưu bản mới" in post(client, "/item-templates/1/edit", changed, follow_redirects=True).text
    assert client.get("/item-templates/1").text.count("từ bản 1 của mẫu") == 2


def test_a_change_from_an_old_window_is_refused(teacher: Browser) -> None:
    client, _ = teacher
    post(client, "/item-templates/new", FORM)
    post(client, "/item-templates/1/edit", {**FORM, "based_on": "1"})
    answer = post(client, "/item-templates/1/edit", {**FORM, "name": "Cửa sổ cũ", "based_on": "1"})
    assert answer.status_code == 409


@pytest.mark.parametrize(("count", "first"), [("0", ""), ("501", ""), ("năm", ""), ("5", "0"), ("5", "x")])
def test_a_wrong_count_is_told_at_its_field(teacher: Browser, count: str, first: str) -> None:
    client, _ = teacher
    post(client, "/item-templates/new", FORM)
    answer = post(client, "/item-templates/1/generations", {"count": count, "first": first})
    assert answer.status_code == 422
    assert f'id="{"first" if first else "count"}-error"' in answer.text
    assert f'value="{count}"' in answer.text


@pytest.mark.parametrize("how_many", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    teacher: Browser, session: Session, services: Services, how_many: int
) -> None:
    client, actor = teacher
    for _ in range(how_many):
        a_template(session, actor)
    session.commit()
    with count_queries(services.engine) as queries:
        page = client.get("/item-templates").text
    assert page.count('class="row-link"') == how_many
    assert len(queries) <= 5


@pytest.mark.parametrize("how_many", [2, 40])
def test_the_page_of_a_template_takes_the_same_queries_however_many_clones(
    teacher: Browser, services: Services, how_many: int
) -> None:
    client, _ = teacher
    post(client, "/item-templates/new", FORM)
    post(client, "/item-templates/1/generations", {"count": str(how_many), "first": ""})
    run_jobs(services)
    with count_queries(services.engine) as queries:
        client.get("/item-templates/1")
    assert len(queries) <= 16


def test_the_list_is_paged_by_key(teacher: Browser, session: Session) -> None:
    client, actor = teacher
    ids = [a_template(session, actor).id for _ in range(52)]
    session.commit()
    first = client.get("/item-templates").text
    assert f'href="/item-templates?after={ids[2]}"' in first
    rest = client.get(f"/item-templates?after={ids[2]}").text
    assert [f'href="/item-templates/{id_}"' in rest for id_ in ids[:3]] == [True, True, False]


HOSTILE = {
    "a tower of powers": "a = 9**9**9",
    "a huge range": "a = span(1, 10**12)",
    "loops in loops": "a = sum([i*j for i in span(1, 9999) for j in span(1, 9999)])",
    "loops after loops": "a = integer(1, 9)\nx = [i * a for i in span(1, 9000)]\ny = sorted(x)\nrequire a > 10",
    "a function of itself": "f(n) = f(n - 1) + f(n - 2)\na = f(80)",
    "deep brackets": "a = " + "(" * 5000 + "1" + ")" * 5000,
    "deep lists": "a = " + "[" * 39 + "1" + "]" * 39,
    "a long text": 'a = "x" * 10**9',
    "a long text in steps": 'b = "xxxxxxxxxxxxxxxxxxxx" * 1000\na = b * 1000',
    "many subsets": "a = combinations(span(1, 400), 6)",
    "long minus": "a = " + "-" * 7000 + "1",
    "long sum": "a = " + "+".join(["1"] * 3900),
    "python": "a = ().__class__.__bases__[0].__subclasses__()",
    "import": "a = __import__('os').system('true')",
    "a lambda": "a = (lambda: 1)()",
    "nothing fits": "a = integer(1, 9)\nrequire a > 9",
}


@pytest.mark.parametrize("parameters", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_template_is_answered_in_a_moment_with_a_clear_error(teacher: Browser, parameters: str) -> None:
    client, _ = teacher
    sent = {**FORM, "parameters": parameters + "\nb = 2", "stem": "{@ a @} {@ b @}", "preview": "1"}
    client.get("/help")
    began = time.process_time()
    page = post(client, "/item-templates/preview", sent)
    assert time.process_time() - began < 1
    assert page.status_code == 200
    assert "Mẫu chưa dùng được" in page.text or "Không có bộ số nào thoả điều kiện ở số này" in page.text


def test_help_names_every_group_of_functions(teacher: Browser) -> None:
    page = teacher[0].get("/item-templates/new").text
    with teacher[0].application.test_request_context():
        groups = library_groups()
    assert len(groups) > 3
    assert all(usage.partition("(")[0] in page for _group, functions in groups for usage, _summary in functions)


def test_english_pages_speak_english(teacher: Browser) -> None:
    client, _ = teacher
    client.get("/language/en")
    page = client.get("/item-templates/new?example=numbers").text
    assert "New item template" in page and "different questions in 200 trial draws" in page


def test_a_template_is_put_away_and_taken_out_again_by_buttons(teacher: Browser, services: Services) -> None:
    client, actor = teacher
    with services.sessions() as session:
        address = f"/item-templates/{a_template(session, actor, name='Mẫu cũ').id}"
        session.commit()
    page = post(client, f"{address}/withdraw", follow_redirects=True).text
    assert "Mẫu này được cất lúc" in page and f'action="{address}/generations"' not in page
    assert "Mẫu cũ" not in client.get("/item-templates").text
    assert "Mẫu cũ" in client.get("/item-templates?withdrawn=yes").text
    assert post(client, f"{address}/generations", {"count": "2"}).status_code == 409
    page = post(client, f"{address}/restore", follow_redirects=True).text
    assert "Mẫu này được cất lúc" not in page and f'action="{address}/generations"' in page
    assert "Không có mẫu nào đã cất" in client.get("/item-templates?withdrawn=yes").text
