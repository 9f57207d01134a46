"""``hoclieu import questions``: files of any format into the bank, with a report of everything doubted or left out."""

import glob
import hashlib
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

import click
from sqlalchemy.orm import Session

from quizbank.cli.context import follow_changes, now, one_session, open_product
from quizbank.cli.progress import ProgressLine
from quizbank.questions.formats.catalogue import FORMATS, ending_of, endings_of
from quizbank.questions.formats.paper import SourceFile
from quizbank.questions.formats.sandbox import ReadingProcess, ReadQuestion, RefusedFile
from quizbank.questions.images import LIMIT_BYTES
from quizbank.questions.importing import import_batch, keeper, open_import, plan_questions, runs_of_files
from quizbank.questions.likeness_notes import Neighbours
from quizbank.questions.models import QuestionImport
from quizbank.questions.papers import Outcome, Paper, Plan, programme_of
from quizbank.questions.reading import batches
from quizbank.questions.rules import Placement
from quizbank.questions.storing import Asked, Known
from repository.curriculum.queries import curriculum
from repository.errors import HocLieuError, Invalid
from repository.files.store import StoredBytes
from repository.permissions import SYSTEM
from repository.services import Services


@dataclass
class Report:
    """What the import of several files did. The lines of its problems wait in a file, however many there are."""

    lines: IO[str]
    files: int = 0
    found: int = 0
    imported: int = 0
    duplicates: int = 0
    held: int = 0
    images: set[str] = field(default_factory=set)
    codes: Counter[str] = field(default_factory=Counter)

    def add(self, plan: Plan) -> None:
        self.found += plan.found
        self.imported += plan.imported
        self.duplicates += plan.duplicates
        self.held += plan.count(Outcome.HELD)
        folder = Path(plan.paper.name).parent
        self.images |= {str(folder / image) for entry in plan.entries for image in entry.parsed.images}
        for line in plan.problem_lines():
            self.add_line(line)

    def add_refusal(self, name: str, error: HocLieuError) -> None:
        place = str(error.facts.get("place", ""))
        message = {"file": name, "place": place, "question": "", "code": "unreadable-file", "message": str(error)}
        self.add_line(message)

    def add_line(self, line: dict[str, Any]) -> None:
        separator = ",\n" if self.codes else ""
        self.lines.write(separator + json.dumps(line, ensure_ascii=False))
        self.codes[line["code"]] += 1

    def write(self, file: IO[str]) -> None:
        """The report as JSON, one problem a line."""
        names = ("files", "found", "imported", "duplicates", "held")
        counts = {name: getattr(self, name) for name in names} | {"images": len(self.images)}
        file.write(json.dumps(counts, indent=1).removesuffix("\n}") + ',\n "problems": [\n')
        self.lines.seek(0)
        shutil.copyfileobj(self.lines, file)
        file.write("\n]\n}\n")


@click.command("questions")
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice([one.id for one in FORMATS]), help="Do not recognise it.")
@click.option(
    "--subject", help="Subject slug; needed unless the folder of a file is named by it, or its questions say."
)
@click.option("--grade", type=click.IntRange(1, 12), help="Grade of all questions.")
@click.option(
    "--programme", help="Programme id. Without it: ct-2006 for a year before 2025 in the file name, else gdpt-2018."
)
@click.option("--licence", default="", help="Licence id of all questions that don't say their own.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; store nothing.")
@click.option("--publish", is_flag=True, help="Publish at once what no doubt holds back.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the report as JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON, and nothing else.")
def import_questions(
    paths: tuple[str, ...],
    form: str | None,
    subject: str | None,
    grade: int | None,
    programme: str | None,
    licence: str,
    dry_run: bool,
    publish: bool,
    report: Path | None,
    as_json: bool,
) -> None:
    """Import files of questions, zips of them, folders or glob patterns; the format of each is recognised."""
    check_names(subject, programme)
    services = open_product()
    files = [path for path in papers_in(paths) if not (report and report.is_file() and is_same(path, report))]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as lines:
        done = Report(lines)
        with ReadingProcess() as reading:
            chosen = Chosen(form or "", subject, grade, programme, licence)
            line = ProgressLine(lambda found: f"{done.files} files, {found} questions", is_quiet=as_json)
            take_all(Importer(services, reading, chosen, done, line, dry_run=dry_run, publish=publish), files)
        if publish and not dry_run:
            follow_changes(services)
        if report:
            with report.open("w", encoding="utf-8") as file:
                done.write(file)
        if as_json:
            done.write(sys.stdout)
        else:
            say(done, dry_run=dry_run)


