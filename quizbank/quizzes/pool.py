"""The questions a quiz may be drawn from: one query for all cells of its matrix."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell, Supply, is_wanted
from quizbank.questions.models import Question, QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.arrangement import Candidate


@dataclass(frozen=True)
class Source:
    """Which part of the bank a quiz is drawn from; ``grade`` None is any."""

    subject: str
    grade: int | None
    programme: str


@dataclass(frozen=True)
class Pool:
    """Cell number -> ids of the questions that fit it; and for each question its version and passage."""

    ids: Mapping[int, Sequence[int]]
    candidates: Mapping[int, Candidate]

    @property
    def passage_of(self) -> dict[int, int]:
        return {id: one.passage for id, one in self.candidates.items() if one.passage is not None}


def pool_for(session: Session, source: Source, cells: Sequence[Cell]) -> Pool:
    """All published questions that fit any of the cells."""
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
        )
        .join(Question, Question.published_version_id == version.id)
        .where(version.subject == source.subject, version.programme == source.programme)
        .where(version.type.in_({cell.type for cell in cells}), or_(*_places(cells, source.grade)))
    )
    ids: dict[int, list[int]] = {number: [] for number in range(len(cells))}
    fitting: dict[tuple[str | None, str | None, QuestionType, int | None], list[list[int]]] = {}
    candidates: dict[int, Candidate] = {}
    for topic, level, type, grade, question_id, version_id, passage in session.execute(query):
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
    return Pool(ids, candidates)


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
