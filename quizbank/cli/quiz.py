"""``hoclieu quiz``: papers from matrices."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from quizbank.cli.context import now, one_session, open_product
from quizbank.cli.papers import quiz_papers
from quizbank.matrices.exchange.files import FORMATS, matrix_in
from quizbank.matrices.matrix_file import parse_matrix
from quizbank.matrices.rules import Cell, Matrix
from quizbank.questions.rulings import NO_RULINGS
from quizbank.quizzes.assembly.feasibility import check_feasible
from quizbank.quizzes.assembly.papers import TargetsOutOfReach
from quizbank.quizzes.assembly.relaxations import Request, applied
from quizbank.quizzes.assembly.targets import Targets, targets_from
from quizbank.quizzes.building import build_forms
from quizbank.quizzes.descriptions import quiz_data, short_cells, short_cells_data
from quizbank.quizzes.estimates import estimates_of, predict
from quizbank.quizzes.models import Quiz
from quizbank.quizzes.queries import versions_of
from quizbank.quizzes.selection import PoolTooSmall
from repository.curriculum.queries import curriculum
from repository.errors import HocLieuError, Invalid
from repository.permissions import SYSTEM

ITEM = ("position", "part", "number", "cell", "marks", "question_id", "version", "type")


@click.group()
def quiz() -> None:
    """Papers built from exam matrices."""


quiz.add_command(quiz_papers)


@quiz.command("build")
@click.option("--matrix", "path", required=True, type=click.Path(path_type=Path), help="A matrix: JSON, Excel or Word.")
@click.option("--seed", required=True, type=int, help="The same bank, matrix, targets and seed give the same paper.")
@click.option("--title", default="", help="Default: the title of the matrix.")
@click.option("--forms", default=1, show_default=True, help="So many papers of different questions.")
@click.option("--difficulty", type=float, help="The expected share of the marks, 0 to 1.")
@click.option("--tolerance", type=float, help="How far the share may be off; 0.02 unless told.")
@click.option("--unused-since", metavar="DATE", help="Nothing that stood in your quizzes since then (2026-09-05).")
@click.option("--targets", "aims", type=click.Path(path_type=Path), help="Targets as JSON; see docs/assembly.md.")
@click.option("--relax", "keys", multiple=True, help="A relaxation that a refusal offered; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the paper, or what is wrong, as JSON.")
def build_quiz(path: Path, seed: int, title: str, forms: int, aims: Path | None, as_json: bool, **told: Any) -> None:
    """Build a paper that fills the matrix and meets the targets, or several forms of it.

    Where the bank is too small, list every short cell and the fewest changes that help, and exit with 1.
    """
    asked: Request | None = None
    try:
        keys = told.pop("keys")
        asked = applied(Request(matrix_from(path), aimed_at(aims, told), forms), keys)
        with one_session(open_product()) as session:
            try:
                built = build_forms(
                    session, SYSTEM, asked.matrix, asked.targets, title=title, seed=seed, now=now(), forms=asked.forms
                )
            except (PoolTooSmall, TargetsOutOfReach) as error:
                report(error, asked.matrix.cells, as_json, check_feasible_for(session, asked))
                sys.exit(1)
            data = [data_of_form(session, one) for one in built]
    except HocLieuError as error:
        report(error, asked.matrix.cells if asked else (), as_json)
        sys.exit(1)
    show(data, as_json)


def matrix_from(path: Path) -> Matrix:
    """The matrix of a file.

    Raises:
        Invalid: it can't be read, or says something that is no matrix; every such place is named.
    """
    if path.suffix.lower().removeprefix(".") not in FORMATS:
        return parse_matrix(read(path))
    if not path.is_file():
        raise Invalid("Không đọc được tệp {path}.", path=path)
    imported = matrix_in(path, path.name, curriculum())
    wrong = [*map(str, imported.doubts), *(f"{place}: {text}" for place, text in imported.problems(curriculum()))]
    if wrong:
        raise Invalid("Ma trận trong tệp có chỗ chưa đúng. {problems}", problems=" ".join(wrong))
    return imported.matrix


def check_feasible_for(session: Session, asked: Request) -> dict[str, Any]:
    return check_feasible(session, SYSTEM, asked.matrix, asked.targets, forms=asked.forms).to_data()


def aimed_at(path: Path | None, told: dict[str, Any]) -> Targets:
    """Targets from a file, and over them those of the command line."""
    try:
        data = json.loads(read(path)) if path else {}
    except ValueError as error:
        raise Invalid("Yêu cầu của đề phải là một đối tượng JSON.") from error
    given = {name: value for name, value in told.items() if value is not None}
    return targets_from({**data, **given} if isinstance(data, dict) else data)


def data_of_form(session: Session, built: Quiz) -> dict[str, Any]:
    """A paper as data, with what it is expected to bring."""
    versions = versions_of(session, built)
    estimates = estimates_of(session, [one.question_id for one in versions.values()])
    marks = [(estimates[versions[item.question_version_id].question_id], item.marks) for item in built.items]
    expected = {name: round(value, 2) for name, value in vars(predict(marks)).items()}
    return {**quiz_data(built, versions, NO_RULINGS, with_keys=False), "prediction": expected}


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid("Không đọc được tệp {path}.", path=path) from error


def show(forms: list[dict[str, Any]], as_json: bool) -> None:
    """The first form, and beside it, where there are several, all of them."""
    papers = [{**data, "items": [{name: item[name] for name in ITEM} for item in data["items"]]} for data in forms]
    if as_json:
        more = {"forms": papers} if len(papers) > 1 else {}
        click.echo(json.dumps({**papers[0], **more}, ensure_ascii=False, indent=1))
        return
    for data in papers:
        items, expected = data["items"], data["prediction"]
        click.echo(f"Quiz {data['id']}: {data['title']} ({len(items)} questions, seed {data['seed']})")
        share = f"{expected['mean']} of {expected['max_marks']:g} marks"
        click.echo(f"expected: {share}, {expected['minutes']:.0f} minutes")
        for item in items:
            place = f"{item['position']:>3}. part {item['part']}, cell {item['cell']}"
            click.echo(f"{place}: question {item['question_id']}, version {item['version']}, marks {item['marks']}")


def report(error: HocLieuError, cells: tuple[Cell, ...], as_json: bool, found: dict[str, Any] | None = None) -> None:
    """What is wrong, cell by cell, and what would help: JSON on standard output, or lines on standard error."""
    facts = dict(error.facts)
    lines = [f"{place}: {'; '.join(messages)}" for place, messages in facts.get("fields", {}).items()]
    if isinstance(error, PoolTooSmall):
        facts["short"] = short_cells_data(error, cells)
        lines = [
            f"cells[{one.number}] {one.cell.topic or '*'} / {one.cell.level or '*'} / {one.cell.type}: "
            f"needs {one.wanted}, the bank has {one.available}"
            for one in short_cells(error, cells)
        ]
    if found is not None:
        facts["relaxations"] = found["relaxations"]
        lines += [
            f"{one['goal']}: wants {one['low']:.3f} to {one['high']:.3f}, the nearest is {one['nearest']:.3f}"
            for one in found["goals"]
        ]
        lines += [f"would help: {one['message']}  --relax '{one['key']}'" for one in found["relaxations"]]
    if as_json:
        click.echo(json.dumps({"error": error.code, "message": str(error), **facts}, ensure_ascii=False, default=str))
        return
    click.echo(f"hoclieu: {error}", err=True)
    for line in lines:
        click.echo(f"  {line}", err=True)
