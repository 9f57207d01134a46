"""The judged queries of our own library: found as well as they were, or better."""

from collections.abc import Iterator

import pytest

from repository.search.quality import Outcome, evaluate, read_judged, scores_by_group, scores_of
from repository.services import Services
from tests.quality.demo_library import build_library
from tests.quality.make import FOLDER, line_of, published_documents, question_queries, topical_queries

pytestmark = pytest.mark.slow

KNOWN_MRR, KNOWN_RECALL = 0.88, 0.97
TOPICAL_NDCG, TOPICAL_RECALL = 0.85, 0.825
"""A little below what was measured last on this library; raise them with it.

They belong to the library as much as to the engine: the same engine had 0.877 and 0.849 on the topics of the demo
before it had essays. The real papers, which no demo changes, hold the engine itself.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    services = build_library(tmp_path_factory.mktemp("library"))
    yield services
    services.search.close()
    services.engine.dispose()


def outcomes_of(library: Services, name: str) -> list[Outcome]:
    return evaluate(library.search.find, read_judged((FOLDER / name).read_text(encoding="utf-8")))


def test_the_library_is_the_one_that_was_judged(library: Services) -> None:
    """Another id, another word in the demo, and the files must be made anew: ``python -m tests.quality.make``."""
    documents = published_documents(library)
    for name, make in (("known-items.tsv", question_queries), ("topical.tsv", topical_queries)):
        kept = (FOLDER / name).read_text(encoding="utf-8").splitlines(keepends=True)
        assert {line_of(one) for one in make(documents)} <= set(kept)


def test_there_are_queries_enough_of_every_class() -> None:
    known = read_judged((FOLDER / "known-items.tsv").read_text(encoding="utf-8"))
    topical = read_judged((FOLDER / "topical.tsv").read_text(encoding="utf-8"))
    assert (len(known) >= 300, len(topical) >= 100) == (True, True)
    assert len({one.group for one in known}) == 17


def test_known_items_are_found(library: Services) -> None:
    outcomes = outcomes_of(library, "known-items.tsv")
    scores = scores_of(outcomes)
    assert (scores.mrr >= KNOWN_MRR, scores.recall >= KNOWN_RECALL) == (True, True), scores_by_group(outcomes)


def test_material_on_a_topic_is_found(library: Services) -> None:
    outcomes = outcomes_of(library, "topical.tsv")
    scores = scores_of(outcomes)
    assert (scores.ndcg >= TOPICAL_NDCG, scores.recall >= TOPICAL_RECALL) == (True, True), scores_by_group(outcomes)
