"""Candidates for a misspelt word, weighed by what stands beside it."""

import math

import pytest

from repository.search.suggestions.near import NEVER_MET, Near
from tests.repository.search.suggestions.builders import a_lexicon, a_library

LEXICON = a_lexicon(a_library())
NUMBERS = LEXICON.words.folded_numbers


@pytest.fixture(scope="module")
def near() -> Near:
    return Near(LEXICON)


def test_words_a_slip_away_are_candidates_and_the_word_itself_is_known(near: Near) -> None:
    candidates = near.of("bien")
    assert LEXICON.words.folded[candidates.numbers[candidates.typed]] == "bien"
    assert NUMBERS["bien"] in near.of("bein").numbers
    assert (near.of("bein").typed, near.of("qwxz").numbers) == (-1, [])


@pytest.mark.parametrize(("left", "right"), [("dong", ""), ("", "tren"), ("dong", "tren"), ("", ""), ("giai", "nam")])
def test_a_word_is_as_likely_as_its_neighbours_say(near: Near, left: str, right: str) -> None:
    words, total = LEXICON.words, float(LEXICON.words.folded_counts.sum())
    before, after = NUMBERS.get(left, -1), NUMBERS.get(right, -1)
    candidates, unmet = near.of("bien"), math.exp(NEVER_MET)
    for number, score in zip(candidates.numbers, near.likelihoods(candidates, before, after), strict=True):
        own = int(words.folded_counts[number]) / total
        expected = own
        if before >= 0:
            expected = max(words.folded_pairs.count(before, number) / words.folded_counts[before], unmet * own)
        if after >= 0:
            share = words.folded_counts[after] / total
            met = words.folded_pairs.count(number, after) / words.folded_counts[number]
            expected *= max(met, unmet * share) / share
        assert score == pytest.approx(math.log(expected))
