"""Questions on their way out: which ones, as whom, in which format, and what the format could not hold."""

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import IO, Any, BinaryIO, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizbank.permissions import SEE_EXPORT, SEE_QUESTION_BANK, signed_in_id
from quizbank.questions.bulk_queries import count_selected
from quizbank.questions.export_models import QuestionExport
from quizbank.questions.formats.writers import WrittenFormat, get_writer
from quizbank.questions.formats.writing import NOT_WRITTEN, Export, Loss, Losses
from quizbank.questions.key_repairs import rulings_for
from quizbank.questions.models import QuestionVersion
from quizbank.questions.problems import problem
from quizbank.questions.queries import (
    PAGE_SIZE,
    QuestionFilter,
    every_question,
    new_question_of,
)
from quizbank.questions.rules import NewQuestion
from quizbank.questions.rulings import Ruling, content_with_key, unsaid
from repository.errors import Conflict, Invalid, NotFound
from repository.files.store import FileStore, StoredBytes
from repository.jobs import Job, JobState
from repository.permissions import Actor
from repository.search.language import asked_of

MAX_BYTES = 4 << 30
MOST_WAITING = 3
BATCH = 500
FILTERS = ("subject", "grade", "topic", "level", "type")
Named = tuple[str, NewQuestion]


@dataclass(frozen=True)
class Written:
    """A written export in the store, how many questions are in it, and what its format could not hold."""

    stored: StoredBytes
    losses: StoredBytes
    count: int
    loss_count: int


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


def questions_of_bank(session: Session, actor: Actor, wanted: QuestionFilter, losses: Losses) -> Iterator[Named]:
    """Questions as this actor may see them, with the keys that count now: others' work in its published version.

    What can't be said of a repaired key goes to ``losses``.

    Raises:
        Forbidden: the bank with its keys is for those who teach.
    """
    SEE_QUESTION_BANK.require(actor)
    rows = every_question(session, wanted, actor)
    while batch := list(islice(rows, BATCH)):
        rulings = rulings_for(session, [row.version.id for row in batch])
        for row in batch:
            yield named_question(row.version, rulings.of(row.version.id, None), losses)


def named_question(version: QuestionVersion, ruling: Ruling | None, losses: Losses) -> Named:
    """A question as it is written, with the key that counts now."""
    identifier, new = f"q-{version.question_id}", new_question_of(version)
    if what := unsaid(ruling):
        losses.append(Loss(identifier, problem("cannot-hold", what=what)))
    return identifier, replace(new, content=content_with_key(new.content, ruling))


def count_in_bank(session: Session, actor: Actor, wanted: QuestionFilter) -> int:
    return count_selected(session, actor, {"filter": asdict(wanted)})


