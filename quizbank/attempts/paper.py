"""Sittings on paper: what was read on an answer sheet becomes a sitting like any other.

So statistics count it, a key repair marks it again, and its record keeps both marks.
"""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt, AttemptAnswer, AttemptItem, AttemptResult
from quizbank.attempts.repair import judge
from quizbank.attempts.repair_models import AttemptRemark
from quizbank.attempts.rules import Mode
from quizbank.attempts.rulings import settle_totals
from quizbank.attempts.statistics import schedule_count
from quizbank.questions.key_repairs import rulings_for
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.queries import PaperItem

TOKEN_BYTES = 16


@dataclass(frozen=True)
class Answered:
    """A question as a paper asked it, with the canonical response on the sheet; empty where there is none."""

    asked: PaperItem
    response: str


def record_paper(
    session: Session,
    quiz: Quiz,
    answers: Sequence[Answered],
    *,
    variant_id: int | None,
    candidate: str,
    now: dt.datetime,
) -> Attempt:
    """Keep and mark a sitting on paper. Who may was asked before; ``candidate`` is for the quiz's maker only."""
    attempt = Attempt(
        token=secrets.token_urlsafe(TOKEN_BYTES),
        mode=Mode.PAPER,
        quiz_id=quiz.id,
        variant_id=variant_id,
        subject=quiz.subject,
        candidate=candidate[:120],
        started_at=now,
        submitted_at=now,
        marks=Decimal(0),
        max_marks=sum((one.asked.item.marks for one in answers), Decimal(0)),
    )
    session.add(attempt)
    session.flush()
    rulings = rulings_for(session, [one.asked.version.id for one in answers])
    for position, one in enumerate(answers, 1):
        place = {"attempt_id": attempt.id, "position": position}
        version, worth = one.asked.version, one.asked.item.marks
        session.add(
            AttemptItem(**place, question_version_id=version.id, marks=worth, option_order=one.asked.option_order)
        )
        if one.response:
            session.add(AttemptAnswer(**place, revision=1, response=one.response, saved_at=now))
        pinned, ruling = judge(version, None, one.response, worth), rulings.of(version.id, quiz.id)
        given = {"marks": pinned.marks, "fraction": pinned.fraction, "graded_at": now}
        session.add(AttemptResult(**place, revision=1 if one.response else 0, **given))
        if ruling and (ruled := judge(version, ruling, one.response, worth)) != pinned:
            session.add(AttemptRemark(**place, number=1, repair_id=ruling.repair_id, **vars(ruled), graded_at=now))
    settle_totals(session, [attempt])
    schedule_count(session, now=now)
    return attempt


def remove_paper(session: Session, attempt_id: int) -> None:
    """Take a sitting on paper back, because its sheet was read or decided otherwise."""
    for table in (AttemptRemark, AttemptResult, AttemptAnswer, AttemptItem):
        session.execute(delete(table).where(table.attempt_id == attempt_id))
    session.execute(delete(Attempt).where(Attempt.id == attempt_id, Attempt.mode == Mode.PAPER))
