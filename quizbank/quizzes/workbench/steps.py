"""Steps of the workbench: what each of them changed, so that it can be taken back and done again.

Whoever comes first wins: a step names the revision that it is based on, and one statement of the database raises it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from quizbank.matrices.rules import MOST_QUESTIONS, Cell
from quizbank.questions.models import QuestionVersion
from quizbank.quizzes.actions import editable_quiz, reshuffle_variants
from quizbank.quizzes.models import Quiz, QuizEdit, QuizItem
from quizbank.quizzes.workbench.rules import Line, Lines, Row, difference, rows_of
from repository.audit import record
from repository.errors import Conflict, NotFound
from repository.permissions import Actor

ARRANGEMENT = ("version", "part")
"""What of a row the codes depend on."""
CHANGED = "Đề đã được sửa ở cửa sổ khác. Đây là đề lúc này; hãy làm lại bước vừa rồi."


class Turn(NamedTuple):
    """A step that was taken back or done again: of which kind, and the first position that it changed."""

    kind: str
    position: int


class OldWindow(Conflict):
    """The quiz was changed meanwhile. ``facts["revision"]`` is the one that counts."""

    code = "old-window"


@dataclass(frozen=True)
class Bench:
    """A quiz that may be edited, as it is now."""

    quiz: Quiz
    lines: Lines

    @property
    def cells(self) -> list[Cell]:
        return [cell.cell for cell in self.quiz.cells]

    def line(self, position: int) -> Line:
        """The question at a position.

        Raises:
            NotFound: the quiz has no such position.
        """
        if not 1 <= position <= len(self.lines):
            raise NotFound("Đề này không có câu {position}.", position=position)
        return self.lines[position - 1]


def open_bench(session: Session, actor: Actor, quiz_id: int, revision: int) -> Bench:
    """A quiz to edit.

    Args:
        revision: what the editor has seen.

    Raises:
        Conflict: a class has got the quiz.
        OldWindow: it was changed since.
    """
    quiz = editable_quiz(session, actor, quiz_id)
    check_revision(quiz, revision)
    return Bench(quiz, lines_of(session, quiz.id))


def check_revision(quiz: Quiz, revision: int) -> None:
    if quiz.revision != revision:
        raise OldWindow(
            "Đề đã được sửa ở cửa sổ khác. Đây là đề lúc này; hãy làm lại bước vừa rồi.", revision=quiz.revision
        )


def lines_of(session: Session, quiz_id: int) -> Lines:
    """The questions of a quiz in order."""
    query = (
        select(QuizItem.question_version_id, QuizItem.part, QuizItem.cell, QuizItem.marks, QuizItem.is_locked)
        .add_columns(QuestionVersion.question_id, QuestionVersion.passage_version_id)
        .join(QuestionVersion, QuestionVersion.id == QuizItem.question_version_id)
        .where(QuizItem.quiz_id == quiz_id)
        .order_by(QuizItem.position)
    )
    return tuple(Line(*row) for row in session.execute(query))


def take_step(
    session: Session, actor: Actor, bench: Bench, kind: str, lines: Lines, *, now: dt.datetime, **details: Any
) -> None:
    """Give a quiz these lines; what was undone before can't be done again.

    Raises:
        OldWindow: somebody was faster.
        Conflict: more questions than a quiz may have.
    """
    if len(lines) > MOST_QUESTIONS:
        raise Conflict("Một đề có tối đa {limit} câu.", limit=MOST_QUESTIONS)
    before, after = difference(rows_of(bench.lines), rows_of(lines))
    if not before and not after:
        return
    quiz = bench.quiz
    _claim(session, quiz)
    session.execute(delete(QuizEdit).where(QuizEdit.quiz_id == quiz.id, QuizEdit.is_undone))
    last = session.scalar(select(func.max(QuizEdit.number)).where(QuizEdit.quiz_id == quiz.id)) or 0
    edit = {"quiz_id": quiz.id, "number": last + 1, "kind": kind, "before": before, "after": after}
    session.execute(insert(QuizEdit), [{**edit, "is_undone": False, "actor_id": actor.person_id, "at": now}])
    _write(session, quiz, before, after)
    record(session, actor, f"{kind}-on-workbench", "quiz", quiz.id, now, step=last + 1, **details)


def undo_step(session: Session, actor: Actor, quiz_id: int, *, revision: int, now: dt.datetime) -> Turn:
    """Take the last step back.

    Raises:
        Conflict: there is none.
    """
    return _turn(session, actor, quiz_id, revision, now, is_undone=False)


def redo_step(session: Session, actor: Actor, quiz_id: int, *, revision: int, now: dt.datetime) -> Turn:
    """Do again the step that was taken back last.

    Raises:
        Conflict: there is none.
    """
    return _turn(session, actor, quiz_id, revision, now, is_undone=True)


def _turn(session: Session, actor: Actor, quiz_id: int, revision: int, now: dt.datetime, *, is_undone: bool) -> Turn:
    quiz = editable_quiz(session, actor, quiz_id)
    check_revision(quiz, revision)
    query = select(QuizEdit).where(QuizEdit.quiz_id == quiz.id, QuizEdit.is_undone == is_undone).limit(1)
    edit = session.scalar(query.order_by(QuizEdit.number if is_undone else QuizEdit.number.desc()))
    if edit is None:
        if is_undone:
            raise Conflict("Không có bước nào để làm lại.")
        raise Conflict("Không còn bước nào để hoàn tác.")
    _claim(session, quiz)
    rows = (edit.before, edit.after) if is_undone else (edit.after, edit.before)
    edit.is_undone = not is_undone
    _write(session, quiz, *rows)
    action = "redo-on-workbench" if is_undone else "undo-on-workbench"
    record(session, actor, action, "quiz", quiz.id, now, step=edit.number, kind=edit.kind)
    return Turn(edit.kind, min(row["position"] for row in rows[1] or rows[0]))


def _claim(session: Session, quiz: Quiz) -> None:
    """Raise the revision, unless somebody else just did, or a class just got the quiz."""
    claimed = session.scalar(
        update(Quiz)
        .where(Quiz.id == quiz.id, Quiz.revision == quiz.revision, Quiz.assigned_at.is_(None))
        .values(revision=quiz.revision + 1)
        .returning(Quiz.id)
        .execution_options(synchronize_session=False)
    )
    session.refresh(quiz, ["revision", "assigned_at"])
    if claimed is None:
        raise OldWindow(CHANGED, revision=quiz.revision)


def _write(session: Session, quiz: Quiz, gone: Sequence[Row], come: Sequence[Row]) -> None:
    """Take rows away and put others in their places; codes follow where the arrangement changed."""
    positions = [row["position"] for row in gone]
    session.execute(delete(QuizItem).where(QuizItem.quiz_id == quiz.id, QuizItem.position.in_(positions)))
    if come:
        session.execute(insert(QuizItem), [_item_row(quiz.id, row) for row in come])
    session.expire(quiz, ["items"])
    if _arrangement(gone) != _arrangement(come):
        reshuffle_variants(session, quiz)


def _item_row(quiz_id: int, row: Row) -> dict[str, Any]:
    return {
        "quiz_id": quiz_id,
        "position": row["position"],
        "part": row["part"],
        "cell": row["cell"],
        "question_version_id": row["version"],
        "marks": Decimal(row["marks"]),
        "is_locked": row["locked"],
    }


def _arrangement(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    return sorted((row["position"], *(row[name] for name in ARRANGEMENT)) for row in rows)
