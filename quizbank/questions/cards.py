"""A question as people see it: the same card in the bank, in a sitting, in a review and on paper.

A card holds what may be shown and nothing else. ``answer_card`` and ``read_card`` carry no key: their parts have
``is_true`` None and they have neither key nor explanation, so that no template can send one by mistake.

Letters are *shown* letters: A is the option that stands first on this card. ``option_order`` tells which canonical
option each of them is (``"CADB"``: A shows the canonical option C); empty means the canonical order. Responses are
stored in canonical letters and shown in shown ones: ``shown_response`` and ``canonical_response`` lead across.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from quizbank.questions.rules import CHOICE_TYPES, OPTION_LETTERS, QuestionType

STATEMENT_LETTERS = OPTION_LETTERS.lower()
UNANSWERED = "-"
TAG = re.compile(r"<[^>]*>")
NAMES_A_LETTER = re.compile(
    r"\b(?:chọn|đáp án|phương án|lựa chọn|câu|ý|choose|answer|option)(?:\s+(?:đúng|là|is))*\s*:?\s*[A-H]\b",
    re.IGNORECASE,
)


class ShownPart(Protocol):
    @property
    def html(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def is_true(self) -> bool: ...
    @property
    def level(self) -> str | None: ...


class ShownQuestion(Protocol):
    """What a card needs of a question version."""

    @property
    def type(self) -> str: ...
    @property
    def stem_html(self) -> str: ...
    @property
    def explanation_html(self) -> str: ...
    @property
    def parts(self) -> Sequence[ShownPart]: ...


@dataclass(frozen=True)
class CardPart:
    """An option or a statement. ``is_true`` and ``level`` are None where the key may not be seen.

    ``chosen``: an option that was chosen is True; a statement is True or False as it was judged; None otherwise.
    """

    letter: str
    html: str
    is_true: bool | None = None
    chosen: bool | None = None
    level: str | None = None

    @property
    def is_right(self) -> bool:
        """Whether what was chosen here is right; meaningful only where the key is known."""
        return self.is_true is not None and self.chosen is not None and self.chosen == self.is_true


@dataclass(frozen=True)
class QuestionCard:
    """What one card shows.

    Attributes:
        number: place in the quiz or list, which also names the form's fields; None = no number.
        response: the response in shown letters.
        marks: what the response earned; None = not graded or not to be seen.
        max_marks: what the question is worth; None = not said.
        key: the key in shown letters, or the first accepted value; empty where it may not be seen.
        accepted: all accepted values of a short answer; empty where they may not be seen.
        renamed: (letter in the explanation, letter on this card) where the explanation names options by letters
            and they stand in another order here; empty otherwise.
    """

    type: QuestionType
    stem_html: str
    parts: tuple[CardPart, ...] = ()
    number: int | None = None
    passage_html: str = ""
    response: str = ""
    marks: Decimal | None = None
    max_marks: Decimal | None = None
    explanation_html: str = ""
    key: str = ""
    accepted: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def is_answered(self) -> bool:
        return bool(self.response.strip(UNANSWERED + " "))

    @property
    def shows_key(self) -> bool:
        return bool(self.key)

    @property
    def is_right(self) -> bool | None:
        """Whether the response is wholly right; None where no marks are shown."""
        if self.marks is None or self.max_marks is None:
            return None
        return self.marks == self.max_marks


def answer_card(
    question: ShownQuestion,
    *,
    number: int | None = None,
    option_order: str = "",
    response: str = "",
    passage_html: str = "",
    max_marks: Decimal | None = None,
) -> QuestionCard:
    """A card to answer on, or to read without the key.

    Args:
        question: the version that is asked.
        number: names the fields: ``answer-<number>``.
        option_order: canonical letters in shown order.
        response: the canonical response so far.
        passage_html: the passage, where this card is to show it.
        max_marks: what the question is worth.
    """
    kind = QuestionType(question.type)
    shown = shown_response(kind, response, option_order)
    return QuestionCard(
        type=kind,
        stem_html=question.stem_html,
        parts=()
        if kind is QuestionType.SHORT_ANSWER
        else _parts_of(kind, question, option_order, shown, with_key=False),
        number=number,
        passage_html=passage_html,
        response=shown,
        max_marks=max_marks,
    )


def read_card(question: ShownQuestion, *, number: int | None = None, passage_html: str = "") -> QuestionCard:
    """A card without key, explanation or response."""
    return answer_card(question, number=number, passage_html=passage_html)


def review_card(
    question: ShownQuestion,
    *,
    number: int | None = None,
    option_order: str = "",
    response: str = "",
    passage_html: str = "",
    marks: Decimal | None = None,
    max_marks: Decimal | None = None,
) -> QuestionCard:
    """A card that shows what was answered, what is right and why. Only for those who may see the key."""
    kind = QuestionType(question.type)
    shown = shown_response(kind, response, option_order)
    is_short = kind is QuestionType.SHORT_ANSWER
    parts = () if is_short else _parts_of(kind, question, option_order, shown, with_key=True)
    accepted = tuple(part.text for part in question.parts) if is_short else ()
    return QuestionCard(
        type=kind,
        stem_html=question.stem_html,
        parts=parts,
        number=number,
        passage_html=passage_html,
        response=shown,
        marks=marks,
        max_marks=max_marks,
        explanation_html=question.explanation_html,
        key=_key_of(kind, parts, accepted),
        accepted=accepted,
        renamed=renamed_letters(kind, question.explanation_html, option_order),
    )


def renamed_letters(kind: QuestionType, explanation_html: str, option_order: str) -> tuple[tuple[str, str], ...]:
    """Which shown letter each canonical one has become, where an explanation ("Chọn B") speaks of letters."""
    is_moved = kind in CHOICE_TYPES and option_order != "".join(sorted(option_order))
    if not is_moved or not NAMES_A_LETTER.search(TAG.sub(" ", explanation_html)):
        return ()
    return tuple((letter, OPTION_LETTERS[option_order.index(letter)]) for letter in sorted(option_order))


def key_card(
    question: ShownQuestion, *, number: int | None = None, option_order: str = "", passage_html: str = ""
) -> QuestionCard:
    """A card that shows what is right and why, for teachers. Only for those who may see the key."""
    return review_card(question, number=number, option_order=option_order, passage_html=passage_html)


def shown_response(kind: QuestionType, response: str, option_order: str) -> str:
    """A canonical response in the letters (or the statement order) that the reader sees."""
    if not response or not option_order or kind is QuestionType.SHORT_ANSWER:
        return response
    if kind is QuestionType.TRUE_FALSE:
        return "".join(_judgement(response, OPTION_LETTERS.index(letter)) for letter in option_order)
    return "".join(sorted(OPTION_LETTERS[option_order.index(letter)] for letter in response if letter in option_order))


def canonical_response(kind: QuestionType, shown: str, option_order: str) -> str:
    """The inverse of ``shown_response``: what is stored and graded."""
    if not shown or not option_order or kind is QuestionType.SHORT_ANSWER:
        return shown
    if kind is QuestionType.TRUE_FALSE:
        return "".join(_judgement(shown, option_order.index(letter)) for letter in sorted(option_order))
    places = [OPTION_LETTERS.index(letter) for letter in shown if letter in OPTION_LETTERS]
    return "".join(sorted(option_order[place] for place in places if place < len(option_order)))


def response_from_form(kind: QuestionType, number: int, count: int, values_of: Callable[[str], Sequence[str]]) -> str:
    """The response, in shown letters, that an ``answer`` card's fields carry.

    Args:
        kind: the question's type.
        number: the card's number.
        count: how many options or statements the card shows.
        values_of: field name -> values, such as ``request.form.getlist``.
    """
    name = f"answer-{number}"
    if kind is QuestionType.SHORT_ANSWER:
        return next(iter(values_of(name)), "").strip()
    if kind is QuestionType.TRUE_FALSE:
        given = (next(iter(values_of(f"{name}-{letter}")), UNANSWERED) for letter in STATEMENT_LETTERS[:count])
        judged = "".join(value if value in ("T", "F") else UNANSWERED for value in given)
        return judged if judged.strip(UNANSWERED) else ""
    chosen = sorted({value for value in values_of(name) if len(value) == 1 and value in OPTION_LETTERS[:count]})
    return "".join(chosen if kind is QuestionType.MULTIPLE_RESPONSE else chosen[:1])


def _parts_of(
    kind: QuestionType, question: ShownQuestion, option_order: str, shown: str, *, with_key: bool
) -> tuple[CardPart, ...]:
    order = [OPTION_LETTERS.index(letter) for letter in option_order] or range(len(question.parts))
    letters = STATEMENT_LETTERS if kind is QuestionType.TRUE_FALSE else OPTION_LETTERS
    return tuple(
        CardPart(
            letter=letter,
            html=question.parts[place].html,
            is_true=question.parts[place].is_true if with_key else None,
            chosen=_chosen(kind, shown, index, letter),
            level=question.parts[place].level if with_key else None,
        )
        for index, (letter, place) in enumerate(zip(letters, order, strict=False))
    )


def _chosen(kind: QuestionType, shown: str, index: int, letter: str) -> bool | None:
    if kind is QuestionType.TRUE_FALSE:
        return {"T": True, "F": False}.get(_judgement(shown, index))
    return True if letter in shown else None


def _key_of(kind: QuestionType, parts: Sequence[CardPart], accepted: Sequence[str]) -> str:
    if kind is QuestionType.SHORT_ANSWER:
        return accepted[0] if accepted else ""
    if kind is QuestionType.TRUE_FALSE:
        return "".join("T" if part.is_true else "F" for part in parts)
    return "".join(part.letter for part in parts if part.is_true)


def _judgement(response: str, place: int) -> str:
    return response[place] if place < len(response) else UNANSWERED
