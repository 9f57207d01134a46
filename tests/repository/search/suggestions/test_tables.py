import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from repository.search.suggestions.building import lines_in_order
from repository.search.suggestions.tables import FEW, Pairs, Strings

words = st.text(st.sampled_from("abđ "), min_size=1, max_size=6)


@given(st.lists(words, max_size=30), words)
def test_prefixes_are_found_as_by_looking_at_each(texts: list[str], prefix: str) -> None:
    texts.sort(key=str.encode)
    first, last = lines_in_order(texts).found(prefix)
    assert texts[first:last] == [text for text in texts if text.startswith(prefix)]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_strings_come_back(texts: list[str]) -> None:
    strings = Strings.of(texts)
    assert [strings[place] for place in range(len(strings))] == texts


@given(st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.integers(1, 99)))
def test_pairs_are_counted_one_by_one_and_together(counts: dict[tuple[int, int], int]) -> None:
    ordered = sorted(counts)
    keys = np.array([left << 32 | right for left, right in ordered], np.uint64)
    pairs = Pairs(keys, np.array([counts[pair] for pair in ordered], np.int32))
    every = [(left, right) for left in range(10) for right in range(10)]
    assert [pairs.count(*pair) for pair in every] == [counts.get(pair, 0) for pair in every]
    assert pairs.count(-1, 3) == pairs.count(3, -1) == 0
    for words in (range(10), range(10 + FEW)):
        for word in range(10):
            after, before = dict(pairs.counts_after(word, words)), dict(pairs.counts_before(word, words))
            assert after == {right: counts[word, right] for right in words if (word, right) in counts}
            assert before == {left: counts[left, word] for left in words if (left, word) in counts}
