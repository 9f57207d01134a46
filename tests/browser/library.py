"""A small library with something on every page: what browser tests and screenshots look at."""

import datetime as dt
import random
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.attempts.actions import repair_key, save_answer, start_assigned, start_practice, submit_attempt
from quizbank.attempts.actions.repairing import Wish as RepairWish
from quizbank.attempts.actions.repairing import quiz_subject
from quizbank.attempts.queries import get_sitting
from quizbank.attempts.rules import Wish
from quizbank.classes.actions import assign_quiz, create_class, join_class
from quizbank.classes.rules import NewAssignment
from quizbank.matrices.actions import change_matrix, create_matrix, share_matrix
from quizbank.matrices.rules import Cell, Competence, Specification
from quizbank.matrices.sharing import Sharing
from quizbank.questions.actions import revise_question
from quizbank.questions.bulk import BulkChange
from quizbank.questions.bulk_editing import plan_bulk_edit, start_bulk_edit
from quizbank.questions.cards import key_card
from quizbank.questions.export_jobs import write_now_or_later
from quizbank.questions.exporting import ask_for_export
from quizbank.questions.filtering import QuestionFilter
from quizbank.questions.likeness_search import compare_bank
from quizbank.questions.models import QuestionImport
from quizbank.questions.papers import Paper
from quizbank.questions.rules import Part, Placement, QuestionContent, QuestionType
from quizbank.questions.states import ImportState, QuestionState
from quizbank.questions.undoing import undo_import
from quizbank.quizzes.actions import add_variants, build_quiz
from quizbank.quizzes.papers.builds import ask_for_papers
from quizbank.quizzes.papers.wishes import Form as PaperForm
from quizbank.quizzes.papers.wishes import Wish as PaperWish
from quizbank.quizzes.workbench import actions as workbench
from repository.accounts.queries import actor_of, find_person_by_email
from repository.db import writing
from repository.jobs import utc_now
from repository.lectures.actions import approve_lecture, submit_lecture, upload_lecture
from repository.lectures.rules import LectureKind, LectureMetadata, LectureState
from repository.permissions import Actor, Role
from repository.publishing.models import Record
from repository.search.actions import schedule_rebuild
from tests.browser.live import LiveProduct, email_of
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import a_choice, a_new_question, a_question, a_short_answer
from tests.quizbank.questions.papers import a_table_on_the_desk, an_import_on_the_desk, import_text
from tests.quizbank.scanning.builders import a_scan
from tests.repository.lectures.builders import a_lecture

TOPIC = "toan.l12.dai-so-giai-tich.nguyen-ham"
LECTURES = (
    ("Nguyên hàm của một số hàm số sơ cấp", "toan", 12),
    (
        "Sự biến thiên và cực trị của hàm số bậc ba, có hình minh hoạ và bài tập tự luyện kèm lời giải chi tiết",
        "toan",
        12,
    ),
    ("Chuyển động rơi tự do", "vat-li", 10),
    ("Vùng kinh tế trọng điểm phía Nam", "dia-li", 12),
    ("Cách mạng tháng Tám năm 1945", "lich-su", 12),
    ("Liên kết hoá học: liên kết ion", "hoa-hoc", 10),
    ("Giá trị lượng giác của một góc", "toan", 11),
)
ABSTRACT = "Học sinh quan sát ví dụ, nêu nhận xét rồi vận dụng vào bài tập. Có câu hỏi tương tác sau mỗi mục."
PASSAGE = (
    "Thanh long được trồng nhiều ở Bình Thuận. Mỗi vụ, người trồng thắp đèn về đêm để cây ra hoa trái mùa; "
    "sản lượng thu được tăng nhưng chi phí điện cũng tăng theo."
)


PAPER = """Câu 1. Giá trị của $2^3$ bằng
A. 6.
B. 8.
C. 9.
D. 5.
Đáp án: B
Lời giải: $2^3=2\\cdot 2\\cdot 2=8$.

Câu 2. Số nào là số nguyên tố?
A. 4.
B. 9.
C. 4.
D. 7.
Đáp án: D

Câu 3. Thủ đô của nước Việt Nam là
A. Huế.
B. Hà Nội.
C. Đà Nẵng.
D. Cần Thơ.
"""


