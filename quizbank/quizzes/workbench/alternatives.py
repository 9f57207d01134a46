"""Which questions could stand in the place of one: of the same cell, the nearest in difficulty first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell
from quizbank.questions.models import QuestionVersion
from quizbank.questions.queries import versions_by_id
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.estimates import Estimate, estimates_of
from quizbank.quizzes.models import Quiz, QuizEdit, QuizItem
from quizbank.quizzes.pool import Source, in_use, pool_for
from quizbank.quizzes.queries import get_quiz
from quizbank.quizzes.selection import rank_questions
from quizbank.quizzes.stock import SHARE_UNIT
from quizbank.quizzes.stock_reading import stock_for
from quizbank.quizzes.workbench.rules import NO_CELL, Drawn, Line
from quizbank.quizzes.workbench.steps import Bench, lines_of
from repository.permissions import Actor

MOST_SHOWN = 10
SWAPS = ("swap", "choose")


@dataclass(frozen=True)
class Alternative:
    """A question that may be put in the place of another. ``stood_here``: it was on this paper before."""

    drawn: Drawn
    version: QuestionVersion
    estimate: Estimate
    stood_here: bool


@dataclass(frozen=True)
class Alternatives:
    """``count``: how many questions could be put there in all, of which ``shown`` are the nearest."""

    bench: Bench
    line: Line
    estimate: Estimate | None
    count: int
    shown: tuple[Alternative, ...]


def source_of(quiz: Quiz) -> Source:
    """The part of the bank that this quiz is drawn from."""
    return Source(quiz.subject, quiz.grade, quiz.programme, quiz.created_by_id if quiz.uses_own_drafts else None)


def list_alternatives(session: Session, actor: Actor, quiz_id: int, position: int) -> Alternatives:
    """The questions that are nearest to one of a quiz."""
    quiz = get_quiz(session, actor, quiz_id)
    bench = Bench(quiz, lines_of(session, quiz.id))
    line = bench.line(position)
    near = nearest(session, bench, line)
    seen = seen_versions(session, quiz.id)
    shown = near[:MOST_SHOWN]
    versions = versions_by_id(session, [one.version_id for one in shown])
    estimates = estimates_of(session, [line.question_id, *(one.question_id for one in shown)])
    return Alternatives(
        bench,
        line,
        estimates.get(line.question_id),
        len(near),
        tuple(
            Alternative(one, versions[one.version_id], estimates[one.question_id], one.version_id in seen)
            for one in shown
        ),
    )


def nearest(session: Session, bench: Bench, line: Line) -> list[Drawn]:
    """All that could stand where ``line`` does, the nearest in difficulty first.

    Left out: what the quiz and the other forms of its paper use already, and relatives of what they use. Questions of
    the same passage come first; of equals the one that ranks first under the seed of the quiz.
    """
    cell = cell_of(session, bench, line)
    used = used_questions(session, bench)
    pool = pool_for(session, source_of(bench.quiz), [cell], beside=used | {line.question_id})
    families = {pool.family_of.get(one, one) for one in used if one != line.question_id}
    fitting = [one for one in pool.ids[0] if one not in used and pool.family_of.get(one, one) not in families]
    if cell.statements:
        levels = session.get_one(QuestionVersion, line.version_id).statement_levels
        fitting = [one for one in fitting if pool.statements.get(one, "") == levels]
    ranked = rank_questions(fitting, bench.quiz.seed, len(fitting))
    shares = shares_in_stock(session, bench.quiz, [line.question_id, *ranked])
    mine = shares.get(line.question_id, 0)

    def far(one: Drawn) -> tuple[bool, int]:
        return line.passage is not None and one.passage != line.passage, abs(shares[one.question_id] - mine)

    found = (pool.candidates[one] for one in ranked)
    return sorted((Drawn(one.question_id, one.version_id, one.passage) for one in found), key=far)


def shares_in_stock(session: Session, quiz: Quiz, question_ids: Sequence[int]) -> dict[int, int]:
    """Question -> the expected share of its marks in ten-thousandths; one that is not in use any more is estimated."""
    stock = stock_for(session, quiz.subject)
    shares = {id: int(stock.shares[row]) for id, row in stock.rows_of(question_ids).items()}
    gone = [id for id in question_ids if id not in shares]
    known = estimates_of(session, gone) if gone else {}
    return shares | {id: round(one.right_fraction * SHARE_UNIT) for id, one in known.items()}


def cell_of(session: Session, bench: Bench, line: Line) -> Cell:
    """The cell that a question stands in, to be filled once; for one without a cell one that is made to its measure."""
    if line.cell != NO_CELL:
        return replace(bench.cells[line.cell], count=1)
    version = session.get_one(QuestionVersion, line.version_id)
    return Cell(version.topic, version.level, QuestionType(version.type), 1, line.marks)


def used_questions(session: Session, bench: Bench) -> set[int]:
    """The questions of the quiz and of the other forms of its paper."""
    quiz = bench.quiz
    root = quiz.form_of_id or quiz.id
    others = (
        select(QuestionVersion.question_id)
        .join(QuizItem, QuizItem.question_version_id == QuestionVersion.id)
        .join(Quiz, Quiz.id == QuizItem.quiz_id)
        .where((Quiz.id == root) | (Quiz.form_of_id == root), Quiz.id != quiz.id, Quiz.deleted_at.is_(None))
    )
    return {line.question_id for line in bench.lines} | set(session.scalars(others))


def families_among(session: Session, quiz: Quiz, question_ids: Collection[int]) -> Mapping[int, int]:
    """Question -> its family."""
    return pool_for(session, source_of(quiz), [], beside=question_ids).family_of


def seen_versions(session: Session, quiz_id: int) -> dict[int, int]:
    """Versions that were swapped away, each with the number of the step that did so last."""
    query = select(QuizEdit.number, QuizEdit.before).where(
        QuizEdit.quiz_id == quiz_id, ~QuizEdit.is_undone, QuizEdit.kind.in_(SWAPS)
    )
    return {row["version"]: number for number, rows in session.execute(query.order_by(QuizEdit.number)) for row in rows}


def least_seen(near: Collection[Drawn], seen: Mapping[int, int]) -> Drawn | None:
    """The nearest that has not stood there yet; when all have, the one that was swapped away first."""
    return min(near, key=lambda one: seen.get(one.version_id, 0), default=None)


def find_usable(session: Session, quiz: Quiz, question_ids: Collection[int]) -> dict[int, QuestionVersion]:
    """Question of the quiz's subject -> the version of it that may stand on this paper; others are left out."""
    stock = stock_for(session, quiz.subject)
    usable = in_use(stock, source_of(quiz).drafts_of)
    chosen = {id: int(stock.versions[row]) for id, row in stock.rows_of(question_ids).items() if usable[row]}
    versions = versions_by_id(session, chosen.values())
    return {id: versions[version_id] for id, version_id in chosen.items()}
