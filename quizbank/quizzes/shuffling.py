"""What may move when a quiz gets another code, and the options of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from quizbank.questions.rules import CHOICE_TYPES, OPTION_LETTERS, QuestionContent, QuestionType
from quizbank.quizzes.anchoring import why_options_stay
from quizbank.quizzes.anchors import anchored_places
from quizbank.quizzes.dice import Dice

METHOD = 2


@dataclass(frozen=True)
class Item:
    """A question of a quiz as shuffling sees it. ``position`` counts from 1 through the whole quiz."""

    position: int
    part: int
    content: QuestionContent
    passage: int | None = None
    cell: int = 0
    passage_text: str = ""


@dataclass(frozen=True)
class Shuffling:
    """What a maker of codes chose. It is stored with every code, and so is the method that dealt it.

    Attributes:
        questions: questions change places inside their part.
        options: options change places inside their question.
        within_passages: so do the questions of a passage, where they do not go by its order.
        statements: so do the statements a) to d) of true/false questions.
        keeps_sorted: options that stand in order (numbers, dates, quantities) keep it.
        method: how variants are dealt; another way of dealing gets another number.
    """

    questions: bool = True
    options: bool = True
    within_passages: bool = False
    statements: bool = False
    keeps_sorted: bool = True
    method: int = METHOD

    @property
    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any] | None) -> "Shuffling":
        """As it was stored; codes of before there was a choice have none."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in (stored or {}).items() if name in known})


USUAL = Shuffling()


def letters_of(content: QuestionContent) -> str:
    """The canonical letters of what can be chosen or judged; empty for a short answer and an essay."""
    is_lettered = content.type in CHOICE_TYPES or content.type is QuestionType.TRUE_FALSE
    return OPTION_LETTERS[: len(content.parts)] if is_lettered else ""


def free_places(content: QuestionContent, shuffling: Shuffling = USUAL) -> list[int]:
    """The places (from 0) whose options may change places with each other."""
    is_statements = content.type is QuestionType.TRUE_FALSE
    if not (shuffling.statements if is_statements else shuffling.options and content.type in CHOICE_TYPES):
        return []
    if why_options_stay(content, keeps_sorted=shuffling.keeps_sorted) is not None:
        return []
    anchored = frozenset() if is_statements else anchored_places([part.text for part in content.parts])
    return [place for place, part in enumerate(content.parts) if not part.is_locked and place not in anchored]


def shuffle_options(
    content: QuestionContent,
    dice: Dice,
    key_place: int | None = None,
    *,
    places: Sequence[int] | None = None,
) -> str:
    """Canonical letters in a new order; a single right option goes to ``key_place`` (from 0) if that is given.

    ``places``: those of ``free_places``, where they are known already.
    """
    letters = letters_of(content)
    places = free_places(content) if places is None else places
    shown = list(letters)
    movers = dice.shuffled(places)
    if key_place is not None and (key := letters.index(content.key)) in movers:
        movers[movers.index(key)], movers[places.index(key_place)] = movers[places.index(key_place)], key
    for place, source in zip(places, movers, strict=True):
        shown[place] = letters[source]
    return "".join(shown)
