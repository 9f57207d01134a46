"""``hoclieu questions``: look after the bank."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from quizbank.cli.context import one_session, open_product
from quizbank.questions.likeness_queries import Group, first_words, list_groups
from quizbank.questions.likeness_search import compare_bank


@click.group()
def questions() -> None:
    """Look after the question bank."""


@questions.command("duplicates")
@click.option("--json", "as_json", is_flag=True, help="Print the groups as JSON.")
def find_duplicates(as_json: bool) -> None:
    """Find questions that are nearly alike, and list those nobody has decided; disagreeing keys come first."""
    services = open_product()
    with (
        services.sessions() as session,
        click.progressbar(length=1, label="Comparing", show_pos=True, file=sys.stderr) as bar,
    ):

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        compared = compare_bank(session, show)
    with one_session(services, writes=False) as session:
        groups = list_groups(session)
        texts = first_words(session, sorted({id_ for group in groups for id_ in group.ids}))
        report = report_of(groups, texts, compared)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        print_report(report)


def report_of(groups: Sequence[Group], texts: Mapping[int, str], compared: int) -> dict[str, Any]:
    return {
        "compared": compared,
        "pairs": sum(len(group.pairs) for group in groups),
        "conflicts": sum(pair.is_conflict for group in groups for pair in group.pairs),
        "groups": [
            {
                "conflict": group.is_conflict,
                "questions": [{"id": id_, "text": texts.get(id_, "")} for id_ in group.ids],
                "pairs": [
                    {
                        "left": pair.left_id,
                        "right": pair.right_id,
                        "similarity": pair.similarity,
                        "conflict": pair.is_conflict,
                    }
                    for pair in group.pairs
                ],
            }
            for group in groups
        ],
    }


def print_report(report: Mapping[str, Any]) -> None:
    for group in report["groups"]:
        click.echo("Keys disagree:" if group["conflict"] else "Alike:")
        for one in group["questions"]:
            click.echo(f"  #{one['id']} {one['text']}")
        for pair in group["pairs"]:
            note = ", keys disagree" if pair["conflict"] else ""
            click.echo(f"  #{pair['left']} and #{pair['right']}: {pair['similarity']:.0%}{note}")
    click.echo(
        f"{report['compared']} questions compared; {report['pairs']} pairs wait for a person, "
        f"{report['conflicts']} of them with keys that disagree."
    )
