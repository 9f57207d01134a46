"""Imports of plain-text papers, as a command makes them."""

import hashlib
import io
from typing import Any

from sqlalchemy.orm import Session

from quizbank.questions.formats.sandbox import ReadQuestion
from quizbank.questions.formats.text import parse_paper
from quizbank.questions.images import FindImage
from quizbank.questions.importing import (
    NewImport,
    end_reading,
    import_batch,
    keeper,
    lay_down,
    open_import,
    plan_questions,
    start_import,
)
from quizbank.questions.models import QuestionImport
from quizbank.questions.papers import Paper, Plan
from quizbank.questions.rules import Placement
from repository.errors import Invalid
from repository.files.store import FileStore
from repository.permissions import Actor
from repository.services import Services
from tests.builders import MOMENT


def a_paper(name: str = "toan/de.txt") -> Paper:
    return Paper(name, Placement("toan", "gdpt-2018"))


def preview_text(session: Session, text: str, find_image: FindImage, paper: Paper | None = None) -> Plan:
    """What an import of a paper would do."""
    questions = parse_paper(text).questions
    return plan_questions(
        session, paper or a_paper(), questions, find_image, lambda _name, data: hashlib.sha256(data).hexdigest()
    )


def import_text(
    session: Session,
    actor: Actor,
    text: str,
    find_image: FindImage,
    *,
    store: FileStore,
    paper: Paper | None = None,
    **more: Any,
) -> tuple[Plan, QuestionImport]:
    """Import a paper."""
    paper = paper or a_paper()
    made = open_import(session, actor, paper.name, now=MOMENT, source=None, store=store)
    questions = parse_paper(text).questions
    plan = plan_questions(session, paper, questions, find_image, keeper(session, store, MOMENT))
    import_batch(session, actor, made, plan, now=MOMENT, **more)
    return plan, made


DESK_TEXT = "Câu 1. Một?\nA. một\nB. hai\nC. ba\nD. bốn\nĐáp án: A\n"


def an_import_on_the_desk(session: Session, services: Services, actor: Actor, text: str = DESK_TEXT) -> int:
    """A paper that was read and waits to be looked at; returns the import's id."""
    store = services.store
    new = NewImport("de.txt", store.put(io.BytesIO(text.encode()), limit_bytes=1 << 20), "text", {"subject": "toan"})
    made = start_import(session, actor, new, store=store, now=MOMENT)
    found = [ReadQuestion(question, "de.txt", "text") for question in parse_paper(text).questions]
    lay_down(session, made, found, lambda _target: None, store=store, now=MOMENT)
    end_reading(session, made)
    return made.id


TABLE = "Ra đề,Một,Hai,Ba,Bốn,Đúng là\n1 + 1 = ?,1,2,3,4,B\n"


def a_table_on_the_desk(session: Session, services: Services, actor: Actor) -> int:
    """A table whose columns nobody has named yet; returns the import's id."""
    store = services.store
    stored = store.put(io.BytesIO(TABLE.encode()), limit_bytes=1 << 20)
    made = start_import(session, actor, NewImport("de.csv", stored, "csv"), store=store, now=MOMENT)
    end_reading(session, made, Invalid("Hãy cho biết cột nào là câu hỏi."))
    return made.id
