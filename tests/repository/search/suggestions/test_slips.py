"""What lies between two words: one slip of the finger, of which kind, or more than one."""

from hypothesis import given
from hypothesis import strategies as st

from repository.search.embedded.words import slips_of
from repository.search.suggestions.slips import FIRST, ONE, SWAP, TWO, is_one_slip, slip_cost
from repository.search.suggestions.spelling import is_slip_of

WORDS = st.text(alphabet="abc", min_size=1, max_size=6)


def test_slips_are_told_apart() -> None:
    costs = [slip_cost(typed, "bien") for typed in ("bein", "ben", "bienn", "bnen", "ien", "abien", "nien", "neib")]
    assert costs == [SWAP, ONE, ONE, ONE, FIRST, FIRST, FIRST, TWO]


def test_a_letter_with_another_mark_is_another_letter() -> None:
    assert is_one_slip("phả", "phản")
    assert not is_one_slip("phả", "phân")


def test_the_tone_may_have_been_put_on_either_vowel() -> None:
    assert is_slip_of("thy", "thuỷ")
    assert is_slip_of("thỷ", "Thủy")
    assert not is_slip_of("thủy", "thuỷ")


@given(WORDS, WORDS)
def test_one_slip_leads_there_and_back(one: str, other: str) -> None:
    if one != other:
        assert is_one_slip(one, other) == is_one_slip(other, one) == (other in slips_of(one))


@given(WORDS, WORDS)
def test_what_is_one_slip_away_costs_less_than_two(typed: str, meant: str) -> None:
    if typed != meant:
        assert (slip_cost(typed, meant) < TWO) == is_one_slip(typed, meant)
