"""What lies on the import desk: read questions as rows, and rows as the questions that they will be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from quizbank.questions.formats.paper_json import content_from, json_of_content, json_of_problems, problems_from
from quizbank.questions.import_models import ImportItem
from quizbank.questions.models import QuestionImport
from quizbank.questions.papers import OUTCOME_OF, Entry, Outcome
from quizbank.questions.problems import Problem, Verdict, problem, verdict_of
from quizbank.questions.rules import NewQuestion, Placement, body_of
from quizbank.questions.storing import KNOWN_BATCH, Asked, Known, begins_with
from repository.errors import NotFound

Row = dict[str, Any]
PAGE_SIZE = 20
COMING = (Outcome.IMPORTED, Outcome.HELD)
OF_THE_BANK = ("duplicate", "contradicts-another")
"""Problems that depend on what else is in the bank: found again whenever an item is stored."""


def row_of(entry: Entry, *, import_id: int, position: int, file: str, format: str) -> Row:
    """A read question as a row of the desk."""
    parsed, new = entry.parsed, entry.new
    return {
        "import_id": import_id,
        "position": position,
        "file": file,
        "format": format,
        "label": parsed.label,
        "part": parsed.part,
        "place": parsed.place,
        "source": parsed.source,
        "draft": json_of_content(new.content) if new else None,
        "passage": new.passage if new else parsed.passage,
        "placement": json_of_placement(entry.placed.placement),
        "licence": entry.placed.licence,
        "origin": new.source if new else "",
        "problems": json_of_problems(entry.problems),
        "images": {target: found if isinstance(found, str) else "" for target, found in entry.images.items()},
        "outcome": str(entry.outcome),
        "fingerprint": entry.fingerprint,
        "is_doubtful": bool(entry.problems),
        "is_left_out": False,
        "is_mended": False,
    }


def row_of_refused(error: str, *, import_id: int, position: int, file: str) -> Row:
    """A file that could not be read, among others that could."""
    refused = problem("unreadable-file", reason=error)
    empty = dict.fromkeys(("format", "label", "part", "place", "source", "passage", "licence", "origin"), "")
    return {
        **empty,
        "import_id": import_id,
        "position": position,
        "file": file,
        "draft": None,
        "placement": json_of_placement(Placement("", "")),
        "problems": json_of_problems([refused]),
        "images": {},
        "outcome": str(Outcome.LEFT_OUT),
        "fingerprint": "",
        "is_doubtful": True,
        "is_left_out": False,
        "is_mended": False,
    }


def add_rows(session: Session, rows: Sequence[Row]) -> None:
    if rows:
        session.execute(insert(ImportItem), [{"question_id": None, **row} for row in rows])


def json_of_placement(placement: Placement) -> Row:
    names = ("subject", "programme", "grade", "topic", "level")
    return {name: getattr(placement, name) for name in names} | {"tags": list(placement.tags)}


def placement_from(given: Mapping[str, Any]) -> Placement:
    return Placement(**{**given, "tags": tuple(given["tags"])})


def problems_of(item: ImportItem) -> tuple[Problem, ...]:
    return problems_from(item.problems)


def own_problems(item: ImportItem) -> list[Problem]:
    """What was found in the item itself, whatever the bank holds and whoever leaves it out."""
    return [found for found in problems_of(item) if found.code not in (*OF_THE_BANK, "left-out")]


def question_of(item: ImportItem) -> NewQuestion | None:
    """The question that the item will be."""
    if item.draft is None:
        return None
    part = f"Phần {item.part}, " if item.part else ""
    label = f"{part}{item.label}"
    return NewQuestion(
        content=content_from(item.draft),
        placement=placement_from(item.placement),
        passage=item.passage,
        source=item.origin,
        source_file=item.file,
        source_place=f"{item.place} ({label})" if label else item.place,
        licence=item.licence,
    )


def settle(item: ImportItem, problems: Iterable[Problem]) -> None:
    """Give an item its problems and decide by them what becomes of it."""
    found = [*problems, *([problem("left-out")] if item.is_left_out else [])]
    item.problems = json_of_problems(found)
    item.is_doubtful = bool(found)
    if any(one.code == "duplicate" for one in found) and verdict_of(found) is not Verdict.LEAVE_OUT:
        item.outcome = Outcome.DUPLICATE
    else:
        item.outcome = OUTCOME_OF[verdict_of(found)] if item.draft else Outcome.LEFT_OUT


def last_position(session: Session, import_id: int) -> int:
    """The position of the last item; -1 where there is none."""
    found = session.scalar(select(func.max(ImportItem.position)).filter_by(import_id=import_id))
    return -1 if found is None else found


def get_item(session: Session, import_id: int, position: int) -> ImportItem:
    """One item, whoever asks.

    Raises:
        NotFound: there is none.
    """
    item = session.get(ImportItem, (import_id, position))
    if item is None:
        raise NotFound("Không có câu này trong lần nhập.")
    return item


def item_of(session: Session, question_id: int) -> ImportItem | None:
    """The item of an import that a question came from."""
    return session.scalar(select(ImportItem).filter_by(question_id=question_id).limit(1))


def list_items(
    session: Session,
    made: QuestionImport,
    *,
    after: int | None = None,
    only_doubtful: bool = False,
    limit: int = PAGE_SIZE,
) -> tuple[list[ImportItem], int | None]:
    """Items in the order of the file, and the key of the next page."""
    query = select(ImportItem).filter_by(import_id=made.id).order_by(ImportItem.position).limit(limit + 1)
    if only_doubtful:
        query = query.where(ImportItem.is_doubtful)
    if after is not None:
        query = query.where(ImportItem.position > after)
    found = list(session.scalars(query))
    return found[:limit], found[limit - 1].position if len(found) > limit else None


def find_doubt(session: Session, import_id: int, *, after: int | None = None, before: int | None = None) -> int | None:
    """The position of the doubtful item that comes next after a position, or last before one."""
    query = select(ImportItem.position).filter_by(import_id=import_id, is_doubtful=True).limit(1)
    if before is not None:
        query = query.where(ImportItem.position < before).order_by(ImportItem.position.desc())
    else:
        query = query.where(ImportItem.position > (-1 if after is None else after)).order_by(ImportItem.position)
    return session.scalar(query)


@dataclass(frozen=True)
class Counts:
    """How many items of an import there are of each kind; ``waiting`` come in when it is stored."""

    found: int = 0
    waiting: int = 0
    stored: int = 0
    duplicates: int = 0
    left_out: int = 0
    doubtful: int = 0


def count_items(session: Session, import_id: int) -> Counts:
    item = ImportItem
    is_stored = item.question_id.is_not(None)
    query = (
        select(item.outcome, is_stored, item.is_doubtful, func.count())
        .where(item.import_id == import_id)
        .group_by(item.outcome, is_stored, item.is_doubtful)
    )
    rows = [
        (Outcome(outcome), bool(stored), bool(doubtful), count)
        for outcome, stored, doubtful, count in session.execute(query)
    ]
    return Counts(
        found=sum(row[3] for row in rows),
        waiting=sum(count for outcome, stored, _, count in rows if outcome in COMING and not stored),
        stored=sum(count for _, stored, _, count in rows if stored),
        duplicates=sum(count for outcome, stored, _, count in rows if outcome is Outcome.DUPLICATE and not stored),
        left_out=sum(count for outcome, stored, _, count in rows if outcome is Outcome.LEFT_OUT and not stored),
        doubtful=sum(count for _, _, doubtful, count in rows if doubtful),
    )


def known_items(session: Session, import_id: int, asked: Iterable[Asked]) -> dict[Asked, Known]:
    """Which of these the import itself asks already, further up."""
    wanted = set(asked)
    bodies = sorted({body for _subject, body in wanted})
    item, found = ImportItem, {}
    for start in range(0, len(bodies), KNOWN_BATCH):
        # The import stands in every range: SQLite would else go through all of its items.
        own = f"import_items.import_id = {int(import_id)}"
        alike = begins_with(item.fingerprint, bodies[start : start + KNOWN_BATCH], within=own)
        query = select(item.placement, item.fingerprint, item.file, item.place).where(item.outcome.in_(COMING), alike)
        for placement, fingerprint, file, place in session.execute(query):
            found[placement["subject"], body_of(fingerprint)] = Known(0, fingerprint, f"{file}, {place}")
    return {key: known for key, known in found.items() if key in wanted}
