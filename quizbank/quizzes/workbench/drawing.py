"""Drawing a part of a paper anew beside what stays."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy.orm import Session

from quizbank.quizzes.dice import Dice
from quizbank.quizzes.pool import Pool, pool_for
from quizbank.quizzes.selection import PoolTooSmall, Want, select_questions
from quizbank.quizzes.workbench.alternatives import source_of, used_questions
from quizbank.quizzes.workbench.rules import Drawn
from quizbank.quizzes.workbench.steps import Bench
from repository.errors import Conflict

SEEDS = 2**31


def draw_cells(session: Session, bench: Bench, numbers: Iterable[int]) -> dict[int, list[Drawn]]:
    """New questions for the places of these cells that are not locked.

    What stood there before is drawn again only if the bank has not enough others. The seed follows from that of the
    quiz and its revision: the same steps give the same paper.

    Raises:
        PoolTooSmall: lists every short cell; nothing is drawn.
        Conflict: there is no place to fill.
    """
    cells, chosen = bench.cells, sorted(set(numbers))
    locked = Counter(line.cell for line in bench.lines if line.is_locked)
    wants = [Want(number, max(cells[number].count - locked[number], 0)) for number in chosen]
    if not any(want.count for want in wants):
        raise Conflict("Mọi câu đều đang khoá, không còn câu nào để bốc lại.")
    used = used_questions(session, bench)
    pool = pool_for(session, source_of(bench.quiz), [cells[number] for number in chosen], beside=used)
    staying = [line for line in bench.lines if line.is_locked or line.cell not in chosen]
    leaving = {line.question_id for line in bench.lines} - {line.question_id for line in staying}
    elsewhere = used - leaving
    seed = Dice(bench.quiz.seed, "again", bench.quiz.revision).below(SEEDS)
    try:
        found = _draw(pool, chosen, wants, seed, elsewhere | leaving, elsewhere)
    except PoolTooSmall:
        found = _draw(pool, chosen, wants, seed, elsewhere, elsewhere)
    return found


def _draw(
    pool: Pool, chosen: list[int], wants: list[Want], seed: int, barred: set[int], relatives_of: set[int]
) -> dict[int, list[Drawn]]:
    """Draw without the barred questions and without relatives of some."""
    families = {pool.family_of.get(one, one) for one in relatives_of}
    free = {
        number: [one for one in pool.ids[place] if one not in barred and pool.family_of.get(one, one) not in families]
        for place, number in enumerate(chosen)
    }
    found = iter(select_questions(wants, free, seed, passage_of=pool.passage_of, family_of=pool.family_of))
    drawn: dict[int, list[Drawn]] = {}
    for want in wants:
        some = [pool.candidates[next(found)] for _ in range(want.count)]
        drawn[want.cell] = [Drawn(one.question_id, one.version_id, one.passage) for one in some]
    return drawn
