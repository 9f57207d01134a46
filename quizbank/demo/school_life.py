"""Classes, exam matrices, quizzes with codes, and what was assigned over three years."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quizbank.classes.actions import create_class
from quizbank.classes.models import Assignment, ClassMember, SchoolClass
from quizbank.demo.people import Cast
from quizbank.matrices.actions import create_matrix
from quizbank.matrices.formats import exam_formats, matrix_of
from quizbank.matrices.rules import Cell, Matrix
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.actions import add_variants, build_quiz
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.selection import PoolTooSmall
from repository.curriculum.queries import curriculum
from repository.permissions import Actor

PROGRAMME = "gdpt-2018"
EXAM = "tot-nghiep-2025"
CODES = ("101", "102", "103", "104")
QUARTER = Decimal("0.25")


@dataclass(frozen=True)
class DemoClass:
    """A class to be: ``teacher`` and ``grade`` are numbers, ``subjects`` those it is tested in."""

    name: str
    teacher: int
    grade: int
    subjects: tuple[str, ...]


CLASSES = (
    DemoClass("12A1", 0, 12, ("toan", "vat-li", "hoa-hoc")),
    DemoClass("12A2", 1, 12, ("vat-li", "toan", "sinh-hoc")),
    DemoClass("11B1", 0, 11, ("toan", "vat-li", "sinh-hoc")),
    DemoClass("10C1", 2, 10, ("toan", "vat-li", "hoa-hoc")),
)


def add_school_life(session: Session, cast: Cast, seed: int, began_at: dt.datetime) -> None:
    """Matrices of the 2025 exam, classes with their students, quizzes with four codes, assignments old and new."""
    opened = began_at - dt.timedelta(days=3 * 365)
    add_exam_matrices(session, cast.teachers[0], opened)
    share = len(cast.students) // len(CLASSES)
    for number, plan in enumerate(CLASSES):
        chance = Random(f"{seed}:{plan.name}")
        teacher = cast.teachers[plan.teacher]
        made = create_class(session, teacher, f"Lớp {plan.name}", chance=chance, now=opened)
        members = cast.students[number * share : (number + 1) * share]
        rows = [{"class_id": made.id, "person_id": person, "joined_at": opened} for person in members]
        session.execute(insert(ClassMember), rows)
        add_assignments(session, teacher, made, plan, chance, began_at)


def add_exam_matrices(session: Session, teacher: Actor, now: dt.datetime) -> None:
    """The frames of the graduation exam, kept as matrices, with a mock paper of each.

    Where the bank is too small for the frame's levels, a second matrix leaves the level open.
    """
    for form in exam_formats():
        if form.exam != EXAM or form.orientation:
            continue
        title = f"Đề minh hoạ tốt nghiệp THPT môn {curriculum().get_subject(form.subject).name}"
        matrix = matrix_of(form, title)
        cells = tuple(Cell(None, None, part.type, part.count, part.marks) for part in form.parts)
        if not add_paper(session, teacher, matrix, now):
            point = session.begin_nested()
            any_level = replace(matrix, title=f"{title} (mọi mức độ)", cells=cells)
            has_paper = add_paper(session, teacher, any_level, now)
            (point.commit if has_paper else point.rollback)()


def add_paper(session: Session, teacher: Actor, matrix: Matrix, now: dt.datetime) -> bool:
    """Keep a matrix and draw a paper with four codes; False where the bank is too small for one."""
    kept = create_matrix(session, teacher, matrix, now=now)
    quiz = try_quiz(session, teacher, matrix, 2025, now, kept.id)
    if quiz is not None:
        add_variants(session, teacher, quiz.id, CODES, now=now)
    return quiz is not None


def try_quiz(
    session: Session, teacher: Actor, matrix: Matrix, seed: int, now: dt.datetime, matrix_id: int | None = None
) -> Quiz | None:
    """A quiz, or None where the bank is too small for the matrix, as a teacher may find it."""
    try:
        return build_quiz(session, teacher, matrix, seed=seed, now=now, matrix_id=matrix_id)
    except PoolTooSmall:
        return None


def test_matrix(subject: str, grade: int, name: str, seed: int) -> Matrix:
    """Forty-five minutes: choice at three levels, two clusters, two short answers; ten marks in all."""
    cells = (
        Cell(None, "biet", QuestionType.SINGLE_CHOICE, 6, QUARTER),
        Cell(None, "hieu", QuestionType.SINGLE_CHOICE, 6, QUARTER),
        Cell(None, "van-dung", QuestionType.SINGLE_CHOICE, 4, Decimal("0.5")),
        Cell(None, None, QuestionType.TRUE_FALSE, 3, Decimal(1)),
        Cell(None, None, QuestionType.SHORT_ANSWER, 4, Decimal("0.5")),
    )
    title = f"{name} môn {curriculum().get_subject(subject).name} {grade}"
    return Matrix(f"{title} (đề {seed})", subject, grade, PROGRAMME, 45, cells)


NAMES = ("Kiểm tra giữa học kì I", "Kiểm tra cuối học kì I", "Kiểm tra giữa học kì II", "Kiểm tra cuối học kì II")
TEST_DAYS = ((10, 28), (12, 22), (3, 18), (5, 6))


def test_days(began_at: dt.datetime) -> list[tuple[str, dt.datetime]]:
    """The tests of three school years, those still to come left out."""
    days = []
    for year in range(began_at.year - 4, began_at.year + 1):
        for name, (month, day) in zip(NAMES, TEST_DAYS, strict=True):
            at = dt.datetime(year + (month < 8), month, day, 1, 0, tzinfo=dt.UTC)
            if began_at - dt.timedelta(days=3 * 365 - 30) < at < began_at - dt.timedelta(days=8):
                days.append((name, at))
    return days


def add_assignments(
    session: Session, teacher: Actor, made: SchoolClass, plan: DemoClass, chance: Random, began_at: dt.datetime
) -> None:
    """A test in one subject at every test day, one that is open now and one that opens next week."""
    days = [(name, at, at + dt.timedelta(days=2)) for name, at in test_days(began_at)]
    week = dt.timedelta(days=7)
    days.append(("Luyện tập tuần này", began_at - dt.timedelta(days=1), began_at + 60 * week))
    days.append(("Bài kiểm tra sắp tới", began_at + week, began_at + 60 * week))
    for number, (name, opens_at, closes_at) in enumerate(days):
        subject = plan.subjects[number % len(plan.subjects)]
        now = min(opens_at - dt.timedelta(days=3), began_at)
        quiz = try_quiz(
            session, teacher, test_matrix(subject, plan.grade, name, number + 1), chance.getrandbits(31), now
        )
        if quiz is None:
            continue
        add_variants(session, teacher, quiz.id, CODES, now=now)
        assign(session, teacher, made.id, quiz, (opens_at, closes_at), now)


def assign(
    session: Session,
    teacher: Actor,
    class_id: int,
    quiz: Quiz,
    window: tuple[dt.datetime, dt.datetime],
    now: dt.datetime,
) -> None:
    row = {
        "class_id": class_id,
        "quiz_id": quiz.id,
        "opens_at": window[0],
        "closes_at": window[1],
        "duration_minutes": quiz.duration_minutes,
        "attempts_allowed": 1,
        "review_after": "submit",
        "created_by_id": teacher.person_id,
        "created_at": now,
    }
    session.execute(insert(Assignment), [row])
    session.execute(update(Quiz).where(Quiz.id == quiz.id).values(assigned_at=now))


def closed_assignments(session: Session, now: dt.datetime) -> Sequence[Assignment]:
    """Assignments that a class has sat, and the one it is sitting."""
    return session.scalars(select(Assignment).where(Assignment.opens_at < now).order_by(Assignment.id)).all()
