"""What those who sat are told when marks change after a repair of a key: marks before, marks now, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt, AttemptItem, AttemptResult
from quizbank.attempts.remarking import judged_of, sum_of
from quizbank.attempts.repair import Judged, Total
from quizbank.attempts.repair_models import AttemptRemark
from quizbank.attempts.rulings import is_last_remark
from quizbank.questions.key_repair_models import KeyRepair


@dataclass(frozen=True)
class RemarkNotice:
    """A sitting that was marked again. ``old``: as it was first marked; ``reasons`` of the repairs, each once."""

    old: Total
    new: Total
    reasons: tuple[str, ...]


def remark_notices(session: Session, attempts: Sequence[Attempt]) -> Mapping[int, RemarkNotice]:
    """Attempt -> its notice, for the submitted ones whose marks differ from the first; one query.

    Whether they may be seen is asked by the page.
    """
    by_id = {one.id: one for one in attempts if one.submitted_at is not None}
    same_place = and_(
        AttemptItem.attempt_id == AttemptRemark.attempt_id, AttemptItem.position == AttemptRemark.position
    )
    same_result = and_(
        AttemptResult.attempt_id == AttemptRemark.attempt_id, AttemptResult.position == AttemptRemark.position
    )
    query = (
        select(AttemptRemark, AttemptItem.marks, AttemptResult.marks, AttemptResult.fraction, KeyRepair.reason)
        .join(AttemptItem, same_place)
        .join(AttemptResult, same_result)
        .join(KeyRepair, KeyRepair.id == AttemptRemark.repair_id)
        .where(AttemptRemark.attempt_id.in_(by_id))
        .where(is_last_remark(AttemptRemark, AttemptItem.attempt_id, AttemptItem.position))
        .order_by(AttemptRemark.attempt_id, AttemptRemark.position)
    )
    found: dict[int, RemarkNotice] = {}
    for remark, worth, marks, fraction, reason in session.execute(query):
        now, first = judged_of(remark), Judged(marks, fraction)
        if now == first:
            continue
        total = sum_of(by_id[remark.attempt_id])
        known = found.get(remark.attempt_id, RemarkNotice(total, total, ()))
        reasons = tuple(dict.fromkeys((*known.reasons, reason)))
        found[remark.attempt_id] = RemarkNotice(known.old.with_change(now, first, worth), total, reasons)
    return found
