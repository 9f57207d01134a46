"""``hoclieu export questions``: a selection of the bank, or a quiz, in any format."""

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

import click
from sqlalchemy.orm import Session

from quizbank.cli.context import one_session, open_product
from quizbank.cli.progress import ProgressLine
from quizbank.permissions import EXPORT_QUESTIONS
from quizbank.questions.exporting import (
    Counted,
    LossFile,
    Named,
    count_in_bank,
    filter_of,
    questions_of_bank,
    write_export,
)
from quizbank.questions.formats.writers import WRITERS, get_writer
from quizbank.questions.formats.writing import Losses
from quizbank.questions.queries import QuestionFilter
from quizbank.quizzes.exporting import questions_of_quiz
from quizbank.quizzes.models import Quiz
from repository.errors import Invalid, NotFound
from repository.permissions import SYSTEM

SAID_LOSSES = 50


@click.command("questions")
@click.option("--format", "form", type=click.Choice([one.id for one in WRITERS]), default="json", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False), required=True, help="File; - for standard output.")
@click.option("--query", default="", help="Only these: words, môn:toán, lớp:12, … as in the search field.")
@click.option("--quiz", "quiz_id", type=int, help="The questions of this quiz, in its order.")
@click.option("--subject", default="", help="Only this subject.")
@click.option("--grade", type=click.IntRange(1, 12), help="Only this grade.")
@click.option("--state", type=click.Choice(["draft", "in-review", "published", "withdrawn"]), help="Only this state.")
@click.option("--losses", type=click.Path(dir_okay=False, path_type=Path), help="Write all losses here, as JSON lines.")
def export_questions(
    form: str,
    output: str,
    query: str,
    quiz_id: int | None,
    subject: str,
    grade: int | None,
    state: str | None,
    losses: Path | None,
) -> None:
    """Write questions with keys and explanations, and say what the format can't hold.

    The file appears when it is whole. JSON is an array with one object a line, which `hoclieu import` reads again.
    """
    EXPORT_QUESTIONS.require(SYSTEM)
    if quiz_id is not None and (query or subject or grade or state):
        raise Invalid("Chọn hoặc --quiz, hoặc một điều kiện lọc.")
    services = open_product()
    wanted = wanted_from(query, subject, grade, state)
    with one_session(services, writes=False) as session, tempfile.TemporaryFile() as lost, whole_file(output) as file:
        found = LossFile(lost)
        title, total, questions = chosen(session, wanted, quiz_id, found)
        if total == 0 and form != "json":
            raise Invalid("Không có câu hỏi nào để xuất.")
        line = ProgressLine(lambda done: f"{done} of {total} questions written")
        counted = Counted(questions, line.look)
        count = write_export(title, counted, get_writer(form), file, found, store=services.store)
        line.end()
        say(count, output, found, losses)


def wanted_from(query: str, subject: str, grade: int | None, state: str | None) -> QuestionFilter:
    """The filter that the options mean together; an option wins over the query."""
    wanted = filter_of(query) if query else QuestionFilter()
    return replace(wanted, subject=subject or wanted.subject, grade=grade or wanted.grade, state=state or wanted.state)


def chosen(
    session: Session, wanted: QuestionFilter, quiz_id: int | None, losses: Losses
) -> tuple[str, int, Iterable[Named]]:
    """Title, number and questions of the quiz, or of what the filter finds.

    Raises:
        NotFound: there is no such quiz.
    """
    if quiz_id is None:
        return "Học Liệu", count_in_bank(session, SYSTEM, wanted), questions_of_bank(session, SYSTEM, wanted, losses)
    quiz = session.get(Quiz, quiz_id)
    if quiz is None or quiz.deleted_at is not None:
        raise NotFound("Không có đề này.")
    return quiz.title, len(quiz.items), questions_of_quiz(session, quiz, losses)


@contextmanager
def whole_file(name: str) -> Iterator[BinaryIO]:
    """A file that takes its name when it is written to the end; a command that is killed leaves what was there."""
    if name == "-":
        yield sys.stdout.buffer
        return
    path = Path(name)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            yield cast(BinaryIO, file)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o666 & ~current_umask())
            Path(file.name).replace(path)
        finally:
            Path(file.name).unlink(missing_ok=True)


def current_umask() -> int:
    """What the surroundings take from the rights of new files; it can be read only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def say(count: int, output: str, found: LossFile, losses: Path | None) -> None:
    click.echo(f"{count} questions written to {Path(output).name}.", err=True)
    for loss in islice(found, SAID_LOSSES):
        click.echo(f"  {loss.identifier}: {loss.problem}", err=True)
    if found.count > SAID_LOSSES:
        click.echo(f"  and {found.count - SAID_LOSSES} more; --losses FILE names them all.", err=True)
    if losses is not None:
        found.file.seek(0)
        losses.write_bytes(found.file.read())
