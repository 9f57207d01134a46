"""Import papers, and undo an import. One paper is one transaction's worth; nothing here commits."""

import datetime as dt
import hashlib
from collections.abc import Callable, MutableMapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.permissions import IMPORT_QUESTIONS, PUBLISH_IMPORT, UNDO_IMPORT, WITHDRAW_QUESTION
from quizbank.questions.formats.text import parse_paper
from quizbank.questions.images import FindImage, keep_image, resolve_images
from quizbank.questions.models import Question, QuestionImport
from quizbank.questions.papers import Paper, Plan, plan_paper
from quizbank.questions.publication import publish_versions, withdraw_questions
from quizbank.questions.queries import get_import, ids_of_import
from quizbank.questions.rules import Placement, body_of, fingerprint_of
from quizbank.questions.states import QuestionEvent, QuestionState
from quizbank.questions.storing import Known, add_history, known_questions, store_questions
from repository.audit import record
from repository.errors import Conflict
from repository.files.store import FileStore
from repository.permissions import Actor

IMPORT = "question import"
NOWHERE = Placement("", "")
Bank = MutableMapping[str, Known]


def preview_paper(
    session: Session, actor: Actor, paper: Paper, find_image: FindImage, *, known: Bank | None = None
) -> Plan:
    """What an import would do; stores nothing, pictures neither."""
    IMPORT_QUESTIONS.require(actor)
    return _plan(session, paper, find_image, lambda _name, data: hashlib.sha256(data).hexdigest(), known)


def import_paper(
    session: Session,
    actor: Actor,
    paper: Paper,
    find_image: FindImage,
    *,
    store: FileStore,
    now: dt.datetime,
    known: Bank | None = None,
    publish: bool = False,
) -> tuple[Plan, QuestionImport]:
    """Store the sound questions of a paper as drafts, keep its pictures, and write down what was left out.

    Args:
        paper: what to import.
        find_image: looks up the bytes of a picture by the target the paper gives it.
        store: where pictures are kept.
        now: the moment of the import.
        known: the bank's questions of the subject, where the caller keeps them between papers; it is added to.
        publish: publish at once what no problem holds back.
    """
    IMPORT_QUESTIONS.require(actor)
    if publish:
        PUBLISH_IMPORT.require(actor)
    bank = known_questions(session, paper.placement.subject) if known is None else known

    def keep(name: str, data: bytes) -> str:
        return keep_image(session, store, data, now=now, name=name)

    plan = _plan(session, paper, find_image, keep, bank)
    made = _write_import(session, actor, plan, now)
    _store(session, actor, plan, made, bank, now=now, publish=publish)
    return plan, made


def _plan(
    session: Session, paper: Paper, find_image: FindImage, keep: Callable[[str, bytes], str], known: Bank | None
) -> Plan:
    parsed = parse_paper(paper.text)
    images = resolve_images(parsed.images, find_image, keep)
    bank = known_questions(session, paper.placement.subject) if known is None else known
    return plan_paper(paper, bank, images, parsed)


def _write_import(session: Session, actor: Actor, plan: Plan, now: dt.datetime) -> QuestionImport:
    made = QuestionImport(
        file_names=[plan.paper.name],
        found_count=plan.found,
        imported_count=plan.imported,
        duplicate_count=plan.duplicates,
        problems=plan.problem_lines(),
        created_by_id=actor.person_id,
        created_at=now,
    )
    session.add(made)
    session.flush()
    record(session, actor, "import questions", IMPORT, made.id, now, file=plan.paper.name, imported=plan.imported)
    return made


def _store(
    session: Session, actor: Actor, plan: Plan, made: QuestionImport, bank: Bank, *, now: dt.datetime, publish: bool
) -> None:
    items = [item for entry in plan.entries if (item := entry.to_store)]
    ids = store_questions(session, actor, items, now=now, event=QuestionEvent.IMPORTED, import_id=made.id)
    for question_id, item in zip(ids, items, strict=True):
        fingerprint = fingerprint_of(item.new.content, item.new.passage)
        place = f"{item.new.source_file}, {item.new.source_place}"
        bank[body_of(fingerprint)] = Known(question_id, fingerprint, place)
    if publish:
        sound = {question_id for question_id, item in zip(ids, items, strict=True) if not item.is_held}
        query = select(Question.id, Question.current_version_id).where(Question.import_id == made.id)
        rows = session.execute(query.order_by(Question.id)).all()
        pairs = [(question_id, version_id) for question_id, version_id in rows if version_id and question_id in sound]
        publish_versions(session, actor, pairs, now=now)


def undo_import(session: Session, actor: Actor, import_id: int, *, now: dt.datetime) -> QuestionImport:
    """Withdraw every question of an import. Importing the paper again afterwards brings them anew.

    Raises:
        Conflict: it was undone already.
        Forbidden: some are published, and the actor may not withdraw those.
    """
    made = get_import(session, actor, import_id)
    UNDO_IMPORT.require(actor, made)
    if made.undone_at is not None:
        raise Conflict("Lần nhập này đã được hoàn tác.")
    ids = ids_of_import(session, import_id)
    query = select(Question).where(Question.import_id == import_id, Question.state != QuestionState.WITHDRAWN)
    questions = session.scalars(query).all()
    for question in questions:
        if question.published_version_id is not None:
            WITHDRAW_QUESTION.require(actor, question)
    pairs = [(question.id, question.current_version_id) for question in questions]
    withdraw_questions(session, actor, questions, now=now)
    add_history(session, actor, pairs, QuestionEvent.WITHDRAWN, now=now)
    made.undone_at = now
    record(session, actor, "undo import", IMPORT, import_id, now, questions=len(ids))
    session.flush()
    return made
