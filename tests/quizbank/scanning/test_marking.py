"""From pictures of sheets to marks, and what people change on the way."""

import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.attempts.actions.repairing import Wish, considered_repair, quiz_subject, repair_key
from quizbank.attempts.models import Attempt, AttemptResult
from quizbank.attempts.remarking import REMARK_JOB, preview_repair
from quizbank.attempts.repair_models import AttemptRemark
from quizbank.attempts.statistics import figures_of_questions
from quizbank.quizzes.models import Quiz
from quizbank.scanning.actions import decide, decide_digits, discard_sheet, undo_decision
from quizbank.scanning.marks_file import HEADINGS, write_marks
from quizbank.scanning.models import ScanBatch, ScanDecision, ScanMark, ScanSheet
from quizbank.scanning.papers import Papers
from quizbank.scanning.queries import counts_of_batches, list_sheets, waiting_sheets
from repository.errors import Conflict, Forbidden, Invalid, NotFound
from repository.jobs import Worker
from repository.permissions import Actor
from repository.services import Services
from tests.builders import MOMENT
from tests.counting import count_queries
from tests.quizbank.conftest import Browser
from tests.quizbank.quizzes.builders import a_quiz
from tests.quizbank.scanning.builders import a_batch, a_paper_quiz, a_sheet_in_doubt, a_sheet_of, read_now

RIGHT = Decimal(3)


@pytest.fixture
def master(teacher: Browser) -> Actor:
    """Signed in before the session begins to write."""
    return teacher[1]


@pytest.fixture
def stranger(other_teacher: Browser) -> Actor:
    return other_teacher[1]


def marks_of(session: Session, batch: ScanBatch) -> dict[str, Decimal | None]:
    return {row.sheet.number: row.marks for row in list_sheets(session, batch)[0]}


def sheets_of(session: Session, batch: ScanBatch) -> list[ScanSheet]:
    return list(session.scalars(select(ScanSheet).where(ScanSheet.batch_id == batch.id).order_by(ScanSheet.id)))


def test_sheets_of_two_codes_get_the_marks_they_earned(master: Actor, session: Session, services: Services) -> None:
    quiz = a_paper_quiz(session, master)
    pages = {
        "lan.jpg": a_sheet_of(session, quiz, "000123", "101"),
        "binh.jpg": a_sheet_of(session, quiz, "000124", "102", wrong=[1, 3]),
        "hong.jpg": b"no picture",
    }
    batch = a_batch(session, services, master, quiz, pages, "000123 Nguyễn Thị Lan")
    read_now(session, services)
    assert marks_of(session, batch) == {"000123": RIGHT, "000124": Decimal("2.5")}
    assert [row.is_known for row in list_sheets(session, batch)[0]] == [True, False]
    counts = counts_of_batches(session, [batch.id])[batch.id]
    assert (counts.sheets, counts.marked, counts.fields) == (2, 2, 0)
    assert session.get_one(Quiz, quiz.id).assigned_at is not None


def test_a_doubt_keeps_the_marks_back_until_somebody_decides(
    master: Actor, session: Session, services: Services
) -> None:
    quiz = a_paper_quiz(session, master)
    page = a_sheet_of(session, quiz, "000123", "101", marks={"1.1": "ABCD"})
    batch = a_batch(session, services, master, quiz, {"a.jpg": page})
    read_now(session, services)
    (sheet,) = waiting_sheets(session, batch)
    assert (sheet.waiting_count, sheet.attempt_id) == (1, None)
    key = right_letter(session, quiz, "101")
    decide(session, master, sheet.id, "1.1", key, now=MOMENT)
    assert marks_of(session, batch) == {"000123": RIGHT}
    undo_decision(session, master, batch.id, now=MOMENT)
    assert (sheet.waiting_count, sheet.attempt_id) == (1, None)
    with pytest.raises(Conflict):
        undo_decision(session, master, batch.id, now=MOMENT)


def right_letter(session: Session, quiz: Quiz, code: str) -> str:
    paper = Papers(session, quiz).find(code)
    assert paper is not None
    asked = paper.items[0]
    key = next(letter for letter, part in zip("ABCD", asked.version.parts, strict=True) if part.is_true)
    return "ABCD"[asked.option_order.index(key)]


