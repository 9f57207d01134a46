from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell
from quizbank.questions.models import QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.building import build_quiz
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.papers import queries
from quizbank.quizzes.papers.paper import PaperOptions
from quizbank.quizzes.papers.queries import paper_from, papers_of
from quizbank.quizzes.papers.wording import marks_text, part_order, part_title, passage_words
from quizbank.quizzes.queries import paper_of, versions_of
from repository.accounts.models import Organisation, OrganisationKind
from repository.errors import Forbidden, NotFound
from repository.permissions import Actor, Permission, Role
from repository.services import Services
from tests.builders import MOMENT, an_actor
from tests.counting import count_queries
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import a_choice, a_question
from tests.quizbank.quizzes.builders import a_quiz
from tests.quizbank.quizzes.papers.builders import HEADING

WITH_KEYS = PaperOptions(with_keys=True)


@pytest.fixture
def teacher(session: Session) -> Actor:
    return an_actor(session, Role.TEACHER)


def test_a_paper_has_its_parts_titles_and_orders(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("101", "102"))
    papers = papers_of(session, teacher, quiz.id)
    assert [paper.code for paper in papers] == ["101", "102"]
    first = papers[0]
    assert [part.part for part in first.parts] == [1, 2, 3]
    assert first.parts[0].title == "PHẦN I. Câu trắc nghiệm nhiều phương án lựa chọn."
    assert first.parts[0].instruction == (
        "Thí sinh trả lời từ câu 1 đến câu 4. Mỗi câu hỏi thí sinh chỉ chọn một phương án."
    )
    assert [one.label for one in first.parts[2].questions] == ["Câu 1", "Câu 2"]
    assert first.heading.subject == "Môn: TOÁN – Lớp 12"
    assert first.heading.duration == "Thời gian làm bài: 45 phút, không kể thời gian phát đề"
    assert first.heading.year == "NĂM HỌC 2026 - 2027"


def test_without_keys_a_paper_tells_nothing(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("101",))
    for paper in papers_of(session, teacher, quiz.id):
        assert all(one.key == one.explanation == "" for one in paper.questions)
        assert all(choice.is_true is None for one in paper.questions for choice in one.choices)


def test_keys_are_those_of_the_code(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("101", "102", "103"))
    for paper in papers_of(session, teacher, quiz.id, options=WITH_KEYS):
        for one in paper.parts[0].questions:
            [right] = [choice for choice in one.choices if choice.is_true]
            assert (right.letter, right.text) == (one.key, "hai")
        assert paper.parts[1].questions[0].key == "ĐSĐS"
        assert paper.parts[2].questions[0].key == "2,5"


def test_codes_are_printed_in_the_order_asked_for(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=("101", "102"))
    assert [paper.code for paper in papers_of(session, teacher, quiz.id, ["102", "101"])] == ["102", "101"]
    with pytest.raises(NotFound):
        papers_of(session, teacher, quiz.id, ["999"])


def test_a_quiz_without_codes_is_one_paper(session: Session, teacher: Actor) -> None:
    [paper] = papers_of(session, teacher, a_quiz(session, teacher, title="Kiểm tra 15 phút").id)
    assert (paper.code, paper.title, paper.heading.exam) == ("", "Kiểm tra 15 phút", "KIỂM TRA 15 PHÚT")


