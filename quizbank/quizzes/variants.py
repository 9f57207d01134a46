"""Variants (mã đề) of one quiz: the same questions in another order, with the options in another order.

- Questions move inside their part (I, II, III); questions of one passage move together (see ``question_order``).
- Options move unless they are locked, sorted, or speak of each other (see ``anchoring`` and ``anchors``).
- The four statements of a true/false question stay a) to d), as in the Ministry's papers, unless that is asked for.
- Short answers and essays have no options.
- The letters of the keys are spread evenly over the variant, without long runs (see ``key_letters``).
- A variant is dealt so that it has little in common with those dealt before it: a code depends on the seed, its name
  and the codes before it, and on nothing that comes later.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
import numpy.typing as npt

from quizbank.questions.rules import CHOICE_TYPES, OPTION_LETTERS, QuestionContent, QuestionType
from quizbank.quizzes.dice import Dice
from quizbank.quizzes.key_letters import KeyPlace, deal_letters, excess_of, joints_of
from quizbank.quizzes.question_order import QuestionOrder, best_order, parts_of
from quizbank.quizzes.shuffling import USUAL, Item, Shuffling, free_places, letters_of, shuffle_options

ORDER_TRIES = 24
ORDER_TRIES_OF_FEW, FEW = 60, 8
ORDERS_FOR_RUNS = 6

Common = npt.NDArray[np.int64]


@dataclass(frozen=True)
class VariantItem:
    """Where an item stands in a variant. ``option_order``: canonical letters in shown order, as ``CADB``."""

    position: int
    item_position: int
    option_order: str


class Dealt(Protocol):
    """A ``VariantItem``, or a stored one."""

    @property
    def item_position(self) -> int: ...
    @property
    def option_order(self) -> str: ...


@dataclass(frozen=True)
class Sheet:
    """What a neighbour could copy from a paper.

    Attributes:
        questions: (part, number) -> position of the item.
        keys: (part, number) -> the key in shown letters; places without a key are absent.
    """

    questions: Mapping[tuple[int, int], int]
    keys: Mapping[tuple[int, int], str]


def deal_variants(
    items: Sequence[Item], seed: int, codes: Iterable[str], shuffling: Shuffling = USUAL, beside: Sequence[Sheet] = ()
) -> list[tuple[VariantItem, ...]]:
    """The variants of some codes, one after the other; the same arguments give the same variants on any machine.

    Args:
        items: the questions of the quiz.
        seed: any integer.
        codes: each once.
        shuffling: what may move.
        beside: the papers that stand already, which the new ones should have little in common with.
    """
    dealer = _Dealer(items, seed, shuffling)
    sheets, variants = list(beside), []
    for code in codes:
        variants.append(dealer.variant_of(code, sheets))
        sheets.append(sheet_of(items, variants[-1]))
    return variants


def shuffle_variant(
    items: Sequence[Item], seed: int, code: str, shuffling: Shuffling = USUAL
) -> tuple[VariantItem, ...]:
    """A variant that stands alone."""
    return deal_variants(items, seed, [code], shuffling)[0]


def plain_variant(items: Iterable[Item]) -> tuple[VariantItem, ...]:
    """The quiz as its maker arranged it: nothing moves."""
    return tuple(VariantItem(item.position, item.position, letters_of(item.content)) for item in items)


def sheet_of(items: Iterable[Item], variant: Iterable[Dealt]) -> Sheet:
    """What can be copied from a variant that was dealt."""
    by_position = {item.position: item for item in items}
    questions: dict[tuple[int, int], int] = {}
    keys: dict[tuple[int, int], str] = {}
    counts: dict[int, int] = {}
    for one in variant:
        item = by_position[one.item_position]
        counts[item.part] = number = counts.get(item.part, 0) + 1
        questions[item.part, number] = item.position
        if key := shown_key(item.content, one.option_order):
            keys[item.part, number] = key
    return Sheet(questions, keys)


def shown_key(content: QuestionContent, option_order: str) -> str:
    """The key of a question as a variant shows it: ``B``, ``AC``, ``TFTF``, the first accepted value, or nothing."""
    if not option_order:
        return content.key if content.type is QuestionType.SHORT_ANSWER else ""
    if content.type is QuestionType.TRUE_FALSE:
        return "".join(content.key[OPTION_LETTERS.index(letter)] for letter in option_order)
    return "".join(sorted(OPTION_LETTERS[option_order.index(letter)] for letter in content.key))


class _Dealer:
    """Deals the variants of one quiz. What does not depend on a code is found out once."""

    def __init__(self, items: Sequence[Item], seed: int, shuffling: Shuffling) -> None:
        self.seed = seed
        self.places = {item.position: free_places(item.content, shuffling) for item in items}
        self.parts = [(members[0].part, QuestionOrder(members, shuffling)) for members in parts_of(items)]
        self.set_keys = {
            item.position: key
            for item in items
            if not self.places[item.position] and (key := shown_key(item.content, letters_of(item.content)))
        }
        self.key_numbers = {key: number for number, key in enumerate(sorted(set(self.set_keys.values())))}

    def variant_of(self, code: str, sheets: Sequence[Sheet]) -> tuple[VariantItem, ...]:
        """The next variant, unlike those on the sheets."""
        orders: list[list[list[Item]]] = []
        common = np.zeros(len(sheets), dtype=np.int64)
        for part, order in reversed(self.parts):
            drawn, common = self._orders_of(part, order, code, sheets, common)
            orders.insert(0, drawn)
        best: tuple[int, list[Item], dict[int, int]] | None = None
        for number in range(max((len(order) for order in orders[:1]), default=1)):
            ordered = [item for order in orders for item in order[min(number, len(order) - 1)]]
            dice = Dice("letters", self.seed, code, number)
            excess, keys = self._keys_of(ordered, sheets, common, dice)
            if best is None or excess < best[0]:
                best = (excess, ordered, keys)
            if not excess:
                break
        _, ordered, keys = best or (0, [], {})
        return tuple(
            VariantItem(place, item.position, self._options_of(item, code, keys.get(item.position)))
            for place, item in enumerate(ordered, 1)
        )

    def _orders_of(
        self, part: int, order: QuestionOrder, code: str, sheets: Sequence[Sheet], common: Common
    ) -> tuple[list[list[Item]], Common]:
        """Orders of a part, the one first that has least in common with the sheets, and what is common then."""
        dice_of = partial(Dice, "order", self.seed, code, part)
        if not sheets:
            return best_order(order, dice_of, lambda _: 0, ORDERS_FOR_RUNS), common
        places = [(part, number) for number in range(1, order.length + 1)]
        questions = np.array([[sheet.questions.get(place, -1) for place in places] for sheet in sheets])
        keys = np.array([[self._number_of(sheet.keys.get(place)) for place in places] for sheet in sheets])

        def same(ordered: Sequence[Item]) -> Common:
            """With every sheet the places where a question, or a key that can't move, is the same."""
            asked = np.array([item.position for item in ordered])
            fixed = np.array([self._number_of(self.set_keys.get(item.position)) for item in ordered])
            found: Common = ((questions == asked) | ((keys == fixed) & (fixed >= 0))).sum(axis=1)
            return found

        def cost(ordered: Sequence[Item]) -> int:
            return int(((common + same(ordered)) ** 2).sum())

        tries = ORDER_TRIES_OF_FEW if order.length <= FEW else ORDER_TRIES
        drawn = best_order(order, dice_of, cost, tries)[:ORDERS_FOR_RUNS]
        is_fixed = np.array([self._number_of(self.set_keys.get(item.position)) >= 0 for item in drawn[0]])
        return drawn, common + same(drawn[0]) * bool(is_fixed.any())

    def _number_of(self, key: str | None) -> int:
        """A number for every key that can't move; -1 for others."""
        return self.key_numbers.get(key, -1) if key else -1

    def _keys_of(
        self, ordered: Sequence[Item], sheets: Sequence[Sheet], common: Common, dice: Dice
    ) -> tuple[int, dict[int, int]]:
        """Places in too long runs, and item position -> place of its key."""
        counts: dict[int, int] = {}
        places, positions = [], []
        for item in ordered:
            counts[item.part] = number = counts.get(item.part, 0) + 1
            if item.content.type is QuestionType.SINGLE_CHOICE and len(item.content.key) == 1:
                key = OPTION_LETTERS.index(item.content.key)
                free = self.places[item.position]
                places.append(KeyPlace(item.part, number, tuple(free) if key in free else (key,)))
                positions.append(item.position)
        others = [
            {place: OPTION_LETTERS.index(key) for place, key in sheet.keys.items() if key in OPTION_LETTERS}
            for sheet in sheets
        ]
        letters = deal_letters(places, others, common, dice)
        return excess_of(joints_of(places), letters), dict(zip(positions, letters, strict=True))

    def _options_of(self, item: Item, code: str, key_place: int | None) -> str:
        free = self.places[item.position]
        if item.content.type not in CHOICE_TYPES or key_place not in free:
            key_place = None
        dice = Dice("options", item.position, self.seed, code)
        return shuffle_options(item.content, dice, key_place, places=free)
