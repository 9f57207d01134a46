"""``hoclieu questions``: look after the bank."""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import IO, Any

import click

from quizbank.cli.database import open_database
from quizbank.questions.likeness_index import CROWD, MOST
from quizbank.questions.likeness_queries import Group, first_words, list_groups
from quizbank.questions.likeness_search import compare_bank


@click.group()
def questions() -> None:
    """Look after the question bank."""


@questions.command("duplicates")
@click.option("--json", "as_json", is_flag=True, help="Print the groups as JSON.")
def find_duplicates(as_json: bool) -> None:
    """Find questions that are nearly alike, and list those nobody has decided; disagreeing keys come first."""
    sessions = open_database()
    with (
        sessions() as session,
        click.progressbar(length=1, label="Comparing", show_pos=True, file=sys.stderr) as bar,
    ):

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        compared = compare_bank(session, show)
    with sessions() as session:
        groups = list_groups(session)
        texts = first_words(session, sorted({id_ for group in groups for id_ in group.ids}))
        report = report_of(groups, texts, compared)
    if as_json:
        write_json(report, sys.stdout)
    else:
        print_report(report)


def report_of(groups: Sequence[Group], texts: Mapping[int, str], compared: int) -> dict[str, Any]:
    return {
        "compared": compared,
        "pairs": sum(len(group.pairs) for group in groups),
        "conflicts": sum(pair.is_conflict for group in groups for pair in group.pairs),
        "most_listed": count_most_listed(groups),
        "limits": {"most_alike": MOST, "newest_of_a_kind": CROWD},
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


def count_most_listed(groups: Sequence[Group]) -> int:
    """How many questions have as many pairs as are kept for each at least: there may be more that are like them."""
    counts = Counter(id_ for group in groups for pair in group.pairs for id_ in (pair.left_id, pair.right_id))
    return sum(count >= MOST for count in counts.values())


def write_json(report: Mapping[str, Any], file: IO[str]) -> None:
    """The report as JSON, a group a line: indenting all of it takes as long as a third of the comparison."""
    lines = (json.dumps(group, ensure_ascii=False) for group in report["groups"])
    counts = {name: value for name, value in report.items() if name != "groups"}
    file.write(json.dumps(counts, ensure_ascii=False)[:-1] + ', "groups": [\n' + ",\n".join(lines) + "\n]}\n")


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
    if report["most_listed"]:
        click.echo(
            f"{report['most_listed']} questions have {MOST} pairs or more and may be like others that are not listed: "
            f"of each only the {MOST} most alike are kept, of the {CROWD} newest that resemble it, "
            "so that thousands made of one template don't fill the list (docs/duplicates.md)."
        )
