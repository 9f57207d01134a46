"""Which repairs of keys stand, and questions with the key that counts now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from quizbank.questions.key_repair_models import KeyRepair
from quizbank.questions.models import Question, QuestionHistory, QuestionVersion
from quizbank.questions.queries import versions_by_id
from quizbank.questions.rulings import Repairable, Ruling, Rulings, Treatment, keyed, with_key
from quizbank.questions.states import QuestionEvent


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
    public = made_public(session, {one.to_version_id for one in active if one.to_version_id is not None})
    return Rulings({(one.from_version_id, one.quiz_id): ruling_of(one, versions, public) for one in active})


def made_public(session: Session, version_ids: Collection[int]) -> set[int]:
    """Those of the versions that strangers see or once saw."""
    if not version_ids:
        return set()
    approved = select(QuestionHistory.version_id).where(
        QuestionHistory.version_id.in_(version_ids), QuestionHistory.event == QuestionEvent.APPROVED
    )
    shown = select(Question.published_version_id).where(Question.published_version_id.in_(version_ids))
    return {id_ for id_ in session.scalars(union(approved, shown)) if id_ is not None}


def ruling_of(repair: KeyRepair, versions: Mapping[int, QuestionVersion], public: Collection[int]) -> Ruling:
    """The ruling that a repair makes. What a draft explains stays with those who see the draft."""
    treatment = Treatment(repair.treatment)
    question = versions[repair.to_version_id or repair.from_version_id]
    is_told = repair.to_version_id is None or repair.to_version_id in public
    ruling = Ruling(
        repair.id or 0,
        treatment,
        question,
        repair.reason or "",
        question.explanation if is_told else "",
        repair.finished_at is not None,
    )
    if treatment is Treatment.KEY:
        return replace(ruling, question=with_key(ruling.question, repair.key))
    return ruling


def keyed_version(session: Session, version: QuestionVersion, quiz_id: int | None = None) -> Repairable:
    """A version with the key that counts now: its own, unless that was repaired."""
    return keyed(version, rulings_for(session, [version.id]).of(version.id, quiz_id))
