"""``hoclieu templates``: item templates from files, and questions from templates."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from quizbank.cli.context import now, one_session, open_product, run_pending_jobs
from quizbank.item_templates import actions, queries
from quizbank.item_templates.descriptions import fault_json, generation_json
from quizbank.item_templates.drafts import TemplateDraft, draft_of
from quizbank.item_templates.errors import TemplateError
from quizbank.item_templates.generating import LARGEST_NUMBER
from quizbank.item_templates.jobs import GENERATE, schedule_clones
from quizbank.item_templates.template_file import read_templates
from quizbank.item_templates.trying import Fault, fault_of, faults_in, try_out
from quizbank.questions.actions import placement_problems
from repository.curriculum.queries import curriculum
from repository.errors import Invalid
from repository.permissions import SYSTEM

FILES = click.Path(dir_okay=False, path_type=Path)


@click.group()
def templates() -> None:
    """Item templates: check their files, import them, generate questions."""


@templates.command("check")
@click.argument("paths", nargs=-1, required=True, type=FILES)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check_templates(paths: tuple[Path, ...], as_json: bool) -> None:
    """Read files of templates, draw from each, and say what is wrong where; exit with 1 if anything is."""
    report = [checked(place, draft, faults) for place, draft, faults in read_all(paths)]
    wrong = sum(bool(line["faults"]) for line in report)
    if as_json:
        click.echo(json.dumps({"templates": report, "wrong": wrong}, ensure_ascii=False, indent=1))
    else:
        for line in report:
            print_line(line, f"{line['different']} different questions in {line['draws']} draws")
    sys.exit(1 if wrong else 0)


@templates.command("import")
@click.argument("paths", nargs=-1, required=True, type=FILES)
@click.option("--json", "as_json", is_flag=True, help="Print what became of each template as JSON.")
def import_templates(paths: tuple[Path, ...], as_json: bool) -> None:
    """Keep the templates of files; one whose name is known becomes a new version of it. Exit with 1 if any is wrong."""
    services = open_product()
    report = []
    names: set[str] = set()
    for place, draft, faults in read_all(paths):
        line: dict[str, Any] = {"place": place, "name": draft.name if draft else "", "faults": faults}
        if draft is not None:
            found = everything_wrong(draft)
            if draft.name.strip() in names:
                found.append(Fault("name", "Tên này đã có ở một mẫu phía trên.", {}))
            names.add(draft.name.strip())
            line["faults"] = [fault_json(fault) for fault in found]
            if not line["faults"]:
                with one_session(services) as session:
                    template, became = actions.import_template(session, SYSTEM, draft, now=now(), is_checked=True)
                    line |= {"id": template.id, "version": template.last_number, "became": str(became)}
        report.append(line)
    wrong = sum(bool(line["faults"]) for line in report)
    if as_json:
        click.echo(json.dumps({"templates": report, "wrong": wrong}, ensure_ascii=False, indent=1))
    else:
        for line in report:
            print_line(line, f"#{line.get('id')}, version {line.get('version')}, {line.get('became')}")
    sys.exit(1 if wrong else 0)


@templates.command("generate")
@click.argument("template_id", type=int)
@click.option("--count", required=True, type=click.IntRange(1, actions.MOST_CLONES), help="How many questions.")
@click.option(
    "--from",
    "--seed",
    "first",
    type=click.IntRange(1, LARGEST_NUMBER),
    help="Exactly the numbers from here on: the same numbers give the same questions. "
    "Without it, new ones behind the last.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")
def generate_questions(template_id: int, count: int, first: int | None, as_json: bool) -> None:
    """Make questions of a template, as drafts; those that the bank has already are passed over."""
    services = open_product()
    with one_session(services) as session:
        generation = actions.order_clones(session, SYSTEM, template_id, count, first=first, now=now())
        schedule_clones(session, SYSTEM, generation, now=now())
        generation_id = generation.id
    run_pending_jobs(services, (GENERATE,))
    with one_session(services, writes=False) as session:
        generation = queries.get_generation(session, template_id, generation_id)
        version = queries.version_number(session, generation.template_version_id)
        data = generation_json(generation, version)
    if as_json:
        click.echo(json.dumps(data, indent=1))
        return
    click.echo(
        f"{data['made']} of {data['wanted']} questions made of template {template_id}, version {version}; "
        f"{data['known']} numbers were made before, {data['duplicates']} are in the bank already, "
        f"{data['unlucky']} gave none."
    )


def read_all(paths: Sequence[Path]) -> Iterator[tuple[str, TemplateDraft | None, list[dict[str, Any]]]]:
    """The templates of files, each with its place; a file that cannot be read as what is wrong with it."""
    for path in paths:
        try:
            read = read_templates(path.read_text(encoding="utf-8"))
        except TemplateError as error:
            yield str(path), None, [fault_json(fault_of(error))]
            continue
        except (OSError, UnicodeDecodeError) as error:
            raise Invalid("Không đọc được tệp {path}.", path=path) from error
        for number, new in enumerate(read, 1):
            yield f"{path}, template {number}", draft_of(new, curriculum()), []


def everything_wrong(draft: TemplateDraft) -> list[Fault]:
    """What is wrong with the draft and with its place in the curriculum."""
    placed = placement_problems(draft.placement)
    found = [Fault(field, message, {}) for field, messages in placed.items() for message in messages]
    return [*found, *faults_in(draft)]


def checked(place: str, draft: TemplateDraft | None, faults: list[dict[str, Any]]) -> dict[str, Any]:
    line = {"place": place, "name": draft.name if draft else "", "faults": faults, "draws": 0, "different": 0}
    if draft is None:
        return line
    found = everything_wrong(draft)
    trial = try_out(draft, 1, 1) if not found else None
    counts = {"draws": trial.draws, "different": trial.different} if trial else {}
    return {**line, **counts, "faults": [fault_json(fault) for fault in found]}


def print_line(line: dict[str, Any], result: str) -> None:
    name = f" {line['name']}" if line["name"] else ""
    if not line["faults"]:
        click.echo(f"{line['place']}:{name}: {result}")
    for fault in line["faults"]:
        place = f"{fault['field']}:{fault['line']}:{fault['column']}" if fault["line"] else fault["field"]
        click.echo(f"{line['place']}:{name}: {place}: {fault['message']}", err=True)
