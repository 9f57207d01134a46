"""Three years of attempts: practice in the evenings of school terms, and the tests of every class."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt, AttemptAnswer, AttemptItem, AttemptResult
from quizbank.attempts.rules import Mode, deadline_of, variant_of
from quizbank.classes.models import Assignment, ClassMember
from quizbank.demo.answers import Asked, respond
from quizbank.demo.people import Cast
from quizbank.demo.school_life import CLASSES, closed_assignments
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.questions.storing import take_ids
from quizbank.quizzes.dice import Dice
from quizbank.quizzes.grading import fraction_of, marks_of
from quizbank.quizzes.models import Quiz, QuizItem, QuizVariant, QuizVariantItem
from quizbank.quizzes.shuffling import shuffle_options

PRACTICE_COUNT = 10
POPULAR = 40
"""So many questions of a subject and grade are practised, so that each has answers enough for statistics."""

BATCH = 2_000
READ_BATCH = 500
TABLES = (Attempt, AttemptItem, AttemptAnswer, AttemptResult)
Row = dict[str, Any]


@dataclass(frozen=True)
class Student:
    """``growth`` is what a year of learning adds to ``ability``."""

    person_id: int
    grade: int
    ability: float
    growth: float
    enters_at: dt.datetime

    def ability_at(self, moment: dt.datetime) -> float:
        return self.ability + self.growth * (moment - self.enters_at).days / 365


class Sheets:
    """Rows of sittings that were begun, answered, graded and handed in."""

    def __init__(self) -> None:
        self.rows: dict[Any, list[Row]] = {table: [] for table in TABLES}

    def add(self, chance: Random, attempt: Row, asked: Sequence[Asked], ability: float) -> None:
        """One sitting; ``attempt`` has its id, who, what and ``started_at``."""
        moment, total = attempt["started_at"], Decimal(0)
        for position, one in enumerate(asked, 1):
            moment += dt.timedelta(seconds=chance.randint(15, 110))
            response = respond(chance, one, ability)
            fraction = fraction_of(one.content, response)
            marks = marks_of(fraction, one.marks)
            total += marks
            place = {"attempt_id": attempt["id"], "position": position}
            item = {"question_version_id": one.version_id, "marks": one.marks, "option_order": one.option_order}
            self.rows[AttemptItem].append({**place, **item})
            if response:
                self.rows[AttemptAnswer].append({**place, "revision": 1, "response": response, "saved_at": moment})
            result = {"revision": 1 if response else 0, "marks": marks, "fraction": fraction, "graded_at": moment}
            self.rows[AttemptResult].append({**place, **result})
        whole = sum((one.marks for one in asked), Decimal(0))
        self.rows[Attempt].append({**attempt, "submitted_at": moment, "marks": total, "max_marks": whole})

    def insert(self, session: Session) -> None:
        for table, rows in self.rows.items():
            for start in range(0, len(rows), BATCH):
                session.execute(insert(table.__table__), rows[start : start + BATCH])


def add_sittings(session: Session, cast: Cast, practices: int, seed: int, began_at: dt.datetime) -> int:
    """Write every sitting of the demo; returns how many."""
    students = students_of(session, cast, seed, began_at)
    sheets = Sheets()
    tests = list(closed_assignments(session, began_at))
    ids = iter(take_ids(session, Attempt.__table__, len(students) * (practices + len(tests))))
    add_practice(session, sheets, students, practices, ids, seed, began_at)
    add_tests(session, sheets, students, tests, ids, seed, began_at)
    sheets.insert(session)
    return len(sheets.rows[Attempt])


def students_of(session: Session, cast: Cast, seed: int, began_at: dt.datetime) -> dict[int, Student]:
    chance = Random(f"{seed}:students")
    share = len(cast.students) // len(CLASSES)
    enters_at = began_at - dt.timedelta(days=3 * 365)
    return {
        person: Student(
            person, CLASSES[place // share].grade, chance.gauss(0.2, 0.9), chance.uniform(0.0, 0.5), enters_at
        )
        for place, person in enumerate(cast.students[: share * len(CLASSES)])
    }


def add_practice(
    session: Session,
    sheets: Sheets,
    students: Mapping[int, Student],
    practices: int,
    ids: Any,
    seed: int,
    began_at: dt.datetime,
) -> None:
    popular = popular_versions(session)
    contents = read_contents(session, [one for versions in popular.values() for one in versions])
    for student in students.values():
        chance = Random(f"{seed}:practice:{student.person_id}")
        subjects = [subject for subject, grade in popular if grade == student.grade]
        for _ in range(practices):
            subject = chance.choice(subjects)
            started_at = evening(chance, began_at)
            versions = popular[subject, student.grade]
            chosen = chance.sample(versions, min(PRACTICE_COUNT, len(versions)))
            asked = [practised(chance, contents[version]) for version in chosen]
            attempt = attempt_row(next(ids), Mode.PRACTICE, student, subject, started_at)
            attempt["topic"] = f"{subject}.l{student.grade:02d}"
            sheets.add(chance, attempt, asked, student.ability_at(started_at))


def practised(chance: Random, version: QuestionVersion) -> Asked:
    content = version.content
    order = shuffle_options(content, Dice("practice", chance.getrandbits(62), version.id))
    return Asked(version.id, content, version.level, Decimal(1), order)


def attempt_row(id_: int, mode: Mode, student: Student, subject: str, started_at: dt.datetime) -> Row:
    """Every row has the same columns, so that they are inserted together."""
    return {
        "id": id_,
        "token": secrets.token_urlsafe(16),
        "mode": mode,
        "person_id": student.person_id,
        "quiz_id": None,
        "variant_id": None,
        "assignment_id": None,
        "number": 1,
        "subject": subject,
        "topic": None,
        "level": None,
        "started_at": started_at,
        "deadline_at": None,
    }


def popular_versions(session: Session) -> dict[tuple[str, int], list[int]]:
    """For every subject and grade the published questions that came first; nobody practises essays."""
    version = QuestionVersion
    query = (
        select(version.subject, version.grade, version.id)
        .join(Question, Question.published_version_id == version.id)
        .where(version.type != QuestionType.ESSAY)
        .order_by(version.id)
    )
    found: dict[tuple[str, int], list[int]] = {}
    for subject, grade, id_ in session.execute(query):
        if grade is None:
            continue
        versions = found.setdefault((subject, grade), [])
        if len(versions) < POPULAR:
            versions.append(id_)
    return {place: versions for place, versions in found.items() if len(versions) >= PRACTICE_COUNT}


def read_contents(session: Session, ids: Sequence[int]) -> dict[int, QuestionVersion]:
    found: dict[int, QuestionVersion] = {}
    for start in range(0, len(ids), READ_BATCH):
        some = ids[start : start + READ_BATCH]
        found |= {one.id: one for one in session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(some)))}
    return found


def evening(chance: Random, began_at: dt.datetime) -> dt.datetime:
    """A moment between six and nine in the evening, Vietnamese time, in a term of the last three years."""
    while True:
        day = began_at - dt.timedelta(days=chance.randint(1, 3 * 365 - 60))
        if day.month not in (6, 7, 8):
            return day.replace(hour=11, minute=0, second=0, microsecond=0) + dt.timedelta(
                minutes=chance.randint(0, 180)
            )


def add_tests(
    session: Session,
    sheets: Sheets,
    students: Mapping[int, Student],
    tests: Sequence[Assignment],
    ids: Any,
    seed: int,
    began_at: dt.datetime,
) -> None:
    for test in tests:
        quiz = session.get_one(Quiz, test.quiz_id)
        papers = papers_of(session, quiz.id)
        members = session.scalars(
            select(ClassMember.person_id).where(ClassMember.class_id == test.class_id).order_by(ClassMember.person_id)
        )
        is_running = test.closes_at > began_at
        for place, person in enumerate(members):
            chance = Random(f"{seed}:test:{test.id}:{person}")
            if (place == 0 and is_running) or chance.random() < (0.5 if is_running else 0.06):
                continue
            student = students[person]
            variant, asked = papers[variant_of(person, test.id, len(papers))]
            started_at = test.opens_at + dt.timedelta(minutes=chance.randint(1, 600))
            attempt = attempt_row(next(ids), Mode.ASSIGNED, student, quiz.subject, started_at)
            attempt |= {"quiz_id": quiz.id, "variant_id": variant, "assignment_id": test.id}
            attempt["deadline_at"] = deadline_of(started_at, test.duration_minutes, test.closes_at)
            sheets.add(chance, attempt, asked, student.ability_at(started_at))


def papers_of(session: Session, quiz_id: int) -> list[tuple[int, list[Asked]]]:
    """The variants of a quiz with their questions in order."""
    rows = session.execute(
        select(QuizItem, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == QuizItem.question_version_id)
        .where(QuizItem.quiz_id == quiz_id)
    ).all()
    items = {item.position: (item, version, version.content) for item, version in rows}
    papers = []
    for variant in session.scalars(select(QuizVariant).where(QuizVariant.quiz_id == quiz_id).order_by(QuizVariant.id)):
        ordered = session.scalars(
            select(QuizVariantItem).where(QuizVariantItem.variant_id == variant.id).order_by(QuizVariantItem.position)
        )
        asked = []
        for one in ordered:
            item, version, content = items[one.item_position]
            asked.append(Asked(version.id, content, version.level, item.marks, one.option_order))
        papers.append((variant.id, asked))
    return papers
