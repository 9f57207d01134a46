from itertools import product

import pytest

from repository.search.language import asked_of
from repository.search.postgres.matching import Matcher, at_least_or_more, lexemes_asked
from repository.search.postgres.rows import quoted, row_of
from tests.repository.search.builders import a_document

WORDS = [f"w{number}" for number in range(9)]


def a_matcher(text: str, *, sees: bool = False, near: tuple[str, ...] = (), **counts: int) -> Matcher:
    return Matcher(asked_of(text), counts, 100, lambda _: near, sees_explanations=sees)


def holds(condition: str, words: set[str]) -> bool:
    """A condition of plain words, answered by Python."""
    spelt = condition.replace("&", " and ").replace("|", " or ").replace("!", " not ")
    return bool(eval(spelt, {word: word in words for word in WORDS}))


@pytest.mark.parametrize(("amount", "needed"), [(1, 1), (3, 2), (4, 4), (5, 3), (6, 4), (7, 1)])
def test_at_least_so_many_words_are_asked_for(amount: int, needed: int) -> None:
    words = WORDS[:amount]
    ((condition,), is_exact) = at_least_or_more(needed, words)
    assert is_exact
    for chosen in product((False, True), repeat=amount):
        there = {word for word, is_there in zip(words, chosen, strict=True) if is_there}
        assert holds(condition, there) == (len(there) >= needed)


def test_of_very_many_words_no_match_is_missed() -> None:
    ((condition,), is_exact) = at_least_or_more(6, WORDS)
    assert not is_exact
    for chosen in product((False, True), repeat=len(WORDS)):
        there = {word for word, is_there in zip(WORDS, chosen, strict=True) if is_there}
        assert len(there) < 6 or holds(condition, there)


def test_all_words_are_asked_for_the_rarest_first() -> None:
    assert a_matcher("sóng biển", song=9, bien=3).attempt(()).condition == "'bien' & 'song'"


def test_who_sees_explanations_is_asked_for_more() -> None:
    assert a_matcher("sóng", sees=True, song=1).attempt(()).condition == "('song' | '?song')"


def test_a_long_phrase_is_looked_for_in_the_text_too() -> None:
    attempt = a_matcher('"dao động điều hoà"', dao=1).attempt(())
    assert attempt.runs == (" dao dong dieu hoa ",)
    assert "'dong dieu'" in attempt.condition
    assert not a_matcher('"dao động điều hoà"').attempt(("phrases",)).runs


def test_an_unknown_word_may_be_a_near_one() -> None:
    matcher = a_matcher("sonh bien", near=("song", "sanh"), bien=4)
    assert matcher.has_unknown
    assert "('song') | ('sanh')" in matcher.attempt(("spelling",)).condition


def test_nothing_in_a_query_ends_its_quotes() -> None:
    assert quoted("a'b\\c") == "'a''b\\\\c'"


def test_all_that_is_asked_is_counted() -> None:
    assert set(lexemes_asked(asked_of("hàm số"))) >= {"ham", "so", "ham so", "=ham2", "=sô3"}


def test_the_private_words_of_a_document_are_marked() -> None:
    row = row_of(a_document("Câu", body="đề", explanation="bính"))
    assert "?binh" in row.lexemes
    assert "binh" not in row.lexemes
    assert "binh" not in row.texts[2]
