"""The questions a quiz may be drawn from: one query for all cells of its matrix."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell, Supply, is_wanted
from quizbank.questions.families import joined_families
from quizbank.questions.likeness_queries import families_in_bank
from quizbank.questions.models import Question, QuestionDoubt, QuestionVersion
from quizbank.questions.problems import PROBLEMS, Verdict
from quizbank.questions.rules import QuestionType
from quizbank.questions.states import QuestionState
from quizbank.quizzes.arrangement import Candidate

HELD = [code for code, (verdict, _message) in PROBLEMS.items() if verdict is Verdict.HOLD]


@dataclass(frozen=True)
class Source:
    """Which part of the bank a quiz is drawn from.

    ``grade`` None is any. ``drafts_of``: a person whose own unpublished questions may be drawn as well.
    """

    subject: str
    grade: int | None
    programme: str
    drafts_of: int | None = None


@dataclass(frozen=True)
class Pool:
    """Cell number -> ids of the questions that fit it; and for each question its version and passage.

    ``family_of``: question -> the family of those that people called the same or variants, for all of the bank, and
    of those in the pool, and beside it, that were made of one template.
    """

    ids: Mapping[int, Sequence[int]]
    candidates: Mapping[int, Candidate]
    family_of: Mapping[int, int] = field(default_factory=dict)

    @property
    def passage_of(self) -> dict[int, int]:
        return {id: one.passage for id, one in self.candidates.items() if one.passage is not None}


def pool_for(session: Session, source: Source, cells: Sequence[Cell], beside: Collection[int] = ()) -> Pool:
    """All questions in use that fit any of the cells; ``beside``: questions whose families are told as well."""
    version = QuestionVersion
    query = (
        select(
            version.topic,
            version.level,
            version.type,
            version.grade,
            version.question_id,
            version.id,
            version.passage_version_id,
            Question.family_id,
        )
        .join(Question, Question.id == version.question_id)
        .where(is_in_use(source.drafts_of))
        .where(version.subject == source.subject, version.programme == source.programme)
        .where(version.type.in_({cell.type for cell in cells}), or_(*_places(cells, source.grade)))
    )
    ids: dict[int, list[int]] = {number: [] for number in range(len(cells))}
    fitting: dict[tuple[str | None, str | None, QuestionType, int | None], list[list[int]]] = {}
    candidates: dict[int, Candidate] = {}
    born = _born_among(session, beside) if beside else {}
    for topic, level, type, grade, question_id, version_id, passage, family in session.execute(query):
        where = (topic, level, type, grade)
        lists = fitting.get(where)
        if lists is None:
            placed = Supply(topic, level, QuestionType(type), grade, 1)
            lists = [ids[number] for number, cell in enumerate(cells) if is_wanted(cell, source.grade, placed)]
            fitting[where] = lists
        for one in lists:
            one.append(question_id)
        if lists:
            candidates[question_id] = Candidate(question_id, version_id, passage)
            if family is not None:
                born[question_id] = family
    return Pool(ids, candidates, joined_families(families_in_bank(session), born))


def _born_among(session: Session, question_ids: Collection[int]) -> dict[int, int]:
    query = select(Question.id, Question.family_id).where(Question.id.in_(question_ids))
    return {id_: family for id_, family in session.execute(query) if family is not None}


def is_in_use(drafts_of: int | None) -> ColumnElement[bool]:
    """Published versions; of ``drafts_of`` also drafts that no reader of papers doubted."""
    version = QuestionVersion
    is_published = Question.published_version_id == version.id
    if drafts_of is None:
        return is_published
    doubts = select(QuestionDoubt.version_id).where(QuestionDoubt.version_id == version.id)
    is_own_draft = and_(
        Question.published_version_id.is_(None),
        Question.current_version_id == version.id,
        Question.created_by_id == drafts_of,
        Question.state != QuestionState.WITHDRAWN,
        ~doubts.where(QuestionDoubt.code.in_(HELD)).exists(),
    )
    return or_(is_published, is_own_draft)


def _places(cells: Iterable[Cell], grade: int | None) -> list[ColumnElement[bool]]:
    """Where in the curriculum the cells lie; what is finer is decided by ``is_wanted``."""
    version = QuestionVersion
    topics = {cell.topic for cell in cells}
    named = sorted(topic for topic in topics if topic is not None)
    places: list[ColumnElement[bool]] = [version.topic.startswith(topic + ".", autoescape=True) for topic in named]
    if named:
        places.append(version.topic.in_(named))
    if None in topics:
        places.append(version.id.is_not(None) if grade is None else version.grade == grade)
    return places
