"""Import files of questions, and undo an import. Each call is one transaction's worth; nothing here commits.

Two ways lead in. A command imports at once, batch after batch. The desk first lays down what was read
(``lay_down``), lets a person look, and stores afterwards (``store_batch``). Both plan by the same rules.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from quizbank.permissions import IMPORT_QUESTIONS, PUBLISH_IMPORT, UNDO_IMPORT
from quizbank.questions.formats.paper import ParsedQuestion
from quizbank.questions.formats.sandbox import ReadQuestion, RefusedFile
from quizbank.questions.images import FindImage, keep_image, resolve_images
from quizbank.questions.import_items import (
    COMING,
    add_rows,
    count_items,
    known_items,
    last_position,
    own_problems,
    question_of,
    row_of,
    row_of_refused,
    settle,
)
from quizbank.questions.import_models import ImportItem
from quizbank.questions.likeness_notes import Neighbours, with_near_duplicates
from quizbank.questions.models import Question, QuestionImport
from quizbank.questions.papers import Paper, Plan, against, beside, prepare, programme_of
from quizbank.questions.problems import Problem
from quizbank.questions.publication import publish_versions
from quizbank.questions.queries import get_import
from quizbank.questions.rules import Placement, body_of
from quizbank.questions.states import ImportState, QuestionEvent, QuestionState
from quizbank.questions.storing import Asked, Known, ToStore, known_questions, store_questions
from repository.audit import record
from repository.curriculum.queries import curriculum
from repository.errors import Conflict, HocLieuError, Invalid
from repository.files.actions import keep_stored
from repository.files.store import FileStore, StoredBytes
from repository.permissions import Actor

IMPORT = "question import"
NOWHERE = Placement("", "")


@dataclass(frozen=True)
class NewImport:
    """A file on its way to the desk. ``options``: ``subject``, ``programme``, ``grade``, ``licence``, its format's."""

    name: str
    stored: StoredBytes
    format: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)


def plan_questions(
    session: Session,
    paper: Paper,
    questions: Sequence[ParsedQuestion],
    find_image: FindImage,
    keep: Callable[[str, bytes], str],
    seen: Mapping[Asked, Known] | None = None,
    neighbours: Neighbours | None = None,
) -> Plan:
    """What an import of these questions would do; stores nothing but what ``keep`` stores.

    Args:
        session: where the bank is.
        paper: their file.
        questions: as read.
        find_image: looks up the bytes of a picture that the question doesn't carry itself.
        keep: keeps a picture under a name, and returns its hash.
        seen: what is asked besides the bank.
        neighbours: what other batches of the same import have found near their questions.
    """
    entries = []
    for question in questions:
        targets = dict.fromkeys((*question.images, *question.pictures))
        carried = question.pictures

        def find(target: str, carried: Mapping[str, bytes] = carried) -> bytes | None:
            return carried[target] if target in carried else find_image(target)

        entries.append(prepare(paper, question, resolve_images(targets, find, keep)))
    known = known_questions(session, [entry.asked for entry in entries if entry.comes_in])
    decided = against(entries, {**known, **(seen or {})})
    return Plan(paper, tuple(with_near_duplicates(session, decided, neighbours or Neighbours())))


def keeper(session: Session, store: FileStore, now: dt.datetime) -> Callable[[str, bytes], str]:
    """Keeps pictures for good."""
    return lambda name, data: keep_image(session, store, data, now=now, name=name)


# At once


def open_import(
    session: Session, actor: Actor, name: str, *, now: dt.datetime, source: StoredBytes | None, store: FileStore
) -> QuestionImport:
    """Begin the import of a file by a command; ``import_batch`` fills it."""
    IMPORT_QUESTIONS.require(actor)
    if source is not None:
        keep_stored(session, store, source, now=now)
    made = QuestionImport(
        file_names=[name],
        found_count=0,
        imported_count=0,
        duplicate_count=0,
        problems=[],
        created_by_id=actor.person_id,
        created_at=now,
        state=ImportState.DONE,
        source_sha256=source.sha256 if source else None,
        options={},
        pictures={},
    )
    session.add(made)
    session.flush()
    record(session, actor, "import questions", IMPORT, made.id, now, file=name)
    return made


