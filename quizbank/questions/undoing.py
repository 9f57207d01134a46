"""Undo an import as a whole."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.permissions import UNDO_IMPORT, WITHDRAW_QUESTION
from quizbank.questions.importing import IMPORT
from quizbank.questions.models import Question, QuestionImport
from quizbank.questions.publication import withdraw_questions
from quizbank.questions.queries import get_import, ids_of_import
from quizbank.questions.states import ImportState, QuestionEvent, QuestionState
from quizbank.questions.storing import add_history
from repository.audit import record
from repository.errors import Conflict
from repository.permissions import Actor

UNDO_BATCH = 1_000


def undo_import(session: Session, actor: Actor, import_id: int, *, now: dt.datetime) -> QuestionImport:
    """Withdraw every question of an import. Importing the file again afterwards brings them anew.

    Raises:
        Conflict: it was undone already.
        Forbidden: some are published, and the actor may not withdraw those.
    """
    made = get_import(session, actor, import_id)
    UNDO_IMPORT.require(actor, made)
    if made.undone_at is not None:
        raise Conflict("Lần nhập này đã được hoàn tác.")
    ids = ids_of_import(session, import_id)
    for start in range(0, len(ids), UNDO_BATCH):
        withdraw_some(session, actor, ids[start : start + UNDO_BATCH], now)
    made = get_import(session, actor, import_id)
    made.undone_at, made.state = now, ImportState.UNDONE
    record(session, actor, "undo import", IMPORT, import_id, now, questions=len(ids))
    session.flush()
    return made


def withdraw_some(session: Session, actor: Actor, ids: Sequence[int], now: dt.datetime) -> None:
    query = select(Question).where(Question.id.in_(ids), Question.state != QuestionState.WITHDRAWN)
    questions = session.scalars(query).all()
    for question in questions:
        if question.published_version_id is not None:
            WITHDRAW_QUESTION.require(actor, question)
    pairs = [(question.id, question.current_version_id) for question in questions]
    withdraw_questions(session, actor, questions, now=now)
    add_history(session, actor, pairs, QuestionEvent.WITHDRAWN, now=now)