def take_all(importer: "Importer", files: Sequence[Path]) -> None:
    for number, path in enumerate(files, start=1):
        importer.take(path, files[number] if number < len(files) else None)
    importer.line.end()


def check_names(subject: str | None, programme: str | None) -> None:
    if subject is not None:
        curriculum().get_subject(subject)
    if programme is not None:
        curriculum().get_programme(programme)


def papers_in(paths: Sequence[str]) -> Iterator[Path]:
    """The files that the arguments mean: files, those of a known ending below folders, and what patterns match.

    What is no file but a pipe, a device or a link to nothing is among them, to be refused by its name.

    Raises:
        Invalid: an argument means nothing.
    """
    for argument in paths:
        path = Path(argument)
        if path.is_dir():
            known = {*endings_of(), ".zip"}
            found = sorted(file for file in path.rglob("*") if ending_of(file.name) in known)
        else:
            found = [path] if path.is_file() else sorted(map(Path, glob.glob(argument, recursive=True)))  # noqa: PTH207 - absolute patterns too
        if not found:
            raise Invalid("Không thấy tệp nào ở {path}.", path=argument.encode("utf-8", "replace").decode())
        yield from (file for file in found if not file.is_dir())


def is_same(path: Path, other: Path) -> bool:
    return path.is_file() and path.samefile(other)


def check_openable(path: Path) -> None:
    """Open it for a moment.

    Raises:
        Invalid: it is no file, or not for whoever runs the command.
    """
    try:
        if path.is_file():
            path.open("rb").close()
            return
        reason = "is no regular file"
    except OSError as error:
        reason = error.strerror or type(error).__name__
    raise Invalid(
        "Không mở được {name} ({reason}): hãy kiểm tra tên tệp và quyền đọc.", name=name_of(path), reason=reason
    )


def name_of(path: Path) -> str:
    """The name in letters that any database holds, whatever its bytes are."""
    return path.name.encode("utf-8", "replace").decode()


def label_of(path: Path) -> str:
    """How reports and sources name a paper: its folder and its name."""
    try:
        folder = name_of(path.resolve().parent)
    except (OSError, RuntimeError):
        folder = name_of(path.parent)
    return f"{folder}/{name_of(path)}" if folder else name_of(path)


def source_of(path: Path) -> SourceFile:
    return SourceFile(path, name_of(path))


@dataclass(frozen=True)
class Chosen:
    """What the command says of all files."""

    form: str
    subject: str | None
    grade: int | None
    programme: str | None
    licence: str

    def paper(self, label: str, format: str) -> Paper:
        """A file with the place of its questions.

        Raises:
            Invalid: nobody says the subject, and the format can't.
        """
        folders = reversed(label.split("/")[:-1])
        subject = self.subject or next((name for name in folders if curriculum().find_subject(name)), None)
        name = label.rsplit("/", 1)[-1]
        if subject is None and format == "text":
            raise Invalid("Không biết {name} thuộc môn nào: hãy thêm --subject.", name=name)
        return Paper(label, Placement(subject or "", self.programme or programme_of(name), self.grade), self.licence)


