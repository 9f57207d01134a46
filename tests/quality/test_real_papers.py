"""The real papers beside the project: what was promised of known items, and of misspelt queries what is reached."""

from collections.abc import Iterator

import pytest

from repository.search.embedded.index import WhooshIndex
from repository.search.quality import evaluate, scores_of
from tests.quality.real_papers import (
    ask_known_items,
    by_group,
    drawn,
    index_of_papers,
    mean_mrr,
    typo_queries,
    typo_recall,
)
from tests.shared_data import needs_shared_data

pytestmark = [needs_shared_data, pytest.mark.slow]

PROMISED_MRR = 0.70
REACHED_RECALL = 0.85
"""0.85 is promised, 0.873 was measured last. Raise it with what is reached."""

SAMPLE = 200


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshIndex]:
    made = index_of_papers(tmp_path_factory.mktemp("papers"))
    yield made
    made.close()


def test_known_items_are_found(index: WhooshIndex) -> None:
    groups = ask_known_items(index, drawn(SAMPLE))
    shown = {name: scores_of(outcomes) for name, outcomes in groups.items()}
    assert mean_mrr(groups, with_solutions=False) >= PROMISED_MRR, shown


def test_misspelt_queries_find_their_items(index: WhooshIndex) -> None:
    groups = by_group(evaluate(index.find, typo_queries(drawn(SAMPLE))))
    assert typo_recall(groups) >= REACHED_RECALL, {name: scores_of(outcomes) for name, outcomes in groups.items()}
