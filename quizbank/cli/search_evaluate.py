"""``hoclieu search evaluate``: how good the results are, by a file of judged queries."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import click

from quizbank.cli.context import open_product
from repository.errors import Invalid
from repository.search.quality import Outcome, Scores, evaluate, read_judged, scores_by_group, scores_of


@click.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--explanations", is_flag=True, help="Search explanations too, as editors and reviewers do.")
@click.option("--misses", type=click.IntRange(0), default=0, metavar="N", help="Show the first N queries that failed.")
@click.option("--json", "as_json", is_flag=True)
def evaluate_file(file: Path, explanations: bool, misses: int, as_json: bool) -> None:
    """Ask the judged queries of FILE; print MRR, recall and nDCG at ten, by group and together.

    A line is: query, kind (lecture, question, any), relevant ids, grade, group; parted by tabs.
    """
    judged = read_judged(text_of(file))
    outcomes = evaluate(open_product().search.find, judged, sees_explanations=explanations)
    groups, together = scores_by_group(outcomes), scores_of(outcomes)
    missed = [outcome for outcome in outcomes if outcome.rank is None][:misses]
    if as_json:
        facts = {
            **asdict(together),
            "groups": {name: asdict(scores) for name, scores in groups.items()},
            "misses": [{"line": outcome.judged.line, "query": outcome.judged.query} for outcome in missed],
        }
        click.echo(json.dumps(facts, ensure_ascii=False))
    else:
        click.echo("\n".join([*lines_of({**groups, "together": together}), *map(miss_of, missed)]))


def text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Invalid("{name} is not a text in UTF-8.", name=file.name) from None


def lines_of(groups: Mapping[str, Scores]) -> list[str]:
    width = max(map(len, groups))
    head = f"{'':<{width}}  queries    MRR  recall@10  nDCG@10"
    rows = (
        f"{name:<{width}}  {s.queries:7}  {s.mrr:.3f}  {s.recall:9.3f}  {s.ndcg:7.3f}" for name, s in groups.items()
    )
    return [head, *rows]


def miss_of(outcome: Outcome) -> str:
    found = ", ".join(f"{kind} {id}" for kind, id in outcome.hits[:3]) or "nothing"
    return f"line {outcome.judged.line}: {outcome.judged.query} -> {found}"
