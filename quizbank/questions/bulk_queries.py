"""Questions asked of bulk edits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizbank.permissions import SEE_BULK_EDIT
from quizbank.questions.bulk import (
    NOTHING,
    BulkChange,
    BulkOutcome,
    Difference,
    EditableFields,
    apply_change,
    differences,
)
from quizbank.questions.bulk_models import BulkEdit, BulkEditItem
from quizbank.questions.filtering import QuestionFilter, conditions_of
from quizbank.questions.models import (
    PassageVersion,
    Question,
    QuestionDoubt,
    QuestionPart,
    QuestionTag,
    QuestionVersion,
)
from quizbank.questions.problems import PROBLEMS, Verdict
from quizbank.questions.queries import PAGE_SIZE, versions_by_id
from quizbank.questions.rules import Part
from repository.accounts.models import Organisation
from repository.accounts.queries import find_organisation_by_code
from repository.errors import NotFound
from repository.permissions import Actor, is_staff

BATCH = 1_000
HOLDING = [code for code, (verdict, _) in PROBLEMS.items() if verdict is not Verdict.NOTE]


@dataclass(frozen=True)
class Selected:
    """A question of the selection as it stands."""

    question_id: int
    state: str
    version_id: int
    created_by_id: int | None
    organisation_id: int | None
    fields: EditableFields


@dataclass(frozen=True)
class ItemRow:
    """A line of a preview or a report, with the version that it was planned on."""

    item: BulkEditItem
    version: QuestionVersion


def get_bulk_edit(session: Session, actor: Actor, edit_id: int) -> BulkEdit:
    """One bulk edit, for its maker and for those who prepare content.

    Raises:
        NotFound: there is none, or none for this actor.
    """
    edit = session.get(BulkEdit, edit_id)
    if edit is None or not SEE_BULK_EDIT.allows(actor, edit):
        raise NotFound("Không có lần sửa hàng loạt này.")
    return edit


def list_bulk_edits(session: Session, actor: Actor, *, after: int | None = None) -> tuple[list[BulkEdit], int | None]:
    """Bulk edits, the newest first: all for staff, own ones for a teacher; and the key of the next page."""
    query = select(BulkEdit).order_by(BulkEdit.id.desc()).limit(PAGE_SIZE + 1)
    if not is_staff(actor):
        query = query.where(BulkEdit.created_by_id == actor.person_id)
    if after is not None:
        query = query.where(BulkEdit.id < after)
    found = list(session.scalars(query))
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None


def selected_questions(
    session: Session, actor: Actor, selection: Mapping[str, Any], change: BulkChange = NOTHING
) -> Iterator[list[Selected]]:
    """The questions of a selection that this actor may see, by id, in batches, with what the change needs of them."""
    last, question = 0, Question
    own = (question.id, question.state, question.created_by_id, question.organisation_id)
    while True:
        query = _chosen(actor, selection, *own, *_COLUMNS).where(Question.id > last).order_by(Question.id).limit(BATCH)
        found = session.execute(query).all()
        if not found:
            return
        ids = [row.version_id for row in found]
        tags, parts = tags_of(session, ids), parts_of(session, ids) if change.needs_parts else {}
        passages = passages_of(session, {row.passage_version_id for row in found} if change.needs_passage else ())
        yield [
            _selected(row, fields_from(dict(row._mapping), tags, parts, passages, version_id=row.version_id))
            for row in found
        ]
        last = found[-1].id


def _chosen(actor: Actor, selection: Mapping[str, Any], *columns: Any) -> Select[Any]:
    """The selection as a query: the questions named, or those of a filter, as far as the actor may see them."""
    query = select(*columns).select_from(Question)
    query = query.join(QuestionVersion, QuestionVersion.question_id == Question.id)
    query = query.where(*conditions_of(QuestionFilter(**selection.get("filter", {})), actor))
    return query.where(Question.id.in_(selection["ids"])) if "ids" in selection else query


_LOADED = ("tags", "parts", "passage")
_OWN = tuple(field.name for field in fields(EditableFields) if field.name not in _LOADED)
_COLUMNS = (
    QuestionVersion.id.label("version_id"),
    QuestionVersion.passage_version_id,
    *(getattr(QuestionVersion, name) for name in _OWN),
)


def _selected(row: Any, own: EditableFields) -> Selected:
    return Selected(row.id, row.state, row.version_id, row.created_by_id, row.organisation_id, own)


def fields_from(
    row: Mapping[str, Any],
    tags: Mapping[int, tuple[str, ...]],
    parts: Mapping[int, tuple[Part, ...]],
    passages: Mapping[int, str],
    *,
    version_id: int,
) -> EditableFields:
    """What a bulk edit may change, of a row with the columns of a version and of what was read beside it."""
    return EditableFields(
        **{name: row[name] for name in _OWN},
        tags=tags.get(version_id, ()),
        parts=parts.get(version_id, ()),
        passage=passages.get(row["passage_version_id"] or 0, ""),
    )


def parts_of(session: Session, version_ids: Sequence[int]) -> dict[int, tuple[Part, ...]]:
    """The parts of versions, in order; a version without parts is not in it."""
    part = QuestionPart
    query = select(part.version_id, part.text, part.is_true, part.is_locked, part.level)
    query = query.where(part.version_id.in_(version_ids)).order_by(part.version_id, part.position)
    found: dict[int, list[Part]] = {}
    for version_id, text, is_true, is_locked, level in session.execute(query).all():
        found.setdefault(version_id, []).append(Part(text, is_true, is_locked, level))
    return {version_id: tuple(own) for version_id, own in found.items()}


def passages_of(session: Session, passage_version_ids: Iterable[int | None]) -> dict[int, str]:
    """The texts of passages by the ids of their versions."""
    wanted = {id_ for id_ in passage_version_ids if id_ is not None}
    if not wanted:
        return {}
    query = select(PassageVersion.id, PassageVersion.text).where(PassageVersion.id.in_(wanted))
    return dict(session.execute(query).all())


def doubtful_of(session: Session, version_ids: Iterable[int]) -> set[int]:
    """Those of the versions about which the reader of a paper left a doubt that holds them back."""
    query = select(QuestionDoubt.version_id).where(
        QuestionDoubt.version_id.in_(list(version_ids)), QuestionDoubt.code.in_(HOLDING)
    )
    return set(session.scalars(query))


def tags_of(session: Session, version_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The tags of versions, in order; a version without tags is not in it."""
    query = select(QuestionTag).where(QuestionTag.version_id.in_(version_ids)).order_by(QuestionTag.tag)
    found: dict[int, tuple[str, ...]] = {}
    for row in session.scalars(query):
        found[row.version_id] = (*found.get(row.version_id, ()), row.tag)
    return found


