"""The measures against figures worked out by hand, and what a file of judged queries may say."""

import math

import pytest

from repository.errors import Invalid
from repository.search.documents import SearchHit, SearchQuery, SearchResults
from repository.search.quality import (
    Judged,
    evaluate,
    ndcg_of,
    read_judged,
    recall_of,
    scores_by_group,
    scores_of,
)

A, B, C = ("question", 1), ("question", 2), ("lecture", 1)


def results_of(*keys: tuple[str, int]) -> SearchResults:
    return SearchResults(len(keys), tuple(SearchHit(kind, id, "", 1.0) for kind, id in keys), {}, 0.1)


def judged(*keys: tuple[str, int], group: str = "") -> Judged:
    return Judged("hàm số", None, dict.fromkeys(keys, 1.0), group)


def test_the_first_relevant_hit_counts_for_the_reciprocal_rank() -> None:
    outcomes = evaluate(lambda query: results_of(B, A), [judged(A), judged(B), judged(C)])
    assert [outcome.rank for outcome in outcomes] == [2, 1, None]
    assert scores_of(outcomes).mrr == pytest.approx((1 / 2 + 1 + 0) / 3)


def test_recall_is_the_share_of_the_relevant_among_the_first_hits() -> None:
    assert recall_of([A, C], {A: 1.0, B: 1.0}) == 0.5
    assert recall_of([A, B], {A: 1.0, B: 1.0}, cut=1) == 1.0


def test_ndcg_weighs_grades_and_places() -> None:
    best = 3 + 1 / math.log2(3)
    assert ndcg_of([A, B], {A: 2.0, B: 1.0}) == 1.0
    assert ndcg_of([B, A], {A: 2.0, B: 1.0}) == pytest.approx((1 + 3 / math.log2(3)) / best)
    assert ndcg_of([C], {A: 2.0, B: 1.0}) == 0.0


def test_groups_are_scored_apart_in_the_order_they_occur() -> None:
    outcomes = evaluate(lambda query: results_of(A), [judged(B, group="z"), judged(A, group="a"), judged(A)])
    groups = scores_by_group(outcomes)
    assert list(groups) == ["z", "a"]
    assert (groups["z"].mrr, groups["a"].mrr, groups["a"].queries) == (0.0, 1.0, 1)


def test_queries_are_asked_as_judged() -> None:
    asked: list[SearchQuery] = []

    def find(query: SearchQuery) -> SearchResults:
        asked.append(query)
        return results_of()

    evaluate(find, read_judged("hàm số\tlecture\t1"), sees_explanations=True)
    assert [(q.text, q.kind, q.limit, q.sees_explanations) for q in asked] == [("hàm số", "lecture", 10, True)]


def test_a_line_is_query_kind_ids_grades_and_group() -> None:
    (one,) = read_judged("# a comment\n\nđạo hàm\tquestion\t1, 2 7\t2 1 1\ttopical\n")
    assert one == Judged("đạo hàm", "question", {A: 2.0, B: 1.0, ("question", 7): 1.0}, "topical", 3)


def test_ids_of_any_kind_name_their_kind() -> None:
    (one,) = read_judged("đạo hàm\tany\tquestion:1 lecture:1\t2")
    assert (one.kind, one.relevant) == (None, {A: 2.0, C: 2.0})


@pytest.mark.parametrize(
    "line",
    [
        "đạo hàm",
        "\tquestion\t1",
        "đạo hàm\tquestion\t",
        "đạo hàm\tphim\t1",
        "đạo hàm\tquestion\tmột",
        "đạo hàm\tquestion\t²",
        "đạo hàm\tquestion\tlecture:1",
        "đạo hàm\tany\t1",
        "đạo hàm\tquestion\t1 1",
        "đạo hàm\tquestion\t1 2\t1 2 3",
        "đạo hàm\tquestion\t1\tcao",
        "đạo hàm\tquestion\t1\t0",
        "đạo hàm\tquestion\t1\tnan",
        "đạo hàm\tquestion\t1\t1000",
    ],
)
def test_a_bad_line_is_refused_by_its_number(line: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_judged(f"# judged queries\nhàm số\tlecture\t1\n{line}\n")
    assert refused.value.facts["line"] == 3
    assert "3" in str(refused.value)


def test_a_file_without_queries_is_refused() -> None:
    with pytest.raises(Invalid):
        read_judged("# nothing yet\n\n")
