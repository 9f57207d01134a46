"""A library whose every text field holds something that would like to run."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from sqlalchemy.orm import Session

from quizbank.attempts.actions import start_practice, submit_attempt
from quizbank.attempts.rules import MAX_PRACTICE_COUNT, Wish
from quizbank.classes.actions import create_class, join_class
from quizbank.matrices.actions import change_matrix, create_matrix
from quizbank.matrices.rules import Competence, Specification
from quizbank.questions.rules import Part, QuestionContent, QuestionType
from quizbank.quizzes.actions import add_variants, build_quiz
from repository.accounts.actions import add_person
from repository.accounts.queries import actor_of
from repository.db import writing
from repository.jobs import utc_now
from repository.lectures.actions import approve_lecture, comment_lecture, submit_lecture, upload_lecture
from repository.lectures.rules import LectureMetadata
from repository.permissions import SYSTEM, Actor, Role
from repository.search.actions import schedule_rebuild
from tests.browser.hostile_quizzes import hostile_paths
from tests.browser.library import actor_for
from tests.browser.live import PASSWORD, LiveProduct
from tests.quizbank.matrices.builders import a_cell, a_matrix
from tests.quizbank.questions.builders import a_question
from tests.repository.markup.test_markup_xss import VECTORS as MARKUP_VECTORS

BREAKOUTS = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '" autofocus onfocus=alert(1) x="',
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    '</script><script>alert(1)</script>{"a":"',
    "</option></select><img src=x onerror=alert(1)>",
    "{{ ''.__class__.__mro__ }}{% print(1) %}",
    "${alert(1)}`${alert(1)}`",
    "javascript:alert(1)",
    "<!--</style><script>alert(1)//-->",
    "\u2028</a><svg/onload=alert(1)>",
)
VECTORS = (*MARKUP_VECTORS, *BREAKOUTS)


@dataclass(frozen=True)
class HostileLibrary:
    lectures: tuple[int, ...]
    questions: tuple[int, ...]
    matrix: int
    quiz: int
    school_class: int
    attempts: tuple[str, ...]
    papers: tuple[str, ...]

    def addresses_for(self, role: Role | None) -> list[str]:
        """Every page that shows a hostile text to such a person."""
        public = ["/", "/lectures", "/practice", *(f"/search?q={quote(vector)}" for vector in VECTORS[::4])]
        public += [f"/records/{number}" for number in range(1, len(self.lectures) + 1)]
        public += ["/search?kind=lecture", "/search?kind=question", *(f"/lectures/{id}" for id in self.lectures)]
        if role is None:
            return public
        if role is Role.STUDENT:
            done, going = self.attempts
            return ["/me", "/classes", f"/attempts/{going}", f"/attempts/{done}", f"/attempts/{done}/review"]
        staff = ["/questions", "/matrices", f"/matrices/{self.matrix}", "/quizzes", f"/quizzes/{self.quiz}"]
        staff += [f"/matrices/{self.matrix}/versions", f"/matrices/{self.matrix}/versions/1"]
        if role is Role.TEACHER:
            staff += [f"/quizzes/{self.quiz}/papers", f"/quizzes/{self.quiz}/keys", "/classes", *self.papers]
            return [*staff, f"/classes/{self.school_class}", *(f"/questions/{id}" for id in self.questions)]
        lectures = [f"/lectures/{self.lectures[0]}/edit", f"/lectures/{self.lectures[0]}/changes", "/lectures/mine"]
        return public + staff + lectures + ["/review", "/ledger", "/admin/people", "/admin/audit", "/admin/jobs"]


def a_hostile_library(product: LiveProduct) -> HostileLibrary:
    """Fill the product through its actions, as its forms would."""
    with product.services.sessions() as session:
        writing(session)
        people = {role: actor_for(session, role) for role in Role}
        vectors = tuple(VECTORS)
        questions = [a_question(session, hostile_question(v), tags=(v[:40],), passage=v, source=v).id for v in vectors]
        matrix, quiz, school_class = hostile_names(session, people[Role.TEACHER], people[Role.STUDENT])
        made = HostileLibrary(
            lectures=hostile_lectures(session, product, people, vectors),
            questions=tuple(questions),
            matrix=matrix,
            quiz=quiz,
            school_class=school_class,
            attempts=hostile_attempts(session, people[Role.STUDENT]),
            papers=hostile_paths(session, product.services, people[Role.TEACHER], school_class, BREAKOUTS),
        )
        schedule_rebuild(session, now=utc_now())
        session.commit()
    product.run_jobs()
    return made


def hostile_attempts(session: Session, student: Actor) -> tuple[str, ...]:
    """One practice handed in, to be reviewed, and one under way."""
    wishes = [Wish("toan", count=MAX_PRACTICE_COUNT) for _ in range(2)]
    done, going = (
        start_practice(session, student, wish, chance=random.Random(number), now=utc_now())
        for number, wish in enumerate(wishes)
    )
    submit_attempt(session, student, done.token, now=utc_now())
    return done.token, going.token


def hostile_lectures(
    session: Session, product: LiveProduct, people: dict[Role, Actor], vectors: Sequence[str]
) -> tuple[int, ...]:
    """One published lecture for every fifth vector, its neighbours in the other fields."""
    ids = []
    now = utc_now()
    for place in range(0, len(vectors), 5):
        five = [*vectors, *BREAKOUTS][place : place + 5]
        new = LectureMetadata(
            title=five[0][:150],
            subject="toan",
            abstract="\n\n".join(five),
            grades=(12,),
            authors=tuple(vector[:100] for vector in five),
            link_url="https://vidu.example/?" + quote(five[1]),
        )
        lecture = upload_lecture(session, people[Role.EDITOR], new, None, store=product.services.store, now=now)
        submit_lecture(session, people[Role.EDITOR], lecture.id, five[2], now=now)
        comment_lecture(session, people[Role.REVIEWER], lecture.id, five[3], now=now)
        approve_lecture(session, people[Role.REVIEWER], lecture.id, five[4], now=now)
        ids.append(lecture.id)
    return tuple(ids)


def hostile_question(vector: str) -> QuestionContent:
    options = tuple(Part(f"{number} {vector}", is_true=number == 2) for number in range(1, 5))
    return QuestionContent(QuestionType.SINGLE_CHOICE, vector, options, explanation=vector)


def hostile_names(session: Session, teacher: Actor, student: Actor) -> tuple[int, int, int]:
    """A matrix, a quiz and a class; people besides."""
    now = utc_now()
    pupils = []
    for number, vector in enumerate(BREAKOUTS):
        pupil = add_person(
            session,
            SYSTEM,
            email=f"la{number}@vidu.example",
            name=vector[:80],
            password=PASSWORD,
            roles=frozenset({Role.STUDENT}),
            now=now,
        )
        a_class = create_class(session, teacher, vector[:80], chance=random.Random(number), now=now)
        join_class(session, student, a_class.join_code, now=now)
        pupils.append(actor_of(pupil))
    for one in pupils:
        join_class(session, one, a_class.join_code, now=now)
    cell = replace(a_cell(count=20, marks="0.5"), unit=BREAKOUTS[2])
    tag = Competence(QuestionType.SINGLE_CHOICE, None, BREAKOUTS[1])
    rows = (Specification(None, BREAKOUTS[2], BREAKOUTS[4], (tag,)), Specification(None, BREAKOUTS[6], BREAKOUTS[5]))
    matrix = replace(a_matrix(cell, title=BREAKOUTS[0]), specification=rows)
    kept = create_matrix(session, teacher, replace(matrix, title=BREAKOUTS[10]), now=now)
    kept = change_matrix(session, teacher, kept.id, matrix, revision=1, now=now)
    quiz = build_quiz(session, teacher, matrix, title=BREAKOUTS[3], seed=1, now=now, matrix_id=kept.id)
    add_variants(session, teacher, quiz.id, ("101", "102"), now=now)
    return kept.id, quiz.id, a_class.id
