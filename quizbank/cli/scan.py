"""``hoclieu scan``: pictures of answer sheets in, marks out; what is in doubt goes out and comes back as a table."""

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizbank.cli.context import now, one_session, open_product, run_pending_jobs
from quizbank.quizzes.models import Quiz
from quizbank.scanning import queries
from quizbank.scanning.actions import READ_JOB, SentFile, decide, start_batch
from quizbank.scanning.crops import picture_of_field
from quizbank.scanning.marking import Marker
from quizbank.scanning.marks_file import write_marks
from quizbank.scanning.models import ScanBatch, ScanFile
from quizbank.scanning.papers import Papers
from quizbank.scanning.rules import LIMIT_BYTES
from repository.accounts.models import Person
from repository.accounts.queries import actor_of
from repository.errors import HocLieuError, Invalid, NotFound
from repository.permissions import SYSTEM, Actor
from repository.services import Services

DOUBTS = "doubts.csv"
COLUMNS = ("sheet", "file", "page", "number", "field", "read", "value", "picture")
MOST_SHEETS = 100_000


@click.command("scan")
@click.argument("quiz_id", metavar="QUIZ", type=int)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the marks (.xlsx).")
@click.option(
    "--review",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Folder for pictures of doubts and {DOUBTS}: fill in its column “value” (_ for nothing) and run again.",
)
@click.option(
    "--candidates", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Number and name a line."
)
@click.option("--json", "as_json", is_flag=True, help="Print the sheets as JSON, and nothing else.")
def scan(
    quiz_id: int,
    files: tuple[Path, ...],
    output: Path | None,
    review: Path | None,
    candidates: Path | None,
    as_json: bool,
) -> None:
    """Read and mark photos or PDF files of a quiz's answer sheets. The same files again are not read again."""
    services = open_product()
    with one_session(services) as session:
        actor = maker_of(session, quiz_id)
        batch_id = batch_for(session, services, actor, quiz_id, files, candidates)
    run_pending_jobs(services, (READ_JOB,))
    with one_session(services) as session:
        batch = queries.get_batch(session, actor, batch_id)
        if batch.finished_at is None:
            raise Invalid("Các phiếu chưa đọc xong; hãy chạy lại lệnh này.")
        if review:
            take_decisions(session, actor, review / DOUBTS)
        report = report_of(session, batch)
        if output:
            with output.open("wb") as file:
                write_marks(session, batch, Papers(session, session.get_one(Quiz, batch.quiz_id)), file)
        if review:
            write_doubts(session, services, actor, batch, review)
    say(report, as_json)


def maker_of(session: Session, quiz_id: int) -> Actor:
    """The command acts for the one who made the quiz."""
    quiz = session.get(Quiz, quiz_id)
    if quiz is None:
        raise NotFound("Không có đề này.")
    person = session.get(Person, quiz.created_by_id) if quiz.created_by_id else None
    return actor_of(person) if person else SYSTEM


def batch_for(
    session: Session,
    services: Services,
    actor: Actor,
    quiz_id: int,
    files: Sequence[Path],
    candidates: Path | None,
) -> int:
    """The batch of these files, a new one unless they were read before; without files the last one of the quiz."""
    quiz = queries.scannable_quiz(session, actor, quiz_id)
    known = queries.list_batches(session, quiz)[0]
    if not files:
        if not known:
            raise Invalid("Hãy chọn ảnh hoặc PDF của các phiếu.")
        return known[0].id
    wanted = sorted(sha256_of(path) for path in files)
    for batch in known:
        sent = session.scalars(select(ScanFile.sha256).where(ScanFile.batch_id == batch.id)).all()
        if sorted(sent) == wanted:
            return batch.id
    kept = []
    for path in files:
        with path.open("rb") as stream:
            kept.append(SentFile(path.name, services.store.put(stream, limit_bytes=LIMIT_BYTES)))
    names = candidates.read_text(encoding="utf-8-sig") if candidates else ""
    return start_batch(session, actor, quiz_id, kept, names, store=services.store, now=now()).id


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def take_decisions(session: Session, actor: Actor, path: Path) -> None:
    """Take over what somebody wrote into the column ``value``.

    Raises:
        Invalid: a line that can't be taken over; the message names it.
    """
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            value = (row.get("value") or "").strip()
            if not value:
                continue
            try:
                decide(session, actor, int(row["sheet"]), row["field"], "" if value == "_" else value, now=now())
            except (HocLieuError, KeyError, ValueError) as error:
                raise Invalid(
                    "{name}, dòng của phiếu {sheet}, ô {field_name}: {error}",
                    name=path.name,
                    sheet=row.get("sheet", "?"),
                    field_name=row.get("field", "?"),
                    error=error,
                ) from error


def write_doubts(session: Session, services: Services, actor: Actor, batch: ScanBatch, folder: Path) -> None:
    """A picture of every field in doubt, and a table to decide them in."""
    folder.mkdir(parents=True, exist_ok=True)
    marker = Marker(session, actor, session.get_one(Quiz, batch.quiz_id), now())
    with (folder / DOUBTS).open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        names = {one.position: one.name for one in queries.files_of(session, batch)}
        for sheet in queries.waiting_sheets(session, batch, limit=MOST_SHEETS):
            for doubt in marker.standing(sheet).doubts:
                picture = f"{sheet.id}-{doubt.field}.png"
                (folder / picture).write_bytes(picture_of_field(services.store, sheet, doubt.field))
                place = (sheet.id, names[sheet.file], sheet.page + 1, sheet.number)
                table.writerow((*place, doubt.field, doubt.read, "", picture))


def report_of(session: Session, batch: ScanBatch) -> dict[str, Any]:
    counts = queries.counts_of_batches(session, [batch.id])[batch.id]
    bad = [{"file": one.name, "reason": one.reason} for one in queries.files_of(session, batch) if one.reason]
    return {"batch": batch.id, **vars(counts), "bad_files": bad, "results": list(results_of(session, batch))}


def results_of(session: Session, batch: ScanBatch) -> Iterator[dict[str, Any]]:
    after: int | None = 0
    while after is not None:
        rows, after = queries.list_sheets(session, batch, after, 500)
        for row in rows:
            sheet = row.sheet
            state = "discarded" if sheet.is_discarded else sheet.reason or sheet.problem
            yield {
                "sheet": sheet.id,
                "file": row.file_name,
                "page": sheet.page + 1,
                "number": sheet.number,
                "name": row.name,
                "is_known": row.is_known,
                "code": sheet.code,
                "mark": None if row.mark is None else str(row.mark),
                "marks": None if row.marks is None else str(row.marks),
                "state": state or ("waiting" if sheet.waiting_count else "marked"),
                "waiting": sheet.waiting_count,
            }


def say(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    click.echo(
        f"Batch {report['batch']}: {report['pages']} pages, {report['marked']} marked, "
        f"{report['fields']} fields on {report['waiting']} sheets in doubt, {report['problems']} with a problem, "
        f"{report['unread']} unread."
    )
    for one in report["bad_files"]:
        click.echo(f"  {one['file']}: {one['reason']}")
    for one in report["results"]:
        if one["state"] != "marked" or not one["is_known"]:
            note = one["state"] if one["state"] != "marked" else "number not in the list"
            click.echo(f"  {one['file']} page {one['page']}, {one['number'] or '?'}: {note}")
