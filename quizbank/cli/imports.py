"""``hoclieu import questions``: papers into the bank, with a report of everything that was doubted or left out."""

import glob
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from quizbank.cli.context import follow_changes, now, one_session, open_product
from quizbank.questions.formats.text_reader import decode_paper
from quizbank.questions.images import LIMIT_BYTES
from quizbank.questions.importing import Bank, import_paper, preview_paper
from quizbank.questions.papers import Outcome, Paper, Plan, programme_of
from quizbank.questions.rules import Placement
from quizbank.questions.storing import known_questions
from repository.curriculum.queries import curriculum
from repository.errors import HocLieuError, Invalid
from repository.permissions import SYSTEM
from repository.services import Services


@dataclass
class Report:
    """What the import of several papers did, as the report file says it."""

    files: int = 0
    found: int = 0
    imported: int = 0
    duplicates: int = 0
    held: int = 0
    images: set[str] = field(default_factory=set)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def add(self, plan: Plan) -> None:
        self.files += 1
        self.found += plan.found
        self.imported += plan.imported
        self.duplicates += plan.duplicates
        self.held += plan.count(Outcome.HELD)
        folder = Path(plan.paper.name).parent
        self.images |= {str(folder / image) for entry in plan.entries for image in entry.parsed.images}
        self.problems += plan.problem_lines()

    def add_refusal(self, name: str, error: HocLieuError) -> None:
        self.files += 1
        message = {"file": name, "place": "", "question": "", "code": "unreadable-file", "message": str(error)}
        self.problems.append(message)

    def as_json(self) -> dict[str, Any]:
        return {
            "files": self.files,
            "found": self.found,
            "imported": self.imported,
            "duplicates": self.duplicates,
            "held": self.held,
            "images": len(self.images),
            "problems": self.problems,
        }


@click.command("questions")
@click.argument("paths", nargs=-1, required=True)
@click.option("--subject", help="Subject slug; needed unless the folder of a paper is named by it.")
@click.option("--grade", type=click.IntRange(1, 12), help="Grade of all questions.")
@click.option(
    "--programme", help="Programme id. Without it: ct-2006 for a year before 2025 in the file name, else gdpt-2018."
)
@click.option("--licence", default="", help="Licence id of all questions.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; store nothing.")
@click.option("--publish", is_flag=True, help="Publish at once what no doubt holds back.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the report as JSON.")
def import_questions(
    paths: tuple[str, ...],
    subject: str | None,
    grade: int | None,
    programme: str | None,
    licence: str,
    dry_run: bool,
    publish: bool,
    report: Path | None,
) -> None:
    """Import plain-text papers (.txt) from files, folders or glob patterns."""
    check_names(subject, programme)
    services = open_product()
    done = Report()
    banks: dict[str, Bank] = {}
    files = list(papers_in(paths))
    with click.progressbar(files, label="Importing", item_show_func=lambda path: path.name if path else "") as bar:
        for path in bar:
            try:
                paper = read_paper(path, subject, grade, programme, licence)
                done.add(import_one(services, paper, path, banks, dry_run=dry_run, publish=publish))
            except HocLieuError as error:
                done.add_refusal(label_of(path), error)
    if publish and not dry_run:
        follow_changes(services)
    if report:
        report.write_text(json.dumps(done.as_json(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    say(done, dry_run=dry_run)


def check_names(subject: str | None, programme: str | None) -> None:
    if subject is not None:
        curriculum().get_subject(subject)
    if programme is not None:
        curriculum().get_programme(programme)


def papers_in(paths: Sequence[str]) -> Iterator[Path]:
    """The papers that the arguments mean: files, the ``.txt`` files below folders, and what patterns match.

    Raises:
        Invalid: an argument means nothing.
    """
    for argument in paths:
        path = Path(argument)
        if path.is_dir():
            found = sorted(path.rglob("*.txt"))
        else:
            found = [path] if path.is_file() else sorted(map(Path, glob.glob(argument, recursive=True)))  # noqa: PTH207 - absolute patterns too
        if not found:
            raise Invalid("Không thấy tệp nào ở {path}.", path=argument)
        yield from (file for file in found if file.is_file())


def label_of(path: Path) -> str:
    """How reports and sources name a paper: its folder and its name."""
    folder = path.resolve().parent.name
    return f"{folder}/{path.name}" if folder else path.name


def read_paper(path: Path, subject: str | None, grade: int | None, programme: str | None, licence: str) -> Paper:
    folder = path.resolve().parent.name
    chosen = subject or (folder if curriculum().find_subject(folder) else None)
    if chosen is None:
        raise Invalid("Không biết {name} thuộc môn nào: hãy thêm --subject.", name=path.name)
    placement = Placement(chosen, programme or programme_of(path.name), grade)
    return Paper(label_of(path), decode_paper(path.read_bytes(), path.name), placement, licence)


def import_one(
    services: Services, paper: Paper, path: Path, banks: dict[str, Bank], *, dry_run: bool, publish: bool
) -> Plan:
    """One paper in one transaction, so that an import that is stopped can be started again."""

    def find_image(target: str) -> bytes | None:
        return image_beside(path, target)

    with one_session(services, writes=not dry_run) as session:
        bank = bank_of(session, paper.placement.subject, banks)
        if dry_run:
            plan = preview_paper(session, SYSTEM, paper, find_image, known=bank)
            bank.update(plan.known_after())
            return plan
        plan, _made = import_paper(
            session, SYSTEM, paper, find_image, store=services.store, now=now(), known=bank, publish=publish
        )
        return plan


def bank_of(session: Session, subject: str, banks: dict[str, Bank]) -> Bank:
    if subject not in banks:
        banks[subject] = known_questions(session, subject)
    return banks[subject]


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
    codes = Counter(found["code"] for found in done.problems)
    for code, count in codes.most_common():
        click.echo(f"  {count:5}  {code}")
