import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizbank.matrices.cell_text import Term, terms_from, text_of

TERMS = st.builds(Term, st.integers(1, 9999), st.sampled_from(["", "0,25", "12", "0,5"]), st.booleans())


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("4", [Term(4)]),
        (" 4 ", [Term(4)]),
        ("2×0,5", [Term(2, "0,5")]),
        ("2x0.5", [Term(2, "0,5")]),
        ("2 * 0,5", [Term(2, "0,5")]),
        ("2c", [Term(2, is_whole=True)]),
        ("2 câu", [Term(2, is_whole=True)]),
        ("2C×0,5", [Term(2, "0,5", is_whole=True)]),
        ("1×1 + 1×2", [Term(1, "1"), Term(1, "2")]),
        ("", []),
        ("0", []),
        ("0+3", [Term(3)]),
    ],
)
def test_a_cell_is_read(text: str, terms: list[Term]) -> None:
    assert terms_from(text) == terms


@pytest.mark.parametrize("text", ["ba", "-1", "1,5", "4+", "+", "2×", "2××3", "1×-2", "99999", "²", "４", "4 5", "c"])
def test_what_is_no_count_is_not_read(text: str) -> None:
    assert terms_from(text) is None


@given(st.lists(TERMS, max_size=4))
def test_a_cell_survives_being_written(terms: list[Term]) -> None:
    assert terms_from(text_of(terms)) == terms