def import_batch(
    session: Session,
    actor: Actor,
    made: QuestionImport,
    plan: Plan,
    *,
    now: dt.datetime,
    format: str = "text",
    publish: bool = False,
) -> list[int]:
    """Store the sound questions of a plan as drafts, and lay down what was doubted; returns the new questions' ids.

    Args:
        made: the import that they belong to.
        plan: of this import's file, or of a part of it.
        now: the moment of the import.
        format: what the file was read as.
        publish: publish at once what no problem holds back.
    """
    IMPORT_QUESTIONS.require(actor)
    if publish:
        PUBLISH_IMPORT.require(actor)
    coming = [entry for entry in plan.entries if entry.comes_in]
    items = [item for entry in coming if (item := entry.to_store)]
    ids = store_questions(session, actor, items, now=now, event=QuestionEvent.IMPORTED, import_id=made.id)
    if publish:
        publish_new(session, actor, made, {id_ for id_, item in zip(ids, items, strict=True) if not item.is_held}, now)
    stored = dict(zip(map(id, coming), ids, strict=True))
    rows = [
        row_of(entry, import_id=made.id, position=position, file=plan.paper.name, format=format)
        | {"question_id": stored.get(id(entry))}
        for position, entry in enumerate(plan.entries, start=made.found_count)
        if entry.problems
    ]
    add_rows(session, rows)
    made.format = format
    made.found_count += plan.found
    made.imported_count += plan.imported
    made.duplicate_count += plan.duplicates
    session.flush()
    return ids


def publish_new(session: Session, actor: Actor, made: QuestionImport, sound: set[int], now: dt.datetime) -> None:
    query = select(Question.id, Question.current_version_id).where(
        Question.import_id == made.id, Question.state == QuestionState.DRAFT
    )
    rows = session.execute(query.order_by(Question.id)).all()
    pairs = [(question_id, version_id) for question_id, version_id in rows if version_id and question_id in sound]
    publish_versions(session, actor, pairs, now=now)


# By the desk


def start_import(
    session: Session, actor: Actor, new: NewImport, *, store: FileStore, now: dt.datetime
) -> QuestionImport:
    """Put a file on the desk, to be read.

    Raises:
        Invalid: a choice that does not exist; ``facts["fields"]`` says which.
    """
    IMPORT_QUESTIONS.require(actor)
    check_options(new.options)
    made = open_import(session, actor, new.name, now=now, source=new.stored, store=store)
    made.state, made.format = ImportState.READING, new.format
    made.options, made.pictures = dict(new.options), dict(new.pictures)
    session.flush()
    return made


def clear_desk(session: Session, actor: Actor, made: QuestionImport, options: Mapping[str, str]) -> None:
    """Take everything from the desk, so that the file is read anew with these choices.

    Raises:
        Conflict: some of it is in the bank by now.
    """
    IMPORT_QUESTIONS.require(actor)
    if made.state not in (ImportState.READY, ImportState.REFUSED) or made.imported_count:
        raise Conflict("Lần nhập này đã có câu trong kho; hãy hoàn tác rồi nhập lại.")
    session.execute(delete(ImportItem).where(ImportItem.import_id == made.id))
    made.options = {name: value for name, value in options.items() if value}
    made.state, made.found_count, made.duplicate_count = ImportState.READING, 0, 0
    made.trouble = None
    session.flush()


def check_options(options: Mapping[str, str]) -> None:
    """Refuse names that the curriculum does not have.

    Raises:
        Invalid: ``facts["fields"]`` says which.
    """
    fields = {}
    if options.get("subject") and curriculum().find_subject(options["subject"]) is None:
        fields["subject"] = ["Hãy chọn môn."]
    if options.get("programme") and curriculum().find_programme(options["programme"]) is None:
        fields["programme"] = ["Hãy chọn chương trình."]
    if fields:
        raise Invalid("Chưa đọc được đề.", fields=fields)


def paper_of(made: QuestionImport, file: str) -> Paper:
    """A file of an import with the place of its questions: chosen on the desk, else told by its folder and its name."""
    options = made.options
    folders = file.split("/")[:-1]
    by_folder = next((name for name in reversed(folders) if curriculum().find_subject(name)), "")
    grade = options.get("grade", "")
    placement = Placement(
        options.get("subject") or by_folder,
        options.get("programme") or programme_of(file.rsplit("/", 1)[-1]),
        int(grade) if grade.isdecimal() and len(grade) < 4 and 1 <= int(grade) <= 12 else None,
    )
    return Paper(file, placement, options.get("licence", ""))


