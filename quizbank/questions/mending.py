"""What a person does to a question on the import desk: leave it out, mend its source or fields, give its pictures."""

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.permissions import IMPORT_QUESTIONS, UNDO_IMPORT
from quizbank.questions.desk import image_finder, picture_finder
from quizbank.questions.formats.catalogue import ending_of, find_format
from quizbank.questions.formats.paper import ParsedQuestion, SourceFile
from quizbank.questions.formats.paper_json import content_from, json_of_content
from quizbank.questions.formats.sandbox import ReadingProcess, ReadQuestion
from quizbank.questions.images import with_media
from quizbank.questions.import_items import (
    COMING,
    get_item,
    json_of_placement,
    own_problems,
    placement_from,
    question_of,
    row_of,
    settle,
)
from quizbank.questions.import_models import ImportItem
from quizbank.questions.importing import asked_by, keeper, plan_questions
from quizbank.questions.models import QuestionImport
from quizbank.questions.papers import Paper, beside, with_pictures
from quizbank.questions.problems import Problem
from quizbank.questions.queries import get_import
from quizbank.questions.rules import (
    NewQuestion,
    Part,
    QuestionContent,
    QuestionType,
    body_of,
    check_content,
    fingerprint_of,
)
from quizbank.questions.states import ImportState
from quizbank.questions.storing import Known, known_questions
from repository.errors import Conflict, Invalid
from repository.files.store import FileStore
from repository.permissions import Actor

MAX_SOURCE = 100_000
HEADINGS = {
    QuestionType.SINGLE_CHOICE: "Câu trắc nghiệm nhiều phương án lựa chọn.",
    QuestionType.MULTIPLE_RESPONSE: "Câu trắc nghiệm nhiều đáp án đúng.",
    QuestionType.TRUE_FALSE: "Câu trắc nghiệm đúng sai.",
    QuestionType.SHORT_ANSWER: "Câu trắc nghiệm trả lời ngắn.",
    QuestionType.ESSAY: "Tự luận.",
}


def see_desk(session: Session, actor: Actor, import_id: int) -> QuestionImport:
    """An import that this actor may change.

    Raises:
        NotFound, Forbidden: not for this actor.
        Conflict: it is at work, or undone.
    """
    made = get_import(session, actor, import_id)
    IMPORT_QUESTIONS.require(actor)
    UNDO_IMPORT.require(actor, made)
    if made.state not in (ImportState.READY, ImportState.DONE, ImportState.REFUSED):
        raise Conflict("Lần nhập này chưa đọc xong hoặc đã được hoàn tác.")
    return made


def see_item(session: Session, actor: Actor, import_id: int, position: int) -> tuple[QuestionImport, ImportItem]:
    """A question on the desk that this actor may change.

    Raises:
        Conflict: besides, it is a question of the bank by now.
    """
    made = see_desk(session, actor, import_id)
    item = get_item(session, import_id, position)
    if item.question_id is not None:
        raise Conflict("Câu này đã được nhập; hãy sửa trong ngân hàng câu hỏi.")
    return made, item


def leave_out(session: Session, actor: Actor, import_id: int, position: int, *, is_left_out: bool) -> ImportItem:
    """Leave a question out, or take it in again; those of the import that ask the same are decided anew."""
    made, item = see_item(session, actor, import_id, position)
    item.is_left_out = is_left_out
    settle(item, own_problems(item))
    settle_alike(session, made, item.fingerprint)
    return item


def mend_fields(session: Session, actor: Actor, import_id: int, position: int, new: NewQuestion) -> ImportItem:
    """Give a question the content and place that a person typed; what was doubted before is settled by that.

    Raises:
        Invalid: it is not sound; ``facts["fields"]`` says where.
    """
    made, item = see_item(session, actor, import_id, position)
    if problems := check_content(new.content):
        raise Invalid("Câu hỏi chưa đúng.", fields={"stem": [str(found) for found in problems]})
    item.draft, item.passage = json_of_content(new.content), new.passage
    item.placement, item.licence = json_of_placement(new.placement), new.licence
    item.is_mended, item.is_left_out = True, False
    resettle(session, made, item, [])
    return item


def resettle(session: Session, made: QuestionImport, item: ImportItem, problems: Sequence[Problem]) -> None:
    """Decide anew what becomes of a changed item, and of those that ask or asked the same."""
    before, new = item.fingerprint, question_of(item)
    item.fingerprint = fingerprint_of(new.content, new.passage) if new else ""
    settle(item, problems)
    for fingerprint in dict.fromkeys((before, item.fingerprint)):
        settle_alike(session, made, fingerprint)


def settle_alike(session: Session, made: QuestionImport, fingerprint: str) -> None:
    """Decide what becomes of the items that ask this: the first that comes in makes the others duplicates."""
    session.flush()
    body = body_of(fingerprint)
    query = select(ImportItem).where(
        ImportItem.import_id == made.id,
        ImportItem.fingerprint.between(body, body + "g"),
        ImportItem.question_id.is_(None),
    )
    items = list(session.scalars(query.order_by(ImportItem.position))) if fingerprint else []
    seen = known_questions(session, [asked_by(item) for item in items])
    for item in items:
        twin = None if item.is_left_out else beside(item.fingerprint, seen.get(asked_by(item)))
        settle(item, [*own_problems(item), *([twin] if twin else [])])
        if item.outcome in COMING:
            seen.setdefault(asked_by(item), Known(0, item.fingerprint, f"{item.file}, {item.place}"))
    session.flush()


