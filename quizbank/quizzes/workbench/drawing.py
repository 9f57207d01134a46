"""Drawing a part of a paper anew beside what stays."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell, Matrix
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.assembly.assemble import assemble
from quizbank.quizzes.assembly.papers import TargetsOutOfReach
from quizbank.quizzes.assembly.records import targets_of
from quizbank.quizzes.assembly.supplies import Locked
from quizbank.quizzes.dice import Dice
from quizbank.quizzes.selection import PoolTooSmall
from quizbank.quizzes.workbench.alternatives import used_questions
from quizbank.quizzes.workbench.rules import NO_CELL, Drawn
from quizbank.quizzes.workbench.steps import Bench
from repository.errors import Conflict
from repository.permissions import Actor

SEEDS = 2**31


def draw_cells(session: Session, actor: Actor, bench: Bench, numbers: Iterable[int]) -> dict[int, list[Drawn]]:
    """New questions for the places of these cells that are not locked, as the quiz was aimed at when it was built.

    What stood there before is drawn again only if the bank has not enough others. The seed follows from that of the
    quiz and its revision: the same steps give the same paper.

    Raises:
        PoolTooSmall: lists every short cell; nothing is drawn.
        TargetsOutOfReach: the cells can be filled, but not so that the paper meets its targets.
        Conflict: there is no place to fill.
    """
    chosen = set(numbers)
    staying = [line for line in bench.lines if line.is_locked or line.cell not in chosen]
    stay = Counter(line.cell for line in staying)
    if not any(stay[number] < bench.cells[number].count for number in chosen):
        raise Conflict("Mọi câu đều đang khoá, không còn câu nào để bốc lại.")
    locked = [Locked(line.cell, line.question_id) for line in staying if line.cell != NO_CELL]
    leaving = {line.question_id for line in bench.lines} - {line.question_id for line in staying}
    barred = used_questions(session, bench) - leaving - {one.question_id for one in locked}
    cells = [
        replace(cell, count=max(cell.count, stay[number]) if number in chosen else stay[number])
        for number, cell in enumerate(bench.cells)
    ]
    try:
        return _drawn(session, actor, bench, cells, locked, barred | leaving, chosen)
    except (PoolTooSmall, TargetsOutOfReach):
        return _drawn(session, actor, bench, cells, locked, barred, chosen)


def _drawn(
    session: Session,
    actor: Actor,
    bench: Bench,
    cells: Sequence[Cell],
    locked: Sequence[Locked],
    barred: set[int],
    chosen: set[int],
) -> dict[int, list[Drawn]]:
    """Barred questions are locked in a cell of their own that is worth nothing, which bars their relatives as well."""
    quiz = bench.quiz
    aside = Cell(None, None, QuestionType.SINGLE_CHOICE, len(barred), Decimal(0))
    matrix = Matrix(
        *(quiz.title, quiz.subject, quiz.grade, quiz.programme, quiz.duration_minutes), cells=(*cells, aside)
    )
    targets = replace(targets_of(quiz), own_drafts=quiz.uses_own_drafts)
    seed = Dice(quiz.seed, "again", quiz.revision).below(SEEDS)
    away = [Locked(len(cells), question_id) for question_id in sorted(barred)]
    [form] = assemble(session, actor, matrix, targets, seed, locked=[*locked, *away])
    drawn: dict[int, list[Drawn]] = {number: [] for number in chosen}
    for one in form.chosen:
        candidate = one.candidate
        drawn[one.cell].append(Drawn(candidate.question_id, candidate.version_id, candidate.passage))
    return drawn
