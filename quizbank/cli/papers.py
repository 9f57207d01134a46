"""``hoclieu quiz papers``: the papers of a quiz as files in a folder."""

import json
from pathlib import Path

import click
from sqlalchemy.orm import Session

from quizbank.cli.context import now, one_session, open_product
from quizbank.cli.exports import whole_file
from quizbank.cli.progress import ProgressLine
from quizbank.matrices.rules import PARTS
from quizbank.questions.rules import QuestionType
from quizbank.quizzes.codes import codes_from
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.papers import builds
from quizbank.quizzes.papers.bundle import README, Materials, count_files, files_of, readme
from quizbank.quizzes.papers.materials import materials_of
from quizbank.quizzes.papers.wishes import Wish, forms_from
from repository.accounts.models import Person
from repository.accounts.queries import actor_of
from repository.errors import NotFound
from repository.permissions import SYSTEM, Actor
from repository.services import Services

FORMATS, ESSAY_FORMATS = "pdf,docx,keys", "pdf,docx"
ESSAY_PART = PARTS[QuestionType.ESSAY]


@click.command("papers")
@click.argument("quiz_id", metavar="QUIZ", type=int)
@click.option("--codes", default="", help="101-124, or 101,203; those missing are made. Default: all the quiz has.")
@click.option("--format", "forms", help="Of pdf, docx, html, keys, sheet. Default: pdf, docx, and keys if it has any.")
@click.option("-o", "--output", "folder", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--solutions", is_flag=True, help="A booklet of solutions beside every paper.")
@click.option("--large-print", is_flag=True, help="Every paper once more in 18 pt.")
@click.option("--candidate-digits", type=click.Choice(["6", "8"]), default="6", help="Of the answer sheet.")
@click.option("--code-digits", type=click.Choice(["3", "4"]), help="Of the answer sheet. Default: as the codes have.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def quiz_papers(
    quiz_id: int,
    codes: str,
    forms: str | None,
    folder: Path,
    solutions: bool,
    large_print: bool,
    candidate_digits: str,
    code_digits: str | None,
    as_json: bool,
) -> None:
    """Write the papers of a quiz: De-101.pdf and so on, keys and solutions in folders of their own.

    Codes that the quiz does not have yet are made and kept. Every file appears whole or not at all; the same quiz
    gives the same bytes.
    """
    services = open_product()
    wanted = codes_from(codes) if codes.strip() else ()
    with one_session(services) as session:
        quiz, actor = quiz_and_maker(session, quiz_id)
        builds.with_codes(session, actor, quiz_id, wanted, now=now())
        wanted = wanted or tuple(builds.places_of(session, quiz))
        digits = int(code_digits) if code_digits else min(max(map(len, wanted), default=3), 4)
        forms = forms or (FORMATS if any(item.part != ESSAY_PART for item in quiz.items) else ESSAY_FORMATS)
        wish = Wish(wanted, forms_from(forms.split(",")), solutions, large_print, int(candidate_digits), max(digits, 3))
        materials = checked_materials(session, services, actor, quiz, wish)
        title = quiz.title
    written = write_files(materials, wish, folder, title, is_quiet=as_json)
    tell(written, folder, materials.losses, as_json)


def quiz_and_maker(session: Session, quiz_id: int) -> tuple[Quiz, Actor]:
    """The quiz, and as whom the command acts: its maker, or the system for one that a command built.

    Raises:
        NotFound: there is no such quiz.
    """
    quiz = session.get(Quiz, quiz_id)
    if quiz is None or quiz.deleted_at is not None:
        raise NotFound("Không có đề này.")
    maker = session.get(Person, quiz.created_by_id) if quiz.created_by_id else None
    return quiz, actor_of(maker) if maker else SYSTEM


def checked_materials(session: Session, services: Services, actor: Actor, quiz: Quiz, wish: Wish) -> Materials:
    session.expire(quiz)
    printable = builds.printable_quiz(session, actor, quiz.id, wish)
    return materials_of(session, actor, printable, wish, store=services.store)


def write_files(materials: Materials, wish: Wish, folder: Path, title: str, *, is_quiet: bool) -> list[Path]:
    """Write every file under the folder; returns their paths in it."""
    total = count_files(wish)
    line = ProgressLine(lambda done: f"{done} of {total} files written", is_quiet=is_quiet)
    written: list[Path] = []
    for one in files_of(materials, wish):
        write(folder / one.name, one.data)
        written.append(Path(one.name))
        line.look(len(written))
    line.end()
    write(folder / README, readme(title, [path.as_posix() for path in written], materials.losses).encode())
    return written


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(str(path)) as file:
        file.write(data)


def tell(written: list[Path], folder: Path, losses: list[str], as_json: bool) -> None:
    if as_json:
        names = [path.as_posix() for path in written]
        click.echo(json.dumps({"folder": str(folder), "files": names, "losses": losses}, ensure_ascii=False, indent=1))
        return
    click.echo(f"{len(written)} files written to {folder}.")
    for loss in losses:
        click.echo(f"  {loss}", err=True)
