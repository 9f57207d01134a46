from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizbank.questions.rules import OPTION_LETTERS, Part, QuestionContent, QuestionType
from quizbank.quizzes.shuffling import Item, free_places, letters_of
from quizbank.quizzes.variants import plain_variant, shuffle_variant

EXPECTED = [(1, "DACB"), (4, "ADBC"), (3, "ABDC"), (2, "CDAB")]
SELF_REFERRING = ["Tất cả các đáp án trên", "Cả A và B", "None of the above", "B, C đều sai"]


def a_choice(*texts: str, key: int = 0, locked: tuple[int, ...] = (), keeps_order: bool = False) -> QuestionContent:
    parts = tuple(Part(text, place == key, place in locked) for place, text in enumerate(texts))
    return QuestionContent(QuestionType.SINGLE_CHOICE, "Câu hỏi", parts, keeps_order=keeps_order)


def a_paper(count: int = 40) -> list[Item]:
    return [Item(place, 1, a_choice("xanh", "đỏ", "tím", "vàng", key=place % 2)) for place in range(1, count + 1)]


def orders_of(items: list[Item], code: str = "101") -> dict[int, str]:
    return {one.item_position: one.option_order for one in shuffle_variant(items, 7, code)}


@st.composite
def contents(draw: st.DrawFn) -> QuestionContent:
    kind = draw(st.sampled_from(QuestionType))
    words = st.text(alphabet="abcxyz 123", max_size=6) | st.sampled_from(SELF_REFERRING)
    count = 4 if kind is QuestionType.TRUE_FALSE else draw(st.integers(2, 8))
    key = draw(st.integers(0, count - 1))
    parts = tuple(
        Part(
            draw(words),
            place == key if kind is QuestionType.SINGLE_CHOICE else draw(st.booleans()),
            draw(st.booleans()),
        )
        for place in range(count)
    )
    return QuestionContent(kind, "?", parts, keeps_order=draw(st.booleans()))


@st.composite
def papers(draw: st.DrawFn) -> list[Item]:
    return [
        Item(place, draw(st.integers(1, 3)), content, draw(st.none() | st.integers(1, 3)))
        for place, content in enumerate(draw(st.lists(contents(), max_size=12)), 1)
    ]


@settings(deadline=None)
@given(papers(), st.integers(), st.text(max_size=4))
def test_no_variant_changes_which_answer_is_right(items: list[Item], seed: int, code: str) -> None:
    by_position = {item.position: item.content for item in items}
    for one in shuffle_variant(items, seed, code):
        content = by_position[one.item_position]
        canonical = [part.is_true for part in content.parts]
        shown = [canonical[OPTION_LETTERS.index(letter)] for letter in one.option_order]
        back = dict(zip(one.option_order, shown, strict=True))
        assert [back[letter] for letter in sorted(back)] == canonical[: len(back)]
        assert len(back) == len(letters_of(content))


@settings(deadline=None)
@given(papers(), st.integers())
def test_every_question_stands_once_in_its_part(items: list[Item], seed: int) -> None:
    parts = {item.position: item.part for item in items}
    variant = shuffle_variant(items, seed, "101")
    assert sorted(one.item_position for one in variant) == sorted(parts)
    assert [one.position for one in variant] == list(range(1, len(items) + 1))
    assert [parts[one.item_position] for one in variant] == sorted(parts.values())


@settings(deadline=None)
@given(papers(), st.integers())
def test_a_passage_stays_whole_and_in_order(items: list[Item], seed: int) -> None:
    by_position = {item.position: item for item in items}
    variant = [by_position[one.item_position] for one in shuffle_variant(items, seed, "101")]
    for name in {(item.part, item.passage) for item in items if item.passage is not None}:
        places = [place for place, item in enumerate(variant) if (item.part, item.passage) == name]
        assert places == list(range(places[0], places[0] + len(places)))
        assert [variant[place].position for place in places] == sorted(variant[place].position for place in places)


@settings(deadline=None)
@given(papers(), st.integers())
def test_anchored_and_locked_options_stay(items: list[Item], seed: int) -> None:
    orders = {one.item_position: one.option_order for one in shuffle_variant(items, seed, "101")}
    for item in items:
        fixed = set(range(len(orders[item.position]))) - set(free_places(item.content))
        assert all(orders[item.position][place] == OPTION_LETTERS[place] for place in fixed)


@pytest.mark.parametrize("count", [1, 5, 12, 40])
@pytest.mark.parametrize("code", ["101", "102", "103"])
def test_the_letters_of_the_keys_are_balanced(count: int, code: str) -> None:
    items = a_paper(count)
    orders = orders_of(items, code)
    letters = Counter(orders[item.position].index(item.content.key) for item in items)
    used = [letters[place] for place in range(4)]
    assert max(used) - min(used) <= 1


def test_keys_that_cannot_move_are_balanced_by_those_that_can() -> None:
    fixed = [Item(place, 1, a_choice("xanh", "đỏ", "tím", "vàng", keeps_order=True)) for place in range(1, 6)]
    free = [Item(place, 1, a_choice("xanh", "đỏ", "tím", "vàng")) for place in range(6, 21)]
    orders = orders_of(fixed + free)
    assert Counter(order.index("A") for order in orders.values()) == {0: 5, 1: 5, 2: 5, 3: 5}


def test_keys_do_not_follow_a_pattern() -> None:
    items = a_paper(40)
    variant = shuffle_variant(items, 7, "101")
    keys = [one.option_order.index(items[one.item_position - 1].content.key) for one in variant]
    blocks = [frozenset(keys[start : start + 4]) for start in range(0, 40, 4)]
    assert any(len(block) < 4 for block in blocks)


@pytest.mark.recorded
def test_the_same_seed_and_code_give_the_same_variant_on_any_machine() -> None:
    assert [(one.item_position, one.option_order) for one in shuffle_variant(a_paper(4), 7, "101")] == EXPECTED


def test_another_code_gives_another_variant() -> None:
    assert shuffle_variant(a_paper(), 7, "101") != shuffle_variant(a_paper(), 7, "102")


def test_true_false_statements_stay_in_order() -> None:
    content = QuestionContent(QuestionType.TRUE_FALSE, "?", tuple(Part(text, True) for text in "wxyz"))
    assert orders_of([Item(1, 2, content)]) == {1: "ABCD"}


def test_a_short_answer_has_no_options() -> None:
    content = QuestionContent(QuestionType.SHORT_ANSWER, "?", (Part("5", True),))
    assert orders_of([Item(1, 3, content)]) == {1: ""}


def test_all_of_the_above_stays_last() -> None:
    items = [Item(place, 1, a_choice("xanh", "đỏ", "tím", "Tất cả các đáp án trên")) for place in range(1, 30)]
    assert {order[3] for order in orders_of(items).values()} == {"D"}


def test_the_plain_variant_moves_nothing() -> None:
    assert [one.option_order for one in plain_variant(a_paper(2))] == ["ABCD", "ABCD"]
