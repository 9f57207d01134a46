"""``python -m tests.benchmarks.variants``: 24 codes of graduation papers: time, and what any two have in common."""

import time
from itertools import combinations
from statistics import mean, median

import click

from quizbank.quizzes.shuffling import Item
from quizbank.quizzes.variants import deal_variants, sheet_of
from tests.quizbank.quizzes.test_dealing import CODES, a_paper

PAPERS = {"40 choices": (40, 0, 0), "12 + 4 + 6": (12, 4, 6), "18 + 4 + 6": (18, 4, 6), "24 + 4": (24, 4, 0)}
REPEATS = 7


@click.command()
def main() -> None:
    click.echo("paper            CPU ms   same key: mean  most   same question too: most")
    for name, counts in PAPERS.items():
        items = a_paper(*counts)
        keys, both = _common(items)
        click.echo(f"{name:15}{_cpu_ms(items):8.0f}{mean(keys):17.2f}{max(keys):6}{max(both):26}")


def _cpu_ms(items: list[Item]) -> float:
    """Median of several runs."""
    took = []
    for _ in range(REPEATS):
        start = time.process_time()
        deal_variants(items, 7, CODES)
        took.append(time.process_time() - start)
    return median(took) * 1000


def _common(items: list[Item]) -> tuple[list[int], list[int]]:
    sheets = [sheet_of(items, variant) for variant in deal_variants(items, 7, CODES)]
    keys, both = [], []
    for one, other in combinations(sheets, 2):
        same = {place for place, _ in one.keys.items() & other.keys.items()}
        keys.append(len(same))
        both.append(sum(one.questions[place] == other.questions[place] for place in same))
    return keys, both


if __name__ == "__main__":
    main()
