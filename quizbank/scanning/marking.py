"""From what stands on a sheet to its marks: nothing in doubt, a known code, one sheet for a candidate."""

import datetime as dt
from decimal import Decimal
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.attempts.models import Attempt
from quizbank.attempts.paper import record_paper, remove_paper
from quizbank.quizzes.models import Quiz
from quizbank.scanning.models import ScanBatch, ScanMark, ScanSheet
from quizbank.scanning.papers import AnsweredPaper, Papers
from quizbank.scanning.queries import decisions_of
from quizbank.scanning.rules import Problem, Standing, standing_of
from repository.permissions import Actor


class Marker:
    """Settles sheets of one quiz, whose papers are looked up once."""

    def __init__(self, session: Session, actor: Actor, quiz: Quiz, now: dt.datetime) -> None:
        self.session, self.actor, self.quiz, self.now = session, actor, quiz, now

    @cached_property
    def papers(self) -> Papers:
        return Papers(self.session, self.quiz)

    def standing(self, sheet: ScanSheet) -> Standing:
        decided = decisions_of(self.session, [sheet.id])[sheet.id]
        return standing_of(sheet.reading, decided, has_codes=self.papers.has_codes)

    def settle(self, sheet: ScanSheet) -> None:
        """Bring a sheet's state and marks in line with what stands on it now."""
        hold_quiz(self.session, self.quiz.id)
        standing = self.standing(sheet)
        before, number = sheet.number, standing.digits("number")
        sheet.number, sheet.code = number, standing.digits("code") if self.papers.has_codes else ""
        sheet.waiting_count = 0 if sheet.reason else len(standing.doubts)
        had_marks = sheet.attempt_id is not None
        self._remove(sheet)
        paper = self.papers.find(sheet.code)
        sheet.problem = ""
        if sheet.is_discarded or sheet.reason or sheet.waiting_count:
            pass
        elif sheet.label_quiz_id is not None and sheet.label_quiz_id not in self.papers.forms:
            sheet.problem = Problem.OTHER_QUIZ
        elif paper is None:
            sheet.problem = Problem.UNKNOWN_CODE
        elif self._has_twin(sheet):
            sheet.problem = Problem.DUPLICATE
        else:
            self._mark(sheet, paper, standing)
        self.session.flush()
        if had_marks and before != number:
            self._settle_twins(before, sheet)

    def settle_others(self, sheet: ScanSheet) -> None:
        """A sheet of the same candidate may be marked, or must wait, since this one changed."""
        self._settle_twins(sheet.number, sheet)

    def _settle_twins(self, number: str, but: ScanSheet) -> None:
        query = select(ScanSheet).where(
            ScanSheet.quiz_id == self.quiz.id,
            ScanSheet.number == number,
            ScanSheet.id != but.id,
            ScanSheet.problem == Problem.DUPLICATE,
        )
        for twin in self.session.scalars(query.order_by(ScanSheet.id).with_for_update()).all():
            self.settle(twin)

    def _has_twin(self, sheet: ScanSheet) -> bool:
        query = select(ScanSheet.id).where(
            ScanSheet.quiz_id == self.quiz.id,
            ScanSheet.number == sheet.number,
            ScanSheet.id != sheet.id,
            ScanSheet.attempt_id.is_not(None),
        )
        return self.session.scalar(query.limit(1)) is not None

    def _mark(self, sheet: ScanSheet, paper: AnsweredPaper, standing: Standing) -> None:
        batch = self.session.get_one(ScanBatch, sheet.batch_id)
        candidate = f"{sheet.number} {batch.candidates.get(sheet.number, '')}".strip()
        attempt = record_paper(
            self.session,
            paper.quiz,
            paper.answers(standing),
            variant_id=paper.variant_id,
            candidate=candidate,
            now=self.now,
        )
        sheet.attempt_id = attempt.id
        self._remember(sheet, attempt)

    def _remember(self, sheet: ScanSheet, attempt: Attempt) -> None:
        last = select(func.max(ScanMark.number)).where(ScanMark.sheet_id == sheet.id)
        number = (self.session.scalar(last) or 0) + 1
        self.session.add(
            ScanMark(
                sheet_id=sheet.id,
                number=number,
                code=sheet.code,
                marks=attempt.marks or Decimal(0),
                max_marks=attempt.max_marks,
                made_by_id=self.actor.person_id,
                made_at=self.now,
            )
        )

    def _remove(self, sheet: ScanSheet) -> None:
        attempt_id, sheet.attempt_id = sheet.attempt_id, None
        if attempt_id is not None:
            self.session.flush()
            remove_paper(self.session, attempt_id)


def hold_quiz(session: Session, quiz_id: int) -> None:
    """One change of a quiz's sheets at a time, so that two sheets of one number do not both get marks.

    Whoever also locks a sheet does this first. Sittings of the quiz go on meanwhile.
    """
    session.execute(select(Quiz.id).where(Quiz.id == quiz_id).with_for_update(key_share=True))
