from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repository.search.suggestions.keystrokes import is_formula_like, readings
from repository.search.text import form_of
from tests.repository.search.suggestions.typists import RIMES, as_telex, as_vni, syllable

ONSETS = [
    "",
    *["b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x"],
    *["ch", "gh", "gi", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr"],
]
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]


def reads(keys: str, word: str) -> bool:
    return any(form_of(reading) == form_of(word) for reading in readings(keys))


syllables = st.builds(syllable, st.sampled_from(ONSETS), st.sampled_from(RIMES), st.sampled_from(TONES))


@given(syllables, st.integers(0, 3), st.booleans())
def test_telex_of_any_syllable_is_read(word: str, tone_place: int, at_end: bool) -> None:
    keys = as_telex(word, tone_place, at_end)
    assert keys == word or reads(keys, word)


@given(syllables, st.integers(0, 3), st.booleans())
def test_vni_of_any_syllable_is_read(word: str, tone_place: int, at_end: bool) -> None:
    keys = as_vni(word, tone_place, at_end)
    assert keys == word or reads(keys, word)


@given(st.text(max_size=20))
def test_any_text_has_few_readings(text: str) -> None:
    assert len(readings(text)) <= 16


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("phuwowng", "phương"),
        ("phuongw", "phương"),
        ("trinhf", "trình"),
        ("trifnh", "trình"),
        ("dduwowngf", "đường"),
        ("duongwfd", "đường"),
        ("tw", "tư"),
        ("nhuwxng", "những"),
        ("hoaf", "hoà"),
        ("thuyr", "thuỷ"),
        ("giaf", "già"),
        ("gif", "gì"),
        ("quaan", "quân"),
        ("quyeenf", "quyền"),
        ("phu7o7ng", "phương"),
        ("d9u7o7ng2", "đường"),
        ("tru7o72ng", "trường"),
        ("nghie6m5", "nghiệm"),
        ("ma81t", "mắt"),
    ],
)
def test_common_words_are_read_in_official_spelling(keys: str, word: str) -> None:
    assert word in readings(keys)


@pytest.mark.parametrize(("keys", "word"), [("TRINHF", "TRÌNH"), ("Trinhf", "Trình"), ("Ddoongf", "Đồng")])
def test_capitals_stay(keys: str, word: str) -> None:
    assert word in readings(keys)


@pytest.mark.parametrize("text", ["off", "less", "x2", "2x", "h2o", "phương", "abc-def", "", "toan", "lop", "sat"])
def test_what_is_no_keystrokes_has_no_reading(text: str) -> None:
    assert readings(text) == ()


@pytest.mark.parametrize("formula", ["co2", "H2O", "h2so4", "x2", "Fe2O3"])
def test_formulas_are_told_from_vni(formula: str) -> None:
    assert is_formula_like(formula)


def test_vni_words_are_no_formulas() -> None:
    assert not any(map(is_formula_like, ("tri2nh", "d9e61n", "phu7o7ng")))


def test_every_syllable_has_one_way_back_among_real_ones() -> None:
    every = [syllable(*parts) for parts in product(["t", "h", "đ"], RIMES, TONES)]
    assert all(as_telex(word, 0, True) == word or reads(as_telex(word, 0, True), word) for word in every)
