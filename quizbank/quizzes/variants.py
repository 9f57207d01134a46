"""Variants (mã đề) of one quiz: the same questions in another order, with the options in another order.

- Questions move inside their part (I, II, III); questions of one passage move together and keep their order.
- Options move unless they are locked, the question keeps its order, or an option speaks of others (see ``anchors``).
- The four statements of a true/false question stay a) to d), as in the Ministry's papers.
- Short answers have no options.
- The letters of the keys are spread evenly over the variant.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from quizbank.questions.rules import CHOICE_TYPES, OPTION_LETTERS, QuestionContent, QuestionType
from quizbank.quizzes.anchors import anchored_places
from quizbank.quizzes.dice import Dice


@dataclass(frozen=True)
class Item:
    """A question of a quiz as shuffling sees it. ``position`` counts from 1 through the whole quiz."""

    position: int
    part: int
    content: QuestionContent
    passage: int | None = None


@dataclass(frozen=True)
class VariantItem:
    """Where an item stands in a variant. ``option_order``: canonical letters in shown order, as ``CADB``."""

    position: int
    item_position: int
    option_order: str


def shuffle_variant(items: Sequence[Item], seed: int, code: str) -> tuple[VariantItem, ...]:
    """The variant ``code`` of a quiz: the same items, seed and code give the same variant on any machine."""
    ordered = _shuffle_items(items, Dice("items", seed, code))
    keys = _spread_keys(ordered, Dice("keys", seed, code))
    return tuple(
        VariantItem(place, item.position, _shuffle_own_options(item, seed, code, keys.get(item.position)))
        for place, item in enumerate(ordered, 1)
    )


def plain_variant(items: Iterable[Item]) -> tuple[VariantItem, ...]:
    """The quiz as its maker arranged it: nothing moves."""
    return tuple(VariantItem(item.position, item.position, letters_of(item.content)) for item in items)


def letters_of(content: QuestionContent) -> str:
    """The canonical letters of what can be chosen or judged; empty for a short answer."""
    return "" if content.type is QuestionType.SHORT_ANSWER else OPTION_LETTERS[: len(content.parts)]


def shuffle_options(content: QuestionContent, dice: Dice, key_place: int | None = None) -> str:
    """Canonical letters in a new order; a single right option goes to ``key_place`` (from 0) if that is given."""
    letters = letters_of(content)
    places = free_places(content)
    shown = list(letters)
    movers = dice.shuffled(places)
    if key_place is not None and (key := letters.index(content.key)) in movers:
        movers[movers.index(key)], movers[places.index(key_place)] = movers[places.index(key_place)], key
    for place, source in zip(places, movers, strict=True):
        shown[place] = letters[source]
    return "".join(shown)


def _shuffle_own_options(item: Item, seed: int, code: str, key_place: int | None) -> str:
    return shuffle_options(item.content, Dice("options", item.position, seed, code), key_place)


def free_places(content: QuestionContent) -> list[int]:
    """The places (from 0) whose options may change places with each other."""
    if content.type not in CHOICE_TYPES or content.keeps_order:
        return []
    anchored = anchored_places([part.text for part in content.parts])
    return [place for place, part in enumerate(content.parts) if not part.is_locked and place not in anchored]


def _shuffle_items(items: Sequence[Item], dice: Dice) -> list[Item]:
    """Parts stay in order; inside a part blocks (a passage's questions, or one question) change places."""
    by_part = sorted(items, key=lambda item: (item.part, item.position))
    ordered: list[Item] = []
    for _, members in groupby(by_part, key=lambda item: item.part):
        blocks: dict[tuple[str, int], list[Item]] = {}
        for item in members:
            name = ("item", item.position) if item.passage is None else ("passage", item.passage)
            blocks.setdefault(name, []).append(item)
        ordered.extend(item for block in dice.shuffled(blocks.values()) for item in block)
    return ordered


def _spread_keys(items: Sequence[Item], dice: Dice) -> Mapping[int, int]:
    """Item position -> place of its key, each letter about equally often over the paper.

    Keys that can't move are counted first; then those with the fewest places to go are served first,
    each time with the letter that is rarest so far. The letters of equals are dealt out shuffled, so that the
    sequence betrays nothing.
    """
    singles = [item for item in items if item.content.type is QuestionType.SINGLE_CHOICE and item.content.key]
    used: Counter[int] = Counter()
    movable: dict[tuple[int, ...], list[Item]] = {}
    for item in singles:
        places = free_places(item.content)
        key = OPTION_LETTERS.index(item.content.key[0])
        if key in places:
            movable.setdefault(tuple(places), []).append(item)
        else:
            used[key] += 1
    keys: dict[int, int] = {}
    for allowed, members in sorted(movable.items(), key=lambda pair: (len(pair[0]), pair[0])):
        dealt = dice.shuffled([_rarest(allowed, used, dice) for _ in members])
        keys.update(zip((item.position for item in members), dealt, strict=True))
    return keys


def _rarest(places: Sequence[int], used: Counter[int], dice: Dice) -> int:
    """One of the places used least so far, by lot; counts it as used."""
    fewest = min(used[place] for place in places)
    candidates = [place for place in places if used[place] == fewest]
    place = candidates[dice.below(len(candidates))]
    used[place] += 1
    return place
