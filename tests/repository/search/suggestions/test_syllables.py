import pytest

from repository.search.suggestions.syllables import allows, bare, has_marks, written


@pytest.mark.parametrize(
    ("typed", "word"),
    [("phuong", "phương"), ("phươ", "phương"), ("đuong", "đường"), ("PHƯƠ", "phương"), ("", "gì"), ("h2", "h2o")],
)
def test_letters_so_far_may_become_the_word(typed: str, word: str) -> None:
    assert allows(typed, word)


@pytest.mark.parametrize(("typed", "word"), [("phườ", "phương"), ("đ", "dân"), ("phương trình", "phương"), ("ê", "e")])
def test_other_marks_make_another_word(typed: str, word: str) -> None:
    assert not allows(typed, word)


def test_places_of_tones_and_y_are_one_spelling() -> None:
    assert written("hoà") == written("hòa")
    assert written("lý") == written("lí")
    assert written("hoa") != written("hoà")


def test_marks_are_noticed() -> None:
    assert has_marks("đi")
    assert not has_marks("Di")
    assert bare("Lý") == "ly"
