"""``hoclieu matrix``: is a matrix sound, and can the bank fill it; matrices from one format into another."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from quizbank.cli.context import one_session, open_product
from quizbank.cli.exports import whole_file
from quizbank.matrices.advice import advice_of
from quizbank.matrices.exchange.files import FORMATS, matrix_in
from quizbank.matrices.exchange.importing import Choices, ImportedMatrix
from quizbank.matrices.matrix_file import data_of
from quizbank.quizzes.assembly.feasibility import check_feasible
from repository.curriculum.queries import curriculum
from repository.errors import Invalid
from repository.permissions import SYSTEM

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SUBJECT = click.option("--subject", default="", help="Where the file does not name its subject.")
GRADE = click.option("--grade", type=int, help="Where the file does not name its grade.")


@click.group()
def matrix() -> None:
    """Exam matrices: matrix files (JSON), Excel and Word in the official layout."""


@matrix.command("check")
@click.argument("path", metavar="FILE", type=FILE)
@SUBJECT
@GRADE
@click.option("--json", "as_json", is_flag=True, help="Print everything that was found as JSON.")
def check_matrix(path: Path, subject: str, grade: int | None, as_json: bool) -> None:
    """Say what is wrong in FILE cell by cell, then whether the bank can fill it: every short cell with its amounts,
    and the fewest changes that help. Exits with 1 where no quiz can be built."""
    imported = matrix_in(path, path.name, curriculum(), Choices(subject, grade))
    found = findings(imported)
    is_well = not found["doubts"] and not found["problems"]
    if is_well:
        with one_session(open_product(), writes=False) as session:
            found["bank"] = check_feasible(session, SYSTEM, imported.matrix).to_data()
        is_well = found["bank"]["is_feasible"]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
    else:
        print_findings(found)
    sys.exit(0 if is_well else 1)


def findings(imported: ImportedMatrix) -> dict[str, Any]:
    """What a file says and what is wrong with it; ``bank`` is None until it is asked."""
    problems = imported.problems(curriculum())
    advice = [] if problems else advice_of(imported.matrix, curriculum())
    return {
        "matrix": data_of(imported.matrix),
        "doubts": [{"place": one.facts["place"], "message": str(one)} for one in imported.doubts],
        "problems": [{"place": place, "message": text} for place, text in problems],
        "advice": [{"code": one.code, "message": str(one)} for one in advice],
        "bank": None,
    }


def print_findings(found: dict[str, Any]) -> None:
    for one in found["doubts"]:
        click.echo(one["message"])
    for one in found["problems"]:
        click.echo(f"{one['place']}: {one['message']}")
    for one in found["advice"]:
        click.echo(f"advice: {one['message']}")
    bank = found["bank"]
    if bank is None:
        return
    for cell in bank["cells"]:
        if cell["wanted"] > cell["available"]:
            place = f"cells[{cell['cell']}] {cell['topic'] or '*'} / {cell['level'] or '*'} / {cell['type']}"
            click.echo(f"{place}: needs {cell['wanted']}, the bank has {cell['available']}")
    for one in bank["relaxations"]:
        click.echo(f"would help: {one['message']}")
    if bank["is_feasible"]:
        click.echo("The bank can fill this matrix.")


@matrix.command("convert")
@click.argument("path", metavar="FILE", type=FILE)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Ends in .xlsx, .docx or .json.",
)
@SUBJECT
@GRADE
def convert_matrix(path: Path, output: Path, subject: str, grade: int | None) -> None:
    """Write the matrix of FILE in another format."""
    imported = matrix_in(path, path.name, curriculum(), Choices(subject, grade))
    found = findings(imported)
    if found["doubts"] or found["problems"]:
        print_findings(found)
        sys.exit(1)
    ending = output.suffix.lower().removeprefix(".")
    if ending == "json":
        data = json.dumps(found["matrix"], ensure_ascii=False, indent=1).encode()
    elif ending in FORMATS:
        data = FORMATS[ending].write(imported.matrix, curriculum())
    else:
        raise Invalid("Ma trận xuất được ra xlsx, docx và json, không ra “{format}”.", format=output.suffix)
    with whole_file(str(output)) as file:
        file.write(data)
    click.echo(f"wrote {output}")