class LossFile:
    """Losses on their way into a file, one JSON object a line, however many they are.

    ``missing_count``: the questions among them that are not in the export at all.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.count = 0
        self.missing_count = 0

    def append(self, loss: Loss, /) -> None:
        line = {"question": loss.identifier, "code": loss.problem.code, "facts": loss.problem.facts}
        self.file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self.count += 1
        self.missing_count += loss.problem.code == NOT_WRITTEN

    def extend(self, losses: Iterable[Loss], /) -> None:
        for loss in losses:
            self.append(loss)

    def __iter__(self) -> Iterator[Loss]:
        self.file.seek(0)
        return losses_in(self.file)


def write_export(
    title: str,
    questions: Iterable[Named],
    writer: WrittenFormat,
    output: BinaryIO,
    losses: LossFile,
    *,
    store: FileStore,
) -> int:
    """Write questions; what the format could not hold goes to ``losses``. Returns how many are in the file.

    Raises:
        Invalid: there were questions, of kinds that the format has no place for.
    """
    counted = Counted(questions)
    writer.write(Export(title, counted, media_of(store), losses), output)
    if counted.count and losses.missing_count == counted.count:
        raise Invalid(
            "{format} không giữ được dạng của câu nào trong số này: hãy chọn định dạng khác.", format=writer.name
        )
    return counted.count - losses.missing_count


class Counted:
    """Questions that are counted as they pass, and told to ``follow``."""

    def __init__(self, questions: Iterable[Named], follow: Callable[[int], None] = lambda _count: None) -> None:
        self.questions = questions
        self.follow = follow
        self.count = 0

    def __iter__(self) -> Iterator[Named]:
        for question in self.questions:
            self.count += 1
            yield question
            self.follow(self.count)


def losses_in(file: IO[bytes]) -> Iterator[Loss]:
    """The losses that a ``LossFile`` has written."""
    from_line = (json.loads(line) for line in file)
    return (Loss(found["question"], problem(found["code"], **found["facts"])) for found in from_line)


def media_of(store: FileStore) -> Any:
    """Looks up the bytes of a kept picture."""

    def read(sha256: str) -> bytes:
        with store.open(sha256) as stream:
            return stream.read()

    return read


def write_to_store(
    title: str, questions: Callable[[Losses], Iterable[Named]], writer: WrittenFormat, *, store: FileStore
) -> Written:
    """Write an export into the store: the file is there whole, or not at all.

    Args:
        title: what the file calls itself.
        questions: given where losses go, the questions in order.
        writer: the format.
        store: where the file, and the list of losses, are put.

    Raises:
        Invalid: there was no question.
    """
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as lost:
        losses = LossFile(lost)
        count = write_export(title, questions(losses), writer, cast(BinaryIO, file), losses, store=store)
        if count == 0:
            raise Invalid("Không có câu hỏi nào để xuất.")
        file.seek(0)
        lost.seek(0)
        kept = [store.put(cast(BinaryIO, one), limit_bytes=MAX_BYTES) for one in (file, lost)]
        return Written(kept[0], kept[1], count, losses.count)


# The rows of exports


def ask_for_export(
    session: Session,
    actor: Actor,
    title: str,
    form: str,
    wanted: QuestionFilter,
    *,
    now: dt.datetime,
) -> QuestionExport:
    """Ask for a file of what a filter finds; ``export_jobs.write_now_or_later`` writes it.

    Raises:
        Conflict: this person waits for several already.
        Invalid: there is no such format, or no question.
    """
    SEE_QUESTION_BANK.require(actor)
    get_writer(form)
    count = count_in_bank(session, actor, wanted)
    if count == 0:
        raise Invalid("Không có câu hỏi nào để xuất.")
    return new_export(session, actor, title, form, {"filter": asdict(wanted)}, count, now=now)


def new_export(
    session: Session, actor: Actor, title: str, form: str, selection: Mapping[str, Any], count: int, *, now: dt.datetime
) -> QuestionExport:
    """The row of an export that is to be written; who may was asked before."""
    person_id = signed_in_id(actor)
    if count_waiting(session, person_id) >= MOST_WAITING:
        raise Conflict("Bạn đang chờ {count} tệp xuất: hãy đợi một tệp xong đã.", count=MOST_WAITING)
    made = QuestionExport(
        format=get_writer(form).id,
        title=title,
        selection=dict(selection),
        total_count=count,
        created_by_id=person_id,
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made


def count_waiting(session: Session, person_id: int) -> int:
    """How many exports of a person the worker has yet to write."""
    query = (
        select(func.count())
        .select_from(QuestionExport)
        .join(Job, Job.id == QuestionExport.job_id)
        .where(QuestionExport.created_by_id == person_id, QuestionExport.finished_at.is_(None))
        .where(Job.state.in_([JobState.QUEUED, JobState.RUNNING]))
    )
    return session.scalar(query) or 0


def progress_of(session: Session, made: QuestionExport, now: dt.datetime) -> tuple[str, Job | None]:
    """The state of an export, ``failed`` where the worker gave it up, and the job that it waits for."""
    state = made.state(now)
    job = session.get(Job, made.job_id) if state == "writing" and made.job_id is not None else None
    return "failed" if job is not None and job.state == JobState.FAILED else state, job


def states_of(session: Session, exports: Sequence[QuestionExport], now: dt.datetime) -> dict[int, str]:
    """Export id -> its state as ``progress_of`` tells it, in one query for all."""
    states = {made.id: made.state(now) for made in exports}
    waiting = {made.job_id: made.id for made in exports if states[made.id] == "writing" and made.job_id is not None}
    given_up = select(Job.id).where(Job.id.in_(waiting), Job.state == JobState.FAILED)
    return states | {waiting[job_id]: "failed" for job_id in (session.scalars(given_up) if waiting else ())}


def get_export(session: Session, actor: Actor, export_id: int) -> QuestionExport:
    """One export, for whoever asked for it, as long as they may see the bank.

    Raises:
        NotFound: there is none, or none of this actor.
    """
    found = session.get(QuestionExport, export_id)
    if found is None or not SEE_EXPORT.allows(actor, found):
        raise NotFound("Không có lần xuất này.")
    return found


def list_exports(
    session: Session, actor: Actor, *, after: int | None = None
) -> tuple[list[QuestionExport], int | None]:
    """The actor's own exports, the newest first, and the key of the next page."""
    SEE_QUESTION_BANK.require(actor)
    query = select(QuestionExport).where(QuestionExport.created_by_id == actor.person_id)
    if after is not None:
        query = query.where(QuestionExport.id < after)
    found = list(session.scalars(query.order_by(QuestionExport.id.desc()).limit(PAGE_SIZE + 1)))
    return found[:PAGE_SIZE], found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None


def file_of(export: QuestionExport, store: FileStore, sha256: str | None, now: dt.datetime) -> str:
    """The SHA-256 of a file of the export that can still be taken.

    Raises:
        NotFound: it isn't written yet, or was swept.
    """
    if sha256 is None or export.state(now) != "ready" or not store.has(sha256):
        raise NotFound("Tệp xuất này chưa xong hoặc không còn; hãy xuất lại.")
    return sha256
