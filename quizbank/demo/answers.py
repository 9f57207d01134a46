"""How invented students answer: the better the student and the easier the question, the more often rightly."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from quizbank.questions.rules import OPTION_LETTERS, QuestionContent, QuestionType

DIFFICULTY = {"biet": -1.1, "hieu": -0.1, "van-dung": 0.9}
SPREAD_OF_QUESTIONS = 0.6
UNANSWERED = 0.02


@dataclass(frozen=True)
class Asked:
    """A question in a sitting. ``hardness`` is its own, beside that of its level."""

    version_id: int
    content: QuestionContent
    level: str | None
    marks: Decimal
    option_order: str

    @property
    def hardness(self) -> float:
        own = Random(self.version_id).gauss(0, SPREAD_OF_QUESTIONS)
        return DIFFICULTY.get(self.level or "", 0.0) + own


def chance_of(ability: float, hardness: float) -> float:
    """The Rasch model: the chance to know the answer."""
    return 1 / (1 + math.exp(hardness - ability))


def respond(chance: Random, asked: Asked, ability: float) -> str:
    """A canonical response: right by knowledge, or by luck, or wrong, or none."""
    content = asked.content
    if chance.random() < UNANSWERED:
        return ""
    knows = chance.random() < chance_of(ability, asked.hardness)
    if content.type is QuestionType.TRUE_FALSE:
        return judge(chance, content, chance_of(ability, asked.hardness))
    if knows:
        return content.key
    if content.type is QuestionType.SHORT_ANSWER:
        return wrong_value(chance, content.key)
    letters = OPTION_LETTERS[: len(content.parts)]
    if content.type is QuestionType.MULTIPLE_RESPONSE:
        picked = [letter for letter in letters if chance.random() < 0.5]
        return "".join(picked) or chance.choice(letters)
    return guess(chance, letters, asked.version_id)


def guess(chance: Random, letters: Sequence[str], version_id: int) -> str:
    """One distractor draws more than the others, as in life; the key is among what a guess may hit."""
    liked = letters[version_id % len(letters)]
    return liked if chance.random() < 0.35 else chance.choice(letters)


def judge(chance: Random, content: QuestionContent, knowledge: float) -> str:
    """Each statement is known, or guessed."""
    signs = []
    for part in content.parts:
        is_right = chance.random() < knowledge + (1 - knowledge) / 2
        signs.append("T" if part.is_true is is_right else "F")
    return "".join(signs)


def wrong_value(chance: Random, key: str) -> str:
    """A value beside the right one: a digit wrong, or the sign."""
    places = [place for place, sign in enumerate(key) if sign.isdigit()]
    if not places:
        return key[:-1] if len(key) > 1 else "?"
    place = chance.choice(places)
    digit = str((int(key[place]) + chance.randint(1, 9)) % 10)
    return key[:place] + digit + key[place + 1 :]