def a_library(product: LiveProduct) -> None:
    """Fill the product; ``product.facts`` then holds the ids that ``product_pages`` speaks of."""
    with product.services.sessions() as session:
        writing(session)
        people = {role: actor_for(session, role) for role in Role}
        product.facts.update(
            lecture=some_lectures(session, people[Role.EDITOR]),
            question=some_questions(session, people[Role.TEACHER]),
            record=a_record(session, product, people),
        )
        product.facts.update(a_class_with_a_quiz(session, people[Role.TEACHER], people[Role.STUDENT]))
        product.facts.update(some_attempts(session, people[Role.STUDENT], int(product.facts["assignment"])))
        some_likenesses(session)
        product.facts["repair"] = a_repair(session, people[Role.TEACHER], int(product.facts["quiz"]))
        product.facts["import"] = an_import(session, product, people[Role.TEACHER])
        text = PAPER.replace("2^3", "2^4").replace("Đáp án: B", "Đáp án: C", 1)
        product.facts["desk"] = an_import_on_the_desk(session, product.services, people[Role.TEACHER], text)
        product.facts.update(other_desks(session, product, people[Role.TEACHER]))
        product.facts["revised"] = a_revised_question(session, people[Role.EDITOR])
        product.facts["table"] = a_table_on_the_desk(session, product.services, people[Role.TEACHER])
        product.facts["export"] = an_export(session, product, people[Role.TEACHER])
        product.facts["papers"] = some_papers(session, people[Role.TEACHER], int(product.facts["quiz"]))
        product.facts["bulk_edit"] = a_bulk_edit(session, people[Role.EDITOR])
        product.facts["bench"] = a_quiz_on_the_workbench(session, people[Role.TEACHER])
        product.facts.update(a_scan(session, product.services, people[Role.TEACHER], int(product.facts["quiz"])))
        schedule_rebuild(session, now=utc_now())
        session.commit()
    product.run_jobs()


def some_likenesses(session: Session) -> None:
    """Questions that are nearly alike, one pair of which disagrees about its key."""
    cost = "Cho hàm số $f(x)=x^3-3x+1$. Giá trị lớn nhất của hàm số trên đoạn $[-2;2]$ bằng bao nhiêu?"
    town = "Thành phố nào sau đây nổi tiếng với ruộng bậc thang, chợ phiên vùng cao và khí hậu mát mẻ quanh năm?"
    a_question(session, a_choice(cost, "A", ("3", "1", "-1", r"$\frac{1}{2}$")))
    a_question(session, a_choice(cost.replace("lớn", "nhỏ"), "C", ("3", "1", "-1", r"$\frac{1}{2}$")))
    for name in ("Sa Pa", "Nha Trang"):
        a_question(session, a_choice(town, "A", (name, "Cần Thơ", "Hà Nội", "Huế")), subject="dia-li")
    session.commit()
    compare_bank(session, lambda done, total: None)
    writing(session)


def actor_for(session: Session, role: Role) -> Actor:
    person = find_person_by_email(session, email_of(role))
    assert person is not None
    return actor_of(person)


def some_lectures(session: Session, editor: Actor) -> int:
    kinds = [
        LectureKind.LINK,
        LectureKind.VIDEO,
        LectureKind.PDF,
        LectureKind.SCORM,
        LectureKind.MAP,
        LectureKind.AUDIO,
    ]
    for number, (title, subject, grade) in enumerate(LECTURES[1:]):
        a_lecture(
            session, title=title, subject=subject, grades=(grade,), kind=kinds[number % len(kinds)], abstract=ABSTRACT
        )
    for state in (LectureState.DRAFT, LectureState.IN_REVIEW, LectureState.WITHDRAWN):
        a_lecture(session, title=f"Tích phân ({state})", state=state, created_by_id=editor.person_id, abstract=ABSTRACT)
    title, subject, grade = LECTURES[0]
    shown = a_lecture(
        session, title=title, subject=subject, grades=(grade,), topics=(TOPIC,), abstract=ABSTRACT, text=ABSTRACT * 20
    )
    return shown.id


