"""What every answer has earned by now."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import ColumnElement, FromClause, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from quizbank.attempts.models import Attempt, AttemptItem, AttemptResult
from quizbank.attempts.repair import Total
from quizbank.attempts.repair_models import AttemptRemark


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
