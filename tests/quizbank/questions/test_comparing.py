"""What changed between versions."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quizbank.questions.comparing import Piece, changes_between, pieces_between
from quizbank.questions.rules import Part
from tests.quizbank.questions.builders import a_choice, a_new_question


def changed(**content: object) -> list[tuple[str, str]]:
    old = a_new_question(a_choice("Hàm số nào sau đây?"))
    new = replace(old, content=replace(old.content, **content))  # type: ignore[arg-type]
    return [(change.field, change.letter) for change in changes_between(old, new)]


def test_equal_versions_have_no_changes() -> None:
    assert changed() == []


def test_only_words_that_differ_are_marked() -> None:
    pieces = list(pieces_between("Hàm số nào đồng biến?", "Hàm số nào nghịch biến?"))
    assert pieces == [
        (Piece.SAME, "Hàm số nào "),
        (Piece.REMOVED, "đồng"),
        (Piece.ADDED, "nghịch"),
        (Piece.SAME, " biến?"),
    ]


def test_a_formula_is_one_word() -> None:
    assert list(pieces_between("$x^2$", "$x^3$")) == [(Piece.REMOVED, "$x^2$"), (Piece.ADDED, "$x^3$")]


def test_an_option_is_named_by_its_letter_and_the_key_beside_it() -> None:
    parts = (Part("khác", is_true=False), Part("một", is_true=False), Part("hai", is_true=True))
    assert ("part", "A") in changed(parts=parts) and ("key", "") in changed(parts=parts)


def test_a_new_place_in_the_curriculum_is_a_change() -> None:
    old = a_new_question()
    new = replace(old, placement=replace(old.placement, tags=(*old.placement.tags, "mới")))
    assert [change.field for change in changes_between(old, new)] == ["tags"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    pieces = list(pieces_between(old, new))
    assert "".join(text for kind, text in pieces if kind is not Piece.ADDED) == old
    assert "".join(text for kind, text in pieces if kind is not Piece.REMOVED) == new