def a_record(session: Session, product: LiveProduct, people: dict[Role, Actor]) -> int:
    """The record of a lecture that went the whole way: uploaded, submitted, approved."""
    new = LectureMetadata(
        title="Đồ thị hàm số bậc ba",
        subject="toan",
        abstract=ABSTRACT + r" Đồ thị $y=ax^3+bx^2+cx+d$ có tâm đối xứng.",
        grades=(12,),
        authors=("Trần Thị Bình", "Phạm Văn Cường"),
        link_url="https://vidu.example/do-thi",
    )
    editor, reviewer, now = people[Role.EDITOR], people[Role.REVIEWER], utc_now()
    lecture = upload_lecture(session, editor, new, None, store=product.services.store, now=now)
    submit_lecture(session, editor, lecture.id, now=now)
    approve_lecture(session, reviewer, lecture.id, "Nội dung chính xác.", now=now)
    return session.scalars(select(Record.id).order_by(Record.id)).one()


def some_questions(session: Session, teacher: Actor) -> int:
    """Forty questions of all types, published but for three; the id of one with formulas and a passage."""
    for number in range(2, 18):
        power, higher = f"x^{{{number}}}", f"x^{{{number + 1}}}"
        options = (f"${power}+C$", rf"$\frac{{{higher}}}{{{number + 1}}}+C$", f"${number}x+C$", "Không tồn tại")
        a_question(session, a_choice(f"Họ nguyên hàm của hàm số $f(x)={power}$ là", "B", options), topic=TOPIC)
        a_question(session, a_function_cluster(number), topic=TOPIC, level="van-dung")
        answer = a_short_answer(f"Tính $\\sqrt{{{number * number}}}+\\left|{-number}\\right|$.", str(2 * number))
        a_question(session, answer, topic=TOPIC, level="biet")
    for state in (QuestionState.DRAFT, QuestionState.IN_REVIEW):
        a_question(session, a_choice(f"Câu hỏi chưa xuất bản ({state})?"), state=state, by=teacher)
    shown = a_question(
        session,
        a_choice(r"Theo đoạn trên, chi phí mỗi vụ là $C(x)=\frac{x^2+4}{\sqrt{x-1}}$. Với $x=5$, chi phí bằng", "C"),
        passage=PASSAGE,
        topic=TOPIC,
    )
    return shown.id


def a_function_cluster(power: int) -> QuestionContent:
    statements = (
        Part(f"$F(0)=0$ và $F'(x)=x^{{{power}}}$ với mọi $x$.", is_true=True),
        Part(r"$F(x)$ nghịch biến trên khoảng $(0;+\infty)$."),
        Part(rf"$F(1)=\frac{{1}}{{{power + 1}}}$.", is_true=True),
        Part("Đồ thị của $F(x)$ không đi qua gốc toạ độ, vì tích phân có cận dưới bằng 0."),
    )
    stem = rf"Cho $F(x)=\int_0^x t^{{{power}}}\,dt$. Xét tính đúng sai của các phát biểu sau."
    return QuestionContent(QuestionType.TRUE_FALSE, stem, statements, explanation="Dùng định lí cơ bản của giải tích.")


def a_quiz_on_the_workbench(session: Session, teacher: Actor) -> int:
    """A quiz of two forms that no class has got, some steps into its work."""
    now = utc_now()
    matrix = a_matrix(
        a_cell(count=5, level="hieu", topic=TOPIC),
        a_cell(type=QuestionType.TRUE_FALSE, count=3, marks="1", topic=TOPIC),
        a_cell(type=QuestionType.SHORT_ANSWER, count=4, marks="0.5", level="biet"),
        title="Kiểm tra cuối học kì II: nguyên hàm, tích phân và ứng dụng",
    )
    quiz, other = (build_quiz(session, teacher, matrix, seed=seed, now=now) for seed in (11, 12))
    other.form_of_id, other.form = quiz.id, 2
    add_variants(session, teacher, quiz.id, ("201", "202"), now=now)
    workbench.lock_item(session, teacher, quiz.id, 2, True, revision=1, now=now)
    workbench.remove_item(session, teacher, quiz.id, 8, revision=2, now=now)
    return quiz.id