def test_nobody_prints_the_paper_of_another(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    for options in (PaperOptions(), WITH_KEYS):
        with pytest.raises(Forbidden):
            papers_of(session, an_actor(session, Role.TEACHER), quiz.id, options=options)


def test_keys_need_a_permission_of_their_own(session: Session, teacher: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    quiz = a_quiz(session, teacher)
    monkeypatch.setattr(queries, "SEE_QUIZ_KEYS", Permission("see quiz keys", lambda _actor, _quiz: False))
    assert papers_of(session, teacher, quiz.id)
    with pytest.raises(Forbidden):
        papers_of(session, teacher, quiz.id, options=WITH_KEYS)


def test_the_heading_names_the_school_and_its_superior(session: Session, teacher: Actor) -> None:
    department = Organisation(
        kind=OrganisationKind.DEPARTMENT, name="Sở Giáo dục và Đào tạo Huế", code="so-hue", created_at=MOMENT
    )
    session.add(department)
    session.flush()
    school = Organisation(
        kind=OrganisationKind.SCHOOL,
        name="Trường THPT Quốc Học",
        code="quoc-hoc",
        parent_id=department.id,
        created_at=MOMENT,
    )
    session.add(school)
    session.flush()
    quiz = a_quiz(session, replace(teacher, organisation_id=school.id))
    heading = papers_of(session, teacher, quiz.id)[0].heading
    assert (heading.authority, heading.school) == ("SỞ GIÁO DỤC VÀ ĐÀO TẠO HUẾ", "TRƯỜNG THPT QUỐC HỌC")


def test_what_the_teacher_says_goes_first(session: Session, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher)
    said = PaperOptions(authority="", school="Trường A", exam="Thi thử lần 2", year="", note="Được dùng máy tính.\n")
    heading = papers_of(session, teacher, quiz.id, options=said)[0].heading
    assert (heading.authority, heading.school, heading.exam, heading.year) == ("", "TRƯỜNG A", "THI THỬ LẦN 2", "")
    assert heading.notes == ("Được dùng máy tính.",)


def test_questions_of_a_passage_stand_under_it(session: Session, teacher: Actor) -> None:
    for number in range(3):
        a_question(session, a_choice(), passage="Một dòng sông chảy." if number else "", level="biet")
    quiz = build_quiz(session, teacher, a_matrix(a_cell(count=3)), seed=1, now=MOMENT)
    [part] = papers_of(session, teacher, quiz.id)[0].parts
    [block] = [block for block in part.blocks if block.passage]
    assert block.passage == "Một dòng sông chảy."
    first, last = block.questions[0].number, block.questions[-1].number
    assert last == first + 1
    assert block.intro == f"Sử dụng thông tin sau để trả lời các câu {first} và {last}:"


def essays(session: Session, teacher: Actor) -> Quiz:
    """A literature paper of two reading questions on a passage and two writing tasks."""
    quiz = a_quiz(session, teacher, Cell(None, None, QuestionType.SINGLE_CHOICE, 4, Decimal("2")))
    versions = versions_of(session, quiz)
    passages = a_question(session, a_choice(), passage="Đoạn thơ.")
    passage_id = session.get_one(QuestionVersion, passages.current_version_id).passage_version_id
    for item in quiz.items:
        item.part = 4
        version = versions[item.question_version_id]
        version.type = QuestionType.ESSAY
        version.parts.clear()
        version.passage_version_id = passage_id if item.position <= 2 else None
    quiz.subject = "ngu-van"
    session.flush()
    session.expire_all()
    return quiz


def test_a_literature_paper_has_reading_and_writing(session: Session, teacher: Actor) -> None:
    quiz = essays(session, teacher)
    items = paper_of(quiz, versions_of(session, quiz))
    paper = paper_from(quiz, items, HEADING, WITH_KEYS)
    assert [part.title for part in paper.parts] == ["I. ĐỌC HIỂU (4,0 điểm)", "II. VIẾT (4,0 điểm)"]
    assert [one.label for one in paper.questions] == ["Câu 1 (2,0 điểm)", "Câu 2 (2,0 điểm)"] * 2
    [block] = paper.parts[0].blocks
    assert (block.intro, block.outro) == ("Đọc văn bản sau:", "Thực hiện các yêu cầu:")
    assert {one.explanation for one in paper.questions} == {"Vì thế."}


@pytest.mark.parametrize(
    ("part", "present", "title"),
    [
        (2, [1, 2, 3, 4], "PHẦN II. Câu trắc nghiệm đúng sai."),
        (4, [1, 2, 3, 4], "PHẦN IV. Tự luận."),
        (4, [1, 2, 4], "PHẦN III. Tự luận."),
        (3, [1, 3], "PHẦN III. Câu trắc nghiệm trả lời ngắn."),
        (4, [2, 4], "PHẦN IV. Tự luận."),
        (1, [1], ""),
    ],
)
def test_parts_keep_the_numerals_of_the_answer_sheet(part: int, present: list[int], title: str) -> None:
    assert part_title(part, present) == title


def test_orders_say_what_to_do() -> None:
    several, single = QuestionType.MULTIPLE_RESPONSE, QuestionType.SINGLE_CHOICE
    assert "chọn đúng hoặc sai" in part_order(2, [QuestionType.TRUE_FALSE] * 4)
    assert part_order(1, [single]) == "Thí sinh trả lời câu 1. Thí sinh chỉ chọn một phương án."
    assert "tất cả các phương án đúng" in part_order(1, [single, several])
    assert part_order(1, [single] * 40, is_english=True).endswith("questions from 1 to 40.")


def test_marks_have_a_comma_and_no_needless_zero() -> None:
    assert [marks_text(Decimal(text)) for text in ("4", "0.25", "0.50", "10.00")] == ["4,0", "0,25", "0,5", "10,0"]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (3, 3, "Sử dụng thông tin sau để trả lời câu 3:"),
        (3, 4, "Sử dụng thông tin sau để trả lời các câu 3 và 4:"),
        (3, 6, "Sử dụng thông tin sau để trả lời các câu 3 đến 6:"),
    ],
)
def test_a_passage_says_which_questions_are_its(first: int, last: int, words: str) -> None:
    assert passage_words(first, last, is_essay=False, is_english=False) == (words, "")


def test_an_english_passage_is_introduced_in_english() -> None:
    english = passage_words(31, 40, is_essay=False, is_english=True)
    assert english[0] == "Read the following passage and answer questions from 31 to 40."


@pytest.mark.parametrize(("order", "said"), [("ABCD", "Chọn B, loại D."), ("DCBA", "Chọn C, loại A.")])
def test_explanations_name_options_as_the_code_does(session: Session, teacher: Actor, order: str, said: str) -> None:
    a_question(session, a_choice(explanation="Chọn B, loại D."), level="biet")
    quiz = build_quiz(session, teacher, a_matrix(a_cell(count=1)), seed=1, now=MOMENT)
    [item] = paper_of(quiz, versions_of(session, quiz))
    paper = paper_from(quiz, [replace(item, option_order=order)], HEADING, WITH_KEYS)
    assert paper.questions[0].explanation == said


def test_a_letter_in_doubt_is_said_to_be(session: Session, teacher: Actor) -> None:
    a_question(session, a_choice(explanation="Ta thấy B thoả mãn."), level="biet")
    quiz = build_quiz(session, teacher, a_matrix(a_cell(count=1)), seed=1, now=MOMENT)
    [item] = paper_of(quiz, versions_of(session, quiz))
    paper = paper_from(quiz, [replace(item, option_order="DCBA")], HEADING, WITH_KEYS)
    assert "B có thể là phương án theo thứ tự của câu gốc" in paper.questions[0].explanation


def test_more_codes_cost_no_more_queries(session: Session, services: Services, teacher: Actor) -> None:
    quiz = a_quiz(session, teacher, codes=tuple(str(code) for code in range(101, 105)))
    session.expire_all()
    with count_queries(services.engine) as counted:
        papers_of(session, teacher, quiz.id, options=WITH_KEYS)
    assert len(counted) <= 12
