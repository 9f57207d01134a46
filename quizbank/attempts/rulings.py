"""Which repairs stand, and what every answer has earned by now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy import ColumnElement, FromClause, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from quizbank.attempts.models import Attempt, AttemptItem, AttemptResult
from quizbank.attempts.repair import Judged, Ruling, Total, Treatment, judge, with_key
from quizbank.attempts.repair_models import AttemptRemark, KeyRepair
from quizbank.questions.models import QuestionVersion
from quizbank.questions.queries import versions_by_id

Scope = tuple[int, int | None]


@dataclass(frozen=True)
class Rulings:
    """The ruling of each (version, quiz or None); a quiz's own goes before the bank's."""

    standing: Mapping[Scope, Ruling] = field(default_factory=dict)

    def of(self, version_id: int, quiz_id: int | None) -> Ruling | None:
        return self.standing.get((version_id, quiz_id)) or self.standing.get((version_id, None))

    def judge(self, version: QuestionVersion, quiz_id: int | None, response: str, marks: Decimal) -> Judged:
        return judge(version, self.of(version.id, quiz_id), response, marks)


def rulings_for(
    session: Session, version_ids: Iterable[int], *, without: int | None = None, considered: KeyRepair | None = None
) -> Rulings:
    """The rulings that stand for some versions: one query where there are none.

    Whoever marks a sitting locks it first and asks this afterwards: then either they know a new ruling, or the job
    that follows it waits for them and marks again.

    Args:
        session: where to look.
        version_ids: those that the sittings are pinned to.
        without: a repair to leave away, as if it had been undone.
        considered: a repair to add, as if it had been made.
    """
    query = select(KeyRepair).where(KeyRepair.from_version_id.in_(set(version_ids))).order_by(KeyRepair.id)
    repairs = [*session.scalars(query), *([considered] if considered else [])]
    undone = {one.undoes_id for one in repairs} | {without}
    active = [one for one in repairs if one.treatment != Treatment.UNDO and (one.id is None or one.id not in undone)]
    if not active:
        return Rulings()
    versions = versions_by_id(session, {one.to_version_id or one.from_version_id for one in active})
    return Rulings({(one.from_version_id, one.quiz_id): ruling_of(one, versions) for one in active})


def ruling_of(repair: KeyRepair, versions: Mapping[int, QuestionVersion]) -> Ruling:
    treatment = Treatment(repair.treatment)
    ruling = Ruling(
        repair.id or 0,
        treatment,
        versions[repair.to_version_id or repair.from_version_id],
        repair.reason or "",
        repair.finished_at is not None,
    )
    if treatment is Treatment.KEY:
        return replace(ruling, question=with_key(ruling.question, repair.key))
    return ruling


def judged_now() -> FromClause:
    """What every answer has earned by now, as a table: the last remark, else the first result."""
    last = aliased(AttemptRemark)
    return (
        select(
            AttemptResult.attempt_id,
            AttemptResult.position,
            AttemptResult.revision,
            func.coalesce(last.marks, AttemptResult.marks).label("marks"),
            func.coalesce(last.fraction, AttemptResult.fraction).label("fraction"),
            func.coalesce(last.is_left_out, False).label("is_left_out"),
        )
        .outerjoin(last, is_last_remark(last, AttemptResult.attempt_id, AttemptResult.position))
        .subquery("judged_now")
    )


def is_last_remark(
    remark: type[AttemptRemark], attempt_id: InstrumentedAttribute[int], position: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    """The condition that joins the last remark of a question of a sitting."""
    later = aliased(AttemptRemark)
    highest = (
        select(func.max(later.number))
        .where(later.attempt_id == attempt_id, later.position == position)
        .scalar_subquery()
        .correlate_except(later)
    )
    return and_(remark.attempt_id == attempt_id, remark.position == position, remark.number == highest)


def current_remarks(session: Session, attempt_id: int) -> Mapping[int, AttemptRemark]:
    """Position -> what counts where an answer was marked again."""
    query = select(AttemptRemark).where(AttemptRemark.attempt_id == attempt_id).order_by(AttemptRemark.number)
    return {one.position: one for one in session.scalars(query)}


def totals_of(session: Session, attempt_ids: Sequence[int]) -> dict[int, Total]:
    """The sums of whole sittings, in exact decimals."""
    now = judged_now()
    query = (
        select(AttemptItem.attempt_id, AttemptItem.marks, now.c.marks, now.c.is_left_out)
        .outerjoin(now, and_(now.c.attempt_id == AttemptItem.attempt_id, now.c.position == AttemptItem.position))
        .where(AttemptItem.attempt_id.in_(attempt_ids))
    )
    totals = dict.fromkeys(attempt_ids, Total(Decimal(0), Decimal(0)))
    for attempt_id, worth, marks, is_left_out in session.execute(query):
        so_far = totals[attempt_id]
        worth = Decimal(0) if is_left_out else worth
        totals[attempt_id] = Total(so_far.marks + (marks or Decimal(0)), so_far.max_marks + worth)
    return totals


def settle_totals(session: Session, attempts: Sequence[Attempt]) -> None:
    """Write the sums of submitted sittings anew."""
    session.flush()
    totals = totals_of(session, [one.id for one in attempts])
    for one in attempts:
        one.marks, one.max_marks = totals[one.id].marks, totals[one.id].max_marks