def lay_down(
    session: Session,
    made: QuestionImport,
    found: Sequence[ReadQuestion | RefusedFile],
    find_image: FindImage,
    *,
    store: FileStore,
    now: dt.datetime,
    neighbours: Neighbours | None = None,
) -> None:
    """Lay what was read on the desk, below what lies there: the ground floor of reading, who may was asked before."""
    position = last_position(session, made.id) + 1
    rows = []
    for run in runs_of_files(found):
        if isinstance(run, RefusedFile):
            rows.append(row_of_refused(str(run.error), import_id=made.id, position=position, file=run.file))
            position += 1
            continue
        paper = paper_of(made, run[0].file)
        questions = [one.question for one in run]
        keep = keeper(session, store, now)
        plan = plan_questions(session, paper, questions, find_image, keep, neighbours=neighbours)
        plan = beside_what_lies_above(session, made, plan)
        for entry, one in zip(plan.entries, run, strict=True):
            rows.append(row_of(entry, import_id=made.id, position=position, file=one.file, format=one.format))
            position += 1
        made.format = run[0].format
    add_rows(session, rows)
    made.found_count = position
    session.flush()


def runs_of_files(found: Sequence[ReadQuestion | RefusedFile]) -> list[list[ReadQuestion] | RefusedFile]:
    runs: list[list[ReadQuestion] | RefusedFile] = []
    for one in found:
        last = runs[-1] if runs else None
        if isinstance(one, RefusedFile):
            runs.append(one)
        elif isinstance(last, list) and last[0].file == one.file:
            last.append(one)
        else:
            runs.append([one])
    return runs


def beside_what_lies_above(session: Session, made: QuestionImport, plan: Plan) -> Plan:
    """The plan of questions of the desk, where others of the same import lie above."""
    above = known_items(session, made.id, [entry.asked for entry in plan.entries if entry.comes_in])
    return Plan(plan.paper, tuple(against(plan.entries, above)))


def end_reading(session: Session, made: QuestionImport, trouble: HocLieuError | None = None) -> None:
    """Everything lies on the desk; or all that could be read, with the reason why there is no more."""
    has_items = last_position(session, made.id) >= 0
    made.state = ImportState.READY if has_items or trouble is None else ImportState.REFUSED
    facts = {name: str(fact) for name, fact in trouble.facts.items()} if trouble else {}
    made.trouble = {"message": trouble.message, "facts": facts} if trouble else None
    made.duplicate_count = count_items(session, made.id).duplicates
    session.flush()


def begin_storing(session: Session, actor: Actor, import_id: int) -> QuestionImport:
    """Let what lies ready on the desk be stored.

    Raises:
        Conflict: it is still being read, or was undone.
    """
    made = get_import(session, actor, import_id)
    IMPORT_QUESTIONS.require(actor)
    UNDO_IMPORT.require(actor, made)
    if made.state not in (ImportState.READY, ImportState.DONE):
        raise Conflict("Lần nhập này chưa đọc xong hoặc đã được hoàn tác.")
    made.state = ImportState.STORING
    session.flush()
    return made


def store_batch(
    session: Session, actor: Actor, made: QuestionImport, *, after: int, limit: int, now: dt.datetime
) -> int:
    """Store the next items as drafts, unless the bank has them by now; returns the last position, -1 at the end."""
    query = select(ImportItem).where(
        ImportItem.import_id == made.id,
        ImportItem.position > after,
        ImportItem.outcome.in_(COMING),
        ImportItem.question_id.is_(None),
    )
    items = list(session.scalars(query.order_by(ImportItem.position).limit(limit)))
    if not items:
        return -1
    questions = [(item, new) for item in items if (new := question_of(item))]
    known = known_questions(session, [asked_by(item) for item in items])
    coming = []
    for item, new in questions:
        twin = beside(item.fingerprint, known.get(asked_by(item)))
        settle(item, [*own_problems(item), *([twin] if twin else [])])
        if twin is None:
            known[asked_by(item)] = Known(0, item.fingerprint, f"{item.file}, {item.place}")
            doubts: tuple[Problem, ...] = tuple(own_problems(item))
            coming.append((item, ToStore(new, doubts, is_held=item.outcome == COMING[1])))
    to_store = [one for _, one in coming]
    ids = store_questions(session, actor, to_store, now=now, event=QuestionEvent.IMPORTED, import_id=made.id)
    for (item, _), question_id in zip(coming, ids, strict=True):
        item.question_id = question_id
    made.imported_count += len(ids)
    session.flush()
    return items[-1].position


def asked_by(item: ImportItem) -> Asked:
    return item.placement["subject"], body_of(item.fingerprint)


def end_storing(session: Session, made: QuestionImport) -> None:
    counts = count_items(session, made.id)
    made.state, made.duplicate_count = ImportState.DONE, counts.duplicates
    session.flush()


def trouble_of(made: QuestionImport) -> Invalid | None:
    """Why an import was not read to its end."""
    given: dict[str, Any] | None = made.trouble
    return Invalid(given["message"], **given["facts"]) if given else None
