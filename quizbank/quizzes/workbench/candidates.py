"""Looking in the bank for questions to add to a quiz."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from quizbank.matrices.rules import Cell
from quizbank.questions.filtering import QuestionFilter
from quizbank.questions.listing import list_bank
from quizbank.questions.models import QuestionVersion
from quizbank.questions.shelf import Key
from quizbank.quizzes.estimates import Estimate, estimates_of
from quizbank.quizzes.queries import get_quiz
from quizbank.quizzes.workbench.actions import fitting_cell
from quizbank.quizzes.workbench.alternatives import families_among, find_usable, source_of
from quizbank.quizzes.workbench.rules import NO_CELL
from quizbank.quizzes.workbench.steps import Bench, lines_of
from repository.permissions import Actor

PAGE_SIZE = 10
PUBLISHED = "published"


@dataclass(frozen=True)
class Candidate:
    """A question that was found. ``at``: where it, or a relative of it, stands in the quiz already; 0 for nowhere."""

    version: QuestionVersion
    estimate: Estimate | None
    cell_number: int
    cell: Cell | None
    at: int


@dataclass(frozen=True)
class Found:
    """A page of candidates. ``total`` counts all that the filter leaves; ``after`` is the key of the next page."""

    bench: Bench
    candidates: tuple[Candidate, ...]
    total: int
    after: Key | None


def find_candidates(
    session: Session, actor: Actor, quiz_id: int, wanted: QuestionFilter, after: Key | None = None
) -> Found:
    """Questions of the quiz's subject that might be added: published ones, or its maker's own where it uses those."""
    quiz = get_quiz(session, actor, quiz_id)
    bench = Bench(quiz, lines_of(session, quiz.id))
    state = "" if source_of(quiz).drafts_of is not None else PUBLISHED
    narrowed = replace(wanted, subject=quiz.subject, state=state)
    page = list_bank(session, actor, narrowed, after=after, limit=PAGE_SIZE, is_counted=False, has_parts=False)
    ids = [row.question.id for row in page.rows]
    usable = find_usable(session, quiz, ids)
    places = _places(session, bench, ids)
    estimates = estimates_of(session, ids)
    candidates = tuple(
        Candidate(version, estimates.get(one), number, cell_at(bench, number), places.get(one, 0))
        for one in ids
        if one in usable
        for version in [usable[one]]
        for number in [fitting_cell(bench, version)]
    )
    return Found(bench, candidates, page.total, page.after)


def cell_at(bench: Bench, number: int) -> Cell | None:
    return None if number == NO_CELL else bench.cells[number]


def _places(session: Session, bench: Bench, question_ids: Sequence[int]) -> dict[int, int]:
    """Question -> the position at which it or a relative of it stands."""
    used = [line.question_id for line in bench.lines]
    families = families_among(session, bench.quiz, [*used, *question_ids])
    at = {families.get(one, one): position for position, one in enumerate(used, 1)}
    return {one: at[families.get(one, one)] for one in question_ids if families.get(one, one) in at}
