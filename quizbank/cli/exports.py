"""``hoclieu export questions``: the bank as JSON, or as a plain-text paper."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import click

from quizbank.cli.context import one_session, open_product
from quizbank.permissions import EXPORT_QUESTIONS
from quizbank.questions.descriptions import json_of
from quizbank.questions.formats.text_writer import format_paper
from quizbank.questions.queries import QuestionFilter, QuestionRow, every_question
from repository.permissions import SYSTEM


@click.command("questions")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="json", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.File("w", encoding="utf-8"),
    required=True,
    help="File to write; - for standard output.",
)
@click.option("--subject", default="", help="Only this subject.")
@click.option("--grade", type=click.IntRange(1, 12), help="Only this grade.")
@click.option("--state", type=click.Choice(["draft", "in-review", "published", "withdrawn"]), help="Only this state.")
def export_questions(form: str, output: TextIO, subject: str, grade: int | None, state: str | None) -> None:
    """Write all questions with keys and explanations.

    JSON is an array with one object a line, ordered by id, so that it can be read as a whole or line by line.
    """
    EXPORT_QUESTIONS.require(SYSTEM)
    wanted = QuestionFilter(subject=subject, grade=grade, state=state or "")
    with one_session(open_product(), writes=False) as session:
        rows = every_question(session, wanted, SYSTEM)
        count = write_json(rows, output) if form == "json" else write_text(rows, output)
    name = Path(output.name).name if output.name != "<stdout>" else "-"
    click.echo(f"{count} questions written to {name}.", err=True)


def write_json(rows: Iterable[QuestionRow], output: TextIO) -> int:
    count = 0
    output.write("[")
    for count, line in enumerate(_lines(rows), start=1):
        output.write(("\n" if count == 1 else ",\n") + line)
    output.write("\n]\n")
    return count


def _lines(rows: Iterable[QuestionRow]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(json_of(row), ensure_ascii=False)


def write_text(rows: Iterable[QuestionRow], output: TextIO) -> int:
    contents = [row.version.content for row in rows]
    output.write(format_paper(contents))
    return len(contents)
