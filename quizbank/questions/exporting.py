"""Questions on their way out: which ones, as whom, in which format, and what the format could not hold."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from sqlalchemy.orm import Session

from quizbank.permissions import SEE_QUESTION_BANK
from quizbank.questions.formats.writers import WrittenFormat
from quizbank.questions.formats.writing import Export, Loss
from quizbank.questions.models import QuestionVersion
from quizbank.questions.queries import QuestionFilter, every_question, get_version, new_question_of, shown_version
from quizbank.questions.rules import NewQuestion
from repository.errors import Invalid
from repository.files.store import FileStore, StoredBytes
from repository.permissions import SYSTEM, Actor
from repository.search.language import asked_of

MAX_BYTES = 2 << 30
FILTERS = ("subject", "grade", "topic", "level", "type")


@dataclass(frozen=True)
class Exported:
    """A written export in the store, where it is swept away after a day, and what its format could not hold."""

    stored: StoredBytes
    count: int
    losses: tuple[Loss, ...]


def filter_of(query: str) -> QuestionFilter:
    """What a query in the language of the search field means for the bank: filters, and words found as they stand.

    Raises:
        Invalid: a filter that the bank does not know, or several values for one.
    """
    asked = asked_of(query)
    wanted: dict[str, Any] = {}
    for name, values in asked.filters.items():
        if name not in FILTERS or len(values) != 1:
            raise Invalid("Không lọc được ngân hàng theo {name}: {values}.", name=name, values=", ".join(values))
        wanted[name] = values[0]
    if "grade" in wanted:
        wanted["grade"] = int(wanted["grade"])
    return QuestionFilter(**wanted, text=asked.said.strip())


def questions_of_bank(session: Session, actor: Actor, wanted: QuestionFilter) -> Iterator[tuple[str, NewQuestion]]:
    """Questions as this actor may see them, with their keys: others' work in its published version.

    Raises:
        Forbidden: the bank with its keys is for those who teach.
    """
    SEE_QUESTION_BANK.require(actor)
    for row in every_question(session, wanted, actor):
        shown_id = row.version.id if actor is SYSTEM else shown_version(row.question, actor)
        version = row.version if shown_id == row.version.id else get_version(session, shown_id)
        yield identifier_of(row.question.id), new_question_of(version)


def questions_of_versions(versions: Iterable[QuestionVersion]) -> Iterator[tuple[str, NewQuestion]]:
    for version in versions:
        yield identifier_of(version.question_id), new_question_of(version)


def identifier_of(question_id: int) -> str:
    return f"q-{question_id}"


def write_export(
    title: str,
    questions: Iterable[tuple[str, NewQuestion]],
    writer: WrittenFormat,
    output: BinaryIO,
    *,
    store: FileStore,
    limit: int | None = None,
) -> tuple[int, tuple[Loss, ...]]:
    """Write questions; returns how many there were and what the format could not hold.

    Raises:
        Invalid: none, or more than ``limit``.
    """
    counted = Counted(questions, limit)
    losses = writer.write(Export(title, counted, media_of(store)), output)
    if counted.count == 0:
        raise Invalid("Không có câu hỏi nào để xuất.")
    return counted.count, tuple(losses)


class Counted:
    """Questions that are counted as they pass."""

    def __init__(self, questions: Iterable[tuple[str, NewQuestion]], limit: int | None) -> None:
        self.questions = questions
        self.limit = limit
        self.count = 0

    def __iter__(self) -> Iterator[tuple[str, NewQuestion]]:
        for question in self.questions:
            self.count += 1
            if self.limit is not None and self.count > self.limit:
                raise Invalid(
                    "Quá {limit} câu: hãy lọc bớt, hoặc dùng lệnh hoclieu export questions.", limit=self.limit
                )
            yield question


def media_of(store: FileStore) -> Any:
    """Looks up the bytes of a kept picture."""

    def read(sha256: str) -> bytes:
        with store.open(sha256) as stream:
            return stream.read()

    return read


def export_to_store(
    title: str, questions: Iterable[tuple[str, NewQuestion]], writer: WrittenFormat, *, store: FileStore, limit: int
) -> Exported:
    """Write an export into the store, for a download that follows."""
    with tempfile.TemporaryFile() as file:
        output = cast(BinaryIO, file)
        count, losses = write_export(title, questions, writer, output, store=store, limit=limit)
        output.seek(0)
        return Exported(store.put(output, limit_bytes=MAX_BYTES), count, losses)