@dataclass
class Importer:
    """Takes in file after file: each batch of questions in one transaction, so that it can be started again."""

    services: Services
    reading: ReadingProcess
    chosen: Chosen
    done: Report
    line: ProgressLine
    dry_run: bool = False
    publish: bool = False
    seen: dict[Asked, Known] = field(default_factory=dict)
    neighbours: Neighbours = field(default_factory=Neighbours)

    def take(self, path: Path, following: Path | None) -> None:
        """Take in a file; ``following`` is read ahead while the questions of this one are stored."""
        self.done.files += 1
        label = label_of(path)
        made: int | None = None
        papers: set[str] = set()
        try:
            check_openable(path)
            found = self.reading.read(source_of(path), self.chosen.form)
            for batch in batches(asking_ahead(found, self.reading, following, self.chosen.form)):
                for run in runs_of_files(batch):
                    first = run if isinstance(run, RefusedFile) else run[0]
                    name = label if first.file == name_of(path) else f"{label}/{first.file}"
                    papers.add(name)
                    made = self.take_run(run, name, path, made)
                    self.line.look(self.done.found)
        except HocLieuError as error:
            self.done.add_refusal(label, error)
        self.done.files += max(len(papers) - 1, 0)

    def take_run(self, run: list[ReadQuestion] | RefusedFile, name: str, path: Path, made: int | None) -> int | None:
        """Take in questions of one paper; a paper of a zip that can't be taken in does not hold up the others."""
        if isinstance(run, RefusedFile):
            self.done.add_refusal(name, run.error)
            return made
        try:
            paper = self.chosen.paper(name, run[0].format)
        except HocLieuError as error:
            if run[0].file == name_of(path):
                raise
            self.done.add_refusal(name, error)
            return made
        with one_session(self.services, writes=not self.dry_run) as session:
            if not self.dry_run:
                return self.store(session, paper, run, path, made)
            self.preview(session, paper, run, path)
            return made

    def store(self, session: Session, paper: Paper, run: list[ReadQuestion], path: Path, made_id: int | None) -> int:
        store, at = self.services.store, now()
        made = session.get(QuestionImport, made_id) if made_id else None
        made = made or open_import(session, SYSTEM, label_of(path), now=at, source=self.kept(path), store=store)
        plan = self.plan(session, paper, run, path, keeper(session, store, at))
        import_batch(session, SYSTEM, made, plan, now=at, format=run[0].format, publish=self.publish)
        self.done.add(plan)
        return made.id

    def preview(self, session: Session, paper: Paper, run: list[ReadQuestion], path: Path) -> None:
        plan = self.plan(session, paper, run, path, lambda _name, data: hashlib.sha256(data).hexdigest())
        for entry in plan.entries:
            if entry.comes_in:
                self.seen[entry.asked] = Known(0, entry.fingerprint, f"{paper.name}, {entry.parsed.place}")
        self.done.add(plan)

    def plan(self, session: Session, paper: Paper, run: list[ReadQuestion], path: Path, keep: Any) -> Plan:
        questions = [one.question for one in run]
        find_image = partial(image_beside, path)
        return plan_questions(session, paper, questions, find_image, keep, self.seen, self.neighbours)

    def kept(self, path: Path) -> StoredBytes:
        with path.open("rb") as stream:
            stored: StoredBytes = self.services.store.put(stream, limit_bytes=path.stat().st_size + 1)
            return stored


def asking_ahead(
    found: Iterator[ReadQuestion | RefusedFile], reading: ReadingProcess, following: Path | None, form: str
) -> Iterator[ReadQuestion | RefusedFile]:
    """What is found in a file; at its end the process goes on with the following file."""
    yield from found
    if following is not None and following.is_file():
        reading.ask_ahead(source_of(following), form)


def image_beside(paper: Path, target: str) -> bytes | None:
    """The bytes of a picture in or below the paper's folder; nothing outside it is read."""
    folder = paper.resolve().parent
    try:
        path = (folder / target).resolve()
        is_inside = path.is_relative_to(folder) and path.is_file() and path.stat().st_size <= LIMIT_BYTES
        return path.read_bytes() if is_inside else None
    except (OSError, ValueError):
        return None


def say(done: Report, *, dry_run: bool) -> None:
    left_out = done.found - done.imported - done.duplicates
    verb = "would be imported" if dry_run else "imported"
    click.echo(
        f"{done.files} files, {done.found} questions: {done.imported} {verb} ({done.held} of them held as drafts), "
        f"{done.duplicates} duplicates, {left_out} left out, {len(done.images)} images."
    )
    for code, count in done.codes.most_common():
        click.echo(f"  {count:5}  {code}")
