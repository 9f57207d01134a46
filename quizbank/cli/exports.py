"""``hoclieu export questions``: a selection of the bank, or a quiz, in any format."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import click
from sqlalchemy.orm import Session

from quizbank.cli.context import one_session, open_product
from quizbank.permissions import EXPORT_QUESTIONS
from quizbank.questions.descriptions import json_of
from quizbank.questions.exporting import filter_of, questions_of_bank, questions_of_versions, write_export
from quizbank.questions.formats.writers import WRITERS, get_writer
from quizbank.questions.formats.writing import Loss
from quizbank.questions.models import QuestionVersion
from quizbank.questions.queries import QuestionFilter, QuestionRow, every_question
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.queries import paper_of, versions_of
from repository.errors import Invalid, NotFound
from repository.permissions import SYSTEM
from repository.services import Services


@click.command("questions")
@click.option("--format", "form", type=click.Choice([one.id for one in WRITERS]), default="json", show_default=True)
@click.option("-o", "--output", type=click.File("wb"), required=True, help="File to write; - for standard output.")
@click.option("--query", default="", help="Only these: words, môn:toán, lớp:12, … as in the search field.")
@click.option("--quiz", "quiz_id", type=int, help="The questions of this quiz, in its order.")
@click.option("--subject", default="", help="Only this subject.")
@click.option("--grade", type=click.IntRange(1, 12), help="Only this grade.")
@click.option("--state", type=click.Choice(["draft", "in-review", "published", "withdrawn"]), help="Only this state.")
def export_questions(
    form: str,
    output: BinaryIO,
    query: str,
    quiz_id: int | None,
    subject: str,
    grade: int | None,
    state: str | None,
) -> None:
    """Write questions with keys and explanations, and say what the format can't hold.

    JSON is an array with one object a line, ordered by id, so that it can be read as a whole or line by line.
    """
    EXPORT_QUESTIONS.require(SYSTEM)
    if quiz_id is not None and (query or subject or grade or state):
        raise Invalid("Chọn hoặc --quiz, hoặc một điều kiện lọc.")
    services = open_product()
    wanted = wanted_from(query, subject, grade, state)
    losses: tuple[Loss, ...] = ()
    with one_session(services, writes=False) as session:
        if form == "json" and quiz_id is None:
            count = write_json(every_question(session, wanted, SYSTEM), output)
        else:
            count, losses = write_format(session, services, form, wanted, quiz_id, output)
    name = Path(output.name).name if output.name != "<stdout>" else "-"
    click.echo(f"{count} questions written to {name}.", err=True)
    for loss in losses:
        click.echo(f"  {loss.identifier}: {loss.problem}", err=True)


def wanted_from(query: str, subject: str, grade: int | None, state: str | None) -> QuestionFilter:
    """The filter that the options mean together; an option wins over the query."""
    wanted = filter_of(query) if query else QuestionFilter()
    return replace(wanted, subject=subject or wanted.subject, grade=grade or wanted.grade, state=state or wanted.state)


def write_format(
    session: Session, services: Services, form: str, wanted: QuestionFilter, quiz_id: int | None, output: BinaryIO
) -> tuple[int, tuple[Loss, ...]]:
    if quiz_id is None:
        title, questions = "Học Liệu", questions_of_bank(session, SYSTEM, wanted)
    else:
        quiz, versions = quiz_and_versions(session, quiz_id)
        title, questions = quiz.title, questions_of_versions(versions)
    return write_export(title, questions, get_writer(form), output, store=services.store)


def quiz_and_versions(session: Session, quiz_id: int) -> tuple[Quiz, list[QuestionVersion]]:
    """A quiz with its questions in order.

    Raises:
        NotFound: there is none.
    """
    quiz = session.get(Quiz, quiz_id)
    if quiz is None or quiz.deleted_at is not None:
        raise NotFound("Không có đề này.")
    return quiz, [item.version for item in paper_of(quiz, versions_of(session, quiz))]


def write_json(rows: Iterable[QuestionRow], output: BinaryIO) -> int:
    count = 0
    output.write(b"[")
    for count, line in enumerate(_lines(rows), start=1):
        output.write((b"\n" if count == 1 else b",\n") + line)
    output.write(b"\n]\n")
    return count


def _lines(rows: Iterable[QuestionRow]) -> Iterator[bytes]:
    for row in rows:
        yield json.dumps(json_of(row), ensure_ascii=False).encode()
