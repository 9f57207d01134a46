"""What a teacher sees of an assignment: who sat it with what marks, and which questions went wrong.

Marks are confidential: only the teacher of the class gets here. Nothing is ranked; students stand by name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt, AttemptAnswer, AttemptItem, AttemptResult
from quizbank.attempts.repair import judge
from quizbank.attempts.rulings import judged_now
from quizbank.classes.models import Assignment, ClassMember, SchoolClass
from quizbank.classes.queries import get_assignment
from quizbank.permissions import TEACH_CLASS
from quizbank.questions.key_repairs import rulings_for
from quizbank.questions.models import QuestionVersion
from quizbank.questions.rules import CHOICE_TYPES, QuestionType, printed_key
from quizbank.questions.rulings import Ruling, Treatment
from quizbank.questions.rulings import printed as printed_ruling
from quizbank.quizzes.grading import ten_point_mark
from quizbank.quizzes.models import Quiz, QuizItem
from repository.accounts.models import Person
from repository.collation import sort_key
from repository.permissions import Actor


@dataclass(frozen=True)
class StudentRow:
    """A member of the class; ``best`` is the submitted attempt with most marks, ``open`` one that still runs."""

    person_id: int
    name: str
    attempts: tuple[Attempt, ...] = ()

    @property
    def best(self) -> Attempt | None:
        submitted = [one for one in self.attempts if one.submitted_at is not None]
        return max(submitted, key=lambda one: one.marks or Decimal(0), default=None)

    @property
    def is_sitting(self) -> bool:
        return any(one.submitted_at is None for one in self.attempts)

    @property
    def mark(self) -> Decimal | None:
        """The best attempt on the scale of 0 to 10."""
        return ten_point_mark(self.best.marks or Decimal(0), self.best.max_marks) if self.best else None


@dataclass(frozen=True)
class QuestionRow:
    """How a question fared: ``facility`` is the mean fraction earned, ``mistake`` the commonest wrong option.

    ``mistake`` and ``key`` are canonical letters, as the bank shows them. ``ruling``: a repair of the key that stands.
    """

    position: int
    version_id: int
    stem_html: str
    count: int
    facility: float | None
    key: str
    mistake: str = ""
    mistake_share: float = 0.0
    ruling: Ruling | None = None


@dataclass(frozen=True)
class Standings:
    assignment: Assignment
    school_class: SchoolClass
    quiz: Quiz
    students: tuple[StudentRow, ...]
    questions: tuple[QuestionRow, ...]

    @property
    def marks(self) -> list[Decimal]:
        return [row.mark for row in self.students if row.mark is not None]

    @property
    def mean(self) -> Decimal | None:
        return sum(self.marks, Decimal(0)) / len(self.marks) if self.marks else None

    @property
    def spread(self) -> list[int]:
        """How many marks lie in 0 to under 1, 1 to under 2 ... 9 to 10."""
        counts = [0] * 10
        for mark in self.marks:
            counts[min(9, int(mark))] += 1
        return counts


def get_standings(session: Session, actor: Actor, assignment_id: int) -> Standings:
    """All a teacher sees of an assignment, in a constant number of queries.

    Raises:
        Forbidden: a member of the class, but not its teacher.
        NotFound: somebody else.
    """
    assignment, school_class = get_assignment(session, actor, assignment_id)
    TEACH_CLASS.require(actor, school_class)
    quiz = session.get_one(Quiz, assignment.quiz_id)
    return Standings(
        assignment, school_class, quiz, _students(session, assignment), _questions(session, assignment, quiz)
    )


def _students(session: Session, assignment: Assignment) -> tuple[StudentRow, ...]:
    rows = session.execute(
        select(Person.id, Person.name, Attempt)
        .join(ClassMember, ClassMember.person_id == Person.id)
        .outerjoin(Attempt, and_(Attempt.person_id == Person.id, Attempt.assignment_id == assignment.id))
        .where(ClassMember.class_id == assignment.class_id)
        .order_by(Person.id, Attempt.number)
    )
    found: dict[int, StudentRow] = {}
    for person_id, name, attempt in rows:
        known = found.get(person_id, StudentRow(person_id, name))
        found[person_id] = StudentRow(person_id, name, (*known.attempts, attempt) if attempt else known.attempts)
    return tuple(sorted(found.values(), key=lambda row: (sort_key(row.name.rpartition(" ")[2]), sort_key(row.name))))


def _questions(session: Session, assignment: Assignment, quiz: Quiz) -> tuple[QuestionRow, ...]:
    facilities = _facilities(session, assignment.id)
    mistakes = _responses(session, assignment.id)
    rows = session.execute(
        select(QuizItem.position, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.id == QuizItem.question_version_id)
        .where(QuizItem.quiz_id == quiz.id)
        .order_by(QuizItem.position)
    )
    found = [(position, version) for position, version in rows]
    rulings = rulings_for(session, [version.id for _, version in found])
    return tuple(
        _question_row(
            *(position, version, rulings.of(version.id, quiz.id)),
            *(facilities.get(version.id), mistakes.get(version.id, {})),
        )
        for position, version in found
    )


def _question_row(
    position: int,
    version: QuestionVersion,
    ruling: Ruling | None,
    seen: tuple[int, float] | None,
    responses: Mapping[str, int],
) -> QuestionRow:
    count, facility = seen or (0, None)
    is_choice = QuestionType(version.type) in CHOICE_TYPES
    wrong = {given: times for given, times in responses.items() if given and _is_wrong(version, ruling, given)}
    mistake = max(sorted(wrong), key=lambda given: wrong[given], default="") if is_choice else ""
    return QuestionRow(
        position=position,
        version_id=version.id,
        stem_html=version.stem_html,
        count=count,
        facility=facility,
        key=printed_ruling(ruling.question) if ruling else printed_key(QuestionType(version.type), version.content.key),
        mistake=mistake,
        mistake_share=wrong[mistake] / count if mistake and count else 0.0,
        ruling=ruling,
    )


def _is_wrong(version: QuestionVersion, ruling: Ruling | None, response: str) -> bool:
    if ruling and ruling.treatment is Treatment.LEFT_OUT:
        return False
    return judge(version, ruling, response, Decimal(1)).fraction < 1


def _facilities(session: Session, assignment_id: int) -> Mapping[int, tuple[int, float]]:
    """Version -> how many submitted answers that count, and their mean fraction."""
    now = judged_now()
    query = (
        select(AttemptItem.question_version_id, func.count(), func.avg(now.c.fraction))
        .select_from(Attempt)
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .join(now, and_(now.c.attempt_id == AttemptItem.attempt_id, now.c.position == AttemptItem.position))
        .where(Attempt.assignment_id == assignment_id, Attempt.submitted_at.is_not(None))
        .where(now.c.is_left_out.is_(False))
        .group_by(AttemptItem.question_version_id)
    )
    return {version_id: (count, float(mean)) for version_id, count, mean in session.execute(query)}


def _responses(session: Session, assignment_id: int) -> Mapping[int, dict[str, int]]:
    """Version -> response -> how often it was the graded one."""
    query = (
        select(AttemptItem.question_version_id, AttemptAnswer.response, func.count())
        .select_from(Attempt)
        .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
        .join(AttemptResult, _same_place(AttemptResult))
        .join(AttemptAnswer, and_(_same_place(AttemptAnswer), AttemptAnswer.revision == AttemptResult.revision))
        .where(Attempt.assignment_id == assignment_id, Attempt.submitted_at.is_not(None))
        .group_by(AttemptItem.question_version_id, AttemptAnswer.response)
    )
    return _by_version(session.execute(query))


def _by_version(rows: Iterable[tuple[int, str, int]]) -> Mapping[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for version_id, response, count in rows:
        found.setdefault(version_id, {})[response] = count
    return found


def _same_place(table: type[AttemptResult] | type[AttemptAnswer]) -> ColumnElement[bool]:
    return and_(table.attempt_id == AttemptItem.attempt_id, table.position == AttemptItem.position)