def test_who_decided_what_and_every_mark_stay_in_the_record(
    master: Actor, session: Session, services: Services
) -> None:
    sheet = a_sheet_in_doubt(session, services, master, a_paper_quiz(session, master))
    for field, value in (("1.1", "A"), ("1.2", ""), ("1.1", "B")):
        decide(session, master, sheet.id, field, value, now=MOMENT)
    decisions = session.scalars(select(ScanDecision).order_by(ScanDecision.id)).all()
    assert [(one.field, one.value, one.made_by_id) for one in decisions] == [
        ("1.1", "A", master.person_id),
        ("1.2", "", master.person_id),
        ("1.1", "B", master.person_id),
    ]
    assert [one.number for one in session.scalars(select(ScanMark))] == [1, 2]
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_two_sheets_of_one_number_are_named_and_one_of_them_chosen(
    master: Actor, session: Session, services: Services
) -> None:
    quiz = a_paper_quiz(session, master)
    pages = {"a.jpg": a_sheet_of(session, quiz, "000123", "101"), "b.jpg": a_sheet_of(session, quiz, "000123", "102")}
    batch = a_batch(session, services, master, quiz, pages)
    read_now(session, services)
    first, second = sheets_of(session, batch)
    assert (first.problem, second.problem) == ("", "duplicate")
    discard_sheet(session, master, first.id, is_discarded=True, now=MOMENT)
    session.refresh(second)
    assert (first.attempt_id, second.problem, second.attempt_id is not None) == (None, "", True)
    discard_sheet(session, master, first.id, is_discarded=False, now=MOMENT)
    assert first.problem == "duplicate"


def test_a_wrong_number_is_corrected_and_frees_the_other_sheet(
    master: Actor, session: Session, services: Services
) -> None:
    quiz = a_paper_quiz(session, master)
    pages = {"a.jpg": a_sheet_of(session, quiz, "000123", "101"), "b.jpg": a_sheet_of(session, quiz, "000123", "102")}
    batch = a_batch(session, services, master, quiz, pages)
    read_now(session, services)
    first, second = sheets_of(session, batch)
    decide_digits(session, master, first.id, "number", "000999", now=MOMENT)
    assert marks_of(session, batch) == {"000999": RIGHT, "000123": RIGHT}
    with pytest.raises(Invalid):
        decide_digits(session, master, second.id, "number", "12", now=MOMENT)


def test_an_unknown_code_and_a_sheet_of_another_quiz_are_named(
    master: Actor, session: Session, services: Services
) -> None:
    quiz = a_paper_quiz(session, master)
    pages = {
        "a.jpg": a_sheet_of(session, quiz, "000123", "101", marks={"code.1": "9"}),
        "b.jpg": a_sheet_of(session, quiz, "000124", "101", quiz_id=quiz.id + 1000),
    }
    batch = a_batch(session, services, master, quiz, pages)
    read_now(session, services)
    first, second = sheets_of(session, batch)
    assert (first.problem, second.problem) == ("unknown-code", "other-quiz")
    decide_digits(session, master, first.id, "code", "101", now=MOMENT)
    assert (first.problem, marks_of(session, batch)["000123"]) == ("", RIGHT)


def test_a_quiz_without_codes_is_marked_as_it_is(master: Actor, session: Session, services: Services) -> None:
    quiz = a_paper_quiz(session, master, codes=())
    batch = a_batch(session, services, master, quiz, {"a.jpg": a_sheet_of(session, quiz, "000123", "")})
    read_now(session, services)
    assert marks_of(session, batch) == {"000123": RIGHT}


def test_a_repaired_key_counts_for_paper_too(master: Actor, session: Session, services: Services) -> None:
    quiz = a_paper_quiz(session, master)
    pages = {
        "a.jpg": a_sheet_of(session, quiz, "000123", "101", wrong=[1]),
        "b.jpg": a_sheet_of(session, quiz, "000124", "101"),
    }
    batch = a_batch(session, services, master, quiz, pages, "000123 Nguyễn Thị Lan\n000124 Trần Văn Bình")
    read_now(session, services)
    session.commit()
    paper = Papers(session, quiz).find("101")
    assert paper is not None
    subject = quiz_subject(session, master, quiz.id, paper.items[0].item.position)
    considered = considered_repair(session, master, subject, Wish("all-right"), now=MOMENT)
    preview = preview_repair(session, master, considered)
    assert (preview.tally.gains, preview.tally.stays) == (1, 1)
    assert [row.name for row in preview.rows] == ["000123 Nguyễn Thị Lan"]
    repair_key(session, master, subject, Wish("all-right"), "Đề in sai.", now=MOMENT)
    session.commit()
    Worker(services.sessions, services.job_handlers, services, clock=lambda: MOMENT).run_due((REMARK_JOB,))
    session.expire_all()
    assert marks_of(session, batch) == {"000123": RIGHT, "000124": RIGHT}
    first = session.scalars(
        select(AttemptResult.marks).order_by(AttemptResult.attempt_id, AttemptResult.position)
    ).first()
    assert (first, session.scalars(select(AttemptRemark.marks)).all()) == (Decimal(0), [Decimal("0.25")])


