"""What a teacher does to a drawn quiz. Each is one step: it can be undone, codes follow, an old window is told.

Every action takes the ``revision`` that the teacher has seen and answers with the position to look at afterwards.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from sqlalchemy.orm import Session

from quizbank.matrices.rules import PARTS, Supply, is_wanted
from quizbank.permissions import SEE_QUESTION_BANK
from quizbank.questions.models import QuestionVersion
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.workbench.alternatives import (
    families_among,
    find_usable,
    least_seen,
    nearest,
    seen_versions,
    used_questions,
)
from quizbank.quizzes.workbench.drawing import draw_cells
from quizbank.quizzes.workbench.rules import (
    NO_CELL,
    Drawn,
    Line,
    Lines,
    changed,
    check_free,
    check_marks,
    gathered,
    moved,
    place_of,
    redrawn,
    spread_marks,
    standing_of,
    usual_marks,
    without,
)
from quizbank.quizzes.workbench.steps import Bench, open_bench, take_step
from repository.errors import Conflict, Invalid
from repository.permissions import Actor


def lock_item(
    session: Session, actor: Actor, quiz_id: int, position: int, is_locked: bool, *, revision: int, now: dt.datetime
) -> int:
    """Lock a question, so that neither a swap nor drawing anew takes it away; or unlock it."""
    bench = open_bench(session, actor, quiz_id, revision)
    bench.line(position)
    lines = changed(bench.lines, position, lambda line: replace(line, is_locked=is_locked))
    take_step(session, actor, bench, "lock" if is_locked else "unlock", lines, now=now, position=position)
    return position


def swap_item(session: Session, actor: Actor, quiz_id: int, position: int, *, revision: int, now: dt.datetime) -> int:
    """Replace a question by the nearest in difficulty of its cell that has not stood on this paper yet.

    Raises:
        Conflict: it is locked, or the bank has no other for its cell.
    """
    bench = open_bench(session, actor, quiz_id, revision)
    line = bench.line(position)
    check_free(line)
    near = nearest(session, bench, line)
    other = least_seen(near, seen_versions(session, quiz_id))
    if other is None:
        raise Conflict("Ngân hàng không còn câu nào khác cho ô này.")
    return _put(session, actor, bench, position, other, "swap", now)


def replace_item(
    session: Session, actor: Actor, quiz_id: int, position: int, question_id: int, *, revision: int, now: dt.datetime
) -> int:
    """Replace a question by a chosen one of its cell.

    Raises:
        Conflict: it is locked, or the chosen one can't stand there.
    """
    bench = open_bench(session, actor, quiz_id, revision)
    line = bench.line(position)
    check_free(line)
    near = nearest(session, bench, line)
    other = next((one for one in near if one.question_id == question_id), None)
    if other is None:
        raise Conflict("Câu này không thay vào đây được: khác ô, đã dùng, hoặc là biến thể của một câu trong đề.")
    return _put(session, actor, bench, position, other, "choose", now)


def _put(session: Session, actor: Actor, bench: Bench, position: int, other: Drawn, kind: str, now: dt.datetime) -> int:
    before = bench.line(position)
    new = replace(before, version_id=other.version_id, question_id=other.question_id, passage=other.passage)
    lines = gathered(changed(bench.lines, position, lambda _: new))
    facts = {"position": position, "replaced": before.question_id, "question": other.question_id}
    take_step(session, actor, bench, kind, lines, now=now, **facts)
    return place_of(lines, other.version_id)


def move_item(
    session: Session, actor: Actor, quiz_id: int, position: int, by: int, *, revision: int, now: dt.datetime
) -> int:
    """Move a question some places inside its part; a passage moves whole."""
    bench = open_bench(session, actor, quiz_id, revision)
    line = bench.line(position)
    lines = moved(bench.lines, position, by)
    take_step(session, actor, bench, "move", lines, now=now, position=position, by=by)
    return place_of(lines, line.version_id)


def set_marks(
    session: Session, actor: Actor, quiz_id: int, marks: Mapping[int, Decimal], *, revision: int, now: dt.datetime
) -> int:
    """Say what some questions are worth, by their positions; those that keep their marks do no harm."""
    bench = open_bench(session, actor, quiz_id, revision)
    worth = {position: check_marks(one) for position, one in marks.items() if bench.line(position).marks != one}
    lines = tuple(
        replace(line, marks=worth[place]) if place in worth else line for place, line in enumerate(bench.lines, 1)
    )
    told = {str(position): str(one) for position, one in worth.items()}
    take_step(session, actor, bench, "marks", lines, now=now, marks=told)
    return min(worth, default=1)


def spread_part(
    session: Session, actor: Actor, quiz_id: int, part: int, total: Decimal, *, revision: int, now: dt.datetime
) -> int:
    """Deal marks out over the questions of a part evenly."""
    bench = open_bench(session, actor, quiz_id, revision)
    lines = spread_marks(bench.lines, part, total)
    take_step(session, actor, bench, "spread", lines, now=now, part=part, total=str(total))
    return next(position for position, line in enumerate(lines, 1) if line.part == part)


def add_question(
    session: Session, actor: Actor, quiz_id: int, question_id: int, *, revision: int, now: dt.datetime
) -> int:
    """Add a question of the bank at the end of its part.

    Its cell is the first that it fits and that lacks questions, else the first that it fits, else none.

    Raises:
        Conflict: it is used already, related to one that is, or may not be used.
    """
    SEE_QUESTION_BANK.require(actor)
    bench = open_bench(session, actor, quiz_id, revision)
    version = find_usable(session, bench.quiz, [question_id]).get(question_id)
    if version is None:
        raise Conflict("Câu này không dùng được cho đề: chưa xuất bản hoặc thuộc môn khác.")
    _check_new(session, bench, question_id)
    line = line_of(bench, version)
    lines = gathered([*bench.lines, line])
    take_step(session, actor, bench, "add", lines, now=now, question=question_id, cell=line.cell)
    return place_of(lines, version.id)


def _check_new(session: Session, bench: Bench, question_id: int) -> None:
    used = [line.question_id for line in bench.lines]
    if question_id in used:
        raise Conflict("Câu này đã có trong đề, ở vị trí {position}.", position=used.index(question_id) + 1)
    if question_id in used_questions(session, bench):
        raise Conflict("Câu này đã có trong một đề khác cùng bộ.")
    families = families_among(session, bench.quiz, [*used, question_id])
    for position, other in enumerate(used, 1):
        if families.get(other, other) == families.get(question_id, question_id):
            raise Conflict("Câu này là biến thể của câu ở vị trí {position}.", position=position)


def line_of(bench: Bench, version: QuestionVersion) -> Line:
    """A question as this paper would ask it."""
    kind = QuestionType(version.type)
    number = fitting_cell(bench, version)
    cell = bench.cells[number] if number != NO_CELL else None
    marks = usual_marks(bench.lines, PARTS[kind], cell)
    return Line(version.id, PARTS[kind], number, marks, False, version.question_id, version.passage_version_id)


def fitting_cell(bench: Bench, version: QuestionVersion) -> int:
    """The cell that a question would stand in."""
    quiz = bench.quiz
    if version.programme != quiz.programme:
        return NO_CELL
    place = Supply(version.topic, version.level, QuestionType(version.type), version.grade, 1)
    standing = standing_of(bench.cells, bench.lines)
    fitting = [one for one in standing if one.cell is not None and is_wanted(one.cell, quiz.grade, place)]
    lacking = next((one.number for one in fitting if one.difference < 0), None)
    return lacking if lacking is not None else fitting[0].number if fitting else NO_CELL


def remove_item(session: Session, actor: Actor, quiz_id: int, position: int, *, revision: int, now: dt.datetime) -> int:
    """Take a question off the paper."""
    bench = open_bench(session, actor, quiz_id, revision)
    line = bench.line(position)
    lines = without(bench.lines, position)
    take_step(session, actor, bench, "remove", lines, now=now, position=position, question=line.question_id)
    return min(position, len(lines))


def draw_again(
    session: Session, actor: Actor, quiz_id: int, cell: int | None = None, *, revision: int, now: dt.datetime
) -> int:
    """Draw the questions that are not locked anew, all or those of one cell, as the matrix wants them.

    Questions that no cell asked for stay.

    Raises:
        PoolTooSmall: lists every short cell; nothing is changed.
        TargetsOutOfReach: what the quiz was aimed at can't be met beside what stays.
        Conflict: everything is locked.
        Invalid: the matrix has no such cell.
    """
    bench = open_bench(session, actor, quiz_id, revision)
    numbers = range(len(bench.cells)) if cell is None else [cell]
    if cell is not None and cell not in range(len(bench.cells)):
        raise Invalid("Ma trận không có ô này.")
    lines = redrawn(bench.lines, bench.cells, draw_cells(session, actor, bench, numbers))
    take_step(session, actor, bench, "redraw", lines, now=now, cell=cell, kept=_kept(bench.lines, lines))
    return next((place for place, line in enumerate(lines, 1) if cell is not None and line.cell == cell), 1)


def _kept(before: Lines, after: Lines) -> int:
    return len({line.version_id for line in before} & {line.version_id for line in after})