def subjects_of(session: Session, actor: Actor, selection: Mapping[str, Any]) -> set[tuple[str, int | None]]:
    """The subjects and grades that the selection stands in."""
    query = _chosen(actor, selection, QuestionVersion.subject, QuestionVersion.grade).distinct()
    return {(subject, grade) for subject, grade in session.execute(query)}


def count_selected(session: Session, actor: Actor, selection: Mapping[str, Any]) -> int:
    return session.scalar(_chosen(actor, selection, func.count())) or 0


def count_outcomes(session: Session, edit_id: int, *, of_undo: bool = False) -> dict[BulkOutcome, int]:
    """How many questions met which fate, by applying or by undoing."""
    column = BulkEditItem.undo_outcome if of_undo else BulkEditItem.outcome
    query = select(column, func.count()).where(BulkEditItem.bulk_edit_id == edit_id).group_by(column)
    return {BulkOutcome(outcome): count for outcome, count in session.execute(query) if outcome is not None}


def count_public(session: Session, edit_id: int) -> int:
    """How many of the questions that change are published now."""
    query = (
        select(func.count())
        .select_from(BulkEditItem)
        .join(Question, Question.id == BulkEditItem.question_id)
        .where(
            BulkEditItem.bulk_edit_id == edit_id,
            BulkEditItem.outcome.in_([BulkOutcome.CHANGE, BulkOutcome.CHANGED]),
            Question.published_version_id.is_not(None),
        )
    )
    return session.scalar(query) or 0


def list_items(
    session: Session,
    edit_id: int,
    outcomes: Iterable[BulkOutcome],
    *,
    of_undo: bool = False,
    after: int | None = None,
) -> tuple[list[ItemRow], int | None]:
    """Questions with one of these fates, by id; and the key of the next page. A constant number of queries."""
    column = BulkEditItem.undo_outcome if of_undo else BulkEditItem.outcome
    query = (
        select(BulkEditItem)
        .where(BulkEditItem.bulk_edit_id == edit_id, column.in_(list(outcomes)))
        .order_by(BulkEditItem.question_id)
        .limit(PAGE_SIZE + 1)
    )
    if after is not None:
        query = query.where(BulkEditItem.question_id > after)
    found = list(session.scalars(query))
    shown = found[:PAGE_SIZE]
    versions = versions_by_id(session, [item.before_version_id for item in shown])
    rows = [ItemRow(item, versions[item.before_version_id]) for item in shown]
    return rows, shown[-1].question_id if len(found) > PAGE_SIZE else None


def fields_of(version: QuestionVersion) -> EditableFields:
    return EditableFields(
        **{name: getattr(version, name) for name in _OWN},
        tags=tuple(sorted(row.tag for row in version.tags)),
        parts=version.content.parts,
        passage=version.passage.text if version.passage else "",
    )


def organisation_names(session: Session, organisation_ids: Iterable[int | None]) -> dict[int | None, str]:
    """What organisations are called; empty for none."""
    wanted = {id_ for id_ in organisation_ids if id_ is not None}
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted))
    names: dict[int | None, str] = {None: ""}
    for id_, name in session.execute(query).all() if wanted else ():
        names[id_] = name
    return names


def name_of_code(session: Session, code: str) -> str:
    """What the organisation with this code is called; the code where there is none any more."""
    found = find_organisation_by_code(session, code) if code else None
    return found.name if found else code


def differences_of(
    row: ItemRow, change: BulkChange, organisations: Mapping[int | None, str], target: str
) -> tuple[Difference, ...]:
    """What the change makes of a question; organisations by their names."""
    if change.submits:
        return (Difference("state", "draft", "in-review"),)
    if change.moves:
        return (Difference("organisation", organisations[row.item.before_organisation_id], target),)
    old = fields_of(row.version)
    return differences(old, apply_change(change, old))
