"""Questions asked about scanned sheets. Marks are confidential: the one who made the quiz gets here, nobody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt
from quizbank.permissions import SCAN_SHEETS
from quizbank.quizzes.forms import forms_of
from quizbank.quizzes.grading import ten_point_mark
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.queries import get_quiz
from quizbank.scanning.models import ScanBatch, ScanDecision, ScanFile, ScanMark, ScanSheet
from repository.errors import NotFound
from repository.permissions import Actor

PAGE_SIZE = 50


@dataclass(frozen=True)
class SheetRow:
    """A line of the list of sheets. ``name`` by the candidates' list; ``is_known``: the number is on it."""

    sheet: ScanSheet
    file_name: str
    name: str
    is_known: bool
    marks: Decimal | None
    max_marks: Decimal | None

    @property
    def mark(self) -> Decimal | None:
        """On the scale of 0 to 10."""
        return None if self.marks is None else ten_point_mark(self.marks, self.max_marks or Decimal(0))


@dataclass(frozen=True)
class Counts:
    """How the sheets of a batch stand."""

    sheets: int = 0
    marked: int = 0
    waiting: int = 0
    fields: int = 0
    problems: int = 0
    unread: int = 0
    discarded: int = 0
    pages: int = 0


def scannable_quiz(session: Session, actor: Actor, quiz_id: int) -> Quiz:
    """The first form of a quiz, for the one who may scan its sheets."""
    quiz = get_quiz(session, actor, quiz_id)
    SCAN_SHEETS.require(actor, quiz)
    return forms_of(session, quiz)[0]


def get_batch(session: Session, actor: Actor, batch_id: int) -> ScanBatch:
    """A batch, for the one who made the quiz; it does not exist for others."""
    batch = session.get(ScanBatch, batch_id)
    quiz = session.get(Quiz, batch.quiz_id) if batch else None
    if batch is None or quiz is None or not SCAN_SHEETS.allows(actor, quiz):
        raise NotFound("Không có lần chấm phiếu này.")
    return batch


def get_sheet(session: Session, actor: Actor, sheet_id: int) -> ScanSheet:
    """A sheet, for the one who made the quiz; it does not exist for others."""
    sheet = session.get(ScanSheet, sheet_id)
    if sheet is None:
        raise NotFound("Không có phiếu này.")
    get_batch(session, actor, sheet.batch_id)
    return sheet


def list_batches(session: Session, quiz: Quiz, after: int | None = None) -> tuple[list[ScanBatch], int | None]:
    """The batches of a quiz that was seen, the newest first, and the key of the next page."""
    query = select(ScanBatch).where(ScanBatch.quiz_id == quiz.id)
    if after is not None:
        query = query.where(ScanBatch.id < after)
    found = list(session.scalars(query.order_by(ScanBatch.id.desc()).limit(PAGE_SIZE + 1)))
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None


def files_of(session: Session, batch: ScanBatch) -> list[ScanFile]:
    query = select(ScanFile).where(ScanFile.batch_id == batch.id)
    return list(session.scalars(query.order_by(ScanFile.position)))


def list_sheets(
    session: Session, batch: ScanBatch, after: int | None = None, limit: int = PAGE_SIZE
) -> tuple[list[SheetRow], int | None]:
    """The sheets of a batch in the order in which they were read, and the key of the next page."""
    query = (
        select(ScanSheet, ScanFile.name, Attempt.marks, Attempt.max_marks)
        .join(ScanFile, (ScanFile.batch_id == ScanSheet.batch_id) & (ScanFile.position == ScanSheet.file))
        .outerjoin(Attempt, Attempt.id == ScanSheet.attempt_id)
        .where(ScanSheet.batch_id == batch.id, ScanSheet.id > (after or 0))
        .order_by(ScanSheet.id)
        .limit(limit + 1)
    )
    names = batch.candidates
    rows = [
        SheetRow(sheet, file, names.get(sheet.number, ""), not names or sheet.number in names, marks, worth)
        for sheet, file, marks, worth in session.execute(query)
    ]
    return rows[:limit], rows[limit - 1].sheet.id if len(rows) > limit else None


def counts_of_batches(session: Session, batch_ids: Sequence[int]) -> Mapping[int, Counts]:
    """Batch -> how its sheets stand, in two queries."""
    kept = ScanSheet.is_discarded.is_(False)
    query = (
        select(
            ScanSheet.batch_id,
            func.count(),
            func.count(ScanSheet.attempt_id),
            func.count().filter(kept, ScanSheet.waiting_count > 0),
            func.coalesce(func.sum(ScanSheet.waiting_count).filter(kept), 0),
            func.count().filter(kept, ScanSheet.problem != ""),
            func.count().filter(kept, ScanSheet.reason != ""),
            func.count().filter(ScanSheet.is_discarded),
        )
        .where(ScanSheet.batch_id.in_(batch_ids))
        .group_by(ScanSheet.batch_id)
    )
    pages = select(ScanFile.batch_id, func.coalesce(func.sum(ScanFile.page_count), 0)).where(
        ScanFile.batch_id.in_(batch_ids)
    )
    totals = {id_: count or 0 for id_, count in session.execute(pages.group_by(ScanFile.batch_id))}
    found = {row[0]: Counts(*row[1:], pages=totals.get(row[0], 0)) for row in session.execute(query)}
    return {id_: found.get(id_, Counts(pages=totals.get(id_, 0))) for id_ in batch_ids}


def decisions_of(session: Session, sheet_ids: Sequence[int]) -> Mapping[int, dict[str, str | None]]:
    """Sheet -> field -> what was decided last."""
    query = select(ScanDecision).where(ScanDecision.sheet_id.in_(sheet_ids)).order_by(ScanDecision.id)
    found: dict[int, dict[str, str | None]] = {id_: {} for id_ in sheet_ids}
    for one in session.scalars(query):
        found[one.sheet_id][one.field] = one.value
    return found


def history_of(session: Session, sheet: ScanSheet) -> tuple[list[ScanDecision], list[ScanMark]]:
    """Everything that people decided of a sheet, and every mark it had, the newest first."""
    decisions = select(ScanDecision).where(ScanDecision.sheet_id == sheet.id).order_by(ScanDecision.id.desc())
    marks = select(ScanMark).where(ScanMark.sheet_id == sheet.id).order_by(ScanMark.number.desc())
    return list(session.scalars(decisions)), list(session.scalars(marks))


def waiting_sheets(session: Session, batch: ScanBatch, after: int = 0, limit: int = 1) -> list[ScanSheet]:
    """The next sheets with a field in doubt, from sheet ``after`` on."""
    query = select(ScanSheet).where(
        ScanSheet.batch_id == batch.id,
        ScanSheet.id >= after,
        ScanSheet.waiting_count > 0,
        ScanSheet.is_discarded.is_(False),
    )
    return list(session.scalars(query.order_by(ScanSheet.id).limit(limit)))


def last_decision(session: Session, actor: Actor, batch: ScanBatch) -> ScanDecision | None:
    """The actor's last decision in a batch that has not been taken back."""
    query = (
        select(ScanDecision)
        .join(ScanSheet, ScanSheet.id == ScanDecision.sheet_id)
        .where(ScanSheet.batch_id == batch.id, ScanDecision.made_by_id == actor.person_id)
        .order_by(ScanDecision.id.desc())
        .limit(200)
    )
    undone = set()
    for one in session.scalars(query):
        if one.value is None:
            undone.add((one.sheet_id, one.field))
        elif (one.sheet_id, one.field) in undone:
            undone.discard((one.sheet_id, one.field))
        else:
            return one
    return None
