"""Questions asked of bulk edits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizbank.permissions import SEE_BULK_EDIT
from quizbank.questions.bulk import BulkOutcome, EditableFields
from quizbank.questions.bulk_models import BulkEdit, BulkEditItem
from quizbank.questions.filtering import QuestionFilter, conditions_of
from quizbank.questions.models import Question, QuestionDoubt, QuestionTag, QuestionVersion
from quizbank.questions.problems import PROBLEMS, Verdict
from quizbank.questions.queries import PAGE_SIZE, versions_by_id
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


def selected_questions(session: Session, actor: Actor, selection: Mapping[str, Any]) -> Iterator[list[Selected]]:
    """The questions of a selection that this actor may see, by id, in batches."""
    last = 0
    while True:
        query = (
            _chosen(actor, selection, Question.id, Question.state, Question.created_by_id, *_COLUMNS)
            .where(Question.id > last)
            .order_by(Question.id)
            .limit(BATCH)
        )
        found = session.execute(query).all()
        if not found:
            return
        tags = tags_of(session, [row.version_id for row in found])
        yield [_selected(row, tags.get(row.version_id, ())) for row in found]
        last = found[-1].id


def _chosen(actor: Actor, selection: Mapping[str, Any], *columns: Any) -> Select[Any]:
    """The selection as a query: the questions named, or those of a filter, as far as the actor may see them."""
    query = select(*columns).select_from(Question)
    query = query.join(QuestionVersion, QuestionVersion.question_id == Question.id)
    query = query.where(*conditions_of(QuestionFilter(**selection.get("filter", {})), actor))
    return query.where(Question.id.in_(selection["ids"])) if "ids" in selection else query


_COLUMNS = (
    QuestionVersion.id.label("version_id"),
    QuestionVersion.subject,
    QuestionVersion.programme,
    QuestionVersion.grade,
    QuestionVersion.topic,
    QuestionVersion.level,
    QuestionVersion.licence,
    QuestionVersion.source,
    QuestionVersion.explanation,
    QuestionVersion.keeps_order,
    QuestionVersion.tolerance,
    QuestionVersion.type,
    QuestionVersion.answer_kind,
    QuestionVersion.statement_levels,
)


def _selected(row: Any, tags: tuple[str, ...]) -> Selected:
    return Selected(row.id, row.state, row.version_id, row.created_by_id, _fields_of(row, tags))


def _fields_of(row: Any, tags: tuple[str, ...]) -> EditableFields:
    """What a bulk edit may change, of a version or of a row with its columns."""
    names = [field.name for field in fields(EditableFields) if field.name != "tags"]
    return EditableFields(**{name: getattr(row, name) for name in names}, tags=tags)


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
    return _fields_of(version, tuple(sorted(row.tag for row in version.tags)))