def test_a_sheet_decided_after_a_repair_counts_by_it(master: Actor, session: Session, services: Services) -> None:
    quiz = a_paper_quiz(session, master)
    sheet = a_sheet_in_doubt(session, services, master, quiz)
    paper = Papers(session, quiz).find("101")
    assert paper is not None
    subject = quiz_subject(session, master, quiz.id, paper.items[0].item.position)
    repair_key(session, master, subject, Wish("all-right"), "Đề in sai.", now=MOMENT)
    wrong = "B" if right_letter(session, quiz, "101") == "A" else "A"
    decide(session, master, sheet.id, "1.1", wrong, now=MOMENT)
    decide(session, master, sheet.id, "1.2", "", now=MOMENT)
    assert (
        session.get_one(Attempt, sheet.attempt_id).marks
        == marks_of(session, session.get_one(ScanBatch, sheet.batch_id))["000123"]
    )
    assert [one.marks for one in session.scalars(select(AttemptRemark))] == [Decimal("0.25")]


def test_statistics_count_answers_on_paper(master: Actor, session: Session, services: Services) -> None:
    quiz = a_paper_quiz(session, master)
    a_batch(session, services, master, quiz, {"a.jpg": a_sheet_of(session, quiz, "000123", "101", wrong=[2])})
    read_now(session, services)
    figures = figures_of_questions(session)
    assert sum(one.answers for one in figures.values()) == 7
    assert sum(one.wrong_fraction for one in figures.values()) == 1


def test_the_marks_go_into_a_table_as_text_and_numbers(master: Actor, session: Session, services: Services) -> None:
    quiz = a_paper_quiz(session, master)
    pages = {"=cmd.jpg": a_sheet_of(session, quiz, "000123", "101", wrong=[4])}
    batch = a_batch(session, services, master, quiz, pages, "000123 =HYPERLINK(1)")
    read_now(session, services)
    out = io.BytesIO()
    assert write_marks(session, batch, Papers(session, quiz), out) == 1
    head, row = load_workbook(out).active.iter_rows()
    values: dict[Any, Any] = {name.value: cell.value for name, cell in zip(head, row, strict=True)}
    assert [values[name] for name in HEADINGS[:6]] == ["000123", "=HYPERLINK(1)", "101", 9.17, 2.75, 3]
    assert [values[name] for name in ("Phần I", "Phần II", "Phần III")] == [0.75, 1, 1]
    assert {cell.data_type for cell in row} <= {"s", "n"}


def test_strangers_neither_send_nor_decide(
    master: Actor, stranger: Actor, session: Session, services: Services
) -> None:
    quiz = a_paper_quiz(session, master)
    sheet = a_sheet_in_doubt(session, services, master, quiz)
    with pytest.raises(Forbidden):
        a_batch(session, services, stranger, quiz, {"a.jpg": b"x"})
    with pytest.raises(NotFound):
        decide(session, stranger, sheet.id, "1.1", "A", now=MOMENT)
    with pytest.raises(NotFound):
        discard_sheet(session, stranger, sheet.id, is_discarded=True, now=MOMENT)
    assert session.scalar(select(func.count()).select_from(ScanDecision)) == 0


def test_a_quiz_that_no_sheet_has_room_for_is_refused(master: Actor, session: Session, services: Services) -> None:
    quiz = a_quiz(session, master, codes=("A1",))
    with pytest.raises(Invalid, match="A1"):
        a_batch(session, services, master, quiz, {"a.jpg": b"x"})


def test_a_question_of_five_options_has_no_room_on_the_sheet(
    master: Actor, session: Session, services: Services
) -> None:
    quiz = a_paper_quiz(session, master, codes=())
    version = Papers(session, quiz).find("")
    assert version is not None
    part = version.items[0].version.parts[-1]
    extra = type(part)(version_id=part.version_id, position=part.position + 1, text="năm", html="năm", is_true=False)
    version.items[0].version.parts.append(extra)
    with pytest.raises(Invalid, match="4 phương án"):
        Papers(session, quiz).layout()


def test_no_list_asks_more_for_more_sheets(master: Actor, session: Session, services: Services) -> None:
    quiz = a_paper_quiz(session, master)
    batch = session.get_one(ScanBatch, a_sheet_in_doubt(session, services, master, quiz).batch_id)
    session.flush()
    with count_queries(services.engine) as one:
        list_sheets(session, batch)
    for page in range(1, 4):
        twin = sheets_of(session, batch)[0]
        session.add(ScanSheet(**{name: getattr(twin, name) for name in COPIED}, page=page))
    session.flush()
    with count_queries(services.engine) as four:
        assert len(list_sheets(session, batch)[0]) == 4
    assert len(four) == len(one)


COPIED = ("batch_id", "quiz_id", "file", "picture_sha256", "reason", "reading", "waiting_count", "problem", "read_at")
