"""Known items of the real papers: ``python -m tests.quality.real_papers`` prints every class and what failed in it.

Questions are drawn by chance (seeded) from those that have words enough; each gives one query of every
class. Questions that say the same, options included, count as one item: either may be found.
"""

import argparse
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from repository.search.embedded.index import WhooshIndex
from repository.search.engine import SearchIndex
from repository.search.quality import Judged, Key, Outcome, evaluate, scores_of
from repository.search.text import words_of
from tests.benchmarks.search.papers import RealQuestion, real_documents, real_questions
from tests.quality.known_items import MAKERS, SPOILERS, chunk, has_enough, some_part, without_marks

SEED = 7
SAMPLE = 400
SOLUTION = "solution words"
UNSPOILT = "spelt right"


def index_of_papers(folder: Path) -> WhooshIndex:
    index = WhooshIndex(folder)
    index.rebuild(real_documents())
    return index


def drawn(sample: int = SAMPLE) -> list[RealQuestion]:
    fitting = [question for question in real_questions() if has_enough(question.stem)]
    return Random(f"items {SEED}").sample(fitting, min(sample, len(fitting)))


def likeness(question: RealQuestion) -> tuple[str, ...]:
    """Equal for questions that are the same to a reader, whatever their capitals, marks, spaces and order."""
    texts = (question.passage, question.stem, *sorted(question.options))
    return tuple(" ".join(word.folded for word in words_of(text)) for text in texts)


def alike() -> dict[int, dict[Key, float]]:
    """Question id -> the documents that are this question."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for question in real_questions():
        groups.setdefault(likeness(question), []).append(question.id)
    return {id: {("question", other): 1.0 for other in ids} for ids in groups.values() for id in ids}


def known_item_queries(items: Sequence[RealQuestion]) -> Iterator[Judged]:
    """Every class as typed with an input method, and without."""
    same = alike()
    for name, maker in MAKERS.items():
        chance = Random(f"{name} {SEED}")
        for item in items:
            query = maker(chance, item.stem)
            yield Judged(query, "question", same[item.id], name)
            yield Judged(without_marks(query), "question", same[item.id], f"{name}, no marks")
    chance = Random(f"{SOLUTION} {SEED}")
    for item in items:
        if has_enough(item.explanation):
            query = chunk(chance, item.explanation)
            yield Judged(query, "question", same[item.id], SOLUTION)
            yield Judged(without_marks(query), "question", same[item.id], f"{SOLUTION}, no marks")


def typo_queries(items: Sequence[RealQuestion]) -> Iterator[Judged]:
    """Parts of stems with one slip of every kind; and as they ought to be, which no speller can do better than."""
    same = alike()
    for name, spoil in SPOILERS.items():
        chance = Random(f"{name} {SEED}")
        for item in items:
            yield Judged(spoil(chance, some_part(chance, item.stem)), "question", same[item.id], name)
    chance = Random(f"{UNSPOILT} {SEED}")
    for item in items:
        yield Judged(some_part(chance, item.stem), "question", same[item.id], UNSPOILT)


def by_group(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.judged.group, []).append(outcome)
    return groups


def mean_mrr(groups: dict[str, list[Outcome]], *, with_solutions: bool) -> float:
    """The mean over the classes, each of which counts the same."""
    chosen = [scores_of(some).mrr for name, some in groups.items() if with_solutions or not name.startswith(SOLUTION)]
    return sum(chosen) / len(chosen)


def typo_recall(groups: dict[str, list[Outcome]]) -> float:
    return sum(scores_of(groups[name]).recall for name in SPOILERS) / len(SPOILERS)


def ask_known_items(index: SearchIndex, items: Sequence[RealQuestion]) -> dict[str, list[Outcome]]:
    """Solutions are searched as an editor or a reviewer does, everything else as anybody."""
    judged = list(known_item_queries(items))
    public = [one for one in judged if not one.group.startswith(SOLUTION)]
    private = [one for one in judged if one.group.startswith(SOLUTION)]
    return by_group([*evaluate(index.find, public), *evaluate(index.find, private, sees_explanations=True)])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.real_papers", description=__doc__)
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--misses", type=int, default=0, help="failing queries to show of every class")
    given = parser.parse_args()
    items = drawn(given.sample)
    stems = {question.id: question for question in real_questions()}
    with tempfile.TemporaryDirectory(prefix="hoclieu-quality-") as folder:
        started = time.perf_counter()
        index = index_of_papers(Path(folder))
        print(f"{index.state().documents:,} questions indexed in {time.perf_counter() - started:.1f} s\n")
        known = ask_known_items(index, items)
        show(known, given.misses, stems)
        print(f"known items: MRR {mean_mrr(known, with_solutions=True):.4f},", end=" ")
        print(f"without solutions {mean_mrr(known, with_solutions=False):.4f}\n")
        typos = by_group(evaluate(index.find, typo_queries(items)))
        show(typos, given.misses, stems)
        print(f"typos: recall@10 {typo_recall(typos):.4f}")


def show(groups: dict[str, list[Outcome]], misses: int, stems: dict[int, RealQuestion]) -> None:
    print("| class | queries | MRR | recall@10 | nDCG@10 |\n|---|---|---|---|---|")
    for name, outcomes in groups.items():
        scores = scores_of(outcomes)
        print(f"| {name} | {scores.queries} | {scores.mrr:.3f} | {scores.recall:.3f} | {scores.ndcg:.3f} |")
    print()
    for name, outcomes in groups.items():
        for outcome in [one for one in outcomes if one.rank is None][:misses]:
            wanted = stems[next(iter(outcome.judged.relevant))[1]]
            first = stems[outcome.hits[0][1]].stem if outcome.hits else "-"
            query = unicodedata.normalize("NFC", outcome.judged.query)
            print(f"[{name}] {query}\n    wanted: {wanted.stem[:150]}\n    first:  {first[:150]}")


if __name__ == "__main__":
    main()
