"""``hoclieu quiz``: papers from matrices."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from quizbank.cli.context import now, one_session, open_product
from quizbank.cli.papers import quiz_papers
from quizbank.matrices.matrix_file import parse_matrix
from quizbank.matrices.rules import Cell
from quizbank.questions.rulings import NO_RULINGS
from quizbank.quizzes import actions
from quizbank.quizzes.descriptions import quiz_data, short_cells, short_cells_data
from quizbank.quizzes.queries import versions_of
from quizbank.quizzes.selection import PoolTooSmall
from repository.errors import HocLieuError, Invalid
from repository.permissions import SYSTEM

ITEM = ("position", "part", "number", "cell", "marks", "question_id", "version", "type")


@click.group()
def quiz() -> None:
    """Papers built from exam matrices."""


quiz.add_command(quiz_papers)


@quiz.command("build")
@click.option("--matrix", "path", required=True, type=click.Path(path_type=Path), help="A matrix file (JSON).")
@click.option("--seed", required=True, type=int, help="The same bank, matrix and seed give the same paper.")
@click.option("--title", default="", help="Default: the title of the matrix.")
@click.option("--json", "as_json", is_flag=True, help="Print the paper, or what is wrong, as JSON.")
def build_quiz(path: Path, seed: int, title: str, as_json: bool) -> None:
    """Build a paper that fills the matrix; where the bank is too small, list every short cell and exit with 1."""
    cells: tuple[Cell, ...] = ()
    try:
        matrix = parse_matrix(read(path))
        cells = matrix.cells
        with one_session(open_product()) as session:
            built = actions.build_quiz(session, SYSTEM, matrix, title=title, seed=seed, now=now())
            data = quiz_data(built, versions_of(session, built), NO_RULINGS, with_keys=False)
    except HocLieuError as error:
        report(error, cells, as_json)
        sys.exit(1)
    show(data, as_json)


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid("Không đọc được tệp {path}.", path=path) from error


def show(data: dict[str, Any], as_json: bool) -> None:
    items = [{name: item[name] for name in ITEM} for item in data["items"]]
    if as_json:
        click.echo(json.dumps({**data, "items": items}, ensure_ascii=False, indent=1))
        return
    click.echo(f"Quiz {data['id']}: {data['title']} ({len(items)} questions, seed {data['seed']})")
    for item in items:
        place = f"{item['position']:>3}. part {item['part']}, cell {item['cell']}"
        click.echo(f"{place}: question {item['question_id']}, version {item['version']}, marks {item['marks']}")


def report(error: HocLieuError, cells: tuple[Cell, ...], as_json: bool) -> None:
    """What is wrong, cell by cell: JSON on standard output, or lines on standard error."""
    facts = dict(error.facts)
    lines = [f"{place}: {'; '.join(messages)}" for place, messages in facts.get("fields", {}).items()]
    if isinstance(error, PoolTooSmall):
        facts["short"] = short_cells_data(error, cells)
        lines = [
            f"cells[{one.number}] {one.cell.topic or '*'} / {one.cell.level or '*'} / {one.cell.type}: "
            f"needs {one.cell.count}, the bank has {one.available}"
            for one in short_cells(error, cells)
        ]
    if as_json:
        click.echo(json.dumps({"error": error.code, "message": str(error), **facts}, ensure_ascii=False, default=str))
        return
    click.echo(f"hoclieu: {error}", err=True)
    for line in lines:
        click.echo(f"  {line}", err=True)
