"""Read what questions ask, folded, and keep it as long as there is room."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import TextClause, select
from sqlalchemy.orm import Session

from quizbank.questions.likeness_folding import Folded, Source, fold
from quizbank.questions.models import Question, QuestionPart, QuestionVersion
from quizbank.questions.rules import AnswerKind, QuestionType
from quizbank.questions.states import QuestionState
from repository.db import Base

IDS_AT_ONCE = 500
TEXTS_KEPT = 100_000


def table_of(model: type[Base]) -> Any:
    """The table itself: plain rows are read and written in a third of the time of objects."""
    return model.__table__


_QUESTIONS, _VERSIONS, _PARTS = (table_of(model) for model in (Question, QuestionVersion, QuestionPart))


@dataclass(frozen=True, slots=True)
class Compared:
    """The newest version of a question with what it is compared by."""

    question_id: int
    version_id: int
    folded: Folded


class Texts:
    """What questions ask, read once and kept as long as there is room.

    Args:
        most: so many are kept.
        forgets: makes room by forgetting what was read first; else nothing more is kept.
    """

    def __init__(self, most: int = TEXTS_KEPT, *, forgets: bool = False) -> None:
        self._most, self._forgets = most, forgets
        self._kept: dict[int, Folded] = {}

    def keep(self, compared: Sequence[Compared]) -> None:
        if self._forgets or len(self._kept) < self._most:
            self._kept.update((one.question_id, one.folded) for one in compared)
        if self._forgets and len(self._kept) > self._most:
            self._kept = dict(islice(self._kept.items(), len(self._kept) - self._most, None))

    def of(self, session: Session, ids: Sequence[int]) -> dict[int, Folded]:
        """Question -> what it asks, without the withdrawn ones that were not kept."""
        found = {id_: self._kept[id_] for id_ in ids if id_ in self._kept}
        missing = read_compared(session, sorted(set(ids) - found.keys()))
        self.keep(missing)
        return found | {one.question_id: one.folded for one in missing}


def read_compared(session: Session, question_ids: Sequence[int]) -> list[Compared]:
    """The newest versions of these questions, without the withdrawn ones."""
    return [one for some in pieces(question_ids) for one in _read_compared(session, some)]


def _read_compared(session: Session, question_ids: Sequence[int]) -> list[Compared]:
    version, question, part = _VERSIONS.c, _QUESTIONS.c, _PARTS.c
    query = (
        select(version.id, version.question_id, version.type, version.stem, version.answer_kind, version.tolerance)
        .select_from(_VERSIONS.join(_QUESTIONS, question.current_version_id == version.id))
        .where(is_one_of("questions.id", question_ids), question.state != QuestionState.WITHDRAWN)
        .order_by(version.question_id)
    )
    rows = session.execute(query).all()
    texts: dict[int, list[str]] = {row[0]: [row[3]] for row in rows}
    truths: dict[int, list[bool]] = {row[0]: [] for row in rows}
    listed = select(part.version_id, part.text, part.is_true).where(is_one_of("question_parts.version_id", texts))
    for version_id, text, is_true in session.execute(listed.order_by(part.version_id, part.position)).all():
        texts[version_id].append(text)
        truths[version_id].append(is_true)
    sources = [
        Source(QuestionType(type), texts[id_], truths[id_], AnswerKind(kind) if kind else None, tolerance)
        for id_, _, type, _, kind, tolerance in rows
    ]
    return [Compared(row[1], row[0], folded) for row, folded in zip(rows, fold(sources), strict=True)]


class WrittenOut(TextClause):
    """A condition with its values in it. No cache of statements keeps it: each is another, and as long as a page."""

    inherit_cache = False


def is_one_of(column: str, numbers: Iterable[int]) -> TextClause:
    """Whether a column has one of these numbers; written out, for thousands of bound ones take longer to prepare."""
    return WrittenOut(f"{column} IN ({', '.join([str(int(number)) for number in numbers]) or 'NULL'})")


def pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), IDS_AT_ONCE):
        yield ids[start : start + IDS_AT_ONCE]
