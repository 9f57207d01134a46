"""The workbench as its teacher sees it: the paper, how it stands to its matrix, and what it will bring."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import and_, case, select
from sqlalchemy.orm import Session, joinedload, lazyload

from quizbank.matrices.rules import Cell
from quizbank.questions.models import QuestionVersion
from quizbank.quizzes.assembly.assemble import Why as AssemblyWhy
from quizbank.quizzes.assembly.records import why_of
from quizbank.quizzes.estimates import Estimate, Prediction, estimates_of, predict, statement_counts
from quizbank.quizzes.models import Quiz, QuizEdit, QuizItem
from quizbank.quizzes.queries import PaperItem, get_quiz, paper_of, rulings_of, versions_of
from quizbank.quizzes.workbench.rules import (
    NO_CELL,
    CellStanding,
    Line,
    PartTotal,
    level_shares,
    parts_of,
    standing_of,
)
from repository.permissions import Actor

ENOUGH_ANSWERS = 20
BRINGING = ("swap", "choose", "add", "redraw")
"""Kinds of steps by which questions come onto a paper."""


@dataclass(frozen=True)
class Why:
    """How a question came onto the paper: ``draw`` when it was built, or the kind of the step that brought it.

    ``instead_of``: the question that it replaced, where it replaced one. ``assembly``: why the assembly took it.
    """

    kind: str = "draw"
    instead_of: int | None = None
    assembly: AssemblyWhy | None = None


@dataclass(frozen=True)
class BenchItem:
    """A question on the workbench; ``cell`` None: no cell asked for it."""

    paper: PaperItem
    cell: Cell | None
    estimate: Estimate | None
    why: Why

    @property
    def position(self) -> int:
        return self.paper.item.position


@dataclass(frozen=True)
class Form:
    """One of several papers of one matrix; ``prediction`` None where a paper has no questions."""

    quiz_id: int
    number: int
    prediction: Prediction | None
    is_this: bool


@dataclass(frozen=True)
class BenchView:
    """``known``: how many questions have enough answers behind them; ``undo`` and ``redo``: kinds of steps, or empty.

    ``levels``: level -> its share of the marks. ``forms``: empty for a paper that stands alone.
    """

    quiz: Quiz
    items: tuple[BenchItem, ...]
    marks: Decimal
    parts: tuple[PartTotal, ...]
    standing: tuple[CellStanding, ...]
    prediction: Prediction | None
    known: int
    levels: Mapping[str | None, Decimal]
    forms: tuple[Form, ...]
    undo: str
    redo: str

    @property
    def departures(self) -> list[CellStanding]:
        """The cells that the paper does not keep to."""
        return [one for one in self.standing if not one.is_kept]


def look_at(session: Session, actor: Actor, quiz_id: int) -> BenchView:
    """Everything about a quiz that its teacher looks at: a constant number of queries."""
    quiz = get_quiz(session, actor, quiz_id, joinedload(Quiz.cells))
    versions = versions_of(session, quiz, lazyload(QuestionVersion.tags))
    paper = paper_of(quiz, versions, rulings=rulings_of(session, quiz))
    forms = _items_of_forms(session, quiz)
    mine = [version.question_id for version in versions.values()]
    others = [question_id for items in forms.values() for question_id, _ in items]
    estimates = estimates_of(session, list(dict.fromkeys([*mine, *others])))
    lines = [
        Line(one.version.id, one.item.part, one.item.cell, one.item.marks, one.item.is_locked, one.version.question_id)
        for one in paper
    ]
    cells = [cell.cell for cell in quiz.cells]
    history = history_of(session, quiz.id)
    why = _origins(session, history.brought, {version.id: version.question_id for version in versions.values()})
    assembled = why_of(quiz)
    return BenchView(
        quiz=quiz,
        items=tuple(
            BenchItem(
                one,
                cells[one.item.cell] if one.item.cell != NO_CELL else None,
                estimates.get(one.version.question_id),
                why.get(one.version.id) or Why(assembly=assembled.get(one.version.id)),
            )
            for one in paper
        ),
        marks=sum((line.marks for line in lines), Decimal(0)),
        parts=tuple(parts_of(lines)),
        standing=tuple(standing_of(cells, lines)),
        prediction=_predicted([(line.question_id, line.marks) for line in lines], estimates),
        known=sum(estimates[one].answers >= ENOUGH_ANSWERS for one in mine if one in estimates),
        levels=level_shares(
            (one.item.marks, one.version.level, dict(statement_counts(one.version.statement_levels))) for one in paper
        ),
        forms=_forms(quiz, forms, estimates),
        undo=history.undo,
        redo=history.redo,
    )


def _predicted(items: Sequence[tuple[int, Decimal]], estimates: Mapping[int, Estimate]) -> Prediction | None:
    known = [(estimates[one], marks) for one, marks in items if one in estimates]
    return predict(known) if known and len(known) == len(items) else None


class History(NamedTuple):
    """``undo``, ``redo``: the kinds of steps they turn to, or empty. ``brought``: kind, rows before and after."""

    undo: str
    redo: str
    brought: list[tuple[str, list[Any], list[Any]]]


def history_of(session: Session, quiz_id: int) -> History:
    brings = and_(~QuizEdit.is_undone, QuizEdit.kind.in_(BRINGING))
    before, after = case((brings, QuizEdit.before)), case((brings, QuizEdit.after))
    query = select(QuizEdit.kind, QuizEdit.is_undone, before, after).where(QuizEdit.quiz_id == quiz_id)
    rows = session.execute(query.order_by(QuizEdit.number)).all()
    undo = next((kind for kind, is_undone, *_ in reversed(rows) if not is_undone), "")
    redo = next((kind for kind, is_undone, *_ in rows if is_undone), "")
    brought = [(kind, one, other) for kind, _, one, other in rows if one is not None and other is not None]
    return History(undo, redo, brought)


def _origins(
    session: Session, brought: Iterable[tuple[str, list[Any], list[Any]]], question_of: Mapping[int, int]
) -> dict[int, Why]:
    """Version -> how it came onto the paper, for those that a step brought."""
    found: dict[int, tuple[str, int | None]] = {}
    for kind, before, after in brought:
        gone, come = ({row["version"] for row in rows} for rows in (before, after))
        replaced = next(iter(gone - come)) if kind in ("swap", "choose") and gone - come else None
        found.update(dict.fromkeys(come - gone, (kind, replaced)))
    here = {version: origin for version, origin in found.items() if version in question_of}
    gone_ids = [replaced for _, replaced in here.values() if replaced is not None]
    query_names = select(QuestionVersion.id, QuestionVersion.question_id).where(QuestionVersion.id.in_(gone_ids))
    names = {row.id: row.question_id for row in session.execute(query_names)} if gone_ids else {}
    return {version: Why(kind, names.get(replaced or 0)) for version, (kind, replaced) in here.items()}


def _items_of_forms(session: Session, quiz: Quiz) -> dict[tuple[int, int], list[tuple[int, Decimal]]]:
    """(form, quiz) -> its questions and their marks, for all forms of the paper that this quiz is one of."""
    root = quiz.form_of_id or quiz.id
    query = (
        select(Quiz.form, Quiz.id, QuestionVersion.question_id, QuizItem.marks)
        .join(QuizItem, QuizItem.quiz_id == Quiz.id)
        .join(QuestionVersion, QuestionVersion.id == QuizItem.question_version_id)
        .where((Quiz.id == root) | (Quiz.form_of_id == root), Quiz.deleted_at.is_(None))
        .order_by(Quiz.form, Quiz.id)
    )
    forms: dict[tuple[int, int], list[tuple[int, Decimal]]] = {}
    for number, quiz_id, question_id, marks in session.execute(query):
        forms.setdefault((number, quiz_id), []).append((question_id, marks))
    return forms


def _forms(
    quiz: Quiz,
    items: Mapping[tuple[int, int], Sequence[tuple[int, Decimal]]],
    estimates: Mapping[int, Estimate],
) -> tuple[Form, ...]:
    if len(items) < 2:
        return ()
    return tuple(
        Form(quiz_id, number, _predicted(some, estimates), quiz_id == quiz.id)
        for (number, quiz_id), some in items.items()
    )