def too_many() -> tuple[Cell, ...]:
    """Cells that the bank can't fill, one of them asking for statements of certain levels."""
    cluster = a_cell(type=QuestionType.TRUE_FALSE, count=20, marks="1", topic=TOPIC)
    statements = (("biet", 30), ("hieu", 25), ("van-dung", 25))
    return a_cell(count=90, level="van-dung", topic=TOPIC), replace(cluster, statements=statements)


def a_class_with_a_quiz(session: Session, teacher: Actor, student: Actor) -> dict[str, int | str]:
    now = utc_now()
    matrix = a_matrix(
        a_cell(count=6, level="hieu", topic=TOPIC),
        a_cell(type=QuestionType.TRUE_FALSE, count=2, marks="1", topic=TOPIC),
        a_cell(type=QuestionType.SHORT_ANSWER, count=4, marks="0.5", level="biet"),
        title="Kiểm tra giữa học kì II: nguyên hàm và tích phân",
    )
    kept = create_matrix(session, teacher, matrix, now=now)
    quiz = build_quiz(session, teacher, matrix, seed=2026, now=now, matrix_id=kept.id)
    add_variants(session, teacher, quiz.id, ("101", "102", "103", "104"), now=now)
    a_class = create_class(session, teacher, "12A1", chance=random.Random(1), now=now)
    join_class(session, student, a_class.join_code, now=now)
    week = dt.timedelta(days=7)
    new = NewAssignment(quiz.id, now, now + week, 45, attempts_allowed=3, review_after="submit")
    given = assign_quiz(session, teacher, a_class.id, new, now=now)
    shared = a_shared_exam_matrix(session, teacher)
    short = create_matrix(session, teacher, a_matrix(*too_many(), title="Ma trận mà ngân hàng chưa đủ câu"), now=now)
    made = {"matrix": kept.id, "matrix_shared": shared, "matrix_short": short.id, "quiz": quiz.id}
    return {**made, "class": a_class.id, "assignment": given.id}


def a_shared_exam_matrix(session: Session, teacher: Actor) -> int:
    """Statements, essays and outcomes, in its second version, for all who teach to read."""
    now = utc_now()
    cluster = a_cell(type=QuestionType.TRUE_FALSE, count=2, marks="1", topic=TOPIC)
    cells = (
        a_cell(count=12, level="biet", topic=TOPIC),
        replace(cluster, statements=(("biet", 4), ("hieu", 2), ("van-dung", 2))),
        a_cell(type=QuestionType.ESSAY, count=2, marks="1", level="hieu"),
        replace(a_cell(type=QuestionType.ESSAY, count=1, marks="2", level="van-dung"), unit="Bài toán thực tế"),
    )
    outcomes = "Nhận biết được nguyên hàm của một hàm số.\nGiải thích được tính chất cơ bản của nguyên hàm."
    tag = Competence(QuestionType.SINGLE_CHOICE, "biet", "TD1")
    matrix = replace(
        a_matrix(*cells, title="Đề chung của tổ Toán"), specification=(Specification(TOPIC, "", outcomes, (tag,)),)
    )
    kept = create_matrix(session, teacher, matrix, now=now)
    shorter = replace(matrix, cells=cells[:3], duration_minutes=60)
    change_matrix(session, teacher, kept.id, shorter, revision=1, now=now)
    share_matrix(session, teacher, kept.id, Sharing.EVERYONE, now=now)
    return kept.id