def mend_source(
    session: Session,
    actor: Actor,
    import_id: int,
    position: int,
    source: str,
    *,
    store: FileStore,
    now: dt.datetime,
) -> ImportItem:
    """Read one question anew from its source as a person changed it, where the format is text.

    What the question has from elsewhere in its file (a key from a table, a passage above it) it keeps.

    Raises:
        Invalid: the source is no longer one question.
    """
    made, item = see_item(session, actor, import_id, position)
    found = find_format(item.format)
    if found is None or not found.is_text:
        raise Conflict("Nguồn của câu này không sửa được như văn bản; hãy sửa từng mục.")
    source = source.replace("\r\n", "\n").strip()
    if not source or len(source) > MAX_SOURCE:
        raise Invalid("Nguồn của câu phải có từ 1 đến {limit} kí tự.", limit=MAX_SOURCE)
    with ReadingProcess() as reading:
        before, after = (read_again(reading, item, text) for text in (item.source, source))
    if after is None:
        raise Invalid("Nguồn đã sửa phải là đúng một câu hỏi.")
    question = with_kept(item, before, after)
    paper = Paper(item.file, placement_from(item.placement), item.licence)
    kept = {target: sha256 for target, sha256 in item.images.items() if sha256}
    find_image = image_finder({**made.pictures, **kept}, store)
    [entry] = plan_questions(session, paper, [question], find_image, keeper(session, store, now)).entries
    row = row_of(entry, import_id=made.id, position=position, file=item.file, format=item.format)
    for name in ("draft", "passage", "problems", "images", "placement"):
        setattr(item, name, row[name])
    item.source, item.is_mended, item.is_left_out = source, True, False
    resettle(session, made, item, own_problems(item))
    return item


def read_again(reading: ReadingProcess, item: ImportItem, source: str) -> ParsedQuestion | None:
    """The one question of a source read by itself; None where it is none, or several."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"source{ending_of(item.file)}"
        path.write_text(in_context(item, source), encoding="utf-8")
        found = list(reading.read(SourceFile(path, item.file.rsplit("/", 1)[-1]), item.format))
        questions = [one.question for one in found if isinstance(one, ReadQuestion)]
    return questions[0] if len(questions) == 1 else None


def in_context(item: ImportItem, source: str) -> str:
    """The source below the heading of its part, for a heading says what kind of questions follow."""
    if item.format != "text" or not item.part or item.draft is None:
        return source
    return f"PHẦN {item.part}. {HEADINGS[QuestionType(item.draft['type'])]}\n{source}"


def with_kept(item: ImportItem, before: ParsedQuestion | None, after: ParsedQuestion) -> ParsedQuestion:
    """The question read anew with what its own lines did not say before either."""
    old = content_from(item.draft) if item.draft else None
    question = replace(
        after,
        label=item.label,
        part=item.part,
        at=item.place,
        passage=after.passage or ("" if before and before.passage else item.passage),
        tags=(),
    )
    if old is None or after.draft is None:
        return question
    draft = after.draft
    if not draft.explanation and not (before and before.draft and before.draft.explanation):
        draft = replace(draft, explanation=old.explanation)
    if not has_key(draft) and not (before and before.draft and has_key(before.draft)) and fits(old, draft):
        parts = tuple(
            Part(new.text, part.is_true, new.is_locked) for new, part in zip(draft.parts, old.parts, strict=True)
        )
        draft = replace(draft, parts=parts, type=old.type)
        question = replace(question, problems=tuple(one for one in question.problems if one.code != "no-key"))
    return replace(question, draft=draft)


def has_key(content: QuestionContent) -> bool:
    return any(part.is_true for part in content.parts)


def fits(old: QuestionContent, new: QuestionContent) -> bool:
    return len(old.parts) == len(new.parts) and old.type is not QuestionType.SHORT_ANSWER


def add_pictures(session: Session, actor: Actor, import_id: int, pictures: Mapping[str, str]) -> QuestionImport:
    """Put pictures beside the file, and into the questions that miss them.

    Args:
        pictures: name -> SHA-256 of a kept picture.
    """
    made = see_desk(session, actor, import_id)
    made.pictures = {**made.pictures, **pictures}
    find = picture_finder(made.pictures)
    query = select(ImportItem).where(
        ImportItem.import_id == made.id, ImportItem.is_doubtful, ImportItem.question_id.is_(None)
    )
    for item in session.scalars(query.order_by(ImportItem.position)):
        fill_in(session, made, item, find)
    session.flush()
    return made


def fill_in(session: Session, made: QuestionImport, item: ImportItem, find: Callable[[str], str | None]) -> None:
    """Give a question the pictures that it missed and that are there now."""
    given = {target: sha256 for target, kept in item.images.items() if not kept and (sha256 := find(target))}
    if not given or item.draft is None:
        return
    item.draft = json_of_content(with_pictures(content_from(item.draft), given))
    item.passage = with_media(item.passage, given)
    item.images = {**item.images, **given}
    resettle(session, made, item, [one for one in own_problems(item) if one.facts.get("image") not in given])