def an_export(session: Session, product: LiveProduct, teacher: Actor) -> int:
    """A file that could not hold everything."""
    made = ask_for_export(session, teacher, "Toán 12", "aiken", QuestionFilter(subject="toan"), now=utc_now())
    write_now_or_later(session, teacher, made, store=product.services.store, now=utc_now())
    return made.id


def some_papers(session: Session, teacher: Actor, quiz_id: int) -> int:
    """Papers that the worker prints."""
    wish = PaperWish((), (PaperForm.HTML, PaperForm.WORD, PaperForm.KEYS), with_large=True)
    return ask_for_papers(session, teacher, quiz_id, wish, now=utc_now()).id


def a_bulk_edit(session: Session, editor: Actor) -> int:
    """Everything about to be sent to review; most of it can't be."""
    edit = start_bulk_edit(session, editor, {"filter": {}}, now=utc_now())
    return plan_bulk_edit(session, editor, edit.id, BulkChange({}, submits=True)).id


def a_repair(session: Session, teacher: Actor, quiz_id: int) -> int:
    """A question of the quiz that everybody has right by now; its job is done when the worker has run."""
    subject = quiz_subject(session, teacher, quiz_id, 1)
    return repair_key(session, teacher, subject, RepairWish("all-right"), "Đề in thiếu dữ kiện.", now=utc_now()).id


def some_attempts(session: Session, student: Actor, assignment: int) -> dict[str, int | str]:
    """Five practices of growing success, one submitted sitting and one under way."""
    for number in range(5):
        practice = start_practice(session, student, Wish("toan", count=6), chance=random.Random(number), now=utc_now())
        answer_some(session, student, practice.token, right=number + 1)
        submit_attempt(session, student, practice.token, now=utc_now())
    sat = start_assigned(session, student, assignment, now=utc_now())
    answer_some(session, student, sat.token, right=7)
    submit_attempt(session, student, sat.token, now=utc_now())
    going = start_assigned(session, student, assignment, now=utc_now())
    answer_some(session, student, going.token, right=2)
    return {"reviewed": sat.token, "attempt": going.token}


def answer_some(session: Session, student: Actor, token: str, *, right: int) -> None:
    """Answer the first questions rightly, the next two wrongly, the rest not at all."""
    for one in get_sitting(session, student, token).items[: right + 2]:
        kind = QuestionType(one.version.type)
        key = key_card(one.version, option_order=one.item.option_order).key
        wrong = {"short-answer": "0", "true-false": "FFFF", "single-choice": "A" if key != "A" else "B"}.get(kind, "A")
        response = key if one.item.position <= right else wrong
        save_answer(session, student, token, one.item.position, response, based_on=0, now=utc_now())


def an_import(session: Session, product: LiveProduct, teacher: Actor) -> int:
    paper = Paper("de-thi-thu.txt", Placement("toan", "gdpt-2018", grade=12))
    store = product.services.store
    return import_text(session, teacher, PAPER, lambda _target: None, store=store, paper=paper)[1].id


def other_desks(session: Session, product: LiveProduct, teacher: Actor) -> dict[str, int | str]:
    """Imports that are being read, and undone."""
    text = PAPER.replace("2^3", "2^5")
    undone = an_import_on_the_desk(session, product.services, teacher, text)
    undo_import(session, teacher, undone, now=utc_now())
    reading = an_import_on_the_desk(session, product.services, teacher, text)
    session.get_one(QuestionImport, reading).state = ImportState.READING
    return {"undone": undone, "reading": reading}


def a_revised_question(session: Session, editor: Actor) -> int:
    """A question whose second version differs in words, a formula, its key and its place."""
    question = a_question(session, a_choice("Giá trị của $2^3$ bằng bao nhiêu?", "A"), by=editor)
    content = a_choice("Giá trị của $2^4$ là bao nhiêu, biết $2^3=8$?", "B", ("một", "Tất cả đều đúng", "ba", "bốn"))
    new = a_new_question(content, level="biet", topic=TOPIC)
    return revise_question(session, editor, question.id, new, now=utc_now()).id
